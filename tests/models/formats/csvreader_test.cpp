// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/json.h"
#include "models/formats/csvreader.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace rollcall;

namespace {

using Rows = QList<QStringList>;

CsvReader::Source fromBytes(const QByteArray &bytes, qint64 step)
{
    return [bytes, step, at = qint64(0)](char *to, qint64 size) mutable -> Result<qint64> {
        const qint64 n = std::min({size, step, qint64(bytes.size()) - at});
        memcpy(to, bytes.constData() + at, std::size_t(n));
        at += n;
        return n;
    };
}

struct Read {
    Rows rows = {};
    QList<qint64> lines = {};
    QList<CsvRecord::Trouble> troubles = {};
    QList<qint64> troubleAt = {};
    QList<QByteArray> raws = {};
    std::optional<Failure> failure = {};
};

Read readAll(const QByteArray &bytes, char delimiter = ',', qint64 step = 1'000'000, CsvLimits limits = {})
{
    CsvReader reader(fromBytes(bytes, step), delimiter, false, limits);
    Read read;
    CsvRecord record;
    while (true) {
        const auto more = reader.next(record);
        if (!more) {
            read.failure = more.failure();
            return read;
        }
        if (!*more)
            return read;
        QStringList fields;
        for (const std::string_view field : record.fields)
            fields.append(QString::fromUtf8(field.data(), qsizetype(field.size())));
        read.rows.append(fields);
        read.lines.append(record.line);
        read.troubles.append(record.trouble);
        read.troubleAt.append(record.troubleAt);
        read.raws.append(QByteArray(record.raw.data(), qsizetype(record.raw.size())));
    }
}

Rows rows(std::initializer_list<std::initializer_list<const char *>> list)
{
    Rows result;
    for (const auto &row : list) {
        QStringList fields;
        for (const char *field : row)
            fields.append(QString::fromUtf8(field));
        result.append(fields);
    }
    return result;
}

} // namespace

class CsvReaderTest : public QObject {
    Q_OBJECT
private slots:
    void splits_data();
    void splits();
    void countsLines();
    void keepsTheRawText();
    void aStrayQuoteTakesOneLineOnly();
    void brokenUtf8IsToldWithItsOffset();
    void longLineIsRefusedInBoundedMemory();
    void fieldsBeyondTheLimits_data();
    void fieldsBeyondTheLimits();
    void sourceFailureIsPassedOn();
    void csvSpectrum();
};

void CsvReaderTest::splits_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Rows>("expected");
    const auto row = [](const char *name, const QByteArray &bytes, const Rows &expected) {
        QTest::newRow(name) << bytes << expected;
    };
    // Expected rows are those of Python 3.11: list(csv.reader(io.StringIO(text, newline=''))), a blank line being [''].
    row("empty", "", {});
    row("one", "a,b\n", rows({{"a", "b"}}));
    row("no line end", "a,b", rows({{"a", "b"}}));
    row("CRLF", "a,b\r\nc,d\r\n", rows({{"a", "b"}, {"c", "d"}}));
    row("CR", "a,b\rc,d\r", rows({{"a", "b"}, {"c", "d"}}));
    row("mixed", "a\nb\r\nc\rd", rows({{"a"}, {"b"}, {"c"}, {"d"}}));
    row("LF CR is two line ends", "a\n\rb", rows({{"a"}, {""}, {"b"}}));
    row("empty fields", ",\n,,\n", rows({{"", ""}, {"", "", ""}}));
    row("trailing delimiter at the end", "a,", rows({{"a", ""}}));
    row("quoted", "\"a,b\",c\n", rows({{"a,b", "c"}}));
    row("doubled quotes", "\"a\"\"b\",\"\"\"\"\n", rows({{"a\"b", "\""}}));
    row("empty quoted", "\"\",\"\"\n", rows({{"", ""}}));
    row("line ends in quotes", "\"a\nb\r\nc\",d\n", rows({{"a\nb\r\nc", "d"}}));
    row("quote inside a field", "a\"b\"c,d\n", rows({{"a\"b\"c", "d"}}));
    row("text behind a closing quote", "\"a\"b,c\n", rows({{"ab", "c"}}));
    row("quotes behind a closing quote", "\"a\"b\"c\",d\n", rows({{"ab\"c\"", "d"}}));
    row("blank before a quote", "a, \"b\"\n", rows({{"a", " \"b\""}}));
    row("closed quote at the end", "a,\"b\"", rows({{"a", "b"}}));
    row("closed quote and CR at the end", "a,\"b\"\r", rows({{"a", "b"}}));
    row("UTF-8", "Zo\xC3\xAB,\xE7\x94\xB0\xE4\xB8\xAD\n", rows({{"Zo\xC3\xAB", "\xE7\x94\xB0\xE4\xB8\xAD"}}));
}

