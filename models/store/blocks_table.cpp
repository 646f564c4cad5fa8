// SPDX-License-Identifier: GPL-3.0-or-later
// The ledger as the Blocked page shows and exports it.
#include "models/store/blocks.h"
#include "models/store/internal/blocksql.h"
#include "models/store/internal/stopsql.h"
#include "models/store/internal/storethreads.h"

#include <algorithm>

namespace rollcall {

namespace {

constexpr std::size_t rowsPerSlice = 2048;

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
    QByteArrayList all{sql::viewCondition(filter.view)};
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

/// Reads lines of the ledger as the Blocked table shows them.
class RowReader {
public:
    explicit RowReader(Connection &db)
        : m_entry(db,
            "SELECT " + sql::entryColumns() + ", " + sql::personOfAlias() + ", " + sql::aliasText()
                + ", (SELECT count(*) FROM people WHERE e164 = b.alias),"
                  " EXISTS (SELECT 1 FROM stops WHERE alias = b.alias) FROM blocks b WHERE b.id = ?")
        , m_who(db, "SELECT name, do_not_contact, consent, last_inbound_ms FROM people WHERE id = ?")
        , m_marketing(db,
              "SELECT state, at_ms FROM marketing WHERE account = ? AND alias = ? ORDER BY at_ms DESC, id DESC LIMIT 1")
        , m_optOut(db)
    {
    }
    std::optional<BlockRow> read(BlockId id)
    {
        m_entry.bind(id);
        if (!m_entry.step())
            return std::nullopt;
        constexpr int after = sql::entryColumnCount;
        BlockRow row{.entry = sql::entryAt(m_entry, 0),
            .person = PersonId(m_entry.number(after)),
            .aliasText = m_entry.text(after + 1),
            .people = m_entry.number(after + 2),
            .doNotContact = m_entry.number(after + 3) != 0};
        m_who.bind(row.person);
        if (m_who.step()) {
            row.name = m_who.text(0);
            row.people = std::max<qint64>(row.people, 1);
            row.doNotContact = row.doNotContact || m_who.number(1) != 0;
            row.consent = ConsentState(m_who.integer(2));
            row.lastInboundMs = m_who.number(3);
        }
        row.optedOut = row.doNotContact && (row.consent == ConsentState::OptOut || m_optOut.holds(row.entry.alias));
        m_marketing.bind(row.entry.account, row.entry.alias);
        if (m_marketing.step()) {
            row.marketing = MarketingState(m_marketing.integer(0));
            row.marketingAtMs = m_marketing.number(1);
        }
        return row;
    }

private:
    Statement m_entry;
    Statement m_who;
    Statement m_marketing;
    sql::OptOutHold m_optOut;
};

} // namespace

Call Blocks::spine(
    const BlockFilter &filter, const BlockOrder &order, std::function<void(Result<std::vector<BlockId>>)> then)
{
    return m_threads.read<std::vector<BlockId>>(
        [=](Connection &db, const TimeView &) { return readSpine(db, filter, order); }, std::move(then));
}

Call Blocks::rows(const std::vector<BlockId> &ids, std::function<void(Result<std::vector<BlockRow>>)> then)
{
    const auto next = std::make_shared<std::size_t>(0);
    return m_threads.sliced<std::vector<BlockRow>>(
        [ids, next](Connection &db, const TimeView &, std::vector<BlockRow> &rows) {
            const std::size_t end = std::min(ids.size(), *next + rowsPerSlice);
            RowReader reader(db);
            for (; *next < end && !db.failed(); ++*next)
                if (std::optional<BlockRow> row = reader.read(ids[*next]))
                    rows.push_back(*std::move(row));
            return *next < ids.size();
        },
        std::move(then));
}

Call Blocks::each(const BlockFilter &filter, Consume consume, std::function<void(Result<qint64>)> then)
{
    struct Cursor {
        std::vector<BlockId> ids = {};
        std::size_t next = 0;
        bool begun = false;
    };
    return m_threads.sliced<qint64>(
        [filter, consume = std::move(consume), cursor = std::make_shared<Cursor>()](
            Connection &db, const TimeView &, qint64 &count) {
            if (!std::exchange(cursor->begun, true))
                cursor->ids = readSpine(db, filter, {});
            const std::size_t end = std::min(cursor->ids.size(), cursor->next + rowsPerSlice);
            std::vector<BlockRow> rows;
            RowReader reader(db);
            for (; cursor->next < end && !db.failed(); ++cursor->next)
                if (std::optional<BlockRow> row = reader.read(cursor->ids[cursor->next]))
                    rows.push_back(*std::move(row));
            count += qint64(rows.size());
            const bool last = cursor->next >= cursor->ids.size();
            if (const Done done = consume(rows, qint64(cursor->ids.size()), last); !done) {
                db.fail(done.failure());
                return false;
            }
            return !last;
        },
        std::move(then));
}

Call Blocks::counts(AccountId account, std::function<void(Result<std::map<BlockView, qint64>>)> then)
{
    return m_threads.read<std::map<BlockView, qint64>>(
        [account](Connection &db, const TimeView &) {
            QByteArrayList columns;
            for (const BlockView view : allViews)
                columns += "count(*) FILTER (WHERE " + sql::viewCondition(view) + ')';
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

} // namespace rollcall
