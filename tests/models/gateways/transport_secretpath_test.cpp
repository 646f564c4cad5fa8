// SPDX-License-Identifier: GPL-3.0-or-later
// product.md rule 6, gateways.md 0, 8: Wawp's token rides in the query. Whatever becomes of such a request, neither a
// failure nor any line that we or Qt log holds it; and it reaches the gateway exactly as it was written.
#include "models/gateways/dialects/wawp.h"
#include "models/gateways/transport.h"
#include "tests/support/answer.h"
#include "tests/support/relay.h"

#include <QLoggingCategory>
#include <QTcpServer>
#include <QTest>
#include <array>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

const QByteArray token = "S3cret/+=%2F?#&t";
const QString typed = QStringLiteral("+16315551004");

Credentials account()
{
    Credentials credentials;
    credentials.token = Secret(token);
    credentials.sender = QStringLiteral("7C4A1B2D9E0F");
    return credentials;
}

Result<HttpReply> sent(const QUrl &address, const HttpRequest &request)
{
    SystemClock clock;
    Transport transport(address, {}, clock);
    return answerOf<HttpReply>([&](auto then) { return transport.send(request, then); }, 15'000);
}

QString logged;

void keep(QtMsgType, const QMessageLogContext &, const QString &text)
{
    logged += text + u'\n';
}

bool tells(const QString &text)
{
    const QString all = text.toLower(); // QUrl writes schemes and hosts in lower case
    return all.contains(u"s3cret") || all.contains(u"7c4a1b2d9e0f") || all.contains(u"access_token");
}

/// Everything Qt can say about networks is said, into `logged`.
class Listening {
public:
    Listening()
    {
        logged.clear();
        m_before = qInstallMessageHandler(keep);
        QLoggingCategory::setFilterRules(QStringLiteral("*=true"));
    }
    ~Listening()
    {
        QLoggingCategory::setFilterRules(QString());
        qInstallMessageHandler(m_before);
    }
    Listening(const Listening &) = delete;
    Listening &operator=(const Listening &) = delete;

private:
    QtMessageHandler m_before = nullptr;
};

} // namespace

class TransportSecretPathTest final : public QObject {
    Q_OBJECT

private slots:
    void thePathArrivesAsWritten()
    {
        Relay relay;
        relay.always({Relay::http(200, "{}")});
        const WawpDialect wawp;
        const QByteArray query = "?instance_id=7C4A1B2D9E0F&access_token=S3cret%2F%2B%3D%252F%3F%23%26t";
        QVERIFY(sent(relay.address(), wawp.contactRequest(account(), typed)));
        QVERIFY(sent(relay.address(), wawp.numberOfRequest(account(), QStringLiteral("123456789012345@lid"))));
        QVERIFY(sent(relay.address(QStringLiteral("/wawp")), wawp.healthRequest(account())));
        QCOMPARE(relay.deliveries(), 3);
        const auto line
            = [&relay](size_t i) { return relay.requests().at(i).left(relay.requests().at(i).indexOf('\r')); };
        QCOMPARE(line(0), "GET /v2/contacts" + query + "&contactId=16315551004%40c.us HTTP/1.1");
        QCOMPARE(line(1), "GET /v2/lids/123456789012345%40lid" + query + " HTTP/1.1");
        QCOMPARE(line(2), "GET /wawp/v2/session/info" + query + " HTTP/1.1");
        for (const QByteArray &request : relay.requests()) {
            QVERIFY(request.toLower().contains(QByteArray("\r\naccess-token: " + token.toLower() + "\r\n")));
            QVERIFY(!request.toLower().contains("\r\nreferer"));
        }
    }

