// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/pacesimulation.h"

#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

/// The issue: 20,000 queued, 500 an hour, simulated clock: at most 500 in every sliding hour.
class BudgetTest final : public QObject {
    Q_OBJECT

    static constexpr qint64 hourMs = 3'600'000;

private slots:
    void atMost500InEverySlidingHour()
    {
        PaceSimulation run({{500, 20'000, 60}, 20'000, 250, 60, 200});
        run.create();
        run.runFor(10 * hourMs + 5'000); // in the middle of the eleventh batch of requests
        const std::size_t before = run.sentMs().size();
        QVERIFY(before >= 5'000 && before < 20'000);
        run.restart(); // the budget survives it
        run.runFor(60 * hourMs);
        QVERIFY(run.over());
        QVERIFY(run.sentMs().size() >= 20'000);
        QVERIFY(run.sentMs().size() <= 21'000); // what was in the air is asked again
        QVERIFY(run.mostTimesOneNumber() <= 2);
        QCOMPARE(PaceSimulation::mostWithin(run.sentMs(), hourMs), 500);
        QVERIFY(PaceSimulation::mostWithin(run.requestsMs(), 60'000) <= 60);
        // 40 hours' worth: the last 500 leave in the 40th hour, or in the 41st when some were asked twice.
        QVERIFY(run.elapsedMs() >= 39 * hourMs);
        QVERIFY(run.elapsedMs() <= 41 * hourMs);
    }

    void theTimeLeftKnowsTheBudget()
    {
        PaceSimulation run({{500, 20'000, 60}, 5'000, 50, 60, 200});
        run.create();
        run.runFor(5'000); // a few hundred are answered, at a speed that would be through in two minutes
        QVERIFY(run.sentMs().size() >= 100 && run.sentMs().size() < 500);
        QVERIFY2(run.remainingMs() >= 9 * hourMs, qPrintable(QString::number(run.remainingMs())));
        QVERIFY2(run.remainingMs() <= 11 * hourMs, qPrintable(QString::number(run.remainingMs())));
    }

    void clockForwardOpensNoBudget()
    {
        PaceSimulation run({{500, 20'000, 60}, 1'500, 125, 60, 200});
        run.create();
        for (int i = 0; i < 20 && !run.over(); ++i) {
            run.runFor(hourMs / 3);
            run.jumpWall(2 * hourMs);
        }
        run.runFor(6 * hourMs);
        QVERIFY(run.over());
        QCOMPARE(PaceSimulation::mostWithin(run.sentMs(), hourMs), 500); // by the time that really passed
        QCOMPARE(run.mostTimesOneNumber(), 1);
    }

    void clockBackStopsUntilTheTimeIsConfirmed()
    {
        PaceSimulation run({{500, 20'000, 60}, 1'500, 125, 60, 200});
        run.create();
        run.runFor(hourMs / 2);
        QCOMPARE(run.sentMs().size(), 500U);
        run.jumpWall(-24 * hourMs);
        run.runFor(2 * hourMs);
        QCOMPARE(run.sentMs().size(), 500U); // nothing is asked by itself
        QVERIFY(run.halted());
        QCOMPARE(run.halted()->kind, Failure::Kind::ClockMoved);
        run.confirmTime();
        run.runFor(60 * hourMs);
        QVERIFY(run.over());
        QCOMPARE(run.sentMs().size(), 1'500U);
        QCOMPARE(run.mostTimesOneNumber(), 1);
        QCOMPARE(PaceSimulation::mostWithin(run.sentMs(), hourMs), 500);
    }

    void theDayCountsToo()
    {
        PaceSimulation run({{500, 1'000, 60}, 1'500, 125, 60, 200});
        run.create();
        run.runFor(23 * hourMs);
        QCOMPARE(run.sentMs().size(), 1'000U);
        run.runFor(3 * hourMs);
        QVERIFY(run.over());
        QCOMPARE(run.sentMs().size(), 1'500U);
        QCOMPARE(PaceSimulation::mostWithin(run.sentMs(), 24 * hourMs), 1'000);
        QCOMPARE(run.mostTimesOneNumber(), 1);
    }
};

QTEST_GUILESS_MAIN(BudgetTest)
#include "budget_test.moc"
