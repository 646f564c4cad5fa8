// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/flightplandialog.h"

#include "models/domain/phonenumber.h"
#include "ui/contacts/internal/consentgate.h"
#include "ui/parts/fieldlist.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/foreign.h"
#include "ui/text/words.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFrame>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace rollcall {

namespace {

QLabel *plain(QWidget *parent, const char *name, const char *look)
{
    auto *label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("look", QString::fromLatin1(look));
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

FlightPlanDialog::FlightPlanDialog(const Account &account, const RunOptions &options, QWidget *parent)
    : QDialog(parent)
    , m_account(account)
    , m_options(options)
    , m_heading(plain(this, "heading", "title"))
    , m_summary(plain(this, "summary", "muted"))
    , m_counts(new FieldList(this))
    , m_banner(new QFrame(this))
    , m_warning(plain(m_banner, "warning", ""))
    , m_confirmTime(new QPushButton(tr("The time is right"), m_banner))
    , m_gate(new ConsentGate(this))
    , m_problem(plain(this, "problem", ""))
{
    setObjectName(QStringLiteral("flightPlan"));
    setWindowTitle(tr("Flight plan"));
    setMinimumWidth(520);
    m_counts->setObjectName(QStringLiteral("counts"));
    m_confirmTime->setObjectName(QStringLiteral("confirmTime"));
    m_confirmTime->setAutoDefault(false);
    m_banner->setProperty("look", QStringLiteral("banner-warning"));
    auto *warning = new QVBoxLayout(m_banner);
    warning->addWidget(m_warning);
    warning->addWidget(m_confirmTime, 0, Qt::AlignLeft);
    m_problem->hide();

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    auto *copy = buttons->addButton(tr("Copy text"), QDialogButtonBox::ActionRole);
    copy->setObjectName(QStringLiteral("copy"));
    copy->setAutoDefault(false);
    m_start = buttons->addButton(tr("Validate"), QDialogButtonBox::AcceptRole);
    m_start->setObjectName(QStringLiteral("start"));
    m_start->setDefault(true);
    m_cancel = buttons->button(QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, this, &FlightPlanDialog::startWanted);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_gate, &ConsentGate::changed, this, &FlightPlanDialog::follow);
    connect(m_confirmTime, &QPushButton::clicked, this, &FlightPlanDialog::timeConfirmed);
    connect(copy, &QPushButton::clicked, this, [this] {
        QString text = m_heading->text() + QLatin1Char('\n') + m_counts->text();
        if (!m_warning->text().isEmpty())
            text += m_warning->text() + QLatin1Char('\n');
        QGuiApplication::clipboard()->setText(text);
    });

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    column->setSpacing(Space::medium);
    column->addWidget(m_heading);
    column->addWidget(m_summary);
    column->addWidget(m_counts);
    column->addWidget(m_banner);
    column->addWidget(m_gate);
    column->addWidget(m_problem);
    column->addStretch();
    column->addWidget(buttons);
}

void FlightPlanDialog::setPlan(const CheckPlan &plan, qint64 nowMs)
{
    m_plan = plan;
    m_nowMs = nowMs;
    const QString account = Words::account(m_account);
    m_heading->setText(
        tr("Validate %1 people at “%2”", nullptr, forPlural(plan.people)).arg(count(plan.people), account));
    m_summary->setText(summary());
    showCounts();
    showWarnings();
    follow();
    if (!m_start->isEnabled()) { // Return ends a plan with nothing to do
        m_cancel->setDefault(true);
        m_cancel->setFocus();
    }
}

void FlightPlanDialog::follow()
{
    m_start->setEnabled(
        !m_busy && !m_plan.ask.empty() && !m_plan.clockMoved && m_plan.estimatedMs >= 0 && m_gate->isOpen());
}

void FlightPlanDialog::setWithoutOptIn(qint64 people)
{
    m_gate->setMissing(people);
}

QString FlightPlanDialog::summary() const
{
    if (m_plan.ask.empty())
        return tr("Nothing has to be asked: everybody chosen is covered by what is listed here.");
    if (m_plan.estimatedMs < 0)
        return tr(
            "This account's budget allows no live checks, so nothing can be asked. Change it on the Accounts page.");
    return tr(
        "Nothing has been asked yet. Each live check counts against this account's budget of %1 an hour and %2 a day.")
        .arg(count(m_account.budget.perHour), count(m_account.budget.perDay));
}

void FlightPlanDialog::showCounts()
{
    m_counts->clear();
    const auto add = [this](const QString &label, qint64 number, const QString &remark) {
        if (number > 0)
            m_counts->add(label, remark.isEmpty() ? count(number) : tr("%1 – %2").arg(count(number), remark));
    };
    m_counts->add(tr("Live checks"), count(static_cast<qint64>(m_plan.ask.size())));
    add(tr("Requests"), m_plan.requests, {});
    add(tr("Cached"), m_plan.cached, tr("a fresh verdict is here, nothing is asked"));
    add(tr("Same number"), m_plan.sameNumber, tr("share a number with somebody else, which is paid once"));
    add(tr("Do not contact"), m_plan.doNotContact, tr("no check is spent on them"));
    add(tr("Cooling down"), m_plan.coolingDown, tr("asked a moment ago, not asked again yet"));
    add(tr("No number"), m_plan.noNumber, tr("there is nothing to ask"));
    add(tr("Without +"), m_plan.withoutPlus, tr("sent as typed, see below"));
    add(tr("Over budget"), m_plan.overBudgetNow, tr("wait until the budget has room; the run goes on by itself"));
    if (!m_plan.ask.empty() && m_plan.estimatedMs >= 0)
        m_counts->add(tr("Estimated time"), longDuration(m_plan.estimatedMs));
    m_counts->add(tr("Force check"),
        m_options.forceCheck ? tr("on: fresh verdicts are asked again") : tr("off: fresh verdicts are used"));
    m_counts->add(tr("Wait for all answers"),
        m_options.wait ? tr("on: each request waits until the gateway knows")
                       : tr("off: unfinished numbers are asked again later"));
}

QString FlightPlanDialog::withoutPlusSentence() const
{
    const auto typed = std::find_if(m_plan.ask.begin(), m_plan.ask.end(),
        [](const RunItem &item) { return !item.ask.startsWith(QLatin1Char('+')); });
    if (m_plan.withoutPlus == 0 || typed == m_plan.ask.end())
        return {};
    const QString example = numberText(oneLine(typed->ask));
    if (m_account.registeredCountryCode == 0)
        return tr("%1 numbers have no + in front, such as “%2”. The gateway will put the country code of its own "
                  "registered number in front, which may make another person's number of it.",
            nullptr, forPlural(m_plan.withoutPlus))
            .arg(count(m_plan.withoutPlus), example);
    return tr(
        "%1 numbers have no + in front. The gateway will put +%2, the country code of its own registered number, in "
        "front: “%3” is asked as %4. Type the country code first if that is not meant.",
        nullptr, forPlural(m_plan.withoutPlus))
        .arg(count(m_plan.withoutPlus))
        .arg(m_account.registeredCountryCode)
        .arg(example, numberText(asOnPremReads(typed->ask, m_account.registeredCountryCode)));
}

void FlightPlanDialog::showWarnings()
{
    QStringList sentences;
    if (m_plan.clockMoved)
        sentences << tr(
            "This computer's clock is behind a time that Rollcall has already seen, so no age can be told and "
            "nothing is asked. Set the clock, or confirm that the present time, %1, is right.")
                         .arg(moment(m_nowMs));
    if (const QString plus = withoutPlusSentence(); !plus.isEmpty())
        sentences << plus;
    if (!m_account.cannotTell.isEmpty())
        sentences << tr("This gateway calls every number valid. Its answers will be shown as unverified.");
    m_warning->setText(sentences.join(QStringLiteral("\n\n")));
    m_banner->setVisible(!sentences.isEmpty());
    m_confirmTime->setVisible(m_plan.clockMoved);
}

void FlightPlanDialog::setBusy(bool busy)
{
    m_busy = busy;
    follow();
}

void FlightPlanDialog::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->show();
    setBusy(false);
}

} // namespace rollcall
