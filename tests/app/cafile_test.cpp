// SPDX-License-Identifier: GPL-3.0-or-later
// The operator's CA file from the dialog to the wire: a node with a certificate of its own is refused without the file,
// trusted with it, and still trusted by the saved account.
#include "app/application.h"
#include "models/accounts/accounts.h"
#include "tests/app/openapp.h"
#include "tests/support/relay.h"
#include "tests/support/sandboxfixture.h"
#include "ui/shell/actions.h"

#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>
#include <QStandardPaths>
#include <algorithm>

using namespace rollcall;
using namespace rollcall::tests;

class CaFileTest final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void theFileReachesTheWire();

private:
    [[nodiscard]] QString file(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    [[nodiscard]] QSslConfiguration server() const;
    QTemporaryDir m_folder;
};

void CaFileTest::initTestCase()
{
    const QString openssl = QStandardPaths::findExecutable(QStringLiteral("openssl"));
    if (openssl.isEmpty())
        QSKIP("openssl (the program) is not here: no certificate can be made");
    QProcess process;
    process.start(openssl,
        {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("rsa:2048"),
            QStringLiteral("-nodes"), QStringLiteral("-keyout"), file("node.key"), QStringLiteral("-out"),
            file("node.pem"), QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-subj"),
            QStringLiteral("/CN=node"), QStringLiteral("-addext"), QStringLiteral("subjectAltName=IP:127.0.0.1")});
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitCode(), 0);
}

QSslConfiguration CaFileTest::server() const
{
    QFile key(file("node.key"));
    if (!key.open(QIODevice::ReadOnly))
        qFatal("no key");
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setPrivateKey(QSslKey(&key, QSsl::Rsa));
    tls.setLocalCertificateChain(QSslCertificate::fromPath(file("node.pem")));
    return tls;
}

void CaFileTest::theFileReachesTheWire()
{
    const SandboxFixture node;
    Relay front(server()); // as a node has its own TLS
    front.setUpstream(quint16(node.address().port()));
    RelayAct through;
    through.forward = true;
    front.always(through);
    OpenApp open;
    QVERIFY(open.start());
    open.window().actions().at(Act::AddAccount)->trigger();
    QWidget *dialog = dialogNamed(QStringLiteral("newAccount"));
    QVERIFY(dialog);
    auto *kinds = named<QComboBox>(*dialog, "kind");
    kinds->setCurrentIndex(kinds->findData(int(GatewayKind::OnPrem)));
    named<QLineEdit>(*dialog, "name")->setText(QStringLiteral("Own node"));
    named<QLineEdit>(*dialog, "address")->setText(front.address(QStringLiteral("/v1")).toString());
    named<QLineEdit>(*dialog, "user")->setText(node.user());
    named<QLineEdit>(*dialog, "password")->setText(node.password());

    const auto *finding = named<QLabel>(*dialog, "test.tls.finding");
    QVERIFY(finding);
    const auto *test = named<QAbstractButton>(*dialog, "test");
    QVERIFY(pressed(dialog, "test"));
    QVERIFY(eventually([&] { return test->isEnabled() && finding->isVisible(); }));
    QVERIFY2(!finding->text().isEmpty() && !finding->text().startsWith(QLatin1String("TLSv1.")),
        qPrintable(finding->text()));
    QCOMPARE(front.deliveries(), 0); // neither login nor header

    open.openFrom = file("node.pem");
    QVERIFY(pressed(dialog, "browse"));
    QCOMPARE(named<QLineEdit>(*dialog, "caFile")->text(), file("node.pem"));
    QVERIFY(pressed(dialog, "test"));
    QVERIFY2(
        eventually([&] { return finding->text().startsWith(QLatin1String("TLSv1.")); }), qPrintable(finding->text()));
    QVERIFY(pressed(dialog, "save"));
    QVERIFY(eventually([] { return !dialogNamed(QStringLiteral("newAccount"), 0); }));

    const auto saved = [&open]() -> std::optional<Account> {
        const std::vector<Account> &all = open.app->accounts().all();
        const auto found = std::find_if(
            all.begin(), all.end(), [](const Account &one) { return one.name == QLatin1String("Own node"); });
        return found == all.end() ? std::nullopt : std::optional(*found);
    };
    QVERIFY(saved());
    QCOMPARE(saved()->caFile, file("node.pem"));
    const int before = front.deliveries();
    const Done works = answerOf<Nothing>([&](auto then) {
        return open.app->accounts().test(
            *saved(), {}, [](const TestStep &) {}, then);
    });
    QVERIFY2(works.ok(), works ? "" : qPrintable(works.failure().detail));
    QVERIFY(front.deliveries() > before);
    open.app.reset();
    QVERIFY(open.start());
    QVERIFY(eventually([&] { return saved().has_value(); }));
    QCOMPARE(saved()->caFile, file("node.pem"));
}

QTEST_MAIN(CaFileTest)
#include "cafile_test.moc"
