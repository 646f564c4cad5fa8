// SPDX-License-Identifier: GPL-3.0-or-later
// Expected bytes written by hand from RFC 2426 (sections 2.6, 3, 4) and, for octets and TYPE on URL, RFC 6350 (3.2,
// 6.7.8); the example address is RFC 2426 section 7.
#include "models/formats/vcardwriter.h"

#include <QTest>

using namespace rollcall;

namespace {

/// The lines that stand for `card` between VERSION and END, without those of the name.
QByteArray bodyOf(Card card)
{
    card.name.formatted = QStringLiteral("A");
    card.name.first = QStringLiteral("A");
    QByteArray text = vCardOf(card);
    const QByteArray head = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:;A;;;\r\nFN:A\r\n";
    const QByteArray tail = "END:VCARD\r\n";
    if (!text.startsWith(head) || !text.endsWith(tail))
        return "not framed: " + text;
    return text.mid(head.size(), text.size() - head.size() - tail.size());
}

Card named(const QString &formatted)
{
    Card card;
    card.name.formatted = formatted;
    card.name.first = QStringLiteral("A");
    return card;
}

/// What FN is written as, with its line breaks.
QByteArray formattedName(const QString &formatted)
{
    const QByteArray text = vCardOf(named(formatted));
    const qsizetype from = text.indexOf("\r\nFN:") + 2;
    return text.mid(from, text.indexOf("\r\nEND:") - from);
}

} // namespace

class VCardWriterTest final : public QObject {
    Q_OBJECT

private slots:
    void writesEveryField();
    void escapesText_data();
    void escapesText();
    void aNameIsAlwaysThere_data();
    void aNameIsAlwaysThere();
    void foldsAt75Octets_data();
    void foldsAt75Octets();
    void longLinesUnfoldToWhatWentIn();
    void typesEndWhereTheyEnd_data();
    void typesEndWhereTheyEnd();
    void linksAreUris();
    void leavesOutWhatIsNothing();
    void nothingTypedMakesAProperty();
};

void VCardWriterTest::writesEveryField()
{
    Card card;
    card.name = {QStringLiteral("Mr. Frank Q. Dawson Jr."), QStringLiteral("Frank"), QStringLiteral("Dawson"),
        QStringLiteral("Q."), QStringLiteral("Mr."), QStringLiteral("Jr.")};
    card.org
        = {QStringLiteral("Lotus Development Corporation"), QStringLiteral("Messaging"), QStringLiteral("Engineer")};
    card.phones = {{QStringLiteral("+1-919-676-9515"), QStringLiteral("WORK"), QStringLiteral("19196769515")},
        {QStringLiteral("+1-919-676-9564"), QStringLiteral("CELL"), {}}, {QStringLiteral("911"), {}, {}}};
    card.emails = {{QStringLiteral("Frank_Dawson@Lotus.com"), QStringLiteral("WORK")},
        {QStringLiteral("fdawson@earthlink.net"), {}}};
    card.urls = {{QStringLiteral("http://home.earthlink.net/~fdawson"), QStringLiteral("HOME")}};
    card.addresses
        = {{QStringLiteral("6544 Battleford Drive"), QStringLiteral("Raleigh"), QStringLiteral("NC"),
               QStringLiteral("27613-3502"), QStringLiteral("U.S.A."), QStringLiteral("us"), QStringLiteral("WORK")},
            {QStringLiteral("1 Main St"), QStringLiteral("Cary"), {}, {}, {}, {}, {}}};
    card.birthday = QStringLiteral("1953-10-15");
    QCOMPARE(vCardOf(card),
        QByteArray("BEGIN:VCARD\r\n"
                   "VERSION:3.0\r\n"
                   "N:Dawson;Frank;Q.;Mr.;Jr.\r\n"
                   "FN:Mr. Frank Q. Dawson Jr.\r\n"
                   "ORG:Lotus Development Corporation;Messaging\r\n"
                   "TITLE:Engineer\r\n"
                   "TEL;TYPE=WORK;waid=19196769515:+1-919-676-9515\r\n"
                   "TEL;TYPE=CELL:+1-919-676-9564\r\n"
                   "TEL:911\r\n"
                   "EMAIL;TYPE=WORK:Frank_Dawson@Lotus.com\r\n"
                   "EMAIL:fdawson@earthlink.net\r\n"
                   "URL;TYPE=HOME:http://home.earthlink.net/~fdawson\r\n"
                   "item1.ADR;TYPE=WORK:;;6544 Battleford Drive;Raleigh;NC;27613-3502;U.S.A.\r\n"
                   "item1.X-ABADR:us\r\n"
                   "ADR:;;1 Main St;Cary;;;\r\n"
                   "BDAY:1953-10-15\r\n"
                   "END:VCARD\r\n"));
}

