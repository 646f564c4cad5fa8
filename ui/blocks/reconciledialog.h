// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/blocks/blockdesk.h"
#include "ui/blocks/blocksneeds.h"

#include <QDialog>

class QComboBox;
class QFormLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace rollcall {

class FieldList;
class ReconcileModel;

/// Reconcile: reads the gateway's list, keeps it as a snapshot, and compares it with the snapshot before and with our
/// ledger. A dry run until its last button; nothing here removes a do-not-contact or a consent.
class ReconcileDialog final : public QDialog {
    Q_OBJECT
public:
    ReconcileDialog(const BlocksNeeds &needs, const Account &account, QWidget *parent = nullptr);

signals:
    void told(const QString &sentence);
    /// What is to be done at the gateway needs its flight plan: lines of the ledger, and the reason kept with them.
    void writeWanted(const std::vector<rollcall::BlockId> &block, const std::vector<rollcall::BlockId> &unblock,
        const QString &reason);

private:
    QWidget *buildReading();
    QWidget *buildDiffering();
    void read();
    void show(ReconcileView whole);
    void showGroups();
    void showButtons();
    void chooseForRows();
    void apply();
    void fail(const Failure &failure);
    [[nodiscard]] QString snapshots(const ReconcileView &view) const;
    [[nodiscard]] qint64 work() const; ///< lines that something is done about

    using QWidget::show;

    const BlocksNeeds &m_needs;
    Account m_account;
    ReconcileModel *m_model;
    QStackedWidget *m_stack;
    QLabel *m_problem;
    QLabel *m_reading = nullptr;
    QProgressBar *m_bar = nullptr;
    QLabel *m_heading = nullptr;
    QLabel *m_snapshots = nullptr;
    FieldList *m_counts = nullptr;
    QWidget *m_differing = nullptr; ///< groups, lines, and what is done about them
    QFormLayout *m_groups = nullptr;
    QTableView *m_table = nullptr;
    QComboBox *m_rowChoice = nullptr;
    QPushButton *m_forRows = nullptr;
    QComboBox *m_reason = nullptr;
    QPushButton *m_again = nullptr;
    QPushButton *m_apply = nullptr;
    bool m_busy = false;
    Call m_call;
};

} // namespace rollcall
