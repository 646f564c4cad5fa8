// SPDX-License-Identifier: GPL-3.0-or-later
// The second half of RunJob: waiting, storing, ending.
#include "models/base/log.h"
#include "models/runs/runjob.h"
#include "models/store/store.h"

#include <algorithm>

namespace rollcall {
namespace {

constexpr qint64 lookAgainMs = 60'000; // a long wait is looked at once a minute: budgets and clocks may be changed
constexpr qint64 rateWindowMs = 60'000;

} // namespace

void RunJob::noRoom()
{
    const CheckBudget budget = m_needs.budgetOf(m_summary.account);
    m_step = m_needs.store.runs().budgetUse(m_summary.account, budget, [this](const Result<BudgetUse> &use) {
        m_loading = false;
        if (!use) {
            halt(use.failure());
            return;
        }
        if (!wantsToAsk()) {
            settleIfOver();
            return;
        }
        const qint64 wait = use->nextFreeMs - nowMs();
        if (wait > 0) {
            if (m_summary.state != RunState::WaitingForBudget)
                setState(RunState::WaitingForBudget);
            m_waitedFor = m_needs.budgetOf(m_summary.account);
            sleep(wait, true);
        } else if (++m_emptyBookings > 3) {
            sleep(1'000, false); // there is room, yet nothing was booked: others were quicker
        } else {
            pump(); // these cool down; the store passes over them now
        }
    });
}

void RunJob::nothingToTake()
{
    m_loading = false;
    if (!quiet())
        return; // comes back when what is in the air has landed
    m_loading = true;
    refresh([this] {
        m_loading = false;
        if (!wantsToAsk()) {
            settleIfOver();
        } else if (m_summary.open() == 0) {
            finish(RunState::Done);
        } else if (m_summary.nextDueMs > nowMs()) {
            const qint64 wait = m_summary.nextDueMs - nowMs();
            sleep(wait, wait >= 2'000);
        } else if (m_summary.nextDueMs > 0) {
            pump();
        } else {
            // Asked items that nobody waits for (an answer that could not be stored): ask them again.
            m_leftover = true;
            m_loading = true;
            prepare();
        }
    });
}

void RunJob::commit(std::vector<ItemAnswer> answers, std::function<void(bool)> then)
{
    qint64 settled = 0;
    for (ItemAnswer &answer : answers) {
        if (answer.state == RunItemState::Planned && m_summary.state == RunState::Cancelled) {
            answer.state = RunItemState::NotAsked;
            answer.reason = QStringLiteral("cancelled");
        }
        settled += answer.state == RunItemState::Answered || answer.state == RunItemState::Failed;
    }
    ++m_committing;
    keep(m_needs.store.runs().answer(
        m_summary.id, answers, [this, answers, settled, then = std::move(then)](const Done &done) {
            --m_committing;
            if (!done) {
                // What the gateway said is kept in memory and stored first on Resume.
                m_unsaved.insert(m_unsaved.end(), answers.begin(), answers.end());
                if (m_summary.state == RunState::Cancelled)
                    m_summary.state = RunState::Running; // not over yet: to be resumed, or cancelled again
                halt(done.failure());
                then(false);
                return;
            }
            const qint64 now = m_needs.clock.now().monotonicMs;
            if (settled > 0)
                m_settled.emplace_back(now, settled);
            while (!m_settled.empty() && now - m_settled.front().first >= rateWindowMs)
                m_settled.pop_front();
            then(true);
        }));
}

void RunJob::refresh(std::function<void()> then)
{
    keep(m_needs.store.runs().summary(m_summary.id, [this, then = std::move(then)](const Result<RunSummary> &summary) {
        if (summary) {
            // The state here is ahead of the stored one for some milliseconds; the counts are the store's alone.
            const RunState state = m_summary.state;
            m_summary = *summary;
            m_summary.state = state;
            m_needs.progressed();
        }
        then();
    }));
}

void RunJob::setState(RunState state)
{
    m_summary.state = state;
    keep(m_needs.store.runs().setState(m_summary.id, state, [this](const Done &done) { noteState(done); }));
}

void RunJob::noteState(const Done &done) const
{
    if (!done)
        log::warning("runs",
            QStringLiteral("run %1: its state could not be stored: %2")
                .arg(m_summary.id.value())
                .arg(done.failure().detail));
}

void RunJob::halt(const Failure &failure)
{
    m_timer = Call();
    m_waitingUntilMs = 0;
    if (!wantsToAsk())
        return; // the operator was quicker
    m_halted = failure;
    m_summary.state = RunState::Paused;
    keep(m_needs.store.runs().halt(m_summary.id, failure, [this](const Done &done) { noteState(done); }));
    m_needs.progressed();
}

void RunJob::sleep(qint64 ms, bool shown)
{
    const qint64 until = shown ? nowMs() + ms : 0;
    const bool news = until != m_waitingUntilMs;
    m_waitingUntilMs = until;
    m_timer = m_needs.clock.after(std::min(ms, lookAgainMs), [this] { awake(); });
    if (news)
        m_needs.progressed();
}

void RunJob::awake()
{
    const CheckBudget budget = m_needs.budgetOf(m_summary.account);
    const bool sameBudget = budget.perHour == m_waitedFor.perHour && budget.perDay == m_waitedFor.perDay;
    const qint64 rest = m_waitingUntilMs - nowMs();
    // Only a look whether the operator allowed more or the clock was moved; the store is asked again when there is
    // room.
    if (m_summary.state == RunState::WaitingForBudget && rest > 0 && sameBudget && !clockIsBehind())
        sleep(rest, true);
    else
        pump();
}

bool RunJob::isStoring() const
{
    return m_loading || m_committing > 0
        || std::any_of(m_writes.begin(), m_writes.end(), [](const Call &call) { return call.isOpen(); });
}

void RunJob::settleIfOver()
{
    if (m_summary.state == RunState::Cancelled && quiet())
        finish(RunState::Cancelled);
}

void RunJob::finish(RunState state)
{
    if (m_over)
        return;
    m_over = true;
    m_timer = Call();
    m_waitingUntilMs = 0;
    m_summary.state = state;
    if (!m_halted)
        m_halted = m_lastFailure; // the sentence for a run whose last requests failed
    keep(m_needs.store.runs().setState(m_summary.id, state, [this](const Done &done) {
        if (!done) {
            m_over = false;
            m_summary.state = RunState::Paused;
            m_halted = done.failure();
            m_needs.progressed();
            return;
        }
        m_needs.finished();
    }));
}

void RunJob::keep(Call call)
{
    m_writes.remove_if([](const Call &old) { return !old.isOpen(); });
    m_writes.push_back(std::move(call));
}

} // namespace rollcall
