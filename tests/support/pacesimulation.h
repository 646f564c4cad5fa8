// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/gateways/pace.h"
#include "models/runs/runner.h"
#include "models/store/store.h"
#include "tests/support/fakeclock.h"

#include <QTemporaryDir>
#include <map>
#include <vector>

namespace rollcall::tests {

/// A run in simulated time: the real store and the real Runner, the real Pace in front of a gateway that answers every
/// number "valid" after a while. No sockets, so that days pass in seconds.
class PaceSimulation final {
public:
    struct Settings {
        CheckBudget budget = {};
        int numbers = 0;
        int batch = 50;
        int requestsPerMinute = 60;
        qint64 latencyMs = 200;
    };
    explicit PaceSimulation(Settings settings);
    ~PaceSimulation();

    void create(); ///< the run with all its numbers; it starts
    void runFor(qint64 ms); ///< simulated time, or until the run is over
    void jumpWall(qint64 ms) { m_clock.jumpWall(ms); } ///< nobody's time passes
    void confirmTime(); ///< and resumes
    [[nodiscard]] std::optional<Failure> halted() const;
    [[nodiscard]] qint64 remainingMs() const; ///< as the jobs dock tells it; 0 = not told, or over
    void restart(); ///< ends everything in the middle of what it does, opens again and resumes
    [[nodiscard]] bool over() const { return m_over; }

    /// When each number was sent, simulated ms since the start, in order.
    [[nodiscard]] const std::vector<qint64> &sentMs() const { return m_sentMs; }
    [[nodiscard]] const std::vector<qint64> &requestsMs() const { return m_requestsMs; }
    [[nodiscard]] int mostTimesOneNumber() const;
    /// The most events in any window [t, t + windowMs).
    [[nodiscard]] static int mostWithin(const std::vector<qint64> &events, qint64 windowMs);
    [[nodiscard]] qint64 elapsedMs() const { return m_clock.now().monotonicMs - m_beganMs; }

private:
    void open();
    void settle(); ///< until the runner waits for nothing but time
    [[nodiscard]] std::optional<Checker> checker();

    Settings m_settings;
    QTemporaryDir m_folder;
    FakeClock m_clock;
    qint64 m_beganMs = 0;
    RunId m_run;
    AccountId m_account;
    bool m_over = false;
    std::vector<qint64> m_sentMs;
    std::vector<qint64> m_requestsMs;
    std::map<QString, int> m_times;
    std::unique_ptr<Pace> m_pace;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<Runner> m_runner;
};

} // namespace rollcall::tests
