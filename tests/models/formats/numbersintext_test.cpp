// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/formats/numbersintext.h"

#include <QElapsedTimer>
#include <QTest>

using namespace rollcall;

class NumbersInTextTest final : public QObject {
    Q_OBJECT
private slots:
    void finds_data();
    void finds();
    void eachOnce();
    void withoutACountry();
    void whatIsNoNumberIsTold();
    void keepsWhatWasWritten();
    void aLongTextIsCut();
    void hostileText();
};

void NumbersInTextTest::finds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("region");
    QTest::addColumn<QStringList>("numbers");
    const auto row = [](const char *name, const char *text, const char *region, const QStringList &numbers) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromLatin1(region) << numbers;
    };
    const QString a = QStringLiteral("+447700900123"), b = QStringLiteral("+16315551004"),
                  c = QStringLiteral("+4915123456789");
    row("nothing", "Hello, how are you?", "", {});
    row("a line each", "+447700900123\r\n+1 631-555-1004\n", "", {a, b});
    row("in a sentence", "Please call Ada (+44 7700 900123), or +1 (631) 555-1004.", "", {a, b});
    row("behind one another", "+447700900123 +16315551004 +49 151 23456789", "", {a, b, c});
    row("glued together", "+447700900123+16315551004", "", {a, b});
    row("comma and semicolon", "+447700900123,+16315551004;+4915123456789", "", {a, b, c});
    row("quoted CSV", "\"Ada\",\"+447700900123\"\t\"x\"", "", {a});
    row("national", "07700 900123", "GB", {a});
    row("national list with blanks between", "07700900123 07700900124", "GB", {a, QStringLiteral("+447700900124")});
    row("national one beside a date", "21.11.2026 10:15 0151 23456789", "DE", {c});
    row("behind a date alone", "21.11.2026 0151 23456789", "DE", {c});
    row("two zeros", "0049 151 23456789", "DE", {c});
    row("JID", "447700900123@c.us 16315551004@s.whatsapp.net", "", {a, b});
    row("link", "https://wa.me/447700900123 and https://api.whatsapp.com/send?phone=16315551004&text=Hi", "", {a, b});
    row("LID, group and mail are no number", "12345678901234@lid 120363025246125486@g.us 447700900123@example.org", "",
        {});
    row("chat export", "[21/11/2026, 10:15:22] +44 7700 900123: Stop 12", "", {a});
    row("chat export, German", "21.11.26, 10:15 - +49 151 23456789: STOPP", "", {c});
    row("dates, times and addresses", "2026-11-21 10:15:22 from 192.168.100.200, 21/11/2026", "GB", {});
    row("amounts", "1.234.567 and 1234567.89", "DE", {});
    row("within words", "order_447700900123 A447700900123 447700900123B", "GB", {});
    row("full-width plus and digits", "\xEF\xBC\x8B\xEF\xBC\x94\xEF\xBC\x94 7700 900123", "", {a});
    row("no-break blanks and marks",
        "\xE2\x80\xAA+44\xC2\xA0"
        "7700\xE2\x80\xAF"
        "900123\xE2\x80\xAC",
        "", {a});
    row("unusual dashes",
        "+44\xE2\x80\x91"
        "7700\xE2\x80\x93"
        "900123",
        "", {a});
}

void NumbersInTextTest::finds()
{
    QFETCH(QString, text);
    QFETCH(QString, region);
    QFETCH(QStringList, numbers);
    const NumbersInText found = findNumbers(text, region);
    QStringList got;
    for (const PhoneNumber &number : found.ready)
        got << number.e164Text();
    QCOMPARE(got, numbers);
    QVERIFY(!found.truncated);
}

void NumbersInTextTest::eachOnce()
{
    const NumbersInText found
        = findNumbers(QStringLiteral("+447700900123\n+44 7700 900 123\n07700900123"), QStringLiteral("GB"));
    QCOMPARE(found.ready.size(), std::size_t(1));
    QCOMPARE(found.repeated, qint64(2));
}

void NumbersInTextTest::withoutACountry()
{
    const NumbersInText found = findNumbers(QStringLiteral("07700 900123\n6315551004\n07700 900123"), {});
    QVERIFY(found.ready.empty());
    QCOMPARE(found.needCountry, (QStringList{QStringLiteral("07700 900123"), QStringLiteral("6315551004")}));
    QVERIFY(found.notNumbers.isEmpty());
}

void NumbersInTextTest::whatIsNoNumberIsTold()
{
    const NumbersInText found = findNumbers(
        QStringLiteral("Order 12345, parcel 12345678901234567890, room 12, +99912345678"), QStringLiteral("GB"));
    QVERIFY(found.ready.empty());
    QCOMPARE(found.notNumbers,
        (QStringList{QStringLiteral("12345"), QStringLiteral("12345678901234567890"), QStringLiteral("+99912345678")}));
}

void NumbersInTextTest::keepsWhatWasWritten()
{
    const NumbersInText found = findNumbers(QStringLiteral("Ada: (0)7700 900-123."), QStringLiteral("GB"));
    QCOMPARE(found.ready.size(), std::size_t(1));
    QCOMPARE(found.ready.front().typed, QStringLiteral("(0)7700 900-123"));
    QCOMPARE(found.ready.front().e164Text(), QStringLiteral("+447700900123"));
}

/// Lines of a megabyte, NULs, marks of direction: read without a hang (a quadratic reader needs minutes), and the
/// number between them is found as it is.
void NumbersInTextTest::hostileText()
{
    const QString number = QStringLiteral("+4915123456789");
    const QStringList texts{QString(1'000'000, u'7'), QString(1'000'000, u'+'),
        QStringLiteral("+49 ").repeated(250'000), QStringLiteral("1 ").repeated(500'000),
        QString(QString(300'000, QChar(u'\0'))), QString(QString(300'000, QChar(0x202e)))};
    for (const QString &text : texts) {
        QElapsedTimer timer;
        timer.start();
        const NumbersInText found = findNumbers(text + QStringLiteral("\n\u202e") + number + QChar(u'\0') + u'\n', {});
        QVERIFY2(timer.elapsed() < 60'000, qPrintable(text.left(5) + QString::number(timer.elapsed())));
        if (found.truncated)
            continue; // the number stood behind what is read
        QCOMPARE(found.ready.size(), 1U);
        QCOMPARE(found.ready[0].e164Text(), number);
    }
}

void NumbersInTextTest::aLongTextIsCut()
{
    QString text = QStringLiteral("+447700900123\n");
    text += QString(mostPastedText, u' ');
    text += QStringLiteral("\n+16315551004");
    const NumbersInText found = findNumbers(text, {});
    QVERIFY(found.truncated);
    QCOMPARE(found.ready.size(), std::size_t(1));
}

QTEST_APPLESS_MAIN(NumbersInTextTest)
#include "numbersintext_test.moc"