void VCardWriterTest::escapesText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("written");
    QTest::newRow("comma") << "Doe, John" << QByteArray("Doe\\, John");
    QTest::newRow("semicolon") << "a;b" << QByteArray("a\\;b");
    QTest::newRow("backslash") << "a\\b" << QByteArray("a\\\\b");
    QTest::newRow("backslash before n is no line break") << "C:\\new" << QByteArray("C:\\\\new");
    QTest::newRow("LF") << "a\nb" << QByteArray("a\\nb");
    QTest::newRow("CR LF is one") << "a\r\nb" << QByteArray("a\\nb");
    QTest::newRow("CR") << "a\rb" << QByteArray("a\\nb");
    QTest::newRow("two") << "a\n\r\nb" << QByteArray("a\\n\\nb");
    QTest::newRow("CR at the end") << "a\r" << QByteArray("a\\n");
    QTest::newRow("vertical tab, form feed") << "a\vb\fc" << QByteArray("a\\nb\\nc");
    QTest::newRow("NEL, LS, PS") << u"a\u0085b\u2028c\u2029d"_qs << QByteArray("a\\nb\\nc\\nd");
    QTest::newRow("colon and quotes stay") << "a: \"b\"" << QByteArray("a: \"b\"");
    QTest::newRow("tab stays") << "a\tb" << QByteArray("a\tb");
    QTest::newRow("NUL, ESC, DEL go") << u"a\0b\u001bc\u007fd"_qs << QByteArray("abcd");
    QTest::newRow("UTF-8") << u"Zo\u00eb \U0001F600 \u05d0"_qs << QByteArray("Zo\xc3\xab \xf0\x9f\x98\x80 \xd7\x90");
    QTest::newRow("blanks stay") << "  a  " << QByteArray("  a  ");
}

void VCardWriterTest::escapesText()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, written);
    QCOMPARE(formattedName(text), "FN:" + written);
    Card card;
    card.org = {text, text, text};
    card.addresses = {{text, text, text, text, text, {}, {}}};
    card.phones = {{text, {}, {}}};
    card.emails = {{text, {}}};
    const QByteArray w = written;
    QCOMPARE(bodyOf(card),
        "ORG:" + w + ";" + w + "\r\nTITLE:" + w + "\r\nTEL:" + w + "\r\nEMAIL:" + w + "\r\nADR:;;" + w + ";" + w + ";"
            + w + ";" + w + ";" + w + "\r\n");
}

void VCardWriterTest::aNameIsAlwaysThere_data()
{
    QTest::addColumn<Card>("card");
    QTest::addColumn<QByteArray>("lines");
    Card card;
    QTest::newRow("nothing at all") << card << QByteArray("N:;;;;\r\nFN:\r\n");
    card.phones = {{QStringLiteral("+1 555"), {}, {}}};
    QTest::newRow("a number only") << card << QByteArray("N:;+1 555;;;\r\nFN:+1 555\r\n");
    card.org.company = QStringLiteral("Acme; Ltd");
    QTest::newRow("a company") << card << QByteArray("N:;Acme\\; Ltd;;;\r\nFN:Acme\\; Ltd\r\n");
    card.name.last = QStringLiteral("Doe");
    card.name.prefix = QStringLiteral("Dr");
    QTest::newRow("parts without a formatted name") << card << QByteArray("N:Doe;;;Dr;\r\nFN:Dr Doe\r\n");
    card.name = {QStringLiteral("John"), {}, {}, {}, {}, {}};
    QTest::newRow("a formatted name only") << card << QByteArray("N:;John;;;\r\nFN:John\r\n");
}

