// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/fold.h"

#include <QTest>

using namespace rollcall;

class FoldTest : public QObject {
    Q_OBJECT
private slots:
    void found_data();
    void found();
    void notFound_data();
    void notFound();
    void numbers_data();
    void numbers();
    void anEmptyTextLooksForNothing();
};

void FoldTest::found_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("typed");
    QTest::newRow("case") << "Anna SCHMIDT"
                          << "schmidt";
    QTest::newRow("umlaut") << QStringLiteral("Jürgen Müller") << "muller";
    QTest::newRow("umlaut typed") << QStringLiteral("Jürgen Müller") << QStringLiteral("MÜLLER");
    QTest::newRow("decomposed in the list") << QStringLiteral("Mu\u0308ller") << QStringLiteral("müller");
    QTest::newRow("sharp s") << QStringLiteral("Straße") << "STRASSE";
    QTest::newRow("polish l") << QStringLiteral("Łukasz Wałęsa") << "lukasz walesa";
    QTest::newRow("danish o") << QStringLiteral("Søren") << "soren";
    QTest::newRow("ae") << QStringLiteral("Ægir") << "aegir";
    QTest::newRow("croatian d") << QStringLiteral("Đorđe") << "dorde";
    QTest::newRow("turkish dotted I") << QStringLiteral("İstanbul") << "istanbul";
    QTest::newRow("turkish dotless i") << QStringLiteral("Isparta Kılıç") << "kilic";
    QTest::newRow("vietnamese") << QStringLiteral("Nguyễn Thị Hường") << "nguyen thi huong";
    QTest::newRow("greek final sigma") << QStringLiteral("ΝΙΚΟΣ") << QStringLiteral("νικος");
    QTest::newRow("greek accent") << QStringLiteral("Αθήνα") << QStringLiteral("αθηνα");
    QTest::newRow("arabic harakat") << QStringLiteral("مُحَمَّد") << QStringLiteral("محمد");
    QTest::newRow("ligature") << QStringLiteral("ﬁnance") << "finance";
    QTest::newRow("full width") << QStringLiteral("ＡＢＣ") << "abc";
    QTest::newRow("arabic digits") << QStringLiteral("٠١٢٣") << "0123";
    QTest::newRow("zero width joiner") << QStringLiteral("ab\u200Dcd") << "abcd";
    QTest::newRow("no-break space") << QStringLiteral("a\u00A0b") << "a b";
    QTest::newRow("blanks around what is typed") << "Anna"
                                                 << "  ann ";
    QTest::newRow("outside the base plane") << QStringLiteral("🦊 Fox") << QStringLiteral("🦊 fox");
}

void FoldTest::found()
{
    QFETCH(QString, text);
    QFETCH(QString, typed);
    const std::string hay = folded(text);
    const Needle needle = needleOf(typed);
    QVERIFY2(hay.find(needle.text) != std::string::npos, (hay + " / " + needle.text).c_str());
}

void FoldTest::notFound_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("typed");
    // Vowel signs are letters to their readers: "book" is not any other word with these consonants.
    QTest::newRow("hindi vowel") << QStringLiteral("किताब") << QStringLiteral("कताब");
    QTest::newRow("another letter") << QStringLiteral("Müller") << "moller";
}

void FoldTest::notFound()
{
    QFETCH(QString, text);
    QFETCH(QString, typed);
    QCOMPARE(folded(text).find(needleOf(typed).text), std::string::npos);
}

void FoldTest::numbers_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("digits");
    QTest::newRow("punctuated") << "(631) 555-10"
                                << "63155510";
    QTest::newRow("plus") << "+49 171"
                          << "49171";
    QTest::newRow("plain digits need no second look") << "555"
                                                      << "";
    QTest::newRow("words") << "room 12"
                           << "";
    QTest::newRow("e-mail") << "a1@b2.c"
                            << "";
    QTest::newRow("arabic-indic") << QStringLiteral("٥٥٥-١") << "5551";
}

void FoldTest::numbers()
{
    QFETCH(QString, typed);
    QFETCH(QString, digits);
    QCOMPARE(QString::fromStdString(needleOf(typed).digits), digits);
}

void FoldTest::anEmptyTextLooksForNothing()
{
    QVERIFY(needleOf(QString()).isEmpty());
    QVERIFY(needleOf(QStringLiteral("   ")).isEmpty());
    QVERIFY(needleOf(QStringLiteral("\u0301")).isEmpty()); // an accent alone
    QVERIFY(!needleOf(QStringLiteral("-")).isEmpty());
}

QTEST_APPLESS_MAIN(FoldTest)
#include "fold_test.moc"
