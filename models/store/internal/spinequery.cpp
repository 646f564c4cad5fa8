// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/internal/spinequery.h"

#include "models/store/internal/blocksql.h"
#include "models/store/internal/personsql.h"

#include <array>

namespace rollcall {

namespace {

constexpr quint8 freshBit = 0x80;
constexpr quint8 wordBits = 0x7f;

QByteArray orderBy(const SortOrder &order)
{
    const QByteArray direction = order.descending ? " DESC" : " ASC";
    const auto by
        = [&](const char *expression) -> QByteArray { return QByteArray(expression) + direction + ", id" + direction; };
    switch (order.column) {
    case PersonColumn::Name:
        return by("name COLLATE NOCASE");
    case PersonColumn::Number:
        return by("COALESCE(e164, 9000000000000000)"); // those without a number come last
    case PersonColumn::Country:
        return by("region");
    case PersonColumn::Verdict:
    case PersonColumn::Block:
    case PersonColumn::Marketing:
        return {};
    case PersonColumn::Stops:
        return by("do_not_contact");
    case PersonColumn::Consent:
        return by("consent");
    case PersonColumn::Tags:
        return by("tags");
    case PersonColumn::Organisation:
        return by("organisation COLLATE NOCASE");
    case PersonColumn::Email:
        return by("email COLLATE NOCASE");
    case PersonColumn::LastInbound:
        return by("last_inbound_ms");
    case PersonColumn::Created:
        return by("created_ms");
    case PersonColumn::Note:
        break;
    }
    return by("note COLLATE NOCASE");
}

/// Orders that an index holds whole: reading them costs no sort and no look at the rows.
bool hasIndex(PersonColumn column)
{
    return column == PersonColumn::Name || column == PersonColumn::Country;
}

QString likePattern(const QString &text)
{
    QString escaped = text;
    escaped.replace(QLatin1Char('\\'), QLatin1String("\\\\"))
        .replace(QLatin1Char('%'), QLatin1String("\\%"))
        .replace(QLatin1Char('_'), QLatin1String("\\_"));
    return QLatin1Char('%') + escaped + QLatin1Char('%');
}

QByteArray placeholders(qsizetype count)
{
    return QByteArray("?, ").repeated(count).chopped(2);
}

} // namespace

SpineQuery::SpineQuery(Connection &db, const Filter &filter, AccountId account, const TimeView &time)
    : m_db(db)
    , m_filter(filter)
    , m_account(account)
    , m_time(time)
{
}

QByteArray SpineQuery::conditions(bool withText)
{
    QByteArrayList all;
    m_values.clear();
    if (!m_filter.countries.isEmpty()) {
        all += "p.region IN (" + placeholders(m_filter.countries.size()) + ')';
        m_values.insert(m_values.end(), m_filter.countries.begin(), m_filter.countries.end());
    }
    if (!m_filter.tags.isEmpty()) {
        QByteArrayList any;
        for (const QString &tag : m_filter.tags) {
            any += "instr(p.tags, ?) > 0";
            m_values.push_back(QChar(0x1f) + tag + QChar(0x1f));
        }
        all += '(' + any.join(" OR ") + ')';
    }
    if (m_filter.doNotContact)
        all += *m_filter.doNotContact ? "p.do_not_contact <> 0" : "p.do_not_contact = 0";
    if (!m_filter.blocks.empty())
        all += "p.id IN (" + sql::peopleInViews(m_filter.blocks, m_account) + ')';
    if (m_filter.marketingStopped)
        all += "p.id IN (" + sql::peopleWithMarketingStop(m_account) + ')';
    if (m_filter.noOptIn)
        all += "p.consent <> " + QByteArray::number(int(ConsentState::OptIn));
    if (m_filter.noNumber)
        all += "p.e164 IS NULL";
    if (m_filter.batch)
        all += "p.batch = " + QByteArray::number(m_filter.batch->value());
    if (withText && !m_filter.text.isEmpty()) {
        QByteArrayList any;
        for (const char *where : {"p.name", "p.raw", "'+' || p.e164", "p.email", "p.organisation", "p.tags"}) {
            any += QByteArray(where) + " LIKE ? ESCAPE '\\'";
            m_values.push_back(likePattern(m_filter.text));
        }
        all += '(' + any.join(" OR ") + ')';
    }
    return all.isEmpty() ? QByteArray() : " WHERE " + all.join(" AND ");
}

void SpineQuery::loadVerdicts()
{
    if (std::exchange(m_loaded, true))
        return;
    m_verdicts.assign(size_t(m_db.number("SELECT max(id) FROM people")) + 1, 0);
    if (m_filter.disagree)
        loadDisagreeing();
    if (m_filter.verdicts.empty() && !m_filter.staleOnly && !m_byVerdict)
        return;
    const qint64 keep = sql::keepSeconds(m_db, m_account);
    for (const char *join : {"n.alias > 0 AND p.e164 = n.alias", "n.alias < 0 AND p.typed_alias = n.alias"}) {
        Statement row(m_db,
            "SELECT p.id, " + sql::newestColumns() + " FROM newest n JOIN people p ON " + join + " WHERE n.account = ?",
            m_account);
        while (row.step()) {
            const sql::Newest newest = sql::newestAt(row, 1);
            const bool fresh = newest.isFresh(m_time, keep);
            m_verdicts[size_t(row.number(0))] = quint8(quint8(newest.word(fresh)) | (fresh ? freshBit : 0));
        }
    }
}

void SpineQuery::loadDisagreeing()
{
    m_disagree.assign(m_verdicts.size(), false);
    for (const qint64 alias : sql::disagreeing(m_db, m_time)) {
        Statement row(m_db,
            alias > 0 ? "SELECT id FROM people WHERE e164 = ?" : "SELECT id FROM people WHERE typed_alias = ?", alias);
        while (row.step())
            m_disagree[size_t(row.number(0))] = true;
    }
}

bool SpineQuery::passesVerdict(qint64 id) const
{
    const quint8 state = size_t(id) < m_verdicts.size() ? m_verdicts[size_t(id)] : quint8(0);
    if (m_filter.staleOnly && (state == 0 || (state & freshBit) != 0))
        return false;
    if (m_filter.disagree && (size_t(id) >= m_disagree.size() || !m_disagree[size_t(id)]))
        return false;
    return m_filter.verdicts.empty() || m_filter.verdicts.contains(VerdictWord(state & wordBits));
}

std::vector<bool> SpineQuery::sieve(const QByteArray &where)
{
    std::vector<bool> in(size_t(m_db.number("SELECT max(id) FROM people")) + 1, false);
    Statement row(m_db, "SELECT p.id FROM people p" + where, m_values);
    while (row.step())
        in[size_t(row.number(0))] = true;
    return in;
}

bool SpineQuery::isRanked(PersonColumn column)
{
    return column == PersonColumn::Verdict || column == PersonColumn::Block || column == PersonColumn::Marketing;
}

Spine SpineQuery::ordered(const SortOrder &order)
{
    m_byVerdict = m_byVerdict || order.column == PersonColumn::Verdict;
    if (needsVerdicts() || m_byVerdict)
        loadVerdicts();
    if (isRanked(order.column))
        return byRank(order);
    const QByteArray where = conditions(false);
    const bool sieved = !where.isEmpty() && hasIndex(order.column);
    const std::vector<bool> in = sieved ? sieve(where) : std::vector<bool>();
    Statement row(m_db, "SELECT p.id FROM people p" + (sieved ? QByteArray() : where) + " ORDER BY " + orderBy(order),
        sieved ? std::vector<QString>() : m_values);
    Spine spine;
    if (!sieved && !needsVerdicts() && where.isEmpty())
        spine.reserve(size_t(m_db.number("SELECT count(*) FROM people")));
    while (row.step()) {
        const qint64 id = row.number(0);
        if ((!sieved || in[size_t(id)]) && (!needsVerdicts() || passesVerdict(id)))
            spine.push_back(PersonId(id));
    }
    return spine;
}

Spine SpineQuery::byRank(const SortOrder &order)
{
    // By the word or light, and within one of them by name: a counting sort over the order by name.
    const Spine byName = ordered({PersonColumn::Name, order.descending});
    const auto people = size_t(m_db.number("SELECT max(id) FROM people")) + 1;
    const std::vector<quint8> ranks = order.column == PersonColumn::Verdict ? m_verdicts
        : order.column == PersonColumn::Block                               ? sql::blockLights(m_db, m_account, people)
                                              : sql::marketingStates(m_db, m_account, people);
    std::array<Spine, 128> buckets;
    for (const PersonId id : byName) {
        const auto at = size_t(id.value());
        buckets[at < ranks.size() ? size_t(ranks[at] & wordBits) : size_t(0)].push_back(id);
    }
    if (order.descending)
        std::reverse(buckets.begin(), buckets.end());
    Spine spine;
    spine.reserve(byName.size());
    for (const Spine &bucket : buckets)
        spine.insert(spine.end(), bucket.begin(), bucket.end());
    return spine;
}

Spine SpineQuery::firstMatches(const SortOrder &order, int limit)
{
    if (needsVerdicts())
        loadVerdicts();
    const SortOrder used = isRanked(order.column) ? SortOrder{} : order;
    const QByteArray where = conditions(true);
    Statement row(m_db, "SELECT p.id FROM people p" + where + " ORDER BY " + orderBy(used), m_values);
    Spine spine;
    while (qint64(spine.size()) < limit && row.step()) {
        if (!needsVerdicts() || passesVerdict(row.number(0)))
            spine.push_back(PersonId(row.number(0)));
    }
    return spine;
}

qint64 SpineQuery::count()
{
    const QByteArray where = conditions(true);
    if (!needsVerdicts()) {
        Statement row(m_db, "SELECT count(*) FROM people p" + where, m_values);
        return row.step() ? row.number(0) : 0;
    }
    loadVerdicts();
    Statement row(m_db, "SELECT p.id FROM people p" + where, m_values);
    qint64 count = 0;
    while (row.step())
        count += passesVerdict(row.number(0)) ? 1 : 0;
    return count;
}

} // namespace rollcall
