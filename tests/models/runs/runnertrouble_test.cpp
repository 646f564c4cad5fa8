// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runs/runner.h"
#include "tests/support/answer.h"
#include "tests/support/checkworld.h"
#include "tests/support/rushclock.h"
#include "tests/support/sandboxfixture.h"

#include <QTcpServer>
#include <csignal>
#include <sys/resource.h>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr int patienceMs = 15'000;

/// While it lives every write of this process beyond 4 KiB of a file fails.
class NoGrowth final {
public:
    NoGrowth()
    {
        ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        rlimit now = m_before;
        now.rlim_cur = rlim_t(4096);
        ::setrlimit(RLIMIT_FSIZE, &now);
    }
    ~NoGrowth() { ::setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before{};
};

} // namespace

/// Trouble with the gateway: the runner with the real store, the real gateway and the real sandbox, in time twenty
/// times faster.
class RunnerTroubleTest final : public QObject {
    Q_OBJECT

    std::unique_ptr<RushClock> m_clock;
    std::unique_ptr<SandboxFixture> m_sandbox;
    std::unique_ptr<CheckWorld> m_world;

    void begin(SandboxOptions options = SandboxFixture::quick(), CheckBudget budget = {})
    {
        m_sandbox = std::make_unique<SandboxFixture>(std::move(options));
        m_world = std::make_unique<CheckWorld>(*m_clock);
        m_world->addAccount(m_sandbox->address(), m_sandbox->user(), m_sandbox->password(), budget);
    }
    bool over(RunId run)
    {
        return QTest::qWaitFor([&] { return m_world->isOver(run); }, patienceMs);
    }
    bool halted(RunId run)
    {
        return QTest::qWaitFor(
            [&] { return m_world->told(run) && m_world->told(run)->halted.has_value(); }, patienceMs);
    }
    [[nodiscard]] int logins() const { return m_sandbox->requests(QStringLiteral("/v1/users/login")); }

private slots:
    void init() { m_clock = std::make_unique<RushClock>(); }
    void cleanup()
    {
        m_world.reset();
        m_sandbox.reset();
        m_clock.reset();
    }

    void expiredTokenInTheMiddleIsRenewedOnce()
    {
        begin();
        const QStringList numbers = m_sandbox->numbers(100);
        m_sandbox->fault(QStringLiteral("401:1@1"));
        const RunId run = m_world->startNumbers(numbers);
        QVERIFY(over(run));
        QCOMPARE(m_world->summary(run).answered, 100);
        QCOMPARE(logins(), 2);
        QCOMPARE(m_world->budgetUse().lastHour, 100);
    }

    void wrongPasswordIsTriedOnceAndLosesNothing()
    {
        begin();
        const QStringList numbers = m_sandbox->numbers(120);
        Account account = m_world->account();
        QVERIFY(answerOf<Accounts::Saved>([&](auto then) {
            return m_world->accounts().save(account, Secret("Wrong-Pass1"), then);
        }).ok());
        const RunId run = m_world->startNumbers(numbers);
        QVERIFY(halted(run));
        QCOMPARE(m_world->told(run)->halted->kind, Failure::Kind::Unauthorised);
        QCOMPARE(m_world->told(run)->summary.state, RunState::Paused);
        QTest::qWait(200);
        QCOMPARE(logins(), 1);
        QVERIFY(m_world->verdicts().empty());
        QCOMPARE(m_world->summary(run).open(), 120);
        QTRY_COMPARE(m_world->budgetUse().lastHour, 0); // nobody was asked

        QVERIFY(answerOf<Accounts::Saved>([&](auto then) {
            return m_world->accounts().save(account, Secret(m_sandbox->password().toUtf8()), then);
        }).ok());
        m_world->runner().resume(run);
        QVERIFY(over(run));
        QCOMPARE(m_world->summary(run).answered, 120);
    }