void VCardWriterTest::aNameIsAlwaysThere()
{
    QFETCH(Card, card);
    QFETCH(QByteArray, lines);
    const QByteArray text = vCardOf(card);
    QVERIFY2(text.startsWith(QByteArray("BEGIN:VCARD\r\nVERSION:3.0\r\n" + lines)), text.constData());
}

void VCardWriterTest::foldsAt75Octets_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("written");
    const auto as = [](int count) { return QString(count, u'a'); };
    const auto bytes = [](int count) { return QByteArray(count, 'a'); };
    // "FN:" is 3 octets, so 72 fill the first line; a continuation holds 74 behind its blank.
    QTest::newRow("75 octets") << as(72) << "FN:" + bytes(72);
    QTest::newRow("76 octets") << as(73) << "FN:" + bytes(72) + "\r\n a";
    QTest::newRow("two lines full") << as(146) << "FN:" + bytes(72) + "\r\n " + bytes(74);
    QTest::newRow("three lines") << as(147) << "FN:" + bytes(72) + "\r\n " + bytes(74) + "\r\n a";
    QTest::newRow("2 octets end at 75") << QString(as(70) + QChar(0xe9) + u'b') << "FN:" + bytes(70) + "\xc3\xa9\r\n b";
    QTest::newRow("2 octets would be cut") << QString(as(71) + QChar(0xe9)) << "FN:" + bytes(71) + "\r\n \xc3\xa9";
    QTest::newRow("3 octets would be cut")
        << QString(as(70) + QChar(0x20ac)) << "FN:" + bytes(70) + "\r\n \xe2\x82\xac";
    QTest::newRow("4 octets end at 75") << QString(as(68) + u"\U0001F600"_qs) << "FN:" + bytes(68) + "\xf0\x9f\x98\x80";
    QTest::newRow("4 octets would be cut")
        << QString(as(69) + u"\U0001F600"_qs) << "FN:" + bytes(69) + "\r\n \xf0\x9f\x98\x80";
    QTest::newRow("a blank at the fold is kept")
        << QString(as(72) + QLatin1String(" b")) << "FN:" + bytes(72) + "\r\n  b";
}

void VCardWriterTest::foldsAt75Octets()
{
    QFETCH(QString, text);
    QTEST(formattedName(text), "written");
}

void VCardWriterTest::longLinesUnfoldToWhatWentIn()
{
    // 400 characters of 1 to 4 octets each, with what is escaped among them.
    QString text;
    for (int i = 0; i < 100; ++i)
        text += u"x\u00fc\u0939\U0001F468,"_qs;
    const QByteArray folded = formattedName(text);
    for (const QByteArray &line : folded.split('\n'))
        QVERIFY2(line.size() <= 75 + (line.endsWith('\r') ? 1 : 0), line.constData());
    for (const QByteArray &line : QByteArray(folded).replace("\r\n ", "\n").split('\n'))
        QVERIFY2(QString::fromUtf8(line).toUtf8() == line && !QString::fromUtf8(line).contains(QChar(0xfffd)),
            "a character was cut");
    QCOMPARE(
        QByteArray(folded).replace("\r\n ", ""), "FN:" + QString(text).replace(u',', QStringLiteral("\\,")).toUtf8());
}

void VCardWriterTest::typesEndWhereTheyEnd_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("as typed") << "iPhone" << QByteArray("TEL;TYPE=iPhone:1");
    QTest::newRow("trimmed") << " HOME " << QByteArray("TEL;TYPE=HOME:1");
    QTest::newRow("none") << " " << QByteArray("TEL:1");
    QTest::newRow("not ASCII") << u"B\u00fcro"_qs << QByteArray("TEL;TYPE=B\xc3\xbcro:1");
    QTest::newRow("colon") << "a:b" << QByteArray("TEL;TYPE=\"a:b\":1");
    QTest::newRow("semicolon") << "a;b=c" << QByteArray("TEL;TYPE=\"a;b=c\":1");
    QTest::newRow("comma") << "HOME,WORK" << QByteArray("TEL;TYPE=\"HOME,WORK\":1");
    QTest::newRow("quote") << "a\"b" << QByteArray("TEL;TYPE=a'b:1");
    QTest::newRow("quote and colon") << "\":x" << QByteArray("TEL;TYPE=\"':x\":1");
    QTest::newRow("line break") << "a\r\nb\u2028c" << QByteArray("TEL;TYPE=abc:1");
}

