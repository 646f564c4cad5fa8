// SPDX-License-Identifier: GPL-3.0-or-later
// The second half of OperationJob: waiting, storing, reading back, ending.
#include "models/base/log.h"
#include "models/runs/operationjob.h"
#include "models/store/store.h"

#include <algorithm>

namespace rollcall {
namespace {

constexpr qint64 lookAgainMs = 60'000;
constexpr qint64 rateWindowMs = 60'000;

} // namespace

void OperationJob::nothingToSend()
{
    refresh([this] {
        m_loading = false;
        if (!wants())
            settleIfOver();
        else if (m_run.open() == 0)
            readOutcome();
        else if (m_run.nextDueMs > nowMs())
            sleep(m_run.nextDueMs - nowMs(), m_run.nextDueMs - nowMs() >= 2'000);
        else if (m_run.nextDueMs > 0)
            pump();
        else
            halt({.kind = Failure::Kind::Storage, .detail = QStringLiteral("operations without an answer")});
    });
}

void OperationJob::readOutcome()
{
    const OperationWire now = wire();
    if (now.obstacle || !now.readBack) {
        finish(OperationRunState::Done);
        return;
    }
    m_readingBack = m_loading = true;
    m_notReadBack.reset();
    m_step = now.readBack(
        m_run.id,
        [this](qint64 untilMs) {
            m_waitingUntilMs = untilMs;
            m_needs.progressed();
        },
        [this](const std::optional<Failure> &failure) { readDone(failure); });
    m_needs.progressed();
}

void OperationJob::readDone(const std::optional<Failure> &failure)
{
    m_waitingUntilMs = 0;
    if (failure)
        m_notReadBack = failure; // done stays not confirmed, unknown stays unknown
    refresh([this] {
        m_readingBack = m_loading = false;
        if (wants())
            finish(OperationRunState::Done);
        else
            settleIfOver();
    });
}

void OperationJob::commit(std::vector<OperationAnswer> answers, std::function<void()> then)
{
    const qint64 settled = std::count_if(answers.begin(), answers.end(), [](const OperationAnswer &answer) {
        return answer.state == OperationState::Done || answer.state == OperationState::Refused
            || answer.state == OperationState::Unknown;
    });
    ++m_committing;
    keep(m_needs.store.blocks().answer(
        m_run.id, answers, [this, answers, settled, then = std::move(then)](const Done &done) {
            --m_committing;
            m_flight.clear();
            if (!done) {
                // What the gateway said is kept in memory and stored first on Resume. Should the program end before,
                // they are still `sending` on disk, and unknown at its next start.
                m_unsaved.insert(m_unsaved.end(), answers.begin(), answers.end());
                if (m_run.state == OperationRunState::Cancelled)
                    m_run.state = OperationRunState::Running; // not over yet: to be resumed, or cancelled again
                halt(done.failure());
                return;
            }
            const qint64 now = m_needs.clock.now().monotonicMs;
            if (settled > 0)
                m_settled.emplace_back(now, settled);
            while (!m_settled.empty() && now - m_settled.front().first >= rateWindowMs)
                m_settled.pop_front();
            then();
        }));
}

void OperationJob::refresh(std::function<void()> then)
{
    keep(m_needs.store.blocks().run(m_run.id, [this, then = std::move(then)](const Result<OperationRun> &run) {
        if (run) {
            // The state here is ahead of the stored one for some milliseconds; the counts are the store's alone.
            const OperationRunState state = m_run.state;
            m_run = *run;
            m_run.state = state;
            m_needs.progressed();
        }
        then();
    }));
}

void OperationJob::halt(const Failure &failure)
{
    m_timer = Call();
    m_waitingUntilMs = 0;
    if (!wants())
        return; // the operator was quicker
    m_halted = failure;
    m_run.state = OperationRunState::Paused;
    keep(m_needs.store.blocks().halt(m_run.id, failure, [this](const Done &done) {
        if (!done)
            log::warning("operations",
                QStringLiteral("run %1: its state could not be stored: %2")
                    .arg(m_run.id.value())
                    .arg(done.failure().detail));
    }));
    m_needs.progressed();
    settleIfOver();
}

void OperationJob::sleep(qint64 ms, bool shown)
{
    const qint64 until = shown ? m_needs.clock.now().wallMs + ms : 0;
    const bool news = until != m_waitingUntilMs;
    m_waitingUntilMs = until;
    m_timer = m_needs.clock.after(std::min(ms, lookAgainMs), [this] {
        m_waitingUntilMs = 0;
        pump();
    });
    if (news)
        m_needs.progressed();
}

void OperationJob::settleIfOver()
{
    if (wants() || !isQuiet())
        return;
    if (m_run.state == OperationRunState::Cancelled)
        finish(OperationRunState::Cancelled);
    m_needs.quietened();
}

void OperationJob::finish(OperationRunState state)
{
    if (m_over)
        return;
    m_over = true;
    m_timer = Call();
    m_waitingUntilMs = 0;
    m_run.state = state;
    keep(m_needs.store.blocks().setState(m_run.id, state, [this](const Done &done) {
        if (!done) {
            m_over = false;
            m_run.state = OperationRunState::Paused;
            m_halted = done.failure();
            m_needs.progressed();
            m_needs.quietened();
            return;
        }
        m_needs.finished();
    }));
}

void OperationJob::keep(Call call)
{
    m_writes.remove_if([](const Call &old) { return !old.isOpen(); });
    m_writes.push_back(std::move(call));
}

} // namespace rollcall
