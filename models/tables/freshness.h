// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/verdict.h"

#include <optional>

namespace rollcall {

/// How old a verdict is and whether it still counts, at the moment it is painted.
struct Freshness {
    std::optional<qint64> ageMs = {}; ///< absent: not checked, or the clock moved back
    qint64 keepMs = secondsFresh * 1000;
    bool fresh = false;
    /// ms until it expires; 0 when it is not fresh.
    [[nodiscard]] qint64 leftMs() const { return fresh && ageMs ? keepMs - *ageMs : 0; }
};

[[nodiscard]] inline Freshness freshnessOf(const Verdict &verdict, const TimeView &time, qint64 keepSeconds)
{
    Freshness freshness;
    freshness.keepMs = keepSeconds * 1000;
    if (verdict.word == VerdictWord::NotChecked)
        return freshness;
    freshness.ageMs = ageMs(verdict.at, time);
    freshness.fresh = isFresh(verdict.word, verdict.at, time, keepSeconds);
    return freshness;
}

} // namespace rollcall
