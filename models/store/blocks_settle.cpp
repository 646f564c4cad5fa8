// SPDX-License-Identifier: GPL-3.0-or-later
// What the server's list says, and what the operator says: unknown outcomes, snapshots, reconciling, last inbound.
#include "models/domain/serverindex.h"
#include "models/store/blocks.h"
#include "models/store/internal/blocksql.h"
#include "models/store/internal/personsql.h"
#include "models/store/internal/storethreads.h"

#include <unordered_set>

namespace rollcall {

namespace {

std::vector<BlockEntry> entriesOf(Connection &db, AccountId account)
{
    std::vector<BlockEntry> entries;
    Statement row(db, "SELECT " + sql::entryColumns() + " FROM blocks b WHERE b.account = ? ORDER BY b.id", account);
    while (row.step())
        entries.push_back(sql::entryAt(row, 0));
    return entries;
}

std::optional<BlockEntry> entryOf(Connection &db, BlockId id)
{
    Statement row(db, "SELECT " + sql::entryColumns() + " FROM blocks b WHERE b.id = ?", id);
    if (!row.step())
        return std::nullopt;
    return sql::entryAt(row, 0);
}

/// One line per alias: a list may name somebody twice, in two forms.
std::vector<ServerBlock> withAliases(Connection &db, const std::vector<ServerBlock> &rows)
{
    std::vector<ServerBlock> known;
    std::unordered_set<AliasKey> met;
    for (ServerBlock row : rows) {
        if (const qint64 digits = waIdDigits(row.waId); digits != 0)
            row.alias = AliasKey(digits);
        else if (row.alias.isNull() && !row.userId.isEmpty())
            row.alias = AliasKey(sql::aliasOf(db, AliasKind::Bsuid, row.userId));
        else if (row.alias.isNull() && !row.waId.isEmpty())
            row.alias = AliasKey(sql::aliasOf(db, AliasKind::WaId, row.waId));
        if (!row.alias.isNull() && met.insert(row.alias).second)
            known.push_back(row);
    }
    return known;
}

/// Holds entries of the ledger against what was read, one by one.
class Judge {
public:
    struct Reading {
        qint64 startedMs = 0;
        qint64 endedMs = 0;
        qint64 deadlineMs = 0;
        RunId run = {};
    };
    Judge(Writing &writing, const Reading &reading, BlockReadReport &report)
        : m_reading(reading)
        , m_report(report)
        , m_moves(writing)
        , m_sent(writing.db, "SELECT sent_ms, ended_ms FROM block_ops WHERE id = ?")
        , m_seen(writing.db,
              "UPDATE blocks SET there = ?1, read_ms = ?2, last_seen_ms = CASE WHEN ?1 = 1 THEN ?2 ELSE last_seen_ms "
              "END,"
              " wa_id = CASE WHEN wa_id = '' THEN ?3 ELSE wa_id END,"
              " confirmed_ms = CASE WHEN wish <> 0 AND standing = (?1 = 1) THEN ?2 ELSE 0 END WHERE id = ?4")
        , m_stands(writing.db, "UPDATE blocks SET standing = ? WHERE id = ?")
    {
    }
    void judge(const BlockEntry &entry, bool there, const QString &waId)
    {
        const bool asked = entry.wish == OperationKind::Block || entry.wish == OperationKind::Unblock;
        if (asked && !entry.operation.isNull()) {
            // The write may still arrive, or arrived after the list was begun: this read does not judge it.
            if (isEarly(entry))
                return;
            outcome(entry, there == (entry.wish == OperationKind::Block));
        }
        m_seen.bind(int(there ? ServerWord::Present : ServerWord::Absent), m_reading.endedMs, waId, entry.id).run();
    }

private:
    bool isEarly(const BlockEntry &entry)
    {
        m_sent.bind(entry.operation);
        if (!m_sent.step())
            return false;
        if (entry.state == OperationState::Unknown)
            return m_sent.number(0) + m_reading.deadlineMs > m_reading.startedMs;
        return entry.state == OperationState::Sending
            || (entry.state == OperationState::Done && m_sent.number(1) > m_reading.startedMs);
    }
    void outcome(const BlockEntry &entry, bool agrees)
    {
        const OperationMoves::To done{.state = OperationState::Done, .confirmedMs = m_reading.endedMs};
        const OperationMoves::To refused{.state = OperationState::Refused, .why = QString::fromLatin1(Why::notThere)};
        if (entry.state == OperationState::Unknown) {
            m_moves.move(entry.operation, {OperationState::Unknown}, agrees ? done : refused);
            ++(agrees ? m_report.settledDone : m_report.settledRefused);
        } else if (entry.state == OperationState::Done && agrees && entry.confirmedMs == 0) {
            m_moves.confirm(entry.operation, m_reading.endedMs);
            ++m_report.confirmed;
        } else if (entry.state == OperationState::Done && !agrees && !m_reading.run.isNull()
            && entry.run == m_reading.run) {
            m_moves.move(entry.operation, {OperationState::Done}, refused);
            const bool block = entry.wish == OperationKind::Block;
            m_stands.bind(int(block ? BlockStanding::NotBlocked : BlockStanding::Blocked), entry.id).run();
            ++m_report.settledRefused;
        }
    }

