// SPDX-License-Identifier: GPL-3.0-or-later
// Order of keys: GET instance_id, access_token, then as gateways.md 4.2 lists them; POST the same two, then contactId
// or chatId, contacts, reply_to; a contact fullName, organization, phoneNumber, whatsappId.
// Expected values: vendor page D ("Contacts Management"), gateways.md sections 4 and 6.
#include "models/gateways/dialects/dialect.h"
#include "tests/models/gateways/dialects/wawpgolden.h"

#include <QDir>
#include <QTest>
#include <array>

using namespace rollcall;
using namespace rollcall::tests::wawpgolden;

class WawpTest final : public QObject {
    Q_OBJECT

private slots:
    void requestsAreTheGoldenBytes_data();
    void requestsAreTheGoldenBytes();
    void everyGoldenFileIsRead();
    void asksOnlyInternationalNumbers();
    void noRequestAboutWhatIsNoPerson();
    void credentialsAreNeverShown();
    void aMessageIsNeverQuoted();
    void readsHealth_data();
    void readsHealth();
    void failures_data();
    void failures();
};

void WawpTest::requestsAreTheGoldenBytes_data()
{
    QTest::addColumn<HttpRequest>("request");
    QTest::addColumn<QByteArray>("shown");
    const Credentials c = account();
    const auto row = [](const char *name, const HttpRequest &request, const char *shown) {
        QTest::newRow(name) << request << QByteArray(shown);
    };
    row("check-exists", wawp.checkRequest(c, std::array{typed}, {.forceCheck = true, .wait = true}),
        "/v2/contacts/check-exists?phone");
    row("session-info", wawp.healthRequest(c), "/v2/session/info");
    row("contacts-first", wawp.contactsRequest(c, {}), "/v2/contacts/all?limit&offset&sortBy&sortOrder");
    row("contacts-third", wawp.contactsRequest(c, {QStringLiteral("100"), 50}),
        "/v2/contacts/all?limit&offset&sortBy&sortOrder");
    for (const QString &who :
        {typed, QStringLiteral("16315551004"), chat, QStringLiteral("16315551004@s.whatsapp.net")})
        row("contact", wawp.contactRequest(c, who), "/v2/contacts?contactId");
    row("contact-lid", wawp.contactRequest(c, lid), "/v2/contacts?contactId");
    row("about", wawp.aboutRequest(c, typed), "/v2/contacts/about?contactId");
    row("profile-picture", wawp.photoRequest(c, chat), "/v2/contacts/profile-picture?contactId");
    row("lid-of-number", wawp.lidOfRequest(c, typed), "/v2/lids/pn/{}");
    row("number-of-lid", wawp.numberOfRequest(c, lid), "/v2/lids/{}");
    row("block", wawp.blockRequest(c, std::array{typed}), "/v2/contacts/block");
    row("unblock", wawp.unblockRequest(c, std::array{QStringLiteral("16315551004")}), "/v2/contacts/unblock");
    Card emergency;
    emergency.name.formatted = u"Zo\u00eb \U0001F600"_qs;
    emergency.phones = {{QStringLiteral("112"), {}, {}}};
    row("send-simple",
        wawp.sendCardsRequest(c, QStringLiteral("16315551004"), std::array{simpleCard(), emergency},
            QStringLiteral("false_16315551004@c.us_AAAA")),
        "/v2/send/contact");
    Card rich = simpleCard();
    rich.org.title = QStringLiteral("Head of \"R, D\"");
    rich.emails = {{QStringLiteral("jane@acme.example"), QStringLiteral("WORK")}};
    row("send-vcard", wawp.sendCardsRequest(c, lid, std::array{rich}, {}), "/v2/send/contact");
}

