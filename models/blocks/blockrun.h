// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/clock.h"
#include "models/base/result.h"
#include "models/blocks/blocklist.h"
#include "models/domain/account.h"
#include "models/domain/operation.h"
#include "models/gateways/dialects/wire.h"
#include "models/runs/operationrunner.h"
#include "models/store/blocks.h"

#include <QObject>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace rollcall {

class Gateway;
class Store;

/// What an operation run needs of a gateway, so that hours can be simulated without sockets. Writes go once, never
/// repeated by it.
struct Blocker {
    using Then = std::function<void(Result<BlockReply>)>;
    using MayLeave = std::function<bool()>; ///< asked at the moment of sending; false = nothing is sent, Cancelled
    using Write = std::function<Call(const std::vector<QString> &, Then, MayLeave)>;
    Capabilities capabilities = {};
    Write block = {};
    Write unblock = {};
    std::function<Call(const QString &, const QString &, bool, std::function<void(Done)>, MayLeave)> report = {};
    ListSource list = {}; ///< for reading back
    std::function<qint64()> readyInMs = {}; ///< until a request handed over now would leave
    qint64 writeDeadlineMs = 30'000; ///< a write that left may arrive until then
};

/// Runs operations: takes the next items of a run, commits `Sending`, sends through the account's Gateway, stores the
/// answers, and at the end reads the outcome back where the account can. One write is in flight per account, one run of
/// an account goes at a time, in the order they were started. Nothing is sent whose intent is not on disk. GUI thread.
class BlockRunner final : public QObject {
    Q_OBJECT
public:
    using GatewayOf = std::function<Gateway *(AccountId)>;
    using BlockerOf = std::function<std::optional<Blocker>(AccountId)>;
    BlockRunner(Store &store, GatewayOf gatewayOf, Clock &clock, QObject *parent = nullptr);
    BlockRunner(Store &store, BlockerOf blockerOf, Clock &clock, QObject *parent = nullptr);
    ~BlockRunner() override;

    /// After the start of the program, before anything else here: what was being sent is unknown now; runs that were
    /// not over are paused and offered for Resume. Answers how many operations became unknown.
    void recover(std::function<void(Result<qint64>)> then);
    /// Stores the run with its operations and starts it; `then` comes when it is on disk.
    void create(
        const OperationOrder &order, const std::vector<OperationItem> &items, std::function<void(Result<RunId>)> then);
    void createShared(const OperationOrder &order, std::shared_ptr<const std::vector<OperationItem>> items,
        std::function<void(Result<RunId>)> then); ///< the same without a copy
    /// Arms these people (Blocks::arm); carried out also when nobody waits for the answer.
    void arm(
        const OperationOrder &order, const std::vector<OperationItem> &items, std::function<void(Result<qint64>)> then);
    void armShared(const OperationOrder &order, std::shared_ptr<const std::vector<OperationItem>> items,
        std::function<void(Result<qint64>)> then);
    void pause(RunId run); ///< the request in the air is still answered and stored
    void resume(RunId run); ///< what became unknown by a crash is read back first, then the rest is sent
    void cancel(RunId run); ///< what was not sent stays unsent; the request in the air is still stored
    /// Reads the account's list (or its word on each contact that is not settled) and settles by it. Waits for the
    /// deadline of the last write. Unsupported where the account can neither list nor tell.
    Call readBack(AccountId account, std::function<void(Result<BlockReadReport>)> then);
    /// The whole list (or every line of our ledger, one by one) for reconciling.
    struct WholeRead {
        BlockReadReport report = {};
        int restarts = 0; ///< how often the list changed while it was read
    };
    Call readWhole(AccountId account, std::function<void(Result<WholeRead>)> then);
    /// The account's gateway as runs see it; nothing when it is not there.
    [[nodiscard]] std::optional<Blocker> blocker(AccountId account) const;
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
