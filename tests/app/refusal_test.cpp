// SPDX-License-Identifier: GPL-3.0-or-later
// The real program on a folder that it must not open: it says why in a sentence and leaves every file as it was.
#include "models/store/store.h"
#include "tests/support/answer.h"
#include "tests/support/temporarystore.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

QMap<QString, QByteArray> filesIn(const QString &folder)
{
    QMap<QString, QByteArray> files;
    for (const QString &name : QDir(folder).entryList(QDir::Files | QDir::Hidden)) {
        QFile file(folder + u'/' + name);
        files.insert(name, file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read"));
    }
    return files;
}

} // namespace

class RefusalTest final : public QObject {
    Q_OBJECT
private slots:
    void itIsSaidInASentence_data();
    void itIsSaidInASentence();
};

void RefusalTest::itIsSaidInASentence_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("newer schema") << QStringLiteral("newer")
                                  << QStringLiteral(" was written by a newer Rollcall. The file was left exactly as it "
                                                    "was. Start the newer Rollcall, or choose another profile.");
    const QString foreign = QStringLiteral(
        " is not a database of Rollcall, or it belongs to somebody else. The file was left exactly as it was. Choose "
        "another folder with --data-dir, or move the file away.");
    QTest::newRow("another program's database") << QStringLiteral("database") << foreign;
    QTest::newRow("no database") << QStringLiteral("diary") << foreign;
}

void RefusalTest::itIsSaidInASentence()
{
    QFETCH(const QString, what);
    QFETCH(const QString, sentence);
    TemporaryStore store;
    const QString folder = store.folder();
    const QString file = store.file();
    if (what == QLatin1String("newer"))
        store.add(QStringLiteral("Ada"), QStringLiteral("+442079460001"), 442079460001);
    store.close();
    if (what == QLatin1String("newer")) {
        QVERIFY(TemporaryStore::tamper(file, QStringLiteral("PRAGMA user_version = 9000")));
    } else {
        for (const QString &name : QDir(folder).entryList(QDir::Files | QDir::Hidden))
            QVERIFY(QFile::remove(folder + u'/' + name)); // a folder that was never Rollcall's
        QFile diary(file);
        QVERIFY(what != QLatin1String("diary")
            || (diary.open(QIODevice::WriteOnly)
                && diary.write(QByteArray("Dear diary, this is no database. ").repeated(200)) > 0));
        QVERIFY(what != QLatin1String("database")
            || TemporaryStore::tamper(file, QStringLiteral("CREATE TABLE people (id INTEGER)")));
    }
    const auto before = filesIn(folder);
    QVERIFY(before.contains(QStringLiteral("rollcall.db")));

    QProcess program;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    program.setProcessEnvironment(environment);
    program.start(QStringLiteral(ROLLCALL_BIN_DIR "/rollcall"), {QStringLiteral("--data-dir"), folder});
    QVERIFY2(program.waitForStarted(), qPrintable(program.errorString()));
    QByteArray told; // it stays until its window is closed
    (void)eventually(
        [&] {
            told += program.readAllStandardError();
            return told.endsWith("away.\n") || told.endsWith("profile.\n") || program.state() == QProcess::NotRunning;
        },
        60'000);
    program.terminate();
    QVERIFY(program.state() == QProcess::NotRunning || program.waitForFinished(20'000));
    told += program.readAllStandardError();
    const QString expected = QStringLiteral("rollcall: ") + file + sentence;
    const QString all = QString::fromUtf8(told);
    QVERIFY2(all.split(u'\n').contains(expected), qPrintable(all + QStringLiteral("expected: ") + expected));
    const auto after = filesIn(folder);
    for (auto each = before.begin(); each != before.end(); ++each)
        QVERIFY2(after.value(each.key()) == each.value(), qPrintable(each.key()));
    QVERIFY(!after.contains(QStringLiteral("rollcall.db-wal")));
}

QTEST_GUILESS_MAIN(RefusalTest)
#include "refusal_test.moc"
