// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/store/blocks.h"
#include "models/tables/spinetable.h"

#include <functional>
#include <optional>

namespace rollcall {

class Store;
struct Change;

/// The columns of the Blocked table; the three lights stand side by side.
enum class BlockedColumn {
    Person = 0,
    Number,
    DoNotContact,
    Block,
    Marketing,
    State,
    Window,
    Reason,
    At,
    Note,
    By,
    Source,
    LastSeen,
    Account
};

/// The words of the Blocked table; made in ui/. `nowMs`: wall time.
struct BlockedWords {
    std::function<QString(BlockedColumn)> title;
    std::function<QString(const BlockRow &, BlockedColumn, qint64 nowMs)> cell;
    std::function<QString(const BlockRow &, BlockedColumn, qint64 nowMs)> tip; ///< rich or escaped text
};

using BlockTable = SpineTable<BlockId, BlockRow>;

/// One row a line of the block ledger: all of the filter in order (id spine), rows read when painted. Showing it asks
/// no gateway.
class BlocksModel final : public BlockTable {
    Q_OBJECT
public:
    enum Role {
        BlockIdRole = Qt::UserRole + 1, ///< qint64; known for every row
        LightRole, ///< int(BlockLight)
        DoNotContactRole, ///< bool
    };
    static constexpr int columns = int(BlockedColumn::Account) + 1;

    BlocksModel(Store &store, Clock &clock, BlockedWords words, QObject *parent = nullptr);
    ~BlocksModel() override;

    /// Also the first reading: before it the model is empty and asks nothing.
    void setFilter(const BlockFilter &filter);
    [[nodiscard]] const BlockFilter &filter() const { return m_filter; }
    [[nodiscard]] bool isSettled() const { return m_settled; }
    [[nodiscard]] const BlockRow *entryAt(int row) const { return rowIfRead(row); }
    /// Nothing for a column that has no order of its own: sort() passes it over.
    [[nodiscard]] static std::optional<BlockColumn> orderOf(BlockedColumn column);
    void sort(int column, Qt::SortOrder order) override;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    void settled();
    void failed(const rollcall::Failure &failure) const;

protected:
    Call read(const Keys &keys, Answer then) const override;
    BlockId keyOf(const BlockRow &row) const override { return row.entry.id; }
    void readFailed(const Failure &failure) const override { emit failed(failure); }

private:
    void onChanged(const Change &change);
    void ask(bool sameQuestion);

    Store &m_store;
    Clock &m_clock;
    BlockedWords m_words;
    BlockFilter m_filter;
    BlockOrder m_order;
    bool m_asked = false;
    bool m_settled = false;
    Call m_list;
    Call m_soon;
};

} // namespace rollcall
