// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/flightplandialog.h"

#include "models/domain/phonenumber.h"
#include "ui/parts/fieldlist.h"
#include "ui/text/age.h"
#include "ui/text/foreign.h"
#include "ui/text/words.h"

#include <QFrame>
#include <QPushButton>
#include <QThreadPool>
#include <QVBoxLayout>
#include <algorithm>

namespace rollcall {

FlightPlanDialog::FlightPlanDialog(const Account &account, const RunOptions &options, CheckScope scope, QWidget *parent)
    : PlanDialog(QStringLiteral("flightPlan"), tr("Validate"), ConsentGate::For::Checks, parent)
    , m_account(account)
    , m_options(options)
    , m_scope(scope)
    , m_confirmTime(new QPushButton(tr("The time is right"), &banner()))
{
    m_confirmTime->setObjectName(QStringLiteral("confirmTime"));
    m_confirmTime->setAutoDefault(false);
    qobject_cast<QVBoxLayout *>(banner().layout())->addWidget(m_confirmTime, 0, Qt::AlignLeft);
    connect(m_confirmTime, &QPushButton::clicked, this, &FlightPlanDialog::timeConfirmed);
}

/// A million items take longer to let go than a window may stand still.
FlightPlanDialog::~FlightPlanDialog()
{
    QThreadPool::globalInstance()->start([plan = std::make_shared<CheckPlan>(std::move(m_plan))] {});
}

void FlightPlanDialog::setPlan(CheckPlan plan, qint64 nowMs)
{
    std::swap(m_plan, plan); // the old one dies with the parameter
    setWithoutOptIn(qint64(m_plan.withoutOptIn.size()), m_plan.strangers);
    m_nowMs = nowMs;
    const QString account = Words::account(m_account);
    setHeading(tr("Validate %1 people at “%2”", nullptr, forPlural(m_plan.people)).arg(count(m_plan.people), account),
        summary());
    showCounts();
    showWarnings();
    follow();
    if (!mayStart()) // Return ends a plan with nothing to do
        setCancelIsDefault(true);
}

bool FlightPlanDialog::mayStart() const
{
    return !m_plan.ask.empty() && !m_plan.clockMoved && m_plan.estimatedMs >= 0;
}

QString FlightPlanDialog::summary() const
{
    if (m_plan.ask.empty())
        return tr("Nothing has to be asked: everybody chosen is covered by what is listed here.");
    if (m_plan.estimatedMs < 0)
        return tr(
            "This account's budget allows no live checks, so nothing can be asked. Change it on the Accounts page.");
    const QString price = tr(
        "Nothing has been asked yet. Each live check counts against this account's budget of %1 an hour and %2 a day.")
                              .arg(count(m_account.budget.perHour), count(m_account.budget.perDay));
    return m_scope == CheckScope::Chosen
        ? price
        : tr("Nobody is selected, so everybody the list shows is meant.") + u' ' + price;
}

void FlightPlanDialog::showCounts()
{
    counts().clear();
    counts().add(tr("Live checks"), count(static_cast<qint64>(m_plan.ask.size())));
    addCount(tr("Requests"), m_plan.requests);
    addCount(tr("Cached"), m_plan.cached, tr("a fresh verdict is here, nothing is asked"));
    addCount(tr("Same number"), m_plan.sameNumber, tr("share a number with somebody else, which is paid once"));
    addCount(tr("Do not contact"), m_plan.doNotContact, tr("no check is spent on them"));
    addCount(tr("Cooling down"), m_plan.coolingDown, tr("asked a moment ago, not asked again yet"));
    addCount(tr("No number"), m_plan.noNumber, tr("there is nothing to ask"));
    addCount(tr("Without +"), m_plan.withoutPlus, tr("sent as typed, see below"));
    addCount(tr("Over budget"), m_plan.overBudgetNow, tr("wait until the budget has room; the run goes on by itself"));
    if (!m_plan.ask.empty())
        counts().add(tr("Checks and messages"),
            tr("%1 checks, these included, and %2 messages sent from here in 30 days; gateways want no more checks "
               "than "
               "messages")
                .arg(count(m_plan.checksLately), count(m_plan.sendsLately)));
    if (!m_plan.ask.empty() && m_plan.estimatedMs >= 0)
        counts().add(tr("Estimated time"), longDuration(m_plan.estimatedMs));
    counts().add(tr("Force check"),
        m_options.forceCheck ? tr("on: fresh verdicts are asked again") : tr("off: fresh verdicts are used"));
    counts().add(tr("Wait for all answers"),
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
    setWarnings(sentences);
    m_confirmTime->setVisible(m_plan.clockMoved);
}

} // namespace rollcall
