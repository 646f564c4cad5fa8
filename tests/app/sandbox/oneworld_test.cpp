// SPDX-License-Identifier: GPL-3.0-or-later
// One world behind five dialects: what is so at one gateway is so at all, and what happened at one shows at the others.
#include "tests/support/sandboxclient.h"
#include "tests/support/sandboxfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr qint64 dayMs = 24LL * 3600 * 1000;
constexpr const char *wawp = "instance_id=SBX4WAWP2026&access_token=sandbox-wawp-token";

SandboxOptions unhurried()
{
    SandboxOptions options = SandboxFixture::quick();
    options.wawpCheckGapMs = 0;
    options.sendApiPerMinute = 0;
    return options;
}

} // namespace

class OneWorldTest : public QObject {
    Q_OBJECT

private slots:
    void everyGatewaySaysTheSame();
    void blockedAtOneIsBlockedAtAll();
    void someWroteMostDidNot();
    void sameSeedSamePeople();
    void fictionIsNobodys();
    void controlRoutes();
    void resetForgets();
    void throttleOfOneIsNotThatOfAnother();
};

void OneWorldTest::everyGatewaySaysTheSame()
{
    SandboxFixture sandbox(unhurried());
    SandboxClient client(sandbox.server().port());
    QVERIFY(client.logIn("admin", "Sandbox-2026"));
    QStringList numbers = sandbox.numbers(10, true) + sandbox.numbers(10, false);
    numbers += {QStringLiteral("+5562981234567"), QStringLiteral("+525639691841"), QStringLiteral("+5491156121008")};
    for (const QString &number : numbers) {
        const bool truth = sandbox.truth(number) == QStringLiteral("valid");
        const QByteArray digits = number.mid(1).toLatin1();
        const QByteArray node = client.check("{\"contacts\":[\"+" + digits + "\"]}").body;
        QCOMPARE(node.contains("\"status\":\"valid\""), truth);
        const QByteArray sendApi
            = client
                  .get("/sendapi/v1/whatsapp/contacts/%2B" + digits + "/check?session_id=sess_01SANDBOXZ2T",
                      "Authorization: Bearer sk_live_sandbox\r\n")
                  .body;
        QCOMPARE(sendApi.contains("\"is_whatsapp_user\":true"), truth);
        const QByteArray commBox = client
                                       .get("/commbox/whatsapp/validatecontact/hNyRN_fLUy7rrOrN9jLpipA%3d%3d/" + digits,
                                           "Authorization: Bearer sandbox-commbox-key\r\n")
                                       .body;
        QCOMPARE(commBox.contains("\"valid\":true"), truth);
        const QByteArray wawpAnswer
            = client.get(QByteArray("/wawp/v2/contacts/check-exists?") + wawp + "&phone=" + digits).body;
        QCOMPARE(wawpAnswer.contains("\"numberExists\":true"), truth);
        if (!truth)
            continue;
        // The id they give is one and the same, under each vendor's suffix.
        const QByteArray id = QByteArray::fromStdString(SandboxWorld::waId(digits.toStdString()));
        QVERIFY(node.contains(QByteArray("\"wa_id\":\"" + id + "\"")));
        QVERIFY(sendApi.contains(QByteArray("\"" + id + "@s.whatsapp.net\"")));
        QVERIFY(wawpAnswer.contains(QByteArray("\"" + id + "@c.us\"")));
    }
}

void OneWorldTest::blockedAtOneIsBlockedAtAll()
{
    SandboxFixture sandbox(unhurried());
    SandboxClient client(sandbox.server().port());
    QVERIFY(client.logIn("admin", "Sandbox-2026"));
    const QStringList people = sandbox.people(3, true);
    const auto digits = [&people](int n) -> QByteArray { return people[n].mid(1).toLatin1(); };
    QCOMPARE(client.post("/v1/contacts/%2B" + digits(0) + "/block", {}, client.bearer()).status, 200);
    QCOMPARE(client
                 .post("/wawp/v2/contacts/block",
                     "{\"instance_id\":\"SBX4WAWP2026\",\"access_token\":\"sandbox-wawp-token\",\"contactId\":\""
                         + digits(1) + "@c.us\"}")
                 .status,
        201);
    QCOMPARE(client
                 .post("/graph/v21.0/106540352242922/block_users",
                     "{\"messaging_product\":\"whatsapp\",\"block_users\":[{\"user\":\"" + digits(2) + "\"}]}",
                     "Authorization: Bearer sandbox-cloud-token\r\n")
                 .status,
        200);
    const QByteArray list = client.get("/d360/block_users", "D360-API-KEY: sandbox-d360-key\r\n").body;
    const QByteArray contacts = client.get(QByteArray("/wawp/v2/contacts/all?") + wawp).body;
    for (int n = 0; n < 3; ++n) {
        QVERIFY(list.contains(QByteArray("\"wa_id\":\"" + digits(n) + "\"")));
        QVERIFY(client.get(QByteArray("/wawp/v2/contacts?") + wawp + "&contactId=" + digits(n))
                    .json()
                    .value(QLatin1String("isBlocked"))
                    .toBool());
        QVERIFY(contacts.contains(QByteArray(digits(n) + "@c.us")));
    }
    QCOMPARE(contacts.count("\"isBlocked\":true"), 3);
}

