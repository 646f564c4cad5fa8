// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/httptime.h"

#include <QDateTime>
#include <QRegularExpression>
#include <algorithm>

namespace rollcall {

namespace {

constexpr qint64 longestRetryAfter = 3600;
constexpr qint64 firstBackoff = 1000;
constexpr qint64 longestBackoff = 300'000;

std::optional<qint64> utcMs(int year, QStringView monthName, int day, QStringView clockTime)
{
    static const QStringList months{QStringLiteral("Jan"), QStringLiteral("Feb"), QStringLiteral("Mar"),
        QStringLiteral("Apr"), QStringLiteral("May"), QStringLiteral("Jun"), QStringLiteral("Jul"),
        QStringLiteral("Aug"), QStringLiteral("Sep"), QStringLiteral("Oct"), QStringLiteral("Nov"),
        QStringLiteral("Dec")};
    const QDate date(year, int(months.indexOf(monthName.toString())) + 1, day);
    const QTime time = QTime::fromString(clockTime.toString(), QStringLiteral("HH:mm:ss"));
    if (!date.isValid() || !time.isValid())
        return std::nullopt;
    return QDateTime(date, time, Qt::UTC).toMSecsSinceEpoch();
}

} // namespace

std::optional<qint64> readHttpDate(QByteArrayView text)
{
    // A header line is bounded by the transport; a date is far shorter.
    if (text.size() > 64)
        return std::nullopt;
    static const QRegularExpression fixed(
        QStringLiteral("\\A[A-Z][a-z]{2}, (\\d\\d) ([A-Z][a-z]{2}) (\\d{4}) (\\d\\d:\\d\\d:\\d\\d) GMT\\z"));
    static const QRegularExpression rfc850(
        QStringLiteral("\\A[A-Z][a-z]+, (\\d\\d)-([A-Z][a-z]{2})-(\\d\\d) (\\d\\d:\\d\\d:\\d\\d) GMT\\z"));
    static const QRegularExpression asctime(
        QStringLiteral("\\A[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \\d]\\d) (\\d\\d:\\d\\d:\\d\\d) (\\d{4})\\z"));
    const QString line = QString::fromLatin1(text);
    if (const auto m = fixed.match(line); m.hasMatch())
        return utcMs(m.capturedView(3).toInt(), m.capturedView(2), m.capturedView(1).toInt(), m.capturedView(4));
    if (const auto m = rfc850.match(line); m.hasMatch()) {
        const int year = m.capturedView(3).toInt();
        return utcMs(
            year < 70 ? 2000 + year : 1900 + year, m.capturedView(2), m.capturedView(1).toInt(), m.capturedView(4));
    }
    if (const auto m = asctime.match(line); m.hasMatch())
        return utcMs(
            m.capturedView(4).toInt(), m.capturedView(1), m.capturedView(2).trimmed().toInt(), m.capturedView(3));
    return std::nullopt;
}

std::optional<std::chrono::seconds> readRetryAfter(QByteArrayView text, QByteArrayView date, qint64 nowMs)
{
    text = text.trimmed();
    const auto clamped
        = [](qint64 seconds) { return std::chrono::seconds(std::clamp<qint64>(seconds, 0, longestRetryAfter)); };
    const bool negative = text.startsWith('-');
    const QByteArrayView digits = negative ? text.sliced(1) : text;
    if (!digits.isEmpty() && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        if (negative)
            return clamped(0);
        // More digits than any sane wait: longer than the clamp, whatever they say.
        return clamped(digits.size() > 12 ? longestRetryAfter : digits.toLongLong());
    }
    const std::optional<qint64> until = readHttpDate(text);
    if (!until)
        return std::nullopt;
    return clamped((*until - readHttpDate(date.trimmed()).value_or(nowMs) + 999) / 1000);
}

qint64 backoffMs(int repeat, double random)
{
    const qint64 ceiling = std::min(longestBackoff, firstBackoff << std::clamp(repeat - 1, 0, 20));
    return qint64(double(ceiling) * std::clamp(random, 0.0, 1.0));
}

} // namespace rollcall
