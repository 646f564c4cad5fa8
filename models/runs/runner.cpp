// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runs/runner.h"

#include "models/gateways/gateway.h"
#include "models/runs/runjob.h"
#include "models/store/runbook.h"
#include "models/store/store.h"

#include <algorithm>
#include <list>
#include <map>

namespace rollcall {
namespace {

Runner::CheckerOf checkersOf(Runner::GatewayOf gatewayOf)
{
    return [gatewayOf = std::move(gatewayOf)](AccountId account) -> std::optional<Checker> {
        Gateway *gateway = gatewayOf(account);
        if (!gateway)
            return std::nullopt;
        Checker checker;
        checker.capabilities = gateway->capabilities();
        checker.check = [gateway](const std::vector<QString> &inputs, const CheckOptions &options, Checker::Then then,
                            Checker::MayLeave mayLeave) {
            return gateway->check(inputs, options, std::move(then), std::move(mayLeave));
        };
        checker.readyInMs = [gateway] { return gateway->readyInMs(); };
        return checker;
    };
}

} // namespace

struct Runner::Parts {
    Parts(Runner &runner, Store &openStore, CheckerOf checkers, BudgetOf budgets, Clock &time)
        : self(runner)
        , store(openStore)
        , checkerOf(std::move(checkers))
        , budgetOf(std::move(budgets))
        , clock(time)
    {
    }

    RunJob *find(RunId run)
    {
        const auto found = jobs.find(run);
        return found == jobs.end() ? nullptr : found->second.get();
    }

    RunJob &adopt(const RunSummary &summary, bool leftover)
    {
        const RunId run = summary.id;
        RunJob::Needs needs{store, clock, checkerOf, budgetOf,
            [this, run] {
                if (const RunJob *job = find(run))
                    emit self.progressed(job->progress());
            },
            [this, run] { over(run); }};
        auto &slot = jobs[run];
        slot = std::make_unique<RunJob>(summary, leftover, std::move(needs));
        return *slot;
    }

    /// The job asks for its own end from inside one of its callbacks, so it is deleted from the event loop.
    void over(RunId run)
    {
        auto node = jobs.extract(run);
        if (node.empty())
            return;
        const RunProgress last = node.mapped()->progress();
        done.push_back(std::move(node.mapped()));
        QMetaObject::invokeMethod(
            &self, [this] { done.clear(); }, Qt::QueuedConnection);
        emit self.finished(last);
    }

    void keep(Call call)
    {
        calls.remove_if([](const Call &old) { return !old.isOpen(); });
        calls.push_back(std::move(call));
    }

    /// Takes a run of the store that has no job and lets it go.
    void fetchAndGo(RunId run, bool leftover)
    {
        keep(store.runs().summary(run, [this, run, leftover](const Result<RunSummary> &summary) {
            if (summary && !find(run)) {
                RunSummary paused = *summary;
                paused.state = RunState::Paused; // until go() says otherwise
                adopt(paused, leftover).go();
            } else if (!summary) {
                RunProgress failed;
                failed.summary.id = run;
                failed.halted = summary.failure();
                emit self.progressed(failed);
            }
        }));
    }

    Runner &self;
    Store &store;
    CheckerOf checkerOf;
    BudgetOf budgetOf;
    Clock &clock;
    std::map<RunId, std::unique_ptr<RunJob>, std::greater<>> jobs; ///< newest first
    std::vector<std::unique_ptr<RunJob>> done;
    std::list<Call> calls;
};

Runner::Runner(Store &store, GatewayOf gatewayOf, BudgetOf budgetOf, Clock &clock, QObject *parent)
    : Runner(store, checkersOf(std::move(gatewayOf)), std::move(budgetOf), clock, parent)
{
}

Runner::Runner(Store &store, CheckerOf checkerOf, BudgetOf budgetOf, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_parts(std::make_unique<Parts>(*this, store, std::move(checkerOf), std::move(budgetOf), clock))
{
}

Runner::~Runner() = default;

void Runner::recover(std::function<void(Done)> then)
{
    m_parts->keep(m_parts->store.runs().summaries([this, then = std::move(then)](
                                                      const Result<std::vector<RunSummary>> &summaries) {
        if (!summaries) {
            then(summaries.failure());
            return;
        }
        for (RunSummary summary : *summaries) {
            if (summary.state == RunState::Done || summary.state == RunState::Cancelled || m_parts->find(summary.id))
                continue;
            if (summary.state != RunState::Paused)
                m_parts->keep(m_parts->store.runs().setState(summary.id, RunState::Paused, [](const Done &) {}));
            summary.state = RunState::Paused;
            emit progressed(m_parts->adopt(summary, true).progress());
        }
        then(Nothing{});
    }));
}

void Runner::create(AccountId account, const RunOptions &options, std::vector<RunItem> items, qint64 cached,
    std::function<void(Result<RunId>)> then)
{
    m_parts->keep(m_parts->store.runs().create(
        account, options, std::move(items), cached, [this, then = std::move(then)](const Result<RunId> &run) {
            if (run)
                start(*run);
            then(run);
        }));
}

void Runner::start(RunId run)
{
    if (!m_parts->find(run))
        m_parts->fetchAndGo(run, false);
}

void Runner::pause(RunId run)
{
    if (RunJob *job = m_parts->find(run))
        job->pause();
}

void Runner::resume(RunId run)
{
    if (RunJob *job = m_parts->find(run))
        job->go();
    else
        m_parts->fetchAndGo(run, true);
}

void Runner::cancel(RunId run)
{
    if (RunJob *job = m_parts->find(run)) {
        job->cancel();
        return;
    }
    m_parts->keep(m_parts->store.runs().cancel(run, [](const Done &) {}));
}

void Runner::retryFailed(RunId run)
{
    m_parts->keep(m_parts->store.runs().retryFailed(run, [this, run](const Result<qint64> &count) {
        if (count && *count > 0)
            resume(run);
    }));
}

bool Runner::isStoring() const
{
    const auto isOpen = [](const Call &call) { return call.isOpen(); };
    return std::any_of(m_parts->calls.begin(), m_parts->calls.end(), isOpen)
        || std::any_of(
            m_parts->jobs.begin(), m_parts->jobs.end(), [](const auto &job) { return job.second->isStoring(); });
}

std::vector<RunProgress> Runner::active() const
{
    std::vector<RunProgress> all;
    all.reserve(m_parts->jobs.size());
    for (const auto &[run, job] : m_parts->jobs)
        all.push_back(job->progress());
    return all;
}

} // namespace rollcall
