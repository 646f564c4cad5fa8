// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/store/blocks.h"
#include "ui/blocks/blocksneeds.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace rollcall {

class ResultItems;

/// How a block or unblock run ended, its people grouped by cause, each cause with its next step. Follows the run while
/// it goes on.
class BlockResultDialog final : public QDialog {
    Q_OBJECT
public:
    BlockResultDialog(const BlocksNeeds &needs, RunId run, QWidget *parent = nullptr);

signals:
    void settleWanted(rollcall::RunId run);
    void undoWanted(const rollcall::OperationRun &run);
    void armed(qint64 people);

private:
    void read();
    void show(const OperationRun &run, const std::vector<OperationCause> &causes);
    void addCause(const OperationCause &cause, std::optional<GatewayKind> gateway);
    void armRefused();

    using QWidget::show;

    const BlocksNeeds &m_needs;
    RunId m_id;
    OperationRun m_run;
    QLabel *m_heading;
    QLabel *m_summary;
    QLabel *m_problem;
    QWidget *m_causes;
    ResultItems *m_items;
    QVBoxLayout *m_column;
    QPushButton *m_undo = nullptr;
    Call m_read;
    Call m_soon;
    Call m_arm;
};

} // namespace rollcall
