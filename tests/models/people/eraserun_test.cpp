// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/people/eraserun.h"

#include "models/store/journal.h"
#include "models/store/people.h"
#include "tests/support/temporarystore.h"

#include <QFile>
#include <QSignalSpy>

using namespace rollcall;
using namespace rollcall::tests;

class EraseRunTest final : public QObject {
    Q_OBJECT

    std::vector<PersonId> m_all;

    void fill(TemporaryStore &store, int count)
    {
        m_all.clear();
        for (int i = 0; i < count; ++i)
            m_all.push_back(store.add(
                QStringLiteral("Wilhelmine %1").arg(i), QStringLiteral("+49151123450%1").arg(i), 491511234500 + i, {}));
    }
    static qint64 people(TemporaryStore &store)
    {
        return *await<qint64>([&](auto then) { return store->people().count({}, {}, then); });
    }

private slots:
    void everybodyGoesAndTheChainHolds()
    {
        TemporaryStore store;
        fill(store, 5);
        const PersonId other = store.add(QStringLiteral("Bert"), QStringLiteral("0301"), 49301, {});
        EraseRun run(*store, m_all);
        QSignalSpy progressed(&run, &EraseRun::progressed);
        QSignalSpy finished(&run, &EraseRun::finished);
        run.start();
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(progressed.size(), 5);
        QCOMPARE(run.tally().erased, 5);
        QCOMPARE(run.tally().untouched, 0);
        QCOMPARE(run.progress().done, 5);
        QCOMPARE(people(store), 1);
        QCOMPARE(store.row(other).fields.name, QStringLiteral("Bert"));
        QVERIFY((*await<ChainReport>([&](auto then) { return store->journal().verify(then); })).sound);
        QFile file(store.file());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("Wilhelmine"));
    }

    void cancelTakesHoldBetweenTwoPeople()
    {
        TemporaryStore store;
        fill(store, 5);
        EraseRun run(*store, m_all);
        QSignalSpy finished(&run, &EraseRun::finished);
        connect(&run, &EraseRun::progressed, &run, [&run] {
            if (run.progress().done == 2)
                run.cancel();
        });
        run.start();
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(run.tally().erased, 2);
        QCOMPARE(run.tally().untouched, 3);
        QCOMPARE(people(store), 3);
        QCOMPARE(store.row(m_all[2]).fields.name, QStringLiteral("Wilhelmine 2")); // whole
    }

    void pausedItWaitsAndGoesOn()
    {
        TemporaryStore store;
        fill(store, 3);
        EraseRun run(*store, m_all);
        QSignalSpy progressed(&run, &EraseRun::progressed);
        QSignalSpy finished(&run, &EraseRun::finished);
        run.start();
        run.setPaused(true);
        QTRY_COMPARE(progressed.size(), 1); // whose turn it was is finished
        QTest::qWait(100);
        QCOMPARE(people(store), 2);
        QCOMPARE(finished.size(), 0);
        run.setPaused(false);
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(people(store), 0);
        run.cancel(); // of no effect any more
        QCOMPARE(finished.size(), 1);
    }

    void whoIsGoneIsCountedAndAnImportEndsIt()
    {
        TemporaryStore store;
        fill(store, 2);
        m_all.insert(m_all.begin(), PersonId(777));
        {
            EraseRun run(*store, {m_all[0], m_all[1]});
            QSignalSpy finished(&run, &EraseRun::finished);
            run.start();
            QTRY_COMPARE(finished.size(), 1);
            QCOMPARE(run.tally().gone, 1);
            QCOMPARE(run.tally().erased, 1);
        }
        QFile staging(store.folder() + QStringLiteral("/import-1.staging"));
        QVERIFY(staging.open(QIODevice::WriteOnly));
        EraseRun run(*store, {m_all[2]});
        QSignalSpy finished(&run, &EraseRun::finished);
        run.start();
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(run.tally().importOpen);
        QCOMPARE(run.tally().untouched, 1);
        QCOMPARE(people(store), 1);
    }
};

QTEST_GUILESS_MAIN(EraseRunTest)
#include "eraserun_test.moc"
