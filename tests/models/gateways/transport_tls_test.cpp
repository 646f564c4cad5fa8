// SPDX-License-Identifier: GPL-3.0-or-later
// Measured facts M12 and M13 (reliability.md, C10): HTTP/2 off, peer verified, forward-secret AEAD suites only, the
// operator's CA file accepted, no header byte to a peer that is refused.
#include "models/gateways/transport.h"
#include "models/gateways/way.h"
#include "tests/support/answer.h"
#include "tests/support/relay.h"

#include <QFile>
#include <QProcess>
#include <QSslCipher>
#include <QSslKey>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

int wordAt(const QByteArray &bytes, qsizetype at)
{
    return at + 1 < bytes.size() ? int(quint8(bytes[at])) << 8 | quint8(bytes[at + 1]) : -1;
}

/// The versions that the extension supported_versions (43) of a ClientHello names (RFC 8446, 4.1.2 and 4.2.1).
QList<int> offeredVersions(const QByteArray &hello)
{
    qsizetype at = 5 + 4 + 2 + 32; // record, handshake, legacy_version, random
    at += 1 + (at < hello.size() ? quint8(hello[at]) : 0); // session id
    at += 2 + wordAt(hello, at); // cipher suites
    at += 1 + (at < hello.size() ? quint8(hello[at]) : 0); // compression
    for (at += 2; at + 4 <= hello.size(); at += 4 + wordAt(hello, at + 2)) {
        if (wordAt(hello, at) != 43)
            continue;
        QList<int> versions;
        for (qsizetype i = at + 5; i < at + 4 + wordAt(hello, at + 2); i += 2)
            versions += wordAt(hello, i);
        return versions;
    }
    return {};
}

/// A server that takes what arrives and gives `answer` to the ClientHello. Keeps every byte it got.
class HelloServer final : public QTcpServer {
public:
    explicit HelloServer(QByteArray answer)
    {
        connect(this, &QTcpServer::newConnection, this, [this, answer = std::move(answer)] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket, answer] {
                const bool first = received.isEmpty();
                received += socket->readAll();
                if (first)
                    socket->write(answer);
            });
        });
        if (!listen(QHostAddress::LocalHost))
            qFatal("no port");
    }
    QByteArray received = {};
};

} // namespace

class TransportTlsTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void theOperatorsCaIsAccepted();
    void http2IsNotOffered();
    void aPeerThatCannotBeTrustedIsRefused_data();
    void aPeerThatCannotBeTrustedIsRefused();
    void aSelfSignedPeerIsAcceptedByItsOwnFile();
    void suitesWithoutForwardSecrecyAreRefused_data();
    void suitesWithoutForwardSecrecyAreRefused();
    void oldVersionsAreNotOffered();
    void plainTextOnATlsPortIsRefused();
    void aCaFileThatIsNoneIsRefused();
    void aWriteIsDeliveredOnceOverTlsToo();

private:
    [[nodiscard]] QString file(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    bool openssl(const QStringList &arguments) const;
    bool make(const char *name, const QString &altName, const QStringList &more = {}) const;
    bool makeExpired() const;
    [[nodiscard]] QSslConfiguration server(const char *name) const;
    [[nodiscard]] Result<HttpReply> ask(
        const Relay &relay, const QString &caFile, Route *route = nullptr, bool write = false) const;
    [[nodiscard]] static Result<HttpReply> askAt(
        const QUrl &address, const QString &caFile, Route *route = nullptr, bool write = false);

    QTemporaryDir m_folder;
};

