// SPDX-License-Identifier: GPL-3.0-or-later
// Expected forms: gateways.md 5.3 and vendor page E.
#include "tests/support/sandboxclient.h"
#include "tests/support/sandboxfixture.h"

#include <QJsonArray>
#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

QJsonObject at(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1String(name)).toObject();
}

QJsonArray list(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1String(name)).toArray();
}

QString text(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1String(name)).toString();
}

int code(const WireAnswer &answer)
{
    return at(answer.json(), "error").value(QLatin1String("code")).toInt();
}

QByteArray card(
    const QByteArray &name = "{\"formatted_name\":\"Ana Souza\",\"first_name\":\"Ana\"}", const QByteArray &more = {})
{
    return "{\"name\":" + name + more + "}";
}

QByteArray message(const QString &to, const QByteArray &cards)
{
    return "{\"messaging_product\":\"whatsapp\",\"recipient_type\":\"individual\",\"to\":\"" + to.toUtf8()
        + "\",\"type\":\"contacts\",\"contacts\":[" + cards + "]}";
}

} // namespace

class GraphCardsTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cardsAreTaken();
    void badMessages_data();
    void badMessages();
    void mostCards();
    void whoCannotBeWrittenTo();

private:
    [[nodiscard]] WireAnswer send(const QByteArray &body) const;

    std::unique_ptr<SandboxFixture> m_sandbox;
    std::unique_ptr<SandboxClient> m_client;
    QString m_near; ///< wrote within 24 hours
    QString m_far; ///< on WhatsApp, did not
};

void GraphCardsTest::init()
{
    m_client.reset();
    m_sandbox = std::make_unique<SandboxFixture>();
    m_client = std::make_unique<SandboxClient>(m_sandbox->server().port());
    m_near = m_sandbox->people(1, true).first();
    m_far = m_sandbox->people(1, false).first();
}

WireAnswer GraphCardsTest::send(const QByteArray &body) const
{
    return m_client->post("/d360/messages", body, "D360-API-KEY: sandbox-d360-key\r\n");
}

void GraphCardsTest::cardsAreTaken()
{
    const QByteArray full = card("{\"formatted_name\":\"Ana Souza\",\"last_name\":\"Souza\"}",
        ",\"addresses\":[{\"street\":\"1 Lucky Shrub Way\",\"city\":\"Menlo Park\",\"state\":\"CA\",\"zip\":\"94025\","
        "\"country\":\"United States\",\"country_code\":\"US\",\"type\":\"HOME\"}],\"birthday\":\"1999-01-23\","
        "\"emails\":[{\"email\":\"ana@example.org\",\"type\":\"WORK\"}],\"org\":{\"company\":\"Lucky Shrub\","
        "\"department\":\"Legal\",\"title\":\"Lead "
        "Counsel\"},\"phones\":[{\"phone\":\"+16505559999\",\"type\":\"HOME\","
        "\"wa_id\":\"16505559999\"}],\"urls\":[{\"url\":\"https://example.org\",\"type\":\"WORK\"}]");
    const WireAnswer answer = send(message(m_near, full + "," + card()));
    QCOMPARE(answer.status, 200);
    QCOMPARE(text(answer.json(), "messaging_product"), QStringLiteral("whatsapp"));
    const QJsonObject contact = list(answer.json(), "contacts").first().toObject();
    QCOMPARE(text(contact, "input"), m_near);
    QCOMPARE(text(contact, "wa_id"), m_near.mid(1));
    const QJsonObject sent = list(answer.json(), "messages").first().toObject();
    QVERIFY(text(sent, "id").startsWith(QStringLiteral("wamid.")));
    QCOMPARE(text(sent, "message_status"), QStringLiteral("accepted"));
    const std::vector<SandboxSent> ledger = m_sandbox->server().messages();
    QCOMPARE(ledger.size(), std::size_t(1));
    QCOMPARE(ledger.front().to, m_near.mid(1).toStdString());
    QCOMPARE(ledger.front().cards, (std::vector<std::string>{"Ana Souza", "Ana Souza"}));
    // The id WhatsApp uses may differ from the typed number: Mexico gains a 1 (gateways.md 6.2).
    QString mexican;
    for (int n = 10; mexican.isEmpty() || m_sandbox->truth(mexican) != QStringLiteral("valid"); ++n)
        mexican = QStringLiteral("+52 56 3969 18%1").arg(n);
    m_sandbox->server().writeInbound(mexican.toStdString());
    const WireAnswer mexico = send(message(mexican, card()));
    const QJsonObject other = list(mexico.json(), "contacts").first().toObject();
    QCOMPARE(text(other, "input"), mexican);
    QCOMPARE(text(other, "wa_id"), QStringLiteral("521") + mexican.mid(4).remove(QLatin1Char(' ')));
}

