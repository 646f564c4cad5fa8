// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/blocks/blockjob.h"

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

BlockJob::BlockJob(OperationRun run, bool leftover, Needs needs)
    : m_needs(std::move(needs))
    , m_run(std::move(run))
    , m_leftover(leftover)
    , m_beganMs(m_needs.clock.now().monotonicMs)
{
}

qint64 BlockJob::nowMs() const
{
    return std::max(m_needs.clock.now().wallMs, m_needs.store.time().latestSeenMs);
}

qint64 BlockJob::backoffMs() const
{
    const int doublings = std::clamp(m_waitsInRow, 0, 8);
    return 1 + qint64(QRandomGenerator::global()->generateDouble() * (1'000 << doublings)); // full jitter
}

OperationProgress BlockJob::progress() const
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

bool BlockJob::isStoring() const
{
    return (m_loading && !m_readingBack) || m_committing > 0
        || std::any_of(m_writes.begin(), m_writes.end(), [](const Call &call) { return call.isOpen(); });
}

void BlockJob::go()
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

void BlockJob::prepare()
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
    const std::optional<Blocker> blocker = m_needs.blockerOf(m_run.account);
    if (std::exchange(m_leftover, false) && m_run.unknown > 0 && blocker && blocker->list.canRead()) {
        m_readingBack = true;
        m_step = readBack(m_needs.store, m_needs.clock, *blocker, {.account = m_run.account, .run = m_run.id},
            [this](const Result<ReadBackResult> &result) {
                m_readingBack = false;
                if (!result)
                    m_notReadBack = result.failure(); // unknown stays unknown; the rest can be sent all the same
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

void BlockJob::pause()
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

void BlockJob::cancel()
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

std::optional<Failure> BlockJob::obstacle(const std::optional<Blocker> &blocker) const
{
    if (!blocker)
        return Failure{.kind = Failure::Kind::NotFound,
            .detail = QStringLiteral("no gateway for account %1").arg(m_run.account.value())};
    const bool can = m_run.kind == OperationKind::Report ? blocker->capabilities.report : blocker->capabilities.block;
    if (!can)
        return Failure{.kind = Failure::Kind::Unsupported, .detail = QStringLiteral("this account cannot do that")};
    return std::nullopt;
}

void BlockJob::pump()
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
    const std::optional<Blocker> blocker = m_needs.blockerOf(m_run.account);
    if (const std::optional<Failure> failure = obstacle(blocker)) {
        halt(*failure);
        return;
    }
    // Marked only when it can leave at once: what waits for the pace can still be cancelled.
    const qint64 ready = blocker->readyInMs ? blocker->readyInMs() : 0;
    if (ready > 0 && m_run.open() > 0)
        sleep(ready, ready >= 2'000);
    else
        load(*blocker);
}

void BlockJob::load(const Blocker &blocker)
{
    m_loading = true;
    int batch = m_run.kind == OperationKind::Report ? 1 : std::max(blocker.capabilities.blockBatch, 1);
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

void BlockJob::mark(const std::vector<OperationItem> &items)
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

void BlockJob::fly(std::vector<OperationItem> items)
{
    m_flight = std::move(items);
    m_inputOf.clear();
    const std::optional<Blocker> blocker = m_needs.blockerOf(m_run.account);
    std::vector<QString> inputs; // each text once: two aliases may have one confirmed wa_id
    for (const OperationItem &item : m_flight) {
        const auto found = std::find(inputs.begin(), inputs.end(), item.ask);
        m_inputOf.push_back(std::size_t(found - inputs.begin()));
        if (found == inputs.end())
            inputs.push_back(item.ask);
    }
    if (!wants() || !blocker)
        landed(Failure{.kind = Failure::Kind::Cancelled, .detail = QStringLiteral("held back")});
    else
        launch(*blocker, inputs);
}

void BlockJob::launch(const Blocker &blocker, const std::vector<QString> &inputs)
{
    const auto then = [this](const Result<BlockReply> &reply) { landed(reply); };
    const auto mayLeave = [this] { return wants(); };
    if (m_run.kind == OperationKind::Block) {
        m_request = blocker.block(inputs, then, mayLeave);
    } else if (m_run.kind == OperationKind::Unblock) {
        m_request = blocker.unblock(inputs, then, mayLeave);
    } else {
        const QString who = inputs.front();
        m_request = blocker.report(
            who, m_run.reason, false,
            [this, who](const Done &done) {
                if (!done)
                    return landed(done.failure());
                BlockReply reply;
                reply.people.push_back({.input = who, .outcome = BlockAnswer::Outcome::Done});
                landed(reply);
            },
            mayLeave);
    }
}

void BlockJob::landed(const Result<BlockReply> &reply)
{
    if (m_flight.empty())
        return;
    const WriteOutcome outcome = readWrite(m_flight, m_inputOf, reply, nowMs(), [this] { return backoffMs(); });
    const std::optional<Failure> failure = reply ? std::nullopt : std::optional(reply.failure());
    const int size = int(m_flight.size());
    const auto alone = size == 1 && failure && failure->kind == Failure::Kind::Refused;
    m_refusedInRow = alone ? m_refusedInRow + 1 : 0;
    m_unclearInRow = outcome.after == AfterWrite::Unclear ? m_unclearInRow + 1 : 0;
    m_waitsInRow = outcome.after == AfterWrite::Wait ? m_waitsInRow + 1 : 0;
    if (failure && failure->kind == Failure::Kind::RateLimited)
        m_waitsInRow = std::min(m_waitsInRow, mostWaitsInRow); // asked to wait: no reason to give up
    const bool tooMany = failure && failure->kind == Failure::Kind::RateLimited;
    if (outcome.after == AfterWrite::Smaller || (tooMany && size > 1))
        m_batchCap = std::max(size / 2, 1);
    else if (reply && m_batchCap > 0)
        m_batchCap = m_batchCap * 2;
    commit(outcome.answers, [this, outcome, failure] { stored(outcome, failure); });
}

void BlockJob::stored(const WriteOutcome &outcome, const std::optional<Failure> &failure)
{
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

void BlockJob::goOn()
{
    refresh([this] {
        settleIfOver();
        pump();
    });
}

} // namespace rollcall
