// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/result.h"
#include "models/domain/account.h"
#include "models/domain/run.h"

#include <QObject>
#include <functional>
#include <memory>

namespace rollcall {

class Gateway;
class Store;

/// What the jobs dock shows of one run.
struct RunProgress {
    RunSummary summary = {};
    double perSecond = 0; ///< answered in the last minute
    qint64 remainingMs = 0; ///< 0 = not known
    qint64 waitingUntilMs = 0; ///< wall ms: budget or pause; 0 = not waiting
    std::optional<Failure> halted = {}; ///< why it paused by itself (401, store failure, dead gateway)
};

/// The one runner: takes the next items of a run, books budget, asks Stops, sends through the account's Gateway, stores
/// the answers. Nothing is asked without having been booked; nothing is shown before it is stored. GUI thread.
class Runner final : public QObject {
    Q_OBJECT
public:
    using GatewayOf = std::function<Gateway *(AccountId)>;
    using BudgetOf = std::function<CheckBudget(AccountId)>;
    Runner(Store &store, GatewayOf gatewayOf, BudgetOf budgetOf, Clock &clock, QObject *parent = nullptr);
    ~Runner() override;

    /// After start: runs that were Running when the last session ended are Paused now and offered for Resume; their
    /// *asked* items are asked again only on Resume, within cool-down and budget.
    void recover(std::function<void(Done)> then);
    void start(RunId run); ///< a run just created
    void pause(RunId run);
    void resume(RunId run);
    void cancel(RunId run);
    void retryFailed(RunId run);
    [[nodiscard]] std::vector<RunProgress> active() const;

signals:
    void progressed(const rollcall::RunProgress &progress);
    void finished(const rollcall::RunProgress &progress);

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace rollcall
