// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/accounts/accounts.h"
#include "models/base/call.h"
#include "models/domain/account.h"
#include "ui/accounts/testoutlook.h"
#include "ui/parts/dialogs.h"

#include <QDialog>

class QFormLayout;
class QLabel;
class QPushButton;
class QSpinBox;

namespace rollcall {

class ConnectionFields;
class CountryBox;
class TestChecklist;

/// One account, new or existing, with its connection test beside the fields. The password or key field is empty for an
/// account that has one: leaving it empty keeps it.
class AccountDialog final : public QDialog {
    Q_OBJECT
public:
    /// `account` with a null id is a new one. Both outlive the dialog: `accounts`, and what `asks` needs.
    AccountDialog(Accounts &accounts, const Account &account, Asks asks, QWidget *parent = nullptr);
    [[nodiscard]] Account account() const; ///< as in the fields now
    [[nodiscard]] Secret secret() const; ///< empty = keep the old; only after problem() said nothing
    /// What a test of exactly these fields found; NotTested when there was none since they were changed.
    [[nodiscard]] const AccountReach &tested() const { return m_tested; }
    void setBusy(bool busy); ///< while it is being saved
    void showProblem(const QString &sentence);

signals:
    void saveWanted(); ///< Save was pressed and the fields make sense; the dialog stays open until accept()

private:
    void buildFields();
    QWidget *buildNumbers();
    QWidget *buildSpending();
    void buildFrame();
    void connectFields();
    void fill();
    void describe();
    void confirm();
    void test();

    Accounts &m_accounts;
    Account m_before;
    Asks m_asks;
    ConnectionFields *m_connection;
    QFormLayout *m_numbers;
    QWidget *m_spending;
    CountryBox *m_region;
    QSpinBox *m_countryCode;
    QLabel *m_rule;
    QSpinBox *m_days;
    QSpinBox *m_perHour;
    QSpinBox *m_perDay;
    QSpinBox *m_coolDown;
    TestChecklist *m_checklist;
    QLabel *m_problem;
    QPushButton *m_save;
    QPushButton *m_test;
    TestOutlook m_outlook;
    AccountReach m_tested;
    Call m_call;
};

} // namespace rollcall
