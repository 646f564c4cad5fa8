// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/detailwords.h"

#include <QLocale>
#include <QTest>

using namespace rollcall;

class DetailWordsTest final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void details_data();
    void details();
};

void DetailWordsTest::details_data()
{
    QTest::addColumn<QString>("stored");
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing") << QString() << QString();
    QTest::newRow("a person") << QStringLiteral("{\"name\":\"Anna\",\"number\":\"+49 151 1\"}")
                              << QStringLiteral("Name: Anna; Number: +49 151 1");
    QTest::newRow("an empty note") << QStringLiteral("{\"reason\":\"STOP\",\"note\":\"\"}")
                                   << QStringLiteral("Reason: STOP");
    QTest::newRow("a file") << QStringLiteral("{\"file\":\"a.csv\",\"bytes\":2048,\"sha256\":\"00ff\"}")
                            << QStringLiteral("File: a.csv; Size: 2.00 KiB; SHA-256: 00ff");
    QTest::newRow("a key of later versions") << QStringLiteral("{\"moon\":true}") << QStringLiteral("moon: true");
    QTest::newRow("no object") << QStringLiteral("[1]") << QStringLiteral("[1]");
    QTest::newRow("plain text") << QStringLiteral("said so\nby phone") << QStringLiteral("said so by phone");
    QTest::newRow("turned") << QStringLiteral("{\"name\":\"a\u202eb\"}") << QStringLiteral("Name: a‹U+202E›b");
}

void DetailWordsTest::details()
{
    QFETCH(const QString, stored);
    QFETCH(const QString, words);
    QCOMPARE(DetailWords::text(stored), words);
}

QTEST_GUILESS_MAIN(DetailWordsTest)
#include "detailwords_test.moc"
