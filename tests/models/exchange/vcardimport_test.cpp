// SPDX-License-Identifier: GPL-3.0-or-later
// A file of vCards as the rows of an import: every number of every card, none lost or changed, and nothing that a
// hostile file could do.
#include "models/exchange/stagejob.h"
#include "models/exchange/vcardrows.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <set>
#include <sqlite3.h>
#include <sys/stat.h>

using namespace rollcall;

namespace {

using Rows = std::vector<QStringList>;

Rows query(const QString &file, const char *sql)
{
    Rows rows;
    sqlite3 *db = nullptr;
    sqlite3_open_v2(QFile::encodeName(file).constData(), &db, SQLITE_OPEN_READONLY, nullptr);
    sqlite3_stmt *statement = nullptr;
    sqlite3_prepare_v2(db, sql, -1, &statement, nullptr);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        QStringList row;
        for (int i = 0; i < sqlite3_column_count(statement); ++i) {
            const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(statement, i));
            row.append(text ? QString::fromUtf8(text) : QStringLiteral("NULL"));
        }
        rows.push_back(row);
    }
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return rows;
}

struct Table {
    Rows rows = {}; ///< each with its line in front
    Result<bool> end = false;
};

Table readAll(const QString &path)
{
    Table table;
    auto rows = VCardRows::open(path);
    if (!rows) {
        table.end = rows.failure();
        return table;
    }
    CsvRecord record;
    for (;;) {
        table.end = (*rows)->next(record);
        if (!table.end || !*table.end)
            return table;
        QStringList row{QString::number(record.line)};
        for (const std::string_view field : record.fields)
            row << QString::fromUtf8(field.data(), qsizetype(field.size()));
        if (record.trouble != CsvRecord::Trouble::None)
            row << QStringLiteral("trouble");
        table.rows.push_back(row);
    }
}

QStringList row(std::initializer_list<const char *> cells)
{
    QStringList result;
    result.reserve(qsizetype(cells.size()));
    for (const char *cell : cells)
        result.append(QString::fromUtf8(cell));
    return result;
}

} // namespace

class VCardImportTest : public QObject {
    Q_OBJECT
private slots:
    void everyVersion();
    void staged();
    void linesAreUniqueAndInsideTheirCard();
    void picturesArePassedOver();
    void cutFile();
    void missingEndCostsOneCard();
    void cardInsideACard();
    void brokenSoftBreakIsSaid();
    void droppedLineIsSaidBeforeAPicture();
    void knownByItsBeginning_data();
    void knownByItsBeginning();
    void otherEncodings();
    void hostileFilesEnd_data();
    void hostileFilesEnd();
    void anyBytesEnd();

private:
    QString written(const QByteArray &bytes, const char *name = "cards.vcf");
    QTemporaryDir m_folder;
};

QString VCardImportTest::written(const QByteArray &bytes, const char *name)
{
    QFile file(m_folder.filePath(QLatin1String(name)));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(bytes) != bytes.size())
        qFatal("cannot write");
    return file.fileName();
}

void VCardImportTest::everyVersion()
{
    const QString path = written("BEGIN:VCARD\r\n" // line 1
                                 "VERSION:2.1\r\n"
                                 "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=9Cn=C3=A4l;Ay=C5=9Fe;;;\r\n"
                                 "TEL;CELL:+44 7700 900123\r\n"
                                 "TEL;WORK;VOICE:(020) 7946-0999\r\n"
                                 "END:VCARD\r\n"
                                 "\r\n"
                                 "begin:vcard\n" // line 8
                                 "version:3.0\n"
                                 "FN:Acme\\, Inc.\n"
                                 "ORG:Acme\\, Inc.;Sales\n"
                                 "EMAIL;TYPE=WORK:sales@exam\n ple.org\n"
                                 "item1.TEL;TYPE=CELL;waid=15551234567:\n"
                                 "end:vcard\n"
                                 "BEGIN:VCARD\r" // line 15
                                 "VERSION:4.0\r"
                                 "FN:Zo\xC3\xAB\r"
                                 "TEL;VALUE=uri;TYPE=\"cell\":tel:+33-1-23-45-67-89\r"
                                 "END:VCARD\r"
                                 "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Without a number\r\nEND:VCARD\r\n");
    const Table table = readAll(path);
    QVERIFY(table.end);
    const Rows expected{row({"1", "Ayşe Ünäl", "+44 7700 900123", "CELL", "", ""}),
        row({"2", "Ayşe Ünäl", "(020) 7946-0999", "WORK", "", ""}),
        row({"8", "Acme, Inc.", "+15551234567", "CELL", "sales@example.org", "Acme, Inc."}),
        row({"16", "Zoë", "+33-1-23-45-67-89", "CELL", "", ""}), row({"21", "Without a number", "", "", "", ""})};
    QCOMPARE(table.rows, expected);
}

