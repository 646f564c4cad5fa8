// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/verdict.h"

#include <QTest>

using namespace rollcall;

class VerdictTest : public QObject {
    Q_OBJECT
private slots:
    void freshness_data();
    void freshness();
    void onlySettledWordsAreFresh();
};

void VerdictTest::freshness_data()
{
    QTest::addColumn<qint64>("wallAgeMs");
    QTest::addColumn<qint64>("monotonicAgeMs");
    QTest::addColumn<bool>("sameBoot");
    QTest::addColumn<qint64>("latestSeenAheadMs");
    QTest::addColumn<bool>("fresh");
    const qint64 week = 604'800'000;
    QTest::newRow("604,799 s") << week - 1000 << week - 1000 << true << qint64(0) << true;
    QTest::newRow("604,800 s") << week << week << true << qint64(0) << false;
    QTest::newRow("604,801 s") << week + 1000 << week + 1000 << true << qint64(0) << false;
    QTest::newRow("age 0") << qint64(0) << qint64(0) << true << qint64(0) << true;
    QTest::newRow("wall set back, same boot: monotonic counts") << qint64(1000) << week << true << qint64(0) << false;
    QTest::newRow("wall set forward, same boot: wall counts") << week << qint64(1000) << true << qint64(0) << false;
    QTest::newRow("other boot: wall alone") << week - 1000 << week + 5000 << false << qint64(0) << true;
    QTest::newRow("wall before the check, other boot") << qint64(-1) << qint64(0) << false << qint64(0) << false;
    QTest::newRow("clock behind the latest seen") << qint64(1000) << qint64(1000) << true << qint64(1) << false;
}

void VerdictTest::freshness()
{
    QFETCH(qint64, wallAgeMs);
    QFETCH(qint64, monotonicAgeMs);
    QFETCH(bool, sameBoot);
    QFETCH(qint64, latestSeenAheadMs);
    QFETCH(bool, fresh);
    const Instant then{1'700'000'000'000, 50'000, QStringLiteral("a")};
    TimeView time;
    time.now = {then.wallMs + wallAgeMs, then.monotonicMs + monotonicAgeMs,
        sameBoot ? QStringLiteral("a") : QStringLiteral("b")};
    time.latestSeenMs = time.now.wallMs + latestSeenAheadMs;
    QCOMPARE(isFresh(VerdictWord::Valid, then, time), fresh);
}

void VerdictTest::onlySettledWordsAreFresh()
{
    const Instant then{1'700'000'000'000, 50'000, QStringLiteral("a")};
    const TimeView time{then, then.wallMs};
    QVERIFY(isFresh(VerdictWord::Valid, then, time));
    QVERIFY(isFresh(VerdictWord::Invalid, then, time));
    QVERIFY(isFresh(VerdictWord::Unverified, then, time));
    QVERIFY(!isFresh(VerdictWord::Processing, then, time));
    QVERIFY(!isFresh(VerdictWord::Failed, then, time));
    QVERIFY(!isFresh(VerdictWord::NotChecked, then, time));
}

QTEST_GUILESS_MAIN(VerdictTest)
#include "verdict_test.moc"
