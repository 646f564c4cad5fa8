// SPDX-License-Identifier: GPL-3.0-or-later
// Block, unblock, report and contacts message of the on-premises node against golden files written from gateways.md
// 1.4, 1.6 and 1.8.
#include "models/gateways/dialects/dialect.h"
#include "tests/support/golden.h"

#include <QTest>

using namespace rollcall;

namespace {

const QString kind = QStringLiteral("onprem");
const QString kerry = QStringLiteral("+16315551004");

const Dialect &node()
{
    return dialectOf(GatewayKind::OnPrem);
}

Credentials session()
{
    Credentials credentials;
    credentials.token = Secret(QByteArrayLiteral("eyJhbGciOiJIUzI1NiJ9.e30.abc"));
    return credentials;
}

HttpRequest block(const QString &who)
{
    const std::vector<QString> one{who};
    return node().blockRequest(session(), one);
}

void isGolden(const HttpRequest &request, const QString &name)
{
    QCOMPARE(goldenForm(request), goldenText(kind, name));
    QVERIFY(request.write);
    QCOMPARE(request.deadlineMs, 30'000);
}

} // namespace

class OnPremBlockTest final : public QObject {
    Q_OBJECT

private slots:
    void requestsAreByteExact();
    void aNumberStandsInNoLog();
    void onePersonARequest();
    void reasonIsCut();
    void contactsMessageIsByteExact();
    void readsBlocks_data();
    void readsBlocks();
    void readsReports_data();
    void readsReports();
    void readsSends_data();
    void readsSends();
};

void OnPremBlockTest::requestsAreByteExact()
{
    isGolden(block(kerry), QStringLiteral("request-block"));
    isGolden(block(QStringLiteral("+1 (631) 555-1004")), QStringLiteral("request-block-typed"));
    // Without '+' the node would put the country code of its own number before a wa_id.
    isGolden(block(QStringLiteral("16315551004")), QStringLiteral("request-block"));
    isGolden(block(QStringLiteral("16315551004@c.us")), QStringLiteral("request-block"));
    const std::vector<QString> one{kerry};
    isGolden(node().unblockRequest(session(), one), QStringLiteral("request-unblock"));
    isGolden(node().reportRequest(session(), kerry, QStringLiteral("Spam \"win\" messages"), true),
        QStringLiteral("request-report"));
    isGolden(node().reportRequest(session(), kerry, {}, false), QStringLiteral("request-report-bare"));
}

void OnPremBlockTest::aNumberStandsInNoLog()
{
    QCOMPARE(block(kerry).shownPath, QByteArray("/contacts/{phone}/block"));
    QCOMPARE(node().reportRequest(session(), kerry, {}, true).shownPath, QByteArray("/contacts/{phone}/report"));
}

void OnPremBlockTest::onePersonARequest()
{
    const std::vector<QString> two{kerry, QStringLiteral("+16315551005")};
    QVERIFY(node().blockRequest(session(), two).verb.isEmpty());
    QVERIFY(node().unblockRequest(session(), two).verb.isEmpty());
    QVERIFY(node().blockRequest(session(), {}).verb.isEmpty());
    QVERIFY(block({}).verb.isEmpty());
    QVERIFY(node().reportRequest(session(), {}, {}, true).verb.isEmpty());
    QCOMPARE(capabilitiesOf(GatewayKind::OnPrem).blockBatch, 1);
    // A path is one segment whatever stands in it.
    QCOMPARE(block(QStringLiteral("../users?x#y")).path, QByteArray("/contacts/..%2Fusers%3Fx%23y/block"));
}

void OnPremBlockTest::reasonIsCut()
{
    const auto bodyFor
        = [](const QString &reason) { return node().reportRequest(session(), kerry, reason, true).body; };
    const QByteArray fits(59, 'a');
    QCOMPARE(bodyFor(QString(59, QLatin1Char('a'))), QByteArray("{\"reason\":\"" + fits + "\",\"block\":true}"));
    QCOMPARE(bodyFor(QString(60, QLatin1Char('a'))), QByteArray("{\"reason\":\"" + fits + "\",\"block\":true}"));
    // An emoji that would be cut in two is left out whole.
    const QString emoji = QString(58, QLatin1Char('a')) + QString::fromUtf8("😀");
    QCOMPARE(bodyFor(emoji), QByteArray("{\"reason\":\"" + fits.left(58) + "\",\"block\":true}"));
}

void OnPremBlockTest::contactsMessageIsByteExact()
{
    Card card;
    card.addresses
        = {{QStringLiteral("1 Hacker Way"), QStringLiteral("Menlo Park"), QStringLiteral("CA"), QStringLiteral("94025"),
               QStringLiteral("United States"), QStringLiteral("US"), QStringLiteral("WORK")},
            {{}, QStringLiteral("Austin"), {}, {}, {}, {}, QStringLiteral("HOME")}};
    card.birthday = QStringLiteral("1999-01-23");
    card.emails
        = {{QStringLiteral("bjohnson@luckyshrub.com"), QStringLiteral("WORK")}, {QStringLiteral("bj@example.org"), {}}};
    card.name = {QStringLiteral("Dr. Barbara J. Johnson Esq."), QStringLiteral("Barbara"), QStringLiteral("Johnson"),
        QStringLiteral("Joana"), QStringLiteral("Dr."), QStringLiteral("Esq.")};
    card.org = {QStringLiteral("Lucky Shrub"), QStringLiteral("Legal"), QStringLiteral("Lead Counsel")};
    card.phones = {{QStringLiteral("+1 (650) 555-9999"), QStringLiteral("MOBILE"), QStringLiteral("16505559999")},
        {{}, {}, QStringLiteral("19175559999")}};
    card.urls = {{QStringLiteral("https://www.luckyshrub.com"), QStringLiteral("WORK")}};
    const std::vector<Card> cards{card};
    const QString to = QStringLiteral("16315551004");
    isGolden(node().sendCardsRequest(session(), to, cards, {}), QStringLiteral("request-send"));
    // The node's message knows no reply: nothing is sent rather than something else.
    QVERIFY(node().sendCardsRequest(session(), to, cards, QStringLiteral("gBEG")).verb.isEmpty());
    QVERIFY(node().sendCardsRequest(session(), to, {}, {}).verb.isEmpty());
}

void OnPremBlockTest::readsBlocks_data()
{
    QTest::addColumn<QString>("expected");
    const auto row
        = [](const char *file, const char *expected) { QTest::newRow(file) << QString::fromLatin1(expected); };
    row("done-meta", "done");
    row("done-empty", "done");
    row("done-null", "done");
    row("done-errors-empty", "done");
    row("not-engaged-400", "refused 2048 Not engaged contact");
    row("not-engaged-200", "refused 2048 Not engaged contact");
    row("not-engaged-string", "refused 2048 Not engaged contact");
    row("not-valid-400", "refused 1009 Parameter value is not valid");
    row("locked", "Refused 1031"); // about the account, not the person
    row("password-change", "Refused 1024");
    row("request-not-valid", "Refused 1025");
    row("spam-limit", "RateLimited 471");
    row("throttled", "RateLimited 429");
    row("token-expired", "Unauthorised 1005");
    row("node-500", "GatewayError 500");
    row("html-200", "BadReply 0");
    row("list-200", "BadReply 0");
    row("errors-wrong-type", "BadReply 0");
    row("errors-of-text", "BadReply 0");
}

void OnPremBlockTest::readsBlocks()
{
    QFETCH(QString, expected);
    const HttpReply reply = goldenReply(kind, QString::fromLatin1(QTest::currentDataTag()));
    const std::vector<QString> one{kerry};
    for (const bool unblock : {false, true}) {
        const Result<BlockReply> answer = node().readBlock(reply, one, unblock);
        if (!answer) {
            QCOMPARE(failureInWords(answer.failure()), expected);
            continue;
        }
        QCOMPARE(answer->people.size(), std::size_t(1));
        const BlockAnswer &person = answer->people.front();
        QCOMPARE(person.input, kerry);
        QCOMPARE(person.outcome == BlockAnswer::Outcome::Done
                ? QStringLiteral("done")
                : QStringLiteral("refused %1 %2").arg(person.code).arg(person.detail),
            expected);
    }
}

void OnPremBlockTest::readsReports_data()
{
    QTest::addColumn<QString>("expected");
    const auto row
        = [](const char *file, const char *expected) { QTest::newRow(file) << QString::fromLatin1(expected); };
    row("done-meta", "done");
    row("done-empty", "done");
    row("not-engaged-400", "Refused 2048");
    row("not-engaged-200", "Refused 2048");
    row("throttled", "RateLimited 429");
    row("html-200", "BadReply 0");
}

void OnPremBlockTest::readsReports()
{
    QFETCH(QString, expected);
    const auto answer = node().readReport(goldenReply(kind, QString::fromLatin1(QTest::currentDataTag())));
    QCOMPARE(answer ? QStringLiteral("done") : failureInWords(answer.failure()), expected);
}

void OnPremBlockTest::readsSends_data()
{
    QTest::addColumn<QString>("expected");
    const auto row
        = [](const char *file, const char *expected) { QTest::newRow(file) << QString::fromLatin1(expected); };
    row("send-ok", "gBEGkYiEB1VXAglK1ZEqA1YKPrU");
    row("send-window", "Refused 470");
    row("send-200-errors", "Refused 1009");
    row("send-no-id", "BadReply 0");
    row("done-empty", "BadReply 0");
    row("spam-limit", "RateLimited 471");
}

void OnPremBlockTest::readsSends()
{
    QFETCH(QString, expected);
    const auto sent = node().readSend(goldenReply(kind, QString::fromLatin1(QTest::currentDataTag())));
    QCOMPARE(sent ? sent->messageId : failureInWords(sent.failure()), expected);
}

QTEST_GUILESS_MAIN(OnPremBlockTest)
#include "onpremblock_test.moc"
