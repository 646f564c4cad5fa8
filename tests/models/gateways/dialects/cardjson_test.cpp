// SPDX-License-Identifier: GPL-3.0-or-later
// Cards to JSON and back: vendor page E ("contacts object") and gateways.md 5.3. The whole message, byte-exact, is in
// dialog360_test and onpremblock_test.
#include "models/gateways/dialects/cardjson.h"

#include <QTest>
#include <random>

using namespace rollcall;

namespace {

/// Seeded texts that hurt: empty, blanks at the ends, quotes, controls, right-to-left, emoji, long digits.
class Texts {
public:
    explicit Texts(quint32 seed)
        : m_random(seed)
    {
    }
    std::size_t below(std::size_t n) { return m_random() % n; }
    QString some()
    {
        static const std::vector<QString> parts{QStringLiteral(" "), QStringLiteral("\""), QStringLiteral("\\"),
            QStringLiteral("\n"), QString(QChar(1)), QString::fromUtf8("عمر"), QString::fromUtf8("\u200f"),
            QString::fromUtf8("😀"), QStringLiteral("9007199254740993"), QStringLiteral("null"), QStringLiteral("{}"),
            QStringLiteral("Zo"), QString::fromUtf8("é"), QStringLiteral("+1 (650)"), QStringLiteral("/")};
        QString text;
        for (std::size_t n = 1 + below(6); n > 0; --n)
            text += parts[below(parts.size())];
        return text;
    }
    QString maybe() { return below(3) == 0 ? QString() : some(); }

private:
    std::mt19937 m_random;
};

Card randomCard(Texts &texts)
{
    Card card;
    // One field of each entry is always there: an entry of nothing is not written.
    for (std::size_t n = texts.below(3); n > 0; --n)
        card.addresses.push_back(
            {texts.maybe(), texts.some(), texts.maybe(), texts.maybe(), texts.maybe(), texts.maybe(), texts.maybe()});
    card.birthday = texts.maybe();
    for (std::size_t n = texts.below(3); n > 0; --n)
        card.emails.push_back({texts.some(), texts.maybe()});
    card.name = {texts.maybe(), texts.maybe(), texts.maybe(), texts.maybe(), texts.maybe(), texts.maybe()};
    card.org = {texts.maybe(), texts.maybe(), texts.maybe()};
    for (std::size_t n = texts.below(4); n > 0; --n)
        card.phones.push_back({texts.maybe(), texts.maybe(), texts.some()});
    for (std::size_t n = texts.below(3); n > 0; --n)
        card.urls.push_back({texts.maybe(), texts.some()});
    return card;
}

Result<std::vector<Card>> read(const QByteArray &text)
{
    const Result<Json> json = parseJson(text);
    return json ? cardsFromJson(*json) : Result<std::vector<Card>>(json.failure());
}

} // namespace

class CardJsonTest final : public QObject {
    Q_OBJECT

private slots:
    void whatWasWrittenIsRead();
    void emptyIsLeftOut();
    void nothingIsMadeUp();
    void readsWhatOthersWrite_data();
    void readsWhatOthersWrite();
    void refusesOtherTypes_data();
    void refusesOtherTypes();
    void countsTheContacts();
};

void CardJsonTest::whatWasWrittenIsRead()
{
    Texts texts(20261121);
    for (int i = 0; i < 1000; ++i) {
        std::vector<Card> cards;
        for (std::size_t n = 1 + texts.below(3); n > 0; --n)
            cards.push_back(randomCard(texts));
        const QByteArray written = contactsJson(cards).toCompact();
        const auto again = read(written);
        QVERIFY2(again, written.constData());
        QVERIFY2(*again == cards, written.constData());
    }
}

void CardJsonTest::emptyIsLeftOut()
{
    Card card;
    card.addresses = {{}, {}};
    card.emails = {{}};
    card.phones = {{}, {QStringLiteral("+1"), {}, {}}};
    card.urls = {{}};
    const std::vector<Card> cards{card, Card()};
    QCOMPARE(
        contactsJson(cards).toCompact(), QByteArray("[{\"name\":{},\"phones\":[{\"phone\":\"+1\"}]},{\"name\":{}}]"));
    QCOMPARE(contactsJson({}).toCompact(), QByteArray("[]"));
}

