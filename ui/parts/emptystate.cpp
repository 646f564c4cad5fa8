// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/emptystate.h"

#include "ui/parts/icons.h"
#include "ui/parts/theme.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr int discSide = 72;
constexpr int pictureSide = 36;

QLabel *centred(const QString &look, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    label->setProperty("look", look);
    return label;
}

} // namespace

EmptyState::EmptyState(const QString &iconName, const QString &title, const QString &sentence, QWidget *parent)
    : QWidget(parent)
    , m_icon(iconName)
    , m_picture(new QLabel(this))
    , m_title(centred(QStringLiteral("title"), this))
    , m_sentence(centred(QStringLiteral("muted"), this))
    , m_buttons(new QHBoxLayout)
{
    m_picture->setAlignment(Qt::AlignCenter);
    m_title->setWordWrap(false);
    m_sentence->setMinimumWidth(420);
    m_sentence->setMaximumWidth(520);
    m_buttons->setSpacing(Space::small);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::large, Space::huge, Space::large, Space::huge);
    column->setSpacing(Space::small);
    column->addStretch(2);
    column->addWidget(m_picture, 0, Qt::AlignHCenter);
    column->addSpacing(Space::small);
    // Between stretches, not aligned: an aligned label is given the height that its text has in the whole width.
    for (QLabel *label : {m_title, m_sentence}) {
        auto *middle = new QHBoxLayout;
        middle->addStretch();
        middle->addWidget(label);
        middle->addStretch();
        column->addLayout(middle);
    }
    column->addSpacing(Space::medium);
    auto *row = new QHBoxLayout;
    row->addStretch();
    row->addLayout(m_buttons);
    row->addStretch();
    column->addLayout(row);
    column->addStretch(3);
    setWords(title, sentence);
    drawPicture();
}

void EmptyState::setWords(const QString &title, const QString &sentence)
{
    m_title->setText(title);
    m_sentence->setText(sentence);
    setAccessibleName(title);
    setAccessibleDescription(sentence);
}

QPushButton *EmptyState::addButton(const QString &text)
{
    auto *button = new QPushButton(text, this);
    if (m_buttons->isEmpty())
        button->setProperty("look", QStringLiteral("primary"));
    m_buttons->addWidget(button);
    return button;
}

QPushButton *EmptyState::addButton(QAction *action)
{
    QPushButton *button = addButton(action->text());
    button->setObjectName(QStringLiteral("empty.") + action->objectName());
    button->setToolTip(action->toolTip());
    button->setEnabled(action->isEnabled());
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, button, [button, action] { button->setEnabled(action->isEnabled()); });
    return button;
}

void EmptyState::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        drawPicture();
    QWidget::changeEvent(event);
}

void EmptyState::drawPicture()
{
    const Ink &ink = tokensOf(palette()).ink(Tone::Accent);
    const double scale = devicePixelRatioF();
    QPixmap picture(QSize(discSide, discSide) * scale);
    picture.setDevicePixelRatio(scale);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink.back);
    painter.drawEllipse(0, 0, discSide, discSide);
    const int inset = (discSide - pictureSide) / 2;
    painter.drawPixmap(inset, inset, iconPixmap(m_icon, pictureSide, scale, ink.fore));
    painter.end();
    m_picture->setPixmap(picture);
}

} // namespace rollcall
