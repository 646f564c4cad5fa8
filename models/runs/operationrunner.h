// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/result.h"
#include "models/domain/operation.h"
#include "models/runs/operationwire.h"

#include <QObject>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace rollcall {

class Store;

/// What the jobs dock shows of one operation run.
struct OperationProgress {
    OperationRun run = {};
    double perSecond = 0; ///< settled (done, refused, unknown), over the last minute
    qint64 remainingMs = 0; ///< 0 = not known
    qint64 waitingUntilMs = 0; ///< wall ms: pause of the account, or a write's deadline before reading back; 0 = not
    bool behindAnother = false; ///< another run of the same account goes first
    bool readingBack = false;
    std::optional<Failure> halted
        = {}; ///< why it paused by itself (401, store failure, three unclear answers in a row)
    std::optional<Failure> notReadBack = {}; ///< why the outcome could not be read back: done stays not confirmed
};

/// The machine behind every run of operations (reliability.md C1), whatever the act: takes the next items, commits
/// `Sending`, sends through a wire, stores the answers, and at the end reads the outcome back where the wire can. One
/// write is in flight per account, one run of an account goes at a time, in the order they were started. Nothing is
/// sent whose intent is not on disk. Used by BlockRunner and SendRunner. GUI thread.
class OperationRunner final : public QObject {
    Q_OBJECT
public:
    using WireOf = std::function<OperationWire(const OperationRun &)>;
    OperationRunner(Store &store, WireOf wireOf, Clock &clock, QObject *parent = nullptr);
    ~OperationRunner() override;

    /// A run that was just stored: it goes.
    void start(RunId run);
    /// Runs of before: those that are not over are paused and offered for Resume.
    void offer(const std::vector<OperationRun> &runs);
    void pause(RunId run); ///< the request in the air is still answered and stored
    void resume(RunId run); ///< what became unknown by a crash is read back first, then the rest is sent
    void cancel(RunId run); ///< what was not sent stays unsent; the request in the air is still stored
    void keep(Call call); ///< a store call that must not be dropped; counts for isStoring()
    [[nodiscard]] bool isStoring() const; ///< something waits for the store; simulated time stands still meanwhile
    [[nodiscard]] std::vector<OperationProgress> active() const; ///< runs that are not over, oldest first

signals:
    void progressed(const rollcall::OperationProgress &progress);
    void finished(const rollcall::OperationProgress &progress);

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace rollcall
