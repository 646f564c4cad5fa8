// SPDX-License-Identifier: GPL-3.0-or-later
// The lights of people, for rows, filters and orders of Contacts.
#include "models/store/internal/blocksql.h"

namespace rollcall::sql {

namespace {

constexpr char isWanted[] = "b.wish <> 0";

/// (person, row id of `table`) under every alias of the person. A number, another name as main alias, further aliases:
/// each by its own index. UNION: an alias may be the main one and a further one as well.
QByteArray underEveryAlias(const QByteArray &table, const QByteArray &condition)
{
    const QByteArray from = "FROM " + table + " t JOIN ";
    const QByteArray where = " WHERE " + condition;
    return "SELECT p.id AS person, t.id AS row " + from + "people p ON p.e164 = t.alias" + where
        + " AND t.alias > 0 UNION SELECT p.id, t.id " + from + "people p ON p.typed_alias = t.alias" + where
        + " AND t.alias < 0 UNION SELECT a.person, t.id " + from + "aliases a ON a.alias = t.alias" + where;
}

/// The newest note of each person at the account: person, state.
QByteArray newestMarketing(AccountId account)
{
    return "SELECT person, state FROM (SELECT u.person, m.state, row_number() OVER (PARTITION BY u.person ORDER BY"
           " m.at_ms DESC, m.id DESC) AS place FROM ("
        + underEveryAlias("marketing", "t.account = " + QByteArray::number(account.value()))
        + ") u JOIN marketing m ON m.id = u.row) WHERE place = 1";
}

bool has(Connection &db, const char *table, AccountId account)
{
    Statement row(db, QByteArray("SELECT 1 FROM ") + table + " WHERE account = ? LIMIT 1", account);
    return row.step();
}

constexpr char allAliases[] = "(SELECT ?2 UNION SELECT alias FROM aliases WHERE person = ?3)";

} // namespace

QByteArray viewCondition(BlockView view)
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

QByteArray peopleInViews(const std::set<BlockView> &views, AccountId account)
{
    QByteArrayList any;
    for (const BlockView view : views)
        any += viewCondition(view);
    const QByteArray lines = "(SELECT b.id, b.alias FROM blocks b WHERE b.account = "
        + QByteArray::number(account.value()) + " AND (" + any.join(" OR ") + "))";
    return "SELECT person FROM (" + underEveryAlias(lines, "1") + ")";
}

QByteArray peopleWithMarketingStop(AccountId account)
{
    return "SELECT person FROM (" + newestMarketing(account)
        + ") WHERE state = " + QByteArray::number(int(MarketingState::Stopped));
}

LightReader::LightReader(Connection &db, AccountId account)
    : m_account(account)
    , m_anyBlock(has(db, "blocks", account))
    , m_anyMarketing(has(db, "marketing", account))
    , m_block(db,
          "SELECT " + entryColumns() + " FROM blocks b WHERE b.account = ?1 AND b.alias IN " + allAliases
              + " ORDER BY b.alias <> ?2, b.id")
    , m_marketing(db,
          QByteArray("SELECT m.state, m.at_ms FROM marketing m WHERE m.account = ?1 AND m.alias IN ") + allAliases
              + " ORDER BY m.at_ms DESC, m.id DESC LIMIT 1")
{
}

void LightReader::read(PersonRow &row, qint64 mainAlias)
{
    if (m_anyBlock) {
        m_block.bind(m_account, mainAlias, row.id);
        while (row.block == BlockLight::None && m_block.step()) {
            const BlockEntry entry = entryAt(m_block, 0);
            row.block = lightOf(entry);
            row.blockAtMs = entry.atMs;
        }
    }
    if (m_anyMarketing) {
        m_marketing.bind(m_account, mainAlias, row.id);
        if (m_marketing.step()) {
            row.marketing = MarketingState(m_marketing.integer(0));
            row.marketingAtMs = m_marketing.number(1);
        }
    }
}

std::vector<quint8> blockLights(Connection &db, AccountId account, std::size_t people)
{
    std::vector<quint8> lights(people, 0);
    // The main number's line comes first; a further alias speaks only where that one says nothing.
    Statement row(db,
        "SELECT u.person, " + entryColumns() + " FROM ("
            + underEveryAlias("blocks", "t.account = " + QByteArray::number(account.value()))
            + ") u JOIN blocks b ON b.id = u.row JOIN people p ON p.id = u.person"
              " ORDER BY b.alias <> ifnull(COALESCE(p.e164, p.typed_alias), 0), b.id");
    while (row.step()) {
        const auto person = std::size_t(row.number(0));
        if (person < people && lights[person] == 0)
            lights[person] = quint8(lightOf(entryAt(row, 1)));
    }
    return lights;
}

std::vector<quint8> marketingStates(Connection &db, AccountId account, std::size_t people)
{
    std::vector<quint8> states(people, 0);
    Statement row(db, newestMarketing(account));
    while (row.step()) {
        if (const auto person = std::size_t(row.number(0)); person < people)
            states[person] = quint8(row.integer(1));
    }
    return states;
}

MarketingNote marketingAt(const Statement &row, int column)
{
    return {.account = AccountId(row.number(column)),
        .alias = AliasKey(row.number(column + 1)),
        .state = MarketingState(row.integer(column + 2)),
        .atMs = row.number(column + 3),
        .source = row.text(column + 4),
        .raw = row.text(column + 5),
        .by = row.text(column + 6)};
}

} // namespace rollcall::sql
