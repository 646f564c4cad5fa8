// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeclock.h"

#include <algorithm>

namespace rollcall::tests {

FakeClock::FakeClock(qint64 wallMs, const QString &boot)
    : m_now{wallMs, 1'000'000, boot}
{
}

Instant FakeClock::now() const
{
    return m_now;
}

Call FakeClock::after(qint64 ms, std::function<void()> then)
{
    auto state = std::make_shared<Call::State>();
    m_timers.emplace(m_now.monotonicMs + std::max<qint64>(ms, 0), Timer{state, std::move(then)});
    return Call(state);
}

void FakeClock::advance(qint64 ms)
{
    const qint64 end = m_now.monotonicMs + ms;
    // Stopped timers are dropped first: behind one that is due may stand one that is not.
    const auto due = [&] {
        while (!m_timers.empty() && !m_timers.begin()->second.state->open)
            m_timers.erase(m_timers.begin());
        return !m_timers.empty() && m_timers.begin()->first <= end;
    };
    while (due())
        runNext();
    m_now.wallMs += end - m_now.monotonicMs;
    m_now.monotonicMs = end;
}

bool FakeClock::runNext()
{
    while (!m_timers.empty()) {
        auto node = m_timers.extract(m_timers.begin());
        if (!node.mapped().state->open)
            continue;
        const qint64 step = std::max<qint64>(node.key() - m_now.monotonicMs, 0);
        m_now.wallMs += step;
        m_now.monotonicMs += step;
        node.mapped().state->open = false;
        node.mapped().then();
        return true;
    }
    return false;
}

void FakeClock::jumpWall(qint64 ms)
{
    m_now.wallMs += ms;
}

void FakeClock::reboot(const QString &boot)
{
    m_now.boot = boot;
    m_now.monotonicMs = 1'000;
    m_timers.clear();
}

int FakeClock::pendingTimers() const
{
    return int(std::count_if(m_timers.begin(), m_timers.end(), [](const auto &t) { return t.second.state->open; }));
}

} // namespace rollcall::tests
