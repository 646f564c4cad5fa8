// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/pacesimulation.h"

#include "models/base/chain.h"
#include "models/store/accountbook.h"
#include "models/store/runbook.h"
#include "models/store/stops.h"
#include "tests/support/answer.h"

#include <QCoreApplication>

#include <algorithm>

namespace rollcall::tests {
namespace {

template <class T> T must(Result<T> result, const char *what)
{
    if (!result)
        qFatal("%s: %s", what, qPrintable(result.failure().detail));
    return *std::move(result);
}

} // namespace

PaceSimulation::PaceSimulation(Settings settings)
    : m_settings(settings)
    , m_beganMs(m_clock.now().monotonicMs)
{
    open();
    Account account;
    account.name = QStringLiteral("Simulated");
    account.address = QUrl(QStringLiteral("http://127.0.0.1:9/v1"));
    account.budget = settings.budget;
    m_account
        = must(answerOf<AccountId>([&](auto then) { return m_store->accounts().save(account, then); }), "account");
}

PaceSimulation::~PaceSimulation()
{
    m_runner.reset();
}

void PaceSimulation::open()
{
    m_store = must(Store::open(m_folder.filePath(QStringLiteral("profile")), m_clock), "open");
    must(answerOf<Nothing>([&](auto then) { return m_store->checkFile(false, then); }), "checkFile");
    must(answerOf<Nothing>([&](auto then) { return m_store->stops().load(then); }), "stops");
    m_pace = std::make_unique<Pace>(m_settings.requestsPerMinute, m_clock);
    m_runner = std::make_unique<Runner>(
        *m_store, Runner::CheckerOf([this](AccountId) { return checker(); }),
        [this](AccountId) { return m_settings.budget; }, m_clock);
    QObject::connect(m_runner.get(), &Runner::finished, m_runner.get(), [this](const RunProgress &) { m_over = true; });
}

std::optional<Checker> PaceSimulation::checker()
{
    Checker checker;
    checker.capabilities.checkOne = true;
    checker.capabilities.checkMany = m_settings.batch > 1;
    checker.capabilities.checkBatch = m_settings.batch;
    checker.readyInMs = [this] { return m_pace->readyInMs(); };
    checker.check = [this](const std::vector<QString> &inputs, const CheckOptions &, Checker::Then then,
                        Checker::MayLeave mayLeave) {
        const Chain chain;
        chain.next(m_pace->turn([this, chain, inputs, then = std::move(then), mayLeave = std::move(mayLeave)] {
            if (!mayLeave()) {
                if (chain.close())
                    then(Failure{Failure::Kind::Cancelled});
                return;
            }
            const qint64 now = elapsedMs();
            m_requestsMs.push_back(now);
            for (const QString &input : inputs) {
                m_sentMs.push_back(now);
                ++m_times[input];
            }
            chain.next(m_clock.after(m_settings.latencyMs, [chain, inputs, then] {
                CheckReply reply;
                for (const QString &input : inputs)
                    reply.numbers.push_back({input, VerdictWord::Valid, QStringLiteral("valid")});
                if (chain.close())
                    then(reply);
            }));
        }));
        return chain.call();
    };
    return checker;
}

void PaceSimulation::create()
{
    std::vector<RunItem> items;
    for (int i = 0; i < m_settings.numbers; ++i) {
        RunItem item;
        item.alias = AliasKey(447'700'000'000 + i);
        item.ask = u'+' + QString::number(item.alias.value());
        items.push_back(item);
    }
    m_run = must(answerOf<RunId>([&](auto then) {
        m_runner->create(m_account, {}, items, 0, then);
        return Call();
    }),
        "create");
}

void PaceSimulation::settle()
{
    while (m_runner->isStoring() || (!m_over && !halted() && m_clock.pendingTimers() == 0))
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    QCoreApplication::processEvents(); // what was posted in the meantime
}

void PaceSimulation::runFor(qint64 ms)
{
    const qint64 end = elapsedMs() + ms;
    while (elapsedMs() < end) {
        do {
            settle();
        } while (m_runner->isStoring());
        if (m_over || !m_clock.runNext())
            return;
    }
}

std::optional<Failure> PaceSimulation::halted() const
{
    const std::vector<RunProgress> active = m_runner->active();
    return active.empty() ? std::nullopt : active.front().halted;
}

qint64 PaceSimulation::remainingMs() const
{
    const std::vector<RunProgress> active = m_runner->active();
    return active.empty() ? 0 : active.front().remainingMs;
}

void PaceSimulation::confirmTime()
{
    must(answerOf<Nothing>([&](auto then) { return m_store->confirmTime(then); }), "confirm");
    m_runner->resume(m_run);
}

void PaceSimulation::restart()
{
    m_runner.reset();
    m_pace.reset();
    m_store.reset();
    open();
    must(answerOf<Nothing>([&](auto then) {
        m_runner->recover(then);
        return Call();
    }),
        "recover");
    m_runner->resume(m_run);
}

int PaceSimulation::mostTimesOneNumber() const
{
    int most = 0;
    for (const auto &[number, times] : m_times)
        most = std::max(most, times);
    return most;
}

int PaceSimulation::mostWithin(const std::vector<qint64> &events, qint64 windowMs)
{
    std::size_t most = 0;
    std::size_t first = 0;
    for (std::size_t last = 0; last < events.size(); ++last) {
        while (events[last] - events[first] >= windowMs)
            ++first;
        most = std::max(most, last - first + 1);
    }
    return int(most);
}

} // namespace rollcall::tests
