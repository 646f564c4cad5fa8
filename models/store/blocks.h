// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/operation.h"
#include "models/domain/phonenumber.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace rollcall {

class Stops;
class StoreThreads;

/// What the flight plan of a block or unblock has to know of one person, number or alias that was chosen.
struct BlockCandidate {
    PersonId person = {}; ///< null = a number that belongs to nobody here
    AliasKey alias = {}; ///< null when there is no E.164 number (and no other name) to block
    QString typed = {};
    QString otherName = {}; ///< the text of an alias that is no number (LID, JID, BSUID), when that is what was chosen
    QString waId = {}; ///< of the newest valid verdict on it or of the gateway's last block answer, empty = none
    bool doNotContact = false;
    ConsentState consent = ConsentState::None;
    bool optedOut = false; ///< do-not-contact because of an opt-out: lifted by a new consent only
    qint64 lastInboundMs = 0; ///< 0 = not known
    std::optional<BlockEntry> entry = {}; ///< our ledger at that account
};

/// How full an account's list is, as far as we know. All 0 where it was never read and nothing was done.
struct BlockListUse {
    qint64 here = 0; ///< our ledger says blocked
    qint64 there = 0; ///< rows of the last full read
    qint64 readMs = 0; ///< its end, 0 = never read
    /// The larger of both, plus what is on its way: what a plan counts on.
    qint64 taken = 0;
};

/// What one sent operation brings: stored with the ledger and one journal entry in one transaction.
struct OperationAnswer {
    OperationId operation = {};
    OperationState state = OperationState::Unknown; ///< Done, Refused, Unknown, Deferred, or back to Planned
    int code = 0;
    QString why = {};
    QString detail = {};
    QString waId = {};
    qint64 dueMs = 0; ///< with Deferred: wall time before which it is not sent again
    /// With Planned and Deferred: nothing was taken; `attempts` is one less again when it never left.
    bool neverLeft = false;
    QString messageId = {}; ///< of a message
    QString status = {};
};

/// Who settles an unknown outcome, and how. Sending again is a new operation (a new run).
enum class Settlement { ItWorked, ItDidNot };

/// One number of a gateway that tells it contact by contact (Wawp's isBlocked).
struct ToldBlock {
    AliasKey alias = {};
    bool blocked = false;
};

/// What storing one full read of a server's list changed and found.
struct BlockReadReport {
    qint64 read = 0; ///< number of the snapshot
    qint64 previousMs = 0; ///< end of the snapshot before it, 0 = this is the first
    qint64 rows = 0;
    qint64 appeared = 0; ///< since the snapshot before, not by us
    qint64 gone = 0; ///< since the snapshot before, not by us
    qint64 confirmed = 0; ///< done, and now read back
    qint64 settledDone = 0; ///< unknown until now
    qint64 settledRefused = 0; ///< unknown (or just done) until now
    // Of a read for one run (Read::run) the next three stay empty: nobody compares them.
    std::vector<BlockEntry> before = {}; ///< our ledger as it was before this read
    std::vector<ServerBlock> last = {}; ///< the snapshot before it
    std::vector<ServerBlock> now = {}; ///< this one, with every alias known
    /// Where contacts were told one by one: whom the answer spoke of. Others take no part.
    std::vector<AliasKey> told = {};
};

/// When an alias stood on a server's list, between which two reads it came and went.
struct Sighting {
    qint64 cameAfterMs = 0; ///< the last read that did not name it, 0 = there was none
    qint64 cameMs = 0; ///< the first read that named it
    qint64 goneAfterMs = 0; ///< the last read that named it; 0 while it is still there
    qint64 goneMs = 0; ///< the first read that did not any more; 0 while it is still there
    bool byUs = false; ///< an operation of ours made it come
    bool goneByUs = false; ///< an operation of ours made it go
};

/// What the Blocked page shows.
struct BlockFilter {
    BlockView view = BlockView::All; ///< All leaves out what is neither blocked nor wanted
    std::optional<AccountId> account = {};
    QString text = {}; ///< in name, number, reason, note
    QString reason = {}; ///< exactly, empty = any
    friend bool operator==(const BlockFilter &, const BlockFilter &) = default;
};
enum class BlockColumn { At = 0, Name, Number, Reason, By, State, LastSeen, LastInbound, Account };
struct BlockOrder {
    BlockColumn column = BlockColumn::At;
    bool descending = true;
    friend bool operator==(const BlockOrder &, const BlockOrder &) = default;
};

