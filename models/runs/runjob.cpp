// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runs/runjob.h"

#include "models/base/log.h"
#include "models/runs/checkanswers.h"
#include "models/store/stops.h"
#include "models/store/store.h"

#include <QRandomGenerator>
#include <algorithm>

namespace rollcall {
namespace {

constexpr std::size_t maxInTheAir = 4; // of the 6 that one host may get (design.md, pace)
constexpr int maxFailuresInRow = 4; // one request and three repeats
constexpr qint64 rateWindowMs = 60'000;
constexpr qint64 clockToleranceMs = 300'000; // reliability.md C4
constexpr qint64 hourMs = 3'600'000;

bool isProcessing(const RunItem &item)
{
    return item.reason == QLatin1String("processing");
}

/// Items that may travel in one request: what differs between questions of one run.
std::pair<bool, bool> manner(const RunItem &item)
{
    return {isProcessing(item), item.reason == QLatin1String("timeout")};
}

} // namespace

RunJob::RunJob(RunSummary summary, bool leftover, Needs needs)
    : m_needs(std::move(needs))
    , m_summary(std::move(summary))
    , m_leftover(leftover)
    , m_halted(m_summary.halted)
    , m_beganMs(m_needs.clock.now().monotonicMs)
{
}

bool RunJob::wantsToAsk() const
{
    return m_summary.state == RunState::Running || m_summary.state == RunState::WaitingForBudget;
}

AnswerContext RunJob::context() const
{
    // One draw for all numbers of a reply: they are due together, so they travel together again.
    const double random = QRandomGenerator::global()->generateDouble();
    return {m_summary.account, m_summary.id, m_needs.clock.now(), [failures = m_failuresInRow, random](int attempts) {
                const int doublings = std::clamp(std::max(attempts, failures) - 1, 0, 8);
                return 1 + qint64(random * (1000 << doublings)); // full jitter, 1 s doubling to about 5 min
            }};
}

RunProgress RunJob::progress() const
{
    RunProgress progress;
    progress.summary = m_summary;
    progress.waitingUntilMs = wantsToAsk() ? m_waitingUntilMs : 0;
    progress.halted = m_halted;
    const qint64 now = m_needs.clock.now().monotonicMs;
    qint64 settled = 0;
    for (const auto &[at, count] : m_settled)
        settled += now - at < rateWindowMs ? count : 0;
    const qint64 window = std::clamp<qint64>(now - m_beganMs, 1'000, rateWindowMs);
    progress.perSecond = double(settled) * 1000 / double(window);
    if (!wantsToAsk())
        return progress;
    // However fast the gateway answers, no more than the budget is spent in an hour and a day.
    const qint64 open = m_summary.open();
    const CheckBudget budget = m_needs.budgetOf(m_summary.account);
    const qint64 byBudget = std::max(
        (open - 1) / std::max(budget.perHour, 1) * hourMs, (open - 1) / std::max(budget.perDay, 1) * 24 * hourMs);
    if (m_summary.state == RunState::WaitingForBudget)
        progress.remainingMs = std::max<qint64>(m_waitingUntilMs - nowMs(), 0) + byBudget;
    else if (settled > 0)
        progress.remainingMs = std::max(qint64(double(open) * 1000 / progress.perSecond), byBudget);
    return progress;
}

void RunJob::go()
{
    if (m_over || wantsToAsk() || m_summary.state == RunState::Cancelled)
        return;
    m_halted.reset();
    m_failuresInRow = 0;
    m_waitingUntilMs = 0;
    m_beganMs = m_needs.clock.now().monotonicMs;
    m_summary.state = RunState::Running;
    m_needs.progressed();
    if (!m_loading) {
        m_loading = true;
        prepare();
    }
}

void RunJob::prepare()
{
    RunBook &book = m_needs.store.runs();
    const auto next = [this](bool ok, const Failure &failure) {
        if (ok) {
            prepare();
        } else {
            m_loading = false;
            halt(failure);
        }
    };
    if (!m_unsaved.empty()) {
        m_step = book.answer(m_summary.id, m_unsaved, [this, next](const Done &done) {
            if (done)
                m_unsaved.clear();
            next(done.ok(), done ? Failure{} : done.failure());
        });
    } else if (m_leftover) {
        m_step = book.reopenAsked(m_summary.id, [this, next](const Result<qint64> &reopened) {
            if (reopened)
                m_leftover = false;
            next(reopened.ok(), reopened ? Failure{} : reopened.failure());
        });
    } else if (!wantsToAsk()) {
        m_loading = false; // paused or cancelled meanwhile
        settleIfOver();
    } else {
        m_step = book.setState(m_summary.id, RunState::Running, [this](const Done &done) {
            m_loading = false;
            if (done)
                refresh([this] { pump(); });
            else
                halt(done.failure());
        });
    }
}

void RunJob::pause()
{
    if (!wantsToAsk())
        return;
    m_timer = Call();
    setState(RunState::Paused);
    m_needs.progressed();
}

void RunJob::cancel()
{
    if (m_over || m_summary.state == RunState::Cancelled)
        return;
    m_timer = Call();
    m_halted.reset();
    m_summary.state = RunState::Cancelled;
    m_needs.progressed();
    ++m_committing;
    keep(m_needs.store.runs().cancel(m_summary.id, [this](const Done &done) {
        --m_committing;
        if (!done) {
            m_summary.state = RunState::Paused;
            m_halted = done.failure();
            m_needs.progressed();
            return;
        }
        refresh([this] { settleIfOver(); });
    }));
}

bool RunJob::clockIsBehind() const
{
    const TimeView time = m_needs.store.time();
    return time.latestSeenMs - time.now.wallMs > clockToleranceMs;
}

std::optional<Failure> RunJob::obstacle(const std::optional<Checker> &checker) const
{
    if (!checker)
        return Failure{
            Failure::Kind::NotFound, QStringLiteral("no gateway for account %1").arg(m_summary.account.value())};
    if (!checker->capabilities.checkOne && !checker->capabilities.checkMany)
        return Failure{Failure::Kind::Unsupported, QStringLiteral("this kind of gateway cannot check")};
    const CheckBudget budget = m_needs.budgetOf(m_summary.account);
    if (budget.perHour <= 0 || budget.perDay <= 0)
        return Failure{Failure::Kind::OverBudget, QStringLiteral("the budget allows no checks")};
    if (clockIsBehind())
        return Failure{Failure::Kind::ClockMoved, QStringLiteral("the clock is behind what the profile has seen")};
    return std::nullopt;
}

void RunJob::pump()
{
    const bool oneIsLeaving
        = std::any_of(m_flights.begin(), m_flights.end(), [](const auto &flight) { return !flight.second.left; });
    if (m_over || m_loading || !wantsToAsk() || m_flights.size() >= maxInTheAir || oneIsLeaving)
        return;
    m_timer = Call();
    const std::optional<Checker> checker = m_needs.checkerOf(m_summary.account);
    if (const std::optional<Failure> failure = obstacle(checker)) {
        halt(*failure);
        return;
    }
    // Booked only when it can leave at once: a booking that waits for the pace would count in the wrong hour.
    const qint64 ready = checker->readyInMs();
    if (ready > 0)
        sleep(ready, ready >= 2'000);
    else
        load(*checker);
}

void RunJob::load(const Checker &checker)
{
    m_loading = true;
    const Capabilities &can = checker.capabilities;
    const int batch = can.checkMany ? std::max(can.checkBatch, 1) : 1;
    m_step = m_needs.store.runs().nextItems(m_summary.id, batch, [this](Result<std::vector<RunItem>> items) {
        if (!items) {
            m_loading = false;
            halt(items.failure());
        } else if (!wantsToAsk()) {
            m_loading = false;
            settleIfOver();
        } else if (items->empty()) {
            nothingToTake();
        } else {
            loaded(*std::move(items));
        }
    });
}

void RunJob::loaded(std::vector<RunItem> items)
{
    const Stops &stops = m_needs.store.stops();
    std::vector<ItemAnswer> stopped;
    std::vector<RunItem> open;
    for (RunItem &item : items) {
        if (stops.reach(item.alias, item.ask))
            stopped.push_back({item.id, RunItemState::NotAsked, QStringLiteral("do-not-contact")});
        else if (open.empty() || manner(open.front()) == manner(item))
            open.push_back(std::move(item)); // the others come with the next load
    }
    if (stopped.empty()) {
        book(std::move(open));
        return;
    }
    commit(std::move(stopped), [this, open = std::move(open)](bool stored) mutable {
        if (stored && !open.empty() && wantsToAsk()) {
            book(std::move(open));
            return;
        }
        m_loading = false;
        refresh([this] {
            settleIfOver();
            pump();
        });
    });
}

void RunJob::book(std::vector<RunItem> items)
{
    std::vector<RunItemId> ids;
    ids.reserve(items.size());
    for (const RunItem &item : items)
        ids.push_back(item.id);
    m_step = m_needs.store.runs().book(m_summary.id, ids, m_needs.budgetOf(m_summary.account),
        [this, items = std::move(items)](const Result<std::vector<RunItemId>> &booked) mutable {
            if (!booked) {
                m_loading = false;
                halt(booked.failure());
                return;
            }
            if (booked->empty()) {
                noRoom();
                return;
            }
            std::erase_if(items, [&booked](const RunItem &item) {
                return std::find(booked->begin(), booked->end(), item.id) == booked->end();
            });
            m_emptyBookings = 0;
            m_waitingUntilMs = 0;
            m_loading = false;
            if (m_summary.state == RunState::WaitingForBudget)
                setState(RunState::Running);
            leave(std::move(items));
        });
}

void RunJob::leave(std::vector<RunItem> items)
{
    const std::optional<Checker> checker = m_needs.checkerOf(m_summary.account);
    // Paused, cancelled or another run was quicker, in the milliseconds of the booking: nothing left, nothing is spent.
    const bool stays = !wantsToAsk() || !checker || checker->readyInMs() > 0;
    const Stops &stops = m_needs.store.stops();
    std::vector<ItemAnswer> staying;
    std::vector<RunItem> going;
    for (RunItem &item : items) {
        const bool stopped = stops.reach(item.alias, item.ask);
        if (!stays && !stopped) {
            ++item.attempts;
            if (item.firstAskedMs == 0)
                item.firstAskedMs = nowMs();
            going.push_back(std::move(item));
            continue;
        }
        ItemAnswer answer{item.id, stopped ? RunItemState::NotAsked : RunItemState::Planned,
            stopped ? QStringLiteral("do-not-contact") : item.reason};
        answer.giveBack = !isProcessing(item);
        staying.push_back(answer);
    }
    if (!going.empty())
        send(*checker, std::move(going));
    if (!staying.empty())
        commit(std::move(staying), [this](bool) {
            refresh([this] {
                settleIfOver();
                pump();
            });
        });
    else
        pump();
}

void RunJob::send(const Checker &checker, std::vector<RunItem> items)
{
    const auto [processing, timedOut] = manner(items.front());
    CheckOptions options;
    // *processing* is read from the gateway's cache, so without force_check and without waiting; a wait that timed out
    // is repeated without waiting (design.md, transport).
    options.forceCheck = m_summary.options.forceCheck && !processing;
    options.wait = m_summary.options.wait && !processing && !timedOut;
    options.repeat = false;

    std::vector<QString> inputs; // each text once: what the same input twice gives is not documented
    std::vector<std::size_t> inputOf;
    for (const RunItem &item : items) {
        const auto found = std::find(inputs.begin(), inputs.end(), item.ask);
        inputOf.push_back(std::size_t(found - inputs.begin()));
        if (found == inputs.end())
            inputs.push_back(item.ask);
    }
    const int id = m_nextFlight++;
    m_flights.emplace(id, Flight{std::move(items), std::move(inputOf)});
    Call call = checker.check(
        inputs, options, [this, id](const Result<CheckReply> &reply) { landed(id, reply); },
        [this, id] { return mayLeave(id); });
    const auto flight = m_flights.find(id);
    if (flight != m_flights.end())
        flight->second.call = std::move(call);
}

bool RunJob::mayLeave(int id)
{
    const auto found = m_flights.find(id);
    if (found == m_flights.end() || !wantsToAsk())
        return false;
    const Stops &stops = m_needs.store.stops();
    for (const RunItem &item : found->second.items) {
        if (stops.reach(item.alias, item.ask))
            return false; // planned again without it
    }
    found->second.left = true;
    m_timer = m_needs.clock.after(0, [this] { pump(); });
    return true;
}

void RunJob::landed(int id, const Result<CheckReply> &reply)
{
    auto node = m_flights.extract(id);
    const Flight &flight = node.mapped();
    std::vector<ItemAnswer> answers;
    std::optional<Failure> stop;
    if (reply) {
        m_failuresInRow = 0;
        m_lastFailure.reset();
        CheckReply perItem;
        for (const std::size_t input : flight.inputOf)
            perItem.numbers.push_back(input < reply->numbers.size() ? reply->numbers[input] : NumberAnswer{});
        answers = answersOf(flight.items, perItem, context());
    } else {
        const Failure &failure = reply.failure();
        log::warning("runs",
            QStringLiteral("run %1: a request of %2 failed: %3")
                .arg(m_summary.id.value())
                .arg(flight.items.size())
                .arg(failure.detail));
        if (failure.kind != Failure::Kind::Cancelled)
            m_lastFailure = failure;
        if (failure.kind != Failure::Kind::RateLimited && failure.kind != Failure::Kind::Cancelled)
            ++m_failuresInRow;
        answers = answersOf(flight.items, failure, context());
        if (needsOperator(failure) || m_failuresInRow >= maxFailuresInRow)
            stop = failure;
    }
    if (stop)
        halt(*stop);
    commit(std::move(answers), [this](bool) {
        refresh([this] {
            settleIfOver();
            pump();
        });
    });
    pump();
}

} // namespace rollcall