void VCardImportTest::staged()
{
    const QByteArray bytes = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann\r\nTEL:+44 7700 900123\r\nTEL:07700 900124\r\n"
                             "EMAIL:ann@example.org\r\nORG:Example\r\nNOTE:called\r\nCATEGORIES:vip\r\n"
                             "ADR:;;1 High St;Leeds;;;\r\nX-OWN:1\r\nREV:2020\r\nEND:VCARD\r\n"
                             "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Nobody\r\nEND:VCARD\r\n"
                             "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann too\r\nTEL:+447700900123\r\nEND:VCARD\r\n"
                             "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Fax\r\nTEL:call me\r\nEND:VCARD\r\n"
                             "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cut\r\nTEL:+4477009";
    ImportRequest request;
    request.file = written(bytes);
    request.format.cards = true;
    request.columns = vCardColumns();
    request.region = QStringLiteral("GB");
    const auto staged = stageRows(request, m_folder.path(), JobControl(), [](const ImportProgress &) {});
    QVERIFY2(staged, staged ? "" : qPrintable(staged.failure().detail));
    QCOMPARE(staged->rows, 6);
    QCOMPARE(staged->manyNumbers, 1); // Ann's
    QCOMPARE(
        staged->leftOut, (QStringList{QStringLiteral("ADR"), QStringLiteral("CATEGORIES"), QStringLiteral("NOTE")}));
    QCOMPARE(staged->fileBytes, qint64(bytes.size()));
    QCOMPARE(staged->sha256, QCryptographicHash::hash(bytes, QCryptographicHash::Sha256));
    QCOMPARE(query(staged->stagingFile,
                 "SELECT name, raw, e164, email, organisation, same_as IS NULL FROM staged ORDER BY line"),
        (Rows{row({"Ann", "+44 7700 900123", "447700900123", "ann@example.org", "Example", "1"}),
            row({"Ann", "07700 900124", "447700900124", "ann@example.org", "Example", "1"}),
            row({"Ann too", "+447700900123", "447700900123", "", "", "0"})}));
    // Of the cut card nothing is taken: its number may have had more digits.
    QCOMPARE(query(staged->stagingFile, "SELECT reason FROM rejected ORDER BY line"),
        (Rows{row({"no-number"}), row({"not-a-number"}), row({"card"})}));
    const Rows raw = query(staged->stagingFile, "SELECT raw FROM rejected ORDER BY line");
    QVERIFY(raw[0][0].contains(QStringLiteral("FN:Nobody")));
    QVERIFY(raw[2][0].contains(QStringLiteral("+4477009"))); // and nothing of it is lost either
    QFile::remove(staged->stagingFile);
}

void VCardImportTest::linesAreUniqueAndInsideTheirCard()
{
    QByteArray bytes;
    for (int card = 0; card < 50; ++card) {
        bytes += "BEGIN:VCARD\nFN:P\n";
        for (int phone = 0; phone < card % 5; ++phone)
            bytes += "TEL:+4477009001" + QByteArray::number(10 + phone) + "\n";
        bytes += "END:VCARD\n";
    }
    const Table table = readAll(written(bytes));
    std::set<qint64> lines;
    for (const QStringList &one : table.rows) {
        const qint64 line = one.front().toLongLong();
        QVERIFY(lines.empty() || line > *lines.rbegin());
        lines.insert(line);
    }
    QCOMPARE(lines.size(), std::size_t(10 * (1 + 1 + 2 + 3 + 4)));
    QVERIFY(*lines.rbegin() <= bytes.count('\n'));
}

