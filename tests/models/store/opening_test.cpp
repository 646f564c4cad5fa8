// SPDX-License-Identifier: GPL-3.0-or-later
// What the file may be when the store is opened (reliability.md, C3 and M16-M18): each ends in a named refusal, and
// what is refused stays byte for byte.
#include "models/store/internal/opening.h"

#include "models/store/internal/journalchain.h"
#include "models/store/people.h"
#include "tests/support/nobody.h"
#include "tests/support/temporarystore.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QSignalSpy>
#ifdef Q_OS_UNIX
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace rollcall;
using namespace rollcall::tests;

namespace {

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

/// Opens and, if that works, checks: the first refusal. Nothing = opened sound.
std::optional<Failure> refusal(TemporaryStore &store)
{
    return store.open() ? std::nullopt : std::optional(store.failure());
}

} // namespace

class OpeningTest : public QObject {
    Q_OBJECT

private:
    static void fill(TemporaryStore &store, int people = 3)
    {
        for (int i = 0; i < people; ++i)
            store.add(QStringLiteral("Person %1").arg(i), QStringLiteral("+49151%1").arg(i), 4915100 + i);
    }

private slots:
#ifdef Q_OS_UNIX
    /// Killed between making the lock file and writing it: found by blocks_crash at the 2nd write of the program.
    void anEmptyLockFileIsNobodys()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        store.close();
        const QString lock = store.folder() + QStringLiteral("/rollcall.lock");
        QFile empty(lock);
        QVERIFY(empty.open(QIODevice::WriteOnly));
        {
            QCOMPARE(::flock(empty.handle(), LOCK_EX | LOCK_NB), 0); // somebody alive is about to write it
            QVERIFY(!store.open());
            QCOMPARE(store.failure().kind, Failure::Kind::AlreadyOpen);
            QVERIFY(QFile::exists(lock));
        }
        empty.close();
        QVERIFY(store.open());
        QCOMPARE(store.row(ann).fields.name, QStringLiteral("Ann"));
        FakeClock clock;
        QCOMPARE(Store::open(store.folder(), clock).failure().kind, Failure::Kind::AlreadyOpen); // it is a lock again
    }
