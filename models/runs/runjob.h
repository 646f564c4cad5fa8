// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runs/runner.h"
#include "models/store/runbook.h"

#include <deque>
#include <list>
#include <map>
#include <span>
#include <vector>

namespace rollcall {

struct AnswerContext;

/// One run on its way: planned items are loaded, filtered by Stops, booked, sent, and their answers stored; at most
/// four requests are in the air. Owned by Runner; every callback ends with the job. GUI thread.
class RunJob final {
public:
    struct Needs {
        Store &store;
        Clock &clock;
        Runner::CheckerOf checkerOf = {};
        Runner::BudgetOf budgetOf = {};
        std::function<void()> progressed = {};
        std::function<void()> finished = {}; ///< comes once; the job may be deleted afterwards, not inside it
    };
    /// `leftover`: the run comes from the store, so its *asked* items are nobody's and become planned on go().
    RunJob(RunSummary summary, bool leftover, Needs needs);
    RunJob(const RunJob &) = delete;
    RunJob &operator=(const RunJob &) = delete;
    ~RunJob() = default;

    [[nodiscard]] RunId id() const { return m_summary.id; }
    [[nodiscard]] RunProgress progress() const;
    [[nodiscard]] bool isStoring() const;
    void go();
    void pause();
    void cancel();

private:
    struct Flight {
        std::vector<RunItem> items;
        std::vector<std::size_t> inputOf; ///< item -> index of its text among the inputs
        bool left = false; ///< on the wire; until then it waits for login or pace and may still be held back
        Call call = {};
    };

    [[nodiscard]] bool wantsToAsk() const;
    [[nodiscard]] bool quiet() const { return m_flights.empty() && m_committing == 0 && !m_loading; }
    [[nodiscard]] qint64 nowMs() const { return m_needs.clock.now().wallMs; }
    [[nodiscard]] AnswerContext context() const;
    [[nodiscard]] bool clockIsBehind() const;
    [[nodiscard]] std::optional<Failure> obstacle(const std::optional<Checker> &checker) const;

    void prepare(); ///< what has to be stored before the first question
    void pump();
    void load(const Checker &checker);
    void loaded(std::vector<RunItem> items);
    void book(std::vector<RunItem> items);
    void leave(std::vector<RunItem> items);
    void send(const Checker &checker, std::vector<RunItem> items);
    [[nodiscard]] bool mayLeave(int id);
    void landed(int id, const Result<CheckReply> &reply);
    void noRoom();
    void nothingToTake();

    void commit(std::vector<ItemAnswer> answers, std::function<void(bool)> then); ///< stored or not
    void refresh(std::function<void()> then);
    void setState(RunState state);
    void noteState(const Done &done) const; ///< to the log when it could not be stored
    void halt(const Failure &failure);
    void sleep(qint64 ms, bool shown);
    void awake();
    void settleIfOver();
    void finish(RunState state);
    void keep(Call call);

    Needs m_needs;
    RunSummary m_summary;
    bool m_leftover = false;
    bool m_loading = false;
    bool m_over = false;
    int m_committing = 0;
    int m_nextFlight = 0;
    int m_failuresInRow = 0;
    int m_emptyBookings = 0;
    qint64 m_waitingUntilMs = 0;
    CheckBudget m_waitedFor; ///< the budget that had no room
    std::optional<Failure> m_halted;
    std::optional<Failure> m_lastFailure;
    std::vector<ItemAnswer>
        m_unsaved; ///< answers the store could not take: stored first on Resume, so that none is lost
    std::deque<std::pair<qint64, qint64>> m_settled; ///< (monotonic ms, items), the last minute
    qint64 m_beganMs = 0; ///< monotonic

    // Last, so that they go first: no callback of theirs meets a half-destroyed job.
    std::map<int, Flight> m_flights;
    Call m_step; ///< the store call of the loading chain
    Call m_timer;
    std::list<Call> m_writes;
};

} // namespace rollcall
