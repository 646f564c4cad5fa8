// SPDX-License-Identifier: GPL-3.0-or-later
// The journal read to its end, and whom many entries are about, over a list that is long.
#include "models/store/consents.h"
#include "models/store/journal.h"
#include "models/store/people.h"
#include "tests/support/temporarystore.h"

#include <algorithm>

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

    /// Alone, by batches that overlap, and twice by one batch: each once, and only who is still here.
    void whomManyEntriesAreAbout()
    {
        TemporaryStore store;
        std::vector<PersonId> all;
        all.reserve(5);
        for (int i = 0; i < 5; ++i)
            all.push_back(store.add(QStringLiteral("P%1").arg(i), QStringLiteral("0%1").arg(i), 4915100 + i, {}));
        const auto optOut = [&](const std::vector<PersonId> &people) {
            ConsentEvent event;
            event.what = ConsentState::OptOut;
            event.source = QStringLiteral("phone");
            return await<Nothing>([&](auto then) { return store->consents().record(people, event, then); });
        };
        QVERIFY(optOut({all[0], all[1], all[4]}));
        QVERIFY(optOut({all[1], all[2]}));
        QVERIFY(await<qint64>([&](auto then) { return store->people().remove({all[4]}, then); }));
        const auto whom = [&](const JournalFilter &filter) {
            const auto seqs
                = *await<std::vector<qint64>>([&](auto then) { return store->journal().chosen(filter, then); });
            auto found = *await<std::vector<PersonId>>([&](auto then) { return store->journal().whom(seqs, then); });
            std::sort(found.begin(), found.end());
            return found;
        };
        using People = std::vector<PersonId>;
        QCOMPARE(whom({}), (People{all[0], all[1], all[2], all[3]}));
        QCOMPARE(whom({.act = QStringLiteral("consent")}), (People{all[0], all[1], all[2]}));
        QCOMPARE(whom({.act = QStringLiteral("person.delete")}), People{});
        QCOMPARE(await<std::vector<PersonId>>([&](auto then) { return store->journal().whom({999}, then); })->size(),
            std::size_t(0));
    }
};

QTEST_GUILESS_MAIN(JournalTellingTest)
#include "journaltelling_test.moc"
