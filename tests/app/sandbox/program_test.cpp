// SPDX-License-Identifier: GPL-3.0-or-later
// The program rollcall-sandbox as people and scripts start it.
#include "app/sandbox/sandboxfault.h"
#include "tests/support/sandboxclient.h"

#include <QJsonArray>
#include <QProcess>
#include <QTest>
#include <QUrl>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

struct Ended {
    int code = -1;
    QByteArray out = {};
    QByteArray err = {};
};

QString program()
{
    return QStringLiteral(ROLLCALL_BIN_DIR "/rollcall-sandbox");
}

Ended run(const QStringList &arguments)
{
    QProcess process;
    process.start(program(), arguments);
    if (!process.waitForFinished(20'000))
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace

class ProgramTest : public QObject {
    Q_OBJECT

private slots:
    void listensAndEndsOnSigterm();
    void takesTheOptions();
    void refusesWhatItDoesNotKnow_data();
    void refusesWhatItDoesNotKnow();
    void saysWhenThePortIsTaken();
    void versionAndHelp();
    void saysAddressesAndKeys();
};

void ProgramTest::listensAndEndsOnSigterm()
{
    QProcess process;
    process.start(program(), {QStringLiteral("--port"), QStringLiteral("0")});
    QVERIFY(process.waitForReadyRead(20'000));
    const QUrl address(QString::fromUtf8(process.readLine().trimmed()));
    QCOMPARE(address.host(), QStringLiteral("127.0.0.1"));
    SandboxClient client(static_cast<quint16>(address.port()));
    QVERIFY(client.logIn("admin", "Sandbox-2026"));
    process.terminate();
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
    QCOMPARE(client.get("/v1/health").status, 0);
}

void ProgramTest::takesTheOptions()
{
    QProcess process;
    process.start(program(),
        {QStringLiteral("--seed=9"), QStringLiteral("--country-code"), QStringLiteral("91"),
            QStringLiteral("--api-version=v2.39.1"), QStringLiteral("--user=me"), QStringLiteral("--password"),
            QStringLiteral("Word-2026"), QStringLiteral("--fault"), QStringLiteral("5xx=503:1"),
            QStringLiteral("--slow-percent=0"), QStringLiteral("--fault=login-refused:1")});
    QVERIFY(process.waitForReadyRead(20'000));
    SandboxClient client(static_cast<quint16>(QUrl(QString::fromUtf8(process.readLine().trimmed())).port()));
    QVERIFY(!client.logIn("me", "Word-2026"));
    QVERIFY(client.logIn("me", "Word-2026"));
    QCOMPARE(client.check("{\"contacts\":[\"+918123456789\"]}").status, 503);
    const WireAnswer answer = client.check(R"({"contacts":["+918123456789","8123456789"]})");
    const QJsonArray rows = answer.json().value(QLatin1String("contacts")).toArray();
    QCOMPARE(
        rows.at(0).toObject().value(QLatin1String("status")), rows.at(1).toObject().value(QLatin1String("status")));
    const QJsonObject meta = answer.json().value(QLatin1String("meta")).toObject();
    QCOMPARE(meta.value(QLatin1String("version")).toString(), QStringLiteral("v2.39.1"));
    process.terminate();
    QVERIFY(process.waitForFinished(20'000));
}

void ProgramTest::refusesWhatItDoesNotKnow_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown") << QStringList{QStringLiteral("--nonsense")};
    QTest::newRow("stray word") << QStringList{QStringLiteral("8080")};
    QTest::newRow("no value") << QStringList{QStringLiteral("--port")};
    QTest::newRow("port too large") << QStringList{QStringLiteral("--port=65536")};
    QTest::newRow("port no number") << QStringList{QStringLiteral("--port"), QStringLiteral("http")};
    QTest::newRow("country code with plus") << QStringList{QStringLiteral("--country-code=+44")};
    QTest::newRow("no such fault") << QStringList{QStringLiteral("--fault=earthquake")};
    QTest::newRow("share above 100") << QStringList{QStringLiteral("--slow-percent=101")};
}

void ProgramTest::refusesWhatItDoesNotKnow()
{
    QFETCH(QStringList, arguments);
    const Ended ended = run(arguments);
    QCOMPARE(ended.code, 2);
    QVERIFY(ended.out.isEmpty());
    QVERIFY(ended.err.contains(arguments.first().toUtf8()));
}

void ProgramTest::saysWhenThePortIsTaken()
{
    QProcess first;
    first.start(program(), {});
    QVERIFY(first.waitForReadyRead(20'000));
    const QUrl address(QString::fromUtf8(first.readLine().trimmed()));
    const Ended second = run({QStringLiteral("--port"), QString::number(address.port())});
    QCOMPARE(second.code, 1);
    const QByteArray sentence = "cannot listen on 127.0.0.1:" + QByteArray::number(address.port());
    QVERIFY(second.err.contains(sentence));
    first.terminate();
    QVERIFY(first.waitForFinished(20'000));
}

void ProgramTest::versionAndHelp()
{
    const Ended version = run({QStringLiteral("--version")});
    QCOMPARE(version.code, 0);
    QCOMPARE(version.out.trimmed(), QByteArray("rollcall-sandbox " ROLLCALL_VERSION));
    const Ended help = run({QStringLiteral("--help")});
    QCOMPARE(help.code, 0);
    for (const char *word :
        {"--port", "--seed", "--fault", "--write-csv", "--country-code", "--api-version", "always-valid"})
        QVERIFY2(help.out.contains(word), word);
    for (const std::string &name : SandboxFault::names()) // each on a line with what it does
        QVERIFY2(help.out.contains(QByteArray::fromStdString("\n  " + name + " ")), name.c_str());
}

void ProgramTest::saysAddressesAndKeys()
{
    QProcess process;
    process.start(program(), {QStringLiteral("--sendapi-per-minute=1"), QStringLiteral("--wawp-check-gap=0")});
    QVERIFY(process.waitForReadyRead(20'000));
    QByteArray said = process.readAllStandardOutput();
    while (said.count('\n') < 7 && process.waitForReadyRead(5000))
        said += process.readAllStandardOutput();
    const QByteArray origin = said.left(said.indexOf('\n'));
    SandboxClient client(static_cast<quint16>(QUrl(QString::fromUtf8(origin)).port()));
    for (const char *line :
        {"/d360, key sandbox-d360-key\n", "/graph/v21.0/106540352242922, token sandbox-cloud-token\n",
            "/wawp, instance_id SBX4WAWP2026, access_token sandbox-wawp-token\n",
            "/sendapi/v1, key sk_live_sandbox, session_id sess_01SANDBOXZ2T\n",
            "/commbox, key sandbox-commbox-key, stream id hNyRN_fLUy7rrOrN9jLpipA%3d%3d\n"})
        QVERIFY2(said.contains(QByteArray(origin + line)), line);
    const QByteArray bearer = "Authorization: Bearer sk_live_sandbox\r\n";
    QCOMPARE(client.get("/sendapi/v1/whatsapp/sessions", bearer).status, 200);
    QCOMPARE(client.get("/sendapi/v1/whatsapp/sessions", bearer).status, 429);
    for (int n = 0; n < 3; ++n)
        QCOMPARE(
            client
                .get("/wawp/v2/contacts/check-exists?instance_id=SBX4WAWP2026&access_token=sandbox-wawp-token&phone="
                     "447400123456")
                .status,
            200);
    process.terminate();
    QVERIFY(process.waitForFinished(20'000));
}

QTEST_GUILESS_MAIN(ProgramTest)
#include "program_test.moc"
