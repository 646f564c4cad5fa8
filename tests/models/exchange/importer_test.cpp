// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/exchange/importer.h"

#include "models/exchange/importplan.h"
#include "models/exchange/rejectedfile.h"
#include "models/store/batches.h"
#include "models/store/people.h"
#include "models/store/stops.h"
#include "tests/support/temporarystore.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QThreadPool>

using namespace rollcall;
using namespace rollcall::tests;
using F = ImportField;

class ImporterTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void theFiveCountsAddUpAndTheDryRunIsTrue();
    void theSameFileAgainChangesNothing();
    void stopsThatComeAfterTheDryRunCount();
    void undoTakesEverybodyOut();
    void aDroppedDryRunLeavesNothing();
    void aDroppedStageLeavesNothing();
    void leftoversOfACrashAreRemoved();
    void lookGuessesFormatAndColumns();
    void exportOfRejectedRows();
    void cellsASpreadsheetWouldCalculate();

private:
    QString make(const QByteArray &bytes, const char *name = "list.csv")
    {
        const QString path = m_files->filePath(QString::fromLatin1(name));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return {};
        return path;
    }
    Result<StagedImport> stage(const QByteArray &bytes)
    {
        const ImportRequest request{
            make(bytes), {}, {F::Name, F::Phone, F::Email, F::Tags, F::OptInDate}, QStringLiteral("DE")};
        return await<StagedImport>(
            [&](auto then) { return m_importer->stage(request, std::make_shared<JobControl>(), {}, then); });
    }
    Result<ImportOutcome> commit(const StagedImport &staged)
    {
        ConsentEvent consent;
        consent.what = ConsentState::OptIn;
        consent.source = QStringLiteral("web form");
        consent.atMs = 1'700'000'000'000;
        return await<ImportOutcome>(
            [&](auto then) { return m_importer->commit(staged, consent, std::make_shared<JobControl>(), {}, then); });
    }
    QStringList stagingFiles() const
    {
        QThreadPool::globalInstance()->waitForDone();
        return QDir((*m_store).folder()).entryList({QStringLiteral("import*")}, QDir::Files);
    }
    qint64 people()
    {
        const auto count = await<qint64>([&](auto then) { return (*m_store)->people().count({}, {}, then); });
        return count ? *count : -1;
    }

    std::unique_ptr<QTemporaryDir> m_files;
    std::unique_ptr<TemporaryStore> m_store;
    std::unique_ptr<Importer> m_importer;
};

namespace {

const QByteArray header = "name,phone,email,tags,opt_in_date\n";

bool same(const ImportCounts &a, const ImportCounts &b)
{
    return a.added == b.added && a.updated == b.updated && a.unchanged == b.unchanged && a.suppressed == b.suppressed
        && a.rejected == b.rejected;
}

} // namespace

void ImporterTest::init()
{
    m_files = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<TemporaryStore>();
    QVERIFY(m_store->isOpen());
    m_importer = std::make_unique<Importer>(**m_store, m_store->folder());
}

void ImporterTest::cleanup()
{
    m_importer.reset();
    m_store.reset();
}

void ImporterTest::theFiveCountsAddUpAndTheDryRunIsTrue()
{
    const PersonId stopped = m_store->add(
        QStringLiteral("Stopped"), QStringLiteral("+4915111111111"), 4915111111111, QStringLiteral("DE"));
    m_store->add(QStringLiteral("Known"), QStringLiteral("+4915122222222"), 4915122222222, QStringLiteral("DE"));
    const auto done = await<Nothing>([&](auto then) {
        return (*m_store)->stops().stop({stopped}, {AliasKey(4915111111111)}, QStringLiteral("wrote STOP"), then);
    });
    QVERIFY(done.ok());
    const auto staged = stage(header
        + "Zoe,0151 33333333,zoe@example.org,vip,\n" // added
          "Ian,+44 7400 123456,,,2024-03-31\n" // added
          "Known,0151 22222222,known@example.org,,\n" // updated: the e-mail was blank
          "Zoe,+4915133333333,,,\n" // unchanged: line 2 again
          "Stopped,0151 11111111,,,\n" // suppressed
          "Sci,4.915E+12,,,\n" // rejected
          "\n"
          "None,,,,\n"); // rejected
    QVERIFY2(staged.ok(), qPrintable(staged.ok() ? QString() : staged.failure().detail));
    QCOMPARE(staged->rows.rows, qint64(7));
    const ImportCounts expected{2, 1, 1, 1, 2};
    QVERIFY(same(staged->dryRun, expected));
    // The dry run has changed nothing.
    QCOMPARE(people(), qint64(2));
    const auto outcome = commit(*staged);
    QVERIFY2(outcome.ok(), qPrintable(outcome.ok() ? QString() : outcome.failure().detail));
    QVERIFY(same(outcome->counts, expected));
    QCOMPARE(outcome->counts.sum(), staged->rows.rows);
    QCOMPARE(people(), qint64(4));
    QCOMPARE(stagingFiles(), QStringList());
}

void ImporterTest::theSameFileAgainChangesNothing()
{
    const QByteArray bytes
        = header + "Zoe,0151 33333333,zoe@example.org,vip,\nNo number known,12,,,\nIan,+447400123456,,,\n";
    const auto first = stage(bytes);
    QVERIFY(first.ok());
    QVERIFY(commit(*first).ok());
    const auto again = stage(bytes);
    QVERIFY(again.ok());
    QVERIFY(same(again->dryRun, {0, 0, 3, 0, 0}));
    const auto outcome = commit(*again);
    QVERIFY(outcome.ok());
    QVERIFY(same(outcome->counts, {0, 0, 3, 0, 0}));
    QCOMPARE(people(), qint64(3));
}

