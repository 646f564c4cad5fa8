// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"

#include <map>
#include <memory>

namespace rollcall::tests {

/// Simulated time: stands still until told to move. Timers run in order of their time when advance() passes them.
/// runNext() jumps to the next timer. now() may be called from any thread while time stands still.
class FakeClock final : public Clock {
public:
    explicit FakeClock(qint64 wallMs = 1'700'000'000'000, const QString &boot = QStringLiteral("boot-1"));
    [[nodiscard]] Instant now() const override;
    Call after(qint64 ms, std::function<void()> then) override;

    void advance(qint64 ms); ///< wall and monotonic together, running due timers
    bool runNext(); ///< jumps to the earliest timer and runs it; false when there is none
    void jumpWall(qint64 ms); ///< only the wall clock moves (may be negative): nobody's timer runs
    void reboot(const QString &boot); ///< monotonic starts again
    [[nodiscard]] int pendingTimers() const;

private:
    struct Timer {
        std::shared_ptr<Call::State> state;
        std::function<void()> then;
    };
    Instant m_now;
    std::multimap<qint64, Timer> m_timers; ///< by monotonic ms
};

} // namespace rollcall::tests
