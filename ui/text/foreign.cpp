// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/foreign.h"

#include <QGuiApplication>
#include <QTextDocument>
#include <algorithm>

namespace rollcall {

namespace {

bool turnsDirection(QChar c)
{
    const ushort u = c.unicode();
    return (u >= 0x202A && u <= 0x202E) || (u >= 0x2066 && u <= 0x2069) || u == 0x200E || u == 0x200F || u == 0x061C;
}

bool isHarmless(QChar c)
{
    return !turnsDirection(c) && c.category() != QChar::Other_Control && c != QChar::LineSeparator
        && c != QChar::ParagraphSeparator;
}

} // namespace

QString oneLine(const QString &foreign)
{
    if (std::all_of(foreign.begin(), foreign.end(), isHarmless))
        return foreign;
    QString shown;
    for (const QChar c : foreign) {
        if (isHarmless(c))
            shown += c;
        else if (turnsDirection(c))
            shown += QStringLiteral("‹U+%1›").arg(c.unicode(), 4, 16, QLatin1Char('0')).toUpper();
        else
            shown += QLatin1Char(' ');
    }
    return shown;
}

QString numberText(const QString &number)
{
    if (number.isEmpty() || !QGuiApplication::isRightToLeft())
        return number;
    return QChar(0x2066) + number + QChar(0x2069);
}

QString plainTip(const QString &foreign)
{
    return Qt::mightBeRichText(foreign) ? foreign.toHtmlEscaped() : foreign;
}

} // namespace rollcall
