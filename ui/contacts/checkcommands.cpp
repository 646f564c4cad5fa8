// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/checkcommands.h"

#include "models/checks/checkdesk.h"
#include "models/store/consents.h"
#include "models/store/store.h"
#include "ui/contacts/flightplandialog.h"
#include "ui/contacts/internal/checknumberdialog.h"
#include "ui/text/failuretext.h"

namespace rollcall {

CheckCommands::CheckCommands(const ContactsNeeds &needs, QWidget *window)
    : QObject(window)
    , m_needs(needs)
    , m_window(window)
{
}

void CheckCommands::validate(
    std::vector<PersonId> people, CheckScope scope, AccountId account, const RunOptions &options)
{
    const Account *found = m_needs.accountOf(account);
    if (!found) {
        m_needs.asks.tell(m_window,
            {Notice::Kind::Info, tr("Validate"),
                tr("No gateway is chosen, so nothing was asked. Add an account on the Accounts page first."), {}});
        return;
    }
    if (people.empty() || m_dialog)
        return;
    m_people = std::move(people);
    m_scope = scope;
    m_account = *found;
    m_options = options;
    plan();
}

void CheckCommands::plan()
{
    m_call = m_needs.desk.plan(m_people, m_account, m_options, [this](Result<CheckPlan> plan) {
        if (!plan)
            return tell(plan.failure());
        if (m_dialog)
            m_dialog->setPlan(*std::move(plan), m_needs.store.time().now.wallMs);
        else
            open(*std::move(plan));
    });
}

void CheckCommands::open(CheckPlan plan)
{
    m_dialog = new FlightPlanDialog(m_account, m_options, m_scope, m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_dialog->setPlan(std::move(plan), m_needs.store.time().now.wallMs);
    connect(m_dialog, &FlightPlanDialog::startWanted, this, &CheckCommands::start);
    connect(m_dialog, &FlightPlanDialog::timeConfirmed, this, [this] {
        m_call = m_needs.store.confirmTime([this](const Done &done) {
            if (!done)
                return tell(done.failure());
            CheckCommands::plan();
        });
    });
    connect(m_dialog, &QDialog::rejected, this, [this] { m_call = Call(); });
    m_dialog->open();
}

/// What the operator chose about consent is stored first; only then the run.
void CheckCommands::start()
{
    m_dialog->setBusy(true);
    const ConsentGate &gate = m_dialog->gate();
    if (gate.missing() == 0)
        return startRun();
    const auto then = [this](const Done &done) {
        if (!done)
            return tell(done.failure());
        startRun();
    };
    m_call = gate.records() ? m_needs.store.consents().record(m_dialog->plan().withoutOptIn, gate.consentEvent(), then)
                            : m_needs.store.consents().override(gate.missing(), gate.reason(), then);
}

void CheckCommands::startRun()
{
    if (!m_dialog)
        return;
    m_call = m_needs.desk.start(m_dialog->takePlan(), m_account, m_options, [this](Result<RunId> run) {
        if (!run) {
            tell(run.failure());
            return plan(); // the plan went with the attempt
        }
        if (m_dialog)
            m_dialog->accept();
        emit started(*run);
    });
}

void CheckCommands::tell(const Failure &failure)
{
    if (m_dialog)
        return m_dialog->showProblem(failureSentence(failure, m_account.kind));
    m_needs.asks.tell(m_window, {Notice::Kind::Problem, tr("Validate"), failureSentence(failure, m_account.kind), {}});
}

void CheckCommands::checkNumber(AccountId account, const RunOptions &options)
{
    const Account *found = m_needs.accountOf(account);
    if (!found) {
        m_needs.asks.tell(m_window,
            {Notice::Kind::Info, tr("Check a number"),
                tr("No gateway is chosen, so nothing can be asked. Add an account on the Accounts page first."), {}});
        return;
    }
    auto *dialog = new CheckNumberDialog(m_needs, *found, options, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CheckNumberDialog::started, this, &CheckCommands::started);
    dialog->open();
}

} // namespace rollcall
