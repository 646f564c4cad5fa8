// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/internal/operationjobs.h"

#include "models/base/clock.h"
#include "ui/shell/internal/runhandles.h"
#include "ui/text/age.h"
#include "ui/text/blockwords.h"
#include "ui/text/failuretext.h"

#include <QCoreApplication>

namespace rollcall {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(OperationJobs)
};

bool isOver(const OperationRun &run)
{
    return run.state == OperationRunState::Done || run.state == OperationRunState::Cancelled;
}

QString doneLine(const OperationRun &run)
{
    QStringList parts;
    const auto add = [&parts](const QString &words, qint64 number) {
        if (number > 0)
            parts << words.arg(count(number));
    };
    if (run.kind == OperationKind::Send) {
        //: result of a run of messages; %1 is a number of people
        add(Text::tr("%1 taken by the gateway"), run.done);
    } else {
        //: result of a block or unblock run; %1 is a number of people
        add(Text::tr("%1 done and confirmed"), run.confirmed);
        add(Text::tr("%1 done, not confirmed"), run.done - run.confirmed);
    }
    add(Text::tr("%1 refused"), run.refused);
    add(Text::tr("%1 unknown: settle them"), run.unknown);
    add(Text::tr("%1 not sent"), run.notSent);
    return parts.isEmpty() ? Text::tr("Nothing was sent.") : parts.join(QStringLiteral(" · "));
}

JobLook::State stateOf(const OperationProgress &progress, bool over)
{
    const OperationRun &run = progress.run;
    const bool well = run.state != OperationRunState::Cancelled;
    if (over && run.unknown > 0)
        return JobLook::State::Unclear;
    if (over && well && run.refused + run.notSent > 0)
        return run.done > 0 ? JobLook::State::Mixed : JobLook::State::Refused;
    return runLook(isOver(run), over, well, run.state == OperationRunState::Paused,
        progress.waitingUntilMs > 0 || progress.behindAnother);
}

} // namespace

QString operationLine(const OperationProgress &progress, qint64 nowMs, std::optional<GatewayKind> kind)
{
    const OperationRun &run = progress.run;
    if (isOver(run)) {
        if (!progress.notReadBack)
            return doneLine(run);
        return Text::tr("%1. The outcome could not be read back: %2")
            .arg(doneLine(run), failureSentence(*progress.notReadBack, kind));
    }
    QStringList parts;
    parts << Text::tr("%1 of %2").arg(count(run.total - run.open()), count(run.total));
    if (run.refused > 0)
        parts << Text::tr("%1 refused").arg(count(run.refused));
    if (run.unknown > 0)
        parts << Text::tr("%1 unknown").arg(count(run.unknown));
    if (progress.halted) {
        parts << failureSentence(*progress.halted, kind);
    } else if (progress.behindAnother) {
        parts << Text::tr("waits for another run of this account");
    } else if (progress.waitingUntilMs > nowMs) {
        parts << (progress.readingBack ? Text::tr("reads the outcome back in %1") : Text::tr("goes on in %1"))
                     .arg(longDuration(progress.waitingUntilMs - nowMs));
    } else if (progress.readingBack) {
        parts << Text::tr("reads the outcome back");
    } else if (run.state == OperationRunState::Running) {
        if (const QString perTime = rate(progress.perSecond); !perTime.isEmpty())
            parts << perTime;
        if (progress.remainingMs > 0)
            parts << Text::tr("about %1 left").arg(longDuration(progress.remainingMs));
    } else if (run.state == OperationRunState::Paused) {
        parts << Text::tr("paused; Resume sends nothing twice");
    }
    return parts.join(QStringLiteral(" · "));
}

OperationJobs::OperationJobs(JobsDock &dock, const Clock &clock, AccountOf accountOf, QObject *parent)
    : QObject(parent)
    , m_dock(dock)
    , m_clock(clock)
    , m_accountOf(std::move(accountOf))
{
}

void OperationJobs::showActive()
{
    for (const OperationProgress &progress : m_active())
        showRun(progress, false);
}

void OperationJobs::finish(const OperationProgress &progress)
{
    showRun(progress, true);
    emit finished(progress.run.id, doneLine(progress.run));
}

void OperationJobs::showRun(const OperationProgress &progress, bool over)
{
    const OperationRun &run = progress.run;
    const Account *account = m_accountOf(run.account);
    JobLook look;
    look.state = stateOf(progress, over);
    look.title = BlockWords::runTitle(run, account);
    const auto kind = account ? std::optional(account->kind) : std::nullopt;
    look.line = operationLine(progress, m_clock.now().wallMs, kind);
    look.progress = {run.total - run.open(), run.total};
    look.sandbox = account && account->sandbox;
    m_dock.showJob(QStringLiteral("%1-%2").arg(m_key).arg(run.id.value()), look, m_handles(run.id));

    // What is unknown was not answered.
    const std::optional<Failure> &trouble = progress.halted ? progress.halted : progress.notReadBack;
    const bool paused = run.state == OperationRunState::Paused;
    if (const auto news = m_news.of(run.id, paused, run.done + run.refused, trouble, kind))
        emit reached(run.account, *news);
}

} // namespace rollcall
