// SPDX-License-Identifier: GPL-3.0-or-later
// Expected forms: gateways.md section 4 and vendor page D.
#include "tests/support/sandboxclient.h"
#include "tests/support/sandboxfixture.h"

#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QUrl>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr qint64 dayMs = 24LL * 3600 * 1000;
constexpr const char *credentials = "instance_id=SBX4WAWP2026&access_token=sandbox-wawp-token";

QJsonArray rows(const WireAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).array();
}

QString text(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1String(name)).toString();
}

} // namespace

class WawpTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void credentialsWhereTheyBelong();
    void sessionStates();
    void checkAnswers();
    void checkWantsDigits_data();
    void checkWantsDigits();
    void oneCheckASecond();
    void checkFaults();
    void listOfContacts();
    void listPagesAndSorts();
    void addedContactsComeLate();
    void detailsAreNoCheck();
    void aboutMayBeHidden();
    void picturesAndTheirLinks();
    void hiddenPictures();
    void blocks();
    void engineThatCannotBlock();
    void lidsBothWays();
    void sendsCards();
    void badCards_data();
    void badCards();
    void errorsWithStatus200();
    void faultEnvelopes();

private:
    [[nodiscard]] WireAnswer get(const QByteArray &path, const QByteArray &query = {}) const;
    [[nodiscard]] WireAnswer write(const QByteArray &method, const QByteArray &path, const QByteArray &members) const;
    [[nodiscard]] QJsonObject rowOf(const QByteArray &waId) const;
    /// The first subscriber for whom this is so.
    template <class Wanted> [[nodiscard]] QByteArray person(Wanted wanted) const
    {
        for (const QString &number : m_sandbox->numbers(400)) {
            if (wanted(number.mid(1).toStdString()))
                return number.mid(1).toLatin1();
        }
        qFatal("nobody like that");
    }

    std::unique_ptr<SandboxFixture> m_sandbox;
    std::unique_ptr<SandboxClient> m_client;
    QByteArray m_valid;
    QByteArray m_invalid;
};

void WawpTest::init()
{
    m_client.reset();
    SandboxOptions options = SandboxFixture::quick();
    options.wawpCheckGapMs = 0;
    m_sandbox = std::make_unique<SandboxFixture>(options);
    m_client = std::make_unique<SandboxClient>(m_sandbox->server().port());
    m_valid = m_sandbox->numbers(1, true).first().mid(1).toLatin1();
    m_invalid = m_sandbox->numbers(1, false).first().mid(1).toLatin1();
}

WireAnswer WawpTest::get(const QByteArray &path, const QByteArray &query) const
{
    return m_client->get("/wawp/v2/" + path + "?" + credentials + (query.isEmpty() ? "" : "&") + query);
}

WireAnswer WawpTest::write(const QByteArray &method, const QByteArray &path, const QByteArray &members) const
{
    return m_client->sendBody(method, "/wawp/v2/" + path,
        "{\"instance_id\":\"SBX4WAWP2026\",\"access_token\":\"sandbox-wawp-token\""
            + (members.isEmpty() ? QByteArray() : QByteArray("," + members)) + "}");
}

QJsonObject WawpTest::rowOf(const QByteArray &waId) const
{
    for (const auto &row : rows(get("contacts/all"))) {
        if (text(row.toObject(), "id") == QString::fromLatin1(waId + "@c.us"))
            return row.toObject();
    }
    return {};
}

void WawpTest::credentialsWhereTheyBelong()
{
    QCOMPARE(QString::fromStdString(m_sandbox->server().wawpAddress()),
        QString::fromStdString(m_sandbox->server().origin()) + QStringLiteral("/wawp"));
    QCOMPARE(get("session/info").status, 200);
    const WireAnswer none = m_client->get("/wawp/v2/session/info?instance_id=SBX4WAWP2026");
    QCOMPARE(none.status, 401);
    QCOMPARE(text(none.json(), "message"), QStringLiteral("Missing access_token"));
    QCOMPARE(m_client->get("/wawp/v2/session/info?instance_id=SBX4WAWP2026&access_token=x").status, 401);
    QCOMPARE(m_client->get("/wawp/v2/session/info?access_token=sandbox-wawp-token").status, 400);
    const WireAnswer other = m_client->get("/wawp/v2/session/info?instance_id=OTHER&access_token=sandbox-wawp-token");
    QCOMPARE(other.status, 404);
    QCOMPARE(text(other.json(), "code"), QStringLiteral("invalid_session"));
    // Of a POST, only a JSON body is read: neither the query nor a form.
    QCOMPARE(m_client->post(QByteArray("/wawp/v2/contacts/block?") + credentials, "{\"contactId\":\"" + m_valid + "\"}")
                 .status,
        401);
    const QByteArray form = QByteArray(credentials) + "&contactId=" + m_valid;
    const WireAnswer formed = m_client->send("POST /wawp/v2/contacts/block HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                             "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
        + QByteArray::number(form.size()) + "\r\n\r\n" + form);
    QCOMPARE(formed.status, 401);
    QCOMPARE(text(formed.json(), "message"), QStringLiteral("Missing access_token"));
    for (const SandboxLedgerEntry &entry : m_sandbox->ledger()) // a path without its query
        QVERIFY(entry.path.find("sandbox-wawp-token") == std::string::npos);
}

