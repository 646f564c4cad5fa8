// SPDX-License-Identifier: GPL-3.0-or-later
// The message as bytes. Golden files are written by hand from vendor page E and gateways.md 1.8, 4.2 and 5.3.
#include "models/cards/message.h"

#include "models/base/json.h"
#include "models/cards/cardcheck.h"

#include <QDate>
#include <QFile>
#include <QTest>
#include <algorithm>
#include <random>
#include <set>

using namespace rollcall;

namespace {

const QString &kerrysId()
{
    static const QString id = QStringLiteral("16505551234");
    return id;
}

QByteArray golden(const QString &name)
{
    QFile file(QStringLiteral(ROLLCALL_SOURCE_DIR "/tests/models/cards/golden/%1.json").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no golden file %s", qPrintable(file.fileName()));
    return file.readAll().chopped(1);
}

Card barbara()
{
    Card card;
    card.addresses
        = {{QStringLiteral("1 Lucky Shrub Way"), QStringLiteral("Menlo Park"), QStringLiteral("CA"),
               QStringLiteral("94025"), QStringLiteral("United States"), QStringLiteral("US"), QStringLiteral("WORK")},
            {QStringLiteral("5 Home Lane"), QStringLiteral("Austin"), {}, {}, {}, {}, QStringLiteral("HOME")}};
    card.birthday = QStringLiteral("1999-01-23");
    card.emails = {{QStringLiteral("bjohnson@luckyshrub.example"), QStringLiteral("WORK")},
        {QStringLiteral("barb@example.org"), {}}};
    card.name.formatted = QStringLiteral("Dr. Barbara J. Johnson Esq.");
    card.name.first = QStringLiteral("Barbara");
    card.name.last = QStringLiteral("Johnson");
    card.name.middle = QStringLiteral("Joana");
    card.name.prefix = QStringLiteral("Dr.");
    card.name.suffix = QStringLiteral("Esq.");
    card.org = {QStringLiteral("Lucky Shrub"), QStringLiteral("Legal"), QStringLiteral("Lead Counsel")};
    // The second phone is left to the wa_id, and an entry that was added and never filled in is there too.
    card.phones = {{QStringLiteral("+1 (650) 555-9999"), QStringLiteral("MAIN"), QStringLiteral("16505559999")},
        {{}, QStringLiteral("CELL"), QStringLiteral("19175359999")}, {}};
    card.urls = {{QStringLiteral("https://www.luckyshrub.example/a?b=1&c=2"), QStringLiteral("WORK")},
        {QStringLiteral("https://barb.example"), QStringLiteral("HOME")}};
    return card;
}

Card kerry()
{
    Card card;
    card.name.formatted = QStringLiteral("Kerry Fisher");
    card.name.first = QStringLiteral("Kerry");
    card.phones = {{QStringLiteral("+1 650-555-1234"), {}, {}}};
    return card;
}

/// Right-to-left, emoji, markup, a bidi control, quotation marks, a backslash, a line break, a type of its own.
Card odd()
{
    Card card;
    card.name.formatted = QStringLiteral(u"\u0639\u0645\u0631 <b>\"Bo\"</b> \u202e\U0001F600");
    card.name.last = QStringLiteral("A\\B\nC");
    card.phones = {{QStringLiteral("+44 7700 900000"), QStringLiteral("Mobile (old)"), {}}};
    return card;
}

Card fish()
{
    Card card = kerry();
    card.name.last = QStringLiteral("Fisher");
    card.org.company = QStringLiteral("Fish & Co");
    card.phones = {{{}, {}, kerrysId()}};
    return card;
}

/// Seeded messages that keep the published rules: what checkCards() finds no error in.
class Messages final {
public:
    explicit Messages(quint32 seed)
        : m_random(seed)
    {
    }
    std::vector<Card> next()
    {
        std::vector<Card> cards;
        const std::size_t count = below(100) == 0 ? std::size_t(mostCards) : 1 + below(4);
        while (cards.size() < count)
            cards.push_back(card());
        return cards;
    }

private:
    std::size_t below(std::size_t n) { return m_random() % n; }
    bool often() { return below(3) != 0; }
    QString digits(int count)
    {
        QString text = QString::number(1 + below(9));
        while (text.size() < count)
            text += QString::number(below(10));
        return text;
    }
    QString text()
    {
        static const QStringList parts{QStringLiteral("Ann"), QStringLiteral(" "), QStringLiteral("\""),
            QStringLiteral("\\"), QStringLiteral("</b>"), QStringLiteral(u"\u0639\u0645\u0631"),
            QStringLiteral(u"\U0001F468\u200d\U0001F469"), QStringLiteral("\n"), QStringLiteral("9007199254740993"),
            QStringLiteral(u"\u202e"), QStringLiteral("null"), QStringLiteral(u"e\u0301"), QStringLiteral("Zo")};
        QString text = QStringLiteral("x");
        for (std::size_t n = below(6); n > 0; --n)
            text += parts[qsizetype(below(std::size_t(parts.size())))];
        return below(30) == 0 ? text.repeated(40) : text;
    }
    QString maybe() { return often() ? text() : QString(); }
    QString type(const QStringList &types)
    {
        return below(5) == 0 ? text() : often() ? types[qsizetype(below(std::size_t(types.size())))] : QString();
    }
    Card card()
    {
        Card card;
        card.name.formatted = text();
        card.name.first = text();
        card.name.last = maybe();
        card.name.middle = maybe();
        card.name.prefix = maybe();
        card.name.suffix = maybe();
        if (often())
            card.birthday = QDate(1900 + int(below(120)), 1 + int(below(12)), 1 + int(below(28)))
                                .toString(QStringLiteral("yyyy-MM-dd"));
        card.org = {maybe(), maybe(), maybe()};
        for (std::size_t n = below(4); n > 0; --n) {
            const QString id = often() ? QStringLiteral("44") + digits(10) : QString();
            card.phones.push_back(
                {id.isEmpty() || often() ? QString(u'+' + digits(11)) : QString(), type(standardPhoneTypes()), id});
        }
        for (std::size_t n = below(3); n > 0; --n)
            card.emails.push_back({text() + QStringLiteral("@example.org"), type(standardTypes())});
        for (std::size_t n = below(3); n > 0; --n)
            card.urls.push_back({QStringLiteral("https://example.org/") + text(), type(standardTypes())});
        for (std::size_t n = below(3); n > 0; --n)
            card.addresses.push_back({text(), maybe(), maybe(), maybe(), maybe(),
                often() ? QStringLiteral("DE") : QString(), type(standardTypes())});
        return card;
    }
    std::mt19937 m_random;
};

bool hasKeys(const Json &object, const std::set<QString> &allowed)
{
    const Json::Object &members = object.object();
    return std::all_of(members.begin(), members.end(), [&allowed](const Json::Member &one) {
        const auto &[key, value] = one;
        return allowed.contains(key) && (value.isString() || value.isArray() || value.isObject());
    });
}

bool isPhone(const Json &phone)
{
    const QString waId = phone[u"wa_id"].toString();
    return hasKeys(phone, {QStringLiteral("phone"), QStringLiteral("type"), QStringLiteral("wa_id")})
        && !phone[u"phone"].toString().isEmpty()
        && std::all_of(waId.begin(), waId.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

QString brokenRuleOf(const Json &contact)
{
    const QStringList list = QStringLiteral("addresses birthday emails name org phones urls").split(u' ');
    if (!hasKeys(contact, {list.begin(), list.end()}))
        return QStringLiteral("unknown key");
    const Json &name = contact[u"name"];
    if (name[u"formatted_name"].toString().isEmpty() || name.object().size() < 2)
        return QStringLiteral("formatted_name and one further part");
    if (contact.has(u"birthday") && !QDate::fromString(contact[u"birthday"].toString(), Qt::ISODate).isValid())
        return QStringLiteral("birthday");
    const Json::Array &phones = contact[u"phones"].array();
    if (!std::all_of(phones.begin(), phones.end(), isPhone))
        return QStringLiteral("phone: known keys, a text, wa_id of digits only");
    for (const Json &address : contact[u"addresses"].array())
        if (address.has(u"country_code") && address[u"country_code"].toString().size() != 2)
            return QStringLiteral("country_code: two letters");
    return {};
}

/// The published rules, asked of the JSON alone (page E; Meta's schema: no other keys, nothing but texts).
QString brokenRule(const Json &message)
{
    const Json::Array &contacts = message[u"contacts"].array();
    if (message[u"messaging_product"].toString() != u"whatsapp"
        || message[u"recipient_type"].toString() != u"individual" || message[u"type"].toString() != u"contacts")
        return QStringLiteral("head");
    if (contacts.empty() || contacts.size() > 257)
        return QStringLiteral("1 to 257 contacts");
    for (const Json &contact : contacts)
        if (const QString broken = brokenRuleOf(contact); !broken.isEmpty())
            return broken;
    return {};
}

} // namespace

class MessageTest final : public QObject {
    Q_OBJECT

private slots:
    void goldenCases_data()
    {
        QTest::addColumn<GatewayKind>("kind");
        QTest::addColumn<QString>("to");
        QTest::addColumn<std::vector<Card>>("cards");
        QTest::addColumn<QString>("replyTo");
        const QString plus = u'+' + kerrysId();
        const auto row = [](const char *name, GatewayKind kind, const QString &to, const std::vector<Card> &cards,
                             const QString &replyTo = {}) { QTest::newRow(name) << kind << to << cards << replyTo; };
        row("dialog360-full", GatewayKind::Dialog360, plus, {barbara()});
        row("dialog360-minimal", GatewayKind::Dialog360, plus, {kerry()});
        row("dialog360-odd", GatewayKind::Dialog360, plus, {odd()});
        row("dialog360-two-reply", GatewayKind::Dialog360, plus, {kerry(), barbara()},
            QStringLiteral("wamid.HBgLMTY0NjcwNDM1OTUVAgARGBI1"));
        row("cloudapi-full", GatewayKind::CloudApi, plus, {barbara()});
        row("cloudapi-minimal", GatewayKind::CloudApi, plus, {kerry()});
        row("onprem-full", GatewayKind::OnPrem, kerrysId(), {barbara()});
        row("onprem-minimal", GatewayKind::OnPrem, kerrysId(), {kerry()});
        row("onprem-odd", GatewayKind::OnPrem, kerrysId(), {odd()});
        row("onprem-two", GatewayKind::OnPrem, kerrysId(), {kerry(), barbara()});
        row("wawp-simple", GatewayKind::Wawp, plus, {fish()});
        row("wawp-vcard", GatewayKind::Wawp, plus, {barbara()});
        row("wawp-two-reply", GatewayKind::Wawp, plus, {fish(), barbara()},
            QStringLiteral("true_16505551234@c.us_AAA"));
    }
    void goldenCases()
    {
        QFETCH(GatewayKind, kind);
        QFETCH(QString, to);
        QFETCH(std::vector<Card>, cards);
        QFETCH(QString, replyTo);
        const auto body = messageJson(kind, to, cards, replyTo);
        QVERIFY(body);
        QCOMPARE(*body, golden(QString::fromLatin1(QTest::currentDataTag())));
        // Read back: the same cards, phones filled in.
        const auto read = cardsFromMessage(*body);
        QVERIFY(read);
        QCOMPARE(*read, filledIn(cards));
    }

    void whatCannotBeSent()
    {
        const QString to = u'+' + kerrysId();
        QCOMPARE(messageJson(GatewayKind::SendApi, to, {kerry()}).failure().kind, Failure::Kind::Unsupported);
        QCOMPARE(messageJson(GatewayKind::CommBox, to, {kerry()}).failure().kind, Failure::Kind::Unsupported);
        QCOMPARE(messageJson(GatewayKind::Dialog360, to, {}).failure().kind, Failure::Kind::BadInput);
        QCOMPARE(messageJson(GatewayKind::Dialog360, {}, {kerry()}).failure().kind, Failure::Kind::BadInput);
        QCOMPARE(messageJson(GatewayKind::OnPrem, to, {kerry()}, QStringLiteral("gBEG")).failure().kind,
            Failure::Kind::BadInput); // its message knows no reply
        QVERIFY(messageJson(GatewayKind::Dialog360, to, std::vector<Card>(257, kerry())));
        QVERIFY(!messageJson(GatewayKind::Dialog360, to, std::vector<Card>(258, kerry())));
    }

    void aThousandMessagesKeepTheRulesAndComeBack()
    {
        Messages messages(20261121);
        for (int i = 0; i < 1'000; ++i) {
            const std::vector<Card> cards = messages.next();
            QVERIFY(!hasError(checkCards(cards, 1'795'000'000'000)));
            const auto body = messageJson(GatewayKind::Dialog360, u'+' + kerrysId(), cards);
            QVERIFY(body);
            const auto json = parseJson(*body);
            QVERIFY(json);
            QCOMPARE(brokenRule(*json), QString());
            const auto read = cardsFromMessage(*body);
            QVERIFY(read);
            QVERIFY2(*read == filledIn(cards), body->constData());
            // What is kept of it says the same bytes again.
            const auto kept = cardsFromMessage(cardsAsJson(cards));
            QVERIFY(kept);
            QCOMPARE(*messageJson(GatewayKind::Dialog360, u'+' + kerrysId(), *kept), *body);
            QCOMPARE(*messageJson(GatewayKind::Wawp, u'+' + kerrysId(), *kept),
                *messageJson(GatewayKind::Wawp, u'+' + kerrysId(), cards));
        }
    }

    void theReadableFormIsTheSameJson()
    {
        const QByteArray compact = cardsAsJson({barbara(), odd()});
        const QString readable = readableJson(compact);
        QVERIFY(readable.contains(QStringLiteral("\n  {\n    \"addresses\": [\n")));
        QCOMPARE(parseJson(readable.toUtf8())->toCompact(), compact);
        QCOMPARE(readableJson("{\"a\":[],\"b\":{}}"), QStringLiteral("{\n  \"a\": [],\n  \"b\": {}\n}"));
        QCOMPARE(readableJson("no json"), QStringLiteral("no json"));
    }

    void aVcfComesBack()
    {
        const QByteArray vcf = cardsAsVcf({barbara(), kerry()});
        QVERIFY(vcf.startsWith("BEGIN:VCARD\r\nVERSION:3.0\r\n"));
        const auto read = cardsFromVcf(vcf);
        QVERIFY(read);
        QCOMPARE(read->cards, filledIn({barbara(), kerry()}));
        QVERIFY(read->dropped.isEmpty());
        QCOMPARE(cardsFromVcf("no card").failure().kind, Failure::Kind::BadInput);
    }

    void pastedText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<QStringList>("phones");
        QTest::newRow("lines") << QStringLiteral("Ann Bell, +44 7400 123456\nBo; 07400 123457\n\nnothing here\n")
                               << QStringList{QStringLiteral("Ann Bell"), QStringLiteral("Bo")}
                               << QStringList{QStringLiteral("+44 7400 123456"), QStringLiteral("+44 7400 123457")};
        QTest::newRow("number first") << QStringLiteral("+1 650-253-0000 - Kerry Fisher")
                                      << QStringList{QStringLiteral("Kerry Fisher")}
                                      << QStringList{QStringLiteral("+1 650-253-0000")};
        QTest::newRow("number alone") << QStringLiteral("+1 650-253-0000")
                                      << QStringList{QStringLiteral("+1 650-253-0000")}
                                      << QStringList{QStringLiteral("+1 650-253-0000")};
        QTest::newRow("a vCard") << QStringLiteral("begin:vcard\nVERSION:3.0\nFN:Ann\nTEL:+441\nEND:VCARD")
                                 << QStringList{QStringLiteral("Ann")} << QStringList{QStringLiteral("+441")};
        QTest::newRow("a message") << QString::fromUtf8(golden(QStringLiteral("dialog360-minimal")))
                                   << QStringList{QStringLiteral("Kerry Fisher")}
                                   << QStringList{QStringLiteral("+1 650-555-1234")};
    }
    void pastedText()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, names);
        QFETCH(QStringList, phones);
        const auto read = cardsFromText(text, QStringLiteral("GB"));
        QVERIFY(read);
        QStringList gotNames;
        QStringList gotPhones;
        for (const Card &card : read->cards) {
            gotNames += card.name.formatted;
            gotPhones += card.phones.front().phone;
            QVERIFY(!card.name.first.isEmpty()); // a further part is required
        }
        QCOMPARE(gotNames, names);
        QCOMPARE(gotPhones, phones);
    }
    void nothingPasted()
    {
        QCOMPARE(cardsFromText(QStringLiteral("no number in it"), {}).failure().kind, Failure::Kind::BadInput);
        QCOMPARE(cardsFromText(QStringLiteral("{\"contacts\":[]}"), {}).failure().kind, Failure::Kind::BadInput);
        QCOMPARE(cardsFromText(QStringLiteral("{broken"), {}).failure().kind, Failure::Kind::BadInput);
        QString many;
        for (int i = 0; i < 300; ++i)
            many += QStringLiteral("P, +4474001%1\n").arg(10'000 + i);
        const auto read = cardsFromText(many, {});
        QVERIFY(read);
        QCOMPARE(read->cards.size(), std::size_t(mostCards));
        QCOMPARE(read->leftOut, 300 - mostCards);
    }

    void noPersonsCardIsThatLarge()
    {
        Card card;
        card.name = {.formatted = QString(70'000, u'x'), .first = QStringLiteral("Ann")};
        QVERIFY(isOverfull(card));
        QCOMPARE(cardsFromMessage(cardsAsJson({card})).failure().kind, Failure::Kind::BadInput);
        QCOMPARE(cardsFromText(QString::fromUtf8(cardsAsJson({card})), {}).failure().kind, Failure::Kind::BadInput);
        card.name.formatted = QStringLiteral("Ann Bell");
        card.phones.resize(100, {QStringLiteral("+447400123456"), QStringLiteral("CELL"), {}});
        QVERIFY(!isOverfull(card));
        QVERIFY(cardsFromMessage(cardsAsJson({card})));
        // Phones that are filled in from their wa_id count as they are kept: what may be sent can be read again.
        card.phones.assign(600, {{}, QStringLiteral("CELL"), QStringLiteral("447400123456")});
        card.name.formatted = QString(1, u'x');
        while (!isOverfull(card))
            card.name.formatted += QString(64, u'x');
        card.name.formatted.chop(64);
        QVERIFY(!isOverfull(card));
        QVERIFY(cardsFromMessage(cardsAsJson({card})));
        card.name.formatted = QStringLiteral("Ann Bell");
        // Of a paste, a line that nobody typed is left out, the others are read.
        const auto read = cardsFromText(QString(5'000, u' ') + QStringLiteral("x +447400123456\nBo +447400123457"), {});
        QVERIFY(read);
        QCOMPARE(read->cards.size(), 1U);
        QCOMPARE(read->unread, 1);
    }

    void aPersonAsACard()
    {
        PersonFields person;
        person.name = QStringLiteral("Ann Mary Bell");
        person.number.typed = QStringLiteral("07400 123456");
        person.number.e164 = 447400123456;
        person.email = QStringLiteral("ann@example.org");
        person.organisation = QStringLiteral("Bell Ltd");
        const Card card = cardOf(person, QStringLiteral("447400123999"));
        QCOMPARE(card.name.formatted, person.name);
        QCOMPARE(card.name.first, QStringLiteral("Ann Mary"));
        QCOMPARE(card.name.last, QStringLiteral("Bell"));
        QCOMPARE(card.phones,
            (std::vector<CardPhone>{{QStringLiteral("+44 7400 123456"), {}, QStringLiteral("447400123999")}}));
        QCOMPARE(card.emails.front().email, person.email);
        QCOMPARE(card.org.company, person.organisation);
        const Card bare = cardOf({.number = {.typed = QStringLiteral("ask him")}}, QStringLiteral("no digits"));
        QCOMPARE(bare.name.formatted, QStringLiteral("ask him"));
        QVERIFY(bare.phones.front().waId.isEmpty());
        QVERIFY(!hasError(checkCards({card, bare}, 0)));
    }
};

QTEST_GUILESS_MAIN(MessageTest)
#include "message_test.moc"
