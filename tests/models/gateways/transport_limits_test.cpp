// SPDX-License-Identifier: GPL-3.0-or-later
// Measured facts M3 (reads), M5, M6, M7, M10 (reliability.md): deadlines are total, bodies end at their cap, a read
// that is cut says so.
#include "models/gateways/transport.h"
#include "tests/support/answer.h"
#include "tests/support/relay.h"

#include <QElapsedTimer>
#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

HttpRequest read(const QByteArray &verb = "POST")
{
    HttpRequest request;
    request.verb = verb;
    request.path = "/contacts";
    request.body = verb == "POST" ? QByteArray("{}") : QByteArray();
    request.deadlineMs = 5000;
    return request;
}

Result<HttpReply> sent(Transport &transport, const HttpRequest &request)
{
    return answerOf<HttpReply>([&](auto then) { return transport.send(request, then); }, 15'000);
}

/// RFC 1952 around what qCompress makes (RFC 1950 behind a length of 4 bytes).
QByteArray gzipped(const QByteArray &plain)
{
    quint32 crc = 0xffffffff;
    for (const char c : plain) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = crc & 1 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
    }
    crc = ~crc;
    const auto little = [](quint32 value) -> QByteArray {
        QByteArray bytes;
        for (int shift = 0; shift < 32; shift += 8)
            bytes += char(value >> shift & 0xff);
        return bytes;
    };
    const QByteArray zlib = qCompress(plain, 9).mid(4);
    return QByteArray::fromHex("1f8b0800000000000003") + zlib.mid(2, zlib.size() - 6) + little(crc)
        + little(quint32(plain.size()));
}

} // namespace

class TransportLimitsTest final : public QObject {
    Q_OBJECT

private slots:
    void aDripEndsAtTheTotalDeadline_data()
    {
        QTest::addColumn<qint64>("dripFrom");
        QTest::newRow("in the status line") << qint64(3);
        QTest::newRow("in the headers") << qint64(40);
        QTest::newRow("in the body") << qint64(120);
    }
    void aDripEndsAtTheTotalDeadline()
    {
        QFETCH(qint64, dripFrom);
        Relay relay;
        RelayAct act;
        act.answer = Relay::http(200, QByteArray(2000, 'x'));
        act.dripFrom = dripFrom;
        act.dripMs = 20; // each byte would keep an inactivity timer alive
        relay.always(act);
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        HttpRequest request = read();
        request.deadlineMs = 400;
        const auto result = sent(transport, request);
        QVERIFY(!result);
        QCOMPARE(result.failure().kind, Failure::Kind::Timeout);
        spin(100); // the connection is gone, not left to drip
        const qint64 before = relay.bytesSent();
        spin(200);
        QVERIFY(relay.bytesSent() <= before + 1);
    }

    void silenceEndsAtTheDeadline()
    {
        Relay relay;
        RelayAct act;
        act.silent = true;
        relay.always(act);
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        HttpRequest request = read("GET");
        request.deadlineMs = 200;
        const auto result = sent(transport, request);
        QVERIFY(!result);
        QCOMPARE(result.failure().kind, Failure::Kind::Timeout);
        QCOMPARE(result.failure().subject, QStringLiteral("127.0.0.1"));
    }

    void fiveHundredHeadersDoNotHang()
    {
        Relay relay;
        QByteArrayList headers;
        for (int i = 0; i < 500; ++i)
            headers += QByteArray("X-Filler-" + QByteArray::number(i) + ": " + QByteArray(100, 'y'));
        relay.always({Relay::http(200, R"({"contacts":[]})", headers)});
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        HttpRequest request = read();
        request.deadlineMs = 1500;
        const auto result = sent(transport, request);
        // Qt loses Content-Length behind so many lines (M10): either it reads the body or the deadline ends it.
        if (result)
            QCOMPARE(result->body, QByteArray(R"({"contacts":[]})"));
        else
            QCOMPARE(result.failure().kind, Failure::Kind::Timeout);
    }

    void aHugeBodyEndsAtTheCap_data()
    {
        QTest::addColumn<bool>("withLength");
        QTest::newRow("with Content-Length") << true;
        QTest::newRow("until close") << false;
    }
    void aHugeBodyEndsAtTheCap()
    {
        QFETCH(bool, withLength);
        constexpr qint64 huge = 300LL * 1024 * 1024;
        Relay relay;
        RelayAct act;
        act.answer = QByteArray("HTTP/1.1 200 OK\r\n")
            + (withLength ? "Content-Length: " + QByteArray::number(huge) + "\r\n\r\n" : QByteArray("\r\n"));
        act.filler = huge;
        act.closeAfter = true;
        relay.always(act);
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        HttpRequest request = read();
        request.maxBytes = 8 * 1024 * 1024;
        request.deadlineMs = 12'000;
        const auto result = sent(transport, request);
        QVERIFY(!result);
        QCOMPARE(result.failure().kind, Failure::Kind::TooLarge);
        spin(100);
        QVERIFY2(relay.bytesSent() < 32LL * 1024 * 1024, QByteArray::number(relay.bytesSent()).constData());
    }

    void theCapIsExact()
    {
        Relay relay;
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        HttpRequest request = read();
        request.maxBytes = 1000;
        relay.next({Relay::http(200, QByteArray(1000, 'x'))});
        const auto fits = sent(transport, request);
        QVERIFY(fits);
        QCOMPARE(fits->body.size(), 1000);
        relay.next({Relay::http(200, QByteArray(1001, 'x'))});
        QCOMPARE(sent(transport, request).failure().kind, Failure::Kind::TooLarge);
    }

