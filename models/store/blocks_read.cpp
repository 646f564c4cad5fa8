// SPDX-License-Identifier: GPL-3.0-or-later
// What windows and flight plans read of the ledger.
#include "models/store/blocks.h"
#include "models/store/internal/blocksql.h"
#include "models/store/internal/candidatereader.h"
#include "models/store/internal/personsql.h"
#include "models/store/internal/storethreads.h"

namespace rollcall {

namespace {

constexpr int candidatesPerSlice = 4096;

constexpr char isWanted[] = "b.wish <> 0";

/// The condition of a view on `blocks b`; the same words as lightOf().
QByteArray conditionOf(BlockView view)
{
    const QByteArray wanted = isWanted;
    switch (view) {
    case BlockView::All:
        return "(b.standing = 1 OR b.there = 1 OR (" + wanted + " AND b.state IN (0, 1, 3, 4, 5, 6)))";
    case BlockView::Blocked:
        return "b.standing = 1";
    case BlockView::HereNotThere:
        return "(b.standing = 1 AND b.there = 2 AND (b.wish = 0 OR b.state IN (2, 3, 7)))";
    case BlockView::OnlyThere:
        return "(b.standing = 0 AND b.there = 1 AND (b.wish = 0 OR b.state IN (2, 3, 7)))";
    case BlockView::Armed:
        return '(' + wanted + " AND b.state = 6)";
    case BlockView::Unknown:
        return '(' + wanted + " AND b.state = 4)";
    case BlockView::Open:
        return '(' + wanted + " AND b.state IN (0, 1, 5))";
    case BlockView::Refused:
        break;
    }
    return '(' + wanted + " AND b.state = 3)";
}

constexpr BlockView allViews[] = {BlockView::All, BlockView::Blocked, BlockView::HereNotThere, BlockView::OnlyThere,
    BlockView::Armed, BlockView::Unknown, BlockView::Open, BlockView::Refused};

QByteArray nameOf()
{
    return "(SELECT name FROM people WHERE id = " + sql::personOfAlias() + ')';
}

QByteArray orderBy(const BlockOrder &order)
{
    const QByteArray direction = order.descending ? " DESC" : " ASC";
    const auto by
        = [&](const QByteArray &expression) -> QByteArray { return expression + direction + ", b.id" + direction; };
    switch (order.column) {
    case BlockColumn::Name:
        return by("ifnull(" + nameOf() + ", '') COLLATE NOCASE");
    case BlockColumn::Number:
        return by("b.alias");
    case BlockColumn::Reason:
        return by("b.reason COLLATE NOCASE");
    case BlockColumn::By:
        return by("b.by COLLATE NOCASE");
    case BlockColumn::State:
        return by("b.standing * 100 + b.state * 10 + b.there");
    case BlockColumn::LastSeen:
        return by("b.last_seen_ms");
    case BlockColumn::LastInbound:
        return by("ifnull((SELECT last_inbound_ms FROM people WHERE id = " + sql::personOfAlias() + "), 0)");
    case BlockColumn::Account:
        return by("b.account");
    case BlockColumn::At:
        break;
    }
    return by("b.at_ms");
}

QString likePattern(const QString &text)
{
    QString escaped = text;
    escaped.replace(QLatin1Char('\\'), QLatin1String("\\\\"))
        .replace(QLatin1Char('%'), QLatin1String("\\%"))
        .replace(QLatin1Char('_'), QLatin1String("\\_"));
    return QLatin1Char('%') + escaped + QLatin1Char('%');
}

std::vector<BlockId> readSpine(Connection &db, const BlockFilter &filter, const BlockOrder &order)
{
    QByteArrayList all{conditionOf(filter.view)};
    std::vector<QString> values;
    if (filter.account)
        all += "b.account = " + QByteArray::number(filter.account->value());
    if (!filter.reason.isEmpty()) {
        all += "b.reason = ?";
        values.push_back(filter.reason);
    }
    if (!filter.text.isEmpty()) {
        QByteArrayList any;
        for (const QByteArray &where :
            {nameOf(), QByteArray('(' + sql::aliasText() + ')'), QByteArray("b.reason"), QByteArray("b.note")}) {
            any += where + " LIKE ? ESCAPE '\\'";
            values.push_back(likePattern(filter.text));
        }
        all += '(' + any.join(" OR ") + ')';
    }
    std::vector<BlockId> ids;
    Statement row(db, "SELECT b.id FROM blocks b WHERE " + all.join(" AND ") + " ORDER BY " + orderBy(order), values);
    while (row.step())
        ids.emplace_back(row.number(0));
    return ids;
}

/// Reads candidates of a long list in slices.
template <class Source, class Read>
Call inSlices(StoreThreads &threads, const std::vector<Source> &sources, AccountId account, Read read,
    std::function<void(Result<std::vector<BlockCandidate>>)> then)
{
    const auto next = std::make_shared<std::size_t>(0);
    return threads.sliced<std::vector<BlockCandidate>>(
        [=](Connection &db, const TimeView &, std::vector<BlockCandidate> &found) {
            CandidateReader reader(db, account);
            const std::size_t end = std::min(sources.size(), *next + candidatesPerSlice);
            for (; *next < end && !db.failed(); ++*next) {
                BlockCandidate candidate;
                if (read(db, reader, sources[*next], candidate))
                    found.push_back(std::move(candidate));
            }
            return *next < sources.size();
        },
        std::move(then));
}

std::vector<Sighting> readSightings(Connection &db, BlockId entry)
{
    std::vector<Sighting> seen;
    Statement row(db,
        "SELECT (SELECT max(r.ended_ms) FROM block_reads r WHERE r.account = s.account AND r.id < s.came),"
        " (SELECT r.ended_ms FROM block_reads r WHERE r.id = s.came),"
        " (SELECT r.ended_ms FROM block_reads r WHERE r.account = s.account AND r.id < s.gone ORDER BY r.id DESC LIMIT "
        "1),"
        " (SELECT r.ended_ms FROM block_reads r WHERE r.id = s.gone), s.gone, s.by_us"
        " FROM block_seen s JOIN blocks b ON b.account = s.account WHERE b.id = ? AND (s.alias = b.alias OR"
        " (s.wa_id <> '' AND s.wa_id = b.wa_id)) ORDER BY s.id DESC",
        entry);
    while (row.step()) {
        const bool gone = row.number(4) != 0;
        seen.push_back(
            {row.number(0), row.number(1), gone ? row.number(2) : 0, gone ? row.number(3) : 0, row.number(5) != 0});
    }
    return seen;
}

} // namespace

Call Blocks::candidates(const std::vector<PersonId> &people, AccountId account,
    std::function<void(Result<std::vector<BlockCandidate>>)> then)
{
    return inSlices(
        m_threads, people, account,
        [](Connection &, CandidateReader &reader, PersonId id, BlockCandidate &candidate) {
            return reader.person(id, candidate);
        },
        std::move(then));
}

Call Blocks::numberCandidates(const std::vector<PhoneNumber> &numbers, AccountId account,
    std::function<void(Result<std::vector<BlockCandidate>>)> then)
{
    return inSlices(
        m_threads, numbers, account,
        [](Connection &, CandidateReader &reader, const PhoneNumber &number, BlockCandidate &candidate) {
            if (number.hasE164())
                reader.alias(number.key(), candidate);
            candidate.typed = number.typed;
            return true;
        },
        std::move(then));
}

Call Blocks::entryCandidates(const std::vector<BlockId> &entries, AccountId account,
    std::function<void(Result<std::vector<BlockCandidate>>)> then)
{
    return inSlices(
        m_threads, entries, account,
        [](Connection &db, CandidateReader &reader, BlockId id, BlockCandidate &candidate) {
            Statement of(db, "SELECT alias FROM blocks WHERE id = ?", id);
            if (!of.step())
                return false;
            reader.alias(AliasKey(of.number(0)), candidate);
            return true;
        },
        std::move(then));
}

Call Blocks::use(AccountId account, std::function<void(Result<BlockListUse>)> then)
{
    return m_threads.read<BlockListUse>(
        [=](Connection &db, const TimeView &) {
            BlockListUse use;
            Statement here(db,
                "SELECT count(*) FILTER (WHERE standing = 1),"
                " count(*) FILTER (WHERE standing = 1 OR there = 1),"
                " count(*) FILTER (WHERE standing = 0 AND wish = 1 AND state IN (0, 1, 4, 5) AND there <> 1)"
                " FROM blocks WHERE account = ?",
                account);
            qint64 known = 0;
            qint64 coming = 0;
            if (here.step()) {
                use.here = here.number(0);
                known = here.number(1);
                coming = here.number(2);
            }
            Statement read(
                db, "SELECT rows, ended_ms FROM block_reads WHERE account = ? ORDER BY id DESC LIMIT 1", account);
            if (read.step()) {
                use.there = read.number(0);
                use.readMs = read.number(1);
            }
            use.taken = std::max(use.readMs == 0 ? use.here : known, use.readMs == 0 ? 0 : use.there) + coming;
            return use;
        },
        std::move(then));
}

Call Blocks::runs(std::function<void(Result<std::vector<OperationRun>>)> then)
{
    return m_threads.read<std::vector<OperationRun>>(
        [](Connection &db, const TimeView &) {
            std::vector<OperationRun> runs;
            Statement row(db, sql::operationRunColumns() + " WHERE r.kind <> 4 ORDER BY r.id DESC");
            while (row.step())
                runs.push_back(sql::operationRunAt(row));
            return runs;
        },
        std::move(then));
}

Call Blocks::run(RunId run, std::function<void(Result<OperationRun>)> then)
{
    return m_threads.read<OperationRun>(
        [run](Connection &db, const TimeView &) {
            Statement row(db, sql::operationRunColumns() + " WHERE r.id = ?", run);
            if (row.step())
                return sql::operationRunAt(row);
            db.fail({.kind = Failure::Kind::NotFound, .detail = QStringLiteral("run %1").arg(run.value())});
            return OperationRun{};
        },
        std::move(then));
}

Call Blocks::items(RunId run, std::function<void(Result<std::vector<OperationItem>>)> then)
{
    return m_threads.read<std::vector<OperationItem>>(
        [run](Connection &db, const TimeView &) {
            std::vector<OperationItem> items;
            Statement row(db, "SELECT " + sql::itemColumns() + " FROM block_ops o WHERE o.run = ? ORDER BY o.id", run);
            while (row.step())
                items.push_back(sql::itemAt(row, 0));
            return items;
        },
        std::move(then));
}

Call Blocks::causes(RunId run, std::function<void(Result<std::vector<OperationCause>>)> then)
{
    return m_threads.read<std::vector<OperationCause>>(
        [run](Connection &db, const TimeView &) {
            std::vector<OperationCause> causes;
            Statement row(db,
                "SELECT state, why, code, confirmed_ms <> 0, max(detail), count(*) FROM block_ops WHERE run = ?"
                " GROUP BY state, why, code, confirmed_ms <> 0 ORDER BY count(*) DESC, state",
                run);
            while (row.step())
                causes.push_back({OperationState(row.integer(0)), row.text(1), row.integer(2), row.number(3) != 0,
                    row.text(4), row.number(5)});
            return causes;
        },
        std::move(then));
}

Call Blocks::entries(AccountId account, std::function<void(Result<std::vector<BlockEntry>>)> then)
{
    return m_threads.read<std::vector<BlockEntry>>(
        [account](Connection &db, const TimeView &) {
            std::vector<BlockEntry> entries;
            Statement row(
                db, "SELECT " + sql::entryColumns() + " FROM blocks b WHERE b.account = ? ORDER BY b.id", account);
            while (row.step())
                entries.push_back(sql::entryAt(row, 0));
            return entries;
        },
        std::move(then));
}

Call Blocks::sightings(BlockId entry, std::function<void(Result<std::vector<Sighting>>)> then)
{
    return m_threads.read<std::vector<Sighting>>(
        [entry](Connection &db, const TimeView &) { return readSightings(db, entry); }, std::move(then));
}

Call Blocks::spine(
    const BlockFilter &filter, const BlockOrder &order, std::function<void(Result<std::vector<BlockId>>)> then)
{
    return m_threads.read<std::vector<BlockId>>(
        [=](Connection &db, const TimeView &) { return readSpine(db, filter, order); }, std::move(then));
}

Call Blocks::rows(const std::vector<BlockId> &ids, std::function<void(Result<std::vector<BlockRow>>)> then)
{
    return m_threads.read<std::vector<BlockRow>>(
        [ids](Connection &db, const TimeView &) {
            std::vector<BlockRow> rows;
            Statement entry(db,
                "SELECT " + sql::entryColumns() + ", " + sql::personOfAlias() + ", " + sql::aliasText()
                    + ", (SELECT count(*) FROM people WHERE e164 = b.alias),"
                      " EXISTS (SELECT 1 FROM stops WHERE alias = b.alias) FROM blocks b WHERE b.id = ?");
            Statement who(db, "SELECT name, do_not_contact, consent, last_inbound_ms FROM people WHERE id = ?");
            for (const BlockId id : ids) {
                entry.bind(id);
                if (!entry.step())
                    continue;
                constexpr int after = sql::entryColumnCount;
                BlockRow row{.entry = sql::entryAt(entry, 0),
                    .person = PersonId(entry.number(after)),
                    .aliasText = entry.text(after + 1),
                    .people = entry.number(after + 2),
                    .doNotContact = entry.number(after + 3) != 0};
                who.bind(row.person);
                if (who.step()) {
                    row.name = who.text(0);
                    row.people = std::max<qint64>(row.people, 1);
                    row.doNotContact = row.doNotContact || who.number(1) != 0;
                    row.consent = ConsentState(who.integer(2));
                    row.lastInboundMs = who.number(3);
                }
                rows.push_back(std::move(row));
            }
            return rows;
        },
        std::move(then));
}

Call Blocks::counts(AccountId account, std::function<void(Result<std::map<BlockView, qint64>>)> then)
{
    return m_threads.read<std::map<BlockView, qint64>>(
        [account](Connection &db, const TimeView &) {
            QByteArrayList columns;
            for (const BlockView view : allViews)
                columns += "count(*) FILTER (WHERE " + conditionOf(view) + ')';
            Statement row(
                db, "SELECT " + columns.join(", ") + " FROM blocks b WHERE b.account = ?1 OR ?1 = 0", account);
            std::map<BlockView, qint64> counts;
            if (row.step()) {
                int column = 0;
                for (const BlockView view : allViews)
                    counts[view] = row.number(column++);
            }
            return counts;
        },
        std::move(then));
}

Call Blocks::lights(const std::vector<PersonId> &people, AccountId account,
    std::function<void(Result<std::map<PersonId, BlockEntry>>)> then)
{
    return m_threads.read<std::map<PersonId, BlockEntry>>(
        [=](Connection &db, const TimeView &) {
            std::map<PersonId, BlockEntry> lights;
            Statement row(db,
                "SELECT " + sql::entryColumns() + " FROM people p JOIN blocks b ON b.account = ? AND b.alias = "
                    + sql::mainAlias + " WHERE p.id = ?");
            for (const PersonId person : people) {
                row.bind(account, person);
                if (row.step())
                    lights.emplace(person, sql::entryAt(row, 0));
            }
            return lights;
        },
        std::move(then));
}

} // namespace rollcall
