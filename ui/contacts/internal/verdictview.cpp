// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/internal/verdictview.h"

#include "ui/parts/badge.h"
#include "ui/parts/fieldlist.h"
#include "ui/parts/verdictdelegate.h"
#include "ui/text/age.h"
#include "ui/text/capabilitywords.h"
#include "ui/text/foreign.h"
#include "ui/text/words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace rollcall {

VerdictView::VerdictView(AccountOf accountOf, QWidget *parent)
    : QWidget(parent)
    , m_accountOf(std::move(accountOf))
    , m_badge(new Badge(this))
    , m_age(new QLabel(this))
    , m_facts(new FieldList(this))
{
    setObjectName(QStringLiteral("verdict"));
    m_age->setTextFormat(Qt::PlainText);
    m_age->setProperty("look", QStringLiteral("muted"));
    auto *top = new QHBoxLayout;
    top->addWidget(m_badge);
    top->addWidget(m_age, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Space::small);
    column->addLayout(top);
    column->addWidget(m_facts);
}

void VerdictView::setVerdict(const Verdict &verdict, const TimeView &time)
{
    const Account *account = m_accountOf(verdict.account);
    const qint64 keep = account ? account->keepSeconds : secondsFresh;
    const VerdictLook look = VerdictLook::of(verdict, time, keep);
    m_badge->setBadge(look.word, look.tone, look.iconName);
    m_age->setText(look.age);
    setAccessibleName(look.sentence());
    m_facts->clear();
    if (verdict.word == VerdictWord::NotChecked)
        return;
    if (account)
        m_facts->add(tr("Account"), Words::account(*account));
    m_facts->add(tr("Answered"), moment(verdict.at.wallMs));
    m_facts->add(tr("Source"), Words::source(verdict.source));
    m_facts->add(tr("Asked"), numberText(oneLine(verdict.asked)));
    m_facts->add(tr("Raw answer"), oneLine(verdict.rawWord));
    m_facts->add(tr("WhatsApp id"), oneLine(verdict.waId));
    if (verdict.code != 0)
        m_facts->add(tr("Code"), QString::number(verdict.code));
    const bool probed
        = account && verdict.reason == QLatin1String(probeReason) && account->cannotTell == verdict.reason;
    // With the date of the probe, where the account has it.
    m_facts->add(tr("Rule used"), probed ? CapabilityWords::doubt(*account) : rule(verdict, time, keep));
}

QString VerdictView::rule(const Verdict &verdict, const TimeView &time, qint64 keepSeconds)
{
    if (!verdict.reason.isEmpty())
        return Words::reason(verdict.reason);
    switch (verdict.word) {
    case VerdictWord::NotChecked:
        return {};
    case VerdictWord::Processing:
        return tr("The gateway is still looking this number up. It is asked again later, which costs nothing.");
    case VerdictWord::Failed:
        return tr("No usable answer came. This says nothing about the number.");
    case VerdictWord::Valid:
    case VerdictWord::Invalid:
    case VerdictWord::Unverified:
        break;
    }
    const QString days = shortDuration(keepSeconds * 1000);
    if (isFresh(verdict.word, verdict.at, time, keepSeconds))
        return tr("The newest answer for exactly this number at this account counts for %1.").arg(days);
    return tr("Answers count for %1. This one is older and is only shown.").arg(days);
}

} // namespace rollcall
