// SPDX-License-Identifier: GPL-3.0-or-later
// The disk is full, somebody else holds the file, the clock moves: what was acknowledged stays, what was not is said.
#include "models/store/imports.h"
#include "models/store/journal.h"
#include "models/store/people.h"
#include "tests/support/stagingfile.h"
#include "tests/support/temporarystore.h"

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QStandardPaths>
#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#include <unistd.h>
#endif

using namespace rollcall;
using namespace rollcall::tests;

namespace {

#ifdef Q_OS_UNIX
/// No file may grow beyond `bytes` while this lives; a write that would says EFBIG.
class FileLimit {
public:
    explicit FileLimit(qint64 bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{rlim_t(bytes), m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileLimit() { setrlimit(RLIMIT_FSIZE, &m_before); }
    FileLimit(const FileLimit &) = delete;
    FileLimit &operator=(const FileLimit &) = delete;

private:
    rlimit m_before{};
};
#endif

qint64 countAll(TemporaryStore &store)
{
    return *await<qint64>([&](auto then) { return store->people().count({}, {}, then); });
}

Result<PersonId> addLong(TemporaryStore &store, int n)
{
    PersonFields fields;
    fields.name = QStringLiteral("P%1").arg(n);
    fields.note = QString(20'000, QLatin1Char('n'));
    return await<PersonId>([&](auto then) { return store->people().add(fields, then); });
}

void isWhole(TemporaryStore &store, qint64 people)
{
    QCOMPARE(countAll(store), people);
    QVERIFY((*await<ChainReport>([&](auto then) { return store->journal().verify(then); })).sound);
    QVERIFY(await<Nothing>([&](auto then) { return store->checkFile(true, then); }));
}

} // namespace

class FaultsTest : public QObject {
    Q_OBJECT

private slots:
    void noRoomForOnePerson()
    {
#ifndef Q_OS_UNIX
        QSKIP("file limits of Unix");
#else
        TemporaryStore store;
        QSignalSpy broken(&*store, &Store::broken);
        qint64 acknowledged = 0;
        {
            const FileLimit limit(1'500'000);
            for (int i = 0; i < 200; ++i) {
                const auto added = addLong(store, i);
                if (!added) {
                    QCOMPARE(added.failure().kind, Failure::Kind::DiskFull);
                    QCOMPARE(added.failure().subject, store.file());
                    break;
                }
                ++acknowledged;
            }
            QVERIFY(acknowledged > 5 && acknowledged < 200);
            QCOMPARE(countAll(store), acknowledged); // still readable
        }
        QCOMPARE(broken.size(), 0);
        QVERIFY(addLong(store, 999)); // there is room again: it goes on in the same session
        isWhole(store, acknowledged + 1);
        QVERIFY(store.open());
        isWhole(store, acknowledged + 1);
#endif
    }

    void noRoomForAnImport()
    {
#ifndef Q_OS_UNIX
        QSKIP("file limits of Unix");
#else
        TemporaryStore store;
        store.add(QStringLiteral("Here"), QString());
        StagingFile staging(store.folder());
        for (int i = 0; i < 20'000; ++i)
            staging.add({.name = QStringLiteral("N%1").arg(i),
                .raw = QStringLiteral("+%1").arg(492'000'000 + i),
                .e164 = 492'000'000 + i});
        staging.finish();
        auto control = std::make_shared<JobControl>();
        const auto commit = [&] {
            return await<ImportOutcome>(
                [&](auto then) { return store->imports().commit(staging.path(), {}, control, {}, then); });
        };
        {
            const FileLimit limit(1'200'000);
            const auto outcome = commit();
            QVERIFY(!outcome.ok());
            QCOMPARE(outcome.failure().kind, Failure::Kind::DiskFull);
            QCOMPARE(countAll(store), 1);
        }
        QVERIFY(QFile::exists(staging.path()));
        QCOMPARE(commit()->counts.added, 20'000);
        isWhole(store, 20'001);
#endif
    }

    /// The same on a file system of 4 MB that is really full, in a mount namespace of its own.
    void aFullFileSystem()
    {
#ifndef Q_OS_LINUX
        QSKIP("mount namespaces of Linux");
#else
        if (!qEnvironmentVariableIsEmpty("ROLLCALL_SMALL_DISK")) {
            TemporaryStore store;
            qint64 acknowledged = 0;
            std::optional<Failure> failure;
            for (; acknowledged < 400 && !failure; ++acknowledged) {
                const auto added = addLong(store, int(acknowledged));
                if (!added)
                    failure = added.failure();
            }
            --acknowledged;
            QVERIFY(failure);
            QCOMPARE(failure->kind, Failure::Kind::DiskFull);
            QCOMPARE(countAll(store), acknowledged);
            QVERIFY(QFile::remove(qEnvironmentVariable("ROLLCALL_SMALL_DISK") + QStringLiteral("/ballast")));
            QVERIFY(addLong(store, 999));
            isWhole(store, acknowledged + 1);
            return;
        }
        QTemporaryDir place;
        const QString script = QStringLiteral("mount -t tmpfs -o size=4m tmpfs \"$1\" || exit 77\n"
                                              "head -c 1000000 /dev/zero > \"$1/ballast\"\n"
                                              "TMPDIR=\"$1\" ROLLCALL_SMALL_DISK=\"$1\" exec \"$2\" aFullFileSystem\n");
        QStringList arguments{QStringLiteral("--mount")};
        if (geteuid() != 0)
            arguments << QStringLiteral("--user") << QStringLiteral("--map-root-user");
        QProcess child;
        child.setProcessChannelMode(QProcess::MergedChannels);
        child.start(QStringLiteral("unshare"),
            arguments
                + QStringList{QStringLiteral("sh"), QStringLiteral("-c"), script, QStringLiteral("sh"), place.path(),
                    QCoreApplication::applicationFilePath()});
        QVERIFY(child.waitForFinished(120'000));
        const QByteArray output = child.readAll();
        if (!output.contains("aFullFileSystem"))
            QSKIP(qPrintable(
                QStringLiteral("no file system can be mounted here: ") + QString::fromLocal8Bit(output.left(200))));
        QVERIFY2(child.exitCode() == 0, output.constData());
#endif
    }

    void somebodyElseWrites()
    {
        TemporaryStore store;
        const QString name = QStringLiteral("stranger");
        {
            QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
            db.setDatabaseName(store.file());
            QVERIFY(db.open());
            QVERIFY(QSqlQuery(db).exec(QStringLiteral("BEGIN IMMEDIATE")));
            bool done = false;
            const Call call = store->people().add(
                {.name = QStringLiteral("Ann")}, [&](const Result<PersonId> &id) { done = id.ok(); });
            QVERIFY(!QTest::qWaitFor([&] { return done; }, 300));
            QCOMPARE(countAll(store), 0); // the reader is not held up
            QVERIFY(QSqlQuery(db).exec(QStringLiteral("COMMIT")));
            QVERIFY(QTest::qWaitFor([&] { return done; }, 20'000));
        }
        QSqlDatabase::removeDatabase(name);
        QCOMPARE(countAll(store), 1);
    }

    void theClockMovesBackAndIsConfirmed()
    {
        TemporaryStore store;
        store.add(QStringLiteral("Ann"), QString());
        const qint64 seen = store.clock.now().wallMs;
        QVERIFY(!store->time().clockMoved());
        store.clock.jumpWall(-86'400'000);
        QVERIFY(store->time().clockMoved());
        QVERIFY(store.open());
        QCOMPARE(store->time().latestSeenMs, seen);
        QVERIFY(store->time().clockMoved());
        // A change meanwhile does not set the latest time back.
        const PersonId bob = store.add(QStringLiteral("Bob"), QString());
        QCOMPARE(store.row(bob).createdMs, seen);
        QVERIFY(store->time().clockMoved());
        QVERIFY(await<Nothing>([&](auto then) { return store->confirmTime(then); }));
        QVERIFY(!store->time().clockMoved());
        QVERIFY(store.open());
        QVERIFY(!store->time().clockMoved());
        const auto seqs = *await<std::vector<qint64>>(
            [&](auto then) { return store->journal().list(QStringLiteral("time.confirm"), then); });
        QCOMPARE(seqs.size(), 1u);
    }
};

QTEST_GUILESS_MAIN(FaultsTest)
#include "faults_test.moc"
