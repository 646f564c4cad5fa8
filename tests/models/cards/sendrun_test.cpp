// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/stops.h"
#include "tests/support/sendplace.h"

using namespace rollcall;
using namespace rollcall::tests;

/// One run of messages after the other through every kind of answer.
class SendRunTest final : public SendPlace {
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void everybodyGetsItOnceWithAnId()
    {
        const RunId id = create(20);
        QVERIFY(over(id));
        QCOMPARE(run(id).done, 20);
        QCOMPARE(run(id).state, OperationRunState::Done);
        QCOMPARE(m_server->mostInFlight, 1);
        std::set<QString> ids;
        for (int i = 0; i < 20; ++i) {
            QCOMPARE(m_server->times(asked(i)), 1);
            ids.insert(items(id)[std::size_t(i)].messageId);
        }
        QCOMPARE(ids.size(), 20U);
        QCOMPARE(m_server->ledger.front().cards, filledIn({ann()}));
    }

    void aLostAnswerIsUnknownAndNeverSentAgain_data()
    {
        QTest::addColumn<bool>("arrived");
        QTest::newRow("it arrived") << true;
        QTest::newRow("it did not") << false;
    }
    void aLostAnswerIsUnknownAndNeverSentAgain()
    {
        QFETCH(bool, arrived);
        m_server->next(Act::Take);
        m_server->next(arrived ? Act::Lose : Act::Swallow);
        const RunId id = create(3);
        QVERIFY(over(id));
        QCOMPARE(run(id).done, 2);
        QCOMPARE(run(id).unknown, 1);
        QCOMPARE(items(id)[1].state, OperationState::Unknown);
        m_runner->resume(id);
        QVERIFY(until([&] { return !m_runner->isStoring(); }));
        QCOMPARE(m_server->times(asked(1)), int(arrived));
        // The operator says: again.
        SendDesk the = desk();
        const auto again = answered<RunId>([&](auto then) {
            return the.sendAgain({items(id)[1].id}, m_account, QStringLiteral("she did not get it"), then);
        });
        QVERIFY(again);
        QVERIFY(*again != id);
        QVERIFY(over(*again));
        QCOMPARE(run(*again).done, 1);
        QCOMPARE(m_server->times(asked(1)), int(arrived) + 1);
        QCOMPARE(items(id)[1].state, OperationState::Refused);
        QCOMPARE(items(id)[1].why, QString::fromLatin1(Why::settledByOperator));
        QCOMPARE(run(id).unknown, 0);
        // What is done is not sent again.
        const auto none
            = answered<RunId>([&](auto then) { return the.sendAgain({items(id)[0].id}, m_account, {}, then); });
        QCOMPARE(none.failure().kind, Failure::Kind::BadInput);
    }

    void threeUnclearAnswersStopTheRun()
    {
        for (int i = 0; i < 3; ++i)
            m_server->next(Act::Lose);
        const RunId id = create(6);
        QVERIFY(halted(id));
        QCOMPARE(run(id).unknown, 3);
        QCOMPARE(run(id).open(), 3);
        m_runner->resume(id);
        QVERIFY(over(id));
        QCOMPARE(m_server->ledger.size(), 6U);
    }

    void whatIsAboutTheRecipientDoesNotStopTheOthers()
    {
        for (const int code : {131047, 470, 131026, 1013, 131047})
            m_server->next(Act::Fail, failure(Failure::Kind::Refused, code));
        const RunId id = create(7);
        QVERIFY(over(id));
        QCOMPARE(run(id).refused, 5);
        QCOMPARE(run(id).done, 2);
        QCOMPARE(items(id)[1].why, QString::fromLatin1(Why::outsideWindow));
        QCOMPARE(items(id)[1].detail, QStringLiteral("said the gateway"));
        QCOMPARE(items(id)[2].why, QString::fromLatin1(Why::notOnWhatsApp));
    }

