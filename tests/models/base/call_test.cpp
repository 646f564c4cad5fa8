// SPDX-License-Identifier: GPL-3.0-or-later
// What everything asynchronous here rests on: a Call answers once at most, and never after it was dropped.
#include "models/base/call.h"

#include <QTest>

using namespace rollcall;

class CallTest final : public QObject {
    Q_OBJECT

private slots:
    void noneIsClosed()
    {
        const Call none;
        QVERIFY(!none.isOpen());
        QVERIFY(!Call(std::shared_ptr<Call::State>()).isOpen());
    }

    void droppingStopsOnce()
    {
        int stops = 0;
        const auto state = working(stops);
        {
            const Call call(state);
            QVERIFY(call.isOpen());
            QCOMPARE(stops, 0);
        }
        QCOMPARE(stops, 1);
        QVERIFY(!state->open); // what looks at it before it answers sees that nobody waits
        QVERIFY(!state->stop); // and what it held is let go
    }

    void whatWasAnsweredIsNotStopped()
    {
        int stops = 0;
        const auto state = working(stops);
        {
            const Call call(state);
            state->open = false; // answered
            QVERIFY(!call.isOpen());
        }
        QCOMPARE(stops, 0);
    }

    void movingStopsNothing()
    {
        int stops = 0;
        Call first(working(stops));
        Call second(std::move(first));
        QVERIFY(second.isOpen());
        QVERIFY(!first.isOpen()); // NOLINT(bugprone-use-after-move,clang-analyzer-cplusplus.Move): it is empty
        first = Call();
        QCOMPARE(stops, 0);
        second = Call();
        QCOMPARE(stops, 1);
    }

    void assigningOverStopsWhatWasThere()
    {
        int first = 0;
        int second = 0;
        Call call(working(first));
        call = Call(working(second));
        QCOMPARE(first, 1);
        QCOMPARE(second, 0);
        QVERIFY(call.isOpen());
    }

    /// The stop of one may drop its owner, and with it the Call itself.
    void aStopThatAssignsAgainIsCalledOnce()
    {
        Call call;
        int stops = 0;
        const auto state = std::make_shared<Call::State>();
        state->stop = [&] {
            ++stops;
            call = Call();
        };
        call = Call(state);
        call = Call();
        QCOMPARE(stops, 1);
        QVERIFY(!call.isOpen());
    }

private:
    static std::shared_ptr<Call::State> working(int &stops)
    {
        auto state = std::make_shared<Call::State>();
        state->stop = [&stops] { ++stops; };
        return state;
    }
};

QTEST_GUILESS_MAIN(CallTest)
#include "call_test.moc"