    void noFailureTellsIt_data()
    {
        QTest::addColumn<RelayAct>("act");
        QTest::addColumn<Failure::Kind>("kind");
        QTest::addColumn<bool>("write");
        using K = Failure::Kind;
        const auto row = [](const char *name, const RelayAct &act, K read, K write) {
            QTest::addRow("%s", name) << act << read << false;
            QTest::addRow("%s, write", name) << act << write << true;
        };
        const QByteArray echo = "access_token=S3cret%2F%2B%3D";
        row("closed", {.close = true}, K::GatewayError, K::OutcomeUnknown);
        row("reset", {.reset = true}, K::GatewayError, K::OutcomeUnknown);
        row("silent", {.silent = true}, K::Timeout, K::OutcomeUnknown);
        row("cut", {.answer = Relay::http(200, "{\"a\":1}"), .cutAfter = Relay::http(200, "{\"a\":1}").size() - 3},
            K::BadReply, K::OutcomeUnknown);
        row("too large", {.answer = Relay::http(200, QByteArray(5000, 'x'))}, K::TooLarge, K::OutcomeUnknown);
        row("no HTTP", {.answer = echo + "\r\n\r\n", .closeAfter = true}, K::GatewayError, K::OutcomeUnknown);
        row("redirected, relative", {.answer = Relay::http(302, {}, {"Location: /login?" + echo})}, K::Redirected,
            K::Redirected);
        row("redirected elsewhere",
            {.answer
                = Relay::http(301, {}, {"Location: https://x:S3cret@wawp.example:8443/S3cret?" + echo + "#S3cret"})},
            K::Redirected, K::Redirected);
        row("redirected to nothing known", {.answer = Relay::http(307, {}, {"Location: S3cret://x/"})}, K::Redirected,
            K::Redirected);
        row("packed wrongly", {.answer = Relay::http(200, echo, {"Content-Encoding: gzip"})}, K::TooLarge,
            K::OutcomeUnknown);
    }
    void noFailureTellsIt()
    {
        QFETCH(RelayAct, act);
        QFETCH(bool, write);
        Relay relay;
        relay.always(act);
        const WawpDialect wawp;
        HttpRequest request = wawp.contactRequest(account(), typed);
        if (write) {
            request = wawp.blockRequest(account(), std::array{typed});
            request.path += "?access_token=S3cret"; // where one generation of the vendor's own clients put it
        }
        request.deadlineMs = 600;
        request.maxBytes = 4000;
        const Listening listening;
        const Result<HttpReply> result = sent(relay.address(), request);
        QVERIFY(!result);
        QTEST(result.failure().kind, "kind");
        QVERIFY2(!tells(result.failure().detail), qPrintable(result.failure().detail));
        QVERIFY2(!tells(result.failure().subject), qPrintable(result.failure().subject));
        QVERIFY2(!tells(logged), qPrintable(logged));
    }

    void whatIsNotSentTellsItNeither()
    {
        QTcpServer nobody;
        QVERIFY(nobody.listen(QHostAddress::LocalHost));
        const QUrl closed(QStringLiteral("http://127.0.0.1:%1").arg(nobody.serverPort()));
        nobody.close();
        Relay plain;
        const QUrl noTls(QStringLiteral("https://127.0.0.1:%1").arg(plain.port()));
        plain.always({.answer = "no TLS here", .closeAfter = true});
        const WawpDialect wawp;
        HttpRequest request = wawp.contactRequest(account(), typed);
        request.deadlineMs = 2000;
        HttpRequest broken = request;
        broken.path += " S3cret";
        HttpRequest badEscape = request;
        badEscape.path += "&x=%zz";
        HttpRequest badHeader = request;
        badHeader.secretHeaders.front().second = Secret("S3cret\r\nX: y");
        const Listening listening;
        const std::vector<std::pair<QUrl, HttpRequest>> asked{{closed, request}, {noTls, request},
            {QUrl(QStringLiteral("http://wawp.example")), request}, {closed, broken}, {closed, badEscape},
            {closed, badHeader}};
        for (const auto &[address, what] : asked) {
            const Result<HttpReply> result = sent(address, what);
            QVERIFY(!result);
            const QString told = result.failure().detail + u'|' + result.failure().subject;
            QVERIFY2(!tells(told), qPrintable(told));
        }
        QVERIFY2(!tells(logged), qPrintable(logged));
    }
};

QTEST_GUILESS_MAIN(TransportSecretPathTest)
#include "transport_secretpath_test.moc"
