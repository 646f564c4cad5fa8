// SPDX-License-Identifier: GPL-3.0-or-later
// Gateways with a key instead of a login, over real sockets: what leaves is what the dialect wrote (gateways.md 6.6), a
// refused key is not tried again (2.3: "stop, ask for a new key, never retry").
#include "models/gateways/gateway.h"
#include "tests/support/answer.h"
#include "tests/support/relay.h"

#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

struct Fixture {
    Fixture(GatewayKind kind, const QUrl &address, const QString &sender)
        : gateway(
            account(kind, address, sender),
            [this](std::function<void(Result<Credentials>)> then) {
                Credentials credentials;
                credentials.token = Secret(QByteArrayLiteral("key_123"));
                return clock.after(0, [then = std::move(then), credentials] { then(credentials); });
            },
            clock)
    {
    }
    static Account account(GatewayKind kind, const QUrl &address, const QString &sender)
    {
        Account account;
        account.id = AccountId(1);
        account.kind = kind;
        account.address = address;
        account.sender = sender;
        return account;
    }
    Result<CheckReply> check(const QString &number)
    {
        CheckOptions once;
        once.repeat = false;
        const std::vector<QString> inputs{number};
        return answerOf<CheckReply>([&](auto then) { return gateway.check(inputs, once, then); }, 20'000);
    }
    SystemClock clock;
    Gateway gateway;
};

RelayAct answer(int status, const QByteArray &body)
{
    RelayAct act;
    act.answer = Relay::http(status, body);
    return act;
}

QByteArray lineOf(const QByteArray &request)
{
    return request.left(request.indexOf("\r\n"));
}

} // namespace

class KeyedGatewaysTest final : public QObject {
    Q_OBJECT

private slots:
    void aRefusedKeyIsAskedWithOnce();
    void sendApiPathOnTheWire();
    void commBoxPathOnTheWire();
    void aPauseToldInTheBodyIsKept();
    void aKeyThatIsQuotedBackIsNotKept_data();
    void aKeyThatIsQuotedBackIsNotKept();
};

void KeyedGatewaysTest::aRefusedKeyIsAskedWithOnce()
{
    Relay relay;
    relay.always(answer(401, "{\"success\":false,\"error\":{\"type\":\"revoked_api_key\",\"code\":4012}}"));
    Fixture f(GatewayKind::SendApi, relay.address(QStringLiteral("/v1")), QStringLiteral("sess_1"));
    const auto reply = f.check(QStringLiteral("+447700900000"));
    QVERIFY(!reply);
    QCOMPARE(reply.failure().kind, Failure::Kind::Unauthorised);
    QCOMPARE(reply.failure().code, 4012);
    QCOMPARE(relay.deliveries(), 1);
}

void KeyedGatewaysTest::sendApiPathOnTheWire()
{
    Relay relay;
    relay.always(answer(200, "{\"is_whatsapp_user\":false}"));
    Fixture f(GatewayKind::SendApi, relay.address(QStringLiteral("/v1")), QStringLiteral("se ss+1"));
    const auto reply = f.check(QStringLiteral("+447700900000"));
    QVERIFY(reply);
    QCOMPARE(reply->numbers.at(0).word, VerdictWord::Invalid);
    QCOMPARE(relay.deliveries(), 1);
    QCOMPARE(lineOf(relay.requests().at(0)),
        QByteArray("GET /v1/whatsapp/contacts/%2B447700900000/check?session_id=se%20ss%2B1 HTTP/1.1"));
}

void KeyedGatewaysTest::commBoxPathOnTheWire()
{
    for (const char *stream : {"hNyRN_fLUy7rrOrN9jLpipA%3d%3d", "hNyRN_fLUy7rrOrN9jLpipA=="}) {
        Relay relay;
        relay.always(answer(200, "{\"status\":200,\"data\":{\"valid\":true}}"));
        Fixture f(GatewayKind::CommBox, relay.address(), QString::fromLatin1(stream));
        const auto reply = f.check(QStringLiteral("+9725551234"));
        QVERIFY(reply);
        QCOMPARE(reply->numbers.at(0).word, VerdictWord::Valid);
        QCOMPARE(relay.deliveries(), 1);
        QCOMPARE(lineOf(relay.requests().at(0)),
            QByteArray("GET /whatsapp/validatecontact/hNyRN_fLUy7rrOrN9jLpipA%3D%3D/9725551234 HTTP/1.1"));
    }
}

void KeyedGatewaysTest::aPauseToldInTheBodyIsKept()
{
    Relay relay;
    relay.always(answer(429, "{\"error\":{\"type\":\"rate_limit_exceeded\",\"code\":4029,\"retry_after\":45}}"));
    Fixture f(GatewayKind::SendApi, relay.address(QStringLiteral("/v1")), QStringLiteral("sess_1"));
    const auto reply = f.check(QStringLiteral("+447700900000"));
    QVERIFY(!reply);
    QCOMPARE(reply.failure().kind, Failure::Kind::RateLimited);
    QVERIFY(reply.failure().retryAfter && reply.failure().retryAfter->count() >= 44);
    QVERIFY(f.gateway.pausedForMs() > 40'000);
}

void KeyedGatewaysTest::aKeyThatIsQuotedBackIsNotKept_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, GatewayKind kind, int status, const char *body) {
        QTest::newRow(name) << int(kind) << status << QByteArray(body);
    };
    row("CommBox, refused", GatewayKind::CommBox, 400, "{\"status\":\"400\",\"description\":\"no rights: key_123\"}");
    row("CommBox, key", GatewayKind::CommBox, 401, "{\"status\":401,\"description\":\"Invalid API key key_123.\"}");
    row("sendapi, message", GatewayKind::SendApi, 409, "{\"error\":{\"message\":\"key_123 is in use\"}}");
    row("sendapi, type", GatewayKind::SendApi, 409, "{\"error\":{\"type\":\"key_123\"}}");
}

/// What a gateway says goes into logs and sentences; it may quote the key that it refuses.
void KeyedGatewaysTest::aKeyThatIsQuotedBackIsNotKept()
{
    QFETCH(int, kind);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    Relay relay;
    relay.always(answer(status, body));
    Fixture f(GatewayKind(kind), relay.address(), QStringLiteral("sess_1"));
    const auto reply = f.check(QStringLiteral("+447700900000"));
    QVERIFY(!reply);
    const QString kept = reply.failure().detail + u'|' + reply.failure().subject;
    QVERIFY2(kept.contains(QChar(0x2026)), qPrintable(kept)); // its words are kept, the key is left out
    QVERIFY2(!kept.contains(QStringLiteral("123")), qPrintable(kept));
}

QTEST_GUILESS_MAIN(KeyedGatewaysTest)
#include "keyedgateways_test.moc"
