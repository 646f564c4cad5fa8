// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/store/messages.h"
#include "models/tables/spinetable.h"

#include <functional>

namespace rollcall {

class Store;
struct Change;

enum class SentColumn { At = 0, Recipient, Number, Message, Outcome, MessageId, Account, By };

/// The words of the table of sent messages; made in ui/.
struct SentWords {
    std::function<QString(SentColumn)> title;
    std::function<QString(const SentRow &, SentColumn)> cell;
    std::function<QString(const SentRow &, SentColumn)> tip; ///< rich or escaped text
};

using SentTable = SpineTable<OperationId, SentRow>;

/// One row a message to one recipient, newest first. Showing it asks no gateway.
class SentModel final : public SentTable {
    Q_OBJECT
public:
    static constexpr int columns = int(SentColumn::By) + 1;

    SentModel(Store &store, Clock &clock, SentWords words, QObject *parent = nullptr);
    ~SentModel() override;

    void setFilter(const SentFilter &filter); ///< also the first reading
    [[nodiscard]] const SentRow *entryAt(int row) const { return rowIfRead(row); }

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    void settled();
    void failed(const rollcall::Failure &failure) const;

protected:
    Call read(const Keys &keys, Answer then) const override;
    OperationId keyOf(const SentRow &row) const override { return row.item.id; }
    void readFailed(const Failure &failure) const override { emit failed(failure); }

private:
    void onChanged(const Change &change);
    void ask(bool sameQuestion);

    Store &m_store;
    Clock &m_clock;
    SentWords m_words;
    SentFilter m_filter;
    bool m_asked = false;
    Call m_list;
    Call m_soon;
};

} // namespace rollcall
