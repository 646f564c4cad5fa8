// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/store/blocks.h"
#include "ui/blocks/blocksneeds.h"

#include <QDialog>

class QLabel;
class QPushButton;

namespace rollcall {

class FieldList;

/// Everything about one line of the block list, and when the gateway's own list named it. Follows the store.
class BlockDetails final : public QDialog {
    Q_OBJECT
public:
    BlockDetails(const BlocksNeeds &needs, BlockId line, QWidget *parent = nullptr);

private:
    void read();
    void show(const BlockRow &row);
    void arm();
    void showSightings(const BlockRow &row, const std::vector<Sighting> &seen);

    using QWidget::show;

    const BlocksNeeds &m_needs;
    const BlockId m_line;
    QLabel *m_heading;
    FieldList *m_facts;
    QLabel *m_state; ///< what the state means, and what can be done
    QLabel *m_seen; ///< a sentence a time on the gateway's list
    QLabel *m_problem;
    QPushButton *m_arm = nullptr;
    BlockRow m_row; ///< as shown
    Call m_read;
    Call m_act;
    Call m_soon;
};

} // namespace rollcall
