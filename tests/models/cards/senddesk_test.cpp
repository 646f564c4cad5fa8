// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sendplace.h"

using namespace rollcall;
using namespace rollcall::tests;

/// From the click to the run: plan, consent gate, the one lazy check.
class SendDeskTest final : public SendPlace {
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void fromTheDesk()
    {
        SendDesk the = desk();
        const SendPlan plan = planFor(the, numbers(3));
        QCOMPARE(plan.send.size(), 3U);
        QCOMPARE(plan.nobody, 3);
        QVERIFY(startWith(the, {}, request()).failure().kind == Failure::Kind::BadInput);
        SendRequest broken = request();
        broken.cards.front().birthday = QStringLiteral("soon");
        QVERIFY(startWith(the, plan, broken).failure().kind == Failure::Kind::BadInput);
        const auto id = startWith(the, plan, request());
        QVERIFY(id);
        QVERIFY(over(*id));
        QCOMPARE(run(*id).done, 3);
        QCOMPARE(run(*id).note, QStringLiteral("as agreed"));
        QCOMPARE(acts(QStringLiteral("send.run")), 1);
        QCOMPARE(acts(QStringLiteral("consent.override")), 0);
        const auto lines
            = answered<std::vector<RecipientLine>>([&](auto then) { return the.lines(numbers(1), m_account, then); });
        QVERIFY(lines);
        QVERIFY(lines->front().lastSentMs > 0);
        QCOMPARE(planFor(the, numbers(1)).sendsLately, 4);
        m_account.kind = GatewayKind::SendApi;
        QCOMPARE(startWith(the, plan, request()).failure().kind, Failure::Kind::Unsupported);
    }

    void theConsentGate()
    {
        m_account.sandbox = false;
        m_account.address = QUrl(QStringLiteral("https://waba.example/v1"));
        SendDesk the = desk();
        QCOMPARE(planFor(the, numbers(2)).withoutOptInLeft, 2);
        const SendPlan plan = planFor(the, numbers(2), {.withoutOptIn = ConsentChoice::Override});
        QVERIFY(plan.needsReason);
        QCOMPARE(startWith(the, plan, request()).failure().kind, Failure::Kind::BadInput);
        QCOMPARE(m_server->ledger.size(), 0U);
        SendRequest reasoned = request();
        reasoned.consentReason = QStringLiteral("they asked for the address by phone");
        QVERIFY(startWith(the, plan, reasoned));
        QCOMPARE(acts(QStringLiteral("consent.override")), 1);
    }

    void theLazyCheck_data()
    {
        QTest::addColumn<VerdictWord>("answer");
        QTest::addColumn<int>("sent");
        QTest::newRow("valid") << VerdictWord::Valid << 2;
        QTest::newRow("invalid") << VerdictWord::Invalid << 0;
        QTest::newRow("processing: not waited for") << VerdictWord::Processing << 2;
    }
    void theLazyCheck()
    {
        QFETCH(VerdictWord, answer);
        QFETCH(int, sent);
        m_answer = answer;
        SendDesk the = desk();
        const SendPlan plan = planFor(the, numbers(2), {.checkFirst = true});
        QCOMPARE(plan.check.size(), 2U);
        const auto id = startWith(the, plan, request());
        QVERIFY(m_checked >= 2);
        if (sent == 0) {
            QCOMPARE(id.failure().kind, Failure::Kind::BadInput);
        } else {
            QVERIFY(id);
            QVERIFY(over(*id));
        }
        QCOMPARE(m_server->ledger.size(), std::size_t(sent));
    }
    void aCheckThatCannotGoOnSendsNothing()
    {
        m_checkFails = failure(Failure::Kind::Unauthorised, 401);
        SendDesk the = desk();
        const auto id = startWith(the, planFor(the, numbers(1), {.checkFirst = true}), request());
        QCOMPARE(id.failure().kind, Failure::Kind::Unauthorised);
        QCOMPARE(m_server->ledger.size(), 0U);
    }
};

QTEST_GUILESS_MAIN(SendDeskTest)
#include "senddesk_test.moc"
