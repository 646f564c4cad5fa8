// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/store/blocks.h"
#include "ui/blocks/blocksneeds.h"

#include <QDialog>
#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace rollcall {

class DialogBody;

/// Settle…: what became of operations whose outcome nobody knows. The gateway is asked where it can tell; else the
/// operator says so. Sending again is a new operation with a flight plan of its own.
class SettleDialog final : public QDialog {
    Q_OBJECT
public:
    /// `rows`: lines whose outcome is unknown.
    SettleDialog(const BlocksNeeds &needs, std::vector<BlockRow> rows, QWidget *parent = nullptr);

signals:
    void told(const QString &sentence);
    /// These are to be sent again; the outcome before counts as "it did not".
    void againWanted(rollcall::OperationKind kind, const std::vector<rollcall::BlockId> &entries);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *listOfRows();
    QWidget *buildButtons();
    QRadioButton *addChoice(const QString &name, const QString &words, const QString &meaning);
    void settle();
    void readBack();
    void nextReadBack(std::size_t at);
    void showProblem(const Failure &failure, AccountId at);
    void showButtons();
    [[nodiscard]] std::vector<BlockId> ids() const;

    const BlocksNeeds &m_needs;
    std::vector<BlockRow> m_rows;
    DialogBody *m_body;
    QLabel *m_problem;
    std::vector<AccountId> m_readable; ///< accounts that can list or tell
    bool m_busy = false;
    qint64 m_settledByRead = 0;
    QRadioButton *m_worked = nullptr;
    QRadioButton *m_didNot = nullptr;
    QRadioButton *m_again = nullptr;
    QLineEdit *m_note = nullptr;
    QPushButton *m_ask = nullptr;
    QPushButton *m_settle = nullptr;
    Call m_call;
};

} // namespace rollcall
