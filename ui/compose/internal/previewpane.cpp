// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/internal/previewpane.h"

#include "models/base/clock.h"
#include "models/settings/settings.h"
#include "models/store/messages.h"
#include "models/store/store.h"
#include "ui/compose/quickcheck.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/theme.h"
#include "ui/text/capabilitywords.h"
#include "ui/text/cardwords.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace rollcall {

namespace {

constexpr qint64 pauseMs = 250; // while somebody types

} // namespace

PreviewPane::PreviewPane(const ComposeNeeds &needs, QWidget *parent)
    : QWidget(parent)
    , m_needs(needs)
    , m_preview(new MessagePreview(this))
    , m_check(new QuickCheck(needs, this))
    , m_sentence(plainLabel(this, "sight", ""))
    , m_told(plainLabel(this, "sightTold", "muted"))
    , m_take(new QPushButton(tr("Fill in"), this))
    , m_checkNow(new QPushButton(tr("Check now"), this))
{
    auto *chips = new QHBoxLayout;
    chips->setSpacing(Space::tiny);
    QToolButton *desktop = nullptr;
    QToolButton *dark = nullptr;
    addChip(*chips, "previewPhone", tr("Phone"), true);
    desktop = addChip(*chips, "previewDesktop", tr("Desktop"), false);
    chips->addSpacing(Space::medium);
    addChip(*chips, "previewLight", tr("Light"), true);
    dark = addChip(*chips, "previewDark", tr("Dark"), false);
    chips->addStretch();
    const auto look = [this, desktop, dark] { m_preview->setLook({desktop->isChecked(), dark->isChecked()}); };
    connect(desktop, &QToolButton::toggled, this, look);
    connect(dark, &QToolButton::toggled, this, look);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setObjectName(QStringLiteral("previewScroll"));
    scroll->setAccessibleName(tr("Preview"));
    scroll->setWidget(m_preview);
    m_take->setObjectName(QStringLiteral("takeWaId"));
    m_take->setToolTip(tr("Writes the WhatsApp ID that the gateway confirmed into the card."));
    m_checkNow->setObjectName(QStringLiteral("cardCheckNow"));
    m_told->hide();
    auto *line = new QHBoxLayout;
    line->addWidget(m_sentence, 1);
    line->addWidget(m_take, 0, Qt::AlignTop);
    line->addWidget(m_checkNow, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::medium, Space::medium, Space::medium, Space::medium);
    column->setSpacing(Space::small);
    column->addLayout(chips);
    column->addWidget(scroll, 1);
    column->addLayout(line);
    column->addWidget(m_told);
    connect(m_take, &QPushButton::clicked, this, [this] { emit waIdTaken(m_sight.phone, m_sight.offered); });
    connect(m_checkNow, &QPushButton::clicked, this, [this] {
        if (m_hasCard && std::size_t(m_sight.phone) < m_card.phones.size())
            m_check->ask(parsePhoneNumber(m_card.phones[std::size_t(m_sight.phone)].phone, region()), m_account);
    });
    connect(m_check, &QuickCheck::told, this, [this](const QString &sentence) {
        m_told->setText(sentence);
        m_told->setVisible(!sentence.isEmpty());
    });
    connect(m_check, &QuickCheck::ended, this, &PreviewPane::readSight);
    connect(&m_needs.store, &Store::changed, this, [this](const Change &change) {
        if ((change.kinds & Change::VerdictsChanged) != 0 && m_hasCard && !m_soon.isOpen())
            m_soon = m_needs.clock.after(pauseMs, [this] { readSight(); });
    });
    showSight({});
}

QToolButton *PreviewPane::addChip(QBoxLayout &row, const char *name, const QString &words, bool on)
{
    auto *chip = new QToolButton(this);
    chip->setObjectName(QLatin1String(name));
    chip->setText(words);
    chip->setProperty("look", QStringLiteral("chip"));
    chip->setCheckable(true);
    chip->setFocusPolicy(Qt::StrongFocus);
    if (on) { // the first of a pair
        auto *pair = new QButtonGroup(this);
        pair->setExclusive(true);
        pair->addButton(chip);
        chip->setChecked(true);
    } else {
        findChildren<QButtonGroup *>().constLast()->addButton(chip);
    }
    row.addWidget(chip);
    return chip;
}

QString PreviewPane::region() const
{
    const Account *account = m_needs.accountOf(m_account);
    return account && !account->region.isEmpty() ? account->region : m_needs.settings.value(Keys::defaultRegion);
}

void PreviewPane::setAccount(AccountId account)
{
    m_account = account;
    readSight();
}

void PreviewPane::setCards(const std::vector<Card> &cards, int current)
{
    m_preview->setText(previewText(cards, current));
    const bool any = current >= 0 && std::size_t(current) < cards.size();
    const Card card = any ? cards[std::size_t(current)] : Card();
    if (any == m_hasCard && card.phones == m_card.phones) {
        m_card = card;
        return;
    }
    m_card = card;
    m_hasCard = any;
    m_told->hide();
    m_read = Call();
    m_soon = m_needs.clock.after(pauseMs, [this] { readSight(); });
}

void PreviewPane::readSight()
{
    m_soon = Call();
    const std::vector<Card> cards{m_card};
    const std::vector<AliasKey> aliases = m_hasCard ? aliasesOf(cards, region()) : std::vector<AliasKey>();
    if (aliases.empty()) {
        m_read = Call();
        return showSight(m_hasCard ? sightsOf(cards, {}, region(), m_needs.store.time()) : std::vector<PhoneSight>());
    }
    m_read
        = m_needs.store.messages().known(aliases, m_account, [this, cards](Result<std::vector<Messages::Known>> known) {
              if (known)
                  showSight(sightsOf(cards, *known, region(), m_needs.store.time()));
          });
}

/// Of the first phone that lacks its WhatsApp ID; else of the first.
void PreviewPane::showSight(const std::vector<PhoneSight> &sights)
{
    const auto lacks = std::find_if(
        sights.begin(), sights.end(), [](const PhoneSight &sight) { return sight.button == CardButton::Invite; });
    const bool any = !sights.empty();
    m_sight = any ? (lacks != sights.end() ? *lacks : sights.front()) : PhoneSight();
    m_sentence->setText(any ? CardWords::sight(m_sight)
            : m_hasCard     ? tr("Recipient will see neither Message nor Invite: the card has no phone.")
                            : QString());
    m_sentence->setVisible(!m_sentence->text().isEmpty());
    m_take->setVisible(any && !m_sight.offered.isEmpty());
    const Account *account = m_needs.accountOf(m_account);
    const QString why = account ? CapabilityWords::whyNoCheck(*account) : tr("There is no account yet: add one first.");
    const bool useful = any && m_sight.button == CardButton::Invite && m_sight.offered.isEmpty()
        && !m_sight.alias.isNull()
        && (m_sight.knowledge == Knowledge::NeverChecked || m_sight.knowledge == Knowledge::Stale
            || m_sight.knowledge == Knowledge::Unclear);
    m_checkNow->setVisible(useful);
    m_checkNow->setEnabled(why.isEmpty());
    m_checkNow->setToolTip(
        why.isEmpty() ? tr("Asks the current account about this number. It is one live check of the budget.") : why);
}

} // namespace rollcall
