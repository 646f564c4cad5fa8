// SPDX-License-Identifier: GPL-3.0-or-later
// A profile photo comes from WhatsApp's server: what is sent there, what is followed and what is believed.
#include "models/gateways/picture.h"

#include "models/gateways/gateway.h"
#include "tests/support/answer.h"
#include "tests/support/fakeclock.h"
#include "tests/support/relay.h"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

/// 640 x 480, header only: nothing is decoded here.
const QByteArray png = QByteArray::fromHex("89504e470d0a1a0a 0000000d 49484452 00000280 000001e0 0806000000");

Account account(const QUrl &address)
{
    Account account;
    account.kind = GatewayKind::Wawp;
    account.sender = QStringLiteral("INSTANCE4711");
    account.address = address;
    return account;
}

/// What a gateway at `address` makes of a photo's link.
Result<Picture> fetch(const QUrl &link, const QUrl &address = QUrl(QStringLiteral("http://127.0.0.1:1")))
{
    SystemClock clock;
    int asked = 0;
    Gateway gateway(
        account(address),
        [&](std::function<void(Result<Credentials>)> then) {
            ++asked;
            return clock.after(0, [then = std::move(then)] {
                Credentials credentials;
                credentials.token = Secret("TOKEN-CANARY");
                then(credentials);
            });
        },
        clock);
    auto got = answerOf<Picture>([&](auto then) { return gateway.photoBytes(link, then); });
    if (asked != 0)
        return Failure{Failure::Kind::Unauthorised, QStringLiteral("the token was asked for")};
    return got;
}

} // namespace

class PictureTest final : public QObject {
    Q_OBJECT

private slots:
    void fetchesWithoutCredentials()
    {
        Relay relay;
        relay.next({Relay::http(200, png, {"Content-Type: text/html"})}); // what it is called does not count
        const auto picture = fetch(relay.address(QStringLiteral("/v/t61/1.jpg?oh=01_AQ%2B&oe=66F%3D")));
        QVERIFY2(picture.ok(), picture ? "" : qPrintable(picture.failure().detail));
        QCOMPARE(picture->bytes, png);
        QVERIFY(picture->header == (ImageHeader{ImageFormat::Png, 640, 480}));
        QCOMPARE(relay.deliveries(), 1);
        const QByteArray request = relay.requests()[0];
        QVERIFY(request.startsWith("GET /v/t61/1.jpg?oh=01_AQ%2B&oe=66F%3D HTTP/1.1\r\n")); // the signature untouched
        for (const char *secret : {"CANARY", "INSTANCE", "Authorization", "access-token", "Cookie", "Referer"})
            QVERIFY2(!request.contains(secret), secret);
    }

    void whatIsNoPictureIsNotOne()
    {
        Relay relay;
        relay.next({Relay::http(200, "<svg xmlns='http://www.w3.org/2000/svg'/>", {"Content-Type: image/jpeg"})});
        QCOMPARE(fetch(relay.address(QStringLiteral("/1.jpg"))).failure().kind, Failure::Kind::BadInput);
        relay.next({Relay::http(200, QByteArray::fromHex("89504e470d0a1a0a 0000000d 49484452 00007530 00007530 08"))});
        QCOMPARE(fetch(relay.address(QStringLiteral("/bomb.png"))).failure().kind, Failure::Kind::TooLarge);
    }

    void anExpiredLinkIsSaid()
    {
        Relay relay;
        for (const int status : {403, 404, 410}) {
            relay.next({Relay::http(status, png)});
            QCOMPARE(fetch(relay.address(QStringLiteral("/1.jpg"))).failure().kind, Failure::Kind::NotFound);
        }
        relay.next({Relay::http(500, png)});
        QCOMPARE(fetch(relay.address(QStringLiteral("/1.jpg"))).failure().kind, Failure::Kind::GatewayError);
    }