#endif

    void modesDoNotDependOnTheUmask()
    {
#ifndef Q_OS_UNIX
        QSKIP("modes of Unix");
#else
        const mode_t before = umask(0);
        {
            TemporaryStore store;
            fill(store);
            umask(before);
            QCOMPARE(QFile::permissions(store.folder()) & QFile::Permissions(0x0077), QFile::Permissions());
            const QStringList files = QDir(store.folder()).entryList(QDir::Files | QDir::Hidden);
            QVERIFY(files.contains(QStringLiteral("rollcall.db-wal")));
            QVERIFY(files.contains(QStringLiteral("journal.head")));
            for (const QString &name : files) {
                struct stat about { };
                QCOMPARE(stat(QFile::encodeName(store.folder() + QLatin1Char('/') + name).constData(), &about), 0);
                QVERIFY2((about.st_mode & 0777) == 0600, qPrintable(name));
            }
        }
#endif
    }

    void aSecondInstanceIsToldWhoHoldsIt()
    {
        TemporaryStore store;
        FakeClock clock;
        const auto second = Store::open(store.folder(), clock);
        QVERIFY(!second.ok());
        QCOMPARE(second.failure().kind, Failure::Kind::AlreadyOpen);
        QVERIFY(second.failure().detail.contains(QString::number(QCoreApplication::applicationPid())));
        store.close();
        QVERIFY(store.open());
    }

    void anUncleanEndIsNoticed()
    {
        TemporaryStore store;
        QVERIFY(store->report().fresh);
        QVERIFY(!store->report().unclean);
        QVERIFY(store.open());
        QVERIFY(!store->report().fresh);
        QVERIFY(!store->report().unclean);
        store.close();
        write(store.folder() + QStringLiteral("/rollcall.open"), {}); // as kill -9 leaves it
        QVERIFY(store.open());
        QVERIFY(store->report().unclean);
    }

    void untilTheFileIsCheckedNothingIsWritten()
    {
        TemporaryStore store;
        fill(store);
        QVERIFY(store.open(false));
        QVERIFY(!store->checked());
        const auto refused
            = await<PersonId>([&](auto then) { return store->people().add({.name = QStringLiteral("x")}, then); });
        QCOMPARE(refused.failure().kind, Failure::Kind::Busy);
        QCOMPARE(*await<qint64>([&](auto then) { return store->people().count({}, {}, then); }), 3);
        QVERIFY(await<Nothing>([&](auto then) { return store->checkFile(true, then); }));
        QVERIFY(store->checked());
        fill(store, 1);
    }

    void refusedFilesStayAsTheyAre_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<Failure::Kind>("kind");
        QTest::newRow("empty") << QStringLiteral("empty") << Failure::Kind::Corrupt;
        QTest::newRow("missing") << QStringLiteral("missing") << Failure::Kind::NotFound;
        QTest::newRow("text") << QStringLiteral("text") << Failure::Kind::Corrupt;
        QTest::newRow("text in a strange folder") << QStringLiteral("strange text") << Failure::Kind::Foreign;
        QTest::newRow("header overwritten") << QStringLiteral("header") << Failure::Kind::Corrupt;
        QTest::newRow("cut short") << QStringLiteral("cut") << Failure::Kind::Corrupt;
        QTest::newRow("foreign database") << QStringLiteral("foreign") << Failure::Kind::Foreign;
        QTest::newRow("newer schema") << QStringLiteral("newer") << Failure::Kind::NewerSchema;
        QTest::newRow("link") << QStringLiteral("link") << Failure::Kind::Foreign;
        QTest::newRow("folder") << QStringLiteral("folder") << Failure::Kind::Foreign;
    }
    void refusedFilesStayAsTheyAre()
    {
        QFETCH(QString, what);
        QFETCH(Failure::Kind, kind);
        TemporaryStore store;
        fill(store);
        store.close();
        const QString file = store.file();
        const QByteArray good = bytesOf(file);
        if (what == QLatin1String("empty"))
            write(file, {});
        else if (what == QLatin1String("missing"))
            QFile::remove(file);
        else if (what == QLatin1String("text") || what == QLatin1String("strange text"))
            write(file, QByteArray("name;number\n").repeated(1000));
        else if (what == QLatin1String("header"))
            write(file, QByteArray(100, 'x') + good.mid(100));
        else if (what == QLatin1String("cut"))
            write(file, good.first(good.size() - 4096));
        else if (what == QLatin1String("foreign")) {
            QFile::remove(file);
            QVERIFY(TemporaryStore::tamper(file, QStringLiteral("CREATE TABLE people (id INTEGER)")));
        } else if (what == QLatin1String("newer"))
            QVERIFY(TemporaryStore::tamper(file, QStringLiteral("PRAGMA user_version = 9000")));
        else if (what == QLatin1String("link")) {
            QVERIFY(QFile::rename(file, file + QStringLiteral(".real")));
            QVERIFY(QFile::link(file + QStringLiteral(".real"), file));
        } else if (what == QLatin1String("folder")) {
            QFile::remove(file);
            QVERIFY(QDir().mkdir(file));
        }
        if (what.startsWith(QLatin1String("strange")))
            QFile::remove(journal::headFile(store.folder()));
        const QByteArray before = bytesOf(file);
        const auto failure = refusal(store);
        QVERIFY(failure);
        QCOMPARE(failure->kind, kind);
        QVERIFY(!failure->subject.isEmpty());
        QCOMPARE(bytesOf(file), before);
        QVERIFY(!QFile::exists(file + QStringLiteral("-wal")));
    }

    /// 60 seeded mutations here (the campaign does more): the file opens sound or is refused, and never takes a write
    /// that it acknowledges on a damaged page.
    void damagedPages()
    {
        TemporaryStore store;
        fill(store, 60);
        const qint64 people = *await<qint64>([&](auto then) { return store->people().count({}, {}, then); });
        store.close();
        const QByteArray good = bytesOf(store.file());
        QRandomGenerator random(20'260'101);
        int refused = 0;
        for (int round = 0; round < 60; ++round) {
            QByteArray bad = good;
            const int bytes = round % 3 == 0 ? 1 : round % 3 == 1 ? 64 : 4096;
            const auto at = qsizetype(random.bounded(quint32(bad.size() - bytes)));
            for (qsizetype i = at; i < at + bytes; ++i)
                bad[i] = char(random.bounded(256));
            write(store.file(), bad);
            if (const auto failure = refusal(store)) {
                ++refused;
                QVERIFY2(failure->kind == Failure::Kind::Corrupt || failure->kind == Failure::Kind::Foreign
                        || failure->kind == Failure::Kind::NewerSchema,
                    qPrintable(QStringLiteral("%1: %2").arg(round).arg(failure->detail)));
                QCOMPARE(bytesOf(store.file()), bad);
                continue;
            }
            // Sound: everybody can be read, in every order, and the file takes a write.
            QCOMPARE(*await<qint64>([&](auto then) { return store->people().count({}, {}, then); }), people);
            store.close();
            QFile::remove(store.file() + QStringLiteral("-wal"));
            QFile::remove(store.file() + QStringLiteral("-shm"));
        }
        QVERIFY2(refused > 20, qPrintable(QString::number(refused)));
    }

    void readOnlyFileAndFolder_data()
    {
        QTest::addColumn<bool>("folder");
        QTest::newRow("file") << false;
        QTest::newRow("folder") << true;
    }
    /// Root may write everything, so a child process opens the store as nobody.
    void readOnlyFileAndFolder()
    {
#ifndef Q_OS_UNIX
        QSKIP("modes of Unix");
#else
        QFETCH(bool, folder);
        TemporaryStore store;
        fill(store);
        store.close();
        const auto path = QFile::encodeName(store.folder());
        const auto file = QFile::encodeName(store.file());
        if (geteuid() == 0)
            QSKIP("root may write everything: see asNobody()");
        QCOMPARE(chmod(file.constData(), 0400), 0);
        if (folder)
            QCOMPARE(chmod(path.constData(), 0500), 0);
        const QByteArray before = bytesOf(store.file());
        const auto failure = refusal(store);
        QVERIFY2(!failure, failure ? qPrintable(failure->detail) : "");
        QVERIFY(store->report().readOnly);
        QCOMPARE(*await<qint64>([&](auto then) { return store->people().count({}, {}, then); }), 3);
        const auto refused
            = await<PersonId>([&](auto then) { return store->people().add({.name = QStringLiteral("x")}, then); });
        QCOMPARE(refused.failure().kind, Failure::Kind::ReadOnly);
        store.close();
        QCOMPARE(bytesOf(store.file()), before);
        chmod(path.constData(), 0700);
#endif
    }

    void asNobody()
    {
#ifndef Q_OS_UNIX
        QSKIP("users of Unix");
#else
        if (geteuid() != 0)
            QSKIP("not root: readOnlyFileAndFolder() has tried it");
        const NobodyRun run = runAsNobody(QStringLiteral("readOnlyFileAndFolder"));
        QVERIFY2(run.passed("OpeningTest::readOnlyFileAndFolder(folder)"), run.output.constData());
#endif
    }

    void someoneElsesFileIsRefused()
    {
#ifndef Q_OS_UNIX
        QSKIP("users of Unix");
#else
        if (geteuid() != 0)
            QSKIP("only root can give a file away");
        TemporaryStore store;
        fill(store);
        store.close();
        QCOMPARE(chown(QFile::encodeName(store.file()).constData(), 65534, 65534), 0);
        const auto failure = refusal(store);
        QVERIFY(failure);
        QCOMPARE(failure->kind, Failure::Kind::Foreign);
#endif
    }

    void aDamagedPageFoundLaterStopsWriting()
    {
        TemporaryStore store;
        fill(store, 150);
        store.close();
        QByteArray bad = bytesOf(store.file());
        // Page 1 keeps header and schema; the rest of the file is noise.
        for (qsizetype i = 8 * 4096; i < bad.size(); i += 3)
            bad[i] = char(bad[i] ^ 0x5a);
        write(store.file(), bad);
        const bool opened = store.open(false);
        if (!opened) {
            QCOMPARE(store.failure().kind, Failure::Kind::Corrupt);
            return;
        }
        QSignalSpy broken(&*store, &Store::broken);
        const auto checked = await<Nothing>([&](auto then) { return store->checkFile(false, then); });
        QVERIFY(!checked.ok());
        QCOMPARE(checked.failure().kind, Failure::Kind::Corrupt);
        QCOMPARE(broken.size(), 1);
        const auto refused
            = await<PersonId>([&](auto then) { return store->people().add({.name = QStringLiteral("x")}, then); });
        QVERIFY(!refused.ok());
        store.close();
        QCOMPARE(bytesOf(store.file()), bad);
    }
};

QTEST_GUILESS_MAIN(OpeningTest)
#include "opening_test.moc"