void WawpTest::sessionStates()
{
    QCOMPARE(text(get("session/info").json(), "status"), QStringLiteral("WORKING"));
    m_sandbox->fault(QStringLiteral("scan-qr"));
    QCOMPARE(text(get("session/info").json(), "status"), QStringLiteral("SCAN_QR_CODE"));
    const WireAnswer waiting = get("contacts/check-exists", "phone=" + m_valid);
    QCOMPARE(waiting.status, 422);
    QVERIFY(text(waiting.json(), "error").startsWith(QStringLiteral("Session status is not as expected")));
    QCOMPARE(text(waiting.json(), "status"), QStringLiteral("SCAN_QR_CODE"));
    QCOMPARE(waiting.json().value(QLatin1String("expected")).toArray(), QJsonArray({QStringLiteral("WORKING")}));
    m_sandbox->clearFaults();
    m_sandbox->fault(QStringLiteral("invalid-session"));
    const WireAnswer dropped = get("contacts/all");
    QCOMPARE(dropped.status, 404);
    QCOMPARE(text(dropped.json(), "code"), QStringLiteral("invalid_session"));
}

void WawpTest::checkAnswers()
{
    QCOMPARE(get("contacts/check-exists", "phone=" + m_valid).body,
        QByteArray("{\"numberExists\":true,\"chatId\":\"" + m_valid + "@c.us\"}"));
    QCOMPARE(get("contacts/check-exists", "phone=%2B" + m_valid).status, 200);
    QCOMPARE(get("contacts/check-exists", "phone=" + m_invalid).body, QByteArray("{\"numberExists\":false}"));
    QCOMPARE(m_sandbox->asked(),
        QStringList(
            {QString::fromLatin1(m_valid), QString::fromLatin1("+" + m_valid), QString::fromLatin1(m_invalid)}));
    // Nobody has a number kept for fiction: who says so cannot tell.
    QCOMPARE(get("contacts/check-exists", "phone=447700900123").body, QByteArray("{\"numberExists\":false}"));
    m_sandbox->fault(QStringLiteral("always-valid"));
    QVERIFY(get("contacts/check-exists", "phone=447700900123").body.contains("\"numberExists\":true"));
}

void WawpTest::checkWantsDigits_data()
{
    QTest::addColumn<QByteArray>("phone");
    QTest::newRow("blank") << QByteArray("44%207400123456");
    QTest::newRow("a plus that was not encoded is a blank") << QByteArray("+447400123456");
    QTest::newRow("brackets") << QByteArray("44(7400)123456");
    QTest::newRow("double zero") << QByteArray("00447400123456");
    QTest::newRow("letters") << QByteArray("call%20me");
    QTest::newRow("nothing") << QByteArray("");
}

void WawpTest::checkWantsDigits()
{
    QFETCH(QByteArray, phone);
    QCOMPARE(get("contacts/check-exists", "phone=" + phone).status, 400);
    QVERIFY(m_sandbox->asked().isEmpty());
}

void WawpTest::oneCheckASecond()
{
    m_client.reset();
    m_sandbox = std::make_unique<SandboxFixture>(); // with the limit of every sandbox
    m_client = std::make_unique<SandboxClient>(m_sandbox->server().port());
    const auto status = [this] { return get("contacts/check-exists", "phone=" + m_valid).status; };
    QCOMPARE(status(), 200);
    QCOMPARE(status(), 429);
    QCOMPARE(get("session/info").status, 200); // other calls have no such limit
    m_sandbox->server().advanceClock(1000);
    QCOMPARE(status(), 200);
    QCOMPARE(m_sandbox->asked().size(), 2); // the refused one asked nobody
}

