// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "models/domain/operation.h"

#include <QObject>
#include <functional>
#include <optional>

namespace rollcall {

class BlockRunner;
class Clock;
class JobsDock;
struct OperationProgress;

/// Brings the runs of blocks and unblocks into the jobs dock.
class BlockJobs final : public QObject {
    Q_OBJECT
public:
    using AccountOf = std::function<const Account *(AccountId)>;
    BlockJobs(BlockRunner &runner, JobsDock &dock, const Clock &clock, AccountOf accountOf, QObject *parent = nullptr);
    void showActive(); ///< after recover(): those that wait, paused

signals:
    void openRequested(rollcall::RunId run); ///< its results, by cause
    void finished(rollcall::RunId run, const QString &sentence);

private:
    void showRun(const OperationProgress &progress, bool over);
    BlockRunner &m_runner;
    JobsDock &m_dock;
    const Clock &m_clock;
    AccountOf m_accountOf;
};

/// "120 of 500 · 4.2/s · about 1 min 30 s left", or why it waits, or how it ended.
[[nodiscard]] QString operationLine(
    const OperationProgress &progress, qint64 nowMs, std::optional<GatewayKind> kind = {});

} // namespace rollcall
