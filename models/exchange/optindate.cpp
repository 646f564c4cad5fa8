// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/exchange/optindate.h"

#include <QDateTime>
#include <QTimeZone>

namespace rollcall {

namespace {

std::optional<qint64> startOf(int year, int month, int day)
{
    const QDate date(year, month, day);
    if (!date.isValid() || year < 1990 || year > 2199)
        return {};
    return QDateTime(date, QTime(0, 0), Qt::UTC).toMSecsSinceEpoch();
}

/// Three groups of digits with the same sign between them, and nothing else.
struct Parts {
    int first = 0;
    int second = 0;
    int third = 0;
    qsizetype firstDigits = 0;
    QChar sign = {};
};

std::optional<Parts> partsOf(QStringView text)
{
    Parts parts;
    for (const QChar sign : {u'-', u'.', u'/'}) {
        const QList<QStringView> pieces = text.split(sign);
        if (pieces.size() != 3)
            continue;
        bool ok[3];
        parts = {pieces[0].toInt(&ok[0]), pieces[1].toInt(&ok[1]), pieces[2].toInt(&ok[2]), pieces[0].size(), sign};
        if (ok[0] && ok[1] && ok[2] && pieces[1].size() <= 2 && parts.first > 0 && parts.second > 0 && parts.third > 0)
            return parts;
    }
    return {};
}

} // namespace

std::optional<qint64> readOptInDate(const QString &cell)
{
    const QString text = cell.trimmed();
    if (text.size() < 8 || text.size() > 40 || !text[0].isDigit())
        return {};
    if (text.size() == 8 && std::all_of(text.begin(), text.end(), [](QChar c) { return c.isDigit(); }))
        return startOf(text.first(4).toInt(), text.sliced(4, 2).toInt(), text.sliced(6, 2).toInt());
    if (text.size() > 10 && text[4] == u'-') {
        QDateTime at = QDateTime::fromString(QString(text).replace(10, 1, u'T'), Qt::ISODateWithMs);
        if (!at.isValid() || !startOf(at.date().year(), at.date().month(), at.date().day()))
            return {};
        if (at.timeSpec() == Qt::LocalTime)
            at.setTimeSpec(Qt::UTC);
        return at.toMSecsSinceEpoch();
    }
    const auto parts = partsOf(text);
    if (!parts)
        return {};
    if (parts->firstDigits == 4)
        return startOf(parts->first, parts->second, parts->third);
    if (parts->sign == u'.')
        return startOf(parts->third, parts->second, parts->first);
    if (parts->sign == u'/' && parts->first > 12)
        return startOf(parts->third, parts->second, parts->first);
    if (parts->sign == u'/' && parts->second > 12)
        return startOf(parts->third, parts->first, parts->second);
    return {};
}

} // namespace rollcall
