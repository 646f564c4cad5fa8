// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/blocks/blockrun.h"

#include "models/blocks/blockjob.h"
#include "models/gateways/gateway.h"
#include "models/store/store.h"

#include <algorithm>
#include <list>
#include <map>

namespace rollcall {
namespace {

ListSource listOf(Gateway *gateway)
{
    const Capabilities can = gateway->capabilities();
    ListSource list;
    list.pageSize = std::max(can.pageSize, 1);
    if (can.listBlocked)
        list.page = [gateway](const PageAsk &ask, std::function<void(Result<BlockedPage>)> then) {
            return gateway->blocked(ask, std::move(then));
        };
    else if (can.tellBlocked)
        list.tell = [gateway](const QString &who, std::function<void(Result<std::optional<bool>>)> then) {
            return gateway->contact(who, [then = std::move(then)](const Result<GatewayContact> &contact) {
                if (contact)
                    then(contact->blocked);
                else
                    then(contact.failure());
            });
        };
    return list;
}

BlockRunner::BlockerOf blockersOf(BlockRunner::GatewayOf gatewayOf)
{
    return [gatewayOf = std::move(gatewayOf)](AccountId account) -> std::optional<Blocker> {
        Gateway *gateway = gatewayOf(account);
        if (!gateway)
            return std::nullopt;
        Blocker blocker;
        blocker.capabilities = gateway->capabilities();
        blocker.block = [gateway](const std::vector<QString> &people, Blocker::Then then, Blocker::MayLeave mayLeave) {
            return gateway->block(people, std::move(then), std::move(mayLeave));
        };
        blocker.unblock
            = [gateway](const std::vector<QString> &people, Blocker::Then then, Blocker::MayLeave mayLeave) {
                  return gateway->unblock(people, std::move(then), std::move(mayLeave));
              };
        blocker.report = [gateway](const QString &who, const QString &reason, bool block,
                             std::function<void(Done)> then, Blocker::MayLeave mayLeave) {
            return gateway->report(who, reason, block, std::move(then), std::move(mayLeave));
        };
        blocker.list = listOf(gateway);
        blocker.readyInMs = [gateway] { return gateway->readyInMs(); };
        blocker.writeDeadlineMs = blocker.capabilities.writeDeadlineMs;
        return blocker;
    };
}

} // namespace

struct BlockRunner::Parts {
    Parts(BlockRunner &runner, Store &openStore, BlockerOf blockers, Clock &time)
        : self(runner)
        , store(openStore)
        , blockerOf(std::move(blockers))
        , clock(time)
    {
    }

    BlockJob *find(RunId run)
    {
        const auto found = jobs.find(run);
        return found == jobs.end() ? nullptr : found->second.get();
    }

    BlockJob &adopt(const OperationRun &summary, bool leftover)
    {
        const RunId run = summary.id;
        const AccountId account = summary.account;
        BlockJob::Needs needs{store, clock, blockerOf, [this, run, account] { return isTurnOf(run, account); },
            [this, run] {
                if (const BlockJob *job = find(run))
                    emit self.progressed(job->progress());
            },
            [this] { nudge(); }, [this, run] { over(run); }};
        auto &slot = jobs[run];
        slot = std::make_unique<BlockJob>(summary, leftover, std::move(needs));
        return *slot;
    }

    /// One run of an account is at it: it keeps the turn until it rests, then the oldest that wants has it.
    bool isTurnOf(RunId run, AccountId account)
    {
        RunId &holder = holders[account];
        const BlockJob *present = find(holder);
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
                    if (BlockJob *job = find(run))
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
            if (BlockJob *job = find(run))
                job->go();
        }));
    }

    BlockRunner &self;
    Store &store;
    BlockerOf blockerOf;
    Clock &clock;
    std::map<AccountId, RunId> holders;
    bool nudging = false;
    std::map<RunId, std::unique_ptr<BlockJob>> jobs;
    std::vector<std::unique_ptr<BlockJob>> done;
    std::list<Call> calls; ///< last: goes first
};

