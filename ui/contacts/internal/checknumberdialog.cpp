// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/internal/checknumberdialog.h"

#include "models/checks/checkdesk.h"
#include "models/runs/runner.h"
#include "models/settings/settings.h"
#include "models/store/consents.h"
#include "models/store/runbook.h"
#include "models/store/store.h"
#include "models/store/verdicts.h"
#include "ui/contacts/internal/persondialog.h"
#include "ui/contacts/internal/verdictview.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/theme.h"
#include "ui/plans/consentgate.h"
#include "ui/text/checkplanwords.h"
#include "ui/text/failuretext.h"
#include "ui/text/words.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace rollcall {

CheckNumberDialog::CheckNumberDialog(
    const ContactsNeeds &needs, const Account &account, const RunOptions &options, QWidget *parent)
    : QDialog(parent)
    , m_needs(needs)
    , m_account(account)
    , m_options(options)
    , m_typed(new QLineEdit(this))
    , m_reading(new QLabel(this))
    , m_state(new QLabel(this))
    , m_verdict(new VerdictView(needs.accountOf, this))
    , m_gate(new ConsentGate(this))
{
    setObjectName(QStringLiteral("checkNumber"));
    setWindowTitle(tr("Check a number at “%1”").arg(Words::account(account)));
    setMinimumWidth(460);
    m_typed->setObjectName(QStringLiteral("number"));
    m_typed->setPlaceholderText(QStringLiteral("+44 7700 900123"));
    m_typed->setMaxLength(200);
    for (QLabel *label : {m_reading, m_state}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    }
    m_reading->setObjectName(QStringLiteral("reading"));
    m_reading->setProperty("look", QStringLiteral("muted"));
    m_reading->setMinimumHeight(3 * fontMetrics().height());
    m_state->setObjectName(QStringLiteral("state"));
    m_verdict->hide();

    auto *form = new QFormLayout;
    form->addRow(tr("&Number"), m_typed);
    form->addRow(QString(), m_reading);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_check = buttons->addButton(tr("Check"), QDialogButtonBox::ActionRole);
    m_check->setObjectName(QStringLiteral("check"));
    m_check->setDefault(true);
    m_check->setEnabled(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    column->setSpacing(Space::medium);
    column->addLayout(form);
    column->addWidget(m_state);
    column->addWidget(m_verdict);
    column->addWidget(m_gate);
    column->addStretch();
    column->addWidget(buttons);

    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_check, &QPushButton::clicked, this, [this] {
        if (m_gate->missing() > 0)
            passGate();
        else
            ask();
    });
    connect(m_gate, &ConsentGate::changed, this, &CheckNumberDialog::follow);
    connect(m_typed, &QLineEdit::textChanged, this, &CheckNumberDialog::readNumber);
    connect(&m_needs.store, &Store::changed, this, [this](const Change &change) {
        if (!m_run.isNull() && (change.kinds & Change::VerdictsChanged) != 0)
            readVerdict();
    });
    connect(&m_needs.runner, &Runner::finished, this, [this](const RunProgress &progress) {
        if (!m_run.isNull() && progress.summary.id == m_run)
            endRun();
    });
    connect(&m_needs.runner, &Runner::progressed, this, [this](const RunProgress &progress) {
        if (!m_run.isNull() && progress.summary.id == m_run && progress.halted)
            say(failureSentence(*progress.halted, m_account.kind));
    });
}

void CheckNumberDialog::readNumber()
{
    const QString region = m_account.region.isEmpty() ? m_needs.settings.value(Keys::defaultRegion) : m_account.region;
    m_number = parsePhoneNumber(m_typed->text().trimmed(), region);
    m_reading->setText(numberReading(m_number, &m_account));
    m_asking = false;
    m_plan = {};
    m_gate->setMissing(0); // also enables or disables the button
    m_call = Call();
    m_read = Call();
    m_run = RunId(); // goes on by itself; its answer is on the Checks page
    m_verdict->hide();
    say({});
}