void VCardImportTest::picturesArePassedOver()
{
    const QByteArray picture(3 * 1024 * 1024, 'A'); // more than a card may hold
    QByteArray folded = "item2.PHOTO;ENCODING=b;TYPE=JPEG:";
    for (qsizetype at = 0; at < picture.size(); at += 72)
        folded += picture.mid(at, 72) + "\r\n ";
    QByteArray old = "PHOTO;JPEG;ENCODING=BASE64:\r\n";
    for (qsizetype at = 0; at < picture.size(); at += 72)
        old += picture.mid(at, 72) + "\r\n"; // 2.1, without the blank
    const QString path = written("BEGIN:VCARD\r\nFN:A\r\n" + folded + "\r\nTEL:+447700900123\r\nEND:VCARD\r\n"
        + "BEGIN:VCARD\r\nFN:B\r\n" + old + "\r\nTEL:+447700900124\r\nEND:VCARD\r\n"
        + "BEGIN:VCARD\r\nFN:C\r\nPHOTO:" + picture + "\r\nTEL:+447700900125\r\nEND:VCARD\r\n");
    const Table table = readAll(path);
    QStringList seen;
    for (const QStringList &one : table.rows)
        seen << one.value(1) + u' ' + one.value(2);
    QCOMPARE(seen, row({"A +447700900123", "B +447700900124", "C +447700900125"}));
}

void VCardImportTest::cutFile()
{
    const QByteArray whole = "BEGIN:VCARD\r\nFN:Ann\r\nTEL:+447700900123\r\nEND:VCARD\r\n";
    for (qsizetype cut = 1; cut < whole.size() - 2; ++cut) {
        const Table table = readAll(written(whole.left(cut)));
        QVERIFY(table.end);
        if (table.rows.empty())
            QVERIFY(cut < 11); // not one line yet
        else
            QCOMPARE(table.rows.front().constLast(), QStringLiteral("trouble"));
    }
}

/// Exports put one behind the other, one of them cut: one card is in doubt, not all behind it.
void VCardImportTest::missingEndCostsOneCard()
{
    constexpr int cards = 10'000;
    constexpr int cut = 5'000;
    QByteArray bytes;
    Rows expected;
    expected.reserve(cards);
    qint64 line = 1;
    for (int card = 1; card <= cards; ++card) {
        const QByteArray number = "+4477" + QByteArray::number(10'000'000 + card);
        bytes += "BEGIN:VCARD\r\nFN:P\r\nTEL:" + number + "\r\n" + (card == cut ? "" : "END:VCARD\r\n");
        const QByteArray at = QByteArray::number(line);
        expected.push_back(card == cut ? row({at.constData(), "trouble"})
                                       : row({at.constData(), "P", number.constData(), "", "", ""}));
        line += card == cut ? 3 : 4;
    }
    const Table table = readAll(written(bytes));
    QVERIFY(table.end);
    QCOMPARE(table.rows.size(), expected.size());
    QCOMPARE(table.rows, expected);
}

/// vCard 2.1: the card of an agent stands inside that of the person, whose numbers are those of the import.
void VCardImportTest::cardInsideACard()
{
    const QByteArray inner = "BEGIN:VCARD\nFN:Agent\nTEL:+447700900199\n";
    const QByteArray bytes = "BEGIN:VCARD\nFN:Ann\nAGENT:\n" + inner + "END:VCARD\nTEL:+447700900123\nEND:VCARD\n" // 9
        + "BEGIN:VCARD\nFN:Bob\nitem1.agent;X=Y: \n\n" + inner + "END:VCARD\nTEL:+447700900124\nEND:VCARD\n" // 10
        + "BEGIN:VCARD\nFN:Cut\nAGENT:\n" + inner + "TEL:+447700900125\nEND:VCARD\n" // 8: one END for two
        + "BEGIN:VCARD\nFN:Dan\nAGENT:\nTEL:+447700900126\n" // 4: no card follows it
        + "BEGIN:VCARD\nFN:Eve\nAGENT:" + inner + "END:VCARD\nTEL:+447700900127\nEND:VCARD\n"; // as 2.1 allows too
    QCOMPARE(readAll(written(bytes)).rows,
        (Rows{row({"1", "Ann", "+447700900123", "", "", ""}), row({"10", "Bob", "+447700900124", "", "", ""}),
            row({"20", "trouble"}), row({"28", "trouble"}), row({"32", "Eve", "+447700900127", "", "", ""})}));
}

