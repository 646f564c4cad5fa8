// SPDX-License-Identifier: GPL-3.0-or-later
// Expected values: vendor page D ("Contacts Management"), gateways.md sections 4 and 6.
#include "models/gateways/dialects/dialect.h"
#include "tests/models/gateways/dialects/wawpgolden.h"

#include <QTest>
#include <array>

using namespace rollcall;
using namespace rollcall::tests::wawpgolden;

namespace {

Result<NumberAnswer> checked(const QString &name)
{
    const Result<CheckReply> result = wawp.readCheck(reply(name), std::array{typed});
    if (!result)
        return result.failure();
    return result->numbers.at(0);
}

} // namespace

class WawpContactsTest final : public QObject {
    Q_OBJECT

private slots:
    void readsChecks_data();
    void readsChecks();
    void noCheckIsReadFrom_data();
    void noCheckIsReadFrom();
    void theIdMayDifferFromTheQuestion_data();
    void theIdMayDifferFromTheQuestion();
    void aCheckAnswersOneNumber();
    void readsContacts();
    void readsContactDetails();
    void emptyIsNoList();
    void pagesEndWhereTheyEnd();
    void readsAbout_data();
    void readsAbout();
    void readsPhotos_data();
    void readsPhotos();
    void readsLids_data();
    void readsLids();
};

void WawpContactsTest::readsChecks_data()
{
    QTest::addColumn<VerdictWord>("word");
    QTest::addColumn<QString>("raw");
    QTest::addColumn<QString>("waId");
    QTest::addColumn<QString>("reason");
    using W = VerdictWord;
    QTest::newRow("exists") << W::Valid << "true"
                            << "16315551004"
                            << "";
    QTest::newRow("exists-brazil") << W::Valid << "true"
                                   << "559281723241"
                                   << "";
    QTest::newRow("exists-lid") << W::Valid << "true"
                                << "123456789012345@lid"
                                << ""; // never its digits
    QTest::newRow("exists-s-whatsapp-net") << W::Valid << "true"
                                           << "16315551004"
                                           << "";
    QTest::newRow("exists-no-id") << W::Valid << "true"
                                  << ""
                                  << "";
    QTest::newRow("exists-not") << W::Invalid << "false"
                                << ""
                                << "";
    QTest::newRow("exists-not-null-id") << W::Invalid << "false"
                                        << ""
                                        << "";
    QTest::newRow("exists-not-with-id") << W::Invalid << "false"
                                        << ""
                                        << "";
    QTest::newRow("exists-text") << W::Failed << "\"true\""
                                 << ""
                                 << "unknown-word";
    QTest::newRow("exists-number") << W::Failed << "0"
                                   << ""
                                   << "unknown-word";
    QTest::newRow("exists-null") << W::Failed << "null"
                                 << ""
                                 << "unknown-word";
}