void CheckNumberDialog::follow()
{
    // A text with letters, markup or no digit in it is no number anywhere: nothing is spent on it.
    const bool isNumber = m_number.state != NumberState::NotANumber;
    m_check->setEnabled(isNumber && !m_asking && m_gate->isOpen());
}

void CheckNumberDialog::say(const QString &sentence)
{
    m_state->setText(sentence);
    m_state->setVisible(!sentence.isEmpty());
}

void CheckNumberDialog::ask()
{
    m_asking = true;
    follow();
    m_verdict->hide();
    say(tr("Looking it up…"));
    m_call = m_needs.store.runs().candidate(m_number, m_account.id, [this](Result<CheckCandidate> candidate) {
        if (!candidate) {
            m_asking = false;
            follow();
            return say(failureSentence(candidate.failure()));
        }
        m_alias = candidate->alias;
        if (candidate->newest.word != VerdictWord::NotChecked)
            showVerdict(candidate->newest);
        m_call = m_needs.desk.planNumber(m_number, m_account, m_options, [this](Result<CheckPlan> plan) {
            m_asking = false;
            follow();
            if (plan)
                decide(*plan);
            else
                say(failureSentence(plan.failure()));
        });
    });
}

void CheckNumberDialog::decide(const CheckPlan &plan)
{
    if (const QString why = CheckPlanWords::whyNotAsked(plan); !why.isEmpty())
        return say(why);
    m_plan = plan;
    m_gate->setMissing(qint64(m_plan.withoutOptIn.size()), m_plan.strangers);
    if (m_gate->missing() == 0)
        return startRun();
    say({});
    adjustSize();
}

void CheckNumberDialog::passGate()
{
    m_asking = true;
    follow();
    const auto then = [this](const Done &done) {
        if (done)
            return startRun();
        m_asking = false;
        follow();
        say(failureSentence(done.failure()));
    };
    m_call = m_gate->records() ? m_needs.store.consents().record(m_plan.withoutOptIn, m_gate->consentEvent(), then)
                               : m_needs.store.consents().override(m_gate->missing(), m_gate->reason(), then);
}

void CheckNumberDialog::startRun()
{
    m_asking = true;
    m_alias = m_plan.ask.front().alias;
    const CheckPlan plan = std::exchange(m_plan, {});
    m_gate->setMissing(0);
    m_verdict->hide();
    say(tr("Asking the gateway…"));
    m_call = m_needs.desk.start(plan, m_account, m_options, [this](Result<RunId> run) {
        if (!run) {
            m_asking = false;
            follow();
            return say(failureSentence(run.failure()));
        }
        m_run = *run;
        emit started(*run);
    });
}

void CheckNumberDialog::readVerdict()
{
    m_read
        = m_needs.store.verdicts().newest(m_account.id, {m_alias}, [this](Result<std::vector<StoredVerdict>> newest) {
              if (!newest || newest->empty() || newest->front().verdict.run != m_run)
                  return;
              showVerdict(newest->front().verdict);
              if (newest->front().verdict.word == VerdictWord::Processing)
                  say(tr("The gateway is still looking. The verdict will appear here; this window may be closed."));
              else
                  say({});
          });
}

void CheckNumberDialog::endRun()
{
    m_asking = false;
    follow();
    m_call = m_needs.store.runs().items(m_run, [this](Result<std::vector<RunItem>> items) {
        if (!items || items->empty())
            return;
        const RunItem &item = items->front();
        if (item.state == RunItemState::Failed || item.state == RunItemState::NotAsked)
            say(item.reason.isEmpty() ? Words::runItemState(item.state) : Words::reason(item.reason));
        readVerdict();
    });
}

void CheckNumberDialog::showVerdict(const Verdict &verdict)
{
    m_verdict->setVerdict(verdict, m_needs.store.time());
    m_verdict->show();
    growToContent(*this); // a rule of four lines was cut to two
}

} // namespace rollcall
