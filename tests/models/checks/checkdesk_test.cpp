// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/checks/checkdesk.h"
#include "models/store/stops.h"
#include "tests/support/answer.h"
#include "tests/support/checkworld.h"
#include "tests/support/fakeclock.h"
#include "tests/support/rushclock.h"
#include "tests/support/sandboxfixture.h"

using namespace rollcall;
using namespace rollcall::tests;

/// From people, or one typed number, to a running check; on the real store and the sandbox.
class CheckDeskTest final : public QObject {
    Q_OBJECT

    static Result<CheckPlan> planNumber(CheckWorld &world, const QString &typed)
    {
        return answerOf<CheckPlan>([&](auto then) {
            return world.desk().planNumber(parsePhoneNumber(typed, QStringLiteral("GB")), world.account(), {}, then);
        });
    }
    static Result<RunId> start(CheckWorld &world, const CheckPlan &plan)
    {
        return answerOf<RunId>([&](auto then) { return world.desk().start(plan, world.account(), {}, then); });
    }

private slots:
    void typedNumberThatBelongsToNobody_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("asked");
        QTest::newRow("international") << QStringLiteral("+44 7700 900000") << QStringLiteral("+447700900000");
        // The vendor page's own example of a number that fails: no E.164, asked as typed.
        QTest::newRow("too short") << QStringLiteral("+163155588") << QStringLiteral("+163155588");
    }
    void typedNumberThatBelongsToNobody()
    {
        QFETCH(QString, typed);
        QFETCH(QString, asked);
        RushClock clock;
        SandboxFixture sandbox;
        CheckWorld world(clock);
        world.addAccount(sandbox.address(), sandbox.user(), sandbox.password());
        const auto plan = planNumber(world, typed);
        QVERIFY(plan.ok());
        QCOMPARE(plan->people, 1);
        QCOMPARE(plan->ask.size(), 1U);
        QCOMPARE(plan->ask.front().ask, asked);
        const auto run = start(world, *plan);
        QVERIFY(run.ok());
        QTRY_VERIFY_WITH_TIMEOUT(world.isOver(*run), 10'000);
        QCOMPARE(sandbox.asked(), QStringList{asked});
        const std::vector<RunItem> items = world.items(*run);
        QCOMPARE(items.size(), 1U);
        QVERIFY(items.front().person.isNull());
        const auto again = planNumber(world, typed); // its verdict has a place: the same text finds it again
        QVERIFY(again.ok());
        QCOMPARE(again->ask.size() + std::size_t(again->cached) + std::size_t(again->coolingDown), 1U);
        QCOMPARE(again->ask.size(), 0U);
    }

    void typedNumberOfSomebodyWhoSaidStop()
    {
        RushClock clock;
        SandboxFixture sandbox;
        CheckWorld world(clock);
        world.addAccount(sandbox.address(), sandbox.user(), sandbox.password());
        const QString number = sandbox.numbers(1).front();
        const std::vector<PersonId> people = world.addPeople({number});
        QVERIFY(answerOf<Nothing>([&](auto then) {
            return world.store().stops().stop(
                people, {parsePhoneNumber(number, {}).key()}, QStringLiteral("said STOP"), then);
        }).ok());
        const auto plan = planNumber(world, number);
        QVERIFY(plan.ok());
        QCOMPARE(plan->doNotContact, 1);
        const auto run = start(world, *plan);
        QVERIFY(!run.ok());
        QCOMPARE(run.failure().kind, Failure::Kind::BadInput);
        QCOMPARE(sandbox.requests(QStringLiteral("/v1/contacts")), 0);
    }

    void nothingStartsWhileTheClockIsBehind()
    {
        FakeClock clock;
        SandboxFixture sandbox;
        CheckWorld world(clock);
        world.addAccount(sandbox.address(), sandbox.user(), sandbox.password());
        const std::vector<PersonId> people = world.addPeople(sandbox.numbers(2));
        clock.jumpWall(-3'600'000);
        const CheckPlan plan = world.plan(people);
        QVERIFY(plan.clockMoved);
        QCOMPARE(plan.ask.size(), 2U);
        const auto refused = start(world, plan);
        QVERIFY(!refused.ok());
        QCOMPARE(refused.failure().kind, Failure::Kind::ClockMoved);
        QVERIFY(answerOf<Nothing>([&](auto then) { return world.store().confirmTime(then); }).ok());
        QVERIFY(!world.plan(people).clockMoved);
    }

    void droppedPlanIsSilent()
    {
        FakeClock clock;
        SandboxFixture sandbox;
        CheckWorld world(clock);
        world.addAccount(sandbox.address(), sandbox.user(), sandbox.password());
        const std::vector<PersonId> people = world.addPeople(sandbox.numbers(1));
        bool told = false;
        {
            const Call call
                = world.desk().plan(people, world.account(), {}, [&told](const Result<CheckPlan> &) { told = true; });
        }
        QCOMPARE(world.plan(people).ask.size(), 1U); // the reader is through with both
        QVERIFY(!told);
    }
};

QTEST_GUILESS_MAIN(CheckDeskTest)
#include "checkdesk_test.moc"
