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
           " o.code, o.why, o.detail, o.wa_id";
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
        .waId = row.text(column + 13)};
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
          " sent_ms = CASE WHEN attempts - ?2 = 0 THEN 0 ELSE sent_ms END WHERE id = ?10")
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
    if (!m_moved.empty())
        m_writing.change.kinds |= Change::BlocksChanged;
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
            operation)
        .run();
    Counts &counts = m_counts[run];
    count(counts, before, -1);
    count(counts, to.state, 1);
    counts.confirmed += int(to.confirmedMs != 0) - int(wasConfirmed);
    ++m_moved[to.state];
    if (to.code != 0 && !again)
        ++m_codes[to.code];
    follow(operation, kind, to);
    return true;
}

void OperationMoves::follow(OperationId operation, OperationKind kind, const To &to)
{
    if (kind == OperationKind::Report)
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
