// SPDX-License-Identifier: GPL-3.0-or-later
// The rule "remove what is due every day": off by default, once a day, named in the journal.
#include "models/people/retention.h"

#include "models/settings/settings.h"
#include "models/store/journal.h"
#include "models/store/people.h"
#include "tests/support/temporarystore.h"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr qint64 dayMs = 86'400'000;

qint64 people(TemporaryStore &store)
{
    return *await<qint64>([&](auto then) { return store->people().count({}, {}, then); });
}

QStringList outcomes(TemporaryStore &store)
{
    const auto seqs = *await<std::vector<qint64>>(
        [&](auto then) { return store->journal().chosen({.act = QStringLiteral("retention")}, then); });
    const auto rows = *await<std::vector<JournalEntry>>([&](auto then) { return store->journal().rows(seqs, then); });
    QStringList list;
    for (const JournalEntry &entry : rows)
        list << entry.outcome;
    return list;
}

} // namespace

class RetentionRuleTest : public QObject {
    Q_OBJECT
private slots:
    void rulesAreKeptInTheSettings()
    {
        QTemporaryDir folder;
        const RetentionRules rules{.undoDays = 7,
            .verdictMonths = 2,
            .runMonths = 3,
            .toldMonths = 4,
            .messageMonths = 9,
            .leadMonths = 5,
            .journalMonths = 6};
        {
            Settings settings(folder.path());
            QCOMPARE(retentionRules(settings), RetentionRules{}); // nothing ages out by itself
            setRetentionRules(settings, rules);
        }
        QCOMPARE(retentionRules(Settings(folder.path())), rules);
    }

    void itActsOnceADayOnlyWhenSwitchedOn()
    {
        TemporaryStore store;
        QTemporaryDir folder;
        Settings settings(folder.path());
        store.add(QStringLiteral("Old"), QStringLiteral("+4401"), 4401);
        store.clock.advance(31 * dayMs);
        store.add(QStringLiteral("New"), QStringLiteral("+4402"), 4402);
        setRetentionRules(settings, {.leadMonths = 1});
        DailyRetention rule(*store, settings, store.clock);
        rule.start();
        QTest::qWait(50);
        QCOMPARE(people(store), 2); // it is off
        settings.setValue(Keys::retentionDaily, true);
        store.clock.advance(dayMs - 1);
        QTest::qWait(50);
        QCOMPARE(people(store), 2);
        store.clock.advance(1);
        QTRY_COMPARE(people(store), 1);
        QCOMPARE(outcomes(store).size(), 1);
        QVERIFY(outcomes(store).front().startsWith(QStringLiteral("by=rule ")));
        store.clock.advance(dayMs);
        QTest::qWait(50);
        QCOMPARE(outcomes(store).size(), 1); // nothing was due: no entry
        store.clock.advance(30 * dayMs);
        QTRY_COMPARE(people(store), 0);
        QVERIFY(!rule.problem());
    }

    /// What is old by a clock that stands behind what was seen is not known.
    void notWhileTheClockMovedBack()
    {
        TemporaryStore store;
        QTemporaryDir folder;
        Settings settings(folder.path());
        settings.setValue(Keys::retentionDaily, true);
        setRetentionRules(settings, {.leadMonths = 1});
        store.add(QStringLiteral("Old"), QStringLiteral("+4401"), 4401);
        store.clock.advance(40 * dayMs);
        store.add(QStringLiteral("New"), QStringLiteral("+4402"), 4402);
        store.clock.jumpWall(-2 * dayMs);
        DailyRetention rule(*store, settings, store.clock);
        rule.start();
        QTest::qWait(50);
        QCOMPARE(people(store), 2);
        store.clock.jumpWall(2 * dayMs);
        rule.start();
        QTRY_COMPARE(people(store), 1);
    }
};

QTEST_GUILESS_MAIN(RetentionRuleTest)
#include "retention_test.moc"
