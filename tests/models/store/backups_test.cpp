// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/backups.h"

#include "models/store/journal.h"
#include "models/store/people.h"
#include "tests/support/temporarystore.h"

#include <QDir>
#include <QFile>

using namespace rollcall;
using namespace rollcall::tests;

class BackupsTest : public QObject {
    Q_OBJECT

private:
    static BackupFile backup(TemporaryStore &store)
    {
        const auto made = await<BackupFile>([&](auto then) { return store->backups().backupNow(then); });
        if (!made)
            qFatal("backup: %s", qPrintable(made.failure().detail));
        return *made;
    }
    static Done daily(TemporaryStore &store)
    {
        return await<Nothing>([&](auto then) { return store->backups().daily(then); });
    }
    static qint64 countAll(TemporaryStore &store)
    {
        return *await<qint64>([&](auto then) { return store->people().count({}, {}, then); });
    }

private slots:
    void restoreBringsBackTheMoment()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        const BackupFile made = backup(store);
        QCOMPARE(QFile::permissions(made.path) & QFile::Permissions(0x0077), QFile::Permissions());
        QVERIFY(made.bytes > 0);
        store.add(QStringLiteral("Bob"), QString());
        QVERIFY(!Backups::restore(store.folder(), made.path)); // the store is open
        store.close();
        QVERIFY(Backups::restore(store.folder(), made.path));
        QVERIFY(store.open());
        QCOMPARE(countAll(store), 1);
        QCOMPARE(store.row(ann).fields.name, QStringLiteral("Ann"));
        QVERIFY((*await<ChainReport>([&](auto then) { return store->journal().verify(then); })).sound);
        const QStringList aside
            = QDir(store.folder()).entryList({QStringLiteral("rollcall-before-restore-*.db")}, QDir::Files);
        QCOMPARE(aside.size(), 1);
        QVERIFY(QFile::exists(made.path));
    }

    void threeDailyOnesAreKeptAndOnePerDayIsMade()
    {
        TemporaryStore store;
        const BackupFile byHand = backup(store);
        for (int day = 0; day < 5; ++day) {
            QVERIFY(daily(store));
            QVERIFY(daily(store)); // the day has one
            store.clock.advance(86'400'000);
        }
        const auto files = store->backups().list();
        QCOMPARE(files.size(), 4u);
        QCOMPARE(files.back().path, byHand.path);
        QCOMPARE(files.front().atMs, store.clock.now().wallMs - 86'400'000);
    }

    void aBadBackupIsRefusedAndNothingIsTouched_data()
    {
        QTest::addColumn<QString>("what");
        for (const char *what : {"missing", "text", "damaged", "foreign", "newer"})
            QTest::newRow(what) << QString::fromLatin1(what);
    }
    void aBadBackupIsRefusedAndNothingIsTouched()
    {
        QFETCH(QString, what);
        TemporaryStore store;
        for (int i = 0; i < 50; ++i)
            store.add(QStringLiteral("P%1").arg(i), QString());
        const QString path = backup(store).path;
        store.close();
        QFile file(path);
        if (what == QLatin1String("missing"))
            file.remove();
        else if (what == QLatin1String("text") || what == QLatin1String("damaged")) {
            QVERIFY(file.open(QIODevice::ReadWrite));
            file.seek(what == QLatin1String("text") ? 0 : 8192);
            file.write(QByteArray(file.size() - file.pos(), 'x'));
            file.close();
        } else if (what == QLatin1String("foreign"))
            QVERIFY(TemporaryStore::tamper(path, QStringLiteral("PRAGMA application_id = 1")));
        else
            QVERIFY(TemporaryStore::tamper(path, QStringLiteral("PRAGMA user_version = 9000")));
        QVERIFY(!Backups::restore(store.folder(), path).ok());
        QVERIFY(store.open());
        QCOMPARE(countAll(store), 50);
    }
};

QTEST_GUILESS_MAIN(BackupsTest)
#include "backups_test.moc"
