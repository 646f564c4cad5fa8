// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "models/runs/operationrunner.h"
#include "ui/shell/internal/reachviews.h"
#include "ui/shell/internal/runhandles.h"

#include <QObject>
#include <functional>
#include <optional>
#include <vector>

namespace rollcall {

class Clock;

/// Brings the runs of operations (blocks, unblocks, messages) into the jobs dock, and tells from their real traffic
/// whether an account answers.
class OperationJobs final : public QObject {
    Q_OBJECT
public:
    using AccountOf = std::function<const Account *(AccountId)>;
    OperationJobs(JobsDock &dock, const Clock &clock, AccountOf accountOf, QObject *parent = nullptr);
    /// Whose runs they are; once. `key` tells them apart from others' in the dock.
    template <class Runner> void follow(Runner &runner, const QString &key)
    {
        m_key = key;
        m_active = [&runner] { return runner.active(); };
        m_handles
            = [this, &runner](RunId id) { return runHandles(runner, id, [this, id] { emit openRequested(id); }); };
        connect(&runner, &Runner::progressed, this,
            [this](const OperationProgress &progress) { showRun(progress, false); });
        connect(&runner, &Runner::finished, this, &OperationJobs::finish);
    }
    void showActive(); ///< after recover(): those that wait, paused

signals:
    void openRequested(rollcall::RunId run); ///< its results
    void reached(rollcall::AccountId account, const rollcall::StatusLine::ReachView &view);
    void finished(rollcall::RunId run, const QString &sentence);

private:
    void showRun(const OperationProgress &progress, bool over);
    void finish(const OperationProgress &progress);
    JobsDock &m_dock;
    const Clock &m_clock;
    AccountOf m_accountOf;
    QString m_key;
    ReachNews m_news;
    std::function<std::vector<OperationProgress>()> m_active;
    std::function<JobHandles(RunId)> m_handles;
};

/// "120 of 500 · 4.2/s · about 1 min 30 s left", or why it waits, or how it ended.
[[nodiscard]] QString operationLine(
    const OperationProgress &progress, qint64 nowMs, std::optional<GatewayKind> kind = {});

} // namespace rollcall
