// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/internal/blocksql.h"

#include "models/store/internal/storethreads.h"

#include <algorithm>

namespace rollcall {

namespace sql {

QByteArray entryColumns()
{
    return "b.id, b.account, b.alias, b.wish, b.state, b.standing, b.there, b.operation, b.run, b.at_ms, b.done_ms,"
           " b.confirmed_ms, b.read_ms, b.last_seen_ms, b.wa_id, b.reason, b.note, b.source, b.by, b.code, b.why,"
           " b.detail";
}

BlockEntry entryAt(const Statement &row, int column)
{
    return {.id = BlockId(row.number(column)),
        .account = AccountId(row.number(column + 1)),
        .alias = AliasKey(row.number(column + 2)),
        .wish = OperationKind(row.integer(column + 3)),
        .state = OperationState(row.integer(column + 4)),
        .standing = BlockStanding(row.integer(column + 5)),
        .there = ServerWord(row.integer(column + 6)),
        .operation = OperationId(row.number(column + 7)),
        .run = RunId(row.number(column + 8)),
        .atMs = row.number(column + 9),
        .doneMs = row.number(column + 10),
        .confirmedMs = row.number(column + 11),
        .readMs = row.number(column + 12),
        .lastSeenMs = row.number(column + 13),
        .waId = row.text(column + 14),
        .reason = row.text(column + 15),
        .note = row.text(column + 16),
        .source = row.text(column + 17),
        .by = row.text(column + 18),
        .code = row.integer(column + 19),
        .why = row.text(column + 20),
        .detail = row.text(column + 21)};
}

QByteArray itemColumns()
{
    return "o.id, o.alias, o.person, o.ask, o.state, o.attempts, o.due_ms, o.sent_ms, o.ended_ms, o.confirmed_ms,"
           " o.code, o.why, o.detail, o.wa_id, o.message_id, o.status";
}

OperationItem itemAt(const Statement &row, int column)
{
    return {.id = OperationId(row.number(column)),
        .alias = AliasKey(row.number(column + 1)),
        .person = PersonId(row.number(column + 2)),
        .ask = row.text(column + 3),
        .state = OperationState(row.integer(column + 4)),
        .attempts = row.integer(column + 5),
        .dueMs = row.number(column + 6),
        .sentMs = row.number(column + 7),
        .endedMs = row.number(column + 8),
        .confirmedMs = row.number(column + 9),
        .code = row.integer(column + 10),
        .why = row.text(column + 11),
        .detail = row.text(column + 12),
        .waId = row.text(column + 13),
        .messageId = row.text(column + 14),
        .status = row.text(column + 15)};
}

QByteArray operationRunColumns()
{
    return "SELECT r.id, r.account, r.kind, r.state, r.started_ms, r.ended_ms, r.by, r.total, k.undoes, k.done,"
           " k.confirmed, k.refused, k.unknown, k.not_sent, k.reason, k.note, k.source,"
           " (SELECT count(*) FROM block_ops o WHERE o.run = r.id AND o.state = 5),"
           " (SELECT min(o.due_ms) FROM block_ops o WHERE o.run = r.id AND o.state = 5),"
           " h.why, h.code, h.subject, h.about_account"
           " FROM runs r JOIN block_runs k ON k.run = r.id LEFT JOIN run_halts h ON h.run = r.id";
}

OperationRun operationRunAt(const Statement &row)
{
    return {.id = RunId(row.number(0)),
        .account = AccountId(row.number(1)),
        .kind = OperationKind(row.integer(2)),
        .state = OperationRunState(row.integer(3)),
        .reason = row.text(14),
        .note = row.text(15),
        .source = row.text(16),
        .undoes = RunId(row.number(8)),
        .startedMs = row.number(4),
        .endedMs = row.number(5),
        .by = row.text(6),
        .total = row.number(7),
        .done = row.number(9),
        .confirmed = row.number(10),
        .refused = row.number(11),
        .unknown = row.number(12),
        .notSent = row.number(13),
        .deferred = row.number(17),
        .nextDueMs = row.number(18),
        .halted = sql::haltAt(row, 19)};
}

RunId addOperationRun(Writing &writing, const OperationOrder &order, qint64 total)
{
    Statement(writing.db,
        "INSERT INTO runs (account, state, force, wait, started_ms, ended_ms, by, total, answered, failed, not_asked,"
        " cached, kind) VALUES (?, ?, 0, 0, ?, 0, ?, ?, 0, 0, 0, 0, ?)",
        order.account, int(OperationRunState::Running), writing.wallMs, writing.asked.by, total, int(order.kind))
        .run();
    const RunId run(writing.db.lastId());
    Statement(writing.db,
        "INSERT INTO block_runs (run, undoes, done, confirmed, refused, unknown, not_sent, reason, note, source)"
        " VALUES (?, ?, 0, 0, 0, 0, 0, ?, ?, ?)",
        run, order.undoes, order.reason, order.note, order.source)
        .run();
    return run;
}

QString operationAct(OperationKind kind, const char *what)
{
    const char *name = "block";
    if (kind == OperationKind::Unblock)
        name = "unblock";
    else if (kind == OperationKind::Report)
        name = "report";
    else if (kind == OperationKind::Send)
        name = "send";
    return QLatin1String(name) + u'.' + QLatin1String(what);
}

qint64 recoverOperations(Writing &writing, bool sends)
{
    Connection &db = writing.db;
    struct Lost {
        qint64 run = 0;
        OperationKind kind = OperationKind::None;
        std::vector<OperationId> items = {};
    };
    std::vector<Lost> lost;
    Statement row(db,
        "SELECT o.run, o.id, r.kind FROM block_ops o JOIN runs r ON r.id = o.run WHERE o.state = 1 AND (r.kind = 4) = ?"
        " ORDER BY o.run, o.id",
        sends);
    while (row.step()) {
        if (lost.empty() || lost.back().run != row.number(0))
            lost.push_back({row.number(0), OperationKind(row.integer(2))});
        lost.back().items.emplace_back(row.number(1));
    }
    qint64 count = 0;
    for (const Lost &run : lost) {
        OperationMoves moves(writing);
        for (const OperationId item : run.items)
            moves.move(item, {OperationState::Sending},
                {.state = OperationState::Unknown, .why = QString::fromLatin1(Why::crash)});
        count += moves.moved(OperationState::Unknown);
        writing.journal({.act = operationAct(run.kind, "recover"), .run = RunId(run.run), .outcome = moves.outcome()});
    }
    Statement(db, "UPDATE runs SET state = 0 WHERE kind <> 0 AND (kind = 4) = ? AND state = 1", sends).run();
    if (db.changes() > 0)
        writing.change.kinds |= sends ? Change::MessagesChanged : Change::BlocksChanged;
    return count;
}

QByteArray personOfAlias()
{
    return "COALESCE((SELECT min(id) FROM people WHERE e164 = b.alias),"
           " (SELECT min(id) FROM people WHERE typed_alias = b.alias),"
           " (SELECT min(person) FROM aliases WHERE alias = b.alias))";
}

QByteArray aliasText()
{
    return "CASE WHEN b.alias > 0 THEN '+' || b.alias ELSE (SELECT text FROM alias_names WHERE id = -b.alias) END";
}

} // namespace sql

OperationMoves::OperationMoves(Writing &writing)
    : m_writing(writing)
    , m_read(writing.db,
          "SELECT o.run, o.state, r.kind, r.state, o.confirmed_ms FROM block_ops o JOIN runs r ON r.id = o.run"
          " WHERE o.id = ?")
    , m_update(writing.db,
          "UPDATE block_ops SET state = ?1, attempts = attempts - ?2, due_ms = ?3, ended_ms = ?4, confirmed_ms = ?5,"
          " code = ?6, why = ?7, detail = ?8, wa_id = CASE WHEN ?9 = '' THEN wa_id ELSE ?9 END,"
          " sent_ms = CASE WHEN attempts - ?2 = 0 THEN 0 ELSE sent_ms END,"
          " message_id = CASE WHEN ?11 = '' THEN message_id ELSE ?11 END, status = ?12 WHERE id = ?10")
    // "<> 0" names the condition of the index: without it each of these would read the whole ledger.
    , m_follow(writing.db,
          "UPDATE blocks SET state = ?1, code = ?2, why = ?3, detail = ?4,"
          " wa_id = CASE WHEN ?5 = '' THEN wa_id ELSE ?5 END WHERE operation = ?6 AND operation <> 0")
    , m_followDone(writing.db,
          "UPDATE blocks SET standing = ?, done_ms = ?, confirmed_ms = ?, there = ? WHERE operation = ? AND operation "
          "<> 0")
{
}

OperationMoves::~OperationMoves()
{
    Statement update(m_writing.db,
        "UPDATE block_runs SET done = done + ?, confirmed = confirmed + ?, refused = refused + ?, unknown = unknown + "
        "?,"
        " not_sent = not_sent + ? WHERE run = ?");
    for (const auto &[run, counts] : m_counts)
        update.bind(counts.done, counts.confirmed, counts.refused, counts.unknown, counts.notSent, run).run();
    m_writing.change.kinds |= m_changed;
}

void OperationMoves::count(Counts &counts, OperationState state, qint64 by)
{
    switch (state) {
    case OperationState::Done:
        counts.done += by;
        break;
    case OperationState::Refused:
        counts.refused += by;
        break;
    case OperationState::Unknown:
        counts.unknown += by;
        break;
    case OperationState::NotSent:
        counts.notSent += by;
        break;
    case OperationState::Planned:
    case OperationState::Sending:
    case OperationState::Deferred:
    case OperationState::Armed:
        break;
    }
}

bool OperationMoves::move(OperationId operation, std::initializer_list<OperationState> from, const To &wanted)
{
    m_read.bind(operation);
    if (!m_read.step())
        return false;
    const qint64 run = m_read.number(0);
    const auto before = OperationState(m_read.integer(1));
    const auto kind = OperationKind(m_read.integer(2));
    const bool cancelled = OperationRunState(m_read.integer(3)) == OperationRunState::Cancelled;
    const bool wasConfirmed = m_read.number(4) != 0;
    if (std::find(from.begin(), from.end(), before) == from.end())
        return false;
    To to = wanted;
    const bool again = to.state == OperationState::Planned || to.state == OperationState::Deferred;
    if (again && cancelled) {
        to.state = OperationState::NotSent;
        to.why = QString::fromLatin1(Why::cancelled);
    }
    const qint64 ended = isOpen(to.state) ? 0 : m_writing.wallMs;
    m_update
        .bind(int(to.state), int(to.neverLeft), to.dueMs, ended, to.confirmedMs, to.code, to.why, to.detail, to.waId,
            operation, to.messageId, to.status)
        .run();
    Counts &counts = m_counts[run];
    count(counts, before, -1);
    count(counts, to.state, 1);
    counts.confirmed += int(to.confirmedMs != 0) - int(wasConfirmed);
    ++m_moved[to.state];
    m_changed |= kind == OperationKind::Send ? Change::MessagesChanged : Change::BlocksChanged;
    if (to.code != 0 && !again)
        ++m_codes[to.code];
    follow(operation, kind, to);
    return true;
}

void OperationMoves::follow(OperationId operation, OperationKind kind, const To &to)
{
    if (kind == OperationKind::Report || kind == OperationKind::Send) // no line in the ledger of blocks
        return;
    m_follow.bind(int(to.state), to.code, to.why, to.detail, to.waId, operation).run();
    if (to.state != OperationState::Done)
        return;
    const bool block = kind == OperationKind::Block;
    const ServerWord there = to.confirmedMs == 0 ? ServerWord::NotRead
        : block                                  ? ServerWord::Present
                                                 : ServerWord::Absent;
    m_followDone
        .bind(int(block ? BlockStanding::Blocked : BlockStanding::NotBlocked), m_writing.wallMs, to.confirmedMs,
            int(there), operation)
        .run();
}

void OperationMoves::confirm(OperationId operation, qint64 atMs)
{
    m_read.bind(operation);
    if (!m_read.step() || OperationState(m_read.integer(1)) != OperationState::Done || m_read.number(4) != 0)
        return;
    ++m_counts[m_read.number(0)].confirmed;
    Statement(m_writing.db, "UPDATE block_ops SET confirmed_ms = ? WHERE id = ?", atMs, operation).run();
}

qint64 OperationMoves::moved(OperationState state) const
{
    const auto found = m_moved.find(state);
    return found == m_moved.end() ? 0 : found->second;
}

bool OperationMoves::anyEnded() const
{
    return std::any_of(
        m_moved.begin(), m_moved.end(), [](const auto &moved) { return moved.first != OperationState::Planned; });
}

QString OperationMoves::outcome() const
{
    static constexpr std::pair<OperationState, const char *> names[]
        = {{OperationState::Done, "done"}, {OperationState::Refused, "refused"}, {OperationState::Unknown, "unknown"},
            {OperationState::Deferred, "deferred"}, {OperationState::NotSent, "not-sent"}};
    QStringList parts;
    for (const auto &[state, name] : names) {
        if (const qint64 count = moved(state); count > 0)
            parts += QStringLiteral("%1=%2").arg(QLatin1String(name)).arg(count);
    }
    QStringList codes;
    for (const auto &[code, count] : m_codes)
        codes += QStringLiteral("%1:%2").arg(code).arg(count);
    if (!codes.isEmpty())
        parts += QStringLiteral("codes=") + codes.join(u',');
    return parts.join(u' ');
}

} // namespace rollcall
