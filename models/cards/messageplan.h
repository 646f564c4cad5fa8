// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cards/recipients.h"
#include "models/domain/run.h"

#include <span>
#include <vector>

namespace rollcall {

/// What to do with people without an opt-in (asked only at accounts that reach people: Account::reachesPeople).
enum class ConsentChoice {
    Leave, ///< they are left out
    Override, ///< the operator goes on, with a typed reason for the journal
};

struct SendOptions {
    ConsentChoice withoutOptIn = ConsentChoice::Leave;
    bool leaveClosed = false; ///< leave out those whose 24-hour window is closed: an error is foretold
    /// One lazy check for each never checked recipient before sending (Keys::checkBeforeSend); only where the account
    /// can check. Those found invalid are left out.
    bool checkFirst = false;
    /// The operator sends again: an unsettled message before is no obstacle, the reason for going on without an opt-in
    /// was given then; who opted out since is left out whatever `withoutOptIn` says.
    bool again = false;
};

/// The flight plan of one message. send + every count of those left out add up to `people`.
struct SendPlan {
    std::vector<RecipientLine> lines = {}; ///< one per recipient chosen, in the order chosen
    std::vector<OperationItem> send = {}; ///< one per alias, in the order chosen
    std::vector<RunItem> check = {}; ///< among `send`: asked first (SendOptions::checkFirst)
    qint64 people = 0; ///< chosen
    // left out
    qint64 noNumber = 0;
    qint64 doNotContact = 0;
    qint64 blocked = 0;
    qint64 unsettled = 0;
    qint64 sameNumber = 0; ///< share a number with one that is sent
    qint64 withoutOptInLeft = 0; ///< ConsentChoice::Leave
    qint64 closedLeft = 0; ///< SendOptions::leaveClosed
    qint64 invalidLeft = 0; ///< a fresh verdict says that nobody is there

    // Facts about those in `send`; they overlap.
    std::vector<PersonId> withoutOptIn = {}; ///< people among `send`: their opt-in is recorded, or a reason is given
    qint64 strangers = 0; ///< the same for numbers of nobody here: no consent can be recorded for them
    qint64 windowClosed = 0; ///< an error is foretold (131047, 470)
    qint64 windowNotKnown = 0;
    qint64 neverChecked = 0;
    qint64 marketingStop = 0;
    qint64 otherWaId = 0;
    qint64 nobody = 0; ///< numbers that belong to no person here

    qint64 requests = 0; ///< sends, and checks before them
    qint64 estimatedMs = 0; ///< by pace
    qint64 checksLately = 0; ///< live checks of the account in the last 30 days, these included
    qint64 sendsLately = 0; ///< messages the gateway took in the last 30 days, these included
    bool needsReason = false; ///< somebody is without opt-in and the account reaches people
    [[nodiscard]] qint64 withoutConsent() const { return qint64(withoutOptIn.size()) + strangers; }
};

/// Pure; any thread. Order of the questions for each recipient: obstacle, alias already met, fresh invalid, consent,
/// window, else sent. `traffic`: of the last 30 days.
[[nodiscard]] SendPlan planMessage(std::span<const SendCandidate> candidates, const Account &account,
    const SendOptions &options, const Traffic &traffic, const TimeView &time);

inline constexpr qint64 trafficDays = 30;

} // namespace rollcall