void WawpTest::requestsAreTheGoldenBytes()
{
    QFETCH(HttpRequest, request);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    QCOMPARE(goldenForm(request), goldenText(QStringLiteral("wawp/requests"), name));
    QTEST(request.shownPath, "shown");
    const bool write = name.contains(u"block") || name.startsWith(u"send");
    QCOMPARE(request.write, write); // a write is never sent twice
    QCOMPARE(request.deadlineMs, 90'000);
}

void WawpTest::everyGoldenFileIsRead()
{
    const QDir requests(QStringLiteral(ROLLCALL_SOURCE_DIR "/tests/models/gateways/dialects/golden/wawp/requests"));
    QCOMPARE(requests.entryList(QDir::Files).size(), 14);
    QByteArray source;
    const QDir here(QStringLiteral(ROLLCALL_SOURCE_DIR "/tests/models/gateways/dialects"));
    for (const QString &file : here.entryList({QStringLiteral("wawp*_test.cpp")})) {
        QFile test(here.filePath(file));
        QVERIFY(test.open(QIODevice::ReadOnly));
        source += test.readAll();
    }
    const QDir replies(QStringLiteral(ROLLCALL_SOURCE_DIR "/tests/models/gateways/dialects/golden/wawp/replies"));
    for (const QString &file : replies.entryList(QDir::Files)) {
        const QByteArray name = file.chopped(5).toLatin1();
        QVERIFY2(source.contains(QByteArray('"' + name + '"')), name.constData());
        QVERIFY2(reply(file.chopped(5)).status >= 200, name.constData());
    }
}

void WawpTest::asksOnlyInternationalNumbers()
{
    QVERIFY(wawp.canAsk(typed));
    QVERIFY(wawp.canAsk(QStringLiteral("+1002123456789"))); // malformed to us, asked all the same
    for (const char *text : {"16315551004", "0016315551004", "+0016315551004", "+1 631 555 1004", "+1(631)5551004", "+",
             "", "++16315551004", "+1631555100a", "+1234567890123456", "16315551004@c.us", "1@lid", "+16315551004\n"}) {
        const QString input = QString::fromLatin1(text);
        QVERIFY2(!wawp.canAsk(input), text);
        QVERIFY2(wawp.checkRequest(account(), std::array{input}, {}).verb.isEmpty(), text);
    }
    QVERIFY(!wawp.canAsk(u"+\u0661\u0662\u0663\u0664\u0665\u0666\u0667"_qs));
    // One number a call.
    QVERIFY(wawp.checkRequest(account(), std::array{typed, typed}, {}).verb.isEmpty());
    QVERIFY(wawp.checkRequest(account(), {}, {}).verb.isEmpty());
}

void WawpTest::noRequestAboutWhatIsNoPerson()
{
    const Credentials c = account();
    for (const char *text : {"", "120363041234567890@g.us", "1@newsletter", "status@broadcast", "Jane", "@c.us", "@lid",
             "1 2@c.us", "1:2@c.us", "+1@c.us", "x@lid", "1@lid@c.us", "123456789012345678901", "1@C.US", "1@c.us\n"}) {
        const QString who = QString::fromLatin1(text);
        const std::array one{who};
        const std::array cards{simpleCard()};
        for (const HttpRequest &request : {wawp.contactRequest(c, who), wawp.aboutRequest(c, who),
                 wawp.photoRequest(c, who), wawp.lidOfRequest(c, who), wawp.numberOfRequest(c, who),
                 wawp.blockRequest(c, one), wawp.unblockRequest(c, one), wawp.sendCardsRequest(c, who, cards, {})})
            QVERIFY2(request.verb.isEmpty(), text);
    }
    // A LID is no number and a number is no LID.
    QVERIFY(wawp.lidOfRequest(c, lid).verb.isEmpty());
    QVERIFY(wawp.numberOfRequest(c, typed).verb.isEmpty());
    QVERIFY(wawp.numberOfRequest(c, QStringLiteral("123456789012345")).verb.isEmpty());
    // One person a call.
    QVERIFY(wawp.blockRequest(c, std::array{typed, chat}).verb.isEmpty());
    QVERIFY(wawp.unblockRequest(c, {}).verb.isEmpty());
    QVERIFY(wawp.sendCardsRequest(c, typed, {}, {}).verb.isEmpty());
    // Neither a list of the blocked nor a report is there.
    QVERIFY(wawp.blockedRequest(c, {}).verb.isEmpty());
    QVERIFY(wawp.reportRequest(c, typed, {}, false).verb.isEmpty());
}

void WawpTest::credentialsAreNeverShown()
{
    const Credentials c = account();
    const std::array one{typed};
    const std::array cards{simpleCard()};
    for (const HttpRequest &request : {wawp.checkRequest(c, one, {}), wawp.healthRequest(c),
             wawp.contactsRequest(c, {}), wawp.contactRequest(c, typed), wawp.aboutRequest(c, typed),
             wawp.photoRequest(c, typed), wawp.lidOfRequest(c, typed), wawp.numberOfRequest(c, lid),
             wawp.blockRequest(c, one), wawp.unblockRequest(c, one), wawp.sendCardsRequest(c, typed, cards, {})}) {
        QVERIFY(!request.verb.isEmpty());
        QVERIFY(!request.shownPath.isEmpty()); // empty would mean the path itself
        QVERIFY(!request.shownPath.contains(instance.toLatin1()));
        QVERIFY(!request.shownPath.contains(token));
        QVERIFY(!request.shownPath.contains(token.toPercentEncoding()));
        QVERIFY(!request.shownPath.contains("16315551004")); // nor whom it is about
        QVERIFY(!request.shownPath.contains("123456789012345"));
    }
}

void WawpTest::aMessageIsNeverQuoted()
{
    const QByteArray echo = "Cannot GET /v2/contacts?instance_id=7C4A1B2D9E0F&access_token=" + token.toPercentEncoding()
        + " (token " + token + ")";
    const std::array one{typed};
    int failed = 0;
    for (const char *member :
        {"message", "error", "code", "status", "exception", "name", "url", "about", "numberExists"}) {
        for (const int status : {200, 201, 400, 401, 403, 404, 418, 422, 429, 500, 501, 503}) {
            for (const QByteArray &body : {QByteArray("{\"" + QByteArray(member) + "\":\"" + echo + "\"}"),
                     QByteArray("{\"" + QByteArray(member) + "\":{\"message\":[\"" + echo + "\"]},\"result\":false}"),
                     echo, QByteArray("<p>" + echo), QByteArray("[\"" + echo + "\"]"), QByteArray("{\"" + echo)}) {
                const HttpReply answer{status, {}, body};
                QStringList told;
                const auto keep = [&told](const Failure &failure) { told += failure.detail + u'|' + failure.subject; };
                keep(wawp.readFailure(answer));
                const auto add = [&keep](const auto &result) {
                    if (!result)
                        keep(result.failure());
                };
                add(wawp.readCheck(answer, one));
                add(wawp.readHealth(answer, account()));
                add(wawp.readContacts(answer, {}));
                add(wawp.readContact(answer));
                add(wawp.readAbout(answer));
                add(wawp.readPhoto(answer));
                add(wawp.readLid(answer));
                add(wawp.readSend(answer));
                const Result<BlockReply> block = wawp.readBlock(answer, one, false);
                add(block);
                if (block)
                    told += block->people.at(0).detail;
                for (const QString &all : told) {
                    ++failed;
                    QVERIFY2(!all.contains(QString::fromLatin1(token)) && !all.contains(instance)
                            && !all.contains(u"%2F") && !all.contains(u"access_token"),
                        qPrintable(all));
                }
            }
        }
    }
    QVERIFY(failed > 3000);
}

void WawpTest::readsHealth_data()
{
    QTest::addColumn<bool>("healthy");
    QTest::addColumn<QString>("status");
    QTest::newRow("working") << true << "WORKING";
    QTest::newRow("session-stopped") << false << "STOPPED";
    QTest::newRow("session-starting") << false << "STARTING";
    QTest::newRow("session-scan-qr-code") << false << "SCAN_QR_CODE";
    QTest::newRow("session-failed") << false << "FAILED";
}

void WawpTest::readsHealth()
{
    const Result<Health> health = wawp.readHealth(reply(QString::fromLatin1(QTest::currentDataTag())), account());
    QVERIFY(health);
    QTEST(health->healthy, "healthy");
    QTEST(health->status, "status");
    for (const char *name : {"session-no-status", "empty-200", "html-200", "contacts-none"})
        QCOMPARE(wawp.readHealth(reply(QString::fromLatin1(name)), account()).failure().kind, Failure::Kind::BadReply);
}

void WawpTest::failures_data()
{
    QTest::addColumn<Failure::Kind>("kind");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("subject");
    using K = Failure::Kind;
    QTest::newRow("f-400") << K::Refused << 400 << "";
    QTest::newRow("f-400-token") << K::Unauthorised << 400 << "";
    QTest::newRow("f-401") << K::Unauthorised << 401 << "";
    QTest::newRow("f-401-empty") << K::Unauthorised << 401 << "";
    QTest::newRow("f-403-subscription") << K::Refused << 403 << "subscription_required";
    QTest::newRow("f-403") << K::Unauthorised << 403 << "";
    QTest::newRow("f-404-session") << K::Refused << 404 << "invalid_session";
    QTest::newRow("f-404-nest-session") << K::Refused << 404 << "";
    QTest::newRow("f-404-route") << K::Refused << 404 << "";
    QTest::newRow("f-404-html") << K::BadReply << 404 << "";
    QTest::newRow("f-422-state") << K::Refused << 422 << "SCAN_QR_CODE";
    QTest::newRow("f-422-state-failed") << K::Refused << 422 << "FAILED";
    QTest::newRow("f-422-engine") << K::Unsupported << 422 << "";
    QTest::newRow("f-422-other") << K::Refused << 422 << "";
    QTest::newRow("f-501-engine") << K::Unsupported << 501 << "";
    QTest::newRow("f-501-empty") << K::Unsupported << 501 << "";
    QTest::newRow("f-501-html") << K::GatewayError << 501 << ""; // a proxy's word: nothing is learned from it
    QTest::newRow("f-429") << K::RateLimited << 429 << "";
    QTest::newRow("f-overlimit") << K::RateLimited << 500 << "";
    QTest::newRow("f-overlimit-200") << K::RateLimited << 200 << "";
    QTest::newRow("f-500") << K::GatewayError << 500 << "";
    QTest::newRow("f-502-html") << K::GatewayError << 502 << "";
    QTest::newRow("f-200-session") << K::Refused << 404 << "invalid_session";
    QTest::newRow("f-200-status") << K::Unauthorised << 401 << "";
    QTest::newRow("f-200-result") << K::Refused << 200 << "";
    QTest::newRow("f-400-duplicate") << K::BadReply << 400 << "";
    QTest::newRow("f-418-text") << K::Refused << 418 << "";
    QTest::newRow("html-200") << K::BadReply << 0 << "";
    QTest::newRow("block-201") << K::BadReply << 0 << "";
}

void WawpTest::failures()
{
    const HttpReply answer = reply(QString::fromLatin1(QTest::currentDataTag()));
    const Failure failure = wawp.readFailure(answer);
    QTEST(failure.kind, "kind");
    QTEST(failure.code, "code");
    QTEST(failure.subject, "subject");
    // No failure is ever a verdict.
    QVERIFY(!wawp.readCheck(answer, std::array{typed}));
}

QTEST_GUILESS_MAIN(WawpTest)
#include "wawp_test.moc"