/// The last line says that it goes on, and then the card ends: its number is in a row or in a trouble, never in none.
void VCardImportTest::brokenSoftBreakIsSaid()
{
    const QString path = written("BEGIN:VCARD\nFN:Ann\nTEL:+447700900123\n"
                                 "TEL;ENCODING=QUOTED-PRINTABLE:+4477009=\nEND:VCARD\n"
                                 "BEGIN:VCARD\nFN:Bob\nTEL:+447700900124\n"
                                 "NOTE;ENCODING=QUOTED-PRINTABLE:abc=\nEND:VCARD\n");
    QCOMPARE(readAll(path).rows,
        (Rows{row({"1", "Ann", "+447700900123", "", "", ""}), row({"2", "trouble"}),
            row({"6", "Bob", "+447700900124", "", "", ""})}));
    ImportRequest request;
    request.file = path;
    request.format.cards = true;
    request.columns = vCardColumns();
    const auto staged = stageRows(request, m_folder.path(), JobControl(), [](const ImportProgress &) {});
    QVERIFY2(staged, staged ? "" : qPrintable(staged.failure().detail));
    QCOMPARE(staged->rows, 3);
    const Rows rejected = query(staged->stagingFile, "SELECT reason, raw FROM rejected");
    QCOMPARE(rejected.size(), std::size_t(1));
    QCOMPARE(rejected[0][0], QStringLiteral("card"));
    QVERIFY(rejected[0][1].contains(QStringLiteral("+4477009=")));
    QFile::remove(staged->stagingFile);
}

/// A picture may be as long as it likes, but does not make good what was too long before it.
void VCardImportTest::droppedLineIsSaidBeforeAPicture()
{
    const QByteArray begin = "BEGIN:VCARD\r\nFN:A\r\nNOTE:";
    // Room for END and its line end, not for the number.
    const qsizetype fill = qsizetype(VCardRows::cardBytes) - begin.size() - 2 - 15;
    const QByteArray end = "\r\nPHOTO:AAAA\r\n\r\nEND:VCARD\r\n";
    const Table table = readAll(written(begin + QByteArray(fill, 'x') + "\r\nTEL:+447700900123" + end // 7 lines
        + "BEGIN:VCARD\r\nFN:B\r\nTEL:+447700900124" + QByteArray(qsizetype(VCardRows::cardBytes), ' ') + end // 6
        + "BEGIN:VCARD\r\nFN:C\r\nTEL:+447700900125" + end));
    QCOMPARE(table.rows,
        (Rows{row({"1", "trouble"}), row({"8", "trouble"}), row({"14", "C", "+447700900125", "", "", ""})}));
}

void VCardImportTest::knownByItsBeginning_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("cards");
    QTest::newRow("plain") << QByteArray("BEGIN:VCARD\r\n") << true;
    QTest::newRow("mark, blank lines, small letters") << QByteArray("\xEF\xBB\xBF\r\n\r\nbegin:vCard\n") << true;
    QTest::newRow("UTF-16") << QByteArray("\xFF\xFE"
                                          "B\0E\0G\0I\0N\0:\0V\0C\0A\0R\0D\0\n\0",
        26) << true;
    QTest::newRow("a table") << QByteArray("name,phone\nBEGIN:VCARD,1\n") << false;
    QTest::newRow("another begin") << QByteArray("BEGIN:VCALENDAR\n") << false;
    QTest::newRow("empty") << QByteArray() << false;
}

void VCardImportTest::knownByItsBeginning()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, cards);
    QCOMPARE(isVCardFile(written(bytes, "list.csv")), cards); // whatever its name says
    QVERIFY(!isVCardFile(m_folder.path()));
    QVERIFY(!isVCardFile(m_folder.filePath(QStringLiteral("not there.vcf"))));
}

