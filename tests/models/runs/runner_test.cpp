// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runs/runner.h"
#include "models/store/stops.h"
#include "tests/support/answer.h"
#include "tests/support/checkworld.h"
#include "tests/support/rushclock.h"
#include "tests/support/sandboxfixture.h"

#include <QSet>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr int patienceMs = 15'000;

VerdictWord wordOf(const QString &truth)
{
    return truth == u"valid" ? VerdictWord::Valid : truth == u"invalid" ? VerdictWord::Invalid : VerdictWord::Failed;
}

} // namespace

/// The runner with the real store, the real gateway and the real sandbox, in time twenty times faster.
class RunnerTest final : public QObject {
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
    [[nodiscard]] int timesAsked(const QString &number) const { return int(m_sandbox->asked().count(number)); }
    [[nodiscard]] int logins() const { return m_sandbox->requests(QStringLiteral("/v1/users/login")); }

private slots:
    void init() { m_clock = std::make_unique<RushClock>(); }
    void cleanup()
    {
        m_world.reset();
        m_sandbox.reset();
        m_clock.reset();
    }

    void everyVerdictIsTheWorldsTruth()
    {
        begin();
        const QStringList numbers = m_sandbox->numbers(40, true) + m_sandbox->numbers(20, false);
        const RunId run = m_world->start(m_world->addPeople(numbers));
        QVERIFY(over(run));
        const auto verdicts = m_world->verdicts();
        for (const QString &number : numbers) {
            QVERIFY2(verdicts.count(number) == 1, qPrintable(number));
            QCOMPARE(verdicts.at(number).word, wordOf(m_sandbox->truth(number)));
            QCOMPARE(verdicts.at(number).rawWord, m_sandbox->truth(number));
            QCOMPARE(verdicts.at(number).asked, number);
            QCOMPARE(timesAsked(number), 1);
        }
        QCOMPARE(m_sandbox->requests(QStringLiteral("/v1/contacts")), 2); // 60 numbers, 50 a request
        QCOMPARE(logins(), 1);
        const RunSummary summary = m_world->summary(run);
        QCOMPARE(summary.state, RunState::Done);
        QCOMPARE(summary.answered, 60);
        QCOMPARE(summary.open(), 0);
        QCOMPARE(m_world->budgetUse().lastHour, 60);
    }

    void secondRunIsAnsweredFromTheCacheUnlessForced()
    {
        begin(SandboxFixture::quick(), {500, 2000, 20});
        const std::vector<PersonId> people = m_world->addPeople(m_sandbox->numbers(5));
        QVERIFY(over(m_world->start(people)));
        const CheckPlan again = m_world->plan(people);
        QCOMPARE(again.cached, 5);
        QVERIFY(again.ask.empty());
        RunOptions force;
        force.forceCheck = true;
        QCOMPARE(m_world->plan(people, force).coolingDown, 5); // asked less than 20 s ago
        QTRY_COMPARE_WITH_TIMEOUT(m_world->plan(people, force).ask.size(), 5U, patienceMs);
        QVERIFY(over(m_world->start(people, force)));
        QVERIFY(m_sandbox->ledger().back().forceCheck);
    }

    void stopIsEffectiveAtOnce()
    {
        begin();
        const QStringList numbers = m_sandbox->numbers(400); // eight requests, one a second
        const RunId run = m_world->startNumbers(numbers);
        QTRY_VERIFY_WITH_TIMEOUT(m_world->told(run) && m_world->told(run)->summary.answered > 0, patienceMs);
        const AliasKey last = parsePhoneNumber(numbers.back(), {}).key();
        // Not waited for: it counts before it is committed.
        const Call stop = m_world->store().stops().stop({}, {last}, QStringLiteral("said STOP"), [](const Done &) {});
        QVERIFY(over(run));
        QCOMPARE(timesAsked(numbers.back()), 0);
        QCOMPARE(m_world->items(run).back().state, RunItemState::NotAsked);
        QCOMPARE(m_world->items(run).back().reason, QStringLiteral("do-not-contact"));
        QCOMPARE(m_world->budgetUse().lastHour, 399);
        QCOMPARE(m_world->summary(run).notAsked, 1);
    }

