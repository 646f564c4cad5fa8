// SPDX-License-Identifier: GPL-3.0-or-later
// What holds for every kind of gateway, so that the next one is told what it forgot (README, "Another gateway").
#include "models/gateways/dialects/dialect.h"

#include <QTest>
#include <algorithm>

using namespace rollcall;

namespace {

const QByteArray token = "tok3n4secret";
const QString someone = QStringLiteral("+447700900123");
const std::vector<QString> asked{someone};

Credentials credentials()
{
    Credentials mine;
    mine.user = QStringLiteral("admin");
    mine.token = Secret(token);
    mine.sender = QStringLiteral("sender1");
    return mine;
}

Card card()
{
    Card one;
    one.name.formatted = one.name.first = QStringLiteral("Ada");
    return one;
}

struct Ability {
    Capability what;
    HttpRequest request;
};

std::vector<Ability> abilitiesOf(GatewayKind kind)
{
    const Dialect &dialect = dialectOf(kind);
    const Credentials mine = credentials();
    const std::vector<Card> cards{card()};
    return {
        {Capability::CheckOne, dialect.checkRequest(mine, asked, {})},
        {Capability::ListContacts, dialect.contactsRequest(mine, {})},
        {Capability::Details, dialect.contactRequest(mine, someone)},
        {Capability::About, dialect.aboutRequest(mine, someone)},
        {Capability::Photo, dialect.photoRequest(mine, someone)},
        {Capability::Lid, dialect.lidOfRequest(mine, someone)},
        {Capability::Lid, dialect.numberOfRequest(mine, QStringLiteral("1@lid"))},
        {Capability::Block, dialect.blockRequest(mine, asked)},
        {Capability::Block, dialect.unblockRequest(mine, asked)},
        {Capability::ListBlocked, dialect.blockedRequest(mine, {})},
        {Capability::Report, dialect.reportRequest(mine, someone, QStringLiteral("spam"), false)},
        {Capability::SendCards, dialect.sendCardsRequest(mine, someone, cards, {})},
    };
}

} // namespace

class EveryKindTest final : public QObject {
    Q_OBJECT
private slots:
    void noKindIsLeftOutOfTheList();
    void whatIsOfferedIsWhatTheDialectWrites_data() { eachKind(); }
    void whatIsOfferedIsWhatTheDialectWrites();
    void requestsAreFitToBeSent_data() { eachKind(); }
    void requestsAreFitToBeSent();
    void writesEndWhenTheAccountSays_data() { eachKind(); }
    void writesEndWhenTheAccountSays();
    void nothingIsAVerdict_data() { eachKind(); }
    void nothingIsAVerdict();

private:
    static void eachKind();
};

void EveryKindTest::eachKind()
{
    QTest::addColumn<GatewayKind>("kind");
    for (const GatewayKind kind : gatewayKinds)
        QTest::addRow("kind %d", int(kind)) << kind;
}

void EveryKindTest::noKindIsLeftOutOfTheList()
{
    for (int number = 0; number < 100; ++number) {
        const auto kind = GatewayKind(number);
        const Capabilities can = capabilitiesOf(kind);
        bool any = false;
        for (int what = int(Capability::CheckOne); what <= int(Capability::About); ++what)
            any |= can.has(Capability(what));
        QCOMPARE(std::count(gatewayKinds.begin(), gatewayKinds.end(), kind), any ? 1 : 0);
    }
}

void EveryKindTest::whatIsOfferedIsWhatTheDialectWrites()
{
    QFETCH(GatewayKind, kind);
    const Capabilities can = capabilitiesOf(kind);
    for (const Ability &one : abilitiesOf(kind))
        QVERIFY2(one.request.verb.isEmpty() != can.has(one.what), qPrintable(QString::number(int(one.what))));
    const std::vector<QString> two{someone, QStringLiteral("+447700900124")};
    QCOMPARE(!dialectOf(kind).checkRequest(credentials(), two, {}).verb.isEmpty(), can.checkMany);
    QCOMPARE(can.checkMany, can.checkBatch > 1);
    QVERIFY(can.requestsPerMinute > 0);
    QVERIFY(can.pageSize > 0 || (!can.listContacts && !can.listBlocked));
}

void EveryKindTest::requestsAreFitToBeSent()
{
    QFETCH(GatewayKind, kind);
    for (const Ability &one : abilitiesOf(kind)) {
        const HttpRequest &request = one.request;
        if (request.verb.isEmpty())
            continue;
        QVERIFY(request.path.startsWith('/') && !request.path.contains(' ') && !request.path.contains('+'));
        QVERIFY(request.deadlineMs >= 1000 && request.deadlineMs <= 300'000);
        // What is shown and logged holds no secret, and no header is shown.
        QVERIFY(!(request.shownPath.isEmpty() ? request.path : request.shownPath).contains(token));
        const bool changes
            = one.what == Capability::Block || one.what == Capability::Report || one.what == Capability::SendCards;
        QCOMPARE(request.write, changes);
    }
}

void EveryKindTest::writesEndWhenTheAccountSays()
{
    QFETCH(GatewayKind, kind);
    for (const Ability &one : abilitiesOf(kind))
        if (one.what == Capability::Block && !one.request.verb.isEmpty())
            QCOMPARE(one.request.deadlineMs, capabilitiesOf(kind).writeDeadlineMs);
}

/// Rule 4 of the product: no answer, an empty one or an error never says "not on WhatsApp", nor that it is.
void EveryKindTest::nothingIsAVerdict()
{
    QFETCH(GatewayKind, kind);
    const Dialect &dialect = dialectOf(kind);
    for (const int status : {200, 204, 400, 401, 402, 403, 404, 422, 429, 500, 502, 503})
        for (const char *body : {"", "{}", "[]", "null", "false", "0", "<html></html>", "{\"error\":\"x\"}"}) {
            const HttpReply reply{status, {}, body};
            const Result<CheckReply> check = dialect.readCheck(reply, asked);
            if (check)
                for (const NumberAnswer &number : check->numbers)
                    QVERIFY(number.word != VerdictWord::Valid && number.word != VerdictWord::Invalid);
            QVERIFY(dialect.readFailure(reply).kind != Failure::Kind::OutcomeUnknown);
        }
}

QTEST_GUILESS_MAIN(EveryKindTest)
#include "everykind_test.moc"