void CsvReaderTest::splits()
{
    QFETCH(QByteArray, bytes);
    QFETCH(Rows, expected);
    // Whatever the pieces in which the file arrives, the rows are the same.
    for (const qint64 step : {1, 2, 3, 7, 1'000'000}) {
        const Read read = readAll(bytes, ',', step);
        QVERIFY(!read.failure);
        QCOMPARE(read.rows, expected);
        for (const auto trouble : read.troubles)
            QCOMPARE(int(trouble), int(CsvRecord::Trouble::None));
    }
}

void CsvReaderTest::countsLines()
{
    const Read read = readAll("h\r\n\"a\r\nb\nc\"\r\n\r\nd\re\n", ',', 1);
    QCOMPARE(read.lines, (QList<qint64>{1, 2, 5, 6, 7}));
}

void CsvReaderTest::keepsTheRawText()
{
    const Read read = readAll("\"a\"\"b\", c \r\nd;e\n", ',', 5);
    QCOMPARE(read.raws, (QList<QByteArray>{"\"a\"\"b\", c ", "d;e"}));
}

void CsvReaderTest::aStrayQuoteTakesOneLineOnly()
{
    const Read read = readAll("a,b\n\"x,1\nc,d\ne,f", ',', 2);
    QCOMPARE(read.rows, rows({{"a", "b"}, {"\"x", "1"}, {"c", "d"}, {"e", "f"}}));
    QCOMPARE(read.lines, (QList<qint64>{1, 2, 3, 4}));
    QCOMPARE(int(read.troubles[1]), int(CsvRecord::Trouble::OpenQuote));
    QCOMPARE(int(read.troubles[2]), int(CsvRecord::Trouble::None));
}

void CsvReaderTest::brokenUtf8IsToldWithItsOffset()
{
    // Each is ill-formed by RFC 3629: a lone continuation, Latin-1, overlong, a surrogate, above U+10FFFF, cut off.
    for (const char *broken : {"\x80", "\xE9t", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE7\x94"}) {
        const Read read = readAll(QByteArray("ok,ok\nabcdefgh,") + broken + "\nfine,\xC3\xA9\n", ',', 3);
        QCOMPARE(read.rows.size(), 3);
        QCOMPARE(int(read.troubles[0]), int(CsvRecord::Trouble::None));
        QCOMPARE(int(read.troubles[1]), int(CsvRecord::Trouble::Encoding));
        QCOMPARE(read.troubleAt[1], qint64(15));
        QCOMPARE(int(read.troubles[2]), int(CsvRecord::Trouble::None));
    }
}

void CsvReaderTest::longLineIsRefusedInBoundedMemory()
{
    qint64 given = 0;
    // 200 MB without a line end, made as it is asked for.
    CsvReader reader(
        [&given](char *to, qint64 size) -> Result<qint64> {
            const qint64 n = std::min<qint64>(size, 200'000'000 - given);
            memset(to, 'x', std::size_t(n));
            given += n;
            return n;
        },
        ',');
    CsvRecord record;
    const auto more = reader.next(record);
    QVERIFY(!more.ok());
    QCOMPARE(int(more.failure().kind), int(Failure::Kind::BadInput));
    QCOMPARE(more.failure().detail, QStringLiteral("line-too-long"));
    QCOMPARE(more.failure().code, 1);
    QVERIFY2(given <= 16 * 1024 * 1024, qPrintable(QString::number(given)));
}

void CsvReaderTest::fieldsBeyondTheLimits_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("detail");
    QTest::newRow("50 MB field in quotes")
        << QByteArray("a,b\n\"" + QByteArray(50'000'000, 'x') + "\"\n") << QStringLiteral("line-too-long");
    QTest::newRow("quote over 5 MB of lines")
        << QByteArray("a,b\n\"" + QByteArray(5'000'000, 'x').replace("xxxxxxxxxx", "xxxxxxxxx\n"))
        << QStringLiteral("quote-not-closed");
    QTest::newRow("1,000,000 columns") << QByteArray("a,b\n" + QByteArray(1'000'000, ',') + "\n")
                                       << QStringLiteral("too-many-columns");
    QTest::newRow("NUL") << QByteArray("a,b\nc\0d,e\n", 10) << QStringLiteral("nul-byte");
    QTest::newRow("NUL in quotes") << QByteArray("a,b\n\"c\0d\",e\n", 12) << QStringLiteral("nul-byte");
    QTest::newRow("NUL behind quotes") << QByteArray("a,b\n\"c\"\0,e\n", 11) << QStringLiteral("nul-byte");
}

