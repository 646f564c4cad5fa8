// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/internal/messagepreview.h"

#include "ui/parts/icons.h"
#include "ui/parts/theme.h"

#include <QPaintEvent>
#include <QPainter>
#include <algorithm>

namespace rollcall {

namespace {

constexpr int phoneWidth = 320;
constexpr int desktopWidth = 460;
constexpr int bubbleShare = 82; // per cent of the chat
constexpr int avatarSide = 40;
constexpr int bigAvatar = 72;
constexpr int buttonHeight = 38;
constexpr int lineHeight = 44;
constexpr int padding = 12;
constexpr int chatMargin = 16;

/// WhatsApp's own colours, which no theme of ours changes.
struct Colours {
    QColor chat, bubble, text, quiet, action, rule, avatar, avatarInk, sheet;
};

const Colours &coloursOf(bool dark)
{
    static const Colours light{QColor(0xef, 0xea, 0xe2), QColor(0xff, 0xff, 0xff), QColor(0x11, 0x1b, 0x21),
        QColor(0x5b, 0x66, 0x6d), QColor(0x00, 0x73, 0x5c), QColor(0xe2, 0xe5, 0xe7), QColor(0xdf, 0xe5, 0xe7),
        QColor(0x7b, 0x88, 0x91), QColor(0xff, 0xff, 0xff)};
    static const Colours night{QColor(0x0b, 0x14, 0x1a), QColor(0x20, 0x2c, 0x33), QColor(0xe9, 0xed, 0xef),
        QColor(0x9a, 0xa7, 0xaf), QColor(0x21, 0xc0, 0x63), QColor(0x33, 0x40, 0x47), QColor(0x6a, 0x71, 0x75),
        QColor(0xcf, 0xd4, 0xd6), QColor(0x11, 0x1b, 0x21)};
    return dark ? night : light;
}

/// One line, cut with an ellipsis, in its own direction: that of its first letter, as WhatsApp has it.
void writeLine(QPainter &painter, const QRect &area, const QString &words, Qt::Alignment where)
{
    const QString cut = painter.fontMetrics().elidedText(words, Qt::ElideRight, area.width());
    const QString own = cut.isRightToLeft() ? QString(QChar(0x2067) + cut) : cut; // right-to-left isolate
    painter.drawText(area, int(where | Qt::AlignVCenter) | Qt::TextSingleLine, own);
}

} // namespace

MessagePreview::MessagePreview(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("messagePreview"));
    setAccessibleName(tr("Message as WhatsApp draws it"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
}

void MessagePreview::setText(PreviewText text)
{
    m_text = std::move(text);
    setAccessibleDescription(m_text.toString());
    updateGeometry();
    update();
}

void MessagePreview::setLook(PreviewLook look)
{
    m_look = look;
    updateGeometry();
    update();
}

QFont MessagePreview::sized(double factor, bool bold) const
{
    QFont made = font();
    made.setPointSizeF(made.pointSizeF() * factor);
    made.setWeight(bold ? QFont::DemiBold : QFont::Normal);
    return made;
}

int MessagePreview::bubbleHeight() const
{
    return 2 * padding + avatarSide + buttonHeight;
}

int MessagePreview::profileHeight() const
{
    const int lines = int(m_text.lines.size()) + (m_text.more > 0 ? 1 : 0);
    return 2 * padding + bigAvatar + 2 * QFontMetrics(sized(1.3, true)).height() + lines * lineHeight + buttonHeight
        + padding;
}

QSize MessagePreview::sizeHint() const
{
    const int width = m_look.desktop ? desktopWidth : phoneWidth;
    if (m_text.bubble.isEmpty())
        return {width, 160};
    return {width, bubbleHeight() + profileHeight() + 3 * chatMargin};
}

void MessagePreview::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours &colours = coloursOf(m_look.dark);
    const int wide = std::min(width(), sizeHint().width());
    const QRect chat((width() - wide) / 2, 0, wide, std::min(height(), sizeHint().height()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.chat);
    const int corner = m_look.desktop ? 6 : 22;
    painter.drawRoundedRect(chat, corner, corner);
    if (m_text.bubble.isEmpty()) {
        painter.setPen(colours.quiet);
        painter.setFont(sized(1, false));
        painter.drawText(chat.adjusted(padding, padding, -padding, -padding), Qt::AlignCenter | Qt::TextWordWrap,
            tr("Add a card to see the message."));
        return;
    }
    const int bubbleWidth = (chat.width() - 2 * chatMargin) * bubbleShare / 100;
    paintBubble(painter, {chat.left() + chatMargin, chat.top() + chatMargin, bubbleWidth, bubbleHeight()});
    paintProfile(painter,
        {chat.left() + chatMargin, chat.top() + 2 * chatMargin + bubbleHeight(), chat.width() - 2 * chatMargin,
            profileHeight()});
}

void MessagePreview::paintAvatar(QPainter &painter, const QRect &circle) const
{
    const Colours &colours = coloursOf(m_look.dark);
    painter.setPen(QPen(colours.bubble, 2)); // tells one from the next where they overlap
    painter.setBrush(colours.avatar);
    painter.drawEllipse(circle);
    const int side = circle.width() * 6 / 10;
    const QRect inner(circle.center().x() - side / 2, circle.center().y() - side / 2, side, side);
    painter.drawPixmap(
        inner, iconPixmap(QStringLiteral("person"), side, painter.device()->devicePixelRatioF(), colours.avatarInk));
}

void MessagePreview::paintButtons(QPainter &painter, const QRect &area, const QStringList &words) const
{
    const Colours &colours = coloursOf(m_look.dark);
    painter.setPen(colours.rule);
    painter.drawLine(area.topLeft(), area.topRight());
    painter.setFont(sized(1, true));
    const int each = words.isEmpty() ? 0 : area.width() / int(words.size());
    for (int i = 0; i < words.size(); ++i) {
        const QRect button(area.left() + i * each, area.top(), each, area.height());
        if (i > 0) {
            painter.setPen(colours.rule);
            painter.drawLine(button.topLeft(), button.bottomLeft());
        }
        painter.setPen(colours.action);
        writeLine(painter, button.adjusted(4, 0, -4, 0), words.at(i), Qt::AlignHCenter);
    }
}

void MessagePreview::paintBubble(QPainter &painter, const QRect &area) const
{
    const Colours &colours = coloursOf(m_look.dark);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.bubble);
    painter.drawRoundedRect(area, 10, 10);
    const int overlap = avatarSide / 2;
    for (int i = m_text.avatars - 1; i >= 0; --i)
        paintAvatar(painter, {area.left() + padding + i * overlap, area.top() + padding, avatarSide, avatarSide});
    const int left = padding + avatarSide + (m_text.avatars - 1) * overlap + padding;
    const QRect words(area.left() + left, area.top() + padding, area.width() - left - padding, avatarSide);
    const int line = m_text.others.isEmpty() ? avatarSide : avatarSide / 2;
    painter.setPen(colours.text);
    painter.setFont(sized(1.08, true));
    writeLine(painter, {words.left(), words.top(), words.width(), line}, m_text.bubble, Qt::AlignLeft);
    if (!m_text.others.isEmpty()) {
        painter.setFont(sized(1, false));
        writeLine(painter, {words.left(), words.top() + line, words.width(), line}, m_text.others, Qt::AlignLeft);
    }
    paintButtons(painter, {area.left(), area.top() + 2 * padding + avatarSide, area.width(), buttonHeight},
        m_text.bubbleButtons);
}

void MessagePreview::paintLines(QPainter &painter, QRect area) const
{
    const Colours &colours = coloursOf(m_look.dark);
    const QFont small = sized(0.86, false);
    const QFont usual = sized(1, false);
    area.setHeight(lineHeight);
    for (const PreviewText::Line &line : m_text.lines) {
        const int half = lineHeight / 2;
        painter.setPen(colours.text);
        painter.setFont(usual);
        writeLine(painter, {area.left(), area.top(), area.width(), half}, line.value, Qt::AlignLeft);
        painter.setPen(colours.quiet);
        painter.setFont(small);
        writeLine(painter, {area.left(), area.top() + half - 3, area.width(), half}, line.label, Qt::AlignLeft);
        area.translate(0, lineHeight);
    }
    if (m_text.more == 0)
        return;
    painter.setPen(colours.quiet);
    writeLine(painter, area, tr("%1 more").arg(m_text.more), Qt::AlignLeft);
}

void MessagePreview::paintProfile(QPainter &painter, const QRect &area) const
{
    const Colours &colours = coloursOf(m_look.dark);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.sheet);
    painter.drawRoundedRect(area, 10, 10);
    QRect rest = area.adjusted(padding, padding, -padding, -padding);
    paintAvatar(painter, {rest.center().x() - bigAvatar / 2, rest.top(), bigAvatar, bigAvatar});
    rest.setTop(rest.top() + bigAvatar);
    const QFont big = sized(1.3, true);
    const int high = QFontMetrics(big).height();
    painter.setFont(big);
    painter.setPen(colours.text);
    writeLine(painter, {rest.left(), rest.top(), rest.width(), high}, m_text.name, Qt::AlignHCenter);
    painter.setFont(sized(1, false));
    painter.setPen(colours.quiet);
    writeLine(painter, {rest.left(), rest.top() + high, rest.width(), high}, m_text.about, Qt::AlignHCenter);
    rest.setTop(rest.top() + 2 * high + padding / 2);
    paintLines(painter, rest);
    paintButtons(
        painter, {area.left(), area.bottom() - buttonHeight, area.width(), buttonHeight}, m_text.profileButtons);
}

} // namespace rollcall