void WawpTest::checkFaults()
{
    const QByteArray query = "phone=" + m_valid;
    const QByteArray asLid
        = person([this](const std::string &id) { return m_sandbox->server().world().lid(id).has_value(); });
    m_sandbox->fault(QStringLiteral("lid-chat:1"));
    QVERIFY(text(get("contacts/check-exists", "phone=" + asLid).json(), "chatId").endsWith(QStringLiteral("@lid")));
    m_sandbox->fault(QStringLiteral("missing-rows:1"));
    QVERIFY(!get("contacts/check-exists", query).json().contains(QLatin1String("numberExists")));
    m_sandbox->fault(QStringLiteral("unknown-word:1"));
    QVERIFY(get("contacts/check-exists", query).json().value(QLatin1String("numberExists")).isString());
    m_sandbox->fault(QStringLiteral("duplicate-keys:1"));
    QVERIFY(get("contacts/check-exists", query).body.startsWith("{\"numberExists\":false,\"numberExists\":true"));
}

void WawpTest::listOfContacts()
{
    const QJsonArray all = rows(get("contacts/all"));
    int saved = 0;
    int onlyWrote = 0;
    int groups = 0;
    int selves = 0;
    for (const auto &value : all) {
        const QJsonObject row = value.toObject();
        groups += row.value(QLatin1String("isGroup")).toBool() ? 1 : 0;
        selves += row.value(QLatin1String("isMe")).toBool() ? 1 : 0;
        if (!text(row, "id").endsWith(QStringLiteral("@c.us")))
            continue;
        const bool mine = row.value(QLatin1String("isMyContact")).toBool();
        saved += mine ? 1 : 0;
        onlyWrote += !mine && !row.value(QLatin1String("isMe")).toBool() ? 1 : 0;
        QCOMPARE(mine, row.value(QLatin1String("name")).isString()); // null for whom nobody saved
        QCOMPARE(row.value(QLatin1String("isBlocked")), QJsonValue(false));
        QCOMPARE(text(row, "id"), text(row, "number") + QStringLiteral("@c.us"));
    }
    QVERIFY(saved > 100 && onlyWrote == 12);
    QCOMPARE(groups, 1);
    QCOMPARE(selves, 1);
    m_sandbox->fault(QStringLiteral("object-ids"));
    const QJsonObject id
        = rows(get("contacts/all", "limit=1")).first().toObject().value(QLatin1String("id")).toObject();
    QCOMPARE(text(id, "_serialized"), text(id, "user") + QLatin1Char('@') + text(id, "server"));
}

void WawpTest::listPagesAndSorts()
{
    const QJsonArray all = rows(get("contacts/all", "sortBy=id&sortOrder=asc"));
    QJsonArray joined;
    for (int offset = 0; offset < all.size() + 50; offset += 50) {
        for (const auto &row : rows(get("contacts/all", "limit=50&offset=" + QByteArray::number(offset))))
            joined.append(row);
    }
    QCOMPARE(joined, all);
    for (int n = 1; n < all.size(); ++n)
        QVERIFY(text(all[n - 1].toObject(), "id") < text(all[n].toObject(), "id"));
    QCOMPARE(rows(get("contacts/all", "sortOrder=DESC")).first(), all.last());
    QCOMPARE(get("contacts/all", "offset=100000").body, QByteArray("[]"));
    for (const char *bad : {"limit=0", "limit=x", "offset=-1", "sortBy=age", "sortOrder=up"})
        QCOMPARE(get("contacts/all", bad).status, 400);
}