void OneWorldTest::someWroteMostDidNot()
{
    SandboxFixture sandbox;
    int wrote = 0;
    const QStringList numbers = sandbox.numbers(1000);
    for (const QString &number : numbers)
        wrote += sandbox.server().wroteLately(number.toStdString()) ? 1 : 0;
    QVERIFY2(wrote > 140 && wrote < 260, QByteArray::number(wrote).constData()); // one in five
    for (const QString &number : sandbox.numbers(200, false))
        QVERIFY(!sandbox.server().wroteLately(number.toStdString()));
    sandbox.server().advanceClock(dayMs);
    for (const QString &number : numbers)
        QVERIFY(!sandbox.server().wroteLately(number.toStdString())); // nobody wrote again by themselves
    sandbox.server().writeInbound(numbers[0].toStdString());
    QVERIFY(sandbox.server().wroteLately(numbers[0].toStdString()));
}

void OneWorldTest::sameSeedSamePeople()
{
    const SandboxWorld one(7);
    const SandboxWorld same(7);
    const SandboxWorld other(8);
    int differences = 0;
    for (int n = 0; n < 200; ++n) {
        const std::string digits = std::to_string(447'400'000'000 + n);
        QCOMPARE(one.about(digits), same.about(digits));
        QCOMPARE(one.lid(digits), same.lid(digits));
        QCOMPARE(one.wroteBefore(digits), same.wroteBefore(digits));
        differences += one.lid(digits) != other.lid(digits) ? 1 : 0;
        QVERIFY(one.isSubscriber(digits) || (!one.lid(digits) && !one.about(digits) && !one.showsPhoto(digits)));
        QVERIFY(!one.lid(digits) || one.lid(digits)->size() == 15);
    }
    QVERIFY(differences > 100);
    // The sample list and its numbers are one.
    for (std::size_t row = 0; row < 300; ++row) {
        const SandboxPerson person = one.person(row);
        const auto digits = one.personDigits(row);
        if (person.phone.starts_with('+'))
            QCOMPARE(digits, SandboxWorld::dialled(person.phone, "44"));
    }
}

void OneWorldTest::fictionIsNobodys()
{
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const SandboxWorld world(seed);
        QVERIFY(!world.isSubscriber("447700900000"));
        QVERIFY(!world.isSubscriber("447700900999"));
        QVERIFY(!world.isSubscriber("12125550123"));
        QVERIFY(!world.isSubscriber("14165550199"));
    }
}

void OneWorldTest::controlRoutes()
{
    SandboxFixture sandbox;
    SandboxClient client(sandbox.server().port());
    const QByteArray far = sandbox.people(1, false).first().toLatin1();
    const QByteArray body = "{\"phone\":\"" + far + "\"}";
    QCOMPARE(client.post("/_sandbox/inbound", body).status, 200);
    QVERIFY(sandbox.server().wroteLately(far.toStdString()));
    QCOMPARE(client.post("/_sandbox/inbound", "{\"phone\":\"" + far + "\",\"ago_ms\":86400000}").status, 200);
    QVERIFY(!sandbox.server().wroteLately(far.toStdString()));
    QCOMPARE(client.post("/_sandbox/blocks", body).json().value(QLatin1String("count")).toInt(), 1);
    const QJsonObject person = client.get("/_sandbox/person?phone=%2B" + far.mid(1)).json();
    QCOMPARE(person.value(QLatin1String("wa_id")).toString(), QString::fromLatin1(far.mid(1)));
    QCOMPARE(person.value(QLatin1String("blocked")), QJsonValue(true));
    QCOMPARE(client.get("/_sandbox/blocks").json().value(QLatin1String("blocked")).toArray(),
        QJsonArray({QString::fromLatin1(far.mid(1))}));
    QCOMPARE(client.post("/_sandbox/blocks", "{\"phone\":\"" + far + "\",\"blocked\":false}")
                 .json()
                 .value(QLatin1String("count"))
                 .toInt(),
        0);
    QCOMPARE(client.post("/_sandbox/contacts", "{\"phone\":\"" + far + "\",\"name\":\"Zoë\"}").status, 200);
    QVERIFY(client.get("/_sandbox/messages").json().value(QLatin1String("messages")).toArray().isEmpty());
    for (const char *path : {"/_sandbox/inbound", "/_sandbox/blocks", "/_sandbox/contacts"}) {
        QCOMPARE(client.post(path, "{\"phone\":447400123456}").status, 400);
        QCOMPARE(client.post(path, "{\"phone\":\"call me\"}").status, 400);
        QCOMPARE(client.post(path, body, "Origin: https://evil.example\r\n").status, 403);
    }
}

void OneWorldTest::resetForgets()
{
    SandboxFixture sandbox;
    const std::string far = sandbox.people(1, false).first().toStdString();
    sandbox.server().writeInbound(far);
    sandbox.server().setBlocked(far, true);
    sandbox.server().fillBlockList(10);
    QCOMPARE(sandbox.server().blockedCount(), std::size_t(10));
    sandbox.server().reset();
    QCOMPARE(sandbox.server().blockedCount(), std::size_t(0));
    QVERIFY(!sandbox.server().wroteLately(far));
}

void OneWorldTest::throttleOfOneIsNotThatOfAnother()
{
    SandboxFixture sandbox;
    SandboxClient client(sandbox.server().port());
    sandbox.server().addFault([] {
        SandboxFault fault = *SandboxFault::parse("5xx=503");
        fault.path = "/d360/"; // everything below
        return fault;
    }());
    QCOMPARE(client.get("/d360/block_users", "D360-API-KEY: sandbox-d360-key\r\n").status, 503);
    QCOMPARE(client.get(QByteArray("/wawp/v2/session/info?") + wawp).status, 200);
    QCOMPARE(client.get("/d360x/block_users", "D360-API-KEY: sandbox-d360-key\r\n").status, 404);
}

QTEST_GUILESS_MAIN(OneWorldTest)
#include "oneworld_test.moc"
