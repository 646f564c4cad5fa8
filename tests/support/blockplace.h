// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/blocks/blockrun.h"
#include "models/store/store.h"
#include "tests/support/blockserver.h"
#include "tests/support/temporarystore.h"

#include <QElapsedTimer>
#include <map>
#include <set>

namespace rollcall::tests {

inline constexpr qint64 first = 447700900000;

inline QString asked(int i)
{
    return u'+' + QString::number(first + i);
}

inline QString digits(int i)
{
    return QString::number(first + i);
}

inline std::vector<OperationItem> itemsFor(int count, int from = 0)
{
    std::vector<OperationItem> items;
    for (int i = from; i < from + count; ++i)
        items.push_back({.alias = AliasKey(first + i), .ask = asked(i)});
    return items;
}

inline Failure failure(Failure::Kind kind, int code = 0)
{
    return {.kind = kind, .code = code};
}

/// Operation runs on a real store in simulated time, against a scripted gateway with a ledger.
class BlockPlace : public QObject {
public:
    std::unique_ptr<TemporaryStore> m_store;
    std::unique_ptr<BlockServer> m_server;
    std::unique_ptr<BlockRunner> m_runner;
    AccountId m_account;
    std::map<RunId, OperationProgress> m_told;
    std::set<RunId> m_over;

    void makeRunner()
    {
        m_runner = std::make_unique<BlockRunner>(**m_store,
            BlockRunner::BlockerOf([this](AccountId) { return std::optional(m_server->blocker()); }), m_store->clock);
        connect(m_runner.get(), &BlockRunner::progressed, this,
            [this](const OperationProgress &progress) { m_told[progress.run.id] = progress; });
        connect(m_runner.get(), &BlockRunner::finished, this, [this](const OperationProgress &progress) {
            m_told[progress.run.id] = progress;
            m_over.insert(progress.run.id);
        });
    }
    /// Runs events, and time whenever nothing waits for the disk, until it holds.
    template <class Predicate> bool until(Predicate holds, int patienceMs = 20'000)
    {
        QElapsedTimer timer;
        timer.start();
        while (!holds() && timer.elapsed() < patienceMs) {
            QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
            if (!m_runner->isStoring())
                m_store->clock.runNext();
        }
        return holds();
    }
    bool over(RunId run)
    {
        return until([&] { return m_over.contains(run); });
    }
    bool halted(RunId run)
    {
        return until([&] { return m_told[run].halted.has_value() && !m_runner->isStoring(); });
    }
    RunId create(const std::vector<OperationItem> &items, OperationKind kind = OperationKind::Block)
    {
        OperationOrder order;
        order.account = m_account;
        order.kind = kind;
        order.reason = QStringLiteral("spam");
        return *await<RunId>([&](auto then) {
            m_runner->create(order, items, then);
            auto open = std::make_shared<Call::State>();
            return Call(open);
        });
    }
    std::vector<OperationItem> items(RunId run)
    {
        return *await<std::vector<OperationItem>>([&](auto then) { return (*m_store)->blocks().items(run, then); });
    }
    OperationRun run(RunId id)
    {
        return *await<OperationRun>([&](auto then) { return (*m_store)->blocks().run(id, then); });
    }
    /// Every one of the first `count` was delivered exactly `times`.
    bool everyoneDelivered(int count, int times = 1)
    {
        for (int i = 0; i < count; ++i) {
            if (m_server->times(asked(i)) != times)
                return false;
        }
        return true;
    }

    void begin()
    {
        m_store = std::make_unique<TemporaryStore>();
        m_account = m_store->account();
        m_server = std::make_unique<BlockServer>(m_store->clock);
        m_told.clear();
        m_over.clear();
        makeRunner();
    }
    void end()
    {
        m_runner.reset();
        m_server.reset();
        m_store.reset();
    }
};

} // namespace rollcall::tests