void CardJsonTest::nothingIsMadeUp()
{
    // A phone that is only a wa_id stays one: the composer decides whether to show a number.
    Card card;
    card.name.formatted = QStringLiteral("K");
    card.phones = {{{}, QStringLiteral("Handy (privat)"), QStringLiteral("16505551234")}};
    const std::vector<Card> cards{card};
    QCOMPARE(contactsJson(cards).toCompact(),
        QByteArray("[{\"name\":{\"formatted_name\":\"K\"},\"phones\":[{\"type\":\"Handy "
                   "(privat)\",\"wa_id\":\"16505551234\"}]}]"));
}

void CardJsonTest::readsWhatOthersWrite_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray plain
        = "{\"name\":{\"formatted_name\":\"K\"},\"phones\":[{\"phone\":\"+1\",\"type\":\"MOBILE\"}]}";
    QTest::newRow("list") << QByteArray("[" + plain + "]");
    QTest::newRow("whole message") << QByteArray("{\"to\":\"1\",\"type\":\"contacts\",\"contacts\":[" + plain + "]}");
    QTest::newRow("other order") << QByteArray("[{\"phones\":[{\"type\":\"MOBILE\",\"phone\":\"+1\"}],\"name\":{"
                                               "\"formatted_name\":\"K\"}}]");
    QTest::newRow("unknown keys") << QByteArray("[{\"ims\":[\"AIM\"],\"name\":{\"formatted_name\":\"K\",\"x\":1},"
                                                "\"phones\":[{\"phone\":\"+1\",\"type\":\"MOBILE\",\"id\":{}}]}]");
    QTest::newRow("nulls") << QByteArray("[{\"name\":{\"formatted_name\":\"K\",\"suffix\":null},\"org\":null,"
                                         "\"urls\":null,\"phones\":[{\"phone\":\"+1\",\"type\":\"MOBILE\"}]}]");
    QTest::newRow("object for a list") << QByteArray("[{\"name\":{\"formatted_name\":\"K\"},\"phones\":{\"phone\":"
                                                     "\"+1\",\"type\":\"MOBILE\"}}]");
}

void CardJsonTest::readsWhatOthersWrite()
{
    QFETCH(QByteArray, text);
    Card card;
    card.name.formatted = QStringLiteral("K");
    card.phones = {{QStringLiteral("+1"), QStringLiteral("MOBILE"), {}}};
    const auto cards = read(text);
    QVERIFY(cards);
    QCOMPARE(cards->size(), std::size_t(1));
    QVERIFY(cards->front() == card);
}

void CardJsonTest::refusesOtherTypes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("place");
    const auto row = [](const char *text, const char *place) {
        QTest::newRow(place) << QByteArray(text) << QString::fromLatin1(place);
    };
    row("[{},{\"phones\":[{},{\"phone\":16505551234}]}]", "contacts[1].phones[1].phone is of another type");
    row("[{\"birthday\":19990123}]", "contacts[0].birthday is of another type");
    row("[{\"name\":\"Kerry\"}]", "contacts[0].name is of another type");
    row("[{\"org\":[]}]", "contacts[0].org is of another type");
    row("[{\"emails\":\"k@example.org\"}]", "contacts[0].emails is of another type");
    row("[{\"urls\":[\"https://example.org\"]}]", "contacts[0].urls[0] is of another type");
    row("[\"Kerry\"]", "contacts[0] is of another type");
    row("{\"contacts\":{}}", "\"contacts\" is not a list");
    row("7", "\"contacts\" is not a list");
}

void CardJsonTest::refusesOtherTypes()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, place);
    const auto cards = read(text);
    QVERIFY(!cards);
    QCOMPARE(cards.failure().kind, Failure::Kind::BadInput);
    QCOMPARE(cards.failure().detail, place);
}

void CardJsonTest::countsTheContacts()
{
    const auto many = [](int n) {
        QByteArray text = "[{}";
        for (int i = 1; i < n; ++i)
            text += ",{}";
        return read(text + "]");
    };
    QVERIFY(many(257));
    QCOMPARE(many(257)->size(), std::size_t(257));
    QVERIFY(!many(258));
    QCOMPARE(many(258).failure().kind, Failure::Kind::BadInput);
}

QTEST_GUILESS_MAIN(CardJsonTest)
#include "cardjson_test.moc"
