// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/blocks/blockrun.h"

#include "models/blocks/blockdesk.h"
#include "models/store/people.h"
#include "models/store/stops.h"
#include "tests/support/blockserver.h"
#include "tests/support/temporarystore.h"

#include <QElapsedTimer>
#include <QFileInfo>
#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#endif

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr qint64 first = 447700900000;
using Act = BlockServer::Act;

QString asked(int i)
{
    return u'+' + QString::number(first + i);
}

QString digits(int i)
{
    return QString::number(first + i);
}

std::vector<OperationItem> itemsFor(int count, int from = 0)
{
    std::vector<OperationItem> items;
    for (int i = from; i < from + count; ++i)
        items.push_back({.alias = AliasKey(first + i), .ask = asked(i)});
    return items;
}

#ifdef Q_OS_UNIX
/// No file of this process grows beyond what the log of the database has now: a full disk.
class FullDisk final {
public:
    explicit FullDisk(const QString &database)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{rlim_t(QFileInfo(database + QStringLiteral("-wal")).size()), m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }
    FullDisk(const FullDisk &) = delete;
    FullDisk &operator=(const FullDisk &) = delete;

private:
    rlimit m_before{};
};
#endif

Failure failure(Failure::Kind kind, int code = 0)
{
    return {.kind = kind, .code = code};
}

} // namespace

/// Operation runs on a real store in simulated time, against a scripted gateway with a ledger.
class BlockRunTest final : public QObject {
    Q_OBJECT

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

private slots:
    void init()
    {
        m_store = std::make_unique<TemporaryStore>();
        m_account = m_store->account();
        m_server = std::make_unique<BlockServer>(m_store->clock);
        m_told.clear();
        m_over.clear();
        makeRunner();
    }
    void cleanup()
    {
        m_runner.reset();
        m_server.reset();
        m_store.reset();
    }