void WawpTest::addedContactsComeLate()
{
    m_sandbox->server().addContact(m_valid.toStdString(), "Zoë Late");
    QVERIFY(rowOf(m_valid).isEmpty());
    m_sandbox->server().advanceClock(31'000); // page D: about 30 seconds
    QCOMPARE(text(rowOf(m_valid), "name"), QStringLiteral("Zoë Late"));
    QCOMPARE(write("PUT", "contacts/" + m_valid + "%40c.us", "\"firstName\":\"Zoë\",\"lastName\":\"Renamed\"").body,
        QByteArray("{\"success\":true}"));
    QCOMPARE(text(rowOf(m_valid), "name"), QStringLiteral("Zoë Renamed"));
    QCOMPARE(write("PUT", "contacts/" + m_valid + "%40c.us", "\"firstName\":\"Zoë\"").status, 400);
}

void WawpTest::detailsAreNoCheck()
{
    for (const QByteArray &id : {m_valid, QByteArray(m_valid + "%40c.us"), QByteArray(m_invalid + "%40c.us")}) {
        const WireAnswer answer = get("contacts", "contactId=" + id);
        QCOMPARE(answer.status, 200);
        QVERIFY(text(answer.json(), "id").endsWith(QStringLiteral("@c.us")));
    }
    QCOMPARE(get("contacts/" + m_valid + "%40c.us").json(), get("contacts", "contactId=" + m_valid).json());
    const QByteArray named
        = person([this](const std::string &id) { return m_sandbox->server().world().profileName(id).has_value(); });
    const QJsonObject row = get("contacts", "contactId=" + named).json();
    QVERIFY(row.value(QLatin1String("name")).isNull());
    QCOMPARE(
        text(row, "pushname"), QString::fromStdString(*m_sandbox->server().world().profileName(named.toStdString())));
    const WireAnswer stranger = get("contacts", "contactId=999999999999999%40lid");
    QCOMPARE(stranger.status, 200);
    QCOMPARE(text(stranger.json(), "id"), QStringLiteral("999999999999999@lid"));
    QCOMPARE(get("contacts", "contactId=120363041234567890%40g.us").status, 400);
    QCOMPARE(get("contacts").status, 400);
}

void WawpTest::aboutMayBeHidden()
{
    const auto world = [this]() -> const SandboxWorld & { return m_sandbox->server().world(); };
    const QByteArray open = person([&](const std::string &id) { return world().about(id).has_value(); });
    const QByteArray hidden = person([&](const std::string &id) { return !world().about(id).has_value(); });
    QCOMPARE(text(get("contacts/about", "contactId=" + open + "%40c.us").json(), "about"),
        QString::fromStdString(*world().about(open.toStdString())));
    QCOMPARE(get("contacts/about", "contactId=" + hidden + "%40c.us").body, QByteArray("{\"about\":null}"));
}

void WawpTest::picturesAndTheirLinks()
{
    const QByteArray who = person([this](const std::string &id) { return m_sandbox->server().world().showsPhoto(id); });
    // By the address a client would have used: the link points to where it asked.
    const QByteArray host = "127.0.0.1:" + QByteArray::number(m_sandbox->server().port());
    const QByteArray path = QByteArray("/wawp/v2/contacts/profile-picture?") + credentials + "&contactId=" + who;
    const auto ask = [&](const QByteArray &target) {
        return m_client->send("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    };
    const QJsonObject told = ask(path).json();
    QCOMPARE(text(told, "id"), QString::fromLatin1(who + "@c.us"));
    const QUrl link(text(told, "url"));
    QCOMPARE(link.host() + QLatin1Char(':') + QString::number(link.port()), QString::fromLatin1(host));
    QVERIFY(link.path().startsWith(QStringLiteral("/_sandbox-photo/")));
    const QByteArray target = link.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority);
    const WireAnswer picture = ask(target);
    QCOMPARE(picture.status, 200);
    QCOMPARE(picture.header("content-type"), QByteArray("image/png"));
    const QImage image = QImage::fromData(picture.body, "PNG");
    QCOMPARE(image.size(), QSize(96, 96));
    QVERIFY(image.pixel(2, 2) != image.pixel(48, 36)); // background and head
    QCOMPARE(ask(target + "&access_token=sandbox-wawp-token").status, 403); // it is another server to the client
    QCOMPARE(m_client->get(target, "Authorization: Bearer x\r\n").status, 403);
    m_sandbox->fault(QStringLiteral("big-photo:1"));
    QVERIFY(ask(target).body.size() > 16 * 1024 * 1024);
    m_sandbox->fault(QStringLiteral("html:1"));
    QVERIFY(ask(target).body.startsWith("<!DOCTYPE html>"));
    m_sandbox->server().advanceClock(dayMs);
    QCOMPARE(ask(target).status, 403); // the link is dead
    m_sandbox->fault(QStringLiteral("waha-picture:1"));
    QVERIFY(text(ask(path).json(), "profilePictureURL").startsWith(QStringLiteral("http://")));
    QCOMPARE(ask(path + "&refresh=perhaps").status, 400);
}

void WawpTest::hiddenPictures()
{
    const QByteArray who
        = person([this](const std::string &id) { return !m_sandbox->server().world().showsPhoto(id); });
    const QByteArray query = "contactId=" + who + "%40c.us";
    const WireAnswer hidden = get("contacts/profile-picture", query);
    QCOMPARE(hidden.status, 404);
    QVERIFY(text(hidden.json(), "code") != QStringLiteral("invalid_session"));
    m_sandbox->fault(QStringLiteral("empty-picture:1"));
    QCOMPARE(get("contacts/profile-picture", query).body, QByteArray("{\"id\":\"" + who + "@c.us\",\"url\":\"\"}"));
    m_sandbox->fault(QStringLiteral("waha-picture:1"));
    QCOMPARE(get("contacts/profile-picture", query).body, QByteArray("{\"profilePictureURL\":null}"));
}

void WawpTest::blocks()
{
    const WireAnswer done = write("POST", "contacts/block", "\"contactId\":\"" + m_valid + "@c.us\"");
    QCOMPARE(done.status, 201);
    QVERIFY(done.body.isEmpty());
    QVERIFY(m_sandbox->server().isBlocked(m_valid.toStdString())); // no 24-hour rule here
    QCOMPARE(rowOf(m_valid).value(QLatin1String("isBlocked")), QJsonValue(true));
    QCOMPARE(get("contacts", "contactId=" + m_valid).json().value(QLatin1String("isBlocked")), QJsonValue(true));
    QCOMPARE(write("POST", "contacts/unblock", "\"contactId\":\"" + m_valid + "\"").status, 201);
    QVERIFY(!m_sandbox->server().isBlocked(m_valid.toStdString()));
    for (const QByteArray &bad :
        {QByteArray(), QByteArray("\"contactId\":447400123456"), QByteArray("\"contactId\":\"" + m_invalid + "\""),
            QByteArray("\"contactId\":\"120363041234567890@g.us\"")})
        QCOMPARE(write("POST", "contacts/block", bad).status, 400);
}

void WawpTest::engineThatCannotBlock()
{
    m_sandbox->fault(QStringLiteral("engine-no-block"));
    for (const char *path : {"contacts/block", "contacts/unblock"}) {
        const WireAnswer answer = write("POST", path, "\"contactId\":\"" + m_valid + "@c.us\"");
        QCOMPARE(answer.status, 422);
        QCOMPARE(text(answer.json(), "message"), QStringLiteral("The method is not implemented by the engine."));
    }
    QCOMPARE(get("contacts/about", "contactId=" + m_valid).status, 422);
    QVERIFY(!get("contacts", "contactId=" + m_valid).json().contains(QLatin1String("isBlocked")));
    QVERIFY(!m_sandbox->server().isBlocked(m_valid.toStdString()));
    QCOMPARE(get("contacts/check-exists", "phone=" + m_valid).status, 200);
}

void WawpTest::lidsBothWays()
{
    const auto lidOf = [this](const std::string &id) { return m_sandbox->server().world().lid(id); };
    const QByteArray who = person([&](const std::string &id) { return lidOf(id).has_value(); });
    const QByteArray none = person([&](const std::string &id) { return !lidOf(id).has_value(); });
    const QByteArray lid = QByteArray::fromStdString(*lidOf(who.toStdString()));
    QCOMPARE(get("lids/" + lid + "%40lid").body, QByteArray("{\"lid\":\"" + lid + "@lid\",\"pn\":null}"));
    QCOMPARE(get("lids/pn/" + who).body, QByteArray("{\"lid\":\"" + lid + "@lid\",\"number\":\"" + who + "\"}"));
    QCOMPARE(get("lids/" + lid).body, QByteArray("{\"lid\":\"" + lid + "@lid\",\"pn\":\"" + who + "@c.us\"}"));
    QCOMPARE(get("lids/pn/" + none).body, QByteArray("{\"lid\":null,\"number\":\"" + none + "\"}"));
    const int count = get("lids/count").json().value(QLatin1String("count")).toInt();
    QCOMPARE(rows(get("lids", "limit=1000")).size(), count);
    QCOMPARE(rows(get("lids", "limit=3&offset=" + QByteArray::number(count - 2))).size(), 2);
    QVERIFY(text(rows(get("lids", "limit=1")).first().toObject(), "pn").endsWith(QStringLiteral("@c.us")));
    // A LID names its person in every other call too.
    QCOMPARE(write("POST", "contacts/block", "\"contactId\":\"" + lid + "@lid\"").status, 201);
    QVERIFY(m_sandbox->server().isBlocked(who.toStdString()));
}

void WawpTest::sendsCards()
{
    const WireAnswer answer = write("POST", "send/contact",
        "\"chatId\":\"" + m_valid
            + "@c.us\",\"contacts\":[{\"fullName\":\"Ana Souza\",\"organization\":\"Azul\",\"phoneNumber\":\"+44 "
              "7400 123456\",\"whatsappId\":\"447400123456\"},{\"vcard\":\"BEGIN:VCARD\\nVERSION:3.0\\nFN:Jane "
              "Doe\\nTEL;waid=447400123456:+44 7400 123456\\nEND:VCARD\"}]");
    QCOMPARE(answer.status, 201);
    QVERIFY(text(answer.json(), "id").contains(QString::fromLatin1(m_valid + "@c.us")));
    const std::vector<SandboxSent> sent = m_sandbox->server().messages();
    QCOMPARE(sent.size(), std::size_t(1));
    QCOMPARE(sent.front().gateway, std::string("wawp"));
    QCOMPARE(sent.front().cards, (std::vector<std::string>{"Ana Souza", "Jane Doe"}));
}

void WawpTest::badCards_data()
{
    QTest::addColumn<QByteArray>("members");
    const QByteArray good = "{\"fullName\":\"A\",\"phoneNumber\":\"1\"}";
    QTest::newRow("no chat") << "\"contacts\":[" + good + "]";
    QTest::newRow("no cards") << QByteArray("\"chatId\":\"@\",\"contacts\":[]");
    QTest::newRow("unknown member") << "\"chatId\":\"@\",\"contacts\":[" + good + "],\"type\":\"contacts\"";
    QTest::newRow("unknown member of a card")
        << QByteArray("\"chatId\":\"@\",\"contacts\":[{\"fullName\":\"A\",\"phoneNumber\":\"1\",\"email\":\"x\"}]");
    QTest::newRow("id with a plus") << QByteArray(
        "\"chatId\":\"@\",\"contacts\":[{\"fullName\":\"A\",\"phoneNumber\":\"1\",\"whatsappId\":\"+1\"}]");
    QTest::newRow("vCard 4.0") << QByteArray(
        "\"chatId\":\"@\",\"contacts\":[{\"vcard\":\"BEGIN:VCARD\\nVERSION:4.0\\nFN:A\\nEND:VCARD\"}]");
    QTest::newRow("no vCard") << QByteArray("\"chatId\":\"@\",\"contacts\":[{\"vcard\":\"Ana\"}]");
    QTest::newRow("nobody") << "\"chatId\":\"447700900123@c.us\",\"contacts\":[" + good + "]";
}

void WawpTest::badCards()
{
    QFETCH(QByteArray, members);
    QCOMPARE(
        write("POST", "send/contact", members.replace("\"@\"", QByteArray("\"" + m_valid + "@c.us\""))).status, 400);
    QVERIFY(m_sandbox->server().messages().empty());
}

void WawpTest::errorsWithStatus200()
{
    m_sandbox->fault(QStringLiteral("error-200"));
    const WireAnswer answer = get("contacts/check-exists", "phone=" + m_valid);
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.json().contains(QLatin1String("code")));
    QVERIFY(!answer.json().contains(QLatin1String("numberExists")));
}

void WawpTest::faultEnvelopes()
{
    m_sandbox->fault(QStringLiteral("429=3:1"));
    const WireAnswer throttled = get("contacts/all");
    QCOMPARE(throttled.status, 429);
    QCOMPARE(throttled.header("retry-after"), QByteArray("3"));
    QCOMPARE(text(throttled.json(), "message"), QStringLiteral("rate-overlimit"));
    m_sandbox->fault(QStringLiteral("5xx:1"));
    const WireAnswer broken = get("contacts/all");
    QCOMPARE(broken.status, 500);
    QCOMPARE(broken.json().value(QLatin1String("status")).toInt(), 500);
    m_sandbox->fault(QStringLiteral("5xx=403:1"));
    QCOMPARE(text(get("contacts/all").json(), "code"), QStringLiteral("subscription_required"));
    m_sandbox->fault(QStringLiteral("5xx=404:1"));
    m_sandbox->fault(QStringLiteral("no-body:1"));
    QVERIFY(get("contacts/all").body.isEmpty());
}

QTEST_GUILESS_MAIN(WawpTest)
#include "wawp_test.moc"
