// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/domain/journalentry.h"
#include "models/tables/spinetable.h"

namespace rollcall {

class Store;
struct Change;

enum class JournalColumn { Number = 0, At, Operator, Act, Subject, Outcome, Details };

struct JournalWords {
    std::function<QString(JournalColumn)> title;
    std::function<QString(const JournalEntry &, JournalColumn)> cell;
};

using EntryTable = SpineTable<qint64, JournalEntry>;

/// The journal, newest first; new entries come in on top.
class JournalModel final : public EntryTable {
    Q_OBJECT
public:
    enum Role {
        SeqRole = Qt::UserRole + 1, ///< qint64
        ActRole, ///< QString, the stable id
        OutcomeRole, ///< QString, the stable id or counts
    };
    static constexpr int columns = int(JournalColumn::Details) + 1;

    JournalModel(Store &store, Clock &clock, JournalWords words, QObject *parent = nullptr);
    ~JournalModel() override;

    /// Also the first reading: before it the model is empty and asks nothing.
    void setFilter(const JournalFilter &filter);
    [[nodiscard]] const JournalFilter &filter() const { return m_filter; }
    [[nodiscard]] bool isSettled() const { return m_settled; }
    [[nodiscard]] const JournalEntry *entryAt(int row) const { return rowIfRead(row); }

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    void settled();
    void failed(const rollcall::Failure &failure) const;

protected:
    Call read(const Keys &keys, Answer then) const override;
    qint64 keyOf(const JournalEntry &row) const override { return row.seq; }
    void readFailed(const Failure &failure) const override { emit failed(failure); }

private:
    void onChanged(const Change &change);
    void ask(bool sameQuestion);

    Store &m_store;
    Clock &m_clock;
    JournalWords m_words;
    JournalFilter m_filter;
    bool m_asked = false;
    bool m_settled = false;
    bool m_renamed = false; ///< what rows name is to be read again
    Call m_list;
    Call m_soon;
};

} // namespace rollcall
