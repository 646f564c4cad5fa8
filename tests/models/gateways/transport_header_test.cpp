// SPDX-License-Identifier: GPL-3.0-or-later
// Measured facts M9 and M12's neighbours (reliability.md): what goes out is exactly what was meant, nothing is kept.
#include "models/gateways/transport.h"
#include "tests/support/answer.h"
#include "tests/support/fakeclock.h"
#include "tests/support/relay.h"

#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

HttpRequest get(const QByteArray &path = "/health")
{
    HttpRequest request;
    request.verb = "GET";
    request.path = path;
    request.deadlineMs = 5000;
    return request;
}

Result<HttpReply> sent(Transport &transport, const HttpRequest &request)
{
    return answerOf<HttpReply>([&](auto then) { return transport.send(request, then); });
}

QByteArrayList lines(const QByteArray &request)
{
    return request.left(request.indexOf("\r\n\r\n")).replace("\r\n", "\n").split('\n');
}

} // namespace

class TransportHeaderTest final : public QObject {
    Q_OBJECT

private slots:
    void aTokenWithLineBreaksIsRefused_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("CR LF") << QByteArray("Bearer T\r\nX-Injected: yes");
        QTest::newRow("LF") << QByteArray("Bearer T\nX-Injected: yes");
        QTest::newRow("CR") << QByteArray("Bearer T\rX");
        QTest::newRow("NUL") << QByteArray("Bearer T\0x", 10);
        QTest::newRow("tab") << QByteArray("Bearer\tT");
        QTest::newRow("Latin-1") << QByteArray("Bearer \xe9");
        QTest::newRow("DEL") << QByteArray("Bearer \x7f");
        QTest::newRow("blank at the end") << QByteArray("Bearer ");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("8193 bytes") << QByteArray("Bearer " + QByteArray(8193 - 7, 'x'));
    }
    void aTokenWithLineBreaksIsRefused()
    {
        QFETCH(QByteArray, value);
        Relay relay;
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        for (const bool write : {false, true}) {
            HttpRequest request = get();
            request.write = write;
            request.secretHeaders.emplace_back(QByteArrayLiteral("Authorization"), Secret(value));
            const auto result = sent(transport, request);
            QVERIFY(!result);
            QCOMPARE(result.failure().kind, Failure::Kind::BadInput);
            QVERIFY(value.isEmpty() || !result.failure().detail.contains(QLatin1String("Bearer")));
        }
        spin(20);
        QCOMPARE(relay.connections(), 0);
    }

    /// The longest token a gateway may give (4,096), and the longest header value at all.
    void aLongTokenGoesOutWhole_data()
    {
        QTest::addColumn<int>("length");
        QTest::newRow("token of 4,096") << 4096;
        QTest::newRow("value of 8,192") << 8192 - 7;
    }
    void aLongTokenGoesOutWhole()
    {
        QFETCH(const int, length);
        Relay relay;
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        HttpRequest request = get();
        const QByteArray value = "Bearer " + QByteArray(length, 'x');
        request.secretHeaders.emplace_back(QByteArrayLiteral("Authorization"), Secret(value));
        QVERIFY(sent(transport, request));
        QVERIFY(lines(relay.requests().front()).contains(QByteArray("Authorization: " + value)));
    }

    void namesItselfAndItsContent()
    {
        Relay relay;
        SystemClock clock;
        Transport transport(relay.address(QStringLiteral("/v1/")), {}, clock);
        HttpRequest request = get();
        request.secretHeaders.emplace_back(QByteArrayLiteral("Authorization"), Secret(QByteArrayLiteral("Bearer T0")));
        QVERIFY(sent(transport, request));
        const QByteArrayList head = lines(relay.requests().front());
        QCOMPARE(head.front(), QByteArray("GET /v1/health HTTP/1.1"));
        QVERIFY(head.contains("User-Agent: Rollcall/" ROLLCALL_VERSION));
        QVERIFY(head.contains("Content-Type: application/json"));
        QVERIFY(head.contains("Authorization: Bearer T0"));
        QVERIFY(head.contains(QByteArray("Host: 127.0.0.1:" + QByteArray::number(relay.port()))));
        for (const QByteArray &line : head)
            QVERIFY2(!line.startsWith("Cookie") && !line.startsWith("If-"), line.constData());
    }

    void thePathGoesOutAsWritten_data()
    {
        QTest::addColumn<QByteArray>("path");
        for (const char *path :
            {"/contacts/%2B447700900000/block", "/contacts/+447700900000/check", "/x/16315551004%40c.us",
                "/x/%253d%253d", "/x?phone=%2B1&next=a%26b", "/x/%20%28555%29", "/x/%7B1%7D", "/x/a%2Fb"})
            QTest::newRow(path) << QByteArray(path);
    }
    void thePathGoesOutAsWritten()
    {
        QFETCH(QByteArray, path);
        Relay relay;
        SystemClock clock;
        Transport transport(relay.address(QStringLiteral("/v1")), {}, clock);
        QVERIFY(sent(transport, get(path)));
        QCOMPARE(lines(relay.requests().front()).front(), QByteArray("GET /v1" + path + " HTTP/1.1"));
    }

    void aPathThatIsNoneIsRefused_data()
    {
        QTest::addColumn<QByteArray>("path");
        for (const char *path : {"", "x", "@evil.example/", ":81/", "/a b", "/a\r\nX: y", "/\xc3\xa4"})
            QTest::newRow(path) << QByteArray(path);
    }
    void aPathThatIsNoneIsRefused()
    {
        QFETCH(QByteArray, path);
        Relay relay;
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        QCOMPARE(sent(transport, get(path)).failure().kind, Failure::Kind::BadInput);
        QCOMPARE(relay.connections(), 0);
    }

    void keepsNoCookieAndNoCopy()
    {
        Relay relay;
        relay.always(
            {Relay::http(200, "{}", {"Set-Cookie: s=1; Path=/", "Cache-Control: max-age=3600", "ETag: \"e\""})});
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        QVERIFY(sent(transport, get()));
        QVERIFY(sent(transport, get()));
        QCOMPARE(relay.deliveries(), 2);
        const QByteArray second = relay.requests()[1];
        QVERIFY(!second.contains("Cookie:"));
        QVERIFY(!second.contains("If-None-Match"));
    }

    void everyStatusButThreeHundredsIsAReply_data()
    {
        QTest::addColumn<int>("status");
        for (const int status :
            {200, 201, 202, 400, 401, 403, 404, 409, 410, 418, 429, 499, 500, 501, 502, 503, 504, 599})
            QTest::addRow("%d", status) << status;
    }
    void everyStatusButThreeHundredsIsAReply()
    {
        QFETCH(int, status);
        Relay relay;
        const QByteArrayList challenge{
            "WWW-Authenticate: Basic realm=\"Secured\"", "Proxy-Authenticate: Basic realm=\"P\"", "Retry-After: 7"};
        relay.always({Relay::http(status, R"({"errors":[]})", challenge)});
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        HttpRequest request = get();
        request.verb = "POST";
        request.body = "{}";
        const auto result = sent(transport, request);
        QVERIFY2(result.ok(), result ? "" : qPrintable(result.failure().detail));
        QCOMPARE(result->status, status);
        QCOMPARE(result->body, QByteArray(R"({"errors":[]})"));
        QCOMPARE(result->header("retry-after"), QByteArray("7"));
        QCOMPARE(relay.deliveries(), 1);
    }

    void anEmptyAnswerIsAnAnswer()
    {
        Relay relay;
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        relay.next({"HTTP/1.1 204 No Content\r\n\r\n"});
        const auto result = sent(transport, get());
        QVERIFY(result);
        QCOMPARE(result->status, 204);
        QVERIFY(result->body.isEmpty());
    }

    void theClocksAreCompared()
    {
        Relay relay;
        relay.always({Relay::http(200, "{}", {"Date: Tue, 14 Nov 2023 22:15:20 GMT"})});
        FakeClock clock(1'700'000'000'000); // Tue, 14 Nov 2023 22:13:20 GMT
        Transport transport(relay.address(), {}, clock);
        QVERIFY(!transport.route().skewKnown);
        QVERIFY(sent(transport, get()));
        QVERIFY(transport.route().skewKnown);
        QCOMPARE(transport.route().clockSkewMs, 120'000);
        QVERIFY(transport.route().proxy.isEmpty());
        QVERIFY(transport.route().tls.isEmpty());
    }

    void plainHttpIsForLiteralLoopbackOnly_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<Failure::Kind>("kind");
        QTest::newRow("another host") << "http://gateway.example/v1" << Failure::Kind::Tls;
        QTest::newRow("a name that may lead elsewhere") << "http://localhost:9/v1" << Failure::Kind::Tls;
        QTest::newRow("private network") << "http://192.168.1.1/v1" << Failure::Kind::Tls;
        QTest::newRow("any address") << "http://0.0.0.0:9/v1" << Failure::Kind::Tls;
        QTest::newRow("file") << "file:///etc/passwd" << Failure::Kind::BadInput;
        QTest::newRow("ftp") << "ftp://127.0.0.1/" << Failure::Kind::Tls;
        QTest::newRow("login in it") << "https://u:p@gateway.example/v1" << Failure::Kind::BadInput;
        QTest::newRow("query in it") << "https://gateway.example/v1?x=1" << Failure::Kind::BadInput;
        QTest::newRow("empty") << "" << Failure::Kind::BadInput;
        QTest::newRow("loopback, nobody there") << "http://127.0.0.1:1/v1" << Failure::Kind::Offline;
    }
    void plainHttpIsForLiteralLoopbackOnly()
    {
        QFETCH(QString, address);
        SystemClock clock;
        Transport transport(QUrl(address), {}, clock);
        const auto result = sent(transport, get());
        QVERIFY(!result);
        QTEST(result.failure().kind, "kind");
    }
};

QTEST_GUILESS_MAIN(TransportHeaderTest)
#include "transport_header_test.moc"
