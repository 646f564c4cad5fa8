// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/formats/csvsniffer.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace rollcall;

class CsvSnifferTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QVERIFY(m_folder.isValid()); }
    void guesses_data();
    void guesses();
    void refuses_data();
    void refuses();
    void brokenBytesAreCounted();
    void sampleFollowsTheFormat();
    void cancels();
    void csvlint();
    void w3cDialects();

private:
    QString make(const QByteArray &bytes)
    {
        const QString path = m_folder.filePath(QStringLiteral("file.csv"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return {};
        return path;
    }
    QTemporaryDir m_folder;
};

void CsvSnifferTest::guesses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<char>("delimiter");
    QTest::addColumn<bool>("header");
    QTest::addColumn<int>("firstLine");
    const auto row = [](const char *name, const QByteArray &bytes, const char *encoding, char delimiter, bool header,
                         int firstLine = 1) {
        QTest::newRow(name) << bytes << QByteArray(encoding) << delimiter << header << firstLine;
    };
    row("comma", "name,phone\nZoe,+4915123456789\n", "UTF-8", ',', true);
    row("semicolon", "Name;Telefon\r\nM\xC3\xBCller, Jan;0151 23456789\r\n", "UTF-8", ';', true);
    row("Last, First in each row", "Name;Telefon\nM, Jan;0151 23456789\nB, Eva;0171 2345678\n", "UTF-8", ';', true);
    row("tab", "name\tphone\nZoe\t+4915123456789\n", "UTF-8", '\t', true);
    row("bar", "name|phone\nZoe|+4915123456789\n", "UTF-8", '|', true);
    row("one column", "phone\n+4915123456789\n+4915123456780\n", "UTF-8", ',', true);
    row("one column, no header", "+4915123456789\n+4915123456780\n", "UTF-8", ',', false);
    row("no header", "Zoe,+4915123456789\nIan,+4915123456780\n", "UTF-8", ',', false);
    row("title above", "Customers of 2024\n\nname,phone\nZoe,+4915123456789\nIan,+4915123456780\n", "UTF-8", ',', true,
        3);
    row("padded title above", "Customers,,\nname,phone,tag\nZoe,+4915123456789,x\n", "UTF-8", ',', true, 2);
    row("BOM", "\xEF\xBB\xBFname,phone\nZoe,+4915123456789\n", "UTF-8", ',', true);
    row("UTF-16LE without BOM", QByteArray("n\0,\0p\0\n\0Z\0,\0+\0004\0009\0001\0005\0\n\0", 24), "UTF-16LE", ',',
        true);
    row("UTF-16BE BOM", QByteArray("\xFE\xFF\0n\0,\0p\0\n\0Z\0,\0+\0004\0009\0001\0005\0\n", 26), "UTF-16BE", ',',
        true);
    row("delimiters in quotes do not count", "name,note\n\"a;b;c;d\",\"x;y;z;w\"\n\"a;b;c;d\",\"x;y;z;w\"\n", "UTF-8",
        ',', true);
}

void CsvSnifferTest::guesses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, encoding);
    QFETCH(char, delimiter);
    QFETCH(bool, header);
    QFETCH(int, firstLine);
    const auto guess = guessCsv(make(bytes));
    QVERIFY(guess.ok());
    QCOMPARE(guess->format.encoding, encoding);
    QCOMPARE(guess->format.delimiter, delimiter);
    QCOMPARE(guess->format.header, header);
    QCOMPARE(guess->format.firstLine, qint64(firstLine));
    QCOMPARE(guess->delimiters.size(), std::size_t(4));
    QVERIFY(guess->encodings.size() >= 3);
    QCOMPARE(guess->bytes, qint64(bytes.size()));
}

void CsvSnifferTest::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("detail");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("empty");
    QTest::newRow("BOM only") << QByteArray("\xEF\xBB\xBF") << QStringLiteral("empty");
    QTest::newRow("blanks only") << QByteArray(" \r\n\r\n  \n") << QStringLiteral("empty");
    // PNG (RFC 2083, 3.1 and 4.1.1), an ELF head, a zip head (APPNOTE 4.3.7).
    QTest::newRow("PNG") << QByteArray("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0", 29)
                         << QStringLiteral("binary");
    QTest::newRow("ELF") << QByteArray("\x7F"
                                       "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\x3E\0\1\0\0\0",
        24) << QStringLiteral("binary");
    QTest::newRow("workbook") << QByteArray("PK\x03\x04\x14\0\6\0\x08\0\0\0", 12) << QStringLiteral("workbook");
    QTest::newRow("control bytes") << QByteArray("a,b\1\2\3\4\5\6\n") << QStringLiteral("binary");
    QTest::newRow("one NUL") << QByteArray("name,phone\nZo\0e,+4915123456789\nIan,+4915123456780\n", 51)
                             << QStringLiteral("binary");
}

void CsvSnifferTest::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, detail);
    const QString path = make(bytes);
    const auto guess = guessCsv(path);
    QVERIFY(!guess.ok());
    QCOMPARE(int(guess.failure().kind), int(Failure::Kind::BadInput));
    QCOMPARE(guess.failure().detail, detail);
    QCOMPARE(guess.failure().subject, path);
}

