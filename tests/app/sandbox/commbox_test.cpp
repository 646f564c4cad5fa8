// SPDX-License-Identifier: GPL-3.0-or-later
// Expected forms: gateways.md section 3 and vendor page C.
#include "tests/support/sandboxclient.h"
#include "tests/support/sandboxfixture.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

class CommBoxTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void answersInTheDocumentedForm();
    void streamIds_data();
    void streamIds();
    void keys();
    void numbers_data();
    void numbers();
    void errorForms_data();
    void errorForms();
    void checkFaults();

private:
    [[nodiscard]] WireAnswer check(
        const QByteArray &number, const QByteArray &stream = "hNyRN_fLUy7rrOrN9jLpipA%3d%3d") const
    {
        return m_client->get("/commbox/whatsapp/validatecontact/" + stream + "/" + number,
            "Authorization: Bearer sandbox-commbox-key\r\n");
    }

    std::unique_ptr<SandboxFixture> m_sandbox;
    std::unique_ptr<SandboxClient> m_client;
    QByteArray m_valid;
    QByteArray m_invalid;
};

void CommBoxTest::init()
{
    m_client.reset();
    m_sandbox = std::make_unique<SandboxFixture>();
    m_client = std::make_unique<SandboxClient>(m_sandbox->server().port());
    m_valid = m_sandbox->numbers(1, true).first().mid(1).toLatin1();
    m_invalid = m_sandbox->numbers(1, false).first().mid(1).toLatin1();
}

void CommBoxTest::answersInTheDocumentedForm()
{
    QCOMPARE(QString::fromStdString(m_sandbox->server().commBoxAddress()),
        QString::fromStdString(m_sandbox->server().origin()) + QStringLiteral("/commbox"));
    m_sandbox->server().setClock(1'722'930'712'258); // 2024-08-06T07:51:52.258Z
    const WireAnswer answer = check(m_valid);
    QCOMPARE(answer.status, 200);
    const QRegularExpression whole(QStringLiteral("^\\{\"status\":\"200\",\"description\":\"Operation successful\","
                                                  "\"response_time\":\"2024-08-06T07:51:5\\d\\.\\d{7}Z\",\"data\":\\{"
                                                  "\"valid\":true\\}\\}$"));
    QVERIFY2(whole.match(QString::fromUtf8(answer.body)).hasMatch(), answer.body.constData());
    QVERIFY(check(m_invalid).body.endsWith("\"data\":{\"valid\":false}}"));
    QCOMPARE(m_sandbox->asked(), QStringList({QString::fromLatin1(m_valid), QString::fromLatin1(m_invalid)}));
}

void CommBoxTest::streamIds_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<int>("status");
    QTest::newRow("as shown in the console") << QByteArray("hNyRN_fLUy7rrOrN9jLpipA%3d%3d") << 200;
    QTest::newRow("upper case") << QByteArray("hNyRN_fLUy7rrOrN9jLpipA%3D%3D") << 200;
    QTest::newRow("not encoded") << QByteArray("hNyRN_fLUy7rrOrN9jLpipA==") << 200;
    QTest::newRow("encoded twice") << QByteArray("hNyRN_fLUy7rrOrN9jLpipA%253d%253d") << 404;
    QTest::newRow("another channel") << QByteArray("hNyRN_fLUy7rrOrN9jLpipB%3d%3d") << 404;
    QTest::newRow("cut") << QByteArray("hNyRN_fLUy7rrOrN9jLpipA") << 404;
}

void CommBoxTest::streamIds()
{
    QFETCH(QByteArray, stream);
    QFETCH(int, status);
    QCOMPARE(check(m_valid, stream).status, status);
}

void CommBoxTest::keys()
{
    const QByteArray path = "/commbox/whatsapp/validatecontact/hNyRN_fLUy7rrOrN9jLpipA%3d%3d/" + m_valid;
    for (const char *header : {"", "Authorization: Bearer other\r\n", "Authorization: sandbox-commbox-key\r\n"}) {
        const WireAnswer answer = m_client->get(path, header);
        QCOMPARE(answer.status, 401);
        QCOMPARE(answer.json().value(QLatin1String("status")), QJsonValue(401));
        QCOMPARE(answer.json().value(QLatin1String("description")).toString(), QStringLiteral("Unauthorized"));
    }
}