    void noRedirectIsFollowed()
    {
        Relay relay;
        Relay other;
        relay.next({Relay::http(302, {}, {"Location: " + other.address(QStringLiteral("/x")).toEncoded()})});
        QCOMPARE(fetch(relay.address(QStringLiteral("/1.jpg"))).failure().kind, Failure::Kind::Redirected);
        QCOMPARE(other.connections(), 0);
    }

    void stopsAtFifteenMegabytes()
    {
        Relay relay;
        RelayAct big{"HTTP/1.1 200 OK\r\n\r\n" + png};
        big.filler = 40'000'000;
        big.closeAfter = true;
        relay.next(big);
        QCOMPARE(fetch(relay.address(QStringLiteral("/1.png"))).failure().kind, Failure::Kind::TooLarge);
        QVERIFY(relay.bytesSent() < 39'000'000);
        RelayAct fits{"HTTP/1.1 200 OK\r\n\r\n" + png};
        fits.filler = 15LL * 1024 * 1024 - png.size();
        fits.closeAfter = true;
        relay.next(fits);
        QVERIFY(fetch(relay.address(QStringLiteral("/1.png"))));
    }

    void stopsAfterAMinute()
    {
        Relay relay;
        RelayAct silent;
        silent.silent = true;
        relay.next(silent);
        FakeClock clock;
        std::optional<Result<Picture>> got;
        const Call call = fetchPicture(relay.address(QStringLiteral("/1.jpg")), true, clock,
            [&](const Result<Picture> &picture) { got = picture; });
        QVERIFY(eventually([&] { return relay.deliveries() == 1; }));
        clock.advance(59'999);
        QVERIFY(!got);
        clock.advance(1);
        QVERIFY(eventually([&] { return got.has_value(); }));
        QCOMPARE(got->failure().kind, Failure::Kind::Timeout);
    }

    void onlySafeLinksAreFollowed_data()
    {
        QTest::addColumn<QString>("link");
        for (const char *link : {"", "http://pps.whatsapp.net/v/1.jpg", "ftp://pps.whatsapp.net/1.jpg",
                 "file:///etc/passwd", "data:image/png;base64,AAAA", "https://user:pw@pps.whatsapp.net/1.jpg", "1.jpg"})
            QTest::newRow(*link == '\0' ? "empty" : link) << QString::fromLatin1(link);
    }
    void onlySafeLinksAreFollowed()
    {
        QFETCH(QString, link);
        const auto picture = fetch(QUrl(link));
        QVERIFY(!picture);
        QVERIFY(picture.failure().kind == Failure::Kind::BadInput || picture.failure().kind == Failure::Kind::Tls);
    }

    void aGatewayElsewhereDoesNotSendUsToOurOwnServices()
    {
        Relay relay;
        relay.always({Relay::http(200, png)});
        const QUrl elsewhere(QStringLiteral("https://gateway.example"));
        QCOMPARE(fetch(relay.address(QStringLiteral("/1.png")), elsewhere).failure().kind, Failure::Kind::BadInput);
        QCOMPARE(fetch(QUrl(QStringLiteral("https://localhost:%1/1.png").arg(relay.port())), elsewhere).failure().kind,
            Failure::Kind::BadInput);
        QCOMPARE(relay.connections(), 0);
        QVERIFY(fetch(relay.address(QStringLiteral("/1.png")))); // the sandbox's own do
    }

    void aDroppedCallIsSilent()
    {
        Relay relay;
        RelayAct silent;
        silent.silent = true;
        relay.always(silent);
        SystemClock clock;
        int answers = 0;
        {
            const Call call = fetchPicture(
                relay.address(QStringLiteral("/1.jpg")), true, clock, [&](const Result<Picture> &) { ++answers; });
            QVERIFY(eventually([&] { return relay.deliveries() == 1; }));
        }
        spin(50);
        QCOMPARE(answers, 0);
    }
};

QTEST_GUILESS_MAIN(PictureTest)
#include "picture_test.moc"
