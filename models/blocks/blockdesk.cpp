// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/blocks/blockdesk.h"

#include "models/base/aside.h"
#include "models/base/chain.h"
#include "models/blocks/blockrun.h"
#include "models/store/stops.h"
#include "models/store/store.h"

#include <QCoreApplication>
#include <algorithm>
#include <memory>

namespace rollcall {
namespace {

/// Of those that could be read.
std::vector<AliasKey> keysOf(const std::vector<PhoneNumber> &numbers)
{
    std::vector<AliasKey> keys;
    for (const PhoneNumber &number : numbers)
        if (number.hasE164())
            keys.push_back(number.key());
    return keys;
}

/// The last steps of every plan: how full the list is, then the pure plan.
void planWith(Store &store, const Chain &chain, std::vector<BlockCandidate> candidates, const Account &account,
    const BlockOptions &options, std::function<void(Result<BlockPlan>)> then)
{
    const qint64 nowMs = std::max(store.clock().now().wallMs, store.time().latestSeenMs);
    chain.next(store.blocks().use(account.id,
        [chain, candidates = std::move(candidates), account, options, nowMs, then = std::move(then)](
            const Result<BlockListUse> &use) mutable {
            if (!use) {
                if (chain.close())
                    then(use.failure());
                return;
            }
            aside<BlockPlan>(
                chain,
                [candidates = std::move(candidates), account, options, use = *use, nowMs] {
                    return planBlocks(candidates, account, options, use, nowMs);
                },
                std::move(then));
        }));
}

/// Answers from the event loop, like everything that takes a callback.
Call later(QObject *on, std::function<void()> what)
{
    auto state = std::make_shared<Call::State>();
    QMetaObject::invokeMethod(
        on,
        [state, what = std::move(what)] {
            if (std::exchange(state->open, false))
                what();
        },
        Qt::QueuedConnection);
    return Call(state);
}

std::optional<Failure> objection(const BlockPlan &plan, const OperationOrder &order)
{
    const auto bad = [](const QString &detail) { return Failure{.kind = Failure::Kind::BadInput, .detail = detail}; };
    if (plan.kind != order.kind)
        return bad(QStringLiteral("the plan is for another act"));
    if (plan.send.empty() && plan.arm.empty())
        return bad(QStringLiteral("nothing to do"));
    if (order.kind == OperationKind::Block && order.reason.trimmed().isEmpty())
        return bad(QStringLiteral("a block needs a reason"));
    return std::nullopt;
}

} // namespace

BlockDesk::BlockDesk(Store &store, BlockRunner &runner)
    : m_store(store)
    , m_runner(runner)
{
}

Call BlockDesk::plan(const BlockChoice &choice, const Account &account, const BlockOptions &options,
    std::function<void(Result<BlockPlan>)> then)
{
    const Chain chain;
    auto found = [&store = m_store, chain, account, options, then = std::move(then)](
                     Result<std::vector<BlockCandidate>> candidates) mutable {
        if (candidates)
            planWith(store, chain, *std::move(candidates), account, options, std::move(then));
        else if (chain.close())
            then(candidates.failure());
    };
    Blocks &blocks = m_store.blocks();
    if (!choice.people.empty())
        chain.next(blocks.candidates(choice.people, account.id, std::move(found)));
    else if (!choice.numbers.empty())
        chain.next(blocks.numberCandidates(choice.numbers, account.id, std::move(found)));
    else
        chain.next(blocks.entryCandidates(choice.entries, account.id, std::move(found)));
    return chain.call();
}

Call BlockDesk::start(
    const BlockPlan &plan, const OperationOrder &order, std::function<void(Result<BlockStarted>)> then)
{
    return start(std::make_shared<const BlockPlan>(plan), order, std::move(then));
}

Call BlockDesk::start(const std::shared_ptr<const BlockPlan> &plan, const OperationOrder &order,
    std::function<void(Result<BlockStarted>)> then)
{
    if (const std::optional<Failure> refused = objection(*plan, order))
        return later(&m_runner, [then = std::move(then), refused] { then(*refused); });
    // Once handed over it is carried out, also when the window that asked is gone by then: only the answer is silenced.
    auto state = std::make_shared<Call::State>();
    const auto answer = [state, then = std::move(then)](const Result<BlockStarted> &started) {
        if (std::exchange(state->open, false))
            then(started);
    };
    using Items = std::shared_ptr<const std::vector<OperationItem>>;
    const auto send = [&runner = m_runner, plan, order, answer](qint64 armed) {
        if (plan->send.empty())
            return answer(BlockStarted{{}, armed});
        runner.createShared(order, Items(plan, &plan->send), [answer, armed](const Result<RunId> &run) {
            answer(run ? Result<BlockStarted>(BlockStarted{*run, armed}) : Result<BlockStarted>(run.failure()));
        });
    };
    if (plan->arm.empty())
        send(0);
    else
        m_runner.armShared(order, Items(plan, &plan->arm), [send, answer](const Result<qint64> &armed) {
            if (armed)
                send(*armed);
            else
                answer(armed.failure());
        });
    return Call(state);
}

Call BlockDesk::planUndo(RunId run, const Account &account, std::function<void(Result<BlockPlan>)> then)
{
    const Chain chain;
    const auto failed = [chain](const std::function<void(Result<BlockPlan>)> &told, const Failure &failure) {
        if (chain.close())
            told(failure);
    };
    chain.next(m_store.blocks().run(
        run, [&store = m_store, chain, account, run, failed, then = std::move(then)](const Result<OperationRun> &of) {
            if (!of)
                return failed(then, of.failure());
            BlockOptions options;
            options.kind = of->kind == OperationKind::Block ? OperationKind::Unblock : OperationKind::Block;
            options.closed = options.notKnown = WindowChoice::Try;
            chain.next(store.blocks().entries(of->account,
                [&store, chain, account, run, options, failed, then](const Result<std::vector<BlockEntry>> &entries) {
                    if (!entries)
                        return failed(then, entries.failure());
                    std::vector<BlockId> done;
                    for (const BlockEntry &entry : *entries) {
                        if (entry.run == run && entry.state == OperationState::Done)
                            done.push_back(entry.id);
                    }
                    chain.next(store.blocks().entryCandidates(done, account.id,
                        [&store, chain, account, options, failed, then](
                            Result<std::vector<BlockCandidate>> candidates) {
                            if (candidates)
                                planWith(store, chain, *std::move(candidates), account, options, then);
                            else
                                failed(then, candidates.failure());
                        }));
                }));
        }));
    return chain.call();
}

Call BlockDesk::blockByRule(
    const BlockChoice &choice, const Account &account, std::function<void(Result<BlockStarted>)> then)
{
    OperationOrder order;
    order.account = account.id;
    order.reason = QStringLiteral("opt-out");
    order.source = QStringLiteral("rule:block-on-stop");
    order.stop = true;
    const Chain chain;
    // The stop comes first and whatever the plan says: it is what the person asked for.
    chain.next(m_store.stops().stop(
        choice.people, keysOf(choice.numbers), order.reason,
        [this, chain, choice, account, order, then = std::move(then)](const Done &done) {
            if (!done) {
                if (chain.close())
                    then(done.failure());
                return;
            }
            chain.next(plan(choice, account, {}, [this, chain, order, then](const Result<BlockPlan> &planned) {
                const bool empty = planned && planned->send.empty() && planned->arm.empty();
                if (!planned || empty) {
                    if (chain.close())
                        then(planned ? Result<BlockStarted>(BlockStarted{}) : Result<BlockStarted>(planned.failure()));
                    return;
                }
                chain.next(start(*planned, order, [chain, then](const Result<BlockStarted> &started) {
                    if (chain.close())
                        then(started);
                }));
            }));
        },
        Stops::Undo::No));
    return chain.call();
}

} // namespace rollcall
