// SPDX-License-Identifier: GPL-3.0-or-later
// Expected values: vendor page D ("Contacts Management"), gateways.md sections 4 and 6.
#include "models/gateways/dialects/dialect.h"
#include "tests/models/gateways/dialects/wawpgolden.h"

#include <QTest>
#include <array>

using namespace rollcall;
using namespace rollcall::tests::wawpgolden;

namespace {

bool isSentSimple(const Card &card)
{
    const QByteArray body = wawp.sendCardsRequest(account(), typed, std::array{card}, {}).body;
    return body.contains("\"fullName\"") && !body.contains("\"vcard\"");
}

} // namespace

class WawpWritesTest final : public QObject {
    Q_OBJECT

private slots:
    void readsBlocks_data();
    void readsBlocks();
    void blocksFailAsAWhole_data();
    void blocksFailAsAWhole();
    void readsSendAnswers_data();
    void readsSendAnswers();
    void cardsThatHoldMoreGoAsVCard();
};

void WawpWritesTest::readsBlocks_data()
{
    QTest::addColumn<BlockAnswer::Outcome>("outcome");
    QTest::addColumn<int>("code");
    using O = BlockAnswer::Outcome;
    for (const char *name : {"block-201", "empty-200", "block-null", "block-object", "block-true", "block-result-true"})
        QTest::newRow(name) << O::Done << 0;
    QTest::newRow("block-result-false") << O::Refused << 200;
    QTest::newRow("block-success-false") << O::Refused << 200;
    QTest::newRow("block-code") << O::Refused << 200;
    QTest::newRow("block-400") << O::Refused << 400;
    QTest::newRow("photo-404") << O::Refused << 404;
    QTest::newRow("f-422-other") << O::Refused << 422;
    // Neither yes nor no: to be read back.
    for (const char *name : {"block-result-text", "block-false", "block-list"})
        QTest::newRow(name) << O::Unknown << 0;
}

void WawpWritesTest::readsBlocks()
{
    const HttpReply answer = reply(QString::fromLatin1(QTest::currentDataTag()));
    for (const bool unblock : {false, true}) {
        const Result<BlockReply> block = wawp.readBlock(answer, std::array{typed}, unblock);
        QVERIFY(block);
        QCOMPARE(block->people.size(), size_t(1));
        QCOMPARE(block->people[0].input, typed);
        QTEST(block->people[0].outcome, "outcome");
        QTEST(block->people[0].code, "code");
        QVERIFY2(!block->people[0].detail.contains(u"16315551004"), "names a person");
    }
    // More people than one call can hold: nobody knows whose answer it is.
    const Result<BlockReply> two = wawp.readBlock(reply(QStringLiteral("block-201")), std::array{typed, chat}, false);
    QVERIFY(two);
    QCOMPARE(two->people.size(), size_t(2));
    QCOMPARE(two->people[1].outcome, BlockAnswer::Outcome::Unknown);
}

void WawpWritesTest::blocksFailAsAWhole_data()
{
    QTest::addColumn<Failure::Kind>("kind");
    using K = Failure::Kind;
    QTest::newRow("f-404-session") << K::Refused; // the session's trouble, not the person's
    QTest::newRow("f-200-session") << K::Refused;
    QTest::newRow("f-422-state") << K::Refused;
    QTest::newRow("f-403-subscription") << K::Refused;
    QTest::newRow("f-404-route") << K::Refused;
    QTest::newRow("f-401") << K::Unauthorised;
    QTest::newRow("f-429") << K::RateLimited; // nothing was taken: deferred
    QTest::newRow("f-overlimit") << K::RateLimited;
    QTest::newRow("f-422-engine") << K::Unsupported;
    QTest::newRow("f-500") << K::GatewayError; // the transport's user makes "unknown" of it
    QTest::newRow("html-200") << K::BadReply;
}

void WawpWritesTest::blocksFailAsAWhole()
{
    const Result<BlockReply> block
        = wawp.readBlock(reply(QString::fromLatin1(QTest::currentDataTag())), std::array{typed}, false);
    QVERIFY(!block);
    QTEST(block.failure().kind, "kind");
}

