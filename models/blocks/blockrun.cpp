// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/blocks/blockrun.h"

#include "models/blocks/blockanswers.h"
#include "models/blocks/readback.h"
#include "models/gateways/gateway.h"
#include "models/store/store.h"

#include <algorithm>

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

std::optional<Failure> obstacleOf(const std::optional<Blocker> &blocker, const OperationRun &run)
{
    if (!blocker)
        return Failure{.kind = Failure::Kind::NotFound,
            .detail = QStringLiteral("no gateway for account %1").arg(run.account.value())};
    const bool can = run.kind == OperationKind::Report ? blocker->capabilities.report : blocker->capabilities.block;
    if (!can)
        return Failure{.kind = Failure::Kind::Unsupported, .detail = QStringLiteral("this account cannot do that")};
    return std::nullopt;
}

/// One write of a block, unblock or report run.
Call sendBatch(const Blocker &blocker, const OperationRun &run, const std::vector<OperationItem> &items,
    const std::function<qint64()> &nowMs, OperationWire::Backoff backoff, OperationWire::Then then,
    OperationWire::MayLeave mayLeave)
{
    std::vector<QString> inputs; // each text once: two aliases may have one confirmed wa_id
    std::vector<std::size_t> inputOf;
    for (const OperationItem &item : items) {
        const auto found = std::find(inputs.begin(), inputs.end(), item.ask);
        inputOf.push_back(std::size_t(found - inputs.begin()));
        if (found == inputs.end())
            inputs.push_back(item.ask);
    }
    const auto landed
        = [items, inputOf, nowMs, backoff = std::move(backoff), then = std::move(then)](
              const Result<BlockReply> &reply) { then(readWrite(items, inputOf, reply, nowMs(), backoff)); };
    if (run.kind == OperationKind::Block)
        return blocker.block(inputs, landed, std::move(mayLeave));
    if (run.kind == OperationKind::Unblock)
        return blocker.unblock(inputs, landed, std::move(mayLeave));
    const QString who = inputs.front();
    return blocker.report(
        who, run.reason, false,
        [landed, who](const Done &done) {
            if (!done)
                return landed(done.failure());
            BlockReply reply;
            reply.people.push_back({.input = who, .outcome = BlockAnswer::Outcome::Done});
            landed(reply);
        },
        std::move(mayLeave));
}

OperationWire wireOf(const std::optional<Blocker> &blocker, const OperationRun &run, Store &store, Clock &clock)
{
    OperationWire wire;
    wire.obstacle = obstacleOf(blocker, run);
    if (wire.obstacle)
        return wire;
    wire.batch = run.kind == OperationKind::Report ? 1 : blocker->capabilities.blockBatch;
    wire.readyInMs = blocker->readyInMs;
    wire.send = [blocker, run, &store, &clock](const std::vector<OperationItem> &items, OperationWire::Backoff backoff,
                    OperationWire::Then then, OperationWire::MayLeave mayLeave) {
        const auto nowMs = [&store, &clock] { return std::max(clock.now().wallMs, store.time().latestSeenMs); };
        return sendBatch(*blocker, run, items, nowMs, std::move(backoff), std::move(then), std::move(mayLeave));
    };
    if (run.kind != OperationKind::Report && blocker->list.canRead())
        wire.readBack = [blocker, account = run.account, &store, &clock](RunId id, OperationWire::Waiting waiting,
                            const std::function<void(std::optional<Failure>)> &then) {
            ReadBackAsk ask{.account = account, .run = id};
            ask.waiting = std::move(waiting);
            return readBack(store, clock, *blocker, std::move(ask), [then](const Result<ReadBackResult> &result) {
                then(result ? std::nullopt : std::optional(result.failure()));
            });
        };
    return wire;
}

} // namespace

struct BlockRunner::Parts {
    Parts(Store &openStore, BlockerOf blockers, Clock &time)
        : store(openStore)
        , blockerOf(std::move(blockers))
        , clock(time)
        , operations(
              store, [this](const OperationRun &run) { return wireOf(blockerOf(run.account), run, store, clock); },
              clock)
    {
    }

    Store &store;
    BlockerOf blockerOf;
    Clock &clock;
    OperationRunner operations; ///< last: goes first
};

BlockRunner::BlockRunner(Store &store, GatewayOf gatewayOf, Clock &clock, QObject *parent)
    : BlockRunner(store, blockersOf(std::move(gatewayOf)), clock, parent)
{
}

BlockRunner::BlockRunner(Store &store, BlockerOf blockerOf, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_parts(std::make_unique<Parts>(store, std::move(blockerOf), clock))
{
    connect(&m_parts->operations, &OperationRunner::progressed, this, &BlockRunner::progressed);
    connect(&m_parts->operations, &OperationRunner::finished, this, &BlockRunner::finished);
}

BlockRunner::~BlockRunner() = default;

void BlockRunner::recover(std::function<void(Result<qint64>)> then)
{
    OperationRunner &operations = m_parts->operations;
    Store &store = m_parts->store;
    operations.keep(
        store.blocks().recover([&operations, &store, then = std::move(then)](const Result<qint64> &unknown) {
            if (!unknown) {
                then(unknown.failure());
                return;
            }
            operations.keep(
                store.blocks().runs([&operations, unknown, then](const Result<std::vector<OperationRun>> &runs) {
                    if (runs)
                        operations.offer(*runs);
                    then(runs ? unknown : Result<qint64>(runs.failure()));
                }));
        }));
}

void BlockRunner::create(
    const OperationOrder &order, const std::vector<OperationItem> &items, std::function<void(Result<RunId>)> then)
{
    createShared(order, std::make_shared<const std::vector<OperationItem>>(items), std::move(then));
}

void BlockRunner::createShared(const OperationOrder &order, std::shared_ptr<const std::vector<OperationItem>> items,
    std::function<void(Result<RunId>)> then)
{
    OperationRunner &operations = m_parts->operations;
    operations.keep(m_parts->store.blocks().startShared(
        order, std::move(items), [&operations, then = std::move(then)](const Result<RunId> &run) {
            if (run)
                operations.start(*run);
            then(run);
        }));
}

void BlockRunner::arm(
    const OperationOrder &order, const std::vector<OperationItem> &items, std::function<void(Result<qint64>)> then)
{
    armShared(order, std::make_shared<const std::vector<OperationItem>>(items), std::move(then));
}

void BlockRunner::armShared(const OperationOrder &order, std::shared_ptr<const std::vector<OperationItem>> items,
    std::function<void(Result<qint64>)> then)
{
    m_parts->operations.keep(m_parts->store.blocks().armShared(order, std::move(items), std::move(then)));
}

void BlockRunner::pause(RunId run)
{
    m_parts->operations.pause(run);
}

void BlockRunner::resume(RunId run)
{
    m_parts->operations.resume(run);
}

void BlockRunner::cancel(RunId run)
{
    m_parts->operations.cancel(run);
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
        {.account = account, .whole = true}, [then = std::move(then)](Result<ReadBackResult> result) {
            if (result) // not copied: it may be tens of thousands of lines
                then(WholeRead{std::move(result->report), result->restarts});
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
    return m_parts->operations.isStoring();
}

std::vector<OperationProgress> BlockRunner::active() const
{
    return m_parts->operations.active();
}

} // namespace rollcall
