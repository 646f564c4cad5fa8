// SPDX-License-Identifier: GPL-3.0-or-later
// The journal read to its end, and whom many entries are about, over a list that is long.
#include "models/store/journal.h"
#include "tests/support/temporarystore.h"

using namespace rollcall;
using namespace rollcall::tests;

class JournalTellingTest final : public QObject {
    Q_OBJECT
private slots:
    /// To look for a text among everybody takes longer than a slice: it must not be done for every entry.
    void aTextIsNotLookedForEntryByEntry()
    {
        constexpr int entries = 60;
        TemporaryStore store;
        store.close();
        QVERIFY(TemporaryStore::tamper(store.file(),
            QStringLiteral("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
                           "INSERT INTO people SELECT i, 0, 0, 0, printf('%.*c', 40000, 'n') || iif(i = 1, 'eedle', "
                           "''), '', NULL, NULL, '', 0, "
                           "0, 0, 0, 0, 0, '', '', '', '' FROM n")));
        QVERIFY(TemporaryStore::tamper(store.file(),
            QStringLiteral(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1) INSERT INTO journal "
                "SELECT i, i, 1, 0, 0, 'x', 'person.edit', 'done', x'', x'00' FROM n")
                .arg(entries)));
        QVERIFY(store.open());
        std::vector<qint64> seqs;
        int slices = 0;
        const auto consume = [&](const std::vector<Journal::Told> &told, qint64 total) -> Done {
            ++slices;
            for (const Journal::Told &one : told)
                seqs.push_back(one.entry.seq);
            return total == entries ? Done(Nothing{}) : Done(Failure{.kind = Failure::Kind::Storage});
        };
        const auto count = await<qint64>(
            [&](auto then) { return store->journal().each({.text = QStringLiteral("needle")}, consume, then); });
        QVERIFY(count);
        QCOMPARE(*count, entries);
        QCOMPARE(seqs.size(), std::size_t(entries));
        QVERIFY(std::is_sorted(seqs.begin(), seqs.end()));
        QVERIFY2(slices <= entries / 3, qPrintable(QString::number(slices)));
    }
};

QTEST_GUILESS_MAIN(JournalTellingTest)
#include "journaltelling_test.moc"
