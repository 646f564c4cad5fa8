// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/checks/checkplan.h"
#include "models/domain/run.h"
#include "ui/contacts/contactsneeds.h"

#include <QObject>
#include <QPointer>
#include <vector>

class QWidget;

namespace rollcall {

class FlightPlanDialog;
enum class CheckScope;

/// Validate and "Check a number…": from the click over the flight plan to a running check.
class CheckCommands final : public QObject {
    Q_OBJECT
public:
    /// `window`: parent of the dialogs.
    CheckCommands(const ContactsNeeds &needs, QWidget *window);

    /// `people`: the choice, resolved at the click.
    void validate(std::vector<PersonId> people, CheckScope scope, AccountId account, const RunOptions &options);
    void checkNumber(AccountId account, const RunOptions &options);

signals:
    void started(rollcall::RunId run);

private:
    void plan();
    void open(CheckPlan plan);
    void start();
    void startRun();
    void tell(const Failure &failure);

    const ContactsNeeds &m_needs;
    QWidget *m_window;
    std::vector<PersonId> m_people;
    CheckScope m_scope = {};
    Account m_account;
    RunOptions m_options;
    QPointer<FlightPlanDialog> m_dialog;
    Call m_call;
};

} // namespace rollcall
