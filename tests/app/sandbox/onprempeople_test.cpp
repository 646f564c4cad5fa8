// SPDX-License-Identifier: GPL-3.0-or-later
// Expected forms: gateways.md 1.4, 1.6 and 1.8.
#include "tests/support/sandboxclient.h"
#include "tests/support/sandboxfixture.h"

#include <QJsonArray>
#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

QJsonObject firstError(const WireAnswer &answer)
{
    return answer.json().value(QLatin1String("errors")).toArray().first().toObject();
}

int code(const WireAnswer &answer)
{
    return firstError(answer).value(QLatin1String("code")).toInt();
}

QString title(const WireAnswer &answer)
{
    return firstError(answer).value(QLatin1String("title")).toString();
}

} // namespace

class OnPremPeopleTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void blocksWhoWroteLately();
    void anyDialableFormat_data();
    void anyDialableFormat();
    void windowOf24Hours();
    void unblocks();
    void reports();
    void badBodies_data();
    void badBodies();
    void withoutLengthAndWithoutToken();
    void sendsCards();
    void badMessages_data();
    void badMessages();
    void whoCannotBeWrittenTo();
    void faultsHitTheseToo();

private:
    [[nodiscard]] WireAnswer act(const QByteArray &number, const QByteArray &word, const QByteArray &body = {}) const
    {
        return m_client->post("/v1/contacts/" + number + "/" + word, body, m_client->bearer());
    }
    [[nodiscard]] WireAnswer send(const QByteArray &to) const
    {
        return m_client->post("/v1/messages",
            "{\"to\":\"" + to
                + "\",\"recipient_type\":\"individual\",\"type\":\"contacts\",\"contacts\":[{\"name\":"
                  "{\"formatted_name\":\"Ana "
                  "Souza\",\"first_name\":\"Ana\"},\"ims\":[\"ana\"],\"phones\":[{\"phone\":\"+44 7400 "
                  "123456\",\"type\":\"HOME\",\"wa_id\":\"447400123456\"}]}]}",
            m_client->bearer());
    }
    [[nodiscard]] bool isBlocked(const QByteArray &number) const
    {
        return m_sandbox->server().isBlocked(number.toStdString());
    }

    std::unique_ptr<SandboxFixture> m_sandbox;
    std::unique_ptr<SandboxClient> m_client;
    QByteArray m_near; ///< "+44…", wrote within 24 hours
    QByteArray m_far; ///< on WhatsApp, did not
    QByteArray m_nobody;
};

void OnPremPeopleTest::init()
{
    m_client.reset();
    m_sandbox = std::make_unique<SandboxFixture>();
    m_client = std::make_unique<SandboxClient>(m_sandbox->server().port());
    m_near = m_sandbox->people(1, true).first().toLatin1();
    m_far = m_sandbox->people(1, false).first().toLatin1();
    m_nobody = m_sandbox->numbers(1, false).first().toLatin1();
    QVERIFY(m_client->logIn("admin", "Sandbox-2026"));
}

void OnPremPeopleTest::blocksWhoWroteLately()
{
    const WireAnswer answer = act("%2B" + m_near.mid(1), "block", "{\"reason\":\"spam\"}");
    QCOMPARE(answer.status, 200);
    QVERIFY(!answer.json().contains(QLatin1String("errors")));
    QVERIFY(answer.json().contains(QLatin1String("meta")));
    QVERIFY(isBlocked(m_near));
    const SandboxLedgerEntry entry = m_sandbox->ledger().back();
    QCOMPARE(entry.acted.size(), std::size_t(1));
    QCOMPARE(entry.acted.front().outcome, std::string("blocked"));
    QVERIFY(m_sandbox->asked().isEmpty()); // a block is no check
}

