// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/exchange/stagejob.h"
#include "models/exchange/stagingfile.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>

using namespace rollcall;
using F = ImportField;

namespace {

using Rows = std::vector<QStringList>;

/// All rows of a query, read with SQLite itself; NULL is "NULL".
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

QStringList row(std::initializer_list<const char *> cells)
{
    QStringList result;
    for (const char *cell : cells)
        result.append(QString::fromUtf8(cell));
    return result;
}

/// A row of every kind.
const QByteArray everyKind
    = "name,phone,country,email,organisation,tags,opt_in_date\r\n"
      " Zo\xC3\xAB ,+49 151 23456789,DE,zoe@example.org,\"Meyer, Ltd\",\"vip;lead,vip\",2024-03-31\r\n"
      "Ian,98765 43210,in,,,,03/04/2024\r\n"
      "Zoe again,0049 151-23456789,,,,,\r\n"
      "Sci,4.917E+12,DE,,,,\r\n"
      "Nobody,,DE,,,,\r\n"
      "Office,call office,DE,,,,\r\n"
      "Short,12,DE,,,,\r\n"
      "Short,12,DE,,,,\r\n"
      "Other,12,DE,,,,\r\n"
      "Drama,+447700900000,,,,,\r\n"
      "Shift,+4915123456780,DE,,,,,oops\r\n"
      "Broken\xE9,+4915123456781,DE,,,,\r\n"
      "\r\n"
      ",,,,,,\r\n"
      "\"Open,+4915123456782,DE,,,,\r\n";

} // namespace

class StageJobTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void stagesEveryKindOfRow();
    void preambleHeaderAndBlankRowsAreNoRows();
    void otherEncodings();
    void thousandsOfRowsAddUp();
    void cancelLeavesNothing();
    void badFilesLeaveNothing_data();
    void badFilesLeaveNothing();
    void fullDiskLeavesNothing();
    void folderThatCannotBeWritten();
    void leftoversAreRemoved();
    void surveyCountsEachCellOnce();

private:
    QString make(const QByteArray &bytes)
    {
        const QString path = m_folder->filePath(QStringLiteral("list.csv"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return {};
        return path;
    }
    Result<StagedRows> stage(const QByteArray &bytes, const ColumnMap &columns,
        const QString &region = QStringLiteral("DE"), CsvFormat format = {})
    {
        return stageRows({make(bytes), format, columns, region}, profile(), m_control, [](const ImportProgress &) {});
    }
    QString profile() const { return m_folder->filePath(QStringLiteral("profile")); }
    QStringList left() const { return QDir(profile()).entryList(QDir::Files | QDir::Hidden); }

    std::unique_ptr<QTemporaryDir> m_folder;
    JobControl m_control;
};

void StageJobTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    QVERIFY(QDir().mkpath(profile()));
}