void CommBoxTest::numbers_data()
{
    QTest::addColumn<QByteArray>("number");
    QTest::newRow("plus") << QByteArray("+447400123456");
    QTest::newRow("plus encoded") << QByteArray("%2B447400123456");
    QTest::newRow("double zero") << QByteArray("00447400123456");
    QTest::newRow("blanks") << QByteArray("44%207400%20123456");
    QTest::newRow("21 digits") << QByteArray("447400123456789012345");
    QTest::newRow("letters") << QByteArray("ana");
}

void CommBoxTest::numbers()
{
    QFETCH(QByteArray, number);
    const WireAnswer answer = check(number);
    QCOMPARE(answer.status, 400);
    // Here status is a text and data a list, as on the vendor's page.
    QCOMPARE(answer.json().value(QLatin1String("status")), QJsonValue(QStringLiteral("400")));
    const QJsonObject row = answer.json().value(QLatin1String("data")).toArray().first().toObject();
    QVERIFY(row.contains(QLatin1String("recipient")) && row.contains(QLatin1String("failed")));
    QCOMPARE(row.value(QLatin1String("status")), QJsonValue(400));
    QVERIFY(m_sandbox->asked().isEmpty());
}

void CommBoxTest::errorForms_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("description");
    QTest::newRow("401") << QStringLiteral("401:1") << 401 << QStringLiteral("Unauthorized");
    QTest::newRow("404") << QStringLiteral("5xx=404:1") << 404 << QStringLiteral("Not Found");
    QTest::newRow("429") << QStringLiteral("429=5:1") << 429 << QStringLiteral("Too Many Requests");
    QTest::newRow("500") << QStringLiteral("5xx:1") << 500 << QStringLiteral("Internal Server Error");
    QTest::newRow("501") << QStringLiteral("5xx=501:1") << 501 << QStringLiteral("Not Implemented");
}

void CommBoxTest::errorForms()
{
    QFETCH(QString, fault);
    QFETCH(int, status);
    QFETCH(QString, description);
    m_sandbox->fault(fault);
    const WireAnswer answer = check(m_valid);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.json().value(QLatin1String("status")), QJsonValue(status));
    QCOMPARE(answer.json().value(QLatin1String("description")).toString(), description);
    QVERIFY(answer.json().contains(QLatin1String("response_time")));
    QVERIFY(!answer.json().contains(QLatin1String("data")));
    // In an older revision these have no body at all.
    m_sandbox->fault(fault);
    m_sandbox->fault(QStringLiteral("no-body:1"));
    const WireAnswer bare = check(m_valid);
    QCOMPARE(bare.status, status);
    QVERIFY(bare.body.isEmpty());
    QVERIFY(m_sandbox->asked().isEmpty());
}

void CommBoxTest::checkFaults()
{
    m_sandbox->fault(QStringLiteral("always-valid:1"));
    QVERIFY(check(m_invalid).body.contains("{\"valid\":true}"));
    m_sandbox->fault(QStringLiteral("missing-rows:1"));
    QVERIFY(check(m_valid).body.endsWith("\"data\":{}}"));
    m_sandbox->fault(QStringLiteral("unknown-word:1"));
    QVERIFY(check(m_valid).body.endsWith("\"data\":{\"valid\":\"yes\"}}"));
    m_sandbox->fault(QStringLiteral("duplicate-keys:1"));
    QVERIFY(check(m_valid).body.endsWith("\"data\":{\"valid\":false,\"valid\":true}}"));
    m_sandbox->fault(QStringLiteral("cut:1"));
    QVERIFY(check(m_valid).cut);
}

QTEST_GUILESS_MAIN(CommBoxTest)
#include "commbox_test.moc"
