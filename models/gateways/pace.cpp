// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/pace.h"

#include <algorithm>

namespace rollcall {

namespace {

constexpr qint64 minuteUs = 60'000'000;
/// Room for what the way to the gateway adds to one request and not to another.
constexpr qint64 minuteRoomUs = 250'000;
constexpr qint64 gapRoomUs = 8'000;
constexpr qint64 mostLateUs = 250'000;
constexpr qint64 mostLateAtFirstUs = 1'000'000;
/// A timer that comes late by this much does not lower the rate; the sliding minute still holds.
constexpr qint64 lateUs = 250'000;

} // namespace

Pace::Pace(int perMinute, Clock &clock, qint64 leastGapMs)
    : m_clock(clock)
    , m_perMinute(size_t(std::clamp(perMinute, 1, most)))
    , m_leastGapUs(leastGapMs > 0 ? leastGapMs * 1000 + gapRoomUs : 0)
    , m_spacingUs(minuteUs / qint64(m_perMinute))
{
}

Pace::~Pace()
{
    *m_alive = false;
}

Call Pace::turn(std::function<void()> then)
{
    return join(m_turns, std::move(then));
}

Call Pace::whenAwake(std::function<void()> then)
{
    return join(m_sleepers, std::move(then));
}

void Pace::answered(qint64 tookMs)
{
    if (m_leastGapUs == 0)
        return;
    const qint64 took = std::max<qint64>(tookMs, 0) * 1000;
    const bool isFirst = m_quickestUs < 0;
    m_lateUs = isFirst ? std::min(took, mostLateAtFirstUs) : std::clamp<qint64>(took - m_quickestUs, 0, mostLateUs);
    m_quickestUs = isFirst ? took : std::min(m_quickestUs, took);
}

void Pace::setPerMinute(int perMinute)
{
    const auto rate = size_t(std::clamp(perMinute, 1, most));
    if (rate == m_perMinute)
        return;
    m_perMinute = rate;
    m_spacingUs = minuteUs / qint64(rate);
    while (m_given.size() > rate)
        m_given.pop_front();
    if (!m_turns.empty())
        m_timer = m_clock.after(0, [this] { run(); });
}

bool Pace::isUsedUp() const
{
    return m_given.size() == m_perMinute && m_given.front() + minuteUs > nowUs();
}

void Pace::pauseFor(qint64 ms)
{
    m_pausedUntilUs = std::max(m_pausedUntilUs, nowUs() + std::max<qint64>(ms, 0) * 1000);
}

qint64 Pace::pausedForMs() const
{
    return std::max<qint64>(0, (m_pausedUntilUs - nowUs() + 999) / 1000);
}

qint64 Pace::readyInMs() const
{
    return std::max<qint64>(0, (turnDueUs() - nowUs() + 999) / 1000);
}

Call Pace::join(Queue &queue, std::function<void()> then)
{
    auto state = std::make_shared<Call::State>();
    queue.push_back({state, std::move(then)});
    m_timer = m_clock.after(0, [this] { run(); });
    return Call(state);
}

qint64 Pace::nowUs() const
{
    return m_clock.now().monotonicMs * 1000;
}

qint64 Pace::turnDueUs() const
{
    qint64 due = m_pausedUntilUs;
    if (m_given.empty())
        return due;
    due = std::max({due, m_baseUs + m_spacingUs, m_given.back() + m_leastGapUs + m_lateUs});
    if (m_given.size() == m_perMinute)
        due = std::max(due, m_given.front() + minuteUs + minuteRoomUs);
    return due;
}

qint64 Pace::serve(Queue &queue, qint64 dueUs, bool takesTurn, bool &served)
{
    while (!queue.empty() && !queue.front().state->open)
        queue.pop_front();
    if (queue.empty())
        return 0;
    const qint64 now = nowUs();
    if (dueUs > now)
        return dueUs;
    const Waiter waiter = std::move(queue.front());
    queue.pop_front();
    if (takesTurn) {
        m_lateUs = 0;
        m_baseUs = m_given.empty() ? now : std::max(m_baseUs + m_spacingUs, now - lateUs);
        m_given.push_back(now);
        if (m_given.size() > m_perMinute)
            m_given.pop_front();
    }
    served = true;
    waiter.state->open = false;
    waiter.then();
    return 0;
}

void Pace::run()
{
    const std::shared_ptr<bool> alive = m_alive;
    qint64 dueUs = 0;
    bool served = true;
    while (served) {
        served = false;
        const qint64 sleeper = serve(m_sleepers, m_pausedUntilUs, false, served);
        // What was just run may have ended the account, and us with it.
        if (!*alive)
            return;
        const qint64 turn = serve(m_turns, turnDueUs(), true, served);
        if (!*alive)
            return;
        dueUs = sleeper == 0 ? turn : turn == 0 ? sleeper : std::min(sleeper, turn);
    }
    if (dueUs > 0)
        m_timer = m_clock.after((dueUs - nowUs() + 999) / 1000, [this] { run(); });
}

} // namespace rollcall