void StageJobTest::stagesEveryKindOfRow()
{
    const auto rows
        = stage(everyKind, {F::Name, F::Phone, F::Country, F::Email, F::Organisation, F::Tags, F::OptInDate});
    QVERIFY2(rows.ok(), qPrintable(rows.ok() ? QString() : rows.failure().detail));
    QCOMPARE(rows->rows, qint64(13));
    QCOMPARE(rows->repeated, qint64(2));
    QCOMPARE(rows->fileBytes, qint64(everyKind.size()));
    QCOMPARE(rows->sha256, QCryptographicHash::hash(everyKind, QCryptographicHash::Sha256));
    const std::map<QByteArray, qint64> rejected{
        {"scientific", 1}, {"no-number", 1}, {"not-a-number", 1}, {"columns", 1}, {"encoding", 1}, {"quote", 1}};
    QVERIFY(rows->rejected == rejected);
    const std::map<QByteArray, std::vector<qint64>> lines{{"scientific", {5}}, {"no-number", {6}},
        {"not-a-number", {7}}, {"columns", {12}}, {"encoding", {13}}, {"quote", {16}}};
    QVERIFY(rows->rejectedLines == lines);
    QCOMPARE(rows->manyNumbers, qint64(0));

    // 2024-03-31 00:00 UTC is 1711843200 s (date -u -d 2024-03-31 +%s).
    const Rows staged = query(rows->stagingFile,
        "SELECT line,name,raw,e164,region,state,plus,email,organisation,replace(tags,char(31),'/'),opt_in_ms,same_as "
        "FROM staged ORDER BY line");
    const Rows expected{
        row({"2", "Zoë", "+49 151 23456789", "4915123456789", "DE", "0", "1", "zoe@example.org", "Meyer, Ltd",
            "/vip/lead/", "1711843200000", "NULL"}),
        row({"3", "Ian", "98765 43210", "919876543210", "IN", "0", "0", "", "", "", "NULL", "NULL"}),
        row({"4", "Zoe again", "0049 151-23456789", "4915123456789", "DE", "0", "1", "", "", "", "NULL", "2"}),
        row({"8", "Short", "12", "NULL", "", "2", "0", "", "", "", "NULL", "NULL"}),
        row({"9", "Short", "12", "NULL", "", "2", "0", "", "", "", "NULL", "8"}),
        row({"10", "Other", "12", "NULL", "", "2", "0", "", "", "", "NULL", "NULL"}),
        row({"11", "Drama", "+447700900000", "447700900000", "GB", "1", "1", "", "", "", "NULL", "NULL"}),
    };
    QCOMPARE(staged.size(), expected.size());
    for (std::size_t i = 0; i < staged.size(); ++i)
        QCOMPARE(staged[i], expected[i]);
    const Rows refused = query(rows->stagingFile, "SELECT line,reason,raw FROM rejected ORDER BY line");
    const Rows reasons{
        row({"5", "scientific", "Sci,4.917E+12,DE,,,,"}),
        row({"6", "no-number", "Nobody,,DE,,,,"}),
        row({"7", "not-a-number", "Office,call office,DE,,,,"}),
        row({"12", "columns", "Shift,+4915123456780,DE,,,,,oops"}),
        row({"13", "encoding", "Broken\\xE9,+4915123456781,DE,,,,"}),
        row({"16", "quote", "\"Open,+4915123456782,DE,,,,"}),
    };
    QCOMPARE(refused.size(), reasons.size());
    for (std::size_t i = 0; i < refused.size(); ++i)
        QCOMPARE(refused[i], reasons[i]);
    QCOMPARE(rows->findings.valid, qint64(3));
    QCOMPARE(rows->findings.possibleOnly, qint64(1));
    QCOMPARE(rows->findings.unlikely, qint64(3));
    QCOMPARE(rows->findings.scientific, qint64(1));
    QCOMPARE(rows->findings.unreadableDates, qint64(1));
    const auto mode = QFile::permissions(rows->stagingFile);
    QVERIFY(!(
        mode & (QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteGroup | QFileDevice::WriteOther)));
}

void StageJobTest::preambleHeaderAndBlankRowsAreNoRows()
{
    const auto rows = stage(
        "Our customers\n\nphone\n+4915123456789\n\n  \n+4915123456780\n", {F::Phone}, {}, {"UTF-8", ',', true, 3});
    QVERIFY(rows.ok());
    QCOMPARE(rows->rows, qint64(2));
    QCOMPARE(query(rows->stagingFile, "SELECT line FROM staged"), (Rows{row({"4"}), row({"7"})}));
}

void StageJobTest::otherEncodings()
{
    const auto rows
        = stage("Zo\xEB;0151 23456789\n", {F::Name, F::Phone}, QStringLiteral("DE"), {"windows-1252", ';', false, 1});
    QVERIFY(rows.ok());
    QCOMPARE(query(rows->stagingFile, "SELECT name,e164 FROM staged"), Rows{row({"Zoë", "4915123456789"})});
}

