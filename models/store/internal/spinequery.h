// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/filter.h"
#include "models/store/internal/connection.h"
#include "models/store/people.h"

#include <vector>

namespace rollcall {

/// Finds who is in a filter and in which order. What an index can give in order is read from the index alone (90 ms a
/// million); filters become a set of ids that this order is sieved with. Reader thread. Internal to models/store.
class SpineQuery {
public:
    SpineQuery(Connection &db, const Filter &filter, AccountId account, const TimeView &time);
    [[nodiscard]] Spine ordered(const SortOrder &order);
    /// In order, at most `limit`, and with the filter's text looked up by LIKE.
    [[nodiscard]] Spine firstMatches(const SortOrder &order, int limit);
    [[nodiscard]] qint64 count(); ///< with the filter's text

private:
    [[nodiscard]] bool needsVerdicts() const
    {
        return !m_filter.verdicts.empty() || m_filter.staleOnly || m_filter.disagree;
    }
    void loadVerdicts();
    void loadDisagreeing();
    /// Conditions on `people p` of everything but verdicts; values to bind go to m_values.
    QByteArray conditions(bool withText);
    [[nodiscard]] bool passesVerdict(qint64 id) const;
    /// Whether the order is that of a word or light, which no column of `people` holds.
    [[nodiscard]] static bool isRanked(PersonColumn column);
    [[nodiscard]] Spine byRank(const SortOrder &order);
    [[nodiscard]] std::vector<bool> sieve(const QByteArray &where);

    Connection &m_db;
    const Filter &m_filter;
    const AccountId m_account;
    const TimeView &m_time;
    std::vector<QString> m_values;
    std::vector<quint8> m_verdicts; ///< by person id: the word that counts, bit 7 = fresh; 0 = not checked
    std::vector<bool> m_disagree; ///< by person id, filled where the filter asks for it
    bool m_byVerdict = false; ///< the order wants the words of everybody
    bool m_loaded = false;
};

} // namespace rollcall