void CsvReaderTest::fieldsBeyondTheLimits()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, detail);
    const Read read = readAll(bytes, ',', 100'000);
    QVERIFY(read.failure.has_value());
    QCOMPARE(int(read.failure->kind), int(Failure::Kind::BadInput));
    QCOMPARE(read.failure->detail, detail);
    QCOMPARE(read.failure->code, 2);
    QCOMPARE(read.rows, rows({{"a", "b"}}));
}

void CsvReaderTest::sourceFailureIsPassedOn()
{
    CsvReader reader(
        [](char *, qint64) -> Result<qint64> {
            return Failure{.kind = Failure::Kind::Storage, .detail = QStringLiteral("EIO")};
        },
        ',');
    CsvRecord record;
    const auto more = reader.next(record);
    QVERIFY(!more.ok());
    QCOMPARE(more.failure().detail, QStringLiteral("EIO"));
}

void CsvReaderTest::csvSpectrum()
{
    const QDir corpus(QStringLiteral(ROLLCALL_SOURCE_DIR) + QStringLiteral("/../shared/corpora/csv-spectrum"));
    if (!corpus.exists())
        QSKIP(qPrintable(QStringLiteral("corpus not present: ") + corpus.path()));
    const QStringList names = QDir(corpus.filePath(QStringLiteral("csvs"))).entryList({QStringLiteral("*.csv")});
    QVERIFY(names.size() >= 12);
    for (const QString &name : names) {
        QFile csv(corpus.filePath(u"csvs/" + name));
        QFile truth(corpus.filePath(u"json/" + name.chopped(4) + u".json"));
        QVERIFY(csv.open(QIODevice::ReadOnly) && truth.open(QIODevice::ReadOnly));
        const auto json = parseJson(truth.readAll());
        QVERIFY2(json.ok(), qPrintable(name));
        const Read read = readAll(csv.readAll());
        QVERIFY2(!read.failure, qPrintable(name));
        // The truth file of this one tells of another row than the CSV has.
        if (name == u"location_coordinates.csv") {
            QCOMPARE(read.rows.size(), 2);
            QCOMPARE(read.rows[1].size(), 4);
            continue;
        }
        QCOMPARE(std::size_t(read.rows.size() - 1), json->array().size());
        for (qsizetype i = 1; i < read.rows.size(); ++i) {
            for (qsizetype column = 0; column < read.rows[0].size(); ++column) {
                const QString expected = json->array()[std::size_t(i - 1)][read.rows[0][column]].toString();
                QCOMPARE(read.rows[i][column], expected);
            }
        }
    }
}

QTEST_GUILESS_MAIN(CsvReaderTest)
#include "csvreader_test.moc"
