// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/ids.h"
#include "models/domain/lights.h"
#include "models/domain/person.h"

#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

namespace rollcall {

/// A remote act on people. Stored as these numbers: never renumber.
enum class OperationKind {
    None = 0, ///< in the ledger only: seen on the server, never asked for by us
    Block = 1,
    Unblock = 2,
    Report = 3, ///< to WhatsApp, on-premises only
    Send = 4, ///< a contacts message
};

/// The way of one operation (reliability.md C1). `Sending` is committed before the first byte leaves; after a crash it
/// is `Unknown`, which is never sent again by itself. Stored as these numbers: never renumber.
enum class OperationState {
    Planned = 0,
    Sending = 1,
    Done = 2, ///< the gateway said so, or its list does
    Refused = 3, ///< the gateway said no, or a full read of its list says that it did not happen
    Unknown = 4, ///< it may have happened: to be settled by reading back or by the operator
    Deferred = 5, ///< nothing was taken (429, offline): planned again at dueMs
    Armed = 6, ///< in the ledger only: do-not-contact now, block when the person writes again
    NotSent = 7, ///< never left: cancelled, superseded by a later command, or its outcome before is not settled
};
[[nodiscard]] constexpr bool isOpen(OperationState state) ///< the run still has to do something about it
{
    return state == OperationState::Planned || state == OperationState::Sending || state == OperationState::Deferred;
}

/// What our own ledger says about the block of one alias. Stored as these numbers: never renumber.
enum class BlockStanding { NotBlocked = 0, Blocked = 1 };
/// What the last full read of the server's list (or its word on this one contact) said. Stored as these numbers.
enum class ServerWord { NotRead = 0, Present = 1, Absent = 2 };

using OperationId = Id<struct OperationTag>; ///< one item of an operation run
using BlockId = Id<struct BlockTag>; ///< one line of the block ledger: (account, alias)

/// Reasons offered when blocking: stable ids, in this order; words in ui/text. An operator's own reasons are kept as
/// typed (Keys::blockReasons).
[[nodiscard]] inline QStringList builtInBlockReasons()
{
    return {QStringLiteral("opt-out"), QStringLiteral("spam"), QStringLiteral("abuse"), QStringLiteral("fraud"),
        QStringLiteral("wrong-number"), QStringLiteral("other")};
}

/// The same for unblocking.
[[nodiscard]] inline QStringList builtInUnblockReasons()
{
    return {QStringLiteral("by-mistake"), QStringLiteral("consented"), QStringLiteral("cleared-up"),
        QStringLiteral("wrong-number"), QStringLiteral("other")};
}

/// Why an operation is not done: stable ids in OperationItem::why and BlockEntry::why.
namespace Why {
inline constexpr char outsideWindow[] = "outside-24h"; ///< 131047, 2048, 470: no message in 24 h, or not on WhatsApp
inline constexpr char listFull[] = "list-full"; ///< 139101; with attempts 0 it was not sent any more
inline constexpr char ownNumber[] = "own-number"; ///< 131021
inline constexpr char badNumber[] = "bad-number"; ///< 1009: the gateway takes it for no WhatsApp id
inline constexpr char notThere[] = "not-there"; ///< a full read says that it did not happen
inline constexpr char gateway[] = "gateway"; ///< another code or words: see code and detail
inline constexpr char unsupported[] = "unsupported"; ///< its engine cannot block
inline constexpr char redirected[] = "redirected"; ///< answered 3xx: not followed
inline constexpr char noAnswer[] = "no-answer"; ///< unknown: left, and no usable answer came
inline constexpr char notNamed[] = "not-named"; ///< unknown: the answer does not speak of this person
inline constexpr char doNotContact[] = "do-not-contact"; ///< not sent: stopped meanwhile
inline constexpr char notOnWhatsApp[] = "not-on-whatsapp"; ///< 131026, 1013; not sent: the check before it said so
inline constexpr char crash[] = "crash"; ///< unknown: the program ended while it was being sent
inline constexpr char offline[] = "offline"; ///< deferred: nothing was sent
inline constexpr char rateLimited[] = "rate-limited"; ///< deferred: the gateway took nothing
inline constexpr char cancelled[] = "cancelled"; ///< not sent
inline constexpr char superseded[] = "superseded"; ///< not sent: a later command speaks of the same alias
inline constexpr char unsettled[] = "unsettled"; ///< not sent: what was asked before is still unknown
inline constexpr char settledByOperator[] = "settled"; ///< done or refused by the operator's word
} // namespace Why

/// The 24-hour rule as a state of one person, from our last inbound. Accounts without the rule: Open.
enum class InboundWindow {
    Open, ///< wrote less than 24 h ago
    Closed, ///< wrote earlier
    NotKnown, ///< last inbound is not known: try now, or arm
};
inline constexpr qint64 inboundWindowMs = 24 * 3'600'000LL;
/// `lastInboundMs` 0 = not known; both UTC ms. A last inbound in the future (a clock was moved) is not known.
[[nodiscard]] constexpr InboundWindow inboundWindow(qint64 lastInboundMs, qint64 nowMs)
{
    if (lastInboundMs <= 0 || lastInboundMs > nowMs)
        return InboundWindow::NotKnown;
    return nowMs - lastInboundMs < inboundWindowMs ? InboundWindow::Open : InboundWindow::Closed;
}

/// One operation of a run: one act on one alias. People who share the number share it.
struct OperationItem {
    OperationId id = {};
    AliasKey alias = {};
    PersonId person = {}; ///< one of those who have the alias, null = nobody; for the eye only
    QString ask = {}; ///< the text that is sent: "+digits", or the confirmed wa_id's
    OperationState state = OperationState::Planned;
    int attempts = 0; ///< how often it was marked `Sending`
    qint64 dueMs = 0; ///< while deferred: not before this wall time
    qint64 sentMs = 0; ///< wall time when `Sending` was last committed, 0 = never
    qint64 endedMs = 0;
    qint64 confirmedMs = 0; ///< wall time of the read that confirmed it, 0 = not (yet) read back
    int code = 0; ///< the gateway's code or the HTTP status, 0 = none
    QString why = {}; ///< one of Why, empty = done or not tried yet
    QString detail = {}; ///< the gateway's own words; foreign text
    QString waId = {}; ///< as the gateway answered
    QString messageId = {}; ///< of a message that was taken
    QString status = {}; ///< the gateway's word on it ("accepted", "held_for_quality_assessment"); foreign text
    friend bool operator==(const OperationItem &, const OperationItem &) = default;
};

/// One line of our block ledger: (account, alias).
struct BlockEntry {
    BlockId id = {};
    AccountId account = {};
    AliasKey alias = {};
    OperationKind wish = OperationKind::None; ///< what was last asked of it; None = only seen on the server
    OperationState state = OperationState::Done; ///< of that wish; of no meaning without one
    BlockStanding standing = BlockStanding::NotBlocked;
    ServerWord there = ServerWord::NotRead;
    OperationId operation = {}; ///< the last one, null = none
    RunId run = {};
    qint64 atMs = 0; ///< when the wish was made (or it was first seen on the server)
    qint64 doneMs = 0; ///< when the gateway last said done
    qint64 confirmedMs = 0; ///< the read that last agreed with `standing`, 0 = none since
    qint64 readMs = 0; ///< the last read that could tell
    qint64 lastSeenMs = 0; ///< the last read that named it, 0 = never seen on the server
    QString waId = {}; ///< as the gateway knows it, empty = not told
    QString reason = {}; ///< stable id or the operator's own words
    QString note = {};
    QString source = {}; ///< "selection", "paste", "server", "carried", "rule:block-on-stop", "undo"
    QString by = {}; ///< operator
    int code = 0;
    QString why = {};
    QString detail = {}; ///< foreign text
    friend bool operator==(const BlockEntry &, const BlockEntry &) = default;
};

[[nodiscard]] BlockLight lightOf(const BlockEntry &entry);

/// One line of a server's block list.
struct ServerBlock {
    AliasKey alias = {}; ///< of the wa_id's digits; the store makes one for a user id
    QString waId = {}; ///< digits, empty when only a user id is known
    QString userId = {}; ///< BSUID
    friend bool operator==(const ServerBlock &, const ServerBlock &) = default;
};

/// Everything that one command says about a run of operations, besides the people.
struct OperationOrder {
    AccountId account = {};
    OperationKind kind = OperationKind::Block;
    QString reason = {}; ///< required for Block
    QString note = {};
    QString source = QStringLiteral("selection"); ///< see BlockEntry::source
    bool stop = false; ///< also do-not-contact, in the same transaction and in memory at once (Block)
    bool liftStop = false; ///< also lifts do-not-contact (Unblock)
    ConsentEvent consent = {}; ///< recorded for these people in the same transaction; what = None: nothing
    RunId undoes = {}; ///< the run whose opposite this is
};

enum class OperationRunState { Paused = 0, Running = 1, Done = 2, Cancelled = 3 };

struct OperationRun {
    RunId id = {};
    AccountId account = {};
    OperationKind kind = OperationKind::Block;
    OperationRunState state = OperationRunState::Paused;
    QString reason = {};
    QString note = {};
    QString source = {};
    RunId undoes = {};
    qint64 startedMs = 0;
    qint64 endedMs = 0;
    QString by = {};
    qint64 total = 0;
    qint64 done = 0;
    qint64 confirmed = 0; ///< among `done`: read back
    qint64 refused = 0;
    qint64 unknown = 0; ///< to be settled
    qint64 notSent = 0;
    qint64 deferred = 0; ///< wait for nextDueMs
    qint64 nextDueMs = 0; ///< smallest dueMs of the deferred, 0 = none is
    std::optional<Failure> halted = {}; ///< why it paused by itself; stored, so that it is known after a restart
    [[nodiscard]] qint64 open() const { return total - done - refused - unknown - notSent; } ///< still to be sent
};

} // namespace rollcall
