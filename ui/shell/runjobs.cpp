// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/runjobs.h"

#include "models/base/clock.h"
#include "models/runs/runner.h"
#include "ui/shell/internal/runhandles.h"
#include "ui/shell/jobsdock.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"

#include <QCoreApplication>

namespace rollcall {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(RunJobs)
};

QString doneLine(const RunSummary &run)
{
    //: result of a validation: numbers answered, failed, not asked
    return Text::tr("%1 answered, %2 failed, %3 not asked, %4 from the cache.")
        .arg(count(run.answered), count(run.failed), count(run.notAsked), count(run.cached));
}

JobLook::State stateOf(const RunProgress &progress, bool over)
{
    const RunState state = progress.summary.state;
    const bool cancelled = state == RunState::Cancelled;
    return runLook(cancelled || state == RunState::Done, over, !cancelled, state == RunState::Paused,
        state == RunState::WaitingForBudget || progress.waitingUntilMs > 0);
}

} // namespace

QString runLine(const RunProgress &progress, qint64 nowMs, std::optional<GatewayKind> kind)
{
    const RunSummary &run = progress.summary;
    if (run.state == RunState::Done || run.state == RunState::Cancelled)
        // What failed at the end has a reason, which no count tells.
        return run.failed > 0 && progress.halted
            ? doneLine(run) + QLatin1Char(' ') + failureSentence(*progress.halted, kind)
            : doneLine(run);
    QStringList parts;
    parts << Text::tr("%1 of %2 answered").arg(count(run.answered), count(run.total));
    if (run.failed > 0)
        parts << Text::tr("%1 failed").arg(count(run.failed));
    if (progress.halted) {
        parts << failureSentence(*progress.halted, kind);
    } else if (progress.waitingUntilMs > nowMs) {
        const QString pause = longDuration(progress.waitingUntilMs - nowMs);
        parts << (run.state == RunState::WaitingForBudget
                ? Text::tr("this account's budget is used up, goes on in %1").arg(pause)
                : Text::tr("the gateway asked for a pause or did not answer, goes on in %1").arg(pause));
    } else if (run.state == RunState::Running) {
        if (const QString perTime = rate(progress.perSecond); !perTime.isEmpty())
            parts << perTime;
        if (progress.remainingMs > 0)
            parts << Text::tr("about %1 left").arg(longDuration(progress.remainingMs));
    } else if (run.state == RunState::Paused) {
        parts << Text::tr("paused; Resume asks nothing twice that was answered");
    }
    return parts.join(QStringLiteral(" · "));
}

RunJobs::RunJobs(Runner &runner, JobsDock &dock, const Clock &clock, AccountOf accountOf, QObject *parent)
    : QObject(parent)
    , m_runner(runner)
    , m_dock(dock)
    , m_clock(clock)
    , m_accountOf(std::move(accountOf))
{
    connect(&runner, &Runner::progressed, this, [this](const RunProgress &progress) { showRun(progress, false); });
    connect(&runner, &Runner::finished, this, [this](const RunProgress &progress) {
        showRun(progress, true);
        emit finished(progress.summary.id, doneLine(progress.summary));
    });
}

void RunJobs::showActive()
{
    for (const RunProgress &progress : m_runner.active())
        showRun(progress, false);
}

void RunJobs::showRun(const RunProgress &progress, bool over)
{
    const RunSummary &run = progress.summary;
    const Account *account = m_accountOf(run.account);
    const auto kind = account ? std::optional(account->kind) : std::nullopt;
    JobLook look;
    look.state = stateOf(progress, over);
    look.title = account ? tr("Validation at %1").arg(account->name) : tr("Validation");
    look.line = runLine(progress, m_clock.now().wallMs, kind);
    look.progress = {run.total - run.open(), run.total};
    look.sandbox = account && account->sandbox;
    const RunId id = run.id;
    const JobHandles handles = runHandles(m_runner, id, [this, id] { emit openRequested(id); });
    m_dock.showJob(QStringLiteral("run-%1").arg(id.value()), look, handles);

    const bool paused = run.state == RunState::Paused || run.state == RunState::WaitingForBudget;
    if (const auto news = m_news.of(id, paused, run.answered, progress.halted, kind))
        emit reached(run.account, *news);
}

} // namespace rollcall
