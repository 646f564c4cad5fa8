// SPDX-License-Identifier: GPL-3.0-or-later
// The connection test through the system's proxy to a real TLS server: the proxy is shown, its password is not, and it
// sees nothing of what is said (reliability.md, measured fact M11).
#include "models/accounts/accounts.h"
#include "models/secrets/secrets.h"
#include "models/store/store.h"
#include "tests/support/answer.h"
#include "tests/support/relay.h"
#include "tests/support/temporarystore.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

/// A proxy as companies have them: CONNECT to any name leads to one port of this computer. Keeps what it saw.
class TunnelProxy final : public QTcpServer {
public:
    explicit TunnelProxy(quint16 upstream)
        : m_upstream(upstream)
    {
        connect(this, &QTcpServer::newConnection, this, [this] { accept(nextPendingConnection()); });
        if (!listen(QHostAddress::LocalHost))
            qFatal("no port");
    }
    QByteArrayList connects = {}; ///< first lines
    QByteArray seen = {}; ///< every byte from the client

private:
    void accept(QTcpSocket *client)
    {
        auto *server = new QTcpSocket(client);
        connect(client, &QTcpSocket::readyRead, this, [this, client, server, head = QByteArray()]() mutable {
            const QByteArray bytes = client->readAll();
            seen += bytes;
            if (server->state() == QAbstractSocket::ConnectedState) {
                server->write(bytes);
            } else if ((head += bytes).endsWith("\r\n\r\n")) { // it may come in pieces
                connects += head.left(head.indexOf("\r\n"));
                server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_upstream);
            }
        });
        connect(server, &QTcpSocket::connected, client, [client] { client->write("HTTP/1.1 200 Connected\r\n\r\n"); });
        connect(server, &QTcpSocket::readyRead, client, [client, server] { client->write(server->readAll()); });
        connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    }

    quint16 m_upstream;
};

} // namespace

class ProxiedConnectionTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void theProxyIsShown();

private:
    [[nodiscard]] QSslConfiguration server() const;
    QTemporaryDir m_folder;
};

void ProxiedConnectionTest::initTestCase()
{
    const QString openssl = QStandardPaths::findExecutable(QStringLiteral("openssl"));
    if (openssl.isEmpty())
        QSKIP("openssl (the program) is not here: no certificate can be made");
    QProcess process;
    process.start(openssl,
        {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("rsa:2048"),
            QStringLiteral("-nodes"), QStringLiteral("-keyout"), m_folder.filePath(QStringLiteral("gateway.key")),
            QStringLiteral("-out"), m_folder.filePath(QStringLiteral("gateway.pem")), QStringLiteral("-days"),
            QStringLiteral("2"), QStringLiteral("-subj"), QStringLiteral("/CN=gateway.example"),
            QStringLiteral("-addext"), QStringLiteral("subjectAltName=DNS:gateway.example")});
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitCode(), 0);
}

QSslConfiguration ProxiedConnectionTest::server() const
{
    QFile key(m_folder.filePath(QStringLiteral("gateway.key")));
    if (!key.open(QIODevice::ReadOnly))
        qFatal("no key");
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setPrivateKey(QSslKey(&key, QSsl::Rsa));
    tls.setLocalCertificateChain(QSslCertificate::fromPath(m_folder.filePath(QStringLiteral("gateway.pem"))));
    return tls;
}

void ProxiedConnectionTest::theProxyIsShown()
{
    Relay gateway(server());
    // The vendor page's own form (gateways.md 2.1).
    gateway.always({Relay::http(200, "{\"data\":[{\"id\":\"sess_1\",\"name\":\"Shop\",\"status\":\"connected\"}]}")});
    TunnelProxy proxy(gateway.port());
    const QByteArray where = "http://user:CNRY-2@127.0.0.1:" + QByteArray::number(proxy.serverPort());
    qputenv("http_proxy", where);
    qputenv("https_proxy", where);
    for (const char *other : {"no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY"})
        qunsetenv(other);
    const TemporaryStore store;
    SystemClock clock;
    const std::unique_ptr<Secrets> secrets = makeMemorySecrets();
    Accounts accounts(*store, *secrets, clock);
    Account account;
    account.name = QStringLiteral("Behind the proxy");
    account.kind = GatewayKind::SendApi;
    account.address = QUrl(QStringLiteral("https://gateway.example"));
    account.sender = QStringLiteral("sess_1");
    account.caFile = m_folder.filePath(QStringLiteral("gateway.pem"));
    QMap<QString, TestStep> steps;
    const Done works = answerOf<Nothing>([&](auto then) {
        return accounts.test(
            account, Secret(QByteArrayLiteral("CNRY-1")), [&](const TestStep &step) { steps.insert(step.id, step); },
            then);
    });
    QVERIFY2(works.ok(), works ? "" : qPrintable(works.failure().detail));
    const TestStep tls = steps.value(QStringLiteral("tls"));
    QCOMPARE(tls.state, TestStep::State::Ok);
    QVERIFY(tls.outcome.ok());
    const QString shown = QStringLiteral(" via proxy 127.0.0.1:%1").arg(proxy.serverPort());
    QVERIFY2(
        tls.outcome->startsWith(QLatin1String("TLSv1.")) && tls.outcome->endsWith(shown), qPrintable(*tls.outcome));
    QCOMPARE(tls.outcome->count(QLatin1String("proxy")), 1);
    QVERIFY(!tls.outcome->contains(QLatin1String("CNRY")) && !tls.outcome->contains(QLatin1String("user")));
    QVERIFY(!proxy.connects.isEmpty());
    for (const QByteArray &line : std::as_const(proxy.connects))
        QVERIFY2(line.startsWith("CONNECT gateway.example:443 "), line.constData());
    QVERIFY(gateway.deliveries() >= 1);
    QVERIFY(gateway.requests().front().contains("CNRY-1")); // the key came through, unseen
    QVERIFY(!proxy.seen.contains("CNRY-1"));
}

QTEST_GUILESS_MAIN(ProxiedConnectionTest)
#include "proxiedconnection_test.moc"
