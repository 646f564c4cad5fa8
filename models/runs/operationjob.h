// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/runs/operationrunner.h"
#include "models/runs/operationwire.h"

#include <deque>
#include <list>
#include <vector>

namespace rollcall {

/// One operation run on its way: next items, `Sending` committed, one request in the air, its answer stored, and the
/// outcome read back at the end. A sibling of RunJob without budget, and with a wire that is used once. Owned by
/// OperationRunner; every callback ends with the job. GUI thread.
class OperationJob final {
public:
    struct Needs {
        Store &store;
        Clock &clock;
        OperationRunner::WireOf wireOf = {};
        std::function<bool()> isMyTurn = {}; ///< no other run of the account is at it
        std::function<void()> progressed = {};
        std::function<void()> quietened = {}; ///< the account may be used by another run
        std::function<void()> finished = {}; ///< comes once; the job may be deleted afterwards, not inside it
    };
    /// `leftover`: comes from the store; what a crash left unknown is read back before anything is sent.
    OperationJob(OperationRun run, bool leftover, Needs needs);
    OperationJob(const OperationJob &) = delete;
    OperationJob &operator=(const OperationJob &) = delete;
    ~OperationJob() = default;

    [[nodiscard]] RunId id() const { return m_run.id; }
    [[nodiscard]] AccountId account() const { return m_run.account; }
    [[nodiscard]] OperationProgress progress() const;
    [[nodiscard]] bool isStoring() const;
    [[nodiscard]] bool isBusy() const { return wants() || !isQuiet(); }
    void go();
    void pause();
    void cancel();
    void pump(); ///< looks whether there is something to do; harmless at any time

private:
    [[nodiscard]] bool wants() const { return m_run.state == OperationRunState::Running; }
    [[nodiscard]] bool isQuiet() const { return m_flight.empty() && m_committing == 0 && !m_loading; }
    [[nodiscard]] qint64 nowMs() const;
    [[nodiscard]] qint64 backoffMs() const;
    [[nodiscard]] OperationWire wire() const { return m_needs.wireOf(m_run); }

    void prepare();
    void load(const OperationWire &wire);
    void mark(const std::vector<OperationItem> &items);
    void fly(std::vector<OperationItem> items);
    void holdBack(const OperationWire &wire);
    void landed(const WriteOutcome &outcome);
    void stored(const WriteOutcome &outcome);
    void goOn();
    void nothingToSend();
    void readOutcome();
    void readDone(const std::optional<Failure> &failure);

    void commit(std::vector<OperationAnswer> answers, std::function<void()> then);
    void refresh(std::function<void()> then);
    void halt(const Failure &failure);
    void sleep(qint64 ms, bool shown);
    void settleIfOver();
    void finish(OperationRunState state);
    void keep(Call call);

    Needs m_needs;
    OperationRun m_run;
    bool m_leftover = false;
    bool m_loading = false;
    bool m_over = false;
    bool m_behindAnother = false;
    bool m_readingBack = false;
    int m_committing = 0;
    int m_unclearInRow = 0;
    int m_waitsInRow = 0;
    int m_refusedInRow = 0;
    int m_batchCap = 0; ///< 0 = what the gateway takes
    qint64 m_waitingUntilMs = 0;
    std::optional<Failure> m_halted;
    std::optional<Failure> m_notReadBack;
    std::vector<OperationAnswer> m_unsaved; ///< answers the store could not take: stored first on Resume
    std::deque<std::pair<qint64, qint64>> m_settled; ///< (monotonic ms, operations), the last minute
    qint64 m_beganMs = 0; ///< monotonic

    std::vector<OperationItem> m_flight; ///< marked `Sending`, not stored otherwise yet

    // Last, so that they go first: no callback of theirs meets a half-destroyed job.
    Call m_request;
    Call m_step;
    Call m_timer;
    std::list<Call> m_writes;
};

} // namespace rollcall