bool TransportTlsTest::openssl(const QStringList &arguments) const
{
    QProcess process;
    process.start(QStringLiteral("openssl"), arguments);
    return process.waitForFinished(20'000) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

bool TransportTlsTest::make(const char *name, const QString &altName, const QStringList &more) const
{
    const QString base = file(name);
    return openssl(QStringList{QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
                       QStringLiteral("rsa:2048"), QStringLiteral("-nodes"), QStringLiteral("-keyout"),
                       base + QStringLiteral(".key"), QStringLiteral("-out"), base + QStringLiteral(".pem"),
                       QStringLiteral("-subj"), QStringLiteral("/CN=") + QString::fromLatin1(name),
                       QStringLiteral("-addext"), QStringLiteral("subjectAltName=") + altName}
        + more);
}

void TransportTlsTest::initTestCase()
{
    if (QStandardPaths::findExecutable(QStringLiteral("openssl")).isEmpty())
        QSKIP("openssl (the program) is not here: no certificates can be made");
    const QString loopback = QStringLiteral("IP:127.0.0.1");
    const QStringList byCa{QStringLiteral("-CA"), file("ca.pem"), QStringLiteral("-CAkey"), file("ca.key")};
    QVERIFY(make("ca", QStringLiteral("DNS:ca.example"), {QStringLiteral("-days"), QStringLiteral("2")}));
    QVERIFY(make("good", loopback, byCa));
    QVERIFY(make("other", QStringLiteral("DNS:other.example"), byCa));
    QVERIFY(make("alone", loopback));
    QVERIFY(makeExpired());
}

/// Valid in 2020, by the same CA. Only `openssl ca` takes dates of the past.
bool TransportTlsTest::makeExpired() const
{
    QFile settings(file("ca.cnf"));
    QFile index(file("index.txt"));
    if (!settings.open(QIODevice::WriteOnly) || !index.open(QIODevice::WriteOnly))
        return false;
    settings.write("[ca]\ndefault_ca=c\n[c]\ndatabase=" + index.fileName().toUtf8()
        + "\nnew_certs_dir=" + m_folder.path().toUtf8()
        + "\nrand_serial=yes\ndefault_md=sha256\npolicy=p\ncopy_extensions=copy\n" + "[p]\ncommonName=supplied\n");
    settings.close();
    index.close();
    return openssl({QStringLiteral("req"), QStringLiteral("-new"), QStringLiteral("-newkey"),
               QStringLiteral("rsa:2048"), QStringLiteral("-nodes"), QStringLiteral("-keyout"), file("expired.key"),
               QStringLiteral("-out"), file("expired.csr"), QStringLiteral("-subj"), QStringLiteral("/CN=expired"),
               QStringLiteral("-addext"), QStringLiteral("subjectAltName=IP:127.0.0.1")})
        && openssl({QStringLiteral("ca"), QStringLiteral("-batch"), QStringLiteral("-notext"),
            QStringLiteral("-config"), settings.fileName(), QStringLiteral("-cert"), file("ca.pem"),
            QStringLiteral("-keyfile"), file("ca.key"), QStringLiteral("-in"), file("expired.csr"),
            QStringLiteral("-out"), file("expired.pem"), QStringLiteral("-startdate"),
            QStringLiteral("20200101000000Z"), QStringLiteral("-enddate"), QStringLiteral("20210101000000Z")});
}

QSslConfiguration TransportTlsTest::server(const char *name) const
{
    QFile key(file(name) + QStringLiteral(".key"));
    if (!key.open(QIODevice::ReadOnly))
        qFatal("no key %s", name);
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setPrivateKey(QSslKey(&key, QSsl::Rsa));
    tls.setLocalCertificateChain(QSslCertificate::fromPath(file(name) + QStringLiteral(".pem")));
    tls.setAllowedNextProtocols({QByteArrayLiteral("h2"), QByteArrayLiteral("http/1.1")});
    return tls;
}

Result<HttpReply> TransportTlsTest::ask(const Relay &relay, const QString &caFile, Route *route, bool write) const
{
    return askAt(relay.address(QStringLiteral("/v1")), caFile, route, write);
}

Result<HttpReply> TransportTlsTest::askAt(const QUrl &address, const QString &caFile, Route *route, bool write)
{
    SystemClock clock;
    Transport transport(address, caFile, clock);
    HttpRequest request;
    request.verb = "POST";
    request.path = "/contacts";
    request.body = "{}";
    request.write = write;
    request.deadlineMs = 5000;
    request.secretHeaders.emplace_back(QByteArrayLiteral("Authorization"), Secret(QByteArrayLiteral("Bearer T0")));
    const auto result = answerOf<HttpReply>([&](auto then) { return transport.send(request, then); });
    if (route)
        *route = transport.route();
    return result;
}

void TransportTlsTest::theOperatorsCaIsAccepted()
{
    const Relay relay(server("good"));
    Route route;
    const auto result = ask(relay, file("ca.pem"), &route);
    QVERIFY2(result.ok(), result ? "" : qPrintable(result.failure().detail));
    QCOMPARE(result->status, 200);
    QVERIFY2(route.tls.startsWith(QLatin1String("TLSv1.3 ")), qPrintable(route.tls));
}

void TransportTlsTest::http2IsNotOffered()
{
    const Relay relay(server("good")); // would take h2 if it were offered
    QVERIFY(ask(relay, file("ca.pem")));
    QCOMPARE(relay.negotiated(), QByteArray());
    QCOMPARE(relay.deliveries(), 1);
}

void TransportTlsTest::aPeerThatCannotBeTrustedIsRefused_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("withCa");
    QTest::newRow("unknown CA") << QByteArray("good") << false;
    QTest::newRow("wrong host") << QByteArray("other") << true;
    QTest::newRow("self-signed") << QByteArray("alone") << false;
    QTest::newRow("self-signed, another CA given") << QByteArray("alone") << true;
    QTest::newRow("expired") << QByteArray("expired") << true;
}

void TransportTlsTest::aPeerThatCannotBeTrustedIsRefused()
{
    QFETCH(QByteArray, name);
    QFETCH(bool, withCa);
    for (const bool write : {false, true}) {
        const Relay relay(server(name.constData()));
        const auto result = ask(relay, withCa ? file("ca.pem") : QString(), nullptr, write);
        QVERIFY(!result);
        QCOMPARE(result.failure().kind, Failure::Kind::Tls);
        QVERIFY(result.failure().code != 0); // which certificate error it was
        QCOMPARE(result.failure().subject, QStringLiteral("127.0.0.1"));
        spin(50);
        QCOMPARE(relay.bytesReceived(), 0); // not one header byte
    }
}

void TransportTlsTest::aSelfSignedPeerIsAcceptedByItsOwnFile()
{
    const Relay relay(server("alone"));
    QVERIFY(ask(relay, file("alone.pem")));
}

void TransportTlsTest::suitesWithoutForwardSecrecyAreRefused_data()
{
    QTest::addColumn<QString>("suite");
    QTest::addColumn<bool>("taken");
    QTest::newRow("RSA key exchange, CBC") << "AES256-SHA" << false;
    QTest::newRow("RSA key exchange, AEAD") << "AES128-GCM-SHA256" << false;
    QTest::newRow("ECDHE, CBC") << "ECDHE-RSA-AES256-SHA384" << false;
    QTest::newRow("ECDHE, AEAD") << "ECDHE-RSA-AES128-GCM-SHA256" << true;
}

void TransportTlsTest::suitesWithoutForwardSecrecyAreRefused()
{
    QFETCH(QString, suite);
    QFETCH(bool, taken);
    QSslConfiguration tls = server("good");
    tls.setProtocol(QSsl::TlsV1_2);
    const QSslCipher cipher(suite);
    QVERIFY(!cipher.isNull());
    tls.setCiphers({cipher});
    const Relay relay(tls);
    const auto result = ask(relay, file("ca.pem"));
    QCOMPARE(result.ok(), taken);
    if (!taken) {
        QCOMPARE(result.failure().kind, Failure::Kind::Tls);
        QCOMPARE(relay.bytesReceived(), 0);
    }
}

void TransportTlsTest::oldVersionsAreNotOffered()
{
    const Way way = findWay(QUrl(QStringLiteral("https://gateway.example/v1")), {});
    QVERIFY(!way.refusal);
    QCOMPARE(way.tls.protocol(), QSsl::TlsV1_2OrLater); // not left to what this machine's OpenSSL forbids by itself
    HelloServer server(QByteArray("\x15\x03\x03\x00\x02\x02\x28", 7)); // alert: handshake_failure
    QVERIFY(!askAt(QUrl(QStringLiteral("https://127.0.0.1:%1/v1").arg(server.serverPort())), {}));
    QCOMPARE(server.received.left(1), QByteArray("\x16")); // a handshake
    QCOMPARE(offeredVersions(server.received), (QList<int>{0x0304, 0x0303})); // TLS 1.3 and 1.2
}

void TransportTlsTest::plainTextOnATlsPortIsRefused()
{
    const Relay relay; // speaks plain HTTP
    SystemClock clock;
    QUrl address = relay.address();
    address.setScheme(QStringLiteral("https"));
    Transport transport(address, {}, clock);
    HttpRequest request;
    request.verb = "GET";
    request.path = "/health";
    request.deadlineMs = 1000;
    const auto result = answerOf<HttpReply>([&](auto then) { return transport.send(request, then); });
    QVERIFY(!result);
    QVERIFY(result.failure().kind == Failure::Kind::Tls || result.failure().kind == Failure::Kind::Timeout);
    QCOMPARE(relay.deliveries(), 0);
}

void TransportTlsTest::aCaFileThatIsNoneIsRefused()
{
    const Relay relay(server("good"));
    for (const QString &wrong : {file("good.key"), file("nothing-here.pem")}) {
        const auto result = ask(relay, wrong);
        QVERIFY(!result);
        QCOMPARE(result.failure().kind, Failure::Kind::Tls);
        QCOMPARE(result.failure().subject, wrong);
    }
    QCOMPARE(relay.connections(), 0);
}

void TransportTlsTest::aWriteIsDeliveredOnceOverTlsToo()
{
    Relay relay(server("good"));
    RelayAct act;
    act.close = true;
    relay.always(act);
    const auto result = ask(relay, file("ca.pem"), nullptr, true);
    QVERIFY(!result);
    QCOMPARE(result.failure().kind, Failure::Kind::OutcomeUnknown);
    spin(100);
    QCOMPARE(relay.deliveries(), 1);
}

QTEST_GUILESS_MAIN(TransportTlsTest)
#include "transport_tls_test.moc"