    void stopWhileTheRequestWaitsForItsLogin()
    {
        begin();
        SandboxFault slow;
        slow.name = "slow";
        slow.value = 400;
        slow.path = "/v1/users/login";
        m_sandbox->server().addFault(slow);
        const QStringList numbers = m_sandbox->numbers(10);
        const RunId run = m_world->startNumbers(numbers);
        QTRY_COMPARE(m_world->budgetUse().lastHour, 10); // booked and handed over, waiting for the login
        const Call stop = m_world->store().stops().stop(
            {}, {parsePhoneNumber(numbers.front(), {}).key()}, QStringLiteral("said STOP"), [](const Done &) {});
        QVERIFY(over(run));
        QCOMPARE(timesAsked(numbers.front()), 0);
        QCOMPARE(timesAsked(numbers.back()), 1);
        QCOMPARE(m_world->budgetUse().lastHour, 9);
    }

    void pausesAndResumes()
    {
        begin();
        const RunId run = m_world->startNumbers(m_sandbox->numbers(400)); // eight requests, one a second
        QTRY_VERIFY_WITH_TIMEOUT(m_world->told(run) && m_world->told(run)->summary.answered > 0, patienceMs);
        m_world->runner().pause(run);
        QCOMPARE(m_world->told(run)->summary.state, RunState::Paused);
        QTest::qWait(300); // six seconds of its time: whatever was in the air has landed
        const qint64 answered = m_world->summary(run).answered;
        const auto asked = m_sandbox->asked().size();
        QVERIFY(answered < 400);
        QTest::qWait(300);
        QCOMPARE(m_sandbox->asked().size(), asked);
        QCOMPARE(m_world->summary(run).state, RunState::Paused);
        m_world->runner().resume(run);
        QVERIFY(over(run));
        QCOMPARE(m_world->summary(run).answered, 400);
        const QStringList all = m_sandbox->asked();
        QCOMPARE(all.size(), 400);
        QCOMPARE(QSet<QString>(all.begin(), all.end()).size(), 400);
        QCOMPARE(m_world->budgetUse().lastHour, 400); // what was held back was given back
    }

    void cancelLeavesTheRestUnasked()
    {
        begin();
        const RunId run = m_world->startNumbers(m_sandbox->numbers(400));
        QTRY_VERIFY_WITH_TIMEOUT(m_world->told(run) && m_world->told(run)->summary.answered > 0, patienceMs);
        m_world->runner().cancel(run);
        QVERIFY(over(run));
        const RunSummary summary = m_world->summary(run);
        QCOMPARE(summary.state, RunState::Cancelled);
        QCOMPARE(summary.open(), 0);
        QVERIFY(summary.notAsked > 0);
        QCOMPARE(summary.answered, m_sandbox->asked().size()); // what was in the air is still stored
    }

    void afterACrashNothingAnsweredIsAskedTwice()
    {
        begin(SandboxFixture::quick(), {500, 2000, 20});
        const QStringList numbers = m_sandbox->numbers(150);
        m_sandbox->fault(QStringLiteral("slow=800@1"));
        const RunId run = m_world->startNumbers(numbers);
        QTRY_VERIFY_WITH_TIMEOUT(m_world->told(run) && m_world->told(run)->summary.answered == 50, patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                const auto items = m_world->items(run);
                return std::any_of(
                    items.begin(), items.end(), [](const RunItem &item) { return item.state == RunItemState::Asked; });
            }(),
            patienceMs);
        const auto answered = m_world->verdicts();
        m_world->close(); // in the middle of a request
        m_sandbox->clearFaults();
        m_world->open();

        bool recovered = false;
        m_world->runner().recover([&](const Done &done) { recovered = done.ok(); });
        QTRY_VERIFY(recovered);
        QCOMPARE(m_world->runner().active().size(), 1U);
        QCOMPARE(m_world->runner().active().front().summary.state, RunState::Paused);
        QTRY_COMPARE(m_world->summary(run).state, RunState::Paused);
        const auto before = m_sandbox->requests(QStringLiteral("/v1/contacts"));
        QTest::qWait(200);
        QCOMPARE(m_sandbox->requests(QStringLiteral("/v1/contacts")), before); // it waits for Resume

        m_world->runner().resume(run);
        QVERIFY(over(run));
        QCOMPARE(m_world->summary(run).answered, 150);
        QCOMPARE(m_world->verdicts().size(), 150U);
        for (const auto &[number, verdict] : answered)
            QCOMPARE(timesAsked(number), 1);
        for (const QString &number : numbers)
            QVERIFY(timesAsked(number) <= 2);
    }
};

QTEST_GUILESS_MAIN(RunnerTest)
#include "runner_test.moc"