    void whatIsAboutUsStopsTheRun()
    {
        m_server->next(Act::Fail, failure(Failure::Kind::Unauthorised, 401));
        const RunId id = create(2);
        QVERIFY(halted(id));
        QCOMPARE(run(id).open(), 2);
        QCOMPARE(items(id)[0].attempts, 0);
        m_runner->resume(id);
        QVERIFY(over(id));
        QCOMPARE(run(id).done, 2);
        for (int i = 0; i < 3; ++i)
            m_server->next(Act::Fail, failure(Failure::Kind::Refused, 131000));
        QVERIFY(halted(create(5))); // a code that says nothing of the recipient, three times
    }

    void askedToWaitItWaits()
    {
        Failure busy = failure(Failure::Kind::RateLimited, 131056);
        busy.retryAfter = std::chrono::seconds(120);
        m_server->next(Act::Fail, busy);
        const qint64 begun = m_store->clock.now().wallMs;
        const RunId id = create(2);
        QVERIFY(over(id));
        QVERIFY(m_store->clock.now().wallMs - begun >= 120'000);
        QCOMPARE(run(id).done, 2);
        QCOMPARE(m_server->ledger.size(), 2U);
    }

    void aStopHoldsUntilTheLastMoment()
    {
        // Stopped between `Sending` and the first byte.
        m_server->beforeLeaving = [this] {
            if (m_server->ledger.size() == 1)
                (void)(*m_store)->stops().stop({}, {AliasKey(first + 1)}, QStringLiteral("STOP"), [](const Done &) {});
        };
        const RunId id = create(3);
        QVERIFY(over(id));
        QCOMPARE(m_server->times(asked(1)), 0);
        QCOMPARE(items(id)[1].state, OperationState::NotSent);
        QCOMPARE(items(id)[1].why, QString::fromLatin1(Why::doNotContact));
        QCOMPARE(items(id)[1].attempts, 0);
        QCOMPARE(items(id)[1].sentMs, 0);
        QCOMPARE(run(id).done, 2);
        QCOMPARE(run(id).notSent, 1);
    }

    void pauseAndCancel()
    {
        bool paused = false;
        m_server->onArrived = [&] {
            if (m_server->ledger.size() == 2 && !std::exchange(paused, true))
                m_runner->pause(m_told.begin()->first);
        };
        const RunId id = create(6);
        QVERIFY(until([&] { return paused && !m_runner->isStoring() && m_server->inFlight == 0; }));
        QVERIFY(until([&] { return run(id).done == 2; }));
        QCOMPARE(run(id).state, OperationRunState::Paused);
        QCOMPARE(m_server->ledger.size(), 2U);
        m_runner->cancel(id);
        QVERIFY(over(id));
        QCOMPARE(run(id).notSent, 4);
        QCOMPARE(m_server->ledger.size(), 2U);
    }

    void whatACrashCutIsUnknown()
    {
        m_server->next(Act::Take);
        m_server->next(Act::Silent);
        const RunId id = create(3);
        QVERIFY(until([&] { return m_server->ledger.size() == 2 && !m_runner->isStoring(); }));
        m_runner.reset(); // the program ends here
        m_checks.reset();
        QVERIFY(m_store->open());
        m_told.clear();
        makeRunner();
        const auto unknown = await<qint64>([&](auto then) {
            m_runner->recover(then);
            return Call(std::make_shared<Call::State>());
        });
        QCOMPARE(*unknown, 1);
        QCOMPARE(items(id)[1].why, QString::fromLatin1(Why::crash));
        QCOMPARE(m_runner->active().size(), 1U);
        QCOMPARE(m_server->ledger.size(), 2U); // nothing goes before Resume
        m_runner->resume(id);
        QVERIFY(over(id));
        QCOMPARE(run(id).done, 2);
        QCOMPARE(run(id).unknown, 1);
        QCOMPARE(m_server->times(asked(1)), 1);
    }
};

QTEST_GUILESS_MAIN(SendRunTest)
#include "sendrun_test.moc"