void GraphCardsTest::badMessages_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("expected");
    const QString to = QStringLiteral("+447400000000");
    const auto with = [to](const char *before, const char *after) -> QByteArray {
        return message(to, card()).replace(before, after);
    };
    QTest::newRow("page E's own sample has no recipient_type; Meta's schema wants it")
        << with("\"recipient_type\":\"individual\",", "") << 131008;
    QTest::newRow("no to") << with("\"to\":\"+447400000000\",", "") << 131008;
    QTest::newRow("no type") << with("\"type\":\"contacts\",", "") << 131008;
    QTest::newRow("no product") << with("\"messaging_product\":\"whatsapp\",", "") << 131008;
    QTest::newRow("to as number") << with("\"+447400000000\"", "447400000000") << 100;
    QTest::newRow("unknown key") << with("\"type\"", "\"preview\":true,\"type\"") << 100;
    QTest::newRow("unknown key in a card")
        << message(to, card("{\"formatted_name\":\"A\",\"first_name\":\"A\"}", ",\"note\":\"x\"")) << 100;
    QTest::newRow("ims is of the old node")
        << message(to, card("{\"formatted_name\":\"A\",\"first_name\":\"A\"}", ",\"ims\":[]")) << 100;
    QTest::newRow("unknown name part") << message(to, card("{\"formatted_name\":\"A\",\"nickname\":\"A\"}")) << 100;
    QTest::newRow("phone as number") << message(
        to, card("{\"formatted_name\":\"A\",\"first_name\":\"A\"}", ",\"phones\":[{\"phone\":447400000000}]"))
                                     << 100;
    QTest::newRow("phones as object") << message(
        to, card("{\"formatted_name\":\"A\",\"first_name\":\"A\"}", ",\"phones\":{\"phone\":\"1\"}"))
                                      << 100;
    QTest::newRow("no name") << message(to, "{\"phones\":[{\"phone\":\"+447400000000\"}]}") << 131008;
    QTest::newRow("no formatted name") << message(to, card("{\"first_name\":\"A\"}")) << 131008;
    QTest::newRow("formatted name alone") << message(to, card("{\"formatted_name\":\"A\"}")) << 131008;
    QTest::newRow("empty further part") << message(to, card("{\"formatted_name\":\"A\",\"suffix\":\"\"}")) << 131008;
    QTest::newRow("no cards") << message(to, "") << 131008;
    QTest::newRow("birthday") << message(
        to, card("{\"formatted_name\":\"A\",\"first_name\":\"A\"}", ",\"birthday\":\"23.01.1999\""))
                              << 131009;
    QTest::newRow("recipient type") << with("individual", "everybody") << 131009;
    QTest::newRow("other type") << with("\"type\":\"contacts\"", "\"type\":\"text\"") << 131009;
    QTest::newRow("key twice") << with("\"type\"", "\"to\":\"+447400000001\",\"type\"") << 100;
    QTest::newRow("no JSON") << QByteArray("to=447400000000") << 100;
}

void GraphCardsTest::badMessages()
{
    QFETCH(QByteArray, body);
    QFETCH(int, expected);
    const WireAnswer answer = send(body);
    QCOMPARE(answer.status, 400);
    QCOMPARE(code(answer), expected);
    QVERIFY(text(at(answer.json(), "error"), "message").startsWith(QStringLiteral("(#%1) ").arg(expected)));
    QVERIFY(m_sandbox->server().messages().empty());
}

void GraphCardsTest::mostCards()
{
    QByteArray cards = card();
    for (int n = 1; n < 257; ++n)
        cards += "," + card();
    QCOMPARE(send(message(m_near, cards)).status, 200);
    const WireAnswer answer = send(message(m_near, cards + "," + card()));
    QCOMPARE(answer.status, 400);
    QCOMPARE(code(answer), 131009);
    QCOMPARE(m_sandbox->server().messages().size(), std::size_t(1));
}

void GraphCardsTest::whoCannotBeWrittenTo()
{
    QCOMPARE(code(send(message(m_far, card()))), 131047);
    QCOMPARE(code(send(message(m_sandbox->numbers(1, false).first(), card()))), 131026);
    QCOMPARE(code(send(message(QStringLiteral("+447700900999"), card()))), 131021);
    m_sandbox->server().setBlocked(m_near.toStdString(), true);
    QCOMPARE(send(message(m_near, card())).status, 400);
    m_sandbox->server().setBlocked(m_near.toStdString(), false);
    QCOMPARE(send(message(m_near, card())).status, 200);
    QCOMPARE(m_client->post("/_sandbox/inbound", "{\"phone\":\"" + m_far.toUtf8() + "\"}").status, 200);
    QCOMPARE(send(message(m_far, card())).status, 200);
}

QTEST_GUILESS_MAIN(GraphCardsTest)
#include "graphcards_test.moc"
