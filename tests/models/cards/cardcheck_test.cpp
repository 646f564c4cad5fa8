// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of vendor page E ("contacts object") and gateways.md 5.3.
#include "models/cards/cardcheck.h"

#include <QTest>

using namespace rollcall;

namespace {

constexpr qint64 today = 1'795'219'200'000; ///< 2026-11-21

Card ann()
{
    Card card;
    card.name.formatted = QStringLiteral("Ann Bell");
    card.name.first = QStringLiteral("Ann");
    card.phones = {{QStringLiteral("+44 7400 123456"), QStringLiteral("CELL"), {}}};
    return card;
}

/// "Error 3 at 0/Birthday/-1": what is asked of a notice.
QString inWords(CardSeverity severity, CardCode code, const CardPlace &place)
{
    return QStringLiteral("%1 %2 at %3/%4/%5")
        .arg(int(severity))
        .arg(int(code))
        .arg(place.card)
        .arg(int(place.field))
        .arg(place.index);
}

QStringList inWords(const std::vector<CardNotice> &notices)
{
    QStringList words;
    for (const CardNotice &notice : notices)
        words += inWords(notice.severity, notice.code, notice.place);
    return words;
}

using F = CardField;
using C = CardCode;
constexpr auto error = CardSeverity::Error;
constexpr auto warning = CardSeverity::Warning;
constexpr auto note = CardSeverity::Note;

void row(const char *name, CardSeverity severity, CardCode code, CardField field, int index,
    const std::function<void(Card &)> &change)
{
    Card card = ann();
    change(card);
    QTest::newRow(name) << card << severity << code << field << index;
}

/// Phones, e-mails, links, and what holds for every text.
void addFaultsOfEntries()
{
    row("phone type of its own", warning, C::OtherType, F::PhoneType, 0,
        [](Card &c) { c.phones[0].type = QStringLiteral("MOBILE"); });
    row("small letters are another type", warning, C::OtherType, F::PhoneType, 0,
        [](Card &c) { c.phones[0].type = QStringLiteral("cell"); });
    row("e-mail type of its own", warning, C::OtherType, F::EmailType, 0, [](Card &c) {
        c.emails = {{QStringLiteral("a@b.example"), QStringLiteral("CELL")}};
    });
    row("only a type", warning, C::OnlyType, F::Url, 0, [](Card &c) { c.urls = {{{}, QStringLiteral("WORK")}}; });
    row("nobody can be reached", warning, C::NoPhone, F::Card, -1, [](Card &c) { c.phones.clear(); });
    row("phone from the wa_id", note, C::PhoneFromWaId, F::Phone, 0, [](Card &c) {
        c.phones = {{{}, QStringLiteral("CELL"), QStringLiteral("447400123456")}};
    });
    row("another wa_id", note, C::WaIdDiffers, F::WaId, 0,
        [](Card &c) { c.phones[0].waId = QStringLiteral("447400999999"); });
    row("a wa_id with a plus", error, C::WaIdForm, F::WaId, 0,
        [](Card &c) { c.phones[0].waId = QStringLiteral("+447400123456"); });
    row("a wa_id as JID", error, C::WaIdForm, F::WaId, 0,
        [](Card &c) { c.phones[0].waId = QStringLiteral("447400123456@c.us"); });
    row("no number in it", warning, C::PhoneUnread, F::Phone, 0,
        [](Card &c) { c.phones[0].phone = QStringLiteral("ask me"); });
    row("no country code", warning, C::PhoneNoCountry, F::Phone, 0,
        [](Card &c) { c.phones[0].phone = QStringLiteral("07400 123456"); });
    row("twice the same number", warning, C::SamePhone, F::Phone, 1, [](Card &c) {
        c.phones.push_back({QStringLiteral("+447400123456"), QStringLiteral("WORK"), {}});
    });
    for (const char *text : {"ann", "ann@", "@b.example", "a b@c.example", "a@b", "a@.b", "a@b..c", "a@b.c,d@e.f"})
        row(text, warning, C::EmailForm, F::Email, 0, [text](Card &c) {
            c.emails = {{QString::fromLatin1(text), {}}};
        });
    for (const char *text : {"example.org", "javascript:alert(1)", "file:///etc/passwd", "https://", "ftp://a.example"})
        row(text, warning, C::UrlForm, F::Url, 0, [text](Card &c) { c.urls = {{QString::fromLatin1(text), {}}}; });
    row("long", warning, C::LongText, F::Title, -1, [](Card &c) { c.org.title = QString(257, u'x'); });
    row("right-to-left override", warning, C::HiddenMarks, F::Last, -1,
        [](Card &c) { c.name.last = QStringLiteral(u"a\u202eb"); });
    row("zero width space", warning, C::HiddenMarks, F::Company, -1,
        [](Card &c) { c.org.company = QStringLiteral(u"a\u200bb"); });
}

} // namespace

class CardCheckTest final : public QObject {
    Q_OBJECT

private slots:
    void aGoodCardHasNoNotice() { QCOMPARE(inWords(checkCards({ann()}, today)), QStringList()); }

