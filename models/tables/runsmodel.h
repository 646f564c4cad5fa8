// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/clock.h"
#include "models/base/result.h"
#include "models/domain/run.h"

#include <QAbstractTableModel>
#include <functional>
#include <vector>

namespace rollcall {

class Store;
struct Change;

enum class RunColumn { Started = 0, State, Done, Failed, Cached, Account, By };

struct RunsWords {
    std::function<QString(RunColumn)> title;
    std::function<QString(const RunSummary &, RunColumn)> cell;
};

/// The check runs, newest first. A few hundred at most: all are held.
class RunsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role {
        RunIdRole = Qt::UserRole + 1, ///< qint64
        StateRole, ///< int(RunState)
        DoneRole, ///< answered, failed and not asked together
        TotalRole,
    };
    static constexpr int columns = int(RunColumn::By) + 1;

    RunsModel(Store &store, Clock &clock, RunsWords words, QObject *parent = nullptr);
    ~RunsModel() override;

    void load();
    [[nodiscard]] const std::vector<RunSummary> &runs() const { return m_runs; }
    [[nodiscard]] int rowOf(RunId id) const; ///< -1 when unknown

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    void loaded();
    void failed(const rollcall::Failure &failure);

private:
    void onChanged(const Change &change);
    void take(std::vector<RunSummary> runs);

    Store &m_store;
    Clock &m_clock;
    RunsWords m_words;
    std::vector<RunSummary> m_runs;
    Call m_load;
    Call m_soon;
};

} // namespace rollcall