void VCardImportTest::otherEncodings()
{
    const QString text = QStringLiteral("BEGIN:VCARD\r\nFN:Žofie\r\nTEL:+447700900123\r\nEND:VCARD\r\n");
    QByteArray utf16("\xFF\xFE", 2);
    for (const QChar c : text)
        utf16.append(char(c.unicode() & 0xff)).append(char(c.unicode() >> 8));
    QCOMPARE(readAll(written(utf16)).rows,
        (Rows{{QStringLiteral("1"), QStringLiteral("Žofie"), QStringLiteral("+447700900123"), {}, {}, {}}}));
    const Table western = readAll(written("BEGIN:VCARD\nFN:Ren\xE9\nTEL:1\nEND:VCARD\n"));
    QCOMPARE(western.rows.front().at(1), QStringLiteral("René"));
}

void VCardImportTest::hostileFilesEnd_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("rows");
    const qsizetype much = 8 * 1024 * 1024;
    QTest::newRow("one line") << QByteArray(much, 'x') << 0;
    QTest::newRow("a card of one line") << "BEGIN:VCARD\nFN:" + QByteArray(much, 'x') + "\nEND:VCARD\n" << 1;
    QTest::newRow("after it another") << "BEGIN:VCARD\nFN:" + QByteArray(much, 'x')
            + "\nEND:VCARD\nBEGIN:VCARD\nTEL:1\nEND:VCARD\n"
                                      << 2;
    QTest::newRow("only beginnings") << QByteArray("BEGIN:VCARD\n").repeated(200'000) << 200'000;
    QTest::newRow("only agents") << QByteArray("BEGIN:VCARD\nAGENT:\n").repeated(200'000) << 1;
    QTest::newRow("first and last lines too long") // each beginning and end is there, behind it a megabyte of blanks
        << "BEGIN:VCARD" + QByteArray(much, ' ') + "\nEND:VCARD" + QByteArray(much, ' ')
            + "\nBEGIN:VCARD\nTEL:1\nEND:VCARD\n"
        << 2;
    QTest::newRow("only ends") << QByteArray("END:VCARD\n").repeated(200'000) << 0;
    QTest::newRow("empty cards") << QByteArray("BEGIN:VCARD\nEND:VCARD\n").repeated(20'000) << 20'000;
    QTest::newRow("a picture without an end")
        << "BEGIN:VCARD\nPHOTO:" + QByteArray("AAAAAAAAAAAA\n").repeated(500'000) << 1;
    QTest::newRow("zeros") << "BEGIN:VCARD\n" + QByteArray(1000, '\0') + "\nEND:VCARD\n" << 1;
    QTest::newRow("a thousand numbers") // a hundred of them, and a row that says that there were more
        << "BEGIN:VCARD\n" + QByteArray("TEL:+447700900123\n").repeated(1000) + "END:VCARD\n"
        << 101;
}

void VCardImportTest::hostileFilesEnd()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, rows);
    const Table table = readAll(written(bytes));
    QVERIFY(table.end);
    QCOMPARE(int(table.rows.size()), rows);
}

void VCardImportTest::anyBytesEnd()
{
    QRandomGenerator random(20261121);
    const QList<QByteArray> pieces{"BEGIN:VCARD", "END:VCARD", "\r\n", "\n", "\r", "TEL", ":", ";", "PHOTO:", "=", " ",
        "+4477", "FN:", "\xff", "\xc3", QByteArray(1, '\0'), "item1.", "ENCODING=QUOTED-PRINTABLE", ","};
    for (int round = 0; round < 300; ++round) {
        QByteArray bytes;
        for (int i = 0; i < 60; ++i)
            bytes += pieces[random.bounded(int(pieces.size()))];
        const Table table = readAll(written(bytes));
        QVERIFY(table.end);
        std::set<QString> lines;
        for (const QStringList &one : table.rows)
            QVERIFY2(lines.insert(one.front()).second, bytes.toHex().constData());
    }
}

QTEST_GUILESS_MAIN(VCardImportTest)
#include "vcardimport_test.moc"
