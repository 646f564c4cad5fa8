// SPDX-License-Identifier: GPL-3.0-or-later
// Measured facts M3 and M4 (reliability.md): a write is delivered once, whatever the peer does.
#include "models/gateways/transport.h"
#include "tests/support/answer.h"
#include "tests/support/relay.h"

#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

HttpRequest block(const QByteArray &verb = "POST", const QByteArray &body = R"({"reason":"asked"})")
{
    HttpRequest request;
    request.verb = verb;
    request.path = "/contacts/%2B16315551004/block";
    request.secretHeaders.emplace_back(QByteArrayLiteral("Authorization"), Secret(QByteArrayLiteral("Bearer T0")));
    request.body = body;
    request.write = true;
    request.deadlineMs = 3000;
    return request;
}

Result<HttpReply> sent(Transport &transport, const HttpRequest &request)
{
    return answerOf<HttpReply>([&](auto then) { return transport.send(request, then); });
}

RelayAct closing()
{
    RelayAct act;
    act.close = true;
    return act;
}

RelayAct resetting()
{
    RelayAct act;
    act.reset = true;
    return act;
}

} // namespace

class TransportWriteTest final : public QObject {
    Q_OBJECT

private slots:
    void isDeliveredOnceWhenThePeerClosesOrResets_data()
    {
        QTest::addColumn<QByteArray>("verb");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("reset");
        for (const bool reset : {false, true}) {
            const char *how = reset ? "reset" : "close";
            QTest::addRow("POST %s", how) << QByteArray("POST") << QByteArray(R"({"a":1})") << reset;
            QTest::addRow("DELETE with body %s", how) << QByteArray("DELETE") << QByteArray(R"({"a":1})") << reset;
            QTest::addRow("POST without body %s", how) << QByteArray("POST") << QByteArray() << reset;
            QTest::addRow("DELETE without body %s", how) << QByteArray("DELETE") << QByteArray() << reset;
            QTest::addRow("large POST %s", how) << QByteArray("POST") << QByteArray(300'000, 'x') << reset;
        }
    }
    void isDeliveredOnceWhenThePeerClosesOrResets()
    {
        QFETCH(QByteArray, verb);
        QFETCH(QByteArray, body);
        QFETCH(bool, reset);
        Relay relay;
        relay.always(reset ? resetting() : closing());
        SystemClock clock;
        Transport transport(relay.address(QStringLiteral("/v1")), {}, clock);
        const auto result = sent(transport, block(verb, body));
        QVERIFY(!result);
        QCOMPARE(result.failure().kind, Failure::Kind::OutcomeUnknown);
        spin(100); // a second delivery would come now
        QCOMPARE(relay.deliveries(), 1);
        QCOMPARE(relay.connections(), 1);
        QVERIFY(
            relay.requests().front().startsWith(QByteArray(verb + " /v1/contacts/%2B16315551004/block HTTP/1.1\r\n")));
        QVERIFY(relay.requests().front().endsWith(QByteArray("\r\n\r\n" + body)));
    }

    void isDeliveredOnceOnAConnectionThatWasKept()
    {
        Relay relay;
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        HttpRequest read = block();
        read.write = false;
        QVERIFY(sent(transport, read));
        QVERIFY(sent(transport, block()));
        relay.always(closing());
        QCOMPARE(sent(transport, block()).failure().kind, Failure::Kind::OutcomeUnknown);
        spin(100);
        QCOMPARE(relay.deliveries(), 3);
    }

    void twoHundredAroundTheIdleLimitGiveNoUnknown()
    {
        Relay relay;
        constexpr int idleMs = 12;
        relay.setIdleLimit(idleMs);
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        int unknown = 0;
        for (int i = 0; i < 200; ++i) {
            if (!sent(transport, block()))
                ++unknown;
            spin(idleMs - 4 + i % 8);
        }
        QCOMPARE(unknown, 0);
        QCOMPARE(relay.deliveries(), 200);
    }

    void goesAlone()
    {
        Relay relay;
        RelayAct slow;
        slow.answer = Relay::http(200, "{}");
        slow.dripFrom = 0;
        slow.dripMs = 1;
        relay.always(slow);
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        int done = 0;
        std::vector<Call> calls;
        for (int i = 0; i < 4; ++i)
            calls.push_back(transport.send(block(), [&](const Result<HttpReply> &result) { done += result ? 1 : 0; }));
        QVERIFY(eventually([&] { return done == 4; }));
        QCOMPARE(relay.mostAtOnce(), 1);
    }

    void whatWaitedIsAskedOnceMore()
    {
        Relay relay;
        RelayAct slow;
        slow.answer = Relay::http(200, "{}");
        slow.dripFrom = 0;
        slow.dripMs = 5;
        relay.next(slow);
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        bool stopped = false;
        std::vector<Result<HttpReply>> answers;
        const auto keep = [&](const Result<HttpReply> &answer) { answers.push_back(answer); };
        const Call first = transport.send(block(), keep);
        const Call held = transport.send(block(), keep, [&] { return !stopped; });
        const Call third = transport.send(block(), keep, [] { return true; });
        QTRY_COMPARE(relay.deliveries(), 1);
        stopped = true; // STOP, while the second waits behind the first
        QTRY_COMPARE(answers.size(), 3U);
        QVERIFY(answers[0]);
        const auto cancelled = std::count_if(answers.begin(), answers.end(),
            [](const auto &answer) { return !answer && answer.failure().kind == Failure::Kind::Cancelled; });
        QCOMPARE(cancelled, 1);
        QCOMPARE(relay.deliveries(), 2);
    }

    void whatWasLostAfterSendingIsUnknown_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("cutAfter");
        QTest::addColumn<int>("dripFrom");
        const QByteArray whole = Relay::http(200, R"({"meta":{"version":"v2.41.2"}})");
        QTest::newRow("cut in the status line") << whole << 8 << -1;
        QTest::newRow("cut in the headers") << whole << 30 << -1;
        QTest::newRow("cut in the body") << whole << int(whole.size() - 5) << -1;
        QTest::newRow("deadline in the headers") << whole << -1 << 4;
        QTest::newRow("deadline in the body") << whole << -1 << int(whole.size() - 20);
        QTest::newRow("not HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n\r\n") << 23 << -1;
    }
    void whatWasLostAfterSendingIsUnknown()
    {
        QFETCH(QByteArray, answer);
        QFETCH(int, cutAfter);
        QFETCH(int, dripFrom);
        Relay relay;
        RelayAct act;
        act.answer = answer;
        act.cutAfter = cutAfter;
        act.dripFrom = dripFrom;
        act.dripMs = 100;
        relay.always(act);
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        HttpRequest request = block();
        request.deadlineMs = 500;
        const auto result = sent(transport, request);
        QVERIFY(!result);
        QCOMPARE(result.failure().kind, Failure::Kind::OutcomeUnknown);
        spin(100);
        QCOMPARE(relay.deliveries(), 1);
    }

    void nothingSentIsOfflineNotUnknown()
    {
        quint16 port = 0;
        {
            const Relay relay;
            port = relay.port();
        }
        SystemClock clock;
        Transport transport(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port)), {}, clock);
        const auto result = sent(transport, block());
        QVERIFY(!result);
        QCOMPARE(result.failure().kind, Failure::Kind::Offline);
        QCOMPARE(result.failure().subject, QStringLiteral("127.0.0.1"));
    }

    void droppingTheCallStopsTheQueuedOnes()
    {
        Relay relay;
        RelayAct silent;
        silent.silent = true;
        relay.always(silent);
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        bool called = false;
        std::vector<Call> calls;
        for (int i = 0; i < 3; ++i)
            calls.push_back(transport.send(block(), [&](const Result<HttpReply> &) { called = true; }));
        QVERIFY(eventually([&] { return relay.deliveries() == 1; }));
        calls.pop_back();
        calls.erase(calls.begin() + 1);
        relay.always({Relay::http(200, "{}")});
        calls.clear();
        QVERIFY(sent(transport, block()));
        QCOMPARE(relay.deliveries(), 2);
        QVERIFY(!called);
    }
};

QTEST_GUILESS_MAIN(TransportWriteTest)
#include "transport_write_test.moc"
