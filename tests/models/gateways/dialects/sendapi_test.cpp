// SPDX-License-Identifier: GPL-3.0-or-later
// Vendor page B and gateways.md sections 2 and 6, as files in golden/sendapi.
#include "models/gateways/dialects/dialect.h"
#include "models/gateways/dialects/sendapi.h"
#include "tests/models/gateways/dialects/goldencase.h"

#include <QTest>

using namespace rollcall;

namespace {

const QString kind = QStringLiteral("sendapi");
const std::vector<QString> asked{QStringLiteral("+447700900000")};

Credentials key(const QString &session = QStringLiteral("sess_01H8BKF...Z2T"))
{
    Credentials credentials;
    credentials.token = Secret(QByteArrayLiteral("sk_live_123456789"));
    credentials.sender = session;
    return credentials;
}

/// "page limit" of a golden reply; the first page of 25 when it says nothing.
PageAsk pageOf(const QByteArray &text)
{
    const QList<QByteArray> words = text.split(' ');
    if (words.size() != 2)
        return {{}, 25};
    return {words[0] == "1" ? QString() : QString::fromLatin1(words[0]), words[1].toInt()};
}

QByteArray reading(const QString &name, const golden::Case &golden)
{
    const SendApiDialect dialect;
    if (name.startsWith(u"check-"))
        return golden::told(dialect.readCheck(golden.reply, asked));
    if (name.startsWith(u"contacts-"))
        return golden::told(dialect.readContacts(golden.reply, pageOf(golden.asked)));
    if (name.startsWith(u"sessions-"))
        return golden::told(
            dialect.readHealth(golden.reply, golden.asked.isEmpty() ? key() : key(QString::fromUtf8(golden.asked))));
    if (name.startsWith(u"hint-"))
        return golden::told(dialect.rateHint(golden.reply));
    return golden::told(dialect.readFailure(golden.reply));
}

} // namespace

class SendApiTest final : public QObject {
    Q_OBJECT

private slots:
    void repliesAreReadAsWritten_data();
    void repliesAreReadAsWritten();
    void aFailureIsAFailureToEveryReader_data() { repliesAreReadAsWritten_data(); }
    void aFailureIsAFailureToEveryReader();
    void requestsAreByteExact_data();
    void requestsAreByteExact();
    void whatMayBeAsked_data();
    void whatMayBeAsked();
    void oneNumberARequest();
    void aStrangeCursorAsksNothing();
    void readingAListEnds();
    void onlyWhatHasACallIsOffered();
};

void SendApiTest::repliesAreReadAsWritten_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : golden::names(kind, QStringLiteral("reply")))
        QTest::newRow(qPrintable(name)) << name;
    QVERIFY(golden::names(kind, QStringLiteral("reply")).size() > 60);
}

void SendApiTest::repliesAreReadAsWritten()
{
    QFETCH(QString, name);
    const golden::Case golden = golden::readCase(kind, name);
    QVERIFY2(!golden.reading.isEmpty() && golden.reply.status >= 200, "the golden file is not whole");
    QCOMPARE(reading(name, golden), golden.reading);
}

void SendApiTest::aFailureIsAFailureToEveryReader()
{
    QFETCH(QString, name);
    if (!name.startsWith(u"failure-"))
        return;
    const golden::Case golden = golden::readCase(kind, name);
    const SendApiDialect dialect;
    QCOMPARE(golden::told(dialect.readCheck(golden.reply, asked)), golden.reading);
    QCOMPARE(golden::told(dialect.readContacts(golden.reply, {})), golden.reading);
    QCOMPARE(golden::told(dialect.readHealth(golden.reply, key())), golden.reading);
}

void SendApiTest::requestsAreByteExact_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("written");
    const SendApiDialect dialect;
    const auto row = [](const char *name, const HttpRequest &request) {
        QVERIFY(!request.write);
        QVERIFY(request.shownPath.isEmpty() || !request.shownPath.contains("sk_live"));
        QCOMPARE(request.deadlineMs, 30'000);
        QTest::newRow(name) << QString::fromLatin1(name) << golden::written(request);
    };
    const Credentials odd = key(QStringLiteral("se ss/+&#%3dü"));
    row("check", dialect.checkRequest(key(), asked, {}));
    row("check-odd-session", dialect.checkRequest(odd, asked, {}));
    row("sessions", dialect.healthRequest(key()));
    row("contacts-first", dialect.contactsRequest(key(), {}));
    row("contacts-second", dialect.contactsRequest(key(), {QStringLiteral("2"), 25}));
    row("contacts-too-many-a-page", dialect.contactsRequest(key(), {QStringLiteral("3"), 1000}));
    row("contacts-odd-session", dialect.contactsRequest(odd, {QString(), 0}));
    QCOMPARE(golden::names(kind, QStringLiteral("request")).size(), 7);
}

void SendApiTest::requestsAreByteExact()
{
    QFETCH(QString, name);
    QTEST(golden::contents(kind, name + QStringLiteral(".request")), "written");
}

