// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/json.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace rollcall;

class JsonTest : public QObject {
    Q_OBJECT
private slots:
    void keepsKeyOrderAndNumberText();
    void refuses_data();
    void refuses();
    void nothingIsConvertedSilently();
    void publicCorpus();
};

void JsonTest::keepsKeyOrderAndNumberText()
{
    const QByteArray text = R"({"z":12345678901234567890123,"a":[1.50,-0,null,true,"é\n\"\\"],"m":{}})";
    const auto json = parseJson(text);
    QVERIFY(json.ok());
    QCOMPARE(json->toCompact(), QByteArray(R"({"z":12345678901234567890123,"a":[1.50,0,null,true,"é\n\"\\"],"m":{}})"));
}

void JsonTest::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("duplicate key") << QByteArray(R"({"status":"invalid","status":"valid"})");
    QTest::newRow("duplicate key by escape") << QByteArray(R"({"status":1,"st\u0061tus":2})");
    QTest::newRow("lone surrogate") << QByteArray(R"(["\ud800"])");
    QTest::newRow("control byte") << QByteArray("[\"a\nb\"]");
    QTest::newRow("bad utf-8") << QByteArray("[\"\xff\"]");
    QTest::newRow("two values") << QByteArray("{}{}");
    QTest::newRow("NUL after the value") << QByteArray("{}\0", 3);
    QTest::newRow("cut") << QByteArray(R"({"a":)");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("html") << QByteArray("<html>502</html>");
    QTest::newRow("too deep") << QByteArray(65, '[') + QByteArray(65, ']');
    QTest::newRow("100000 open") << QByteArray(100'000, '[');
    QTest::newRow("millions of values") << QByteArray('[' + QByteArray("0,").repeated(3'000'000) + "0]");
    QByteArray keys("{");
    for (int i = 0; i < 20'000; ++i)
        keys += '"' + QByteArray::number(i) + "\":0,";
    QTest::newRow("20000 keys") << QByteArray(keys + "\"x\":0}");
}

void JsonTest::refuses()
{
    QFETCH(QByteArray, text);
    const auto json = parseJson(text);
    QVERIFY(!json.ok());
    QCOMPARE(json.failure().kind, Failure::Kind::BadReply);
}

void JsonTest::nothingIsConvertedSilently()
{
    const auto json = parseJson(R"({"n":"4029","i":4029,"b":"true","big":9007199254740993})");
    QVERIFY(json.ok());
    QVERIFY(!(*json)[u"n"].toInteger().has_value());
    QCOMPARE((*json)[u"n"].toInteger(true).value(), 4029);
    QCOMPARE((*json)[u"i"].toInteger().value(), 4029);
    QCOMPARE((*json)[u"b"].toBool(false), false);
    QCOMPARE((*json)[u"big"].toInteger().value(), 9007199254740993LL);
    QVERIFY((*json)[u"absent"].isNull());
    QCOMPARE((*json)[u"i"].toString(QStringLiteral("none")), QStringLiteral("none"));
}

void JsonTest::publicCorpus()
{
    const QDir corpus(QStringLiteral(ROLLCALL_SOURCE_DIR "/../shared/corpora/json-test-suite"));
    if (!corpus.exists())
        QSKIP("corpus not present: json-test-suite");
    int accepted = 0;
    int refused = 0;
    for (const QString &name : corpus.entryList({QStringLiteral("*.json")})) {
        QFile file(corpus.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const bool ok = parseJson(file.readAll()).ok();
        // Two texts that RFC 8259 allows have the same key twice: we refuse those on purpose.
        const bool duplicate = name.contains(QStringLiteral("duplicated_key"));
        if (name.startsWith(u'y')) {
            QVERIFY2(ok != duplicate, qPrintable(name));
            accepted += ok;
        } else if (name.startsWith(u'n')) {
            QVERIFY2(!ok, qPrintable(name));
            ++refused;
        }
    }
    QVERIFY(accepted > 90);
    QVERIFY(refused > 180);
}

QTEST_GUILESS_MAIN(JsonTest)
#include "json_test.moc"
