// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/abilitypanel.h"

#include "ui/parts/icons.h"
#include "ui/parts/theme.h"
#include "ui/text/capabilitywords.h"
#include "ui/text/words.h"

#include <QAction>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace rollcall {

namespace {

QLabel *plain(QWidget *parent, const QString &objectName, const QString &look)
{
    auto *label = new QLabel(parent);
    label->setObjectName(objectName);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("look", look);
    return label;
}

/// Follows its action, with the reason as tooltip where it cannot be pressed.
QPushButton *buttonOf(QAction *action, QWidget *parent)
{
    if (!action)
        return nullptr;
    auto *button = new QPushButton(action->icon(), action->text(), parent);
    button->setObjectName(QStringLiteral("abilities.") + action->objectName());
    const auto follow = [button, action] {
        button->setEnabled(action->isEnabled());
        button->setToolTip(action->toolTip());
    };
    follow();
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    QObject::connect(action, &QAction::changed, button, follow);
    return button;
}

} // namespace

AbilityPanel::AbilityPanel(QAction *probe, QAction *tryAgain, QWidget *parent)
    : QFrame(parent)
    , m_title(plain(this, QStringLiteral("abilities.title"), QStringLiteral("heading")))
    , m_doubt(plain(this, QStringLiteral("abilities.doubt"), QString()))
    , m_probe(plain(this, QStringLiteral("abilities.probe"), QStringLiteral("muted")))
    , m_tryAgain(buttonOf(tryAgain, this))
    , m_probeButton(buttonOf(probe, this))
    , m_body(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("abilities"));
    setAccessibleName(tr("What the account can do"));
    m_body->setContentsMargins(Space::medium, Space::medium, Space::medium, Space::medium);
    m_body->setSpacing(Space::small);
    auto *row = new QHBoxLayout;
    row->setSpacing(Space::small);
    row->addWidget(m_title, 1);
    for (QPushButton *button : {m_tryAgain, m_probeButton})
        if (button)
            row->addWidget(button);
    m_body->addLayout(row);
    m_body->addWidget(m_doubt);
    m_body->addWidget(m_probe);
    m_body->addStretch(1);
}

void AbilityPanel::showAccount(const Account *account)
{
    m_account = account ? std::optional(*account) : std::nullopt;
    draw();
}

void AbilityPanel::draw()
{
    m_pictures.clear();
    delete std::exchange(m_columns, nullptr);
    setVisible(m_account.has_value());
    if (!m_account)
        return;
    //: heading over what an account can and cannot do; %1 its name
    m_title->setText(tr("What “%1” can do").arg(Words::account(*m_account)));
    const QString doubt = CapabilityWords::doubt(*m_account);
    m_doubt->setText(doubt);
    m_doubt->setVisible(!doubt.isEmpty());
    // The doubt of a probe says the same with its consequence.
    const QString probe = CapabilityWords::probe(*m_account);
    m_probe->setText(probe);
    m_probe->setVisible(!probe.isEmpty() && m_account->cannotTell != QLatin1String(probeReason));
    if (m_probeButton)
        m_probeButton->setVisible(capabilitiesOf(m_account->kind).checkOne);
    if (m_tryAgain)
        m_tryAgain->setVisible(!m_account->refusals.empty());

    m_columns = new QWidget(this);
    auto *row = new QHBoxLayout(m_columns);
    row->setContentsMargins(0, Space::tiny, 0, 0);
    row->setSpacing(Space::large);
    QVBoxLayout *can = column(tr("It can"));
    QVBoxLayout *cannot = column(tr("It cannot"));
    row->addLayout(can, 2);
    row->addLayout(cannot, 3);
    for (const Capability what : CapabilityWords::all()) {
        const QString why = CapabilityWords::whyNot(*m_account, what);
        addLine(why.isEmpty() ? *can : *cannot, what, why);
    }
    can->addStretch(1);
    cannot->addStretch(1);
    drawPictures();
    m_body->insertWidget(m_body->count() - 1, m_columns);
}

QVBoxLayout *AbilityPanel::column(const QString &title)
{
    auto *made = new QVBoxLayout;
    made->setSpacing(Space::tiny);
    QLabel *label = plain(m_columns, QString(), QStringLiteral("muted"));
    label->setText(title);
    made->addWidget(label);
    return made;
}

void AbilityPanel::addLine(QVBoxLayout &to, Capability what, const QString &why)
{
    const bool can = why.isEmpty();
    const QString name = CapabilityWords::name(what);
    auto *row = new QHBoxLayout;
    row->setSpacing(Space::small);
    auto *picture = new QLabel(m_columns);
    m_pictures.emplace_back(picture, can);
    picture->setFixedWidth(Space::icon);
    row->addWidget(picture, 0, Qt::AlignTop);
    QLabel *label
        = plain(m_columns, QStringLiteral("ability.%1").arg(int(what)), can ? QString() : QStringLiteral("muted"));
    //: %1 something an account cannot do, %2 the sentence why
    label->setText(can ? name : tr("%1: %2").arg(name, why));
    label->setAccessibleName(can ? tr("Can: %1").arg(name) : tr("Cannot: %1. %2").arg(name, why));
    row->addWidget(label, 1);
    to.addLayout(row);
}

void AbilityPanel::drawPictures()
{
    // The panel itself is transparent in its scroll area: the program's palette knows light from dark.
    const Tokens &tokens = tokensOf(QGuiApplication::palette());
    for (const auto &[picture, can] : m_pictures)
        picture->setPixmap(iconPixmap(can ? QStringLiteral("tick") : QStringLiteral("close"), Space::icon - 4,
            devicePixelRatioF(), tokens.ink(can ? Tone::Good : Tone::Neutral).fore));
}

void AbilityPanel::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        drawPictures(); // and no more: the change is on its way through the children
}

} // namespace rollcall
