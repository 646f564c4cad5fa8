// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/rowcache.h"

#include <QTest>

using namespace rollcall;

class RowCacheTest : public QObject {
    Q_OBJECT
private slots:
    void forgetsWhatIsNotUsed();
    void keepsWhatIsUsed();
    void staleIsStillThere();
    void goneIsKnown();
};

using Cache = RowCache<int, int>;

void RowCacheTest::forgetsWhatIsNotUsed()
{
    Cache cache(10);
    for (int key = 0; key < 30; ++key)
        cache.put(key, key);
    QVERIFY(!cache.find(0));
    QCOMPARE(*cache.find(29)->row, 29);
}

void RowCacheTest::keepsWhatIsUsed()
{
    Cache cache(10);
    for (int key = 0; key < 100; ++key) {
        cache.put(key, key);
        QVERIFY(cache.find(0));
    }
    QCOMPARE(*cache.find(0)->row, 0);
}

void RowCacheTest::staleIsStillThere()
{
    Cache cache(10);
    cache.put(1, 11);
    cache.put(2, 22);
    cache.markStale(1);
    QVERIFY(cache.find(1)->stale);
    QCOMPARE(*cache.find(1)->row, 11);
    QVERIFY(!cache.find(2)->stale);
    cache.markAllStale();
    QVERIFY(cache.find(2)->stale);
    cache.put(1, 12);
    QVERIFY(!cache.find(1)->stale);
    QCOMPARE(*cache.find(1)->row, 12);
}

void RowCacheTest::goneIsKnown()
{
    Cache cache(10);
    cache.put(7, std::nullopt);
    QVERIFY(cache.find(7));
    QVERIFY(!cache.find(7)->row);
    cache.clear();
    QVERIFY(!cache.find(7));
}

QTEST_APPLESS_MAIN(RowCacheTest)
#include "rowcache_test.moc"
