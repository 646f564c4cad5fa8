// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/sendcommands.h"

#include "models/settings/settings.h"
#include "models/store/consents.h"
#include "models/store/store.h"
#include "ui/compose/internal/sendplandialog.h"
#include "ui/text/cardwords.h"
#include "ui/text/failuretext.h"

namespace rollcall {

SendCommands::SendCommands(const ComposeNeeds &needs, QWidget *window)
    : QObject(window)
    , m_needs(needs)
    , m_window(window)
{
}

void SendCommands::send(
    const std::vector<Card> &cards, const Recipients &recipients, const QString &replyTo, AccountId account)
{
    const Account *at = m_needs.accountOf(account);
    if (!at || m_dialog)
        return;
    m_request = {};
    m_request.cards = cards;
    m_request.replyTo = replyTo;
    m_recipients = recipients;
    m_account = *at;
    plan();
}

void SendCommands::plan()
{
    SendOptions options;
    options.withoutOptIn = ConsentChoice::Override; // those are asked about in the dialog; nothing starts before
    options.checkFirst = m_needs.settings.value(Keys::checkBeforeSend);
    if (m_dialog)
        options = m_dialog->options();
    m_call = m_needs.desk.plan(m_recipients, m_account, options, [this](Result<SendPlan> plan) {
        if (!plan)
            return fail(plan.failure());
        show(*plan);
    });
}

void SendCommands::show(const SendPlan &plan)
{
    const qint64 now = m_needs.store.time().now.wallMs;
    if (m_dialog) {
        m_dialog->setPlan(plan, now);
        return m_dialog->setBusy(false);
    }
    m_dialog = new SendPlanDialog(
        m_account, CardWords::bubble(m_request.cards), m_needs.settings.value(Keys::checkBeforeSend), m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_dialog->setPlan(plan, now);
    connect(m_dialog, &SendPlanDialog::optionsChanged, this, [this] {
        m_dialog->setBusy(true);
        SendCommands::plan();
    });
    connect(m_dialog, &SendPlanDialog::startWanted, this, &SendCommands::start);
    connect(m_dialog, &QDialog::rejected, this, [this] { m_call = Call(); });
    m_dialog->open();
}

/// What the operator chose about consent is stored first; only then the run.
void SendCommands::start()
{
    m_dialog->setBusy(true);
    const ConsentGate &gate = m_dialog->gate();
    m_request.consentReason.clear();
    if (gate.missing() > 0 && !gate.records())
        m_request.consentReason = gate.reason();
    if (gate.missing() == 0 || !gate.records())
        return startRun();
    m_call
        = m_needs.store.consents().record(m_dialog->plan().withoutOptIn, gate.consentEvent(), [this](const Done &done) {
              if (!done)
                  return fail(done.failure());
              m_call = m_needs.desk.plan(m_recipients, m_account, m_dialog->options(), [this](Result<SendPlan> plan) {
                  if (!plan)
                      return fail(plan.failure());
                  m_dialog->setPlan(*plan, m_needs.store.time().now.wallMs);
                  m_dialog->setBusy(true);
                  startRun();
              });
          });
}

void SendCommands::startRun()
{
    if (!m_dialog)
        return;
    m_call = m_needs.desk.start(m_dialog->plan(), m_request, m_account, [this](Result<RunId> run) {
        if (!run)
            return fail(run.failure());
        if (m_dialog)
            m_dialog->accept();
        emit started(*run);
        emit told(tr("Sending started, see Jobs."));
    });
}

void SendCommands::fail(const Failure &failure)
{
    const QString sentence = failureSentence(failure, m_account.kind);
    if (m_dialog)
        return m_dialog->showProblem(sentence);
    m_needs.asks.tell(m_window, {Notice::Kind::Problem, tr("Send"), sentence, {}});
}

} // namespace rollcall
