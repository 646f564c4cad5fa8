// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "models/domain/run.h"
#include "ui/shell/internal/reachviews.h"

#include <QObject>
#include <functional>

namespace rollcall {

class Clock;
class JobsDock;
class Runner;
struct RunProgress;

/// Brings the runner's runs into the jobs dock, and tells from their real traffic whether an account answers.
class RunJobs final : public QObject {
    Q_OBJECT
public:
    using AccountOf = std::function<const Account *(AccountId)>;
    RunJobs(Runner &runner, JobsDock &dock, const Clock &clock, AccountOf accountOf, QObject *parent = nullptr);
    void showActive(); ///< after recover(): those that wait, paused

signals:
    void openRequested(rollcall::RunId run);
    void reached(rollcall::AccountId account, const rollcall::StatusLine::ReachView &view);
    void finished(rollcall::RunId run, const QString &sentence);

private:
    void showRun(const RunProgress &progress, bool over);
    Runner &m_runner;
    JobsDock &m_dock;
    const Clock &m_clock;
    AccountOf m_accountOf;
    ReachNews m_news;
};

/// "120 of 500 answered · 4.2/s · about 1 min 30 s left", or why it waits, or how it ended. `kind`: of the run's
/// account, for the words of its codes.
[[nodiscard]] QString runLine(const RunProgress &progress, qint64 nowMs, std::optional<GatewayKind> kind = {});

} // namespace rollcall
