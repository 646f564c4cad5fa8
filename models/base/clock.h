// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"

#include <QString>
#include <functional>

namespace rollcall {

/// A moment as it is stored: wall time (UTC milliseconds), and milliseconds since the boot it was taken in.
struct Instant {
    qint64 wallMs = 0;
    qint64 monotonicMs = 0; ///< since boot, suspend included; comparable only within the same boot
    QString boot = {}; ///< the kernel's boot id; empty = not known
    friend bool operator==(const Instant &, const Instant &) = default;
};

/// Now, and timers. The only place below ui/ that owns a QTimer. Tests use FakeClock (tests/support), where time jumps
/// to the next timer.
class Clock {
public:
    Clock() = default;
    Clock(const Clock &) = delete;
    Clock &operator=(const Clock &) = delete;
    virtual ~Clock();
    [[nodiscard]] virtual Instant now() const = 0; ///< any thread
    /// Runs `then` once after `ms` (>= 0) milliseconds, on the calling thread, which needs an event loop.
    virtual Call after(qint64 ms, std::function<void()> then) = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override;
    Call after(qint64 ms, std::function<void()> then) override;
};

} // namespace rollcall
