// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/internal/blocksql.h"
#include "models/store/internal/personsql.h"
#include "models/store/internal/spinequery.h"
#include "models/store/internal/storethreads.h"
#include "models/store/people.h"

#include <QHash>

namespace rollcall {

namespace {

constexpr int sliceRows = 16'384; ///< some 10 ms of reading: a window waits no longer than that

/// Rows of people with the verdict that counts for their main number.
class RowReader {
public:
    RowReader(Connection &db, AccountId account, const TimeView &time)
        : m_time(time)
        , m_keep(sql::keepSeconds(db, account))
        , m_account(account)
        , m_person(db,
              "SELECT " + sql::personColumns() + ", " + sql::newestColumns() + ", " + sql::mainAlias
                  + " FROM people p LEFT JOIN newest n ON n.account = ? AND n.alias = " + sql::mainAlias
                  + " WHERE p.id = ?")
        , m_verdict(db, "SELECT " + sql::verdictColumns() + " FROM verdicts v WHERE v.id = ?")
        , m_all(db, time)
        , m_lights(db, account)
    {
    }
    bool read(PersonId id, PersonRow &row)
    {
        m_person.bind(m_account, id);
        if (!m_person.step())
            return false;
        row = sql::personAt(m_person, 0);
        const sql::Newest newest = sql::newestAt(m_person, sql::personColumnCount);
        m_verdict.bind(newest.verdict(newest.isFresh(m_time, m_keep)));
        if (newest.lastVerdict != 0 && m_verdict.step())
            row.verdict = sql::verdictAt(m_verdict, 0);
        const qint64 alias = m_person.number(sql::personColumnCount + sql::newestColumnCount);
        row.disagree = m_all.disagree(alias);
        m_lights.read(row, alias);
        return true;
    }
    /// What each account says of the row read last.
    std::vector<Verdict> byAccount()
    {
        std::vector<Verdict> verdicts;
        const qint64 alias = m_person.number(sql::personColumnCount + sql::newestColumnCount);
        for (const qint64 id : m_all.counting(alias, m_account)) {
            m_verdict.bind(id);
            if (m_verdict.step())
                verdicts.push_back(sql::verdictAt(m_verdict, 0));
        }
        return verdicts;
    }

private:
    const TimeView &m_time;
    const qint64 m_keep;
    const AccountId m_account;
    Statement m_person;
    Statement m_verdict;
    sql::AccountVerdicts m_all;
    sql::LightReader m_lights;
};

void readAliases(Connection &db, PersonDetails &details)
{
    const PhoneNumber &number = details.row.fields.number;
    if (!number.typed.isEmpty())
        details.aliases.push_back({AliasKind::Typed, number.typed});
    if (number.hasE164())
        details.aliases.push_back({AliasKind::E164, number.e164Text()});
    Statement row(db,
        "SELECT a.kind, CASE WHEN a.alias > 0 THEN '+' || a.alias ELSE (SELECT text FROM alias_names WHERE id = "
        "-a.alias) END"
        " FROM aliases a WHERE a.person = ? ORDER BY a.kind",
        details.row.id);
    while (row.step())
        details.aliases.push_back({AliasKind(row.integer(0)), row.text(1)});
}

void readTold(Connection &db, PersonDetails &details)
{
    Statement row(db,
        "SELECT g.account, g.chat_id, g.lid, g.name, g.profile_name, g.about, g.saved, g.at_ms FROM gateway_contacts g"
        " JOIN people p ON p.id = ? AND g.alias = COALESCE(p.e164, p.typed_alias) ORDER BY g.at_ms DESC, g.account",
        details.row.id);
    while (row.step())
        details.told.push_back({AccountId(row.number(0)), row.text(1), row.text(2), row.text(3), row.text(4),
            row.text(5), row.number(6) != 0, row.number(7)});
}

} // namespace

PersonDetails sql::personDetails(Connection &db, PersonId id, AccountId account, const TimeView &time)
{
    PersonDetails details;
    RowReader reader(db, account, time);
    if (!reader.read(id, details.row)) {
        db.fail({.kind = Failure::Kind::NotFound, .detail = QStringLiteral("person %1").arg(id.value())});
        return details;
    }
    details.byAccount = reader.byAccount();
    readAliases(db, details);
    readTold(db, details);
    Statement consent(db,
        "SELECT c.what, c.at_ms, c.source, c.wording, c.by FROM consents c JOIN batches b ON b.id = c.batch"
        " WHERE (c.person = ?1 OR (c.person IS NULL AND c.batch = (SELECT batch FROM people WHERE id = ?2)))"
        " AND NOT b.undone ORDER BY c.at_ms DESC, c.id DESC",
        id, id);
    while (consent.step())
        details.consents.push_back(
            {ConsentState(consent.integer(0)), consent.number(1), consent.text(2), consent.text(3), consent.text(4)});
    Statement history(db,
        "SELECT " + sql::verdictColumns()
            + " FROM verdicts v WHERE v.alias IN (SELECT COALESCE(e164, typed_alias) FROM people WHERE id = ?1"
              " UNION SELECT alias FROM aliases WHERE person = ?2) ORDER BY v.id DESC LIMIT 100",
        id, id);
    while (history.step())
        details.history.push_back(sql::verdictAt(history, 0));
    return details;
}

namespace {

SearchRow searchRowAt(const Statement &row)
{
    constexpr QChar separator(0x1f);
    QString text = row.text(1) + separator + row.text(2) + separator;
    if (row.number(3) != 0)
        text += QLatin1Char('+') + QString::number(row.number(3));
    text += separator + row.text(4) + separator + row.text(5);
    text += row.isNull(6) || row.text(6).isEmpty() ? QString(separator) : row.text(6);
    return {PersonId(row.number(0)), text};
}

/// Where a sliced reading of search rows stands.
struct SearchCursor {
    qint64 counter = -1; ///< to be asked with next time
    qint64 changed = 0;
    qint64 id = 0;
};

} // namespace

People::People(StoreThreads &threads)
    : m_threads(threads)
{
}

Call People::spine(
    const Filter &filter, const SortOrder &order, AccountId account, std::function<void(Result<Spine>)> then)
{
    return m_threads.read<Spine>(
        [=](Connection &db, const TimeView &time) { return SpineQuery(db, filter, account, time).ordered(order); },
        std::move(then));
}

Call People::firstMatches(
    const Filter &filter, const SortOrder &order, AccountId account, int limit, std::function<void(Result<Spine>)> then)
{
    return m_threads.read<Spine>(
        [=](Connection &db, const TimeView &time) {
            return SpineQuery(db, filter, account, time).firstMatches(order, limit);
        },
        std::move(then));
}

Call People::count(const Filter &filter, AccountId account, std::function<void(Result<qint64>)> then)
{
    return m_threads.read<qint64>(
        [=](Connection &db, const TimeView &time) { return SpineQuery(db, filter, account, time).count(); },
        std::move(then));
}

Call People::rows(
    const std::vector<PersonId> &ids, AccountId account, std::function<void(Result<std::vector<PersonRow>>)> then)
{
    return m_threads.read<std::vector<PersonRow>>(
        [=](Connection &db, const TimeView &time) {
            RowReader reader(db, account, time);
            std::vector<PersonRow> rows;
            rows.reserve(ids.size());
            for (const PersonId id : ids) {
                PersonRow row;
                if (reader.read(id, row))
                    rows.push_back(std::move(row));
            }
            return rows;
        },
        std::move(then));
}

Call People::details(PersonId id, AccountId account, std::function<void(Result<PersonDetails>)> then)
{
    return m_threads.read<PersonDetails>(
        [=](Connection &db, const TimeView &time) { return sql::personDetails(db, id, account, time); },
        std::move(then));
}

Call People::searchRows(
    qint64 changedSince, std::function<void(const SearchRow &)> consume, std::function<void(Result<qint64>)> then)
{
    const auto cursor = std::make_shared<SearchCursor>();
    cursor->changed = changedSince;
    cursor->id = changedSince == 0 ? 0 : std::numeric_limits<qint64>::max();
    const bool all = changedSince == 0;
    return m_threads.sliced<qint64>(
        [=, consume = std::move(consume)](Connection &db, const TimeView &, qint64 &counter) {
            if (cursor->counter < 0)
                cursor->counter = db.number("SELECT value FROM meta WHERE key = 'change'");
            counter = cursor->counter;
            const QByteArray columns = "SELECT id, name, raw, e164, email, organisation, tags, changed FROM people";
            // All: by id, as the rows lie in the file. Changed ones: by the index on `changed`.
            Statement row(db,
                all ? QByteArray(columns + " WHERE id > ? ORDER BY id LIMIT ?")
                    : QByteArray(columns + " WHERE (changed, id) > (?, ?) ORDER BY changed, id LIMIT ?"));
            if (all)
                row.bind(cursor->id, sliceRows);
            else
                row.bind(cursor->changed, cursor->id, sliceRows);
            int seen = 0;
            for (; row.step(); ++seen) {
                consume(searchRowAt(row));
                cursor->id = row.number(0);
                cursor->changed = row.number(7);
            }
            return seen == sliceRows;
        },
        std::move(then));
}

Call People::tags(std::function<void(Result<QStringList>)> then)
{
    return m_threads.read<QStringList>(
        [](Connection &db, const TimeView &) {
            QHash<QString, qint64> uses;
            Statement row(db, "SELECT tags, count(*) FROM people WHERE tags <> '' GROUP BY tags");
            while (row.step()) {
                for (const QString &tag : sql::splitTags(row.text(0)))
                    uses[tag] += row.number(1);
            }
            QStringList tags = uses.keys();
            std::sort(tags.begin(), tags.end(),
                [&](const QString &a, const QString &b) { return uses[a] != uses[b] ? uses[a] > uses[b] : a < b; });
            return tags;
        },
        std::move(then));
}

Call People::countries(std::function<void(Result<QStringList>)> then)
{
    return m_threads.read<QStringList>(
        [](Connection &db, const TimeView &) {
            // Hops from one region to the next over the index, instead of reading a million entries.
            QStringList countries;
            Statement next(db, "SELECT region FROM people WHERE region > ? ORDER BY region LIMIT 1");
            QString last = QStringLiteral("");
            while (next.bind(last).step()) {
                last = next.text(0);
                countries.append(last);
            }
            return countries;
        },
        std::move(then));
}

} // namespace rollcall
