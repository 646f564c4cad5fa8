// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/store/blocks.h"
#include "ui/blocks/blocksneeds.h"

#include <QDialog>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;

namespace rollcall {

class FieldList;

/// Carries the block list of one account to another: which, and how many that are. Nothing happens here; the block
/// dialog and the flight plan at the other account follow.
class CarryDialog final : public QDialog {
    Q_OBJECT
public:
    /// `current`: the account whose list is proposed.
    CarryDialog(const BlocksNeeds &needs, AccountId current, QWidget *parent = nullptr);

signals:
    void carryWanted(const std::vector<rollcall::BlockId> &entries, rollcall::AccountId to);

private:
    QComboBox *accountBox(const char *name);
    void fillTargets();
    void read();
    void show(const std::vector<BlockEntry> &entries);
    void showButtons();
    [[nodiscard]] AccountId from() const;
    [[nodiscard]] AccountId to() const;

    using QWidget::show;

    const BlocksNeeds &m_needs;
    QComboBox *m_from;
    QComboBox *m_to;
    FieldList *m_counts;
    QLabel *m_age;
    QLabel *m_problem;
    QPushButton *m_next = nullptr;
    std::vector<BlockId> m_entries;
    Call m_read;
};

} // namespace rollcall
