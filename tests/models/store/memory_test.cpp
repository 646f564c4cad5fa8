// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/people.h"
#include "tests/support/manypeople.h"
#include "tests/support/temporarystore.h"

#include <sqlite3.h>

using namespace rollcall;
using namespace rollcall::tests;

class MemoryTest : public QObject {
    Q_OBJECT

private:
    static std::size_t everybody(TemporaryStore &store)
    {
        const auto spine = await<Spine>([&](auto then) { return store->people().spine({}, {}, {}, then); });
        if (!spine)
            return 0;
        const auto rows
            = await<std::vector<PersonRow>>([&](auto then) { return store->people().rows(*spine, {}, then); });
        return rows ? rows->size() : 0;
    }

private slots:
    /// Both connections keep up to 16 MiB of pages after a long read or write.
    void quietStoreGivesItsPagesBack()
    {
        constexpr int people = 20'000;
        TemporaryStore store;
        QVERIFY(addPeople(*store, store.folder(), people));
        QCOMPARE(everybody(store), std::size_t(people));
        const sqlite3_int64 before = sqlite3_memory_used();
        QVERIFY(await<Nothing>([&](auto then) { return store->giveMemoryBack(then); }));
        const sqlite3_int64 after = sqlite3_memory_used();
        QVERIFY2(after < before / 2, qPrintable(QStringLiteral("%1 of %2 bytes").arg(after).arg(before)));
        QCOMPARE(everybody(store), std::size_t(people)); // and it goes on reading
        store->setOperator(QStringLiteral("Ana"));
        QVERIFY(addPeople(*store, store.folder(), 10)); // and writing
    }
};

QTEST_GUILESS_MAIN(MemoryTest)
#include "memory_test.moc"
