// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/store/batches.h"

#include <QDialog>
#include <vector>

class QLabel;
class QPushButton;
class QTableWidget;

namespace rollcall {

class Store;

/// Every command with who, when and what; any that is younger than 30 days can be undone, or done again, from here. A
/// block or unblock is taken back by the opposite requests, over their flight plan.
class HistoryDialog final : public QDialog {
    Q_OBJECT
public:
    explicit HistoryDialog(Store &store, QWidget *parent = nullptr);

signals:
    void told(const QString &sentence);
    void runUndoWanted(rollcall::RunId run); ///< the dialog closes

private:
    void read();
    void show(std::vector<BatchSummary> batches);
    void follow();
    void act();
    [[nodiscard]] const BatchSummary *chosen() const;

    Store &m_store;
    std::vector<BatchSummary> m_batches;
    QTableWidget *m_table;
    QLabel *m_answer;
    QPushButton *m_undo;
    bool m_busy = false;
    Call m_read;
    Call m_act;
};

} // namespace rollcall
