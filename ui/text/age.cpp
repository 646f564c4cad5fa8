// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/age.h"

#include "ui/text/words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <limits>

namespace rollcall {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Age)
};

constexpr qint64 second = 1000;
constexpr qint64 minute = 60 * second;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

} // namespace

QString count(qint64 number)
{
    return QLocale().toString(number);
}

int forPlural(qint64 number)
{
    return int(std::min<qint64>(number, std::numeric_limits<int>::max()));
}

QString bytes(qint64 size)
{
    return QLocale().formattedDataSize(size, 1, QLocale::DataSizeTraditionalFormat);
}

QString shortDuration(qint64 ms)
{
    if (ms < minute)
        return Text::tr("just now");
    if (ms < hour)
        return Text::tr("%1 min").arg(count(ms / minute));
    if (ms < day)
        return Text::tr("%1 h").arg(count(ms / hour));
    if (ms < 60 * day)
        return Text::tr("%1 d").arg(count(ms / day));
    return Text::tr("%1 weeks").arg(count(ms / (7 * day)));
}

QString timeLeft(qint64 ms)
{
    const qint64 unit = ms < hour ? minute : ms < day ? hour : day;
    return shortDuration((std::max<qint64>(ms, 1) + unit - 1) / unit * unit);
}

QString longDuration(qint64 ms)
{
    if (ms < second)
        return Text::tr("less than a second");
    if (ms < minute)
        return Text::tr("%1 s").arg(ms / second);
    if (ms < hour)
        return Text::tr("%1 min %2 s").arg(ms / minute).arg(ms % minute / second);
    if (ms < day)
        return Text::tr("%1 h %2 min").arg(ms / hour).arg(ms % hour / minute);
    return Text::tr("%1 d %2 h").arg(count(ms / day)).arg(ms % day / hour);
}

QString verdictAge(const Verdict &verdict, const TimeView &time, qint64 keepSeconds)
{
    if (verdict.word == VerdictWord::NotChecked)
        return {};
    const std::optional<qint64> age = ageMs(verdict.at, time);
    if (!age)
        return Text::tr("age unknown, the clock moved");
    const bool keeps = verdict.word == VerdictWord::Valid || verdict.word == VerdictWord::Invalid
        || verdict.word == VerdictWord::Unverified;
    if (!keeps)
        return shortDuration(*age);
    if (!isFresh(verdict.word, verdict.at, time, keepSeconds))
        //: %1 is an age such as "9 d"
        return Text::tr("%1, expired").arg(shortDuration(*age));
    const qint64 left = keepSeconds * second - *age;
    if (left < minute)
        return Text::tr("%1, expires now").arg(shortDuration(*age));
    //: a verdict's age and how long it still counts: "2 d, expires in 5 d"
    return Text::tr("%1, expires in %2").arg(shortDuration(*age), timeLeft(left));
}

QString verdictSentence(const Verdict &verdict, const TimeView &time, qint64 keepSeconds)
{
    const QString word = Words::verdict(verdict.word);
    const QString age = verdictAge(verdict, time, keepSeconds);
    //: %1 is the verdict's word, %2 its age
    return age.isEmpty() ? word : Text::tr("%1, %2").arg(word, age);
}

QString disagreeHere(const Verdict &verdict, const TimeView &time, qint64 keepSeconds)
{
    //: %1 is the current account's own answer: "valid, 2 d, expires in 5 d"
    return Text::tr("here %1").arg(verdictSentence(verdict, time, keepSeconds).toLower());
}

QString disagreeSentence(const Verdict &verdict, const TimeView &time, qint64 keepSeconds)
{
    return Text::tr("%1, %2").arg(Words::disagree(), disagreeHere(verdict, time, keepSeconds));
}

QString moment(qint64 wallMs)
{
    return wallMs == 0 ? QString() : QLocale().toString(QDateTime::fromMSecsSinceEpoch(wallMs), QLocale::ShortFormat);
}

QString rate(double perSecond)
{
    if (perSecond <= 0)
        return {};
    if (perSecond >= 1)
        return Text::tr("%1/s").arg(QLocale().toString(perSecond, 'f', perSecond < 10 ? 1 : 0));
    return Text::tr("%1/min").arg(QLocale().toString(perSecond * 60, 'f', perSecond * 60 < 10 ? 1 : 0));
}

} // namespace rollcall
