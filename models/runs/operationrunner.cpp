// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runs/operationrunner.h"

#include "models/runs/operationjob.h"
#include "models/store/store.h"

#include <algorithm>
#include <list>
#include <map>

namespace rollcall {

struct OperationRunner::Parts {
    Parts(OperationRunner &runner, Store &openStore, WireOf wires, Clock &time)
        : self(runner)
        , store(openStore)
        , wireOf(std::move(wires))
        , clock(time)
    {
    }

    OperationJob *find(RunId run)
    {
        const auto found = jobs.find(run);
        return found == jobs.end() ? nullptr : found->second.get();
    }

    OperationJob &adopt(const OperationRun &summary, bool leftover)
    {
        const RunId run = summary.id;
        const AccountId account = summary.account;
        OperationJob::Needs needs{store, clock, wireOf, [this, run, account] { return isTurnOf(run, account); },
            [this, run] {
                if (const OperationJob *job = find(run))
                    emit self.progressed(job->progress());
            },
            [this] { nudge(); }, [this, run] { over(run); }};
        auto &slot = jobs[run];
        slot = std::make_unique<OperationJob>(summary, leftover, std::move(needs));
        return *slot;
    }

    /// One run of an account is at it: it keeps the turn until it rests, then the oldest that wants has it.
    bool isTurnOf(RunId run, AccountId account)
    {
        RunId &holder = holders[account];
        const OperationJob *present = find(holder);
        if (present && present->isBusy())
            return holder == run;
        for (const auto &[id, job] : jobs) {
            if (job->account() == account && job->isBusy()) {
                holder = id;
                return id == run;
            }
        }
        return true;
    }

    /// From the event loop: whoever rests is in the middle of something.
    void nudge()
    {
        if (std::exchange(nudging, true))
            return;
        QMetaObject::invokeMethod(
            &self,
            [this] {
                nudging = false;
                std::vector<RunId> waiting;
                for (const auto &[run, job] : jobs)
                    waiting.push_back(run);
                for (const RunId run : waiting) {
                    if (OperationJob *job = find(run))
                        job->pump();
                }
            },
            Qt::QueuedConnection);
    }

    /// The job asks for its own end from inside one of its callbacks, so it is deleted from the event loop.
    void over(RunId run)
    {
        auto node = jobs.extract(run);
        if (node.empty())
            return;
        const OperationProgress last = node.mapped()->progress();
        done.push_back(std::move(node.mapped()));
        QMetaObject::invokeMethod(
            &self, [this] { done.clear(); }, Qt::QueuedConnection);
        nudge();
        emit self.finished(last);
    }

    void keep(Call call)
    {
        calls.remove_if([](const Call &old) { return !old.isOpen(); });
        calls.push_back(std::move(call));
    }

    void fetchAndGo(RunId run, bool leftover)
    {
        keep(store.blocks().run(run, [this, run, leftover](const Result<OperationRun> &summary) {
            if (summary && !find(run)) {
                OperationRun paused = *summary;
                if (paused.state == OperationRunState::Done || paused.state == OperationRunState::Cancelled)
                    return;
                paused.state = OperationRunState::Paused; // until go() says otherwise
                adopt(paused, leftover);
            }
            if (OperationJob *job = find(run))
                job->go();
        }));
    }

    OperationRunner &self;
    Store &store;
    WireOf wireOf;
    Clock &clock;
    std::map<AccountId, RunId> holders;
    bool nudging = false;
    std::map<RunId, std::unique_ptr<OperationJob>> jobs;
    std::vector<std::unique_ptr<OperationJob>> done;
    std::list<Call> calls; ///< last: goes first
};

OperationRunner::OperationRunner(Store &store, WireOf wireOf, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_parts(std::make_unique<Parts>(*this, store, std::move(wireOf), clock))
{
}

OperationRunner::~OperationRunner() = default;

void OperationRunner::start(RunId run)
{
    m_parts->fetchAndGo(run, false);
}

void OperationRunner::offer(const std::vector<OperationRun> &runs)
{
    for (OperationRun run : runs) {
        if (run.state == OperationRunState::Done || run.state == OperationRunState::Cancelled || m_parts->find(run.id))
            continue;
        run.state = OperationRunState::Paused;
        emit progressed(m_parts->adopt(run, true).progress());
    }
}

void OperationRunner::pause(RunId run)
{
    if (OperationJob *job = m_parts->find(run))
        job->pause();
}

void OperationRunner::resume(RunId run)
{
    if (OperationJob *job = m_parts->find(run))
        job->go();
    else
        m_parts->fetchAndGo(run, true);
}

void OperationRunner::cancel(RunId run)
{
    if (OperationJob *job = m_parts->find(run))
        job->cancel();
    else
        keep(m_parts->store.blocks().cancel(run, [](const Done &) {}));
}

void OperationRunner::keep(Call call)
{
    m_parts->keep(std::move(call));
}

bool OperationRunner::isStoring() const
{
    const auto isOpen = [](const Call &call) { return call.isOpen(); };
    return std::any_of(m_parts->calls.begin(), m_parts->calls.end(), isOpen)
        || std::any_of(
            m_parts->jobs.begin(), m_parts->jobs.end(), [](const auto &job) { return job.second->isStoring(); });
}

std::vector<OperationProgress> OperationRunner::active() const
{
    std::vector<OperationProgress> all;
    all.reserve(m_parts->jobs.size());
    for (const auto &[run, job] : m_parts->jobs)
        all.push_back(job->progress());
    return all;
}

} // namespace rollcall
