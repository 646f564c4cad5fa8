// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/checks/checkplan.h"
#include "models/domain/phonenumber.h"
#include "ui/contacts/contactsneeds.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace rollcall {

class ConsentGate;
class VerdictView;

/// One typed or pasted number and its verdict at once. A fresh verdict is shown without asking; cool-down, budget and
/// do-not-contact hold here as everywhere, since the question is a run of one item; so does consent: without an opt-in
/// on record nothing is asked before one of the two ways on is taken.
class CheckNumberDialog final : public QDialog {
    Q_OBJECT
public:
    CheckNumberDialog(const ContactsNeeds &needs, const Account &account, const RunOptions &options, QWidget *parent);

signals:
    void started(rollcall::RunId run);

private:
    void readNumber();
    void ask();
    void decide(const CheckPlan &plan);
    void passGate(); ///< stores what was chosen about consent, then starts
    void startRun();
    void follow();
    void readVerdict();
    void showVerdict(const Verdict &verdict);
    void endRun();
    void say(const QString &sentence);

    const ContactsNeeds &m_needs;
    Account m_account;
    RunOptions m_options;
    PhoneNumber m_number;
    AliasKey m_alias;
    RunId m_run; ///< under way, null = none
    CheckPlan m_plan; ///< waits at the gate
    bool m_asking = false;
    QLineEdit *m_typed;
    QLabel *m_reading;
    QLabel *m_state;
    VerdictView *m_verdict;
    ConsentGate *m_gate;
    QPushButton *m_check;
    Call m_call;
    Call m_read;
};

} // namespace rollcall
