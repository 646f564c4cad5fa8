// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/account.h"
#include "models/domain/person.h"
#include "models/domain/phonenumber.h"
#include "models/domain/run.h"

#include <functional>
#include <vector>

namespace rollcall {

class StoreThreads;

/// What the flight plan has to know of one person that was selected.
struct CheckCandidate {
    PersonId person = {};
    AliasKey alias = {}; ///< null when the person has neither E.164 nor any text to ask
    QString typed = {};
    bool doNotContact = false;
    ConsentState consent = ConsentState::None; ///< None where nobody here has the number
    Verdict newest = {}; ///< newest at that account
    Instant lastAsked = {}; ///< last live question for this alias at that account; wallMs 0 = never
};

/// What one answered item brings: stored together with the item in one transaction.
struct ItemAnswer {
    RunItemId item = {};
    RunItemState state = RunItemState::Answered; ///< Answered, Failed, NotAsked or back to Planned (asked again later)
    QString reason = {};
    int code = 0;
    /// With Planned or NotAsked: the gateway took nothing (429, connection refused, 401, stopped before it left); with
    /// Failed: it could not be asked at all. The item's newest booking is taken back (as if it had never been asked),
    /// `attempts` is one less again, and firstAskedMs is emptied when that makes it 0.
    bool giveBack = false;
    qint64 dueMs = 0; ///< with Planned: wall time before which it is not asked again, 0 = at once
    std::optional<Verdict> verdict = {}; ///< absent: nothing is stored for the alias ("not checked" stays)
};

/// How many live checks were booked. Sliding windows, in wall time but never less than the profile has seen.
struct BudgetUse {
    int lastHour = 0;
    int lastDay = 0;
    qint64 nextFreeMs = 0; ///< wall ms at which one more fits, 0 = now
    // The check-to-send ratio: vendors want no more checks than messages (gateways.md 1.2). The last trafficMs.
    qint64 checksLately = 0; ///< live checks booked
    qint64 sendsLately = 0; ///< messages the gateway took from here
};
inline constexpr qint64 trafficMs = 30 * 86'400'000LL;

/// Runs, their items, and the booking of the check budget. GUI thread.
class RunBook {
public:
    explicit RunBook(StoreThreads &threads);

    Call candidates(const std::vector<PersonId> &people, AccountId account,
        std::function<void(Result<std::vector<CheckCandidate>>)> then);
    /// One typed number that need not belong to anybody ("Check a number…"): person is null (or one who has it); a text
    /// without E.164 gets an alias of its own, so that its verdict has a place.
    Call candidate(const PhoneNumber &number, AccountId account, std::function<void(Result<CheckCandidate>)> then);
    /// Stores the run and all its items in one transaction, state Running.
    Call create(AccountId account, const RunOptions &options, std::vector<RunItem> items, qint64 cached,
        std::function<void(Result<RunId>)> then);
    /// The next planned items whose attempt is due, at most `limit`. Oldest first.
    Call nextItems(RunId run, int limit, std::function<void(Result<std::vector<RunItem>>)> then);
    /// Marks the items asked and books them against the budget, in one transaction, *before* a byte leaves. Answers
    /// only those that fit hour, day and cool-down; the rest stay planned: those cooling down with dueMs set to its
    /// end, so that nextItems() passes over them; those over budget unchanged (see budgetUse()). By the item's reason:
    ///   empty         counted against hour and day, and cooled down (the least time since the alias was last asked
    ///   live); "processing"  asked again for nothing (the gateway's cache, gateways.md 6.3): marked asked, neither
    ///   counted nor
    ///                 cooled down;
    ///   another one   ("timeout", "gateway-error", "bad-reply", "no-answer") a repeat of a question of this run:
    ///   counted
    ///                 like any attempt, but not cooled down (design.md, retries: 1 s doubling).
    /// `attempts` counts all of them, firstAskedMs is set once.
    Call book(RunId run, const std::vector<RunItemId> &items, const CheckBudget &budget,
        std::function<void(Result<std::vector<RunItemId>>)> then);
    /// Answers, verdicts and one journal entry in one transaction.
    Call answer(RunId run, const std::vector<ItemAnswer> &answers, std::function<void(Done)> then);
    /// Items still *asked* from a session that ended without their answer become planned again, reason kept; their
    /// booking stays (a crash can only overcount). Answers how many. Called on Resume only.
    Call reopenAsked(RunId run, std::function<void(Result<qint64>)> then);
    Call setState(RunId run, RunState state, std::function<void(Done)> then);
    /// Paused by itself, with the reason (RunSummary::halted). Going on, or any other state, forgets it.
    Call halt(RunId run, const Failure &why, std::function<void(Done)> then);
    /// Cancel: every item that is still planned becomes NotAsked "cancelled"; asked ones keep their state until
    /// answered.
    Call cancel(RunId run, std::function<void(Done)> then);
    /// Failed items of the run become planned again ("Retry failed"): reason emptied, due at once. Answers how many.
    Call retryFailed(RunId run, std::function<void(Result<qint64>)> then);
    /// Books live checks that belong to no run (the truth probe), all of them or none, in one transaction before a byte
    /// leaves; counted and cooled down like any. Answers their bookings in order. Failure: OverBudget, with retryAfter
    /// where it will fit.
    Call bookChecks(AccountId account, const std::vector<AliasKey> &aliases, const CheckBudget &budget,
        std::function<void(Result<std::vector<qint64>>)> then);
    /// The gateway took nothing: as if they had never been booked.
    Call giveBack(const std::vector<qint64> &bookings, std::function<void(Done)> then);
    Call budgetUse(AccountId account, const CheckBudget &budget, std::function<void(Result<BudgetUse>)> then);
    Call summaries(std::function<void(Result<std::vector<RunSummary>>)> then); ///< newest first
    Call summary(RunId run, std::function<void(Result<RunSummary>)> then);
    Call items(RunId run, std::function<void(Result<std::vector<RunItem>>)> then);

private:
    StoreThreads &m_threads;
};

} // namespace rollcall
