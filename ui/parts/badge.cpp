// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/badge.h"

#include "ui/parts/icons.h"

#include <QPainter>

namespace rollcall {

namespace {

constexpr int iconSide = 14;
constexpr int sidePadding = 9;
constexpr int gap = 5;

QFont badgeFont(QFont font)
{
    font.setWeight(QFont::DemiBold);
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * 0.93);
    return font;
}

} // namespace

QSize badgeSize(const QString &text, bool withIcon, const QFont &font)
{
    const QFontMetrics metrics(badgeFont(font));
    return {metrics.horizontalAdvance(text) + 2 * sidePadding + (withIcon ? iconSide + gap : 0), metrics.height() + 8};
}

QRect paintBadge(QPainter &painter, const QRect &area, const QString &text, Tone tone, const QString &iconName,
    const QFont &font, const QPalette &palette)
{
    const Ink &ink = tokensOf(palette).ink(tone);
    QSize size = badgeSize(text, !iconName.isEmpty(), font);
    size.setWidth(qMin(size.width(), area.width()));
    QRect box(QPoint(area.left(), area.top() + (area.height() - size.height()) / 2), size);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink.back);
    painter.drawRoundedRect(box, box.height() / 2.0, box.height() / 2.0);
    QRect rest = box.adjusted(sidePadding, 0, -sidePadding, 0);
    if (!iconName.isEmpty()) {
        const double scale = painter.device() ? painter.device()->devicePixelRatioF() : 1.0;
        painter.drawPixmap(rest.left() - 1, rest.top() + (rest.height() - iconSide) / 2,
            iconPixmap(iconName, iconSide, scale, ink.fore));
        rest.setLeft(rest.left() + iconSide + gap - 1);
    }
    painter.setFont(badgeFont(font));
    painter.setPen(ink.fore);
    const QString shown = QFontMetrics(painter.font()).elidedText(text, Qt::ElideRight, rest.width() + 1);
    painter.drawText(rest.adjusted(0, 0, 2, 0), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, shown);
    painter.restore();
    return box;
}

Badge::Badge(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

Badge::Badge(const QString &text, Tone tone, const QString &iconName, QWidget *parent)
    : Badge(parent)
{
    setBadge(text, tone, iconName);
}

void Badge::setBadge(const QString &text, Tone tone, const QString &iconName)
{
    m_text = text;
    m_tone = tone;
    m_icon = iconName;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize Badge::sizeHint() const
{
    return m_text.isEmpty() ? QSize(0, 0) : badgeSize(m_text, !m_icon.isEmpty(), font());
}

void Badge::paintEvent(QPaintEvent *)
{
    if (m_text.isEmpty())
        return;
    QPainter painter(this);
    paintBadge(painter, rect(), m_text, m_tone, m_icon, font(), palette());
}

} // namespace rollcall
