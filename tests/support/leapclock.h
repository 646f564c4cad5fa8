// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <atomic>

namespace rollcall::tests {

/// Real time, some times faster, and no wait longer than `mostMs` of real time: a pause of an hour ends then and the
/// clock has moved by the hour. For thousands of trials with real sockets.
class LeapClock final : public Clock {
public:
    LeapClock(int times, int mostMs)
        : m_times(times)
        , m_mostMs(mostMs)
    {
        m_elapsed.start();
    }
    [[nodiscard]] Instant now() const override
    {
        const qint64 gone = m_elapsed.elapsed() * m_times + m_leapt;
        return {m_startMs + gone, 1'000'000 + gone, QStringLiteral("boot-leap")};
    }
    Call after(qint64 ms, std::function<void()> then) override
    {
        const qint64 real = (ms + m_times - 1) / m_times;
        if (real <= m_mostMs)
            return m_real.after(real, std::move(then));
        const qint64 due = now().monotonicMs + ms;
        return m_real.after(m_mostMs, [this, due, then = std::move(then)] {
            m_leapt += std::max<qint64>(0, due - now().monotonicMs);
            then();
        });
    }

private:
    const int m_times;
    const int m_mostMs;
    const qint64 m_startMs = QDateTime::currentMSecsSinceEpoch();
    std::atomic<qint64> m_leapt = 0;
    QElapsedTimer m_elapsed;
    SystemClock m_real;
};

} // namespace rollcall::tests