    void oneFault_data()
    {
        QTest::addColumn<Card>("card");
        QTest::addColumn<CardSeverity>("severity");
        QTest::addColumn<CardCode>("code");
        QTest::addColumn<CardField>("field");
        QTest::addColumn<int>("index");
        row("no formatted name", error, C::NoFormattedName, F::Formatted, -1,
            [](Card &c) { c.name.formatted.clear(); });
        row("blank formatted name", error, C::NoFormattedName, F::Formatted, -1,
            [](Card &c) { c.name.formatted = QStringLiteral("  "); });
        row("nothing besides it", error, C::OnlyFormattedName, F::First, -1, [](Card &c) { c.name.first.clear(); });
        for (const char *text : {"1.4.1990", "1990-4-1", "19900401", "1990-04-01T", "+990-04-01", "1990/04/01"})
            row(text, error, C::BirthdayForm, F::Birthday, -1,
                [text](Card &c) { c.birthday = QString::fromLatin1(text); });
        for (const char *text : {"1990-02-29", "1990-13-01", "1990-00-10", "2025-11-31"})
            row(text, error, C::NoSuchDay, F::Birthday, -1,
                [text](Card &c) { c.birthday = QString::fromLatin1(text); });
        row("not born yet", warning, C::BirthdayAhead, F::Birthday, -1,
            [](Card &c) { c.birthday = QStringLiteral("2026-11-24"); });
        for (const char *text : {"D", "DEU", "D1", "49", "d "})
            row(text, error, C::CountryCodeForm, F::CountryCode, 0, [text](Card &c) {
                c.addresses = {{{}, QStringLiteral("B"), {}, {}, {}, QString::fromLatin1(text), {}}};
            });
        row("no such country", warning, C::CountryCodeUnknown, F::CountryCode, 0, [](Card &c) {
            c.addresses = {{{}, {}, {}, {}, {}, QStringLiteral("QQ"), {}}};
        });
        addFaultsOfEntries();
    }
    void oneFault()
    {
        QFETCH(Card, card);
        QFETCH(CardSeverity, severity);
        QFETCH(CardCode, code);
        QFETCH(CardField, field);
        QFETCH(int, index);
        const auto notices = checkCards({card}, today);
        QCOMPARE(inWords(notices), QStringList(inWords(severity, code, {0, field, index})));
        QCOMPARE(hasError(notices), severity == CardSeverity::Error);
        QCOMPARE(checkCard(card, 0, today), notices);
    }

    void whatIsRightThoughOdd()
    {
        Card card = ann();
        card.birthday = QStringLiteral("2024-02-29");
        card.name.last
            = QStringLiteral(u"\u0639\u0645\u0631 \U0001F468\u200d\U0001F469 <b>O'Neill</b>"); // ZWJ in an emoji
        card.name.middle = QString(256, u'x');
        card.addresses = {{{}, {}, {}, {}, {}, QStringLiteral("gb"), QStringLiteral("HOME")},
            {{}, {}, {}, {}, {}, QStringLiteral("AQ"), {}}};
        card.emails = {{QStringLiteral("o'neill+x@sub.example.org"), QStringLiteral("WORK")}};
        card.urls = {{QStringLiteral("https://example.org/?q=1#x"), {}}};
        card.phones[0].waId = QStringLiteral("447400123456");
        QCOMPARE(inWords(checkCards({card}, today)), QStringList());
    }

    void theNumberOfCards()
    {
        const auto ofMessage = [](int count) {
            std::vector<Card> cards;
            for (int i = 0; i < count; ++i) {
                cards.push_back(ann());
                cards.back().name.last = QString::number(i);
            }
            return inWords(checkCards(cards, today));
        };
        const auto only = [](CardSeverity severity, CardCode code) { return QStringList(inWords(severity, code, {})); };
        QCOMPARE(ofMessage(0), only(CardSeverity::Error, CardCode::NoCard));
        QCOMPARE(ofMessage(5), QStringList());
        QCOMPARE(ofMessage(6), only(CardSeverity::Warning, CardCode::ManyCards));
        QCOMPARE(ofMessage(257), only(CardSeverity::Warning, CardCode::ManyCards));
        QCOMPARE(ofMessage(258), only(CardSeverity::Error, CardCode::TooManyCards));
    }

    void equalCards()
    {
        Card other = ann();
        other.org.company = QStringLiteral("Bell Ltd");
        QCOMPARE(inWords(checkCards({ann(), other, ann()}, today)),
            QStringList(inWords(CardSeverity::Warning, CardCode::SameCard, {2, CardField::Card, -1})));
    }

    void whatTheWordsMayName()
    {
        Card card = ann();
        card.phones = {{{}, QStringLiteral("Mobile"), QStringLiteral("447400123456")}};
        const auto notices = checkCards({card}, today);
        QCOMPARE(notices.size(), 2U);
        QCOMPARE(notices[0].text, QStringLiteral("+44 7400 123456"));
        QCOMPARE(notices[1].text, QStringLiteral("Mobile"));
        card = ann();
        card.name.last = QStringLiteral(u"a\u202eb\u200b\u202e\u0001");
        const auto marked = checkCards({card}, today);
        QCOMPARE(marked.size(), 1U);
        QCOMPARE(marked[0].text, QStringLiteral("U+202E U+200B U+0001"));
    }
};

QTEST_GUILESS_MAIN(CardCheckTest)
#include "cardcheck_test.moc"
