// SPDX-License-Identifier: GPL-3.0-or-later
// Measured facts M1 and M2 (reliability.md): no redirect is followed, so a token never reaches another host and a POST
// never becomes a GET.
#include "models/gateways/transport.h"
#include "tests/support/answer.h"
#include "tests/support/relay.h"

#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

class TransportRedirectTest final : public QObject {
    Q_OBJECT

private slots:
    void isRefusedWithItsTarget_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("verb");
        QTest::addColumn<bool>("write");
        for (const int status : {300, 301, 302, 303, 307, 308})
            for (const char *verb : {"GET", "POST", "DELETE"})
                for (const bool write : {false, true})
                    QTest::addRow("%d %s %s", status, verb, write ? "write" : "read")
                        << status << QByteArray(verb) << write;
    }
    void isRefusedWithItsTarget()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, verb);
        QFETCH(bool, write);
        Relay other;
        Relay relay;
        const QByteArray target = other.address(QStringLiteral("/v1/contacts")).toEncoded();
        relay.always({Relay::http(status, "{}", {QByteArray("Location: " + target)})});
        SystemClock clock;
        Transport transport(relay.address(QStringLiteral("/v1")), {}, clock);
        HttpRequest request;
        request.verb = verb;
        request.path = "/contacts";
        request.write = write;
        request.body = verb == "GET" ? QByteArray() : QByteArray("{}");
        request.secretHeaders.emplace_back(QByteArrayLiteral("Authorization"), Secret(QByteArrayLiteral("Bearer T0")));
        request.secretHeaders.emplace_back(QByteArrayLiteral("D360-API-KEY"), Secret(QByteArrayLiteral("K0")));
        const auto result = answerOf<HttpReply>([&](auto then) { return transport.send(request, then); });
        QVERIFY(!result);
        QCOMPARE(result.failure().kind, Failure::Kind::Redirected);
        QCOMPARE(result.failure().code, status);
        QCOMPARE(result.failure().subject, QStringLiteral("127.0.0.1:%1").arg(other.port()));
        spin(30);
        QCOMPARE(other.connections(), 0);
        QCOMPARE(relay.deliveries(), 1);
        QVERIFY(relay.requests().front().startsWith(QByteArray(verb + " /v1/contacts ")));
    }

    void anyTargetIsRefused_data()
    {
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<QString>("shown");
        QTest::newRow("same host, relative") << QByteArray("/v1/contacts/") << "here";
        QTest::newRow("http from a gateway") << QByteArray("http://evil.example/") << "evil.example";
        QTest::newRow("scheme-relative") << QByteArray("//evil.example:81/x") << "evil.example:81";
        QTest::newRow("file") << QByteArray("file:///etc/passwd") << "";
        QTest::newRow("javascript") << QByteArray("javascript:alert(1)") << "";
        QTest::newRow("not an address") << QByteArray("http://[::1") << "";
        QTest::newRow("none") << QByteArray() << "";
    }
    void anyTargetIsRefused()
    {
        QFETCH(QByteArray, location);
        QFETCH(QString, shown);
        Relay relay;
        relay.always({Relay::http(
            302, "{}", location.isEmpty() ? QByteArrayList() : QByteArrayList{QByteArray("Location: " + location)})});
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        HttpRequest request;
        request.verb = "GET";
        request.path = "/health";
        const auto result = answerOf<HttpReply>([&](auto then) { return transport.send(request, then); });
        QVERIFY(!result);
        QCOMPARE(result.failure().kind, Failure::Kind::Redirected);
        QCOMPARE(result.failure().subject, shown == u"here" ? QStringLiteral("127.0.0.1:%1").arg(relay.port()) : shown);
        spin(20);
        QCOMPARE(relay.deliveries(), 1);
    }
};

QTEST_GUILESS_MAIN(TransportRedirectTest)
#include "transport_redirect_test.moc"
