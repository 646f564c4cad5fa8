// SPDX-License-Identifier: GPL-3.0-or-later
// Vendor page C and gateways.md sections 3 and 6, as files in golden/commbox.
#include "models/gateways/dialects/commbox.h"
#include "models/gateways/dialects/dialect.h"
#include "tests/models/gateways/dialects/goldencase.h"

#include <QTest>

using namespace rollcall;

namespace {

const QString kind = QStringLiteral("commbox");
const std::vector<QString> asked{QStringLiteral("+9725551234")};

Credentials key(const QString &stream = QStringLiteral("hNyRN_fLUy7rrOrN9jLpipA%3d%3d"))
{
    Credentials credentials;
    credentials.token = Secret(QByteArrayLiteral("cb_123456789"));
    credentials.sender = stream;
    return credentials;
}

} // namespace

class CommBoxTest final : public QObject {
    Q_OBJECT

private slots:
    void repliesAreReadAsWritten_data();
    void repliesAreReadAsWritten();
    void streamIdIsEncodedOnce_data();
    void streamIdIsEncodedOnce();
    void requestIsByteExact();
    void whatMayBeAsked_data();
    void whatMayBeAsked();
    void oneNumberARequest();
    void itOnlyChecks();
};

void CommBoxTest::repliesAreReadAsWritten_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : golden::names(kind, QStringLiteral("reply")))
        QTest::newRow(qPrintable(name)) << name;
    QVERIFY(golden::names(kind, QStringLiteral("reply")).size() > 35);
}

void CommBoxTest::repliesAreReadAsWritten()
{
    QFETCH(QString, name);
    const golden::Case golden = golden::readCase(kind, name);
    QVERIFY2(!golden.reading.isEmpty() && golden.reply.status >= 200, "the golden file is not whole");
    const CommBoxDialect dialect;
    QCOMPARE(golden::told(dialect.readCheck(golden.reply, asked)), golden.reading);
    if (name.startsWith(u"failure-"))
        QCOMPARE(golden::told(dialect.readFailure(golden.reply)), golden.reading);
    // The recipient that a 400 names is a person's number: nowhere but in the request.
    QVERIFY(!dialect.readFailure(golden.reply).detail.contains(u"9725551234"));
}

void CommBoxTest::streamIdIsEncodedOnce_data()
{
    QTest::addColumn<QString>("typed");
    QTest::newRow("as the console shows it") << "hNyRN_fLUy7rrOrN9jLpipA%3d%3d";
    QTest::newRow("upper case") << "hNyRN_fLUy7rrOrN9jLpipA%3D%3D";
    QTest::newRow("decoded") << "hNyRN_fLUy7rrOrN9jLpipA==";
    QTest::newRow("half") << "hNyRN_fLUy7rrOrN9jLpipA=%3d";
    QTest::newRow("encoded twice") << "hNyRN_fLUy7rrOrN9jLpipA%253d%253d";
    QTest::newRow("blanks around") << " hNyRN_fLUy7rrOrN9jLpipA==\n";
}

void CommBoxTest::streamIdIsEncodedOnce()
{
    QFETCH(QString, typed);
    const HttpRequest request = CommBoxDialect().checkRequest(key(typed), asked, {});
    QCOMPARE(golden::written(request), golden::contents(kind, QStringLiteral("check.request")));
    QVERIFY(!request.path.contains("%25"));
}

void CommBoxTest::requestIsByteExact()
{
    const CommBoxDialect dialect;
    const HttpRequest request = dialect.checkRequest(key(), asked, {});
    QVERIFY(!request.write);
    QVERIFY(request.shownPath.isEmpty());
    QCOMPARE(request.deadlineMs, 30'000);
    // An id of the other base64 alphabet, and one that tries to leave its place in the path.
    QCOMPARE(golden::written(dialect.checkRequest(key(QStringLiteral("a+b/c?d#e=")), asked, {})),
        golden::contents(kind, QStringLiteral("check-odd-stream.request")));
    QCOMPARE(golden::names(kind, QStringLiteral("request")).size(), 2);
}

void CommBoxTest::whatMayBeAsked_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<bool>("may");
    QTest::newRow("international") << "+9725551234" << true;
    QTest::newRow("20 digits") << "+12345678901234567890" << true;
    QTest::newRow("21 digits") << "+123456789012345678901" << false;
    QTest::newRow("no country") << "0525551234" << false;
    QTest::newRow("digits without plus") << "9725551234" << false;
    QTest::newRow("00") << "+009725551234" << false;
    QTest::newRow("blanks") << "+972 555 1234" << false;
    QTest::newRow("a path") << "+972/../x" << false;
    QTest::newRow("plus alone") << "+" << false;
    QTest::newRow("arabic digits") << QString::fromUtf8("+٩٧٢٥٥٥١٢٣٤") << false;
    QTest::newRow("empty") << "" << false;
}

void CommBoxTest::whatMayBeAsked()
{
    QFETCH(QString, input);
    QFETCH(bool, may);
    const CommBoxDialect dialect;
    QCOMPARE(dialect.canAsk(input), may);
    const std::vector<QString> inputs{input};
    const HttpRequest request = dialect.checkRequest(key(), inputs, {});
    QCOMPARE(request.verb.isEmpty(), !may);
    if (may)
        QVERIFY(request.path.endsWith(QByteArray('/' + input.mid(1).toLatin1())));
}

void CommBoxTest::oneNumberARequest()
{
    const CommBoxDialect dialect;
    const std::vector<QString> two{asked[0], QStringLiteral("+9725551235")};
    QVERIFY(dialect.checkRequest(key(), two, {}).verb.isEmpty());
    QVERIFY(dialect.checkRequest(key(), {}, {}).verb.isEmpty());
    const HttpReply yes{200, {}, "{\"data\":{\"valid\":true}}"};
    QCOMPARE(golden::told(dialect.readCheck(yes, two)), QByteArray("BadInput code=0"));
    QCOMPARE(golden::told(dialect.readCheck(yes, {})), QByteArray("BadInput code=0"));
}

void CommBoxTest::itOnlyChecks()
{
    const Dialect &dialect = dialectOf(GatewayKind::CommBox);
    const Capabilities can = capabilitiesOf(GatewayKind::CommBox);
    const QString who = asked[0];
    QVERIFY(can.checkOne && !dialect.checkRequest(key(), asked, {}).verb.isEmpty());
    QVERIFY(dialect.healthRequest(key()).verb.isEmpty());
    QCOMPARE(golden::told(dialect.readHealth({200, {}, "{}"}, key())), QByteArray("Unsupported code=0"));
    QVERIFY(!can.listContacts && dialect.contactsRequest(key(), {}).verb.isEmpty());
    QVERIFY(!can.block && dialect.blockRequest(key(), asked).verb.isEmpty());
    QVERIFY(!can.listBlocked && dialect.blockedRequest(key(), {}).verb.isEmpty());
    QVERIFY(!can.photo && dialect.photoRequest(key(), who).verb.isEmpty());
    QVERIFY(!can.details && dialect.contactRequest(key(), who).verb.isEmpty());
    QVERIFY(!can.sendCards && dialect.sendCardsRequest(key(), who, {}, {}).verb.isEmpty());
    QCOMPARE(golden::told(dialect.rateHint({429, {{"retry-after", "30"}}, {}})), QByteArray("nothing"));
}

QTEST_GUILESS_MAIN(CommBoxTest)
#include "commbox_test.moc"