/// One row of the Blocked table.
struct BlockRow {
    BlockEntry entry = {};
    PersonId person = {}; ///< one of those who have the alias, null = nobody here
    QString name = {}; ///< that person's
    QString aliasText = {}; ///< "+447700900000", "1@lid", …
    qint64 people = 0; ///< who share the alias
    bool doNotContact = false;
    ConsentState consent = ConsentState::None;
    bool optedOut = false; ///< see BlockCandidate
    qint64 lastInboundMs = 0;
    MarketingState marketing = MarketingState::NotTold; ///< WhatsApp's own, told last at the entry's account
    qint64 marketingAtMs = 0;
};

/// Blocks of a run that ended alike.
struct OperationCause {
    OperationState state = OperationState::Done;
    QString why = {};
    int code = 0;
    bool confirmed = false; ///< of done ones: read back
    QString detail = {}; ///< of one of them; foreign text
    qint64 count = 0;
    friend bool operator==(const OperationCause &, const OperationCause &) = default;
};

/// The block ledger, operation runs and their items, and the snapshots of servers' lists. Do-not-contact is Stops, the
/// people's consent their own: nothing here removes a stop but start() with `liftStop`. nextItems() to cancel(), run(),
/// items() and causes() serve the runs of Messages too: one kind of operation, one way. GUI thread.
class Blocks {
public:
    Blocks(StoreThreads &threads, Stops &stops);

    // What a flight plan asks.
    Call candidates(const std::vector<PersonId> &people, AccountId account,
        std::function<void(Result<std::vector<BlockCandidate>>)> then);
    /// Numbers of a paste, which need not belong to anybody; those without E.164 come back with a null alias.
    Call numberCandidates(const std::vector<PhoneNumber> &numbers, AccountId account,
        std::function<void(Result<std::vector<BlockCandidate>>)> then);
    /// Lines of the ledger (of any account) as candidates at `account`: unblocking, carrying a list over.
    Call entryCandidates(const std::vector<BlockId> &entries, AccountId account,
        std::function<void(Result<std::vector<BlockCandidate>>)> then);
    Call use(AccountId account, std::function<void(Result<BlockListUse>)> then);

    // Runs.
    /// Stores run, operations, ledger, stop or its lifting, consent and journal entry in one transaction, state
    /// Running. Planned operations of earlier runs on the same aliases become NotSent "superseded"; those here whose
    /// alias is being sent or unknown are stored NotSent "unsettled". A stop counts in memory before this returns.
    Call start(
        const OperationOrder &order, const std::vector<OperationItem> &items, std::function<void(Result<RunId>)> then);
    /// The same without a copy: one of 100,000 takes as long as a window may stand still.
    Call startShared(const OperationOrder &order, std::shared_ptr<const std::vector<OperationItem>> items,
        std::function<void(Result<RunId>)> then);
    /// Planned, or deferred and due; at most `limit`, oldest first.
    Call nextItems(RunId run, int limit, std::function<void(Result<std::vector<OperationItem>>)> then);
    /// Marks them `Sending`, committed when it answers: only then may a byte leave. Answers those that are to be sent:
    /// what was superseded or cancelled meanwhile is left out.
    Call send(
        RunId run, const std::vector<OperationId> &items, std::function<void(Result<std::vector<OperationItem>>)> then);
    Call answer(RunId run, const std::vector<OperationAnswer> &answers, std::function<void(Done)> then);
    /// The list is full: what is still planned ends Refused "list-full" without being sent. Answers how many.
    Call refuseRest(RunId run, const QString &why, int code, std::function<void(Result<qint64>)> then);
    Call setState(RunId run, OperationRunState state, std::function<void(Done)> then);
    /// Paused by itself, with the reason (OperationRun::halted). Going on, or any other state, forgets it.
    Call halt(RunId run, const Failure &why, std::function<void(Done)> then);
    /// What is planned or deferred becomes NotSent "cancelled"; what is being sent keeps its state until answered.
    Call cancel(RunId run, std::function<void(Done)> then);
    /// After start of the program, before any run goes on: every `Sending` becomes Unknown "crash", running runs
    /// Paused. Answers how many became unknown.
    Call recover(std::function<void(Result<qint64>)> then);
    Call runs(std::function<void(Result<std::vector<OperationRun>>)> then); ///< newest first
    Call run(RunId run, std::function<void(Result<OperationRun>)> then);
    Call items(RunId run, std::function<void(Result<std::vector<OperationItem>>)> then); ///< all of them, as planned
    Call causes(RunId run, std::function<void(Result<std::vector<OperationCause>>)> then); ///< most frequent first
    /// Operations of the run (null: of every run of the account) that are unknown, or done and not read back.
    Call toReadBack(AccountId account, RunId run, std::function<void(Result<std::vector<OperationItem>>)> then);

