// SPDX-License-Identifier: GPL-3.0-or-later
// What several accounts say of one alias: for the row, the details and the filter.
#include "models/store/internal/personsql.h"

#include <algorithm>

namespace rollcall::sql {

namespace {

constexpr quint8 saidValid = 1;
constexpr quint8 saidInvalid = 2;
constexpr quint8 saidBoth = saidValid | saidInvalid;
constexpr int sandboxShift = 2; ///< the sandbox's made-up world is no second opinion on the real one

bool holdBoth(quint8 bits)
{
    return (bits & saidBoth) == saidBoth || (bits >> sandboxShift & saidBoth) == saidBoth;
}

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
    Statement row(db, "SELECT id, keep_seconds, sandbox FROM accounts WHERE removed = 0 ORDER BY id");
    while (row.step())
        m_accounts.push_back({AccountId(row.number(0)), row.number(1), row.number(2) != 0 ? sandboxShift : 0});
}

bool AccountVerdicts::disagree(qint64 alias)
{
    if (alias == 0 || m_accounts.size() < 2)
        return false;
    quint8 bits = 0;
    for (const Keep &keep : m_accounts) {
        m_newest.bind(keep.account, alias);
        if (m_newest.step())
            bits = quint8(bits | said(newestAt(m_newest, 0), m_time, keep.seconds) << keep.shift);
    }
    return holdBoth(bits);
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
    Statement account(db, "SELECT id, sandbox FROM accounts WHERE removed = 0 ORDER BY id");
    Statement row(db, "SELECT alias, use_word FROM newest WHERE account = ? AND use_word IN (1, 2) ORDER BY alias");
    while (account.step()) {
        // Each account's rows come in the order of the alias, so that two lists melt into one in one pass.
        std::vector<Said> melted;
        melted.reserve(all.size());
        auto old = all.cbegin();
        const int shift = account.number(1) != 0 ? sandboxShift : 0;
        row.bind(AccountId(account.number(0)));
        while (row.step()) {
            const quint8 word = row.integer(1) == int(VerdictWord::Valid) ? saidValid : saidInvalid;
            Said now{row.number(0), quint8(word << shift)};
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
        if (holdBoth(one.bits) && verdicts.disagree(one.alias))
            both.push_back(one.alias);
    }
    return both;
}

} // namespace rollcall::sql