void WawpContactsTest::readsChecks()
{
    const Result<NumberAnswer> answer = checked(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(answer);
    QCOMPARE(answer->input, typed);
    QTEST(answer->word, "word");
    QTEST(answer->rawWord, "raw");
    QTEST(answer->waId, "waId");
    QTEST(answer->reason, "reason");
}

void WawpContactsTest::theIdMayDifferFromTheQuestion_data()
{
    // gateways.md 6.2: no error and no other person; the last one is no number at all, and Wawp may say that it exists.
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("waId");
    QTest::newRow("exists-brazil") << "+5592981723241"
                                   << "559281723241";
    QTest::newRow("exists-mexico") << "+525639691841"
                                   << "5215639691841";
    QTest::newRow("exists-argentina") << "+541158749895"
                                      << "5491158749895";
    QTest::newRow("exists-malformed-us") << "+1002123456789"
                                         << "1002123456789";
}

void WawpContactsTest::theIdMayDifferFromTheQuestion()
{
    QFETCH(QString, asked);
    QVERIFY(wawp.canAsk(asked));
    const auto answer = wawp.readCheck(reply(QString::fromLatin1(QTest::currentDataTag())), std::array{asked});
    QVERIFY(answer);
    QCOMPARE(answer->numbers.at(0).input, asked);
    QCOMPARE(answer->numbers.at(0).word, VerdictWord::Valid);
    QTEST(answer->numbers.at(0).waId, "waId");
}

void WawpContactsTest::noCheckIsReadFrom_data()
{
    QTest::addColumn<Failure::Kind>("kind");
    using K = Failure::Kind;
    QTest::newRow("exists-duplicate") << K::BadReply;
    QTest::newRow("exists-missing") << K::BadReply;
    QTest::newRow("exists-with-error") << K::Refused;
    QTest::newRow("empty-200") << K::BadReply;
    QTest::newRow("null-200") << K::BadReply;
    QTest::newRow("html-200") << K::BadReply;
    QTest::newRow("contacts-none") << K::BadReply;
    QTest::newRow("contact") << K::BadReply; // details are always answered: no check
    QTest::newRow("photo-404-empty") << K::Refused; // and not "invalid"
}

void WawpContactsTest::noCheckIsReadFrom()
{
    const Result<NumberAnswer> answer = checked(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(!answer);
    QTEST(answer.failure().kind, "kind");
}

void WawpContactsTest::aCheckAnswersOneNumber()
{
    const std::array two{typed, QStringLiteral("+16315551005")};
    const Result<CheckReply> result = wawp.readCheck(reply(QStringLiteral("exists")), two);
    QVERIFY(result);
    QCOMPARE(result->numbers.size(), size_t(2));
    for (size_t i = 0; i < 2; ++i) {
        QCOMPARE(result->numbers[i].input, two.at(i));
        QCOMPARE(result->numbers[i].word, VerdictWord::NotChecked); // whose it is cannot be told
    }
}

void WawpContactsTest::readsContacts()
{
    const Result<GatewayContactsPage> page = wawp.readContacts(reply(QStringLiteral("contacts")), {});
    QVERIFY(page);
    const std::vector<GatewayContact> &rows = page->contacts;
    QCOMPARE(rows.size(), size_t(12)); // a text and a null are no rows
    QCOMPARE(page->next, QString());
    QCOMPARE(page->total, -1);
    QStringList ids;
    QStringList numbers;
    QStringList names;
    QStringList profiles;
    QString flags;
    for (const GatewayContact &row : rows) {
        ids += row.chatId;
        numbers += row.number;
        names += row.name;
        profiles += row.profileName;
        flags += QLatin1String(row.saved ? "s" : "") + QLatin1String(row.me ? "m" : "")
            + QLatin1String(row.other ? "o" : "")
            + QLatin1String(!row.blocked ? ""
                    : *row.blocked       ? "b"
                                         : "f")
            + u' ';
        QVERIFY(!row.onWhatsApp.has_value());
    }
    QCOMPARE(ids,
        QStringList({chat, QStringLiteral("447700900001@c.us"), QStringLiteral("447700900002@c.us"), lid,
            QStringLiteral("223456789012345@lid"), QStringLiteral("120363041234567890@g.us"),
            QStringLiteral("120363049876543210@newsletter"), QStringLiteral("status@broadcast"),
            QStringLiteral("447700900999@c.us"), QStringLiteral("16315551005@s.whatsapp.net"), {}, {}}));
    QCOMPARE(numbers,
        QStringList({QStringLiteral("16315551004"), QStringLiteral("447700900001"), QStringLiteral("447700900002"), {},
            QStringLiteral("447700900003"), {}, {}, {}, QStringLiteral("447700900999"), QStringLiteral("16315551005"),
            {}, {}}));
    QCOMPARE(names,
        QStringList({QStringLiteral("Jane Doe"), {}, {}, {}, QStringLiteral("Eve"), QStringLiteral("Friends"),
            QStringLiteral("News"), {}, QStringLiteral("We"), {}, {}, {}}));
    QCOMPARE(profiles,
        QStringList({u"jane \u2728"_qs, QStringLiteral("Bob"), QStringLiteral(" Carol "), QStringLiteral("Dan"), {}, {},
            {}, {}, {}, {}, QStringLiteral("no id"), {}}));
    // Blocked and saved by booleans only: row 10 says "yes" and 1.
    QCOMPARE(flags, QStringLiteral("sf b   s o o o sm    "));
    QCOMPARE(rows[2].photo, QUrl(QStringLiteral("https://pps.whatsapp.net/v/t61/x.jpg?oh=1&oe=2")));
    QCOMPARE(rows[2].about, QStringLiteral("busy"));
    QVERIFY(rows[9].photo.isEmpty());
}

void WawpContactsTest::readsContactDetails()
{
    const Result<GatewayContact> told = wawp.readContact(reply(QStringLiteral("contact")));
    QVERIFY(told);
    QCOMPARE(told->chatId, chat);
    QCOMPARE(told->number, QStringLiteral("16315551004"));
    QCOMPARE(told->name, QString());
    QCOMPARE(told->profileName, QStringLiteral("Jane"));
    QCOMPARE(told->photo, QUrl(QStringLiteral("https://pps.whatsapp.net/v/t61/x.jpg")));
    QCOMPARE(told->blocked, std::optional(true));
    QVERIFY(!told->saved);
    QVERIFY(!told->onWhatsApp.has_value()); // answered for every number: no check
    const Result<GatewayContact> hidden = wawp.readContact(reply(QStringLiteral("contact-hidden")));
    QVERIFY(hidden);
    QVERIFY(hidden->about.isEmpty() && hidden->photo.isEmpty());
    QVERIFY(!hidden->blocked.has_value()); // an engine that does not tell: unknown, not "no"
    QCOMPARE(wawp.readContact(reply(QStringLiteral("contacts-none"))).failure().kind, Failure::Kind::BadReply);
    QCOMPARE(wawp.readContact(reply(QStringLiteral("null-200"))).failure().kind, Failure::Kind::BadReply);
}

void WawpContactsTest::emptyIsNoList()
{
    const Result<GatewayContactsPage> none = wawp.readContacts(reply(QStringLiteral("contacts-none")), {});
    QVERIFY(none);
    QVERIFY(none->contacts.empty());
    for (const char *name : {"empty-200", "null-200", "html-200", "contacts-object"})
        QCOMPARE(wawp.readContacts(reply(QString::fromLatin1(name)), {}).failure().kind, Failure::Kind::BadReply);
    QCOMPARE(wawp.readContacts(reply(QStringLiteral("f-200-session")), {}).failure().kind, Failure::Kind::Refused);
}

void WawpContactsTest::pagesEndWhereTheyEnd()
{
    const auto next = [](int rows, const QString &cursor, int limit) {
        QByteArray body = "[";
        for (int i = 0; i < rows; ++i)
            body += i == 0 ? "{}" : i == 1 ? ",null" : ",{\"id\":\"1@c.us\"}";
        const Result<GatewayContactsPage> page = wawp.readContacts({200, {}, body + ']'}, {cursor, limit});
        return page ? page->next : QStringLiteral("failed");
    };
    QCOMPARE(next(50, {}, 50), QStringLiteral("50"));
    QCOMPARE(next(50, QStringLiteral("50"), 50), QStringLiteral("100"));
    QCOMPARE(next(49, QStringLiteral("50"), 50), QString());
    QCOMPARE(next(0, QStringLiteral("50"), 50), QString());
    QCOMPARE(next(51, {}, 50), QString()); // does not page: this was the whole list
    QCOMPARE(next(100, {}, 1000), QStringLiteral("100")); // 100 rows at most are asked
    QCOMPARE(next(1, {}, 0), QStringLiteral("1"));
    QCOMPARE(next(50, QStringLiteral("10000000"), 50), QString()); // no list goes on for ever
    for (const char *cursor : {"-50", "abc", "0", "99999999999999999999999", "50 ", "1&limit=1"}) {
        QCOMPARE(next(50, QString::fromLatin1(cursor), 50), QString());
        QVERIFY2(wawp.contactsRequest(account(), {QString::fromLatin1(cursor), 50}).verb.isEmpty(), cursor);
    }
}

void WawpContactsTest::readsAbout_data()
{
    QTest::addColumn<bool>("ok");
    QTest::addColumn<QString>("about");
    QTest::newRow("about") << true << u"Hey there! \U0001F44B I am using WhatsApp."_qs;
    for (const char *name : {"about-null", "about-empty", "about-missing", "null-200", "empty-200"})
        QTest::newRow(name) << true << QString();
    for (const char *name : {"about-number", "contacts-none", "html-200", "f-404-session", "f-422-engine"})
        QTest::newRow(name) << false << QString();
}

void WawpContactsTest::readsAbout()
{
    const Result<QString> about = wawp.readAbout(reply(QString::fromLatin1(QTest::currentDataTag())));
    QTEST(about.ok(), "ok");
    if (about)
        QTEST(*about, "about");
}

void WawpContactsTest::readsPhotos_data()
{
    QTest::addColumn<bool>("ok");
    QTest::addColumn<QByteArray>("link");
    QTest::newRow("photo-wawp") << true
                                << QByteArray(
                                       "https://pps.whatsapp.net/v/t61.24694-24/a.jpg?ccb=11-4&oh=01_A%3D&oe=66F");
    QTest::newRow("photo-waha") << true << QByteArray("https://pps.whatsapp.net/v/b.jpg");
    for (const char *name : {"photo-waha-null", "photo-empty", "photo-null", "photo-404", "photo-404-empty",
             "photo-404-in-200", "about-missing", "null-200", "empty-200"})
        QTest::newRow(name) << true << QByteArray();
    // Not hidden, but no session, no such route, or no answer of the gateway's.
    for (const char *name : {"photo-no-link", "f-404-session", "f-404-nest-session", "f-404-route", "f-404-html",
             "f-401", "f-422-state", "f-200-session", "contacts-none", "html-200", "f-500"})
        QTest::newRow(name) << false << QByteArray();
}

void WawpContactsTest::readsPhotos()
{
    const Result<QUrl> photo = wawp.readPhoto(reply(QString::fromLatin1(QTest::currentDataTag())));
    QTEST(photo.ok(), "ok");
    if (photo)
        QTEST(photo->toEncoded(), "link");
}

void WawpContactsTest::readsLids_data()
{
    QTest::addColumn<QString>("lidTold");
    QTest::addColumn<QString>("number");
    QTest::newRow("lid-wawp") << lid << "16315551004";
    QTest::newRow("lid-waha") << lid << "16315551004";
    QTest::newRow("lid-digits") << lid << "16315551004";
    QTest::newRow("lid-unknown") << ""
                                 << "16315551004";
    QTest::newRow("lid-number-unknown") << lid << "";
    QTest::newRow("lid-both-lids") << lid << ""; // a LID is never stripped to a number
}

void WawpContactsTest::readsLids()
{
    const Result<LidPair> pair = wawp.readLid(reply(QString::fromLatin1(QTest::currentDataTag())));
    QVERIFY(pair);
    QTEST(pair->lid, "lidTold");
    QTEST(pair->number, "number");
    for (const char *other : {"lid-not", "contacts-none", "null-200", "empty-200"})
        QCOMPARE(wawp.readLid(reply(QString::fromLatin1(other))).failure().kind, Failure::Kind::BadReply);
}

QTEST_GUILESS_MAIN(WawpContactsTest)
#include "wawpcontacts_test.moc"