void VCardWriterTest::typesEndWhereTheyEnd()
{
    QFETCH(QString, type);
    QFETCH(QByteArray, line);
    Card card;
    card.phones = {{QStringLiteral("1"), type, {}}};
    QCOMPARE(bodyOf(card), line + "\r\n");
}

void VCardWriterTest::linksAreUris()
{
    Card card;
    card.urls = {{QStringLiteral("https://example.org/a,b;c?d=e&f=%20#g"), {}},
        {QStringLiteral(" https://example.org/a b\\c "), {}}, {u"https://ex\u00e4mple.org/"_qs, QStringLiteral("WORK")},
        {QStringLiteral("https://x\r\nTEL:1"), {}}};
    QCOMPARE(bodyOf(card),
        QByteArray("URL:https://example.org/a,b;c?d=e&f=%20#g\r\n"
                   "URL:https://example.org/a%20b%5Cc\r\n"
                   "URL;TYPE=WORK:https://ex%C3%A4mple.org/\r\n"
                   "URL:https://x%0D%0ATEL:1\r\n"));
}

void VCardWriterTest::leavesOutWhatIsNothing()
{
    Card card;
    card.phones = {{{}, QStringLiteral("CELL"), {}}, {{}, {}, QStringLiteral("no digits")},
        {QStringLiteral("1"), {}, QStringLiteral("+1")}, {{}, {}, QStringLiteral("16315551004")},
        {QStringLiteral("2"), {}, u"\u0661\u0662"_qs}};
    card.emails = {{{}, QStringLiteral("HOME")}};
    card.urls = {{QStringLiteral(" "), QStringLiteral("HOME")}};
    card.addresses = {{{}, {}, {}, {}, {}, {}, QStringLiteral("HOME")}, {{}, {}, {}, {}, {}, QStringLiteral("de"), {}}};
    card.org.department = QStringLiteral("Sales");
    for (const char *birthday : {"15.10.1953", "1953-02-30", "1953-10-1", "1953-10-15\r\nX:1", ""}) {
        card.birthday = QString::fromLatin1(birthday);
        QCOMPARE(bodyOf(card),
            QByteArray("ORG:;Sales\r\n"
                       "TEL:1\r\n"
                       "TEL;waid=16315551004:+16315551004\r\n"
                       "TEL:2\r\n"
                       "item1.ADR:;;;;;;\r\n"
                       "item1.X-ABADR:de\r\n"));
    }
}

void VCardWriterTest::nothingTypedMakesAProperty()
{
    const QString evil = u"x\r\nEND:VCARD\r\nBEGIN:VCARD\nTEL:+1900\rX\u2028Y\u0085Z"_qs;
    Card card;
    card.name = {evil, evil, evil, evil, evil, evil};
    card.org = {evil, evil, evil};
    card.phones = {{evil, evil, evil}};
    card.emails = {{evil, evil}};
    card.urls = {{evil, evil}};
    card.addresses = {{evil, evil, evil, evil, evil, evil, evil}};
    card.birthday = evil;
    const QByteArray text = vCardOf(card);
    QCOMPARE(text.count("\r\nEND:VCARD\r\n"), 1);
    QCOMPARE(text.count('\r'), text.count("\r\n"));
    QCOMPARE(text.count('\n'), text.count("\r\n"));
    QByteArrayList names;
    for (const QByteArray &line : QByteArray(text).replace("\r\n ", "").split('\n'))
        names += line.left(line.indexOf(line.contains(';') && line.indexOf(';') < line.indexOf(':') ? ';' : ':'));
    QCOMPARE(names.join(' '), QByteArray("BEGIN VERSION N FN ORG TITLE TEL EMAIL URL item1.ADR item1.X-ABADR END "));
    QVERIFY(!QString::fromUtf8(text).contains(QChar(0x2028)));
}

QTEST_GUILESS_MAIN(VCardWriterTest)
#include "vcardwriter_test.moc"
