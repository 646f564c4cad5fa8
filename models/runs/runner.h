// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/clock.h"
#include "models/base/result.h"
#include "models/domain/account.h"
#include "models/domain/run.h"
#include "models/gateways/dialects/dialect.h"

#include <QObject>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace rollcall {

class Gateway;
class Store;

/// What a run needs of a gateway, so that an hour can be simulated without sockets.
struct Checker {
    using Then = std::function<void(Result<CheckReply>)>;
    Capabilities capabilities = {};
    using MayLeave = std::function<bool()>; ///< asked at the moment of sending; false = nothing is sent, Cancelled
    std::function<Call(const std::vector<QString> &, const CheckOptions &, Then, MayLeave)> check = {};
    std::function<qint64()> readyInMs = {}; ///< until a check handed over now would leave
};

/// What the jobs dock shows of one run.
struct RunProgress {
    RunSummary summary = {};
    double perSecond = 0; ///< answered or failed, over the last minute
    qint64 remainingMs = 0; ///< 0 = not known
    qint64 waitingUntilMs = 0; ///< wall ms: budget or pause; 0 = not waiting
    std::optional<Failure> halted = {}; ///< why it paused by itself (401, store failure, dead gateway, clock moved)
};

/// The one runner: takes the next items of a run, books budget, asks Stops, sends through the account's Gateway, stores
/// the answers. Nothing is asked without having been booked; nothing is shown before it is stored. GUI thread.
class Runner final : public QObject {
    Q_OBJECT
public:
    using GatewayOf = std::function<Gateway *(AccountId)>;
    using BudgetOf = std::function<CheckBudget(AccountId)>;
    using CheckerOf = std::function<std::optional<Checker>(AccountId)>;
    Runner(Store &store, GatewayOf gatewayOf, BudgetOf budgetOf, Clock &clock, QObject *parent = nullptr);
    Runner(Store &store, CheckerOf checkerOf, BudgetOf budgetOf, Clock &clock, QObject *parent = nullptr);
    ~Runner() override;

    /// After start: runs that were Running when the last session ended are Paused now and offered for Resume; their
    /// *asked* items are asked again only on Resume, within cool-down and budget.
    void recover(std::function<void(Done)> then);
    /// Stores a run with its items and starts it; `then` comes when it is on disk.
    void create(AccountId account, const RunOptions &options, std::vector<RunItem> items, qint64 cached,
        std::function<void(Result<RunId>)> then);
    void start(RunId run); ///< a run just created by RunBook
    void pause(RunId run); ///< requests in the air are still answered and stored
    void resume(RunId run);
    void cancel(RunId run); ///< what was not asked yet stays unasked; requests in the air are still stored
    void retryFailed(RunId run);
    /// Something waits for the store (not: for a gateway, a pace, a budget). Simulated time stands still meanwhile.
    [[nodiscard]] bool isStoring() const;
    [[nodiscard]] std::vector<RunProgress> active() const; ///< runs that are not over, newest first

signals:
    void progressed(const rollcall::RunProgress &progress);
    void finished(const rollcall::RunProgress &progress);

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace rollcall