    void gzipIsReadWithinTheCap()
    {
        Relay relay;
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        const QByteArray plain = "{\"contacts\":[],\"padding\":\"" + QByteArray(200'000, 'z') + "\"}";
        relay.next({Relay::http(200, gzipped(plain), {"Content-Encoding: gzip"})});
        const auto result = sent(transport, read());
        QVERIFY(result);
        QCOMPARE(result->body, plain);
    }

    void aGzipBombEndsAtTheCap()
    {
        Relay relay;
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        const QByteArray bomb = gzipped(QByteArray(24 * 1024 * 1024, '\0'));
        QVERIFY(bomb.size() < 64 * 1024);
        relay.always({Relay::http(200, bomb, {"Content-Encoding: gzip"})});
        const auto result = sent(transport, read());
        QVERIFY(!result);
        QCOMPARE(result.failure().kind, Failure::Kind::TooLarge);
    }

    void aBodyCutShortIsMalformed_data()
    {
        QTest::addColumn<QByteArray>("answer");
        const QByteArray body = "{\"contacts\":[{\"input\":\"1\",\"status\":\"val";
        QTest::newRow("short Content-Length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + body);
        QTest::newRow("cut chunk") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n" + body);
        QTest::newRow("error status, short Content-Length")
            << QByteArray("HTTP/1.1 500 Oh\r\nContent-Length: 500\r\n\r\n" + body);
    }
    void aBodyCutShortIsMalformed()
    {
        QFETCH(QByteArray, answer);
        Relay relay;
        RelayAct act;
        act.answer = answer;
        act.closeAfter = true;
        relay.always(act);
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        const auto result = sent(transport, read());
        QVERIFY(!result);
        QCOMPARE(result.failure().kind, Failure::Kind::BadReply);
        QCOMPARE(relay.deliveries(), 1);
    }

    void aBodyThatEndsWithTheConnectionIsHandedOver()
    {
        // M7: such a cut cannot be told for sure here; the dialect wants whole JSON and its members.
        Relay relay;
        RelayAct act;
        act.answer = "HTTP/1.1 200 OK\r\n\r\n{\"contacts\":[";
        act.closeAfter = true;
        relay.always(act);
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        const auto result = sent(transport, read());
        // Measured: about one time in thirteen Qt sees the close before the body and ends with error 205.
        if (result)
            QCOMPARE(result->body, QByteArray("{\"contacts\":["));
        else
            QCOMPARE(result.failure().kind, Failure::Kind::BadReply);
        QCOMPARE(relay.deliveries(), 1);
    }

    void aReadThatWasNotAnsweredIsSentOnce_data()
    {
        QTest::addColumn<bool>("reset");
        QTest::newRow("close") << false;
        QTest::newRow("reset") << true;
    }
    void aReadThatWasNotAnsweredIsSentOnce()
    {
        QFETCH(bool, reset);
        Relay relay;
        RelayAct act;
        (reset ? act.reset : act.close) = true;
        relay.always(act);
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        const auto result = sent(transport, read());
        QVERIFY(!result);
        QCOMPARE(result.failure().kind, Failure::Kind::GatewayError);
        spin(50);
        QCOMPARE(relay.deliveries(), 1); // each attempt at a check is booked: none may be added below
    }

    void aResetOnConnectIsNoUnknown()
    {
        Relay relay;
        relay.setResetOnConnect(true);
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        const auto result = sent(transport, read());
        QVERIFY(!result);
        QVERIFY(
            result.failure().kind == Failure::Kind::Offline || result.failure().kind == Failure::Kind::GatewayError);
        QCOMPARE(relay.deliveries(), 0);
    }

    void atMostSixAtOnce()
    {
        Relay relay;
        RelayAct act;
        act.answer = Relay::http(200, "{}");
        act.dripFrom = 0;
        act.dripMs = 2;
        relay.always(act);
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        int done = 0;
        std::vector<Call> calls;
        calls.reserve(20);
        for (int i = 0; i < 20; ++i)
            calls.push_back(
                transport.send(read("GET"), [&](const Result<HttpReply> &result) { done += result ? 1 : 0; }));
        QVERIFY(eventually([&] { return done == 20; }));
        QVERIFY(relay.mostAtOnce() <= 6);
        QVERIFY(relay.mostAtOnce() >= 2);
    }

    void aDroppedCallAborts()
    {
        Relay relay;
        RelayAct act;
        act.answer = Relay::http(200, QByteArray(100'000, 'x'));
        act.dripFrom = 100;
        relay.always(act);
        SystemClock clock;
        Transport transport(relay.address(), {}, clock);
        bool called = false;
        {
            const Call call = transport.send(read(), [&](const Result<HttpReply> &) { called = true; });
            QVERIFY(eventually([&] { return relay.deliveries() == 1; }));
        }
        spin(50);
        const qint64 before = relay.bytesSent();
        spin(150);
        QVERIFY(relay.bytesSent() <= before + 1);
        QVERIFY(!called);
    }

    void mayEndInsideAnAnswer()
    {
        Relay relay;
        SystemClock clock;
        auto transport = std::make_unique<Transport>(relay.address(), QString(), clock);
        bool answered = false;
        bool other = false;
        const Call first = transport->send(read(), [&](const Result<HttpReply> &) {
            answered = true;
            transport.reset();
        });
        RelayAct silent;
        silent.silent = true;
        relay.next({Relay::http(200, "{}")});
        relay.next(silent);
        const Call second = transport->send(read(), [&](const Result<HttpReply> &) { other = true; });
        QVERIFY(eventually([&] { return answered; }));
        spin(50);
        QVERIFY(!other);
    }
};

QTEST_GUILESS_MAIN(TransportLimitsTest)
#include "transport_limits_test.moc"
