// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/journal.h"

#include "models/store/internal/journalchain.h"
#include "models/store/people.h"
#include "tests/support/temporarystore.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

ChainReport verify(TemporaryStore &store)
{
    return *await<ChainReport>([&](auto then) { return store->journal().verify(then); });
}

void note(TemporaryStore &store, const QString &act, const QString &details = {})
{
    const Done done = await<Nothing>([&](auto then) {
        return store->journal().note({.act = act, .outcome = QStringLiteral("done"), .details = details}, then);
    });
    if (!done)
        qFatal("note: %s", qPrintable(done.failure().detail));
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(bytes) != bytes.size())
        qFatal("cannot write");
}

constexpr int tamperings = 18;

/// An entry is taken out, and those behind it move up.
QStringList closedGap(int seq)
{
    return {QStringLiteral("DELETE FROM journal_details"),
        QStringLiteral("DELETE FROM journal WHERE seq = %1").arg(seq),
        QStringLiteral("UPDATE journal SET seq = -seq WHERE seq > %1").arg(seq),
        QStringLiteral("UPDATE journal SET seq = -seq - 1 WHERE seq < 0")};
}

/// One character of a text column is another one.
QStringList otherCharacter(const char *column, int at, int seq)
{
    return {QStringLiteral("UPDATE journal SET %1 = substr(%1, 1, %2 - 1) || CASE substr(%1, %2, 1) WHEN 'x' "
                           "THEN 'y' ELSE 'x' END || substr(%1, %2 + 1) WHERE seq = %3")
                .arg(QLatin1String(column))
                .arg(at)
                .arg(seq)};
}

/// One kind of meddling as SQL, at a random place of a journal of `entries` entries; those with n % 3 == 1 have
/// details.
QStringList tampering(int kind, QRandomGenerator &random, int entries)
{
    const int seq = 1 + int(random.bounded(entries));
    const int detailed = seq - (seq - 1) % 3;
    const int at = 1 + int(random.bounded(3));
    const auto one = [&](const char *sql) { return QStringList{QString::fromLatin1(sql).arg(seq)}; };
    const auto text = [&](const char *column) { return otherCharacter(column, at, seq); };
    const auto swap = [](const QString &table, const QString &seqA, const QString &seqB) {
        const QString renumber = QStringLiteral("UPDATE %1 SET seq = %2 WHERE seq = %3");
        return QStringList{renumber.arg(table, QStringLiteral("-1"), seqA), renumber.arg(table, seqA, seqB),
            renumber.arg(table, seqB, QStringLiteral("-1"))};
    };
    const int other = 1 + (seq + int(random.bounded(entries - 1))) % entries; // never seq
    switch (kind) {
    case 0:
        return text("act");
    case 1:
        return text("operator");
    case 2:
        return text("outcome");
    case 3:
        return one("UPDATE journal SET at_ms = at_ms + 1 WHERE seq = %1");
    case 4:
        return one("UPDATE journal SET subject = subject + 9 WHERE seq = %1");
    case 5:
        return one("UPDATE journal SET run = run + 9 WHERE seq = %1");
    case 6:
        return one("UPDATE journal SET batch = batch + 9 WHERE seq = %1");
    case 7:
        return one("UPDATE journal SET hash = CAST(substr(hash, 2) || substr(hash, 1, 1) AS BLOB) WHERE seq = %1");
    case 8:
        return one("UPDATE journal SET digest = CAST(digest || x'00' AS BLOB) WHERE seq = %1");
    case 9:
        return one("DELETE FROM journal WHERE seq = %1");
    case 10:
        return one("DELETE FROM journal WHERE seq >= %1"); // the tail
    case 11: // the gap is closed behind what was taken out
        return closedGap(seq);
    case 12:
        return swap(QStringLiteral("journal"), QString::number(seq), QString::number(other));
    case 13: // what one says stands in the other, with its hash
        return {QStringLiteral(
            "UPDATE journal SET (act, outcome, hash) = (SELECT act, outcome, hash FROM journal WHERE seq "
            "= %1) WHERE seq = %2")
                    .arg(other)
                    .arg(seq)};
    case 14:
        return {QStringLiteral("UPDATE journal_details SET details = details || ' ' WHERE seq = %1").arg(detailed)};
    case 15:
        return {QStringLiteral("DELETE FROM journal_details WHERE seq = %1").arg(detailed)};
    case 16:
        return {QStringLiteral("UPDATE journal_details SET salt = randomblob(16) WHERE seq = %1").arg(detailed)};
    default:
        return swap(QStringLiteral("journal_details"), QString::number(detailed),
            QString::number(detailed == 28 ? 1 : detailed + 3));
    }
}

} // namespace