void WawpWritesTest::readsSendAnswers_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("waId");
    QTest::addColumn<QString>("status");
    QTest::newRow("send-webjs") << "true_16315551004@c.us_3EB0C767D097B7C7C030"
                                << "16315551004"
                                << "";
    QTest::newRow("send-text-id") << "true_16315551004@c.us_3EB0"
                                  << ""
                                  << "PENDING";
    QTest::newRow("send-noweb") << "3EB0A1"
                                << ""
                                << "";
    QTest::newRow("send-lid") << "true_1@lid_3EB0"
                              << ""
                              << "";
    QTest::newRow("send-unknown-form") << ""
                                       << ""
                                       << ""; // taken, under an id nobody told
    QTest::newRow("block-201") << ""
                               << ""
                               << "";
}

void WawpWritesTest::readsSendAnswers()
{
    const Result<SendReply> sent = wawp.readSend(reply(QString::fromLatin1(QTest::currentDataTag())));
    QVERIFY(sent);
    QTEST(sent->messageId, "id");
    QTEST(sent->waId, "waId");
    QTEST(sent->status, "status");
    QCOMPARE(wawp.readSend(reply(QStringLiteral("html-200"))).failure().kind, Failure::Kind::BadReply);
    QCOMPARE(wawp.readSend(reply(QStringLiteral("f-200-result"))).failure().kind, Failure::Kind::Refused);
}

void WawpWritesTest::cardsThatHoldMoreGoAsVCard()
{
    QVERIFY(isSentSimple(simpleCard()));
    const auto changed = [](auto change) {
        Card card = simpleCard();
        change(card);
        return isSentSimple(card);
    };
    QVERIFY(changed([](Card &card) { card.org = {}; }));
    QVERIFY(changed([](Card &card) { card.phones[0].type.clear(); }));
    QVERIFY(changed([](Card &card) { card.phones[0].waId.clear(); }));
    QVERIFY(changed([](Card &card) { card.name = {QStringLiteral("Jane"), {}, {}, {}, {}, {}}; }));
    // Anything that the four fields would lose.
    QVERIFY(!changed([](Card &card) { card.phones.push_back(card.phones[0]); }));
    QVERIFY(!changed([](Card &card) { card.phones.clear(); }));
    QVERIFY(!changed([](Card &card) { card.phones[0].type = QStringLiteral("WORK"); }));
    QVERIFY(!changed([](Card &card) { card.name.last = QStringLiteral("Roe"); }));
    QVERIFY(!changed([](Card &card) { card.name = {{}, QStringLiteral("Jane"), {}, {}, {}, {}}; }));
    QVERIFY(!changed([](Card &card) { card.org.title = QStringLiteral("x"); }));
    QVERIFY(!changed([](Card &card) { card.org.department = QStringLiteral("x"); }));
    QVERIFY(!changed([](Card &card) { card.birthday = QStringLiteral("1990-01-01"); }));
    QVERIFY(!changed([](Card &card) { card.emails = {{QStringLiteral("a@b.c"), {}}}; }));
    QVERIFY(!changed([](Card &card) { card.urls = {{QStringLiteral("https://a.b"), {}}}; }));
    QVERIFY(!changed([](Card &card) { card.addresses = {{QStringLiteral("x"), {}, {}, {}, {}, {}, {}}}; }));
    // WAHA writes the four fields into a vCard as they are: a line break would begin a new line of it.
    for (const char *text : {"a\nb", "a\r", "a;b", "a, b", "a\\b"}) {
        const QString evil = QString::fromLatin1(text);
        QVERIFY(!changed([&](Card &card) { card.name = {evil, {}, {}, {}, {}, {}}; }));
        QVERIFY(!changed([&](Card &card) { card.org.company = evil; }));
        QVERIFY(!changed([&](Card &card) { card.phones[0].phone = evil; }));
    }
}

QTEST_GUILESS_MAIN(WawpWritesTest)
#include "wawpwrites_test.moc"
