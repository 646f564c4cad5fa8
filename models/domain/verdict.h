// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/domain/ids.h"

#include <QString>
#include <optional>

namespace rollcall {

/// The answer to one check. Stored as these numbers: never renumber.
enum class VerdictWord {
    NotChecked = 0,
    Valid = 1,
    Invalid = 2,
    Processing = 3,
    Failed = 4,
    Unverified = 5, ///< the gateway says valid, but it says so to everyone
};

/// Where the answer came from.
enum class VerdictSource {
    Live = 0,
    Cached = 1, ///< we did not ask: a fresh verdict was there
};

struct Verdict {
    VerdictWord word = VerdictWord::NotChecked;
    QString rawWord = {}; ///< the gateway's own word, verbatim
    QString waId = {}; ///< as answered; presence proves nothing
    QString asked = {}; ///< the text that was sent
    QString reason = {}; ///< stable id of why it is unverified or failed: "version>=2.43", "word", "timeout", ...
    int code = 0; ///< the gateway's error code when failed
    Instant at = {}; ///< when the answer was stored
    AccountId account = {};
    RunId run = {};
    VerdictSource source = VerdictSource::Live;
};

inline constexpr qint64 secondsFresh = 604'800; // 7 days: vendor page A, "cached for 7 days"

/// What the profile knows about time.
struct TimeView {
    Instant now = {};
    qint64 latestSeenMs = 0; ///< latest wall time this profile has stored
    [[nodiscard]] bool clockMoved() const { return now.wallMs < latestSeenMs; }
};

/// Age in ms, or nothing when it cannot be told (clock moved back). Within one boot the larger of wall and monotonic
/// age counts, across boots wall time (design.md, time).
[[nodiscard]] std::optional<qint64> ageMs(const Instant &then, const TimeView &time);

/// Fresh iff the word is valid, invalid or unverified and 0 <= age < keepSeconds and the clock did not move back.
[[nodiscard]] bool isFresh(
    VerdictWord word, const Instant &at, const TimeView &time, qint64 keepSeconds = secondsFresh);

} // namespace rollcall
