// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/formats/vcardreader.h"

#include "models/formats/vcardwriter.h"

#include <QElapsedTimer>
#include <QTest>

using namespace rollcall;

namespace {

Card one(const QByteArray &properties, const QByteArray &version = "3.0")
{
    const VCardsRead read = readVCards("BEGIN:VCARD\r\nVERSION:" + version + "\r\n" + properties + "END:VCARD\r\n", 10);
    return read.cards.empty() ? Card() : read.cards.front();
}

QString namesOf(const VCardsRead &read)
{
    QStringList names;
    for (const Card &card : read.cards)
        names << card.name.formatted;
    return names.join(u' ');
}

} // namespace

class VCardReaderTest final : public QObject {
    Q_OBJECT

private slots:
    void whatIsWrittenIsRead()
    {
        Card card;
        card.name = {QStringLiteral(u"Dr. Zo\u00eb; \"Z\", \\ M\u00fcller"), QStringLiteral(u"Zo\u00eb"),
            QStringLiteral("M;1"), QStringLiteral("a,b"), QStringLiteral("Dr."), QStringLiteral("x\\y")};
        card.org = {QStringLiteral("Lucky, Shrub; Ltd"), QStringLiteral("Legal"), QStringLiteral("Lead\nCounsel")};
        card.phones = {{QStringLiteral("+49 151 1234567"), QStringLiteral("CELL"), QStringLiteral("491511234567")},
            {QStringLiteral("112"), QStringLiteral("Emergency; day, night"), {}}};
        card.emails = {{QStringLiteral("zoe@example.org"), QStringLiteral("HOME")}};
        card.urls = {{QStringLiteral("https://example.org/a;b?c=1,2"), QStringLiteral("WORK")}};
        card.addresses
            = {{QStringLiteral("1 Long Street"), QStringLiteral("Berlin"), QStringLiteral("BE"),
                   QStringLiteral("10115"), QStringLiteral("Germany"), QStringLiteral("DE"), QStringLiteral("HOME")},
                {QStringLiteral("2 Way"), {}, {}, {}, {}, {}, {}}};
        card.birthday = QStringLiteral("1990-04-01");
        const VCardsRead read = readVCards(vCardOf(card) + vCardOf(card), 10);
        QCOMPARE(read.cards, (std::vector<Card>{card, card}));
        QVERIFY(read.dropped.isEmpty());
        QVERIFY(!read.truncated);
        // A name of 200 characters is folded inside of them.
        card.name.formatted = QStringLiteral(u"\u0639\U0001F600").repeated(100);
        QCOMPARE(readVCards(vCardOf(card), 1).cards.front().name.formatted, card.name.formatted);
    }

    /// Control characters are not written: a card that holds nothing else in a place is called by the next one.
    void aNameOfWhatIsWritten()
    {
        Card card;
        card.phones = {{QString(QChar(0)), {}, {}}, {{}, {}, QStringLiteral("447700900123")}};
        const QByteArray vcf = vCardOf(card);
        QVERIFY2(vcf.contains("\r\nFN:+447700900123\r\n"), vcf.constData());
        QCOMPARE(vcf.count("TEL"), 1);
        card.name.formatted = QStringLiteral("\x01\x02");
        card.name.last = QStringLiteral("Bell");
        QVERIFY(vCardOf(card).contains("\r\nN:Bell;;;;\r\nFN:Bell\r\n"));
    }

