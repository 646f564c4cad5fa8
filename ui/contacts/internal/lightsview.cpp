// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/internal/lightsview.h"

#include "models/blocks/blockplan.h"
#include "ui/contacts/contactswords.h"
#include "ui/parts/badge.h"
#include "ui/parts/fieldlist.h"
#include "ui/parts/lightlook.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/blockwords.h"
#include "ui/text/foreign.h"
#include "ui/text/words.h"

#include <QAction>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace rollcall {

LightsView::LightsView(AccountOf accountOf, QWidget *parent)
    : QWidget(parent)
    , m_accountOf(std::move(accountOf))
    , m_buttons(new QVBoxLayout)
{
    setObjectName(QStringLiteral("lights"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Space::small);
    m_stop = add(*column, QStringLiteral("lights.stop"));
    m_block = add(*column, QStringLiteral("lights.block"));
    m_marketing = add(*column, QStringLiteral("lights.marketing"));
    m_inbound = add(*column, QStringLiteral("lights.inbound"));
    m_buttons->setSpacing(Space::small);
    column->addLayout(m_buttons);
}

LightsView::Light LightsView::add(QVBoxLayout &column, const QString &objectName)
{
    Light light{new QLabel(this), new Badge(this), new FieldList(this)};
    light.name->setTextFormat(Qt::PlainText);
    light.name->setWordWrap(true);
    light.badge->setObjectName(objectName);
    light.facts->setObjectName(objectName + QStringLiteral(".facts"));
    // One below the other: the pane is narrow, and a word that is cut is no word.
    column.addWidget(light.name);
    column.addWidget(light.badge, 0, Qt::AlignLeft);
    column.addWidget(light.facts);
    return light;
}

void LightsView::set(const Light &light, const QString &name, const QString &word, Tone tone, const QString &iconName)
{
    light.name->setText(name);
    light.badge->setBadge(word, tone, iconName);
    light.badge->setAccessibleName(name + QStringLiteral(": ") + word);
    light.facts->clear();
}

void LightsView::addButtons(const QList<QAction *> &actions)
{
    for (QAction *action : actions) {
        if (!action)
            continue;
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::StrongFocus);
        m_buttons->addWidget(button, 0, Qt::AlignLeft);
    }
}

QString LightsView::accountName(AccountId id) const
{
    const Account *account = m_accountOf(id);
    return account ? Words::account(*account) : tr("an account that was removed");
}

void LightsView::setLights(const PersonRow &row, const PersonLights &lights, AccountId account, qint64 nowMs)
{
    showStop(row, lights);
    showBlock(lights, account);
    showMarketing(lights, account);
    showInbound(row, account, nowMs);
}

void LightsView::showStop(const PersonRow &row, const PersonLights &lights)
{
    set(m_stop, tr("Do not contact"), row.doNotContact ? tr("Yes") : tr("No"),
        row.doNotContact ? Tone::Bad : Tone::Neutral, row.doNotContact ? QStringLiteral("stop") : QString());
    if (!row.doNotContact)
        return;
    const QString own = row.fields.number.e164Text();
    for (const StopEntry &stop : lights.stops) {
        if (lights.stops.size() > 1 || stop.alias != own)
            m_stop.facts->add(tr("Under"), numberText(oneLine(stop.alias)));
        m_stop.facts->add(tr("Since"), moment(stop.atMs));
        m_stop.facts->add(tr("Reason"), oneLine(BlockWords::reason(stop.reason)));
        m_stop.facts->add(tr("By"), oneLine(stop.by));
    }
}

void LightsView::showBlock(const PersonLights &lights, AccountId account)
{
    const auto here = std::find_if(lights.blocks.begin(), lights.blocks.end(),
        [account](const BlockEntry &entry) { return entry.account == account; });
    const bool known = here != lights.blocks.end();
    const BlockLight light = known ? lightOf(*here) : BlockLight::None;
    //: the gateway's block; %1 the current account
    const QString name = account.isNull() ? tr("Block") : tr("Block at %1").arg(accountName(account));
    set(m_block, name, known ? BlockWords::light(light) : tr("No"), toneOf(light), BlockWords::lightIcon(light));
    if (known) {
        const Account *at = m_accountOf(account);
        m_block.facts->add(tr("Means"), BlockWords::lightTip(light));
        m_block.facts->add(tr("State"), oneLine(BlockWords::state(*here, at ? std::optional(at->kind) : std::nullopt)));
        m_block.facts->add(tr("Since"), moment(here->atMs));
        m_block.facts->add(tr("Confirmed"), moment(here->confirmedMs));
        m_block.facts->add(tr("Reason"), oneLine(BlockWords::reason(here->reason)));
        m_block.facts->add(tr("Note"), oneLine(here->note));
        m_block.facts->add(tr("Source"), BlockWords::source(here->source));
        m_block.facts->add(tr("By"), oneLine(here->by));
    }
    for (const BlockEntry &entry : lights.blocks)
        if (entry.account != account)
            m_block.facts->add(
                accountName(entry.account), BlockWords::light(lightOf(entry)) + u'\n' + moment(entry.atMs));
}

void LightsView::showMarketing(const PersonLights &lights, AccountId account)
{
    const auto here = std::find_if(lights.marketing.begin(), lights.marketing.end(),
        [account](const MarketingNote &note) { return note.account == account; });
    const bool known = here != lights.marketing.end();
    const MarketingState state = known ? here->state : MarketingState::NotTold;
    set(m_marketing, tr("Marketing stop"), known ? BlockWords::marketing(state) : BlockWords::marketingNotTold(),
        toneOf(state), known ? marketingIcon(state) : QString());
    if (known)
        m_marketing.facts->add(tr("Means"), BlockWords::marketingMeaning(state));
    for (const MarketingNote &note : lights.marketing) {
        const QString by = note.source == QLatin1String(MarketingSource::byHand) ? oneLine(note.by) : QString();
        QStringList parts{accountName(note.account), BlockWords::marketing(note.state),
            BlockWords::marketingSource(note.source), oneLine(note.raw), by};
        parts.removeAll(QString());
        m_marketing.facts->add(tr("Told"), moment(note.atMs) + u'\n' + parts.join(QStringLiteral(", ")));
    }
}

void LightsView::showInbound(const PersonRow &row, AccountId account, qint64 nowMs)
{
    const Account *at = m_accountOf(account);
    const bool hasRule = at && hasInboundRule(at->kind);
    const LastInboundWords words = lastInboundWords(row.lastInboundMs, nowMs, hasRule);
    const QString word = !words.window.isEmpty() ? words.window : words.age.isEmpty() ? tr("Not known") : words.age;
    set(m_inbound, tr("Wrote to us last"), word, hasRule && words.open ? Tone::Good : Tone::Neutral,
        words.age.isEmpty() ? QString() : QStringLiteral("clock"));
    if (!words.age.isEmpty())
        m_inbound.facts->add(tr("When"), moment(row.lastInboundMs) + QStringLiteral(", ") + words.age);
    if (!hasRule)
        return;
    m_inbound.facts->add(tr("24 hours"),
        words.open
            ? tr("The gateway takes a block or a message until %1.").arg(moment(row.lastInboundMs + inboundWindowMs))
            : words.age.isEmpty() ? tr("Whether the gateway takes a block is not known: it can be tried, or armed.")
                                  : tr("Outside: the gateway refuses a block until this person writes again. Arm it."));
}

} // namespace rollcall
