// SPDX-License-Identifier: GPL-3.0-or-later
// Now and timers: the system's clock, and the simulated one that the other tests trust.
#include "models/base/clock.h"
#include "tests/support/answer.h"
#include "tests/support/fakeclock.h"

#include <QDateTime>

using namespace rollcall;
using namespace rollcall::tests;

class ClockTest final : public QObject {
    Q_OBJECT

private slots:
    void nowIsNow()
    {
        const SystemClock clock;
        const qint64 before = QDateTime::currentMSecsSinceEpoch();
        const Instant first = clock.now();
        QVERIFY(first.wallMs >= before && first.wallMs <= QDateTime::currentMSecsSinceEpoch());
        QVERIFY(first.monotonicMs > 0);
        const Instant second = clock.now();
        QVERIFY(second.monotonicMs >= first.monotonicMs);
        QCOMPARE(second.boot, first.boot);
    }

    void aTimerRunsOnceNotEarlyNotAtOnce()
    {
        SystemClock clock;
        int runs = 0;
        const qint64 start = clock.now().monotonicMs;
        qint64 ran = 0;
        const Call call = clock.after(30, [&] {
            ++runs;
            ran = clock.now().monotonicMs;
        });
        const Call soon = clock.after(0, [&] { runs += 100; });
        QCOMPARE(runs, 0); // never within the call
        QVERIFY(eventually([&] { return !call.isOpen() && !soon.isOpen(); }));
        QVERIFY2(ran - start >= 29, qPrintable(QString::number(ran - start))); // both are cut to whole ms
        spin(60);
        QCOMPARE(runs, 101);
    }

    void aDroppedTimerNeverRuns()
    {
        SystemClock clock;
        int runs = 0;
        {
            const Call dropped = clock.after(0, [&] { ++runs; });
        }
        Call replaced = clock.after(0, [&] { ++runs; });
        replaced = clock.after(20, [&] { runs += 10; });
        QVERIFY(eventually([&] { return !replaced.isOpen(); }));
        QCOMPARE(runs, 10);
    }

    /// Its owner may go with it.
    void aTimerMayDropItself()
    {
        SystemClock clock;
        auto call = std::make_unique<Call>();
        int runs = 0;
        *call = clock.after(0, [&] {
            ++runs;
            call.reset();
        });
        QVERIFY(eventually([&] { return runs > 0; }));
        spin(20);
        QCOMPARE(runs, 1);
        QVERIFY(!call);
    }

    void simulatedTimersRunInTheirOrder()
    {
        FakeClock clock;
        QList<qint64> at;
        const qint64 start = clock.now().wallMs;
        const auto note = [&] { at += clock.now().wallMs - start; };
        const Call late = clock.after(500, note);
        const Call early = clock.after(100, note);
        Call dropped = clock.after(200, note);
        dropped = Call();
        QCOMPARE(clock.pendingTimers(), 2);
        clock.advance(99);
        QVERIFY(at.isEmpty());
        clock.advance(1);
        QCOMPARE(at, QList<qint64>{100});
        QVERIFY(!early.isOpen() && late.isOpen());
        clock.advance(1'000);
        QCOMPARE(at, (QList<qint64>{100, 500}));
        QCOMPARE(clock.now().wallMs - start, 1'100);
        QVERIFY(!clock.runNext());
    }

    void aTimerOfATimerRunsWithinTheSameAdvance()
    {
        FakeClock clock;
        QList<qint64> at;
        const qint64 start = clock.now().monotonicMs;
        Call again;
        const Call first = clock.after(10, [&] {
            at += clock.now().monotonicMs - start;
            again = clock.after(10, [&] { at += clock.now().monotonicMs - start; });
        });
        clock.advance(100);
        QCOMPARE(at, (QList<qint64>{10, 20}));
    }

    void aJumpOfTheWallClockRunsNobody()
    {
        FakeClock clock;
        int runs = 0;
        const Instant before = clock.now();
        const Call call = clock.after(1'000, [&] { ++runs; });
        clock.jumpWall(7LL * 86'400'000);
        clock.jumpWall(-86'400'000);
        QCOMPARE(runs, 0);
        QCOMPARE(clock.now().monotonicMs, before.monotonicMs);
        QCOMPARE(clock.now().wallMs, before.wallMs + 6LL * 86'400'000);
        QVERIFY(clock.runNext());
        QCOMPARE(runs, 1);
        QCOMPARE(clock.now().monotonicMs, before.monotonicMs + 1'000);
    }
};

QTEST_GUILESS_MAIN(ClockTest)
#include "clock_test.moc"