    void everybodyIsBlockedOnceAndReadBack()
    {
        m_server->refuse = {asked(7)};
        const RunId id = create(itemsFor(2'500));
        QVERIFY(over(id));
        const OperationRun done = run(id);
        QCOMPARE(done.state, OperationRunState::Done);
        QCOMPARE(done.done, 2'499);
        QCOMPARE(done.confirmed, 2'499);
        QCOMPARE(done.refused, 1);
        QCOMPARE(items(id)[7].why, QString::fromLatin1(Why::outsideWindow));
        QCOMPARE(m_server->ledger.size(), 3U); // 1000 a request
        QCOMPARE(m_server->mostInFlight, 1);
        QVERIFY(everyoneDelivered(2'500));
    }

    void aLostAnswerIsSettledByTheList_data()
    {
        QTest::addColumn<Act>("act");
        QTest::addColumn<OperationState>("ends");
        QTest::newRow("it arrived") << Act::Lose << OperationState::Done;
        QTest::newRow("it did not arrive") << Act::Swallow << OperationState::Refused;
    }
    void aLostAnswerIsSettledByTheList()
    {
        QFETCH(Act, act);
        QFETCH(OperationState, ends);
        m_server->next(act);
        const qint64 begun = m_store->clock.now().wallMs;
        const RunId id = create(itemsFor(3));
        QVERIFY(over(id));
        for (const OperationItem &item : items(id))
            QCOMPARE(item.state, ends);
        QCOMPARE(run(id).unknown, 0);
        QVERIFY(m_server->ledger.size() <= 1); // never sent again
        QVERIFY(m_store->clock.now().wallMs - begun >= 30'000); // the list is read after the write's deadline only
    }

    void whatCannotBeReadBackStaysUnknown()
    {
        m_server->can.listBlocked = false;
        m_server->can.blockBatch = 1;
        m_server->next(Act::Take);
        m_server->next(Act::Lose);
        const RunId id = create(itemsFor(3));
        QVERIFY(over(id));
        QCOMPARE(run(id).done, 2);
        QCOMPARE(run(id).confirmed, 0);
        QCOMPARE(run(id).unknown, 1);
        QCOMPARE(items(id)[1].state, OperationState::Unknown);
        QCOMPARE(items(id)[1].why, QString::fromLatin1(Why::noAnswer));
        QVERIFY(everyoneDelivered(3));
    }

    void aListThatCannotBeReadLeavesDoneNotConfirmed()
    {
        m_server->listFailure = failure(Failure::Kind::GatewayError, 500);
        m_server->next(Act::Lose);
        const RunId id = create(itemsFor(2));
        QVERIFY(over(id));
        QCOMPARE(run(id).unknown, 2);
        QVERIFY(m_told[id].notReadBack.has_value());
        // Later, on command:
        m_server->listFailure.reset();
        std::optional<Result<BlockReadReport>> report;
        const Call call = m_runner->readBack(m_account, [&](Result<BlockReadReport> got) { report = got; });
        QVERIFY(until([&] { return report.has_value(); }));
        QVERIFY(*report);
        QCOMPARE((**report).settledDone, 2);
        QCOMPARE(run(id).done, 2);
    }

    void contactByContactWhereThereIsNoList()
    {
        m_server->can.listBlocked = false;
        m_server->can.tellBlocked = true;
        m_server->can.blockBatch = 1;
        m_server->next(Act::Take);
        m_server->next(Act::Swallow);
        const RunId id = create(itemsFor(3));
        QVERIFY(over(id));
        QCOMPARE(run(id).done, 2);
        QCOMPARE(run(id).confirmed, 2);
        QCOMPARE(items(id)[1].state, OperationState::Refused);
        QCOMPARE(m_server->reads, 3);
    }

    void askedToWaitItWaitsAndSendsSmallerBatches()
    {
        Failure busy = failure(Failure::Kind::RateLimited, 130429);
        busy.retryAfter = std::chrono::seconds(120);
        m_server->next(Act::Fail, busy);
        const qint64 begun = m_store->clock.now().wallMs;
        const RunId id = create(itemsFor(1'000));
        QVERIFY(over(id));
        QVERIFY(m_store->clock.now().wallMs - begun >= 120'000);
        QCOMPARE(run(id).done, 1'000);
        QCOMPARE(m_server->ledger.front().people.size(), 500U);
        QVERIFY(everyoneDelivered(1'000));
    }

    void aBadNumberInABatchDoesNotTakeTheOthersWithIt()
    {
        m_server->can.blockBatch = 4;
        for (int i = 0; i < 2; ++i)
            m_server->next(Act::Fail, failure(Failure::Kind::Refused, 100)); // of 4, of 2
        m_server->next(Act::Fail, failure(Failure::Kind::Refused, 100)); // of 1: it is this one
        const RunId id = create(itemsFor(4));
        QVERIFY(over(id));
        QCOMPARE(run(id).refused, 1);
        QCOMPARE(run(id).done, 3);
    }

    void offlineWaitsThenStopsAndGoesOn()
    {
        for (int i = 0; i < 6; ++i)
            m_server->next(Act::Fail, failure(Failure::Kind::Offline));
        const RunId id = create(itemsFor(5));
        QVERIFY(halted(id));
        QCOMPARE(m_told[id].halted->kind, Failure::Kind::Offline);
        QCOMPARE(run(id).open(), 5);
        QCOMPARE(items(id)[0].attempts, 0); // nothing ever left
        m_runner->resume(id);
        QVERIFY(over(id));
        QCOMPARE(run(id).done, 5);
    }

    void aRefusedLoginStopsAndKeepsTheRest()
    {
        m_server->can.blockBatch = 2;
        m_server->next(Act::Take);
        m_server->next(Act::Fail, failure(Failure::Kind::Unauthorised, 401));
        const RunId id = create(itemsFor(6));
        QVERIFY(halted(id));
        QCOMPARE(run(id).state, OperationRunState::Paused);
        QCOMPARE(run(id).done, 2);
        QCOMPARE(run(id).open(), 4);
        QCOMPARE(m_server->ledger.size(), 1U);
        m_runner->resume(id);
        QVERIFY(over(id));
        QCOMPARE(run(id).done, 6);
        QVERIFY(everyoneDelivered(6));
    }

    void threeUnclearAnswersInARowStopTheRun()
    {
        m_server->can.blockBatch = 1;
        for (int i = 0; i < 3; ++i)
            m_server->next(Act::Lose);
        const RunId id = create(itemsFor(10));
        QVERIFY(halted(id));
        QCOMPARE(run(id).unknown, 3);
        QCOMPARE(run(id).open(), 7);
        QCOMPARE(m_server->ledger.size(), 3U);
    }

#ifdef Q_OS_UNIX
    void withoutTheIntentOnDiskTheGatewayIsNotCalled()
    {
        std::optional<FullDisk> full;
        bool once = false;
        m_server->onReady = [&] {
            if (!std::exchange(once, true))
                full.emplace(m_store->file());
        };
        const RunId id = create(itemsFor(2));
        QVERIFY(until([&] { return m_told[id].halted.has_value(); }));
        QVERIFY(full);
        QCOMPARE(m_told[id].halted->kind, Failure::Kind::DiskFull);
        QVERIFY(m_server->ledger.empty());
        full.reset();
        QVERIFY(until([&] { return !m_runner->isStoring(); }));
        QCOMPARE(items(id)[0].state, OperationState::Planned);
        m_runner->resume(id);
        QVERIFY(over(id));
        QVERIFY(everyoneDelivered(2));
    }

    void anAnswerThatCannotBeStoredIsStoredOnResume()
    {
        std::optional<FullDisk> full;
        m_server->onArrived = [&] {
            if (m_server->ledger.size() == 1)
                full.emplace(m_store->file());
        };
        const RunId id = create(itemsFor(2));
        QVERIFY(until([&] { return m_told[id].halted.has_value(); }));
        QCOMPARE(m_told[id].halted->kind, Failure::Kind::DiskFull);
        full.reset();
        QVERIFY(until([&] { return !m_runner->isStoring(); }));
        QCOMPARE(items(id)[0].state, OperationState::Sending);
        m_runner->resume(id);
        QVERIFY(over(id));
        QCOMPARE(run(id).done, 2);
        QVERIFY(everyoneDelivered(2)); // not sent again
    }

    /// Kept only in memory, and the program ends: unknown, never doubled.
    void anAnswerThatCouldNotBeStoredIsUnknownAfterACrash()
    {
        std::optional<FullDisk> full;
        m_server->onArrived = [&] {
            if (m_server->ledger.size() == 1)
                full.emplace(m_store->file());
        };
        const RunId id = create(itemsFor(2));
        QVERIFY(until([&] { return m_told[id].halted.has_value(); }));
        m_runner.reset();
        m_store->close();
        full.reset();
        QVERIFY(m_store->open());
        m_told.clear();
        makeRunner();
        std::optional<Result<qint64>> unknown;
        m_runner->recover([&](Result<qint64> got) { unknown = got; });
        QVERIFY(until([&] { return unknown.has_value(); }));
        QCOMPARE(**unknown, 2);
        m_runner->resume(id);
        QVERIFY(over(id));
        QCOMPARE(run(id).done, 2);
        QVERIFY(everyoneDelivered(2));
    }
#endif

    void pauseResumeCancel()
    {
        m_server->can.blockBatch = 1;
        const RunId id = create(itemsFor(20));
        QVERIFY(until([&] { return m_server->ledger.size() == 5; }));
        m_runner->pause(id);
        const auto before = m_server->ledger.size();
        QVERIFY(until([&] { return m_server->inFlight == 0 && !m_runner->isStoring(); }));
        for (int i = 0; i < 20; ++i)
            m_store->clock.runNext();
        QTest::qWait(50);
        QCOMPARE(m_server->ledger.size(), before);
        QCOMPARE(run(id).done, qint64(before)); // what was in the air is stored
        QCOMPARE(run(id).state, OperationRunState::Paused);
        m_runner->resume(id);
        QVERIFY(until([&] { return m_server->ledger.size() >= 10; }));
        m_runner->cancel(id);
        QVERIFY(over(id));
        QCOMPARE(run(id).state, OperationRunState::Cancelled);
        QCOMPARE(run(id).done, qint64(m_server->ledger.size()));
        QCOMPARE(run(id).open(), 0);
        QCOMPARE(run(id).done + run(id).notSent, 20);
    }

    void runsOfAnAccountGoOneAfterTheOther()
    {
        m_server->can.blockBatch = 10;
        const RunId block = create(itemsFor(50));
        const RunId unblock = create(itemsFor(20), OperationKind::Unblock);
        QVERIFY(over(unblock));
        QVERIFY(over(block));
        QCOMPARE(m_server->mostInFlight, 1);
        QCOMPARE(m_server->list.size(), 30U);
        for (int i = 0; i < 20; ++i)
            QVERIFY(!m_server->list.contains(digits(i))); // the later command is the one that counts
    }

    void afterACrashTheListSettlesBeforeAnythingIsSent()
    {
        m_server->can.blockBatch = 2;
        m_server->next(Act::Take);
        m_server->next(Act::Silent); // arrived, and the program ends
        const RunId id = create(itemsFor(6));
        QVERIFY(until([&] { return m_server->ledger.size() == 2 && !m_runner->isStoring(); }));
        m_runner.reset();
        QVERIFY(m_store->open());
        m_told.clear();
        makeRunner();
        std::optional<Result<qint64>> unknown;
        m_runner->recover([&](Result<qint64> got) { unknown = got; });
        QVERIFY(until([&] { return unknown.has_value(); }));
        QCOMPARE(**unknown, 2);
        QCOMPARE(m_runner->active().size(), 1U);
        QTest::qWait(50);
        QCOMPARE(m_server->ledger.size(), 2U); // it waits for Resume
        m_runner->resume(id);
        QVERIFY(over(id));
        QCOMPARE(run(id).done, 6);
        QCOMPARE(run(id).unknown, 0);
        QVERIFY(everyoneDelivered(6));
    }

    void aFullListIsToldAndNotHammered()
    {
        m_server->most = 15;
        m_server->can.blockBatch = 10;
        const RunId id = create(itemsFor(50));
        QVERIFY(over(id));
        QCOMPARE(run(id).done, 15);
        QCOMPARE(run(id).refused, 35);
        QCOMPARE(m_server->ledger.size(), 2U);
        QCOMPARE(items(id)[49].attempts, 0);
    }

    /// A hundred thousand at once: 64,000 are done, the rest is refused "list full", as the plan foretells.
    void aHundredThousand()
    {
        constexpr int people = 100'000;
        std::vector<BlockCandidate> all;
        for (int i = 0; i < people; ++i)
            all.push_back({.alias = AliasKey(first + i), .lastInboundMs = m_store->clock.now().wallMs - 1'000});
        Account account;
        account.kind = GatewayKind::Dialog360;
        const BlockPlan plan = planBlocks(all, account, {}, {}, m_store->clock.now().wallMs);
        QCOMPARE(plan.overList, 36'000);
        m_server->answerMs = 1;
        const RunId id = create(plan.send);
        QVERIFY(until([&] { return m_over.contains(id); }, 200'000));
        QCOMPARE(run(id).done, 64'000);
        QCOMPARE(run(id).confirmed, 64'000);
        QCOMPARE(run(id).refused, 36'000);
        QCOMPARE(m_server->list.size(), 64'000U);
        QVERIFY(m_server->ledger.size() <= 65U);
        QCOMPARE(m_server->mostInFlight, 1);
    }

    void deskFromPeopleToDone()
    {
        m_store->clock.jumpWall(0);
        const PersonId ann = m_store->add(QStringLiteral("Ann"), asked(0), first);
        const PersonId bob = m_store->add(QStringLiteral("Bob"), asked(1), first + 1);
        QVERIFY(await<std::vector<BlockId>>([&](auto then) {
            return (*m_store)->blocks().wrote(
                {ann}, m_store->clock.now().wallMs - 3'600'000, QStringLiteral("operator"), then);
        }));
        QVERIFY(await<std::vector<BlockId>>([&](auto then) {
            return (*m_store)->blocks().wrote(
                {bob}, m_store->clock.now().wallMs - 2 * inboundWindowMs, QStringLiteral("operator"), then);
        }));
        BlockDesk desk(**m_store, *m_runner);
        Account account;
        account.id = m_account;
        account.kind = GatewayKind::Dialog360;
        const BlockPlan plan = *await<BlockPlan>([&](auto then) {
            return desk.plan({.people = {ann, bob}}, account, {}, then);
        });
        QCOMPARE(plan.send.size(), 1U);
        QCOMPARE(plan.arm.size(), 1U);
        OperationOrder order;
        order.account = m_account;
        const auto refused = await<BlockStarted>([&](auto then) { return desk.start(plan, order, then); });
        QCOMPARE(refused.failure().kind, Failure::Kind::BadInput); // no reason
        order.reason = QStringLiteral("spam");
        const auto started = *await<BlockStarted>([&](auto then) { return desk.start(plan, order, then); });
        QCOMPARE(started.armed, 1);
        QVERIFY(m_store->row(bob).doNotContact);
        QVERIFY(!m_store->row(ann).doNotContact); // not asked for
        QVERIFY(over(started.run));
        QVERIFY(m_server->list.contains(digits(0)));
        QVERIFY(!m_server->list.contains(digits(1)));

        const BlockPlan undo = *await<BlockPlan>([&](auto then) { return desk.planUndo(started.run, account, then); });
        QCOMPARE(undo.kind, OperationKind::Unblock);
        QCOMPARE(undo.send.size(), 1U);
    }

    void deskReconciles()
    {
        BlockDesk desk(**m_store, *m_runner);
        Account account;
        account.id = m_account;
        account.kind = GatewayKind::Dialog360;
        const RunId id = create(itemsFor(3));
        QVERIFY(over(id)); // 0, 1, 2 are there, and read
        m_server->list.erase(digits(0)); // somebody else unblocked
        m_server->list.insert(digits(8)); // and blocked
        m_store->clock.advance(1'000);
        const Call stop = (*m_store)->stops().stop({}, {AliasKey(first)}, QStringLiteral("STOP"), [](const Done &) {});
        std::optional<Result<ReconcileView>> got;
        const Call call = desk.reconcile(account, [&](Result<ReconcileView> view) { got = view; });
        QVERIFY(until([&] { return got.has_value(); }));
        ReconcileView view = **got;
        QCOMPARE(view.plan.lines.size(), 2U);
        QCOMPARE(view.plan.agree, 2);
        QCOMPARE(view.plan.lines[0].act, ReconcileAct::BlockOrAccept);
        QCOMPARE(view.plan.lines[0].choice, ReconcileChoice::Block); // do-not-contact: proposed again
        QVERIFY(!Reconciliation::allows(view.plan.lines[0], ReconcileChoice::Accept));
        QCOMPARE(view.plan.lines[1].act, ReconcileAct::Adopt);
        QCOMPARE(m_server->list.size(), 3U); // a dry run
        OperationOrder order;
        order.reason = QStringLiteral("reconciled");
        const auto applied
            = *await<BlockDesk::Reconciled>([&](auto then) { return desk.apply(view, account, order, then); });
        QCOMPARE(applied.adopted, 1);
        QVERIFY(!applied.block.isNull());
        QVERIFY(over(applied.block));
        QVERIFY(m_server->list.contains(digits(0)));
        QVERIFY((*m_store)->stops().contains(AliasKey(first)));
        got.reset();
        const Call again = desk.reconcile(account, [&](Result<ReconcileView> now) { got = now; });
        QVERIFY(until([&] { return got.has_value(); }));
        QVERIFY((**got).plan.lines.empty());
        QCOMPARE((**got).plan.agree, 4);
    }

    void theRuleNamesItself()
    {
        const PersonId ann = m_store->add(QStringLiteral("Ann"), asked(0), first);
        BlockDesk desk(**m_store, *m_runner);
        Account account;
        account.id = m_account;
        account.kind = GatewayKind::Dialog360;
        const auto started = *await<BlockStarted>([&](auto then) { return desk.blockByRule({ann}, account, then); });
        QVERIFY(over(started.run));
        QCOMPARE(run(started.run).source, QStringLiteral("rule:block-on-stop"));
        QVERIFY(m_store->row(ann).doNotContact);
        QVERIFY(m_server->list.contains(digits(0)));
    }
};

QTEST_GUILESS_MAIN(BlockRunTest)
#include "blockrun_test.moc"
