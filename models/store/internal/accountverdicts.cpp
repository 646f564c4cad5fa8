// SPDX-License-Identifier: GPL-3.0-or-later
// What several accounts say of one alias: for the row, the details and the filter.
#include "models/store/internal/personsql.h"

#include <algorithm>

namespace rollcall::sql {

namespace {

constexpr quint8 saidValid = 1;
constexpr quint8 saidInvalid = 2;
constexpr quint8 saidBoth = saidValid | saidInvalid;

quint8 said(const Newest &newest, const TimeView &time, qint64 keep)
{
    if (!newest.isFresh(time, keep))
        return 0;
    return newest.useWord == VerdictWord::Valid  ? saidValid
        : newest.useWord == VerdictWord::Invalid ? saidInvalid
                                                 : quint8(0);
}

struct Said {
    qint64 alias = 0;
    quint8 bits = 0;
};

} // namespace

AccountVerdicts::AccountVerdicts(Connection &db, const TimeView &time)
    : m_time(time)
    , m_newest(db, "SELECT " + newestColumns() + " FROM newest n WHERE n.account = ? AND n.alias = ?")
{
    Statement row(db, "SELECT id, keep_seconds FROM accounts WHERE removed = 0 ORDER BY id");
    while (row.step())
        m_accounts.push_back({AccountId(row.number(0)), row.number(1)});
}

bool AccountVerdicts::disagree(qint64 alias)
{
    if (alias == 0 || m_accounts.size() < 2)
        return false;
    quint8 bits = 0;
    for (const Keep &keep : m_accounts) {
        m_newest.bind(keep.account, alias);
        if (m_newest.step())
            bits |= said(newestAt(m_newest, 0), m_time, keep.seconds);
    }
    return bits == saidBoth;
}

std::vector<qint64> AccountVerdicts::counting(qint64 alias, AccountId first)
{
    std::vector<qint64> verdicts;
    for (const Keep &keep : m_accounts) {
        m_newest.bind(keep.account, alias);
        if (!m_newest.step())
            continue;
        const Newest newest = newestAt(m_newest, 0);
        const qint64 id = newest.verdict(newest.isFresh(m_time, keep.seconds));
        verdicts.insert(keep.account == first ? verdicts.begin() : verdicts.end(), id);
    }
    return verdicts;
}

std::vector<qint64> disagreeing(Connection &db, const TimeView &time)
{
    // First the words alone, which is quick; then how fresh they are, for the few aliases with both.
    std::vector<Said> all;
    Statement account(db, "SELECT id FROM accounts WHERE removed = 0 ORDER BY id");
    Statement row(db, "SELECT alias, use_word FROM newest WHERE account = ? AND use_word IN (1, 2) ORDER BY alias");
    while (account.step()) {
        // Each account's rows come in the order of the alias, so that two lists melt into one in one pass.
        std::vector<Said> melted;
        melted.reserve(all.size());
        auto old = all.cbegin();
        row.bind(AccountId(account.number(0)));
        while (row.step()) {
            Said now{row.number(0), row.integer(1) == int(VerdictWord::Valid) ? saidValid : saidInvalid};
            while (old != all.cend() && old->alias < now.alias)
                melted.push_back(*old++);
            if (old != all.cend() && old->alias == now.alias)
                now.bits = quint8(now.bits | (old++)->bits);
            melted.push_back(now);
        }
        melted.insert(melted.end(), old, all.cend());
        all.swap(melted);
    }
    std::vector<qint64> both;
    AccountVerdicts verdicts(db, time);
    for (const Said &one : all) {
        if (one.bits == saidBoth && verdicts.disagree(one.alias))
            both.push_back(one.alias);
    }
    return both;
}

} // namespace rollcall::sql