void OnPremPeopleTest::anyDialableFormat_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<int>("status");
    QTest::newRow("E.164, plus encoded") << QByteArray("%2B44") << 200;
    QTest::newRow("raw plus") << QByteArray("+44") << 200;
    QTest::newRow("blanks and brackets") << QByteArray("%2B44%20(0)%20").replace("(0)%20", "") << 200;
    QTest::newRow("without plus the node's own country is put in front") << QByteArray("") << 200;
    QTest::newRow("so this is +44 44") << QByteArray("44") << 400;
}

void OnPremPeopleTest::anyDialableFormat()
{
    QFETCH(QByteArray, before);
    QFETCH(int, status);
    QCOMPARE(act(before + m_near.mid(3), "block").status, status);
    QCOMPARE(isBlocked(m_near), status == 200);
}

void OnPremPeopleTest::windowOf24Hours()
{
    for (const QByteArray &who : {m_far, m_nobody}) {
        const WireAnswer answer = act("%2B" + who.mid(1), "block");
        QCOMPARE(code(answer), 2048);
        QCOMPARE(title(answer), QStringLiteral("Not engaged contact"));
        QVERIFY(firstError(answer)
                    .value(QLatin1String("details"))
                    .toString()
                    .endsWith(QStringLiteral("has not engaged with you in the last 24 hrs.")));
    }
    m_sandbox->server().writeInbound(m_far.toStdString());
    QCOMPARE(act("%2B" + m_far.mid(1), "block").status, 200);
}

void OnPremPeopleTest::unblocks()
{
    m_sandbox->server().setBlocked(m_far.toStdString(), true);
    QCOMPARE(act("%2B" + m_far.mid(1), "unblock").status, 200); // no window
    QVERIFY(!isBlocked(m_far));
    const WireAnswer answer = act("call%20me", "unblock");
    QCOMPARE(code(answer), 1009);
    QCOMPARE(title(answer), QStringLiteral("Parameter value is not valid"));
    QVERIFY(firstError(answer)
                .value(QLatin1String("details"))
                .toString()
                .startsWith(QStringLiteral("Provided WhatsApp ID is not valid")));
}

void OnPremPeopleTest::reports()
{
    QCOMPARE(act("%2B" + m_near.mid(1), "report", "{\"reason\":\"spam\",\"message_id\":\"ABGG\"}").status, 200);
    QVERIFY(!isBlocked(m_near));
    QCOMPARE(act("%2B" + m_near.mid(1), "report", "{\"block\":true}").status, 200);
    QVERIFY(isBlocked(m_near));
    QCOMPARE(code(act("%2B" + m_far.mid(1), "report")), 2048);
    QCOMPARE(act("%2B" + m_far.mid(1), "forget").status, 404);
}

void OnPremPeopleTest::badBodies_data()
{
    QTest::addColumn<QByteArray>("word");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("no JSON") << QByteArray("block") << QByteArray("reason=spam");
    QTest::newRow("60 characters") << QByteArray("block") << QByteArray("{\"reason\":\"" + QByteArray(60, 'x') + "\"}");
    QTest::newRow("unknown member") << QByteArray("block") << QByteArray("{\"why\":\"spam\"}");
    QTest::newRow("report's member") << QByteArray("block") << QByteArray("{\"block\":true}");
    QTest::newRow("block as text") << QByteArray("report") << QByteArray("{\"block\":\"true\"}");
    QTest::newRow("unblock has none") << QByteArray("unblock") << QByteArray("{\"reason\":\"sorry\"}");
}

void OnPremPeopleTest::badBodies()
{
    QFETCH(QByteArray, word);
    QFETCH(QByteArray, body);
    const WireAnswer answer = act("%2B" + m_near.mid(1), word, body);
    QCOMPARE(answer.status, 400);
    QCOMPARE(code(answer), 1025);
    QVERIFY(!isBlocked(m_near));
}