void ImporterTest::stopsThatComeAfterTheDryRunCount()
{
    const auto staged = stage(header + "Zoe,0151 33333333,,,\nIan,+447400123456,,,\n");
    QVERIFY(staged.ok());
    QVERIFY(same(staged->dryRun, {2, 0, 0, 0, 0}));
    const auto done = await<Nothing>([&](auto then) {
        return (*m_store)->stops().stop({}, {AliasKey(4915133333333)}, QStringLiteral("called us"), then);
    });
    QVERIFY(done.ok());
    const auto outcome = commit(*staged);
    QVERIFY(outcome.ok());
    QVERIFY(same(outcome->counts, {1, 0, 0, 1, 0}));
}

void ImporterTest::undoTakesEverybodyOut()
{
    const auto staged = stage(header + "Zoe,0151 33333333,,,\nIan,+447400123456,,,\n");
    QVERIFY(staged.ok());
    const auto outcome = commit(*staged);
    QVERIFY(outcome.ok());
    QCOMPARE(people(), qint64(2));
    const auto undone = await<UndoReport>([&](auto then) { return (*m_store)->batches().undo(outcome->batch, then); });
    QVERIFY(undone.ok());
    QCOMPARE(undone->restored, qint64(2));
    QCOMPARE(people(), qint64(0));
}

void ImporterTest::aDroppedDryRunLeavesNothing()
{
    {
        const auto staged = stage(header + "Zoe,0151 33333333,,,\n");
        QVERIFY(staged.ok());
        QCOMPARE(stagingFiles().size(), 1);
    }
    QCOMPARE(stagingFiles(), QStringList());
    QCOMPARE(people(), qint64(0));
}

void ImporterTest::aDroppedStageLeavesNothing()
{
    QByteArray bytes = header;
    for (int i = 0; i < 30'000; ++i)
        bytes += "Person,+4915" + QByteArray::number(120'000'000 + i) + ",,,\n";
    const ImportRequest request{make(bytes), {}, {F::Name, F::Phone, F::Email, F::Tags, F::OptInDate}, {}};
    bool answered = false;
    {
        std::optional<Call> call;
        call = m_importer->stage(
            request, std::make_shared<JobControl>(), [&](const ImportProgress &) { call.reset(); },
            [&](const Result<StagedImport> &) { answered = true; });
        QTRY_VERIFY(!call);
    }
    m_importer.reset(); // waits for the worker
    QCoreApplication::processEvents();
    QVERIFY(!answered);
    QCOMPARE(stagingFiles(), QStringList());
    QCOMPARE(people(), qint64(0));
}

void ImporterTest::leftoversOfACrashAreRemoved()
{
    m_importer.reset();
    QFile left(m_store->folder() + QStringLiteral("/import-0123.staging"));
    QVERIFY(left.open(QIODevice::WriteOnly));
    left.close();
    m_importer = std::make_unique<Importer>(**m_store, m_store->folder());
    QVERIFY(!left.exists());
}

void ImporterTest::lookGuessesFormatAndColumns()
{
    const QString file = make("\xEF\xBB\xBFVorname;Nachname;Handy\r\nZo\xC3\xAB;Meyer;0151 33333333\r\n");
    const auto look = await<FileLook>([&](auto then) { return m_importer->look(file, then); });
    QVERIFY(look.ok());
    QCOMPARE(look->guess.format.delimiter, ';');
    QVERIFY(look->guess.bom);
    QCOMPARE(look->columns, (ColumnMap{F::GivenName, F::FamilyName, F::Phone}));
    const auto bare = await<FileLook>([&](auto then) {
        return m_importer->lookAgain(file, {"UTF-8", ';', false, 1}, false, then);
    });
    QVERIFY(bare.ok());
    QCOMPARE(bare->sample.rows.size(), std::size_t(2));
    const auto none = await<FileLook>([&](auto then) { return m_importer->look(file + u'x', then); });
    QVERIFY(!none.ok());
    QCOMPARE(int(none.failure().kind), int(Failure::Kind::NotFound));
}

void ImporterTest::exportOfRejectedRows()
{
    const auto staged = stage(header + "Zoe,0151 33333333,,,\nSci,4.917E+12,,,\n\"A, \"\"B\"\"\",none,,,\n");
    QVERIFY(staged.ok());
    const auto outcome = commit(*staged);
    QVERIFY(outcome.ok());
    const QString out = m_files->filePath(QStringLiteral("rejected.csv"));
    const auto rows = await<qint64>([&](auto then) {
        return m_importer->exportRejected(
            outcome->batch, out, [](const QString &reason) { return u"because " + reason; }, then);
    });
    QVERIFY2(rows.ok(), qPrintable(rows.ok() ? QString() : rows.failure().detail));
    QCOMPARE(*rows, qint64(2));
    QFile file(out);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(),
        QByteArray("\xEF\xBB\xBFline,reason,row\r\n"
                   "3,because scientific,\"Sci,4.917E+12,,,\"\r\n"
                   "4,because not-a-number,\"\"\"A, \"\"\"\"B\"\"\"\"\"\",none,,,\"\r\n"));
}

void ImporterTest::cellsASpreadsheetWouldCalculate()
{
    QCOMPARE(csvCell(QStringLiteral("=1+1"), true), QStringLiteral("'=1+1"));
    QCOMPARE(csvCell(QStringLiteral("@x"), true), QStringLiteral("'@x"));
    QCOMPARE(csvCell(QStringLiteral("=1+1"), false), QStringLiteral("=1+1"));
    QCOMPARE(csvCell(QStringLiteral("a\"b"), true), QStringLiteral("\"a\"\"b\""));
    QCOMPARE(csvCell(QString(), true), QString());
}

QTEST_GUILESS_MAIN(ImporterTest)
#include "importer_test.moc"
