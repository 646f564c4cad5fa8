// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/clock.h"

#include <deque>
#include <functional>
#include <memory>

namespace rollcall {

/// Says when an account's next request may leave: a token bucket of one, evenly spaced, so that in no sliding minute
/// more than `perMinute` turns are given, nor two within `leastGapMs`. Both are kept with a little room, since a
/// request that left in time may arrive late and the next one early. After a 429 the whole account pauses. First come,
/// first served. GUI thread.
class Pace {
public:
    static constexpr int most = 6000; ///< requests a minute, whatever a gateway says it allows
    /// `perMinute`: 1 to `most`, else the nearest. `leastGapMs`: 0 = only the minute counts.
    Pace(int perMinute, Clock &clock, qint64 leastGapMs = 0);
    Pace(const Pace &) = delete;
    Pace &operator=(const Pace &) = delete;
    ~Pace();

    /// Runs `then` at this caller's turn. Dropping the Call gives the turn to the next one.
    Call turn(std::function<void()> then);
    /// Runs `then` as soon as the account is not paused; takes no turn (login, health).
    Call whenAwake(std::function<void()> then);
    /// The last turn's request was answered after so long. One that took longer than the quickest may have arrived
    /// late, and the gateway counts its least gap from there: the next turn waits for the difference (at most 250 ms,
    /// after the first request, which also made the connection, a second).
    void answered(qint64 tookMs);
    /// From now on; turns already given count against the new rate.
    void setPerMinute(int perMinute);
    /// Were as many turns given in the last minute as the rate allows? Then the next one waits for room anyway.
    [[nodiscard]] bool isUsedUp() const;
    [[nodiscard]] int perMinute() const { return int(m_perMinute); }
    /// Nothing leaves for `ms`; a longer pause already set stays.
    void pauseFor(qint64 ms);
    [[nodiscard]] qint64 pausedForMs() const;
    [[nodiscard]] qint64 readyInMs() const; ///< until the next turn would be given, pause included

private:
    struct Waiter {
        std::shared_ptr<Call::State> state;
        std::function<void()> then;
    };
    using Queue = std::deque<Waiter>;

    Call join(Queue &queue, std::function<void()> then);
    void run();
    /// Runs the first open waiter if it is due, else tells when (monotonic microseconds); 0 = nobody waits.
    [[nodiscard]] qint64 serve(Queue &queue, qint64 dueUs, bool takesTurn, bool &served);
    [[nodiscard]] qint64 nowUs() const;
    [[nodiscard]] qint64 turnDueUs() const;

    Clock &m_clock;
    size_t m_perMinute;
    qint64 m_leastGapUs;
    qint64 m_spacingUs;
    qint64 m_quickestUs = -1; ///< -1 = none was answered yet
    qint64 m_lateUs = 0; ///< what the last request may have arrived late
    qint64 m_baseUs = 0; ///< the next turn is one spacing behind it; 0 = none was given
    qint64 m_pausedUntilUs = 0;
    std::deque<qint64> m_given; ///< the last perMinute turns, monotonic microseconds
    Queue m_turns;
    Queue m_sleepers;
    Call m_timer;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace rollcall