    /// Wawp's session was dropped: that is about us. The run stops at the first answer, nobody is judged, nothing is
    /// spent, and after a restart it is still known why.
    void aDroppedSessionStopsAtTheFirstAnswer_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::newRow("404") << QStringLiteral("invalid-session");
        QTest::newRow("422") << QStringLiteral("scan-qr");
    }
    void aDroppedSessionStopsAtTheFirstAnswer()
    {
        QFETCH(QString, fault);
        begin();
        const SandboxOptions &options = m_sandbox->server().options();
        Account account = m_world->account();
        account.kind = GatewayKind::Wawp;
        account.address = QUrl(QString::fromStdString(m_sandbox->server().wawpAddress()));
        account.sender = QString::fromStdString(options.wawpInstance);
        QVERIFY(answerOf<Accounts::Saved>([&](auto then) {
            return m_world->accounts().save(account, Secret(QByteArray::fromStdString(options.wawpToken)), then);
        }).ok());
        m_sandbox->fault(fault);
        const std::size_t before = m_sandbox->ledger().size();
        const RunId run = m_world->startNumbers(m_sandbox->numbers(5));
        QVERIFY(halted(run));
        QVERIFY(m_world->told(run)->halted->aboutAccount);
        QTRY_COMPARE(m_world->summary(run).open(), 5);
        QCOMPARE(m_world->summary(run).failed, 0);
        QVERIFY(m_world->verdicts().empty());
        QCOMPARE(m_sandbox->ledger().size() - before, std::size_t(1));
        QTRY_COMPARE(m_world->budgetUse().lastHour, 0);

        const Failure why = *m_world->told(run)->halted;
        m_world->close();
        m_world->open();
        bool recovered = false;
        m_world->runner().recover([&](const Done &done) { recovered = done.ok(); });
        QTRY_VERIFY(recovered);
        std::optional<Failure> still;
        QVERIFY(QTest::qWaitFor(
            [&] {
                for (const RunProgress &progress : m_world->runner().active())
                    if (progress.summary.id == run)
                        still = progress.halted;
                return still.has_value();
            },
            patienceMs));
        QCOMPARE(still->kind, why.kind);
        QCOMPARE(still->code, why.code);
        QCOMPARE(still->subject, why.subject);
        m_sandbox->clearFaults();
        m_world->runner().resume(run);
        QVERIFY(over(run));
        QCOMPARE(m_world->summary(run).answered, 5);
        QVERIFY(!m_world->summary(run).halted);
    }

    void deadGatewayPausesTheRun()
    {
        begin();
        QTcpServer closed; // a port that was free a moment ago
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        const QUrl nobody(QStringLiteral("http://127.0.0.1:%1/v1").arg(closed.serverPort()));
        closed.close();
        Account account = m_world->account();
        account.address = nobody;
        QVERIFY(answerOf<Accounts::Saved>([&](auto then) {
            return m_world->accounts().save(account, Secret(), then);
        }).ok());
        const RunId run = m_world->startNumbers(m_sandbox->numbers(70));
        QVERIFY(halted(run));
        QCOMPARE(m_world->told(run)->halted->kind, Failure::Kind::Offline);
        QCOMPARE(m_world->told(run)->summary.state, RunState::Paused);
        QCOMPARE(m_world->summary(run).open(), 70);
        QVERIFY(m_world->verdicts().empty());
        QTRY_COMPARE(m_world->budgetUse().lastHour, 0);

        account.address = m_sandbox->address();
        QVERIFY(answerOf<Accounts::Saved>([&](auto then) {
            return m_world->accounts().save(account, Secret(), then);
        }).ok());
        m_world->runner().resume(run);
        QVERIFY(over(run));
        QCOMPARE(m_world->summary(run).answered, 70);
    }

    void answersThatFoundNoRoomAreStoredOnResume()
    {
        begin();
        m_sandbox->fault(QStringLiteral("slow=500"));
        const QStringList numbers = m_sandbox->numbers(10);
        const RunId run = m_world->startNumbers(numbers);
        QTRY_COMPARE(m_world->budgetUse().lastHour, 10); // booked: the request is on its way
        {
            const NoGrowth fullDisk;
            QVERIFY(halted(run));
            QCOMPARE(m_world->told(run)->halted->kind, Failure::Kind::DiskFull);
            QCOMPARE(m_world->told(run)->summary.state, RunState::Paused);
            QCOMPARE(m_world->told(run)->summary.answered, 0);
            QVERIFY(m_world->verdicts().empty()); // nothing is shown that is not on disk
        }
        m_world->runner().resume(run);
        QVERIFY(over(run));
        QCOMPARE(m_world->summary(run).answered, 10);
        QCOMPARE(m_world->verdicts().size(), 10U);
        for (const QString &number : numbers)
            QCOMPARE(m_sandbox->asked().count(number), 1); // what the gateway had said was kept
    }

    void throttlesCostNothing_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::newRow("with Retry-After") << QStringLiteral("429=2:2");
        QTest::newRow("without") << QStringLiteral("429-bare:2");
    }
    void throttlesCostNothing()
    {
        QFETCH(QString, fault);
        begin();
        m_sandbox->fault(fault);
        const RunId run = m_world->startNumbers(m_sandbox->numbers(60));
        QVERIFY(over(run));
        QCOMPARE(m_world->summary(run).answered, 60);
        QCOMPARE(m_world->budgetUse().lastHour, 60); // what was refused was given back
    }

    void serverErrorsAreRepeatedAndCounted()
    {
        begin();
        m_sandbox->fault(QStringLiteral("5xx=503:2"));
        const RunId run = m_world->startNumbers(m_sandbox->numbers(10));
        QVERIFY(over(run));
        QCOMPARE(m_world->summary(run).answered, 10);
        QCOMPARE(m_world->budgetUse().lastHour, 30); // each attempt is booked
    }

    void neverInvalidByTrouble_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("reason");
        QTest::newRow("5xx") << QStringLiteral("5xx=500") << QStringLiteral("gateway-error");
        QTest::newRow("HTML") << QStringLiteral("html") << QStringLiteral("bad-reply");
        QTest::newRow("cut") << QStringLiteral("cut") << QString();
        QTest::newRow("duplicate keys") << QStringLiteral("duplicate-keys") << QStringLiteral("bad-reply");
    }
    void neverInvalidByTrouble()
    {
        QFETCH(QString, fault);
        QFETCH(QString, reason);
        begin();
        m_sandbox->fault(fault);
        const RunId run = m_world->startNumbers(m_sandbox->numbers(3, false));
        QVERIFY(over(run));
        QCOMPARE(m_world->summary(run).failed, 3);
        for (const auto &[number, verdict] : m_world->verdicts()) {
            QCOMPARE(verdict.word, VerdictWord::Failed);
            if (!reason.isEmpty())
                QCOMPARE(verdict.reason, reason);
        }
        QCOMPARE(m_sandbox->requests(QStringLiteral("/v1/contacts")), 3);
    }

    void missingRowsStayNotChecked()
    {
        begin();
        m_sandbox->fault(QStringLiteral("missing-rows"));
        const QStringList numbers = m_sandbox->numbers(8);
        const RunId run = m_world->startNumbers(numbers);
        QVERIFY(over(run));
        // Every second row is left out: 8 -> 4 left -> 2 left -> 1 left after the third attempt.
        const auto verdicts = m_world->verdicts();
        QCOMPARE(verdicts.size(), 7U);
        QCOMPARE(m_world->summary(run).notAsked, 1);
        QCOMPARE(m_world->summary(run).failed, 0);
        int without = 0;
        for (const RunItem &item : m_world->items(run)) {
            if (item.state != RunItemState::NotAsked)
                continue;
            ++without;
            QCOMPARE(item.reason, QStringLiteral("no-answer"));
            QCOMPARE(item.attempts, 3);
        }
        QCOMPARE(without, 1);
    }

    void unknownWordsFailAndCanBeRetried()
    {
        begin(SandboxFixture::quick(), {500, 2000, 20});
        m_sandbox->fault(QStringLiteral("unknown-word:1"));
        const RunId run = m_world->startNumbers(m_sandbox->numbers(4));
        QVERIFY(over(run));
        QCOMPARE(m_world->summary(run).failed, 4);
        for (const auto &[number, verdict] : m_world->verdicts()) {
            QCOMPARE(verdict.word, VerdictWord::Failed);
            QCOMPARE(verdict.rawWord, QStringLiteral("unchecked"));
        }
        m_world->runner().retryFailed(run);
        QTRY_COMPARE_WITH_TIMEOUT(m_world->summary(run).answered, 4, patienceMs); // after the cool-down
        QCOMPARE(m_world->summary(run).failed, 0);
    }

    void processingIsAskedAgainForNothing()
    {
        SandboxOptions slow = SandboxFixture::quick();
        slow.slowPercent = 100;
        slow.decideAfterMs = 400; // real time: eight seconds of ours
        begin(slow);
        RunOptions force;
        force.forceCheck = true;
        const RunId run = m_world->startNumbers(m_sandbox->numbers(10), force);
        QVERIFY(over(run));
        QCOMPARE(m_world->summary(run).answered, 10);
        QCOMPARE(m_world->budgetUse().lastHour, 10);
        int looks = 0;
        int repeats = 0;
        for (const SandboxLedgerEntry &entry : m_sandbox->ledger()) {
            for (const SandboxAsked &asked : entry.asked) {
                looks += asked.live;
                repeats += !asked.live;
                QCOMPARE(entry.forceCheck, asked.live); // only the first question was forced
            }
        }
        QCOMPARE(looks, 10);
        QVERIFY(repeats >= 10);
    }

    void nodeThatCannotTellIsUnverified()
    {
        begin();
        m_sandbox->fault(QStringLiteral("always-valid"));
        const RunId run = m_world->startNumbers(m_sandbox->numbers(2, false));
        QVERIFY(over(run));
        QCOMPARE(m_world->verdicts().size(), 2U);
        for (const auto &[number, verdict] : m_world->verdicts()) {
            QCOMPARE(verdict.word, VerdictWord::Unverified);
            QCOMPARE(verdict.rawWord, QStringLiteral("valid"));
            QCOMPARE(verdict.reason, QStringLiteral("version>=2.43"));
        }
    }

    void waitsForTheBudgetAndGoesOnByItself()
    {
        begin(SandboxFixture::quick(), {5, 100, 60});
        const RunId run = m_world->startNumbers(m_sandbox->numbers(12));
        QTRY_VERIFY_WITH_TIMEOUT(
            m_world->told(run) && m_world->told(run)->summary.state == RunState::WaitingForBudget, patienceMs);
        QTRY_COMPARE(m_world->told(run)->summary.answered, 5);
        const qint64 wait = m_world->told(run)->waitingUntilMs - m_clock->now().wallMs;
        QVERIFY(wait > 3'000'000 && wait <= 3'600'000);
        QCOMPARE(m_sandbox->asked().size(), 5);
        QTRY_COMPARE(m_world->summary(run).state, RunState::WaitingForBudget);

        Account account = m_world->account(); // more was allowed: it is seen within a minute
        account.budget.perHour = 50;
        QVERIFY(answerOf<Accounts::Saved>([&](auto then) {
            return m_world->accounts().save(account, Secret(), then);
        }).ok());
        QVERIFY(over(run));
        QCOMPARE(m_world->summary(run).answered, 12);
    }

    void noBudgetAtAllIsSaid()
    {
        begin(SandboxFixture::quick(), {0, 100, 60});
        const RunId run = m_world->startNumbers(m_sandbox->numbers(2));
        QVERIFY(halted(run));
        QCOMPARE(m_world->told(run)->halted->kind, Failure::Kind::OverBudget);
        QVERIFY(m_sandbox->asked().isEmpty());
    }
};

QTEST_GUILESS_MAIN(RunnerTroubleTest)
#include "runnertrouble_test.moc"
