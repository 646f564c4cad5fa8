// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/verdicts.h"

#include "models/store/internal/personsql.h"
#include "models/store/internal/storethreads.h"

#include <algorithm>
#include <unordered_set>

namespace rollcall {

namespace {

constexpr std::size_t sliceIds = 8192; ///< other readers wait for one slice

/// Somebody who has the alias of `v`: the first of them.
constexpr char somebody[] = "(SELECT CASE WHEN v.alias > 0 THEN (SELECT min(id) FROM people WHERE e164 = v.alias)"
                            " ELSE (SELECT min(id) FROM people WHERE typed_alias = v.alias) END)";

QByteArray selection(const VerdictFilter &filter, std::vector<QString> &texts)
{
    QByteArrayList all;
    if (filter.run)
        all += "v.run = " + QByteArray::number(filter.run->value());
    if (filter.account)
        all += "v.account = " + QByteArray::number(filter.account->value());
    if (!filter.words.empty()) {
        QByteArrayList words;
        for (const VerdictWord word : filter.words)
            words += QByteArray::number(int(word));
        all += sql::wordNow("v", "word") + " IN (" + words.join(',') + ')';
    }
    if (!filter.text.isEmpty()) {
        all += "(instr(v.asked, ?) > 0 OR instr(v.raw_word, ?) > 0 OR instr(v.reason, ?) > 0 OR instr('+' || v.alias, "
               "?) > 0"
               " OR EXISTS (SELECT 1 FROM people p WHERE p.id = "
            + QByteArray(somebody) + " AND p.name LIKE '%' || ? || '%'))";
        texts.assign(5, filter.text);
    }
    return all.isEmpty() ? QByteArray() : " WHERE " + all.join(" AND ");
}

QByteArray storedColumns()
{
    return "v.alias, p.id, p.name, v.id, " + sql::verdictColumns();
}

StoredVerdict storedAt(const Statement &row)
{
    return {.id = row.number(3),
        .alias = AliasKey(row.number(0)),
        .person = PersonId(row.number(1)),
        .name = row.text(2),
        .verdict = sql::verdictAt(row, 4)};
}

} // namespace

Verdicts::Verdicts(StoreThreads &threads)
    : m_threads(threads)
{
}

Call Verdicts::list(const VerdictFilter &filter, std::function<void(Result<std::vector<qint64>>)> then)
{
    return m_threads.read<std::vector<qint64>>(
        [=](Connection &db, const TimeView &) {
            std::vector<QString> texts;
            const QByteArray where = selection(filter, texts);
            std::vector<qint64> ids;
            Statement row(db, "SELECT v.id FROM verdicts v" + where + " ORDER BY v.id DESC", texts);
            while (row.step())
                ids.push_back(row.number(0));
            return ids;
        },
        std::move(then));
}

Call Verdicts::rows(const std::vector<qint64> &ids, std::function<void(Result<std::vector<StoredVerdict>>)> then)
{
    return m_threads.read<std::vector<StoredVerdict>>(
        [=](Connection &db, const TimeView &) {
            std::vector<StoredVerdict> rows;
            rows.reserve(ids.size());
            Statement row(db,
                "SELECT " + storedColumns() + " FROM verdicts v LEFT JOIN people p ON p.id = " + somebody
                    + " WHERE v.id = ?");
            for (const qint64 id : ids) {
                row.bind(id);
                if (row.step())
                    rows.push_back(storedAt(row));
            }
            return rows;
        },
        std::move(then));
}

Call Verdicts::whom(const std::vector<qint64> &ids, std::function<void(Result<std::vector<PersonId>>)> then)
{
    auto slice = [ids, next = std::size_t(0), seen = std::unordered_set<PersonId>()](
                     Connection &db, const TimeView &, std::vector<PersonId> &whom) mutable {
        Statement row(db, QByteArray("SELECT ") + somebody + " FROM verdicts v WHERE v.id = ?");
        for (const std::size_t end = std::min(ids.size(), next + sliceIds); next < end; ++next) {
            row.bind(ids[next]);
            if (row.step() && !row.isNull(0) && seen.insert(PersonId(row.number(0))).second)
                whom.emplace_back(row.number(0));
        }
        return next < ids.size();
    };
    return m_threads.sliced<std::vector<PersonId>>(std::move(slice), std::move(then));
}

Call Verdicts::newest(AccountId account, const std::vector<AliasKey> &aliases,
    std::function<void(Result<std::vector<StoredVerdict>>)> then)
{
    return m_threads.read<std::vector<StoredVerdict>>(
        [=](Connection &db, const TimeView &time) {
            std::vector<StoredVerdict> found;
            const qint64 keep = sql::keepSeconds(db, account);
            Statement of(db, "SELECT " + sql::newestColumns() + " FROM newest n WHERE n.account = ? AND n.alias = ?");
            Statement row(db,
                "SELECT " + storedColumns() + " FROM verdicts v LEFT JOIN people p ON p.id = " + somebody
                    + " WHERE v.id = ?");
            for (const AliasKey alias : aliases) {
                of.bind(account, alias);
                if (!of.step())
                    continue;
                const sql::Newest newest = sql::newestAt(of, 0);
                row.bind(newest.verdict(newest.isFresh(time, keep)));
                if (row.step())
                    found.push_back(storedAt(row));
            }
            return found;
        },
        std::move(then));
}

} // namespace rollcall
