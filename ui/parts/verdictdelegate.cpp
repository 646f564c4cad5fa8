// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/verdictdelegate.h"

#include "ui/parts/badge.h"
#include "ui/text/age.h"
#include "ui/text/words.h"

#include <QPainter>

namespace rollcall {

Tone toneOf(VerdictWord word)
{
    switch (word) {
    case VerdictWord::NotChecked:
        break;
    case VerdictWord::Valid:
        return Tone::Good;
    case VerdictWord::Invalid:
        return Tone::Bad;
    case VerdictWord::Processing:
        return Tone::Busy;
    case VerdictWord::Failed:
        return Tone::Warning;
    case VerdictWord::Unverified:
        return Tone::Neutral;
    }
    return Tone::Neutral;
}

VerdictLook VerdictLook::of(const Verdict &verdict, const TimeView &time, qint64 keepSeconds)
{
    return {Words::verdict(verdict.word), verdictAge(verdict, time, keepSeconds), Words::verdictIcon(verdict.word),
        toneOf(verdict.word)};
}

VerdictLook VerdictLook::ofDisagreement(const Verdict &here, const TimeView &time, qint64 keepSeconds)
{
    return {Words::disagree(), disagreeHere(here, time, keepSeconds), Words::disagreeIcon(), Tone::Warning};
}

QString VerdictLook::sentence() const
{
    return age.isEmpty() ? word : word + QStringLiteral(", ") + age;
}

VerdictDelegate::VerdictDelegate(LookOf lookOf, QObject *parent)
    : RowDelegate(parent)
    , m_lookOf(std::move(lookOf))
{
}

void VerdictDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    paintGround(*painter, option, index);
    const std::optional<VerdictLook> look = m_lookOf(index);
    if (!look)
        return;
    const QRect cell = option.rect.adjusted(cellPadding, 0, -cellPadding, 0);
    QRect rest = cell;
    if (!look->word.isEmpty()) {
        const QRect badge
            = paintBadge(*painter, cell, look->word, look->tone, look->iconName, option.font, option.palette);
        rest.adjust(badge.width() + Space::small, 0, 0, 0);
    }
    if (rest.width() < Space::large || look->age.isEmpty())
        return;
    painter->save();
    painter->setFont(option.font);
    painter->setPen(tokensOf(option.palette).muted);
    painter->drawText(rest, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
        option.fontMetrics.elidedText(look->age, Qt::ElideRight, rest.width()));
    painter->restore();
}

QSize VerdictDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const std::optional<VerdictLook> look = m_lookOf(index);
    if (!look)
        return {2 * cellPadding, Space::row};
    const int age = look->age.isEmpty() ? 0 : option.fontMetrics.horizontalAdvance(look->age) + Space::small;
    const int badge = look->word.isEmpty() ? 0 : badgeSize(look->word, true, option.font).width();
    return {badge + age + 2 * cellPadding, Space::row};
}

} // namespace rollcall