void SendApiTest::whatMayBeAsked_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<bool>("may");
    QTest::newRow("E.164") << "+447700900000" << true;
    QTest::newRow("15 digits") << "+123456789012345" << true;
    QTest::newRow("16 digits") << "+1234567890123456" << false;
    QTest::newRow("no country") << "07700900000" << false;
    QTest::newRow("digits without plus") << "447700900000" << false;
    QTest::newRow("00") << "+00447700900000" << false;
    QTest::newRow("blanks") << "+44 7700 900000" << false;
    QTest::newRow("blank after") << "+447700900000 " << false;
    QTest::newRow("a path") << "+44/../../sessions" << false;
    QTest::newRow("a query") << "+44?x=1" << false;
    QTest::newRow("plus alone") << "+" << false;
    QTest::newRow("two plus") << "++447700900000" << false;
    QTest::newRow("arabic digits") << QString::fromUtf8("+٤٤٧٧٠٠٩٠٠٠٠٠") << false;
    QTest::newRow("empty") << "" << false;
    QTest::newRow("lid") << "+1@lid" << false;
}

void SendApiTest::whatMayBeAsked()
{
    QFETCH(QString, input);
    QFETCH(bool, may);
    const SendApiDialect dialect;
    QCOMPARE(dialect.canAsk(input), may);
    const std::vector<QString> inputs{input};
    QCOMPARE(dialect.checkRequest(key(), inputs, {}).verb.isEmpty(), !may);
}

void SendApiTest::oneNumberARequest()
{
    const SendApiDialect dialect;
    const std::vector<QString> two{asked[0], QStringLiteral("+447700900001")};
    QVERIFY(dialect.checkRequest(key(), two, {}).verb.isEmpty());
    QVERIFY(dialect.checkRequest(key(), {}, {}).verb.isEmpty());
    const HttpReply yes{200, {}, "{\"is_whatsapp_user\":true}"};
    QCOMPARE(golden::told(dialect.readCheck(yes, two)), QByteArray("BadInput code=0"));
    QCOMPARE(golden::told(dialect.readCheck(yes, {})), QByteArray("BadInput code=0"));
    QCOMPARE(golden::told(dialect.readCheck(yes, asked)), QByteArray("+447700900000 Valid raw=true waId="));
}

void SendApiTest::aStrangeCursorAsksNothing()
{
    const SendApiDialect dialect;
    const HttpReply page{200, {}, "{\"data\":[]}"};
    for (const char *cursor : {"0", "-1", "two", "2&session_id=other", "1.5", "9999999"}) {
        const PageAsk ask{QString::fromLatin1(cursor), 25};
        QVERIFY2(dialect.contactsRequest(key(), ask).verb.isEmpty(), cursor);
        QVERIFY2(!dialect.readContacts(page, ask), cursor);
    }
}

void SendApiTest::readingAListEnds()
{
    // A gateway that gives the same full page for ever, and no total: the reading fails, it does not loop.
    const SendApiDialect dialect;
    const HttpReply same{200, {}, "{\"data\":[{\"phone\":\"+447700900000\"}]}"};
    PageAsk ask{{}, 1};
    int pages = 0;
    QString last;
    for (;; ++pages) {
        QVERIFY(pages <= 10'000);
        const auto page = dialect.readContacts(same, ask);
        if (!page) {
            QCOMPARE(page.failure().kind, Failure::Kind::BadReply);
            break;
        }
        QVERIFY(!page->next.isEmpty());
        QVERIFY(page->next != ask.cursor);
        ask.cursor = page->next;
    }
    QCOMPARE(pages, 9999);
}

void SendApiTest::onlyWhatHasACallIsOffered()
{
    const Dialect &dialect = dialectOf(GatewayKind::SendApi);
    const Capabilities can = capabilitiesOf(GatewayKind::SendApi);
    const QString who = asked[0];
    QCOMPARE(can.checkOne, !dialect.checkRequest(key(), asked, {}).verb.isEmpty());
    QCOMPARE(can.listContacts, !dialect.contactsRequest(key(), {}).verb.isEmpty());
    QCOMPARE(can.photo, !dialect.photoRequest(key(), who).verb.isEmpty());
    QCOMPARE(can.details, !dialect.contactRequest(key(), who).verb.isEmpty());
    QCOMPARE(can.lid, !dialect.lidOfRequest(key(), who).verb.isEmpty());
    QCOMPARE(can.block, !dialect.blockRequest(key(), asked).verb.isEmpty());
    QCOMPARE(can.listBlocked, !dialect.blockedRequest(key(), {}).verb.isEmpty());
    QCOMPARE(can.sendCards, !dialect.sendCardsRequest(key(), who, {}, {}).verb.isEmpty());
    QCOMPARE(can.report, !dialect.reportRequest(key(), who, {}, false).verb.isEmpty());
    QVERIFY(!can.photo && can.listContacts);
    QCOMPARE(can.pageSize, 100);
}

QTEST_GUILESS_MAIN(SendApiTest)
#include "sendapi_test.moc"
