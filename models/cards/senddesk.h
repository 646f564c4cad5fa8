// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/clock.h"
#include "models/base/result.h"
#include "models/cards/messageplan.h"
#include "models/domain/phonenumber.h"

#include <functional>
#include <optional>
#include <vector>

namespace rollcall {

class Runner;
class SendRunner;
class Store;

/// Who is to get a message.
struct Recipients {
    std::vector<PersonId> people = {};
    std::vector<PhoneNumber> numbers = {}; ///< of a paste or typed; need not belong to anybody
};

/// What is sent, and the words that go with it.
struct SendRequest {
    std::vector<Card> cards = {}; ///< as typed; filled in on the way
    QString replyTo = {};
    QString note = {};
    QString source = QStringLiteral("compose"); ///< "compose", "template", "again"
    QString consentReason = {}; ///< required where SendPlan::needsReason: goes into the journal ("consent.override")
};

/// From "this message to these people" to a running send: what the composer's commands need. GUI thread. Dropping a
/// Call only silences it once something was handed over to be stored.
class SendDesk {
public:
    /// `checks`: for the lazy check, may be null (then SendOptions::checkFirst has no effect).
    SendDesk(Store &store, SendRunner &runner, Runner *checks, Clock &clock);

    /// The state of these recipients, for the line under "To".
    Call lines(const Recipients &recipients, const Account &account,
        std::function<void(Result<std::vector<RecipientLine>>)> then);
    Call plan(const Recipients &recipients, const Account &account, const SendOptions &options,
        std::function<void(Result<SendPlan>)> then);
    /// Stores and starts the run; answers once it is on disk. Where plan.check is not empty those checks run first
    /// (budget booked, Stops asked like any check), at most checkWaitMs: who is invalid then is left out, anything else
    /// is sent to. A check that cannot go on (401, no budget: OverBudget) is cancelled and nothing is sent. When nobody
    /// is left: BadInput. Also BadInput: a plan that sends to nobody, cards with an error (checkCards), a reason that
    /// is missing. Unsupported: the account sends no cards. Dropped before the run was handed over, nothing is sent.
    Call start(const SendPlan &plan, const SendRequest &request, const Account &account,
        std::function<void(Result<RunId>)> then);
    /// Settle…, "send again": the same cards once more to these operations' recipients, as a new run, by the operator's
    /// word; those that were unknown are settled as "it did not" before. All of one run. Do-not-contact and blocks
    /// still hold; consent is not asked again, but who opted out since is left out. Who was sent to again already is
    /// not a second time. BadInput: nothing to send again (done, still open, erased, stopped, settled meanwhile).
    Call sendAgain(const std::vector<OperationId> &operations, const Account &account, const QString &note,
        std::function<void(Result<RunId>)> then);

    static constexpr qint64 checkWaitMs = 30'000;

private:
    [[nodiscard]] std::optional<Failure> objection(
        const SendPlan &plan, const SendRequest &request, const Account &account) const;

    Store &m_store;
    SendRunner &m_runner;
    Runner *m_checks;
    Clock &m_clock;
};

} // namespace rollcall