class JournalTest : public QObject {
    Q_OBJECT

private slots:
    void hashIsThatOfTheDesign()
    {
        // design.md, journal: hash = SHA-256(previous hash || canonical entry); an empty chain begins with an empty
        // hash.
        const JournalEntry entry{
            .seq = 1, .atMs = 5, .operatorName = QStringLiteral("Tess"), .act = QStringLiteral("start")};
        const QByteArray canonical("rollcall-journal-1:1:11:54:Tess5:start1:01:01:00:0:");
        QCOMPARE(journal::canonical(entry), canonical);
        QCOMPARE(journal::hashOf({}, entry), QCryptographicHash::hash(canonical, QCryptographicHash::Sha256));
        // What moves from one field to its neighbour gives other bytes.
        JournalEntry moved = entry;
        moved.operatorName = QStringLiteral("Tes");
        moved.act = QStringLiteral("sstart");
        QVERIFY(journal::canonical(moved) != canonical);
    }

    void everyCommandLeavesOneEntry()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("1"));
        PersonFields fields = store.row(ann).fields;
        fields.note = QStringLiteral("x");
        QVERIFY(await<Nothing>([&](auto then) { return store->people().update(ann, fields, then); }));
        QVERIFY(
            await<Nothing>([&](auto then) { return store->people().update(ann, fields, then); })); // changes nothing
        QVERIFY(await<qint64>([&](auto then) { return store->people().remove({ann}, then); }));
        const auto seqs = *await<std::vector<qint64>>([&](auto then) { return store->journal().list({}, then); });
        QCOMPARE(seqs, (std::vector<qint64>{3, 2, 1}));
        const auto rows
            = *await<std::vector<JournalEntry>>([&](auto then) { return store->journal().rows(seqs, then); });
        QCOMPARE(rows[2].act, QStringLiteral("person.add"));
        QCOMPARE(rows[2].operatorName, QStringLiteral("Tess"));
        QCOMPARE(rows[2].subject, ann.value());
        QCOMPARE(rows[2].atMs, store.clock.now().wallMs);
        QVERIFY(rows[2].details.contains(QStringLiteral("Ann")));
        for (const JournalEntry &entry : rows)
            QVERIFY(!QString(entry.act + entry.outcome).contains(QStringLiteral("Ann")));
        QCOMPARE(await<std::vector<qint64>>([&](auto then) {
            return store->journal().list(QStringLiteral("ANN"), then);
        })->size(),
            3u); // both that name her in their details, and her deletion, found by who she was
        const ChainReport report = verify(store);
        QVERIFY(report.sound);
        QCOMPARE(report.entries, 3);
    }

    /// A stranger with an SQLite tool changes, deletes, reorders or cuts: 1,000 seeded times, and each is found.
    void everyMutationIsFound()
    {
        // In memory where there is such a place: a thousand openings wait for the disk a minute, and durability is not
        // what this is about.
        const QByteArray usual = qgetenv("TMPDIR");
        if (QFileInfo(QStringLiteral("/dev/shm")).isWritable())
            qputenv("TMPDIR", "/dev/shm");
        TemporaryStore store;
        usual.isEmpty() ? qunsetenv("TMPDIR") : qputenv("TMPDIR", usual);
        constexpr int entries = 30;
        for (int i = 0; i < entries; ++i)
            note(store, QStringLiteral("act.%1").arg(i), i % 3 == 0 ? QStringLiteral("{\"n\":%1}").arg(i) : QString());
        QVERIFY(verify(store).sound);
        store.close();
        const QByteArray good = bytesOf(store.file());
        const QByteArray head = bytesOf(journal::headFile(store.folder()));
        QRandomGenerator random(42);
        int trials = 0;
        int found = 0;
        for (; trials < 1000; ++trials) {
            write(store.file(), good);
            const QStringList edits = tampering(trials % tamperings, random, entries);
            for (const QString &sql : edits)
                QVERIFY2(TemporaryStore::tamper(store.file(), sql), qPrintable(sql));
            QVERIFY(store.open(false)); // reading needs no check of the file, and a thousand take long
            const ChainReport report = verify(store);
            found += !report.sound && report.firstBroken >= 1 && report.firstBroken <= entries
                && !report.finding.isEmpty();
            QVERIFY2(!report.sound, qPrintable(edits.join(QLatin1Char(';'))));
            store.close();
            QCOMPARE(bytesOf(journal::headFile(store.folder())), head); // left as it is, as evidence
        }
        QCOMPARE(trials, 1000);
        QCOMPARE(found, 1000);
    }

    /// Who recomputes every hash behind the change is given away by the head that lies beside the database.
    void aChainMadeAnewIsFound()
    {
        TemporaryStore store;
        for (int i = 0; i < 12; ++i)
            note(store, QStringLiteral("act.%1").arg(i));
        auto entries = *await<std::vector<JournalEntry>>([&](auto then) {
            return store->journal().rows({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, then);
        });
        store.close();
        entries[4].outcome = QStringLiteral("other");
        QByteArray previous = entries[3].hash;
        for (size_t i = 4; i < entries.size(); ++i) {
            previous = journal::hashOf(previous, entries[i]);
            QVERIFY(TemporaryStore::tamper(store.file(),
                QStringLiteral("UPDATE journal SET outcome = '%1', hash = x'%2' WHERE seq = %3")
                    .arg(entries[i].outcome, QString::fromLatin1(previous.toHex()))
                    .arg(entries[i].seq)));
        }
        QVERIFY(store.open());
        QCOMPARE(verify(store).firstBroken, 12);
    }

    /// Emptied details are right only where a later erase entry names the entry.
    void anEraseEntryNamesWhatItEmptied()
    {
        using Seqs = std::vector<qint64>;
        QCOMPARE(journal::eraseOutcome(1, {9, 3, 8, 7, 3}), QStringLiteral("people=1 entries=3,7-9"));
        QCOMPARE(journal::eraseOutcome(1, {}), QStringLiteral("people=1"));
        JournalEntry entry{
            .seq = 20, .act = QStringLiteral("person.erase"), .outcome = QStringLiteral("people=1 entries=3,7-9")};
        QCOMPARE(journal::erasedBy(entry), (Seqs{3, 7, 8, 9}));
        for (const char *wrong : {"people=1 entries=3,x", "people=1 entries=9-7", "people=1 entries=20",
                 "people=1 entries=0", "people=1 entries=1-99999999999", "people=1", ""}) {
            entry.outcome = QString::fromLatin1(wrong);
            QCOMPARE(journal::erasedBy(entry), Seqs{});
        }
        entry.outcome = QStringLiteral("people=1 entries=3");
        entry.act = QStringLiteral("person.edit");
        QCOMPARE(journal::erasedBy(entry), Seqs{});

        TemporaryStore store;
        for (int i = 0; i < 3; ++i)
            note(store, QStringLiteral("act"), QStringLiteral("{\"n\":1}"));
        const Done erased = await<Nothing>([&](auto then) {
            return store->journal().note(
                {.act = QStringLiteral("person.erase"), .outcome = QStringLiteral("people=1 entries=2")}, then);
        });
        QVERIFY(erased);
        store.close();
        QVERIFY(TemporaryStore::tamper(store.file(), QStringLiteral("DELETE FROM journal_details WHERE seq = 2")));
        QVERIFY(store.open());
        QVERIFY(verify(store).sound);
        store.close();
        QVERIFY(TemporaryStore::tamper(store.file(), QStringLiteral("DELETE FROM journal_details WHERE seq = 3")));
        QVERIFY(store.open());
        QCOMPARE(verify(store).firstBroken, 3);
        QCOMPARE(verify(store).finding, QStringLiteral("digest"));
    }

    void filtersChooseEntries()
    {
        TemporaryStore store;
        note(store, QStringLiteral("one"));
        store.clock.advance(1000);
        store->setOperator(QStringLiteral("Eve"));
        note(store, QStringLiteral("two"), QStringLiteral("{\"who\":\"Ünal\"}"));
        store.clock.advance(1000);
        note(store, QStringLiteral("one"));
        const auto list = [&](const JournalFilter &filter) {
            return *await<std::vector<qint64>>([&](auto then) { return store->journal().chosen(filter, then); });
        };
        using Seqs = std::vector<qint64>;
        const qint64 now = store.clock.now().wallMs;
        QCOMPARE(list({}), (Seqs{3, 2, 1}));
        QCOMPARE(list({.act = QStringLiteral("one")}), (Seqs{3, 1}));
        QCOMPARE(list({.operatorName = QStringLiteral("Eve")}), (Seqs{3, 2}));
        QCOMPARE(list({.act = QStringLiteral("one"), .operatorName = QStringLiteral("Eve")}), (Seqs{3}));
        QCOMPARE(list({.fromMs = now - 1000}), (Seqs{3, 2}));
        QCOMPARE(list({.untilMs = now}), (Seqs{2, 1}));
        QCOMPARE(list({.text = QStringLiteral("WHO"), .act = QStringLiteral("two")}), (Seqs{2}));
        QCOMPARE(list({.person = PersonId(77)}), Seqs{});
        QCOMPARE(list({.run = RunId(77)}), Seqs{});
        const auto facets = *await<JournalFacets>([&](auto then) { return store->journal().facets(then); });
        QCOMPARE(facets.acts, (QStringList{QStringLiteral("one"), QStringLiteral("two")}));
        QCOMPARE(facets.operators, (QStringList{QStringLiteral("Eve"), QStringLiteral("Tess")}));
    }

    void aCutTailStaysFoundAfterNewEntries()
    {
        TemporaryStore store;
        for (int i = 0; i < 5; ++i)
            note(store, QStringLiteral("act"));
        store.close();
        QVERIFY(TemporaryStore::tamper(store.file(), QStringLiteral("DELETE FROM journal WHERE seq > 3")));
        QVERIFY(store.open());
        QCOMPARE(verify(store).finding, QStringLiteral("tail"));
        QCOMPARE(verify(store).firstBroken, 4);
        for (int i = 0; i < 5; ++i)
            note(store, QStringLiteral("later"));
        QVERIFY(store.open());
        const ChainReport report = verify(store);
        QVERIFY(!report.sound);
        QCOMPARE(report.firstBroken, 5); // the entry the head names is another one now
    }

    void aHeadBehindIsACrashAndIsSettled()
    {
        TemporaryStore store;
        note(store, QStringLiteral("one"));
        const QByteArray behind = bytesOf(journal::headFile(store.folder()));
        note(store, QStringLiteral("two"));
        store.close();
        const QByteArray newest = bytesOf(journal::headFile(store.folder()));
        write(journal::headFile(store.folder()), behind); // killed between commit and rename
        QVERIFY(store.open());
        QVERIFY(verify(store).sound);
        QCOMPARE(bytesOf(journal::headFile(store.folder())), newest);
    }

    void aMissingHeadIsSaid()
    {
        TemporaryStore store;
        note(store, QStringLiteral("one"));
        store.close();
        QFile::remove(journal::headFile(store.folder()));
        QVERIFY(store.open());
        QCOMPARE(verify(store).finding, QStringLiteral("head-missing"));
    }
};

QTEST_GUILESS_MAIN(JournalTest)
#include "journal_test.moc"
