// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/accounts/accounts.h"
#include "models/base/call.h"
#include "models/tables/accountsmodel.h"
#include "ui/accounts/testoutlook.h"

#include <QDialog>

class QLabel;
class QPushButton;

namespace rollcall {

class TestChecklist;

/// The connection test of a saved account, step by step, with its outcome in one sentence.
class TestDialog final : public QDialog {
    Q_OBJECT
public:
    TestDialog(Accounts &accounts, const Account &account, QWidget *parent = nullptr);
    void start();
    [[nodiscard]] bool isDone() const { return m_done; } ///< has the outcome been told?

signals:
    void reached(const rollcall::AccountReach &reach); ///< Testing at the start, then the outcome

private:
    void take(const TestStep &step);
    void end(const Done &done);

    Accounts &m_accounts;
    Account m_account;
    TestChecklist *m_checklist;
    QLabel *m_outcome;
    QPushButton *m_again;
    bool m_done = false;
    TestOutlook m_outlook;
    Call m_call;
};

} // namespace rollcall