void StageJobTest::thousandsOfRowsAddUp()
{
    // More than several batches: 20,000 rows, every tenth repeats the row before it, every hundredth has no number.
    QByteArray bytes = "name,phone\n";
    qint64 first = 0;
    for (int i = 0; i < 20'000; ++i) {
        if (i % 100 == 99)
            bytes += "Person,none\n";
        else if (i % 10 == 9)
            bytes += "Person,+4915" + QByteArray::number(120'000'000 + i - 1) + "\n";
        else
            bytes += "Person,+4915" + QByteArray::number(120'000'000 + i) + "\n", ++first;
    }
    const auto rows = stage(bytes, {F::Name, F::Phone});
    QVERIFY(rows.ok());
    QCOMPARE(rows->rows, qint64(20'000));
    QCOMPARE(rows->repeated, qint64(1'800));
    QCOMPARE(rows->rejected.at("not-a-number"), qint64(200));
    QCOMPARE(query(rows->stagingFile, "SELECT count(*),count(same_as),count(DISTINCT e164) FROM staged"),
        Rows{QStringList({QStringLiteral("19800"), QStringLiteral("1800"), QString::number(first)})});
    QCOMPARE(query(rows->stagingFile, "SELECT count(*) FROM staged WHERE same_as IS NOT NULL AND same_as<>line-1"),
        Rows{row({"0"})});
}

void StageJobTest::cancelLeavesNothing()
{
    QByteArray bytes = "name,phone\n";
    for (int i = 0; i < 50'000; ++i)
        bytes += "Person,+4915" + QByteArray::number(120'000'000 + i) + "\n";
    const QString file = make(bytes);
    JobControl control;
    bool told = false;
    const auto rows
        = stageRows({file, {}, {F::Name, F::Phone}, {}}, profile(), control, [&](const ImportProgress &progress) {
              told = true;
              QVERIFY(progress.rows < 50'000);
              QCOMPARE(progress.totalBytes, qint64(bytes.size()));
              control.cancel();
          });
    QVERIFY(told);
    QVERIFY(!rows.ok());
    QCOMPARE(int(rows.failure().kind), int(Failure::Kind::Cancelled));
    QCOMPARE(left(), QStringList());
}

void StageJobTest::badFilesLeaveNothing_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("detail");
    QTest::addColumn<int>("line");
    QTest::newRow("nothing") << QByteArray() << QStringLiteral("no-rows") << 0;
    QTest::newRow("header only") << QByteArray("name,phone\n\n") << QStringLiteral("no-rows") << 0;
    QTest::newRow("long line") << QByteArray("name,phone\na,+4915123456789\n" + QByteArray(10'000'000, 'x'))
                               << QStringLiteral("line-too-long") << 3;
    QTest::newRow("NUL") << QByteArray("name,phone\na,\0\n", 15) << QStringLiteral("nul-byte") << 2;
}

void StageJobTest::badFilesLeaveNothing()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, detail);
    QFETCH(int, line);
    const auto rows = stage(bytes, {F::Name, F::Phone});
    QVERIFY(!rows.ok());
    QCOMPARE(int(rows.failure().kind), int(Failure::Kind::BadInput));
    QCOMPARE(rows.failure().detail, detail);
    QCOMPARE(rows.failure().code, line);
    QVERIFY(rows.failure().subject.endsWith(QStringLiteral("list.csv")));
    QCOMPARE(left(), QStringList());
}

void StageJobTest::fullDiskLeavesNothing()
{
    QByteArray bytes = "name,phone\n";
    for (int i = 0; i < 30'000; ++i)
        bytes += "Person with a name,+4915" + QByteArray::number(120'000'000 + i) + "\n";
    const QString file = make(bytes);
    // A file may not grow beyond 256 KiB: what a full disk does to a process that may not mount one.
    rlimit old{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &old), 0);
    const rlimit small{256 * 1024, old.rlim_max};
    const auto handler = signal(SIGXFSZ, SIG_IGN);
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto rows
        = stageRows({file, {}, {F::Name, F::Phone}, {}}, profile(), m_control, [](const ImportProgress &) {});
    setrlimit(RLIMIT_FSIZE, &old);
    signal(SIGXFSZ, handler);
    QVERIFY(!rows.ok());
    QVERIFY2(rows.failure().kind == Failure::Kind::DiskFull,
        qPrintable(QStringLiteral("%1 %2").arg(rows.failure().code).arg(rows.failure().detail)));
    QVERIFY(rows.failure().subject.startsWith(profile()));
    QCOMPARE(left(), QStringList());
}

void StageJobTest::folderThatCannotBeWritten()
{
    const QString file = make("phone\n+4915123456789\n");
    const auto rows = stageRows(
        {file, {}, {F::Phone}, {}}, profile() + QStringLiteral("/gone"), m_control, [](const ImportProgress &) {});
    QVERIFY(!rows.ok());
    QCOMPARE(int(rows.failure().kind), int(Failure::Kind::Storage));
}

void StageJobTest::leftoversAreRemoved()
{
    for (const char *name : {"import-1.staging", "import-2.staging-journal", "rollcall.db", "import.csv"}) {
        QFile file(profile() + u'/' + QString::fromLatin1(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    StagingFile::removeLeftovers(profile());
    QCOMPARE(left(), (QStringList{QStringLiteral("import.csv"), QStringLiteral("rollcall.db")}));
}

void StageJobTest::surveyCountsEachCellOnce()
{
    CsvSample sample;
    for (const char *cell : {"+4915123456789", "0151 23456789", "4.917E+12", "n/a", "", "12", "+447700900000"})
        sample.rows.push_back({1, {QString::fromLatin1(cell)}});
    const NumberFindings found = surveyNumbers(sample, {F::Phone}, QStringLiteral("DE"));
    QCOMPARE(found.rows, qint64(7));
    QCOMPARE(found.empty, qint64(1));
    QCOMPARE(found.valid, qint64(2));
    QCOMPARE(found.possibleOnly, qint64(1));
    QCOMPARE(found.unlikely, qint64(1));
    QCOMPARE(found.scientific, qint64(1));
    QCOMPARE(found.notANumber, qint64(1));
    QCOMPARE(found.withPlus, qint64(2));
    QCOMPARE(found.withoutPlus, qint64(2));
}

QTEST_GUILESS_MAIN(StageJobTest)
#include "stagejob_test.moc"
