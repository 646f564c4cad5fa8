// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/store/verdicts.h"
#include "models/tables/freshness.h"
#include "models/tables/spinetable.h"

namespace rollcall {

class Store;
struct Change;

enum class CheckColumn { Person = 0, Asked, Verdict, Age, Expires, Source, Account, RawAnswer, Error };

/// The words of the Checks table; made in ui/.
struct ChecksWords {
    std::function<QString(CheckColumn)> title;
    std::function<QString(const StoredVerdict &, CheckColumn, const Freshness &)> cell;
    std::function<qint64(AccountId)> keepSeconds; ///< how long a verdict of that account counts
};

using VerdictTable = SpineTable<qint64, StoredVerdict>;

/// Every verdict that matches, newest first; new ones come in on top.
class ChecksModel final : public VerdictTable {
    Q_OBJECT
public:
    enum Role {
        VerdictIdRole = Qt::UserRole + 1, ///< qint64
        PersonIdRole, ///< qint64, 0 = nobody any more
        VerdictRole, ///< int(VerdictWord)
        FreshRole, ///< bool
        SourceRole, ///< int(VerdictSource)
    };
    static constexpr int columns = int(CheckColumn::Error) + 1;

    ChecksModel(Store &store, Clock &clock, ChecksWords words, QObject *parent = nullptr);
    ~ChecksModel() override;

    /// Also the first reading: before it the model is empty and asks nothing.
    void setFilter(const VerdictFilter &filter);
    [[nodiscard]] const VerdictFilter &filter() const { return m_filter; }
    [[nodiscard]] bool isSettled() const { return m_settled; }
    [[nodiscard]] const StoredVerdict *verdictAt(int row) const { return rowIfRead(row); }

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    void settled();
    void failed(const rollcall::Failure &failure) const;

protected:
    Call read(const Keys &keys, Answer then) const override;
    qint64 keyOf(const StoredVerdict &row) const override { return row.id; }
    void readFailed(const Failure &failure) const override { emit failed(failure); }

private:
    void onChanged(const Change &change);
    void ask(bool sameQuestion);
    [[nodiscard]] Freshness freshness(const StoredVerdict &row) const;

    Store &m_store;
    Clock &m_clock;
    ChecksWords m_words;
    VerdictFilter m_filter;
    bool m_asked = false;
    bool m_settled = false;
    Call m_list;
    Call m_soon;
};

} // namespace rollcall
