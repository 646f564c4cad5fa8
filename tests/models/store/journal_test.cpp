// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/journal.h"

#include "models/store/internal/journalchain.h"
#include "models/store/people.h"
#include "tests/support/temporarystore.h"

#include <QCryptographicHash>
#include <QFile>
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
            2u);
        const ChainReport report = verify(store);
        QVERIFY(report.sound);
        QCOMPARE(report.entries, 3);
    }

    /// A stranger with an SQLite tool changes, deletes or reorders: each is found, and where.
    void everyMutationIsFound()
    {
        TemporaryStore store;
        for (int i = 0; i < 30; ++i)
            note(store, QStringLiteral("act.%1").arg(i), i % 3 == 0 ? QStringLiteral("{\"n\":%1}").arg(i) : QString());
        QVERIFY(verify(store).sound);
        store.close();
        const QByteArray good = bytesOf(store.file());
        QRandomGenerator random(42);
        const char *const kinds[] = {"UPDATE journal SET act = act || 'x' WHERE seq = %1",
            "UPDATE journal SET at_ms = at_ms + 1 WHERE seq = %1", "UPDATE journal SET operator = 'Eve' WHERE seq = %1",
            "UPDATE journal SET outcome = 'other' WHERE seq = %1", "UPDATE journal SET subject = 9 WHERE seq = %1",
            "UPDATE journal SET run = 9 WHERE seq = %1", "UPDATE journal SET batch = 9 WHERE seq = %1",
            "UPDATE journal SET hash = randomblob(32) WHERE seq = %1",
            "UPDATE journal SET digest = randomblob(32) WHERE seq = %1", "DELETE FROM journal WHERE seq = %1",
            "DELETE FROM journal WHERE seq >= %1",
            "UPDATE journal SET seq = CASE seq WHEN %1 THEN -1 ELSE seq END WHERE seq = %1",
            ("UPDATE journal SET (act, outcome, hash) = (SELECT act, outcome, hash FROM journal WHERE seq = 1 + %1 % "
             "30)"
             " WHERE seq = %1"),
            "UPDATE journal_details SET details = 'changed' WHERE seq = %1 - (%1 - 1) % 3",
            "DELETE FROM journal_details WHERE seq = %1 - (%1 - 1) % 3"};
        for (int round = 0; round < 75; ++round) {
            const char *kind = kinds[size_t(round) % std::size(kinds)];
            write(store.file(), good);
            const int seq = 1 + int(random.bounded(30));
            const QString sql = QString::fromLatin1(kind).arg(seq);
            QVERIFY2(TemporaryStore::tamper(store.file(), sql), qPrintable(sql));
            const QByteArray head = bytesOf(journal::headFile(store.folder()));
            QVERIFY(store.open());
            const ChainReport report = verify(store);
            QVERIFY2(!report.sound, qPrintable(sql));
            QVERIFY2(report.firstBroken >= 1 && report.firstBroken <= seq + 1, qPrintable(sql));
            QVERIFY(!report.finding.isEmpty());
            store.close();
            write(journal::headFile(store.folder()), head);
        }
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
