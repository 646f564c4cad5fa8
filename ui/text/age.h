// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/verdict.h"

#include <QString>

namespace rollcall {

/// Ages, durations, times and counts as a person reads them, in the current locale.

/// "just now", "5 min", "3 h", "2 d", "7 weeks". Negative: "just now".
[[nodiscard]] QString shortDuration(qint64 ms);
/// What is left of a span, rounded up in the unit shown, so that age and rest add up: 7 d less an hour is "7 d".
[[nodiscard]] QString timeLeft(qint64 ms);
/// For jobs: "less than a second", "12 s", "3 min 20 s", "2 h 5 min", "3 d 4 h".
[[nodiscard]] QString longDuration(qint64 ms);
/// "2 d, expires in 5 d", "9 d, expired", "just now" (a word that is never fresh), or that the clock moved.
[[nodiscard]] QString verdictAge(const Verdict &verdict, const TimeView &time, qint64 keepSeconds);
/// The words of a verdict cell: "Valid, 2 d, expires in 5 d", "Not checked".
[[nodiscard]] QString verdictSentence(const Verdict &verdict, const TimeView &time, qint64 keepSeconds);
/// The same where accounts disagree: "Disagree, here valid, 2 d, expires in 5 d". `verdict` is the current account's.
[[nodiscard]] QString disagreeSentence(const Verdict &verdict, const TimeView &time, qint64 keepSeconds);
/// What stands behind the word there: "here valid, 2 d, expires in 5 d".
[[nodiscard]] QString disagreeHere(const Verdict &verdict, const TimeView &time, qint64 keepSeconds);
/// Local date and time, short form; empty for 0.
[[nodiscard]] QString moment(qint64 wallMs);
[[nodiscard]] QString count(qint64 number); ///< "1,204"
/// The number that chooses a plural form: tr("%1 rows", nullptr, forPlural(rows)).arg(count(rows)).
[[nodiscard]] int forPlural(qint64 number);
[[nodiscard]] QString bytes(qint64 size); ///< "1.2 MB"
/// "12/s", "3.4/min"; empty for 0.
[[nodiscard]] QString rate(double perSecond);

} // namespace rollcall