    // Settling.
    /// The operator's word on unknown outcomes; lines that are not unknown are left alone. Answers how many were.
    Call settle(const std::vector<BlockId> &entries, Settlement how, const QString &note,
        std::function<void(Result<qint64>)> then);
    /// One full, untroubled read of the list. `startedMs`, `endedMs`: wall time. Operations that were sent less than
    /// `deadlineMs` before it started are not judged by it: the write might still arrive. Done and there: confirmed.
    /// Done by `run` (the run that reads its own outcome back) and not there: Refused "not-there".
    struct Read {
        AccountId account = {};
        std::vector<ServerBlock> rows = {};
        qint64 startedMs = 0;
        qint64 endedMs = 0;
        qint64 deadlineMs = 30'000;
        RunId run = {};
    };
    Call storeRead(Read read, std::function<void(Result<BlockReadReport>)> then);
    /// The same for contacts that were told one by one.
    struct Told {
        AccountId account = {};
        std::vector<ToldBlock> contacts = {};
        qint64 startedMs = 0;
        qint64 deadlineMs = 90'000;
        RunId run = {};
    };
    Call storeTold(const Told &told, std::function<void(Result<BlockReadReport>)> then);

    // Reconcile, the local part.
    /// There, unknown to us: taken into our ledger as blocked (source "server"). Answers how many.
    Call adopt(const std::vector<BlockId> &entries, const QString &reason, std::function<void(Result<qint64>)> then);
    /// Blocked here, not there: our ledger agrees that it is not blocked any more. Stops and consents stay.
    Call accept(const std::vector<BlockId> &entries, std::function<void(Result<qint64>)> then);
    Call entries(AccountId account, std::function<void(Result<std::vector<BlockEntry>>)> then);
    Call sightings(BlockId entry, std::function<void(Result<std::vector<Sighting>>)> then); ///< newest first

    // The 24-hour rule.
    /// Arms: do-not-contact now (in memory before this returns), blocked when the person writes again and the operator
    /// says so. Aliases that are blocked, open or unknown are left alone. Answers how many are armed.
    Call arm(
        const OperationOrder &order, const std::vector<OperationItem> &items, std::function<void(Result<qint64>)> then);
    Call armShared(const OperationOrder &order, std::shared_ptr<const std::vector<OperationItem>> items,
        std::function<void(Result<qint64>)> then);
    /// Takes the arming away; do-not-contact stays. Answers how many.
    Call disarm(const std::vector<BlockId> &entries, std::function<void(Result<qint64>)> then);
    /// "Wrote to us": keeps the time (never an earlier one than is known) and answers the armed lines of these people,
    /// for whom the block is now offered. `source`: "operator", "gateway", "webhook".
    Call wrote(const std::vector<PersonId> &people, qint64 atMs, const QString &source,
        std::function<void(Result<std::vector<BlockId>>)> then);

    // The Blocked page.
    Call spine(
        const BlockFilter &filter, const BlockOrder &order, std::function<void(Result<std::vector<BlockId>>)> then);
    Call rows(const std::vector<BlockId> &ids, std::function<void(Result<std::vector<BlockRow>>)> then);
    /// Every line of a view, newest first, in slices on the reader's thread: `consume` (some lines, how many there are
    /// in all, whether these are the last) runs there and may stop it with a Failure. Answers how many.
    using Consume = std::function<Done(const std::vector<BlockRow> &, qint64 total, bool last)>;
    Call each(const BlockFilter &filter, Consume consume, std::function<void(Result<qint64>)> then);
    /// Lines in each view, of one account or all (null).
    Call counts(AccountId account, std::function<void(Result<std::map<BlockView, qint64>>)> then);
    /// The lights of these people at the account, for a column of Contacts; people without an entry are left out.
    Call lights(const std::vector<PersonId> &people, AccountId account,
        std::function<void(Result<std::map<PersonId, BlockEntry>>)> then);

private:
    StoreThreads &m_threads;
    Stops &m_stops;
};

} // namespace rollcall
