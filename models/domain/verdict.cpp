// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/verdict.h"

#include <algorithm>

namespace rollcall {

std::optional<qint64> ageMs(const Instant &then, const TimeView &time)
{
    if (time.clockMoved())
        return std::nullopt;
    const qint64 wall = time.now.wallMs - then.wallMs;
    const bool sameBoot = !then.boot.isEmpty() && then.boot == time.now.boot;
    const qint64 age = sameBoot ? std::max(wall, time.now.monotonicMs - then.monotonicMs) : wall;
    return age < 0 ? std::nullopt : std::optional(age);
}

bool isFresh(VerdictWord word, const Instant &at, const TimeView &time, qint64 keepSeconds)
{
    if (word != VerdictWord::Valid && word != VerdictWord::Invalid && word != VerdictWord::Unverified)
        return false;
    const std::optional<qint64> age = ageMs(at, time);
    return age && *age < keepSeconds * 1000;
}

} // namespace rollcall
