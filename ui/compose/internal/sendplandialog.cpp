// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/internal/sendplandialog.h"

#include "ui/parts/fieldlist.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/cardwords.h"
#include "ui/text/words.h"

#include <QCheckBox>
#include <QListWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace rollcall {

namespace {

constexpr std::size_t mostListed = 1000;
constexpr int rowsShown = 5;

} // namespace

SendPlanDialog::SendPlanDialog(const Account &account, const QString &message, bool checkFirst, QWidget *parent)
    : PlanDialog(QStringLiteral("sendPlan"), tr("Send"), ConsentGate::For::Messages, parent)
    , m_account(account)
    , m_message(message)
    , m_recipients(new QListWidget(this))
    , m_choices(new QWidget(this))
{
    setMinimumWidth(600);
    m_recipients->setObjectName(QStringLiteral("planRecipients"));
    m_recipients->setAccessibleName(tr("Recipients"));
    m_recipients->setProperty("look", QStringLiteral("framed"));
    m_recipients->setTextElideMode(Qt::ElideRight);
    m_recipients->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *column = new QVBoxLayout(m_choices);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Space::tiny);
    m_leaveClosed = addChoice("leaveClosed", tr("Leave out those whose &window is closed"));
    m_leaveWithout = addChoice("leaveWithout", tr("Leave out those without an &opt-in"));
    m_checkFirst = addChoice("checkFirst", tr("&Check those first who were never checked"));
    m_checkFirst->setChecked(checkFirst);
    addBelowCounts(m_choices);
    addBelowCounts(m_recipients);
}

QCheckBox *SendPlanDialog::addChoice(const char *name, const QString &words)
{
    auto *choice = new QCheckBox(words, m_choices);
    choice->setObjectName(QLatin1String(name));
    m_choices->layout()->addWidget(choice);
    connect(choice, &QCheckBox::clicked, this, &SendPlanDialog::optionsChanged);
    return choice;
}

SendOptions SendPlanDialog::options() const
{
    SendOptions options;
    options.withoutOptIn = m_leaveWithout->isChecked() ? ConsentChoice::Leave : ConsentChoice::Override;
    options.leaveClosed = m_leaveClosed->isChecked();
    options.checkFirst = m_checkFirst->isChecked();
    return options;
}

void SendPlanDialog::setPlan(const SendPlan &plan, qint64 nowMs)
{
    m_plan = plan;
    const auto sends = qint64(plan.send.size());
    setHeading(tr("Send to %1 people at “%2”", nullptr, forPlural(plan.people))
                   .arg(count(plan.people), Words::account(m_account)),
        sends > 0 ? tr("Nothing has been sent yet. The message: %1.").arg(m_message)
                  : tr("Nothing can be sent: everybody chosen is covered by what is listed here."));
    showCounts();
    showWarnings();
    showRecipients(nowMs);
    m_leaveClosed->setVisible(plan.windowClosed + plan.closedLeft > 0);
    m_leaveWithout->setVisible(plan.needsReason || plan.withoutOptInLeft > 0);
    m_checkFirst->setVisible(
        plan.neverChecked > 0 && (m_account.capabilities().checkOne || m_account.capabilities().checkMany));
    setWithoutOptIn(qint64(plan.withoutOptIn.size()), plan.strangers);
    setStartWords(tr("Send to %1", nullptr, forPlural(sends)).arg(count(sends)));
    setCancelIsDefault(sends == 0 || sends > defaultIsCancelAbove);
    follow();
}

bool SendPlanDialog::mayStart() const
{
    return !m_plan.send.empty();
}

void SendPlanDialog::showCounts()
{
    counts().clear();
    counts().add(tr("Get the message"), count(qint64(m_plan.send.size())));
    addCount(tr("Do not contact"), m_plan.doNotContact, tr("refused, nothing is sent"));
    addCount(tr("Blocked"), m_plan.blocked, tr("nothing is sent"));
    addCount(tr("Unsettled"), m_plan.unsettled, tr("the message before is unknown: Settle… it first"));
    addCount(tr("Not on WhatsApp"), m_plan.invalidLeft, tr("a fresh verdict says so"));
    addCount(tr("No number"), m_plan.noNumber, tr("there is nothing this gateway could send to"));
    addCount(tr("Same number"), m_plan.sameNumber, tr("share a number with somebody else, who gets it once"));
    addCount(tr("Window closed"), m_plan.closedLeft, tr("left out, as chosen here"));
    addCount(tr("Without opt-in"), m_plan.withoutOptInLeft, tr("left out, as chosen here"));
    addCount(tr("Wrote longer than 24 hours ago"), m_plan.windowClosed, tr("the gateway will refuse them"));
    addCount(tr("Last inbound not known"), m_plan.windowNotKnown, tr("the gateway may refuse them"));
    addCount(tr("Never checked"), m_plan.neverChecked - qint64(m_plan.check.size()), tr("sent without a check"));
    addCount(tr("Checked first"), qint64(m_plan.check.size()), tr("one live check each; who is not there is left out"));
    addCount(tr("Other WhatsApp number"), m_plan.otherWaId, tr("sent to the number that the gateway confirmed"));
    addCount(tr("Not in the list"), m_plan.nobody, tr("numbers that belong to nobody here"));
    addCount(tr("No marketing messages"), m_plan.marketingStop, tr("they said so inside WhatsApp"));
    addCount(tr("Requests"), m_plan.requests);
    if (m_plan.requests > 0)
        counts().add(tr("Estimated time"), longDuration(m_plan.estimatedMs));
    counts().add(tr("Checks to messages"), ratio());
}

QString SendPlanDialog::ratio() const
{
    //: the ratio that gateways look at: %1 checks, %2 messages, %3 days
    return tr("%1 to %2 in the last %3 days, with these")
        .arg(count(m_plan.checksLately), count(m_plan.sendsLately), count(trafficDays));
}

void SendPlanDialog::showWarnings()
{
    QStringList sentences;
    if (m_plan.windowClosed > 0)
        sentences << tr("%1 wrote longer than 24 hours ago: the gateway refuses such a message to them.", nullptr,
            forPlural(m_plan.windowClosed))
                         .arg(count(m_plan.windowClosed));
    if (m_plan.marketingStop > 0)
        sentences << tr("%1 stopped marketing messages inside WhatsApp. Is this one they asked for?", nullptr,
            forPlural(m_plan.marketingStop))
                         .arg(count(m_plan.marketingStop));
    if (m_plan.checksLately > m_plan.sendsLately && m_account.reachesPeople())
        sentences << tr("This account checks more numbers than it sends messages. Gateways take that amiss.");
    setWarnings(sentences);
}

void SendPlanDialog::showRecipients(qint64 nowMs)
{
    m_recipients->clear();
    for (std::size_t i = 0; i < m_plan.lines.size() && i < mostListed; ++i) {
        const RecipientLine &line = m_plan.lines[i];
        //: a recipient: %1 the name, %2 what is known
        m_recipients->addItem(
            tr("%1 – %2").arg(CardWords::recipientAndNumber(line), CardWords::recipient(line, nowMs)));
    }
    if (m_plan.lines.size() > mostListed)
        m_recipients->addItem(tr("%1 more").arg(count(qint64(m_plan.lines.size() - mostListed))));
    const int rows = std::clamp(m_recipients->count(), 1, rowsShown);
    m_recipients->setFixedHeight(rows * std::max(m_recipients->sizeHintForRow(0), 22) + Space::small);
}

} // namespace rollcall