void CsvSnifferTest::brokenBytesAreCounted()
{
    QByteArray bytes = "name,phone\n";
    for (int i = 0; i < 50; ++i)
        bytes += "Zo\xC3\xAB,+4915123456789\n";
    bytes += "Zo\xEB,+4915123456789\n";
    const auto guess = guessCsv(make(bytes));
    QVERIFY(guess.ok());
    QCOMPARE(guess->format.encoding, QByteArray("UTF-8"));
    QCOMPARE(guess->brokenBytes, qint64(1));
}

void CsvSnifferTest::sampleFollowsTheFormat()
{
    const QString path = make("Report\n\nname;phone\nZo\xEB;+4915123456789\n;\nIan;1;2\nEva;3\n");
    const auto sample = readSample(path, {"windows-1252", ';', true, 3}, 2);
    QVERIFY(sample.ok());
    QCOMPARE(sample->header, (QStringList{QStringLiteral("name"), QStringLiteral("phone")}));
    QCOMPARE(sample->rows.size(), std::size_t(2));
    QCOMPARE(sample->rows[0].line, qint64(4));
    QCOMPARE(sample->rows[0].fields, (QStringList{QStringLiteral("Zoë"), QStringLiteral("+4915123456789")}));
    QCOMPARE(sample->rows[1].line, qint64(6));
    QCOMPARE(sample->columns, qsizetype(2));
    const auto bare = readSample(path, {"windows-1252", ';', false, 3}, 10);
    QVERIFY(bare.ok());
    QCOMPARE(bare->columns, qsizetype(3));
    QCOMPARE(bare->rows.size(), std::size_t(4));
}

void CsvSnifferTest::cancels()
{
    JobControl control;
    control.cancel();
    const auto guess = guessCsv(make("a,b\n"), control);
    QVERIFY(!guess.ok());
    QCOMPARE(int(guess.failure().kind), int(Failure::Kind::Cancelled));
}

void CsvSnifferTest::csvlint()
{
    const QDir corpus(QStringLiteral(ROLLCALL_SOURCE_DIR) + QStringLiteral("/../shared/corpora/csvlint"));
    if (!corpus.exists())
        QSKIP(qPrintable(QStringLiteral("corpus not present: ") + corpus.path()));
    const QStringList names = corpus.entryList({QStringLiteral("*.csv")});
    QVERIFY(names.size() >= 12);
    for (const QString &name : names) {
        const auto guess = guessCsv(corpus.filePath(name));
        QVERIFY2(guess.ok(), qPrintable(name));
        QVERIFY2(guess->format.delimiter == ',', qPrintable(name));
        QVERIFY2((guess->format.encoding == "UTF-8") == (name != u"invalid-byte-sequence.csv"), qPrintable(name));
        QCOMPARE(guess->format.firstLine, qint64(name == u"title-row.csv" ? 2 : 1));
        const auto sample = readSample(corpus.filePath(name), guess->format, 1000);
        QVERIFY2(sample.ok(), qPrintable(name));
        QVERIFY2(sample->columns >= 3, qPrintable(name));
    }
}

void CsvSnifferTest::w3cDialects()
{
    const QDir corpus(QStringLiteral(ROLLCALL_SOURCE_DIR) + QStringLiteral("/../shared/corpora/csvsniffer-w3c"));
    QFile truth(corpus.filePath(QStringLiteral("dialects.txt")));
    if (!truth.open(QIODevice::ReadOnly))
        QSKIP(qPrintable(QStringLiteral("corpus not present: ") + corpus.path()));
    const QMap<QByteArray, char> known{{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"vslash", '|'}};
    int asked = 0;
    int right = 0;
    int encodings = 0;
    while (!truth.atEnd()) {
        const QList<QByteArray> cells = truth.readLine().trimmed().split('|');
        if (cells.size() < 3 || !known.contains(cells[2]))
            continue;
        const QString path = corpus.filePath(u"files/" + QString::fromUtf8(cells[0]));
        if (!QFile::exists(path))
            continue;
        const auto guess = guessCsv(path);
        QVERIFY2(guess.ok(), cells[0].constData());
        const auto sample = readSample(path, guess->format, 1'000'000);
        QVERIFY2(sample.ok(), cells[0].constData());
        ++asked;
        right += guess->format.delimiter == known[cells[2]] ? 1 : 0;
        encodings += (guess->format.encoding == "UTF-8") == (cells[1] == "utf8") ? 1 : 0;
        if (qEnvironmentVariableIsSet("ROLLCALL_TELL")
            && (guess->format.delimiter != known[cells[2]]
                || (guess->format.encoding == "UTF-8") != (cells[1] == "utf8")))
            qInfo() << cells[0] << cells[1] << cells[2] << guess->format.delimiter << guess->format.encoding
                    << guess->format.firstLine;
    }
    QVERIFY2(asked >= 190, qPrintable(QString::number(asked)));
    QVERIFY2(right * 100 >= asked * 97, qPrintable(QStringLiteral("%1 of %2").arg(right).arg(asked)));
    QVERIFY2(encodings * 100 >= asked * 97, qPrintable(QStringLiteral("%1 of %2").arg(encodings).arg(asked)));
}

QTEST_GUILESS_MAIN(CsvSnifferTest)
#include "csvsniffer_test.moc"
