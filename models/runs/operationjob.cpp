// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runs/operationjob.h"

#include "models/base/log.h"
#include "models/store/store.h"

#include <QRandomGenerator>
#include <algorithm>

namespace rollcall {
namespace {

constexpr int mostUnclearInRow = 3; // then the operator has to look: each one is somebody whose block is unknown
constexpr int mostWaitsInRow = 6; // offline: about a minute of trying
constexpr int mostRefusedInRow = 3; // requests of one person that are refused as such: it is not about them
constexpr qint64 rateWindowMs = 60'000;

} // namespace

OperationJob::OperationJob(OperationRun run, bool leftover, Needs needs)
    : m_needs(std::move(needs))
    , m_run(std::move(run))
    , m_leftover(leftover)
    , m_halted(m_run.halted)
    , m_beganMs(m_needs.clock.now().monotonicMs)
{
}

qint64 OperationJob::nowMs() const
{
    return std::max(m_needs.clock.now().wallMs, m_needs.store.time().latestSeenMs);
}

qint64 OperationJob::backoffMs() const
{
    const int doublings = std::clamp(m_waitsInRow, 0, 8);
    return 1 + qint64(QRandomGenerator::global()->generateDouble() * (1'000 << doublings)); // full jitter
}

OperationProgress OperationJob::progress() const
{
    OperationProgress progress;
    progress.run = m_run;
    progress.waitingUntilMs = wants() ? m_waitingUntilMs : 0;
    progress.behindAnother = wants() && m_behindAnother;
    progress.readingBack = m_readingBack;
    progress.halted = m_halted;
    progress.notReadBack = m_notReadBack;
    const qint64 now = m_needs.clock.now().monotonicMs;
    qint64 settled = 0;
    for (const auto &[at, count] : m_settled)
        settled += now - at < rateWindowMs ? count : 0;
    const qint64 window = std::clamp<qint64>(now - m_beganMs, 1'000, rateWindowMs);
    progress.perSecond = double(settled) * 1000 / double(window);
    if (wants() && settled > 0)
        progress.remainingMs = qint64(double(m_run.open()) * 1000 / progress.perSecond);
    return progress;
}

bool OperationJob::isStoring() const
{
    return (m_loading && !m_readingBack) || m_committing > 0
        || std::any_of(m_writes.begin(), m_writes.end(), [](const Call &call) { return call.isOpen(); });
}

void OperationJob::go()
{
    if (m_over || wants() || m_run.state == OperationRunState::Cancelled)
        return;
    m_halted.reset();
    m_unclearInRow = m_waitsInRow = m_refusedInRow = 0;
    m_waitingUntilMs = 0;
    m_beganMs = m_needs.clock.now().monotonicMs;
    m_run.state = OperationRunState::Running;
    m_needs.progressed();
    if (!m_loading && m_flight.empty()) {
        m_loading = true;
        prepare();
    }
}

void OperationJob::prepare()
{
    Blocks &blocks = m_needs.store.blocks();
    if (!m_unsaved.empty()) {
        m_step = blocks.answer(m_run.id, m_unsaved, [this](const Done &done) {
            if (!done) {
                m_loading = false;
                halt(done.failure());
                return;
            }
            m_unsaved.clear();
            prepare();
        });
        return;
    }
    const OperationWire now = wire();
    if (std::exchange(m_leftover, false) && m_run.unknown > 0 && !now.obstacle && now.readBack) {
        m_readingBack = true;
        m_step = now.readBack(m_run.id, {}, [this](const std::optional<Failure> &failure) {
            m_readingBack = false;
            if (failure)
                m_notReadBack = failure; // unknown stays unknown; the rest can be sent all the same
            prepare();
        });
        m_needs.progressed();
        return;
    }
    if (!wants()) { // paused or cancelled meanwhile
        m_loading = false;
        settleIfOver();
        return;
    }
    m_step = blocks.setState(m_run.id, OperationRunState::Running, [this](const Done &done) {
        m_loading = false;
        if (done)
            refresh([this] { pump(); });
        else
            halt(done.failure());
    });
}

void OperationJob::pause()
{
    if (!wants())
        return;
    m_timer = Call();
    m_run.state = OperationRunState::Paused;
    if (m_readingBack) {
        m_step = Call(); // a read may be dropped at any time
        m_readingBack = m_loading = false;
    }
    keep(m_needs.store.blocks().setState(m_run.id, OperationRunState::Paused, [](const Done &) {}));
    m_needs.progressed();
    settleIfOver();
}

void OperationJob::cancel()
{
    if (m_over || m_run.state == OperationRunState::Cancelled)
        return;
    m_timer = Call();
    m_halted.reset();
    if (m_readingBack) {
        m_step = Call();
        m_readingBack = m_loading = false;
    }
    m_run.state = OperationRunState::Cancelled;
    m_needs.progressed();
    ++m_committing;
    keep(m_needs.store.blocks().cancel(m_run.id, [this](const Done &done) {
        --m_committing;
        if (!done) {
            m_run.state = OperationRunState::Paused;
            m_halted = done.failure();
            m_needs.progressed();
            return;
        }
        refresh([this] { settleIfOver(); });
    }));
}

void OperationJob::pump()
{
    if (m_over || !wants() || !isQuiet() || m_readingBack)
        return;
    m_timer = Call();
    const bool waits = !m_needs.isMyTurn();
    if (waits != m_behindAnother) {
        m_behindAnother = waits;
        m_needs.progressed();
    }
    if (waits)
        return; // called again when the other one rests
    const OperationWire now = wire();
    if (now.obstacle) {
        halt(*now.obstacle);
        return;
    }
    // Marked only when it can leave at once: what waits for the pace can still be cancelled.
    const qint64 ready = now.readyInMs ? now.readyInMs() : 0;
    if (ready > 0 && m_run.open() > 0)
        sleep(ready, ready >= 2'000);
    else
        load(now);
}

void OperationJob::load(const OperationWire &wire)
{
    m_loading = true;
    int batch = std::max(wire.batch, 1);
    if (m_batchCap > 0)
        batch = std::min(batch, m_batchCap);
    m_step = m_needs.store.blocks().nextItems(m_run.id, batch, [this](const Result<std::vector<OperationItem>> &items) {
        if (!items) {
            m_loading = false;
            halt(items.failure());
        } else if (!wants()) {
            m_loading = false;
            settleIfOver();
        } else if (items->empty()) {
            nothingToSend();
        } else {
            mark(*items);
        }
    });
}

void OperationJob::mark(const std::vector<OperationItem> &items)
{
    std::vector<OperationId> ids;
    ids.reserve(items.size());
    for (const OperationItem &item : items)
        ids.push_back(item.id);
    m_step = m_needs.store.blocks().send(m_run.id, ids, [this](Result<std::vector<OperationItem>> marked) {
        m_loading = false;
        if (!marked) {
            halt(marked.failure()); // the intent is not on disk: the gateway is not called
        } else if (marked->empty()) {
            pump();
        } else {
            fly(*std::move(marked));
        }
    });
}

void OperationJob::fly(std::vector<OperationItem> items)
{
    m_flight = std::move(items);
    const OperationWire now = wire();
    const auto forbids = [&now](const OperationItem &item) { return now.forbids && !now.forbids(item).isEmpty(); };
    if (!wants() || now.obstacle || std::any_of(m_flight.begin(), m_flight.end(), forbids)) {
        holdBack(now);
        return;
    }
    const auto mayLeave = [this, forbids = now.forbids] {
        return wants() && std::none_of(m_flight.begin(), m_flight.end(), [&](const OperationItem &item) {
            return forbids && !forbids(item).isEmpty();
        });
    };
    m_request = now.send(
        m_flight, [this] { return backoffMs(); }, [this](const WriteOutcome &outcome) { landed(outcome); }, mayLeave);
}

/// Marked, but not to leave: who is forbidden ends here, the others are planned again.
void OperationJob::holdBack(const OperationWire &wire)
{
    WriteOutcome outcome;
    for (const OperationItem &item : m_flight) {
        const QString why = wire.forbids ? wire.forbids(item) : QString();
        OperationAnswer answer{.operation = item.id, .state = OperationState::Planned, .neverLeft = true};
        if (!why.isEmpty()) {
            answer.state = OperationState::NotSent;
            answer.why = why;
        }
        outcome.answers.push_back(std::move(answer));
    }
    landed(outcome);
}

void OperationJob::landed(const WriteOutcome &outcome)
{
    if (m_flight.empty())
        return;
    const std::optional<Failure> &failure = outcome.failure;
    const int size = int(m_flight.size());
    const auto alone = size == 1 && failure && failure->kind == Failure::Kind::Refused;
    m_refusedInRow = alone ? m_refusedInRow + 1 : 0;
    m_unclearInRow = outcome.after == AfterWrite::Unclear ? m_unclearInRow + 1 : 0;
    m_waitsInRow = outcome.after == AfterWrite::Wait ? m_waitsInRow + 1 : 0;
    if (failure && failure->kind == Failure::Kind::RateLimited)
        m_waitsInRow = std::min(m_waitsInRow, mostWaitsInRow); // asked to wait: no reason to give up
    const bool tooMany = outcome.after == AfterWrite::Wait && (!failure || failure->kind == Failure::Kind::RateLimited);
    if (outcome.after == AfterWrite::Smaller || (tooMany && size > 1))
        m_batchCap = std::max(size / 2, 1);
    else if (!failure && m_batchCap > 0)
        m_batchCap = m_batchCap * 2;
    commit(outcome.answers, [this, outcome] { stored(outcome); });
}

void OperationJob::stored(const WriteOutcome &outcome)
{
    const std::optional<Failure> &failure = outcome.failure;
    const bool offline = failure && (failure->kind == Failure::Kind::Offline || failure->kind == Failure::Kind::Tls)
        && m_waitsInRow >= mostWaitsInRow;
    const bool stop = outcome.after == AfterWrite::Halt || m_unclearInRow >= mostUnclearInRow || offline
        || m_refusedInRow >= mostRefusedInRow;
    if (stop && failure) {
        halt(*failure);
        refresh([this] { settleIfOver(); });
    } else if (outcome.after == AfterWrite::ListFull) {
        const auto code
            = std::find_if(outcome.answers.begin(), outcome.answers.end(), [](const OperationAnswer &answer) {
                  return answer.why == QLatin1String(Why::listFull);
              })->code;
        ++m_committing;
        keep(m_needs.store.blocks().refuseRest(
            m_run.id, QString::fromLatin1(Why::listFull), code, [this](const Result<qint64> &count) {
                --m_committing;
                if (!count)
                    halt(count.failure());
                goOn();
            }));
    } else {
        goOn();
    }
}

void OperationJob::goOn()
{
    refresh([this] {
        settleIfOver();
        pump();
    });
}

} // namespace rollcall