void OnPremPeopleTest::withoutLengthAndWithoutToken()
{
    const QByteArray head
        = "POST /v1/contacts/%2B" + m_near.mid(1) + "/block HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
    QCOMPARE(m_client->send(head + "\r\n").status, 401);
    QCOMPARE(m_client->send(head + m_client->bearer() + "\r\n").status, 200);
    QVERIFY(isBlocked(m_near));
    m_client->useToken("none");
    QCOMPARE(act("%2B" + m_near.mid(1), "unblock").status, 401);
    QCOMPARE(send(m_near).status, 401);
}

void OnPremPeopleTest::sendsCards()
{
    const WireAnswer answer = send(m_near.mid(3));
    QCOMPARE(answer.status, 200);
    QVERIFY(!answer.json()
                 .value(QLatin1String("messages"))
                 .toArray()
                 .first()
                 .toObject()
                 .value(QLatin1String("id"))
                 .toString()
                 .isEmpty());
    QVERIFY(answer.json().contains(QLatin1String("meta")));
    const std::vector<SandboxSent> sent = m_sandbox->server().messages();
    QCOMPARE(sent.size(), std::size_t(1));
    QCOMPARE(sent.front().gateway, std::string("onprem"));
    QCOMPARE(sent.front().to, m_near.mid(1).toStdString());
}

void OnPremPeopleTest::badMessages_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("expected");
    const QByteArray name = "{\"name\":{\"formatted_name\":\"A\",\"first_name\":\"A\"}}";
    QTest::newRow("no JSON") << QByteArray("{") << 1025;
    QTest::newRow("unknown member")
        << "{\"to\":\"7400123456\",\"type\":\"contacts\",\"preview_url\":true,\"contacts\":[" + name + "]}" << 1025;
    QTest::newRow("the cloud's member")
        << "{\"messaging_product\":\"whatsapp\",\"to\":\"7400123456\",\"type\":\"contacts\","
           "\"contacts\":["
            + name + "]}"
        << 1025;
    QTest::newRow("no to") << "{\"type\":\"contacts\",\"contacts\":[" + name + "]}" << 1008;
    QTest::newRow("to as number") << "{\"to\":7400123456,\"type\":\"contacts\",\"contacts\":[" + name + "]}" << 1009;
    QTest::newRow("text") << "{\"to\":\"7400123456\",\"type\":\"text\",\"contacts\":[" + name + "]}" << 1009;
    QTest::newRow("no name") << QByteArray("{\"to\":\"7400123456\",\"type\":\"contacts\",\"contacts\":[{}]}") << 1008;
}

void OnPremPeopleTest::badMessages()
{
    QFETCH(QByteArray, body);
    QFETCH(int, expected);
    const WireAnswer answer = m_client->post("/v1/messages", body, m_client->bearer());
    QCOMPARE(answer.status, 400);
    QCOMPARE(code(answer), expected);
    QVERIFY(m_sandbox->server().messages().empty());
}

void OnPremPeopleTest::whoCannotBeWrittenTo()
{
    QCOMPARE(code(send(m_far)), 470);
    QCOMPARE(code(send(m_nobody)), 1013);
    m_sandbox->server().setBlocked(m_near.toStdString(), true);
    QVERIFY(send(m_near).status >= 400);
    m_sandbox->server().setBlocked(m_near.toStdString(), false);
    QCOMPARE(send(m_near).status, 200);
}

void OnPremPeopleTest::faultsHitTheseToo()
{
    m_sandbox->fault(QStringLiteral("429:1"));
    QCOMPARE(act("%2B" + m_near.mid(1), "block").status, 429);
    m_sandbox->fault(QStringLiteral("5xx=503:1"));
    QCOMPARE(send(m_near).status, 503);
    QVERIFY(!isBlocked(m_near));
    QVERIFY(m_sandbox->server().messages().empty());
    m_sandbox->fault(QStringLiteral("cut:1"));
    QVERIFY(act("%2B" + m_near.mid(1), "block").cut);
    QVERIFY(isBlocked(m_near)); // done, and nobody was told
}

QTEST_GUILESS_MAIN(OnPremPeopleTest)
#include "onprempeople_test.moc"
