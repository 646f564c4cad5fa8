// SPDX-License-Identifier: GPL-3.0-or-later
// Measured fact M11 (reliability.md): the system's proxy is used for https only, is told, and never sees a token.
#include "models/gateways/transport.h"
#include "models/gateways/way.h"
#include "tests/support/answer.h"
#include "tests/support/relay.h"

#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

Result<HttpReply> ask(Transport &transport, bool write = false)
{
    HttpRequest request;
    request.verb = "POST";
    request.path = "/contacts";
    request.body = "{}";
    request.write = write;
    request.deadlineMs = 3000;
    request.secretHeaders.emplace_back(QByteArrayLiteral("Authorization"), Secret(QByteArrayLiteral("Bearer CNRY-1")));
    return answerOf<HttpReply>([&](auto then) { return transport.send(request, then); });
}

} // namespace

class TransportProxyTest final : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        qputenv("http_proxy", m_proxy.address().toEncoded());
        qputenv("https_proxy", m_proxy.address().toEncoded());
        qunsetenv("no_proxy");
    }

    void isShownAndSeesNoToken()
    {
        SystemClock clock;
        Transport transport(QUrl(QStringLiteral("https://gateway.example/v1")), {}, clock);
        m_proxy.always({Relay::http(502, "no way")});
        for (const bool write : {false, true}) {
            const auto result = ask(transport, write);
            QVERIFY(!result);
            QCOMPARE(result.failure().kind, Failure::Kind::Offline); // the gateway got nothing
        }
        QCOMPARE(transport.route().proxy, QStringLiteral("127.0.0.1:%1").arg(m_proxy.port()));
        QVERIFY(m_proxy.deliveries() >= 2);
        for (const QByteArray &request : m_proxy.requests()) {
            QVERIFY2(request.startsWith("CONNECT gateway.example:443 "), request.constData());
            QVERIFY(!request.contains("CNRY"));
            QVERIFY(!request.contains("Authorization"));
        }
    }

    void isNotUsedForLoopback()
    {
        const int before = m_proxy.connections();
        Relay relay;
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        QVERIFY(ask(transport));
        QCOMPARE(m_proxy.connections(), before);
        QVERIFY(transport.route().proxy.isEmpty());
    }

    void itsPasswordIsNotShown()
    {
        qputenv("https_proxy", "http://user:CNRY-2@127.0.0.1:3128");
        const Way way = findWay(QUrl(QStringLiteral("https://gateway.example/v1")), {});
        QVERIFY(!way.refusal);
        QCOMPARE(way.proxyText(), QStringLiteral("127.0.0.1:3128"));
    }

    void plainHttpIsRefusedBeforeAnyProxy()
    {
        const int before = m_proxy.connections();
        SystemClock clock;
        Transport transport(QUrl(QStringLiteral("http://gateway.example/v1")), {}, clock);
        QCOMPARE(ask(transport).failure().kind, Failure::Kind::Tls);
        QCOMPARE(m_proxy.connections(), before);
    }

private:
    Relay m_proxy;
};

QTEST_GUILESS_MAIN(TransportProxyTest)
#include "transport_proxy_test.moc"