    void theThreeVersions_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Card>("expected");
        Card ann;
        ann.name.formatted = QStringLiteral(u"Ann B\u00e4r");
        ann.name.first = QStringLiteral("Ann");
        ann.name.last = QStringLiteral(u"B\u00e4r");
        ann.phones = {{QStringLiteral("+491511"), QStringLiteral("CELL"), {}}};
        const QByteArray old
            = "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:B=C3=A4r;Ann;;;\r\n"
              "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Ann =\r\nB=C3=A4r\r\nTEL;CELL;PREF:+491511\r\n";
        QTest::newRow("2.1, quoted-printable")
            << QByteArray("BEGIN:VCARD\r\nVERSION:2.1\r\n" + old + "END:VCARD\r\n") << ann;
        QTest::newRow("2.1, Latin-1 by name")
            << QByteArray("BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=ISO-8859-1:B\xe4r;Ann\nTEL;CELL:+491511\nEND:VCARD")
            << [&] {
                   Card card = ann;
                   card.name.formatted = QStringLiteral(u"Ann B\u00e4r");
                   return card;
               }();
        QTest::newRow("3.0, no charset, no UTF-8") << QByteArray(
            "BEGIN:VCARD\nVERSION:3.0\nFN:Ann B\xe4r\nN:B\xe4r;Ann\nTEL;TYPE=cell,voice:+491511\nEND:VCARD")
                                                   << ann;
        QTest::newRow("3.0, folded inside a character, CR alone") << QByteArray(
            "BEGIN:VCARD\rVERSION:3.0\rFN:Ann B\xc3\r \xa4r\rN:B\xc3\xa4r;Ann;;;\rTEL;TYPE=CELL:+491511\rEND:VCARD\r")
                                                                  << ann;
        QTest::newRow("4.0, tel: with type list")
            << QByteArray("BEGIN:VCARD\nVERSION:4.0\nFN:Ann B\xc3\xa4r\nN:B\xc3\xa4r;Ann;;;\n"
                          "TEL;VALUE=uri;TYPE=\"voice,cell\":tel:+491511;ext=5\nEND:VCARD")
            << [&] {
                   Card card = ann;
                   card.phones.front().type = QStringLiteral("voice,cell"); // quoted: one type
                   return card;
               }();
        QTest::newRow("UTF-8 with a mark") << QByteArray("\xef\xbb\xbf"
                                                         "BEGIN:VCARD\nVERSION:3.0\nFN:Ann B\xc3\xa4r\n"
                                                         "N:B\xc3\xa4r;Ann\nTEL;TYPE=CELL:+491511\nEND:VCARD")
                                           << ann;
    }
    void theThreeVersions()
    {
        QFETCH(QByteArray, text);
        QFETCH(Card, expected);
        const VCardsRead read = readVCards(text, 10);
        QCOMPARE(read.cards.size(), 1U);
        QCOMPARE(read.cards.front().name, expected.name);
        QCOMPARE(read.cards.front().phones, expected.phones);
    }

    void groupsAndLabels()
    {
        const Card card
            = one("FN:Ann\r\nitem2.X-ABLabel:_$!<Mobile>!$_\r\nitem2.TEL:+1\r\nitem3.ADR:;;Way 1;City;;;\r\n"
                  "item3.X-ABADR:de\r\nitem4.URL:https\\://example.org\r\nitem4.X-ABLabel:Shop\r\n");
        QCOMPARE(card.phones.front().type, QStringLiteral("Mobile"));
        QCOMPARE(card.addresses.front().countryCode, QStringLiteral("de"));
        QCOMPARE(card.urls, (std::vector<CardUrl>{{QStringLiteral("https://example.org"), QStringLiteral("Shop")}}));
    }

    void birthdays()
    {
        QCOMPARE(one("FN:A\r\nBDAY:19900401\r\n").birthday, QStringLiteral("1990-04-01"));
        QCOMPARE(one("FN:A\r\nBDAY:1990-04-01T00:00:00Z\r\n").birthday, QStringLiteral("1990-04-01"));
        QCOMPARE(one("FN:A\r\nBDAY:--0401\r\n").birthday, QString());
        QCOMPARE(one("FN:A\r\nBDAY:1990-02-30\r\n").birthday, QString());
    }

    void whatACardHasNoRoomFor()
    {
        const VCardsRead read
            = readVCards("BEGIN:VCARD\nVERSION:3.0\nFN:A\nNOTE:secret\nPHOTO;ENCODING=b;TYPE=JPEG:AAAA\n BBBB\n"
                         "note:twice\nUID:1\nBDAY:--0401\nEND:VCARD\n",
                10);
        QCOMPARE(read.dropped, (QStringList{QStringLiteral("NOTE"), QStringLiteral("PHOTO"), QStringLiteral("BDAY")}));
    }

    void limitsAndRubbish()
    {
        QByteArray many;
        for (int i = 0; i < 300; ++i)
            many += "BEGIN:VCARD\nFN:P\nEND:VCARD\n";
        QCOMPARE(readVCards(many, 257).cards.size(), 257U);
        QCOMPARE(readVCards(many, 257).leftOut, 43);
        QCOMPARE(readVCards("BEGIN:VCARD\nEMAIL:a@b.c\nEND:VCARD\n", 10).empty, 1);
        QCOMPARE(readVCards("BEGIN:VCARD\nFN:cut", 10).open, 1);
        QVERIFY(readVCards("BEGIN:VCARD\nFN:cut", 10).cards.empty());
        // A card inside a card (2.1 AGENT) does not add to the outer one.
        const VCardsRead agent
            = readVCards("BEGIN:VCARD\nFN:Boss\nAGENT:\nBEGIN:VCARD\nFN:Help\nEND:VCARD\nTEL:+1\nEND:VCARD\n", 10);
        QCOMPARE(agent.cards.size(), 1U);
        QCOMPARE(agent.cards.front().name.formatted, QStringLiteral("Boss"));
        QCOMPARE(agent.cards.front().phones.size(), 1U);
        for (const QByteArray &text : {QByteArray(), QByteArray("\0\0\xff", 3), QByteArray("END:VCARD\n"),
                 QByteArray("BEGIN:VCARD\n:\n;\n=:=\nTEL;\"\nEND:VCARD"), QByteArray(100'000, '\n'),
                 QByteArray(100'000, ' ')})
            QVERIFY(readVCards(text, 10).cards.empty());
        QVERIFY(one("FN:A\r\nTEL;waid=12a:\r\n").phones.empty());
    }

    /// Exports put one behind the other, one of them cut: that card is left out and counted, nobody behind it.
    void aMissingEndCostsOneCard()
    {
        const auto whole = [](const char *name) -> QByteArray {
            return "BEGIN:VCARD\r\nFN:" + QByteArray(name) + "\r\nEND:VCARD\r\n";
        };
        const QByteArray cut = "BEGIN:VCARD\r\nFN:Cut\r\nTEL:+4477009\r\n";
        const VCardsRead read
            = readVCards(whole("A") + cut + whole("B") + cut + cut + "\xef\xbb\xbf" + whole("C") + cut, 10);
        QCOMPARE(namesOf(read), QStringLiteral("A B C"));
        QCOMPARE(read.open, 4);
        QVERIFY(!read.truncated);
        QVERIFY(read.cards.back().phones.empty()); // nothing of the cut one
    }

    void cardsOfAgents()
    {
        const QByteArray agent = "BEGIN:VCARD\nFN:Agent\nTEL:+2\n";
        const QByteArray rest = "END:VCARD\nTEL:+1\nEND:VCARD\n";
        const QByteArray last = "BEGIN:VCARD\nFN:Last\nEND:VCARD\n";
        for (const QByteArray &before : std::vector<QByteArray>{"AGENT:\n" + agent, "item1.agent;X=Y: \n\n" + agent,
                 "AGENT:" + agent, "AGENT:\n" + agent + "AGENT:\n" + agent + "END:VCARD\n"}) {
            const VCardsRead read = readVCards("BEGIN:VCARD\nFN:Ann\n" + before + rest + last, 10);
            QCOMPARE(namesOf(read), QStringLiteral("Ann Last"));
            QCOMPARE(read.cards.front().phones, (std::vector<CardPhone>{{QStringLiteral("+1"), {}, {}}}));
            QCOMPARE(read.open, 0);
            // One END for both of them: which numbers are whose is not known.
            const VCardsRead cut = readVCards("BEGIN:VCARD\nFN:Ann\n" + before + "END:VCARD\n" + last, 10);
            QCOMPARE(namesOf(cut), QStringLiteral("Last"));
            QCOMPARE(cut.open, 1);
        }
        // 3.0 has it as text, here folded where the line of a 2.1 card would end.
        // Without a colon it is no property: what begins behind it is the next card, not the agent's.
        const VCardsRead bare
            = readVCards("BEGIN:VCARD\nFN:Ann\nTEL:+1\nAGENT\nBEGIN:VCARD\nFN:Bob\nTEL:+2\nEND:VCARD\n", 10);
        QCOMPARE(bare.cards.back().name.formatted, QStringLiteral("Bob"));
        QCOMPARE(one("FN:Ann\r\nAGENT:BEGIN:VCARD\r\n \\nFN:Agent\\nEND:VCARD\\n\r\nTEL:+1\r\n").phones.size(), 1U);
    }

    /// The last line says that it goes on, and then the card ends.
    void softBreakBeforeTheEnd()
    {
        const VCardsRead read = readVCards("BEGIN:VCARD\nFN:Ann\nNOTE;QUOTED-PRINTABLE:x=\nEND:VCARD\n"
                                           "BEGIN:VCARD\nFN:Bob\nTEL;QUOTED-PRINTABLE:+4477=\nEND:VCARD\n",
            10);
        QCOMPARE(namesOf(read), QStringLiteral("Ann Bob"));
        QVERIFY(read.cards.back().phones.empty()); // half a number is none
        QCOMPARE(read.dropped, (QStringList{QStringLiteral("NOTE"), QStringLiteral("TEL")}));
    }

    void whatNoPersonsCardHolds()
    {
        QByteArray numbers;
        for (int i = 0; i < 101; ++i)
            numbers += "TEL:+1\nEMAIL:a@b.example\n";
        const QByteArray huge(1'000'000, 'x');
        const VCardsRead read = readVCards(
            "BEGIN:VCARD\nFN:" + huge + "\nN:Bell;Ann\nTITLE;X=" + huge + ":boss\n" + numbers + "END:VCARD\n", 10);
        QCOMPARE(read.cards.size(), 1U);
        QCOMPARE(read.cards.front().name.formatted, QStringLiteral("Ann Bell"));
        QCOMPARE(read.cards.front().org.title, QString());
        QCOMPARE(read.cards.front().phones.size(), 100U);
        QCOMPARE(read.cards.front().emails.size(), 100U);
        QCOMPARE(read.dropped, (QStringList{QStringLiteral("FN"), QStringLiteral("TEL"), QStringLiteral("EMAIL")}));
    }
    void hostileFilesAreReadInTime()
    {
        QByteArray names = "BEGIN:VCARD\nFN:A\n";
        for (int i = 0; i < 200'000; ++i)
            names += 'X' + QByteArray::number(i) + ":v\n";
        QByteArray schemes = "BEGIN:VCARD\nFN:A\n";
        for (int i = 0; i < 100; ++i)
            schemes += "TEL:" + QByteArray("tel:").repeated(4'000) + "+1\n";
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(readVCards(names + "END:VCARD\n", 10).dropped.size(), 100);
        const VCardsRead read = readVCards(schemes + "END:VCARD\n", 10);
        QCOMPARE(read.cards.front().phones.back().phone, QStringLiteral("+1"));
        QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed()))); // without a bound: minutes
    }
};

QTEST_GUILESS_MAIN(VCardReaderTest)
#include "vcardreader_test.moc"
