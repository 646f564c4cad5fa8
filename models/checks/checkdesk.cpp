// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/checks/checkdesk.h"

#include "models/base/chain.h"
#include "models/runs/runner.h"
#include "models/store/runbook.h"
#include "models/store/store.h"

#include <QCoreApplication>
#include <QThreadPool>

namespace rollcall {
namespace {

/// What the planning thread hands back; it must not die over there, since callbacks hold things of the window.
struct Answer {
    Chain chain;
    std::function<void(Result<CheckPlan>)> then;
    Result<CheckPlan> plan = CheckPlan{};
};

/// Plans on a worker thread: a million people take longer than a window may stand still.
void planAside(std::vector<CheckCandidate> candidates, const Account &account, const RunOptions &options,
    const BudgetUse &use, const TimeView &time, std::shared_ptr<Answer> answer)
{
    QThreadPool::globalInstance()->start(
        [candidates = std::move(candidates), account, options, use, time, answer = std::move(answer)]() mutable {
            answer->plan = planChecks(candidates, account, options, use, time);
            Answer *finished = answer.get();
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [answer = std::move(answer), finished] {
                    if (finished->chain.close())
                        finished->then(std::move(finished->plan));
                },
                Qt::QueuedConnection);
        });
}

/// The last step of every plan: what was spent already, then the pure plan.
void planWith(Store &store, const Chain &chain, std::vector<CheckCandidate> candidates, const Account &account,
    const RunOptions &options, std::function<void(Result<CheckPlan>)> then)
{
    chain.next(store.runs().budgetUse(account.id, account.budget,
        [&store, chain, candidates = std::move(candidates), account, options, then = std::move(then)](
            const Result<BudgetUse> &use) mutable {
            if (use)
                planAside(std::move(candidates), account, options, *use, store.time(),
                    std::make_shared<Answer>(Answer{chain, std::move(then)}));
            else if (chain.close())
                then(use.failure());
        }));
}

} // namespace

CheckDesk::CheckDesk(Store &store, Runner &runner)
    : m_store(store)
    , m_runner(runner)
{
}

Call CheckDesk::plan(const std::vector<PersonId> &people, const Account &account, const RunOptions &options,
    std::function<void(Result<CheckPlan>)> then)
{
    const Chain chain;
    chain.next(m_store.runs().candidates(people, account.id,
        [&store = m_store, chain, account, options, then = std::move(then)](
            Result<std::vector<CheckCandidate>> found) mutable {
            if (found)
                planWith(store, chain, *std::move(found), account, options, std::move(then));
            else if (chain.close())
                then(found.failure());
        }));
    return chain.call();
}

Call CheckDesk::planNumber(const PhoneNumber &number, const Account &account, const RunOptions &options,
    std::function<void(Result<CheckPlan>)> then)
{
    const Chain chain;
    chain.next(m_store.runs().candidate(number, account.id,
        [&store = m_store, chain, account, options, then = std::move(then)](Result<CheckCandidate> found) mutable {
            if (found)
                planWith(store, chain, {*std::move(found)}, account, options, std::move(then));
            else if (chain.close())
                then(found.failure());
        }));
    return chain.call();
}

Call CheckDesk::start(
    CheckPlan plan, const Account &account, const RunOptions &options, std::function<void(Result<RunId>)> then)
{
    auto state = std::make_shared<Call::State>();
    if (plan.ask.empty() || plan.clockMoved) {
        const Failure failure = plan.clockMoved
            ? Failure{Failure::Kind::ClockMoved, QStringLiteral("the operator has to confirm the time")}
            : Failure{Failure::Kind::BadInput, QStringLiteral("nothing to ask")};
        QMetaObject::invokeMethod(
            &m_runner,
            [state, failure, then = std::move(then)] {
                if (std::exchange(state->open, false))
                    then(failure);
            },
            Qt::QueuedConnection);
        return Call(state);
    }
    // Once handed over the run exists: it is started even when the window that asked is gone by then.
    m_runner.create(account.id, options, std::move(plan.ask), plan.cached,
        [state, then = std::move(then)](const Result<RunId> &run) {
            if (std::exchange(state->open, false))
                then(run);
        });
    return Call(state);
}

} // namespace rollcall
