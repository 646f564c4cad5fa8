// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"

#include <QDateTime>
#include <QElapsedTimer>

namespace rollcall::tests {

/// Real time, some times faster: for tests in which real sockets and long pauses (pace, cool-down, backoff) meet.
class RushClock final : public Clock {
public:
    explicit RushClock(int times = 20)
        : m_times(times)
    {
        m_elapsed.start();
    }
    [[nodiscard]] Instant now() const override
    {
        const qint64 gone = m_elapsed.elapsed() * m_times;
        return {m_startMs + gone, 1'000'000 + gone, QStringLiteral("boot-rush")};
    }
    Call after(qint64 ms, std::function<void()> then) override
    {
        return m_real.after((ms + m_times - 1) / m_times, std::move(then));
    }

private:
    int m_times;
    qint64 m_startMs = QDateTime::currentMSecsSinceEpoch();
    QElapsedTimer m_elapsed;
    SystemClock m_real;
};

} // namespace rollcall::tests