    const Reading m_reading;
    BlockReadReport &m_report;
    OperationMoves m_moves;
    Statement m_sent;
    Statement m_seen;
    Statement m_stands;
};

/// The snapshot as intervals: what came, what went since the one before.
void storeSnapshot(Writing &writing, const Blocks::Read &read, BlockReadReport &report)
{
    Connection &db = writing.db;
    const ServerIndex now(report.now);
    const ServerIndex last(report.last);
    // What we did ourselves since the snapshot before explains a difference.
    std::unordered_set<const ServerBlock *> oursCame;
    std::unordered_set<const ServerBlock *> oursGone;
    for (const BlockEntry &entry : report.before) {
        const bool ours = !entry.operation.isNull() && entry.doneMs > report.previousMs;
        if (ours && entry.wish == OperationKind::Block)
            oursCame.insert(now.find(entry.alias, entry.waId));
        if (ours && entry.wish == OperationKind::Unblock)
            oursGone.insert(last.find(entry.alias, entry.waId));
    }
    Statement came(db,
        "INSERT INTO block_seen (account, alias, came, gone, by_us, gone_us, wa_id, user_id)"
        " VALUES (?, ?, ?, 0, ?, 0, ?, ?)");
    for (const ServerBlock &row : report.now) {
        if (last.find(row.alias, {}))
            continue;
        const bool ours = oursCame.contains(&row);
        report.appeared += !ours;
        if (!came.bind(read.account, row.alias, report.read, ours, row.waId, row.userId).run())
            return;
    }
    Statement gone(db, "UPDATE block_seen SET gone = ?, gone_us = ? WHERE account = ? AND alias = ? AND gone = 0");
    for (const ServerBlock &row : report.last) {
        if (now.find(row.alias, {}))
            continue;
        const bool ours = oursGone.contains(&row);
        report.gone += !ours;
        gone.bind(report.read, ours, read.account, row.alias).run();
    }
}

void readBasis(Connection &db, AccountId account, BlockReadReport &report)
{
    report.before = entriesOf(db, account);
    Statement previous(db, "SELECT ended_ms FROM block_reads WHERE account = ? ORDER BY id DESC LIMIT 1", account);
    report.previousMs = previous.step() ? previous.number(0) : 0;
    Statement row(
        db, "SELECT alias, wa_id, user_id FROM block_seen WHERE account = ? AND gone = 0 ORDER BY id", account);
    while (row.step())
        report.last.push_back({AliasKey(row.number(0)), row.text(1), row.text(2)});
}

QString readOutcome(const BlockReadReport &report)
{
    return QStringLiteral("rows=%1 appeared=%2 gone=%3 confirmed=%4 settled-done=%5 settled-refused=%6")
        .arg(report.rows)
        .arg(report.appeared)
        .arg(report.gone)
        .arg(report.confirmed)
        .arg(report.settledDone)
        .arg(report.settledRefused);
}

BlockReadReport storeList(Writing &writing, const Blocks::Read &read)
{
    Connection &db = writing.db;
    BlockReadReport report;
    readBasis(db, read.account, report);
    report.now = withAliases(db, read.rows);
    report.rows = qint64(report.now.size());
    Statement(db, "INSERT INTO block_reads (account, started_ms, ended_ms, rows) VALUES (?, ?, ?, ?)", read.account,
        read.startedMs, read.endedMs, report.rows)
        .run();
    report.read = db.lastId();
    storeSnapshot(writing, read, report);

    std::unordered_set<const ServerBlock *> ours;
    {
        const ServerIndex index(report.now);
        Judge judge(writing, {read.startedMs, read.endedMs, read.deadlineMs, read.run}, report);
        for (const BlockEntry &entry : report.before) {
            const ServerBlock *row = index.find(entry.alias, entry.waId);
            ours.insert(row);
            judge.judge(entry, row != nullptr, row ? row->waId : QString());
            if (db.failed())
                return report;
        }
    }
    Statement add(db,
        "INSERT OR IGNORE INTO blocks (account, alias, wish, state, standing, there, operation, run, at_ms, done_ms,"
        " confirmed_ms, read_ms, last_seen_ms, code, wa_id, reason, note, source, by, why, detail)"
        " VALUES (?1, ?2, 0, 2, 0, 1, 0, 0, ?3, 0, 0, ?3, ?3, 0, ?4, '', '', 'server', '', '', '')");
    for (const ServerBlock &row : report.now) {
        if (!ours.contains(&row) && !add.bind(read.account, row.alias, read.endedMs, row.waId).run())
            return report;
    }
    writing.journal({.act = QStringLiteral("block.read"),
        .subject = read.account.value(),
        .run = read.run,
        .outcome = readOutcome(report)});
    writing.change.kinds |= Change::BlocksChanged;
    return report;
}

BlockReadReport storeContacts(Writing &writing, const Blocks::Told &told)
{
    BlockReadReport report;
    readBasis(writing.db, told.account, report);
    report.rows = qint64(told.contacts.size());
    std::map<AliasKey, bool> said;
    for (const ToldBlock &contact : told.contacts)
        if (said.emplace(contact.alias, contact.blocked).second)
            report.told.push_back(contact.alias);
    {
        Judge judge(writing, {told.startedMs, writing.wallMs, told.deadlineMs, told.run}, report);
        for (const BlockEntry &entry : report.before) {
            if (const auto found = said.find(entry.alias); found != said.end()) {
                judge.judge(entry, found->second, {});
                if (found->second)
                    report.now.push_back({entry.alias, entry.waId, {}});
            }
        }
    }
    writing.journal({.act = QStringLiteral("block.read"),
        .subject = told.account.value(),
        .run = told.run,
        .outcome = readOutcome(report)});
    writing.change.kinds |= Change::BlocksChanged;
    return report;
}

qint64 settleAll(Writing &writing, const std::vector<BlockId> &entries, Settlement how, const QString &note)
{
    qint64 settled = 0;
    qint64 subject = 0;
    {
        OperationMoves moves(writing);
        for (const BlockId id : entries) {
            const std::optional<BlockEntry> entry = entryOf(writing.db, id);
            if (!entry || entry->wish == OperationKind::None)
                continue;
            const OperationState state = how == Settlement::ItWorked ? OperationState::Done : OperationState::Refused;
            if (moves.move(entry->operation, {OperationState::Unknown},
                    {.state = state, .why = QString::fromLatin1(Why::settledByOperator)})) {
                ++settled;
                subject = entry->account.value();
            }
        }
    }
    if (settled > 0)
        writing.journal({.act = QStringLiteral("block.settle"),
            .subject = subject,
            .outcome = QStringLiteral("%1=%2")
                           .arg(how == Settlement::ItWorked ? QStringLiteral("worked") : QStringLiteral("did-not"))
                           .arg(settled),
            .details = journal::details("note", note)});
    return settled;
}

/// One UPDATE of lines of the ledger with one journal entry. `sql` ends in "… WHERE id = ?" and more conditions.
qint64 change(Writing &writing, const std::vector<BlockId> &entries, const char *act, const QByteArray &sql,
    const std::vector<QString> &texts = {})
{
    Statement update(writing.db, sql);
    qint64 changed = 0;
    for (const BlockId entry : entries) {
        if (!update.bind(texts, writing.wallMs, entry).run())
            break;
        changed += writing.db.changes();
    }
    if (changed > 0) {
        writing.journal({.act = QString::fromLatin1(act), .outcome = QStringLiteral("people=%1").arg(changed)});
        writing.change.kinds |= Change::BlocksChanged;
    }
    return changed;
}

std::vector<BlockId> storeInbound(
    Writing &writing, const std::vector<PersonId> &people, qint64 atMs, const QString &source)
{
    Connection &db = writing.db;
    const qint64 at = std::min(atMs, writing.wallMs);
    std::vector<BlockId> armed;
    Statement keep(db,
        "UPDATE people SET last_inbound_ms = ?1, changed = ?2 WHERE last_inbound_ms < ?1"
        " AND (id = ?3 OR e164 = (SELECT e164 FROM people WHERE id = ?3))");
    Statement find(db,
        "SELECT b.id FROM blocks b WHERE b.wish = 1 AND b.state = 6 AND b.alias IN"
        " (SELECT COALESCE(e164, typed_alias) FROM people WHERE id = ?1 UNION SELECT alias FROM aliases WHERE person = "
        "?1)");
    for (const PersonId person : people) {
        keep.bind(at, writing.changeNumber, person).run();
        find.bind(person);
        while (find.step())
            armed.emplace_back(find.number(0));
    }
    writing.journal({.act = QStringLiteral("inbound.note"),
        .subject = people.size() == 1 ? people.front().value() : 0,
        .outcome = QStringLiteral("people=%1 source=%2 armed=%3").arg(people.size()).arg(source).arg(armed.size())});
    writing.change.kinds |= Change::PeopleChanged | Change::BlocksChanged;
    writing.change.people = people;
    return armed;
}

} // namespace

Call Blocks::toReadBack(AccountId account, RunId run, std::function<void(Result<std::vector<OperationItem>>)> then)
{
    return m_threads.read<std::vector<OperationItem>>(
        [=](Connection &db, const TimeView &) {
            std::vector<OperationItem> items;
            // By the ledger: an operation that a later one replaced has nothing to be read back any more.
            Statement row(db,
                "SELECT " + sql::itemColumns()
                    + " FROM blocks b JOIN block_ops o ON o.id = b.operation WHERE b.account = ?1"
                      " AND (o.run = ?2 OR ?2 = 0) AND (o.state = 4 OR (o.state = 2 AND o.confirmed_ms = 0))"
                      " ORDER BY o.id",
                account, run);
            while (row.step())
                items.push_back(sql::itemAt(row, 0));
            return items;
        },
        std::move(then));
}

Call Blocks::settle(
    const std::vector<BlockId> &entries, Settlement how, const QString &note, std::function<void(Result<qint64>)> then)
{
    return m_threads.write<qint64>(
        [=](Writing &writing) -> Result<qint64> { return settleAll(writing, entries, how, note); }, std::move(then));
}

Call Blocks::storeRead(Read read, std::function<void(Result<BlockReadReport>)> then)
{
    return m_threads.write<BlockReadReport>(
        [read = std::make_shared<Read>(std::move(read))](Writing &writing) -> Result<BlockReadReport> {
            BlockReadReport report = storeList(writing, *read);
            // Let go here, not where windows are painted: lists of 64,000 and more.
            read->rows = {};
            if (!read->run.isNull())
                report.before = {}, report.last = {}, report.now = {};
            return report;
        },
        std::move(then));
}

Call Blocks::storeTold(const Told &told, std::function<void(Result<BlockReadReport>)> then)
{
    return m_threads.write<BlockReadReport>(
        [=](Writing &writing) -> Result<BlockReadReport> { return storeContacts(writing, told); }, std::move(then));
}

Call Blocks::adopt(const std::vector<BlockId> &entries, const QString &reason, std::function<void(Result<qint64>)> then)
{
    return m_threads.write<qint64>(
        [=](Writing &writing) -> Result<qint64> {
            return change(writing, entries, "block.adopt",
                "UPDATE blocks SET wish = 1, state = 2, standing = 1, operation = 0, run = 0, code = 0, why = '',"
                " detail = '', source = 'server', reason = CASE WHEN ?1 = '' THEN reason ELSE ?1 END, by = ?2,"
                " at_ms = ?3, done_ms = ?3, confirmed_ms = read_ms WHERE id = ?4 AND there = 1 AND standing = 0"
                " AND (wish = 0 OR state IN (2, 3, 6, 7))",
                {reason, writing.asked.by});
        },
        std::move(then));
}

Call Blocks::accept(const std::vector<BlockId> &entries, std::function<void(Result<qint64>)> then)
{
    return m_threads.write<qint64>(
        [=](Writing &writing) -> Result<qint64> {
            return change(writing, entries, "block.accept",
                "UPDATE blocks SET wish = 2, state = 2, standing = 0, operation = 0, run = 0, code = 0, why = '',"
                " detail = '', done_ms = ?1, confirmed_ms = read_ms WHERE id = ?2 AND there = 2 AND standing = 1"
                " AND state IN (2, 3, 7)");
        },
        std::move(then));
}

Call Blocks::disarm(const std::vector<BlockId> &entries, std::function<void(Result<qint64>)> then)
{
    return m_threads.write<qint64>(
        [=](Writing &writing) -> Result<qint64> {
            return change(writing, entries, "block.disarm",
                "UPDATE blocks SET state = 7, why = 'cancelled', at_ms = ?1 WHERE id = ?2 AND wish = 1"
                " AND state = 6");
        },
        std::move(then));
}

Call Blocks::wrote(const std::vector<PersonId> &people, qint64 atMs, const QString &source,
    std::function<void(Result<std::vector<BlockId>>)> then)
{
    return m_threads.write<std::vector<BlockId>>(
        [=](Writing &writing) -> Result<std::vector<BlockId>> { return storeInbound(writing, people, atMs, source); },
        std::move(then));
}

} // namespace rollcall