BlockRunner::BlockRunner(Store &store, GatewayOf gatewayOf, Clock &clock, QObject *parent)
    : BlockRunner(store, blockersOf(std::move(gatewayOf)), clock, parent)
{
}

BlockRunner::BlockRunner(Store &store, BlockerOf blockerOf, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_parts(std::make_unique<Parts>(*this, store, std::move(blockerOf), clock))
{
}

BlockRunner::~BlockRunner() = default;

void BlockRunner::recover(std::function<void(Result<qint64>)> then)
{
    m_parts->keep(m_parts->store.blocks().recover([this, then = std::move(then)](const Result<qint64> &unknown) {
        if (!unknown) {
            then(unknown.failure());
            return;
        }
        m_parts->keep(
            m_parts->store.blocks().runs([this, count = *unknown, then](const Result<std::vector<OperationRun>> &runs) {
                if (!runs) {
                    then(runs.failure());
                    return;
                }
                for (OperationRun run : *runs) {
                    if (run.state == OperationRunState::Done || run.state == OperationRunState::Cancelled
                        || m_parts->find(run.id))
                        continue;
                    run.state = OperationRunState::Paused;
                    emit progressed(m_parts->adopt(run, true).progress());
                }
                then(count);
            }));
    }));
}

void BlockRunner::create(
    const OperationOrder &order, const std::vector<OperationItem> &items, std::function<void(Result<RunId>)> then)
{
    m_parts->keep(m_parts->store.blocks().start(order, items, [this, then = std::move(then)](const Result<RunId> &run) {
        if (run)
            m_parts->fetchAndGo(*run, false);
        then(run);
    }));
}

void BlockRunner::arm(
    const OperationOrder &order, const std::vector<OperationItem> &items, std::function<void(Result<qint64>)> then)
{
    m_parts->keep(m_parts->store.blocks().arm(order, items, std::move(then)));
}

void BlockRunner::pause(RunId run)
{
    if (BlockJob *job = m_parts->find(run))
        job->pause();
}

void BlockRunner::resume(RunId run)
{
    if (BlockJob *job = m_parts->find(run))
        job->go();
    else
        m_parts->fetchAndGo(run, true);
}

void BlockRunner::cancel(RunId run)
{
    if (BlockJob *job = m_parts->find(run))
        job->cancel();
    else
        m_parts->keep(m_parts->store.blocks().cancel(run, [](const Done &) {}));
}

Call BlockRunner::readBack(AccountId account, std::function<void(Result<BlockReadReport>)> then)
{
    const std::optional<Blocker> found = blocker(account);
    return rollcall::readBack(m_parts->store, m_parts->clock, found.value_or(Blocker{}),
        {.account = account, .whole = found && found->list.page},
        [then = std::move(then)](const Result<ReadBackResult> &result) {
            if (result)
                then(result->report);
            else
                then(result.failure());
        });
}

Call BlockRunner::readWhole(AccountId account, std::function<void(Result<WholeRead>)> then)
{
    const std::optional<Blocker> found = blocker(account);
    return rollcall::readBack(m_parts->store, m_parts->clock, found.value_or(Blocker{}),
        {.account = account, .whole = true}, [then = std::move(then)](const Result<ReadBackResult> &result) {
            if (result)
                then(WholeRead{result->report, result->restarts});
            else
                then(result.failure());
        });
}

std::optional<Blocker> BlockRunner::blocker(AccountId account) const
{
    return m_parts->blockerOf(account);
}

bool BlockRunner::isStoring() const
{
    const auto isOpen = [](const Call &call) { return call.isOpen(); };
    return std::any_of(m_parts->calls.begin(), m_parts->calls.end(), isOpen)
        || std::any_of(
            m_parts->jobs.begin(), m_parts->jobs.end(), [](const auto &job) { return job.second->isStoring(); });
}

std::vector<OperationProgress> BlockRunner::active() const
{
    std::vector<OperationProgress> all;
    all.reserve(m_parts->jobs.size());
    for (const auto &[run, job] : m_parts->jobs)
        all.push_back(job->progress());
    return all;
}

} // namespace rollcall
