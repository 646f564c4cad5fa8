// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/erasures.h"

#include "models/base/log.h"
#include "models/base/progress.h"
#include "models/store/backups.h"
#include "models/store/batches.h"
#include "models/store/blocks.h"
#include "models/store/imports.h"
#include "models/store/journal.h"
#include "models/store/people.h"
#include "models/store/stops.h"
#include "tests/support/stagingfile.h"
#include "tests/support/temporarystore.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr qint64 number = 4915112345678;
const QString &herName()
{
    static const QString text = QStringLiteral("Wilhelmine Österreicher");
    return text;
}
const QString &earlierName()
{
    static const QString text = QStringLiteral("Mina Vormals");
    return text;
}
const QString &herNote()
{
    static const QString text = QStringLiteral("Asked about her late mother's contract");
    return text;
}
const QString &asTyped()
{
    static const QString text = QStringLiteral("+49 (151) 1234-5678");
    return text;
}

EraseReport erase(TemporaryStore &store, PersonId person)
{
    const auto report = await<EraseReport>([&](auto then) { return store->erasures().erase(person, then); });
    if (!report)
        qFatal("erase: %s", qPrintable(report.failure().detail));
    return *report;
}

/// Every file of the profile in which one of the texts stands, as UTF-8 or UTF-16, with the text.
QStringList hits(const QString &folder, const QStringList &texts)
{
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read %s", qPrintable(file.fileName()));
        const QByteArray bytes = file.readAll();
        for (const QString &text : texts) {
            const QByteArray wide(reinterpret_cast<const char *>(text.utf16()), text.size() * 2);
            if (bytes.contains(text.toUtf8()) || bytes.contains(wide))
                found << QFileInfo(file).fileName() + QStringLiteral(": ") + text;
        }
    }
    return found;
}

const QStringList &everyText()
{
    static const QStringList texts{herName(), QStringLiteral("Wilhelmine"), earlierName(), herNote(), asTyped(),
        QStringLiteral("+4915112345678"), QStringLiteral("4915112345678"), QStringLiteral("004915112345678"),
        QStringLiteral("15112345678"), QStringLiteral("0151 12345678"), QStringLiteral("mina@example.org")};
    return texts;
}

PersonId addHer(TemporaryStore &store)
{
    PersonFields fields;
    fields.name = earlierName();
    fields.number = {.typed = asTyped(),
        .e164 = number,
        .region = QStringLiteral("DE"),
        .state = NumberState::Valid,
        .explicitPlus = true};
    fields.email = QStringLiteral("mina@example.org");
    const PersonId id = store.add(fields);
    fields.name = herName();
    fields.note = herNote();
    if (!await<Nothing>([&](auto then) { return store->people().update(id, fields, then); }))
        qFatal("update");
    return id;
}

ImportCounts import(TemporaryStore &store, StagingFile &staging)
{
    staging.finish();
    auto control = std::make_shared<JobControl>();
    const auto outcome = await<ImportOutcome>(
        [&](auto then) { return store->imports().commit(staging.path(), {}, control, {}, then); });
    if (!outcome)
        qFatal("import: %s", qPrintable(outcome.failure().detail));
    return outcome->counts;
}

bool isSound(TemporaryStore &store)
{
    return (*await<ChainReport>([&](auto then) { return store->journal().verify(then); })).sound;
}

/// Puts her into every table that holds text, as the parts of the program would.
void spread(TemporaryStore &store, PersonId id)
{
    store.close();
    const QString person = QString::number(id.value());
    const QString key = QString::number(number);
    for (const QString &sql : {QStringLiteral("INSERT INTO boots (id, name) VALUES (900, 'b')"),
             QStringLiteral(
                 "INSERT INTO consents (person, batch, what, at_ms, kept_ms, source, wording, by) VALUES (%1, 1, 2, "
                 "1, 1, 'chat', 'STOP, says Wilhelmine', 'Tess')")
                 .arg(person),
             QStringLiteral(
                 "INSERT INTO verdicts (account, alias, word, code, source, run, wall_ms, mono_ms, boot, raw_word, "
                 "wa_id, asked, reason) VALUES (1, %1, 1, 0, 0, 1, 1, 1, 900, 'valid', '4915112345678', "
                 "'+4915112345678', '')")
                 .arg(key),
             QStringLiteral("INSERT INTO newest VALUES (1, %1, 1, 1, 1, 1, 1, 1, 900)").arg(key),
             QStringLiteral(
                 "INSERT INTO runs (id, account, state, force, wait, started_ms, ended_ms, by, total, answered, "
                 "failed, not_asked, cached) VALUES (1, 1, 2, 0, 0, 1, 2, 'Tess', 2, 1, 1, 0, 0)"),
             QStringLiteral(
                 "INSERT INTO run_items (run, alias, person, state, attempts, code, due_ms, asked_ms, booking, ask, "
                 "reason) VALUES (1, %1, %2, 3, 1, 0, 0, 1, 0, '+4915112345678', 'timeout')")
                 .arg(key, person),
             QStringLiteral(
                 "INSERT INTO gateway_contacts VALUES (1, %1, '4915112345678@c.us', '', 'Wilhelmine', 'mina', '', "
                 "1, 1)")
                 .arg(key),
             QStringLiteral("INSERT INTO run_halts VALUES (1, 'refused', 404, 'Wilhelmine was not found', 0, 1)"),
             QStringLiteral("INSERT INTO fetches VALUES (1, '2', 1, 1, -1, 1, 1)"),
             QStringLiteral("INSERT INTO fetch_pages VALUES (1, 0, '', "
                            "CAST('[[\"4915112345678@c.us\",\"\",\"Wilhelmine\",\"\",\"\",4]]' AS BLOB))"),
             QStringLiteral("INSERT INTO alias_names (id, kind, text) VALUES (700, 3, '4915112345678@c.us')"),
             QStringLiteral("INSERT INTO aliases VALUES (%1, -700, 3)").arg(person),
             QStringLiteral(
                 "INSERT INTO import_rows VALUES (1, 77, 'columns', 'x;Wilhelmine Österreicher;0151 12345678')"),
             QStringLiteral("INSERT INTO import_rows VALUES (1, 78, 'columns', 'somebody else;0151 99999999')"),
             QStringLiteral(
                 "INSERT INTO block_runs VALUES (1, 0, 1, 0, 0, 0, 0, 'Abuse', 'Wilhelmine was rude', 'manual')"),
             QStringLiteral("INSERT INTO block_ops (run, alias, person, state, attempts, due_ms, sent_ms, ended_ms, "
                            "confirmed_ms, code, ask, why, detail, wa_id) VALUES (1, %1, %2, 2, 1, 0, 1, 1, 1, 0, "
                            "'+4915112345678', '', 'for +4915112345678', '4915112345678')")
                 .arg(key, person),
             QStringLiteral(
                 "INSERT INTO blocks (account, alias, wish, state, standing, there, operation, run, at_ms, done_ms, "
                 "confirmed_ms, read_ms, last_seen_ms, code, wa_id, reason, note, source, by, why, detail) VALUES "
                 "(1, %1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, '4915112345678', 'Abuse', 'Wilhelmine was rude', "
                 "'manual', 'Tess', '', '')")
                 .arg(key)})
        if (!TemporaryStore::tamper(store.file(), sql))
            qFatal("%s", qPrintable(sql));
    if (!store.open())
        qFatal("open");
}

} // namespace

class ErasuresTest : public QObject {
    Q_OBJECT

private slots:
    /// issue 4: a byte search of every file of the profile gives 0 hits, the re-import stays suppressed, the chain
    /// holds.
    void nothingIsLeftButTheStop()
    {
        TemporaryStore store;
        const PersonId other = store.add(QStringLiteral("Otto"), QStringLiteral("+4930123456"), 4930123456);
        const PersonId her = addHer(store);
        const PersonId twice = addHer(store); // the same number, deleted before
        QVERIFY(await<qint64>([&](auto then) { return store->people().remove({twice}, then); }));
        spread(store, her);
        QVERIFY(await<Nothing>([&](auto then) {
            return store->journal().note(
                {.act = QStringLiteral("block"), .details = QStringLiteral("{\"note\":\"0151-1234 5678 wrote\"}")},
                then);
        }));
        QVERIFY(await<BackupFile>([&](auto then) { return store->backups().backupNow(then); }));
        log::start(store.folder() + QStringLiteral("/logs"));
        log::warning("test", QStringLiteral("about +4915112345678"));
        log::warning("test", QStringLiteral("about nobody"));
        QVERIFY(!hits(store.folder(), everyText()).isEmpty());

        const EraseReport report = erase(store, her);
        log::stop();
        QVERIFY(report.erased);
        QCOMPARE(report.openRemote, 0);
        QCOMPARE(report.backups.size(), 1);
        QCOMPARE(report.failed, QStringList());
        QCOMPARE(report.leftIn, QStringList());
        QVERIFY(report.journalDetails >= 4);
        QCOMPARE(hits(store.folder(), everyText()), QStringList()); // while it is open, with its log
        QVERIFY(!hits(store.folder(), {QStringLiteral("about nobody")}).isEmpty());
        QVERIFY(!hits(store.folder(), {QStringLiteral("somebody else;0151 99999999")}).isEmpty());
        QVERIFY(isSound(store));
        QCOMPARE(store.row(other).fields.name, QStringLiteral("Otto"));
        QVERIFY(store->stops().contains(AliasKey(number)));

        QVERIFY(store.open());
        QCOMPARE(hits(store.folder(), everyText()), QStringList());
        QVERIFY(isSound(store));
        StagingFile again(store.folder());
        again.add({.name = herName(), .raw = QStringLiteral("0151 12345678"), .e164 = number});
        QCOMPARE(import(store, again).suppressed, 1);
    }

    void theBackupIsSoundToo()
    {
        TemporaryStore store;
        const PersonId her = addHer(store);
        const auto backup = await<BackupFile>([&](auto then) { return store->backups().backupNow(then); });
        QVERIFY(backup);
        erase(store, her);
        store.close();
        QVERIFY(Backups::restore(store.folder(), backup->path));
        QVERIFY(store.open());
        QVERIFY(isSound(store));
        QCOMPARE(store.row(her).fields.name, QString());
        StagingFile again(store.folder());
        again.add({.name = herName(), .raw = asTyped(), .e164 = number});
        QCOMPARE(import(store, again).suppressed, 1);
    }

    void detailsThatWentAreErasedOnlyWhereAnEntrySaysSo()
    {
        TemporaryStore store;
        const PersonId her = addHer(store);
        erase(store, her);
        const auto seqs = *await<std::vector<qint64>>(
            [&](auto then) { return store->journal().chosen({.act = QStringLiteral("person.erase")}, then); });
        QCOMPARE(seqs.size(), 1u);
        const auto rows
            = *await<std::vector<JournalEntry>>([&](auto then) { return store->journal().rows(seqs, then); });
        QCOMPARE(rows[0].outcome, QStringLiteral("people=1 entries=1-2")); // her adding and her edit
        store.close();
        QVERIFY(TemporaryStore::tamper(store.file(),
            QStringLiteral("UPDATE journal SET outcome = 'people=1 entries=1' WHERE act = 'person.erase'")));
        QVERIFY(store.open());
        QVERIFY(!isSound(store));
    }

    /// Who shares the number stays, with name and verdicts, and is do-not-contact now.
    void whoSharesTheNumberStays()
    {
        TemporaryStore store;
        const PersonId her = addHer(store);
        const PersonId child = store.add(QStringLiteral("Kid"), QStringLiteral("0151 1234 5678"), number);
        spread(store, her);
        const EraseReport report = erase(store, her);
        QVERIFY(report.erased);
        QCOMPARE(report.sharing, 1);
        QCOMPARE(store.row(child).fields.name, QStringLiteral("Kid"));
        QVERIFY(store.row(child).doNotContact);
        const auto details = *await<PersonDetails>([&](auto then) { return store->people().details(child, {}, then); });
        QCOMPARE(details.history.size(), 1u);
        QVERIFY(hits(store.folder(), {herName(), herNote(), QStringLiteral("mina@example.org")}).isEmpty());
    }

    void openRequestsHoldItUp()
    {
        TemporaryStore store;
        const PersonId her = addHer(store);
        spread(store, her);
        store.close();
        QVERIFY(TemporaryStore::tamper(store.file(), QStringLiteral("UPDATE block_ops SET state = 4"))); // unknown
        QVERIFY(store.open());
        const EraseReport report = erase(store, her);
        QVERIFY(!report.erased);
        QCOMPARE(report.openRemote, 1);
        QCOMPARE(store.row(her).fields.name, herName());
    }

    void somebodyWhoIsGoneIsNotFound()
    {
        TemporaryStore store;
        const auto report = await<EraseReport>([&](auto then) { return store->erasures().erase(PersonId(99), then); });
        QVERIFY(!report);
        QCOMPARE(report.failure().kind, Failure::Kind::NotFound);
    }

    /// What is kept under a number they had before goes too; that number is not stopped, and stays with whom it is now.
    void earlierNumbersAreErasedButNotStopped()
    {
        TemporaryStore store;
        constexpr qint64 before = 4915199990001;
        constexpr qint64 taken = 4915199990002;
        const PersonId mover = store.add(QStringLiteral("Mover"), QStringLiteral("+%1").arg(before), before);
        for (const qint64 one : {taken, number}) {
            PersonFields fields = store.row(mover).fields;
            fields.number = {.typed = QStringLiteral("+%1").arg(one), .e164 = one};
            QVERIFY(await<Nothing>([&](auto then) { return store->people().update(mover, fields, then); }));
        }
        const PersonId bob = store.add(QStringLiteral("Bob"), QStringLiteral("0151 99990002"), taken);
        store.close();
        QVERIFY(TemporaryStore::tamper(store.file(), QStringLiteral("INSERT INTO boots (id, name) VALUES (900, 'b')")));
        for (const qint64 one : {before, taken})
            QVERIFY(TemporaryStore::tamper(store.file(),
                QStringLiteral("INSERT INTO verdicts (account, alias, word, code, source, run, wall_ms, mono_ms, boot, "
                               "raw_word, wa_id, asked, reason) VALUES (1, %1, 1, 0, 0, 1, 1, 1, 900, 'valid', '%1', "
                               "'+%1', '')")
                    .arg(one)));
        QVERIFY(store.open());
        const EraseReport report = erase(store, mover);
        QVERIFY(report.erased);
        QCOMPARE(report.leftIn, QStringList());
        QCOMPARE(hits(store.folder(), {QStringLiteral("15199990001"), QStringLiteral("Mover")}), QStringList());
        QVERIFY(store->stops().contains(AliasKey(number)));
        QVERIFY(!store->stops().contains(AliasKey(before)));
        QVERIFY(!store->stops().contains(AliasKey(taken)));
        const auto details = *await<PersonDetails>([&](auto then) { return store->people().details(bob, {}, then); });
        QCOMPARE(details.history.size(), 1u);
        QVERIFY(isSound(store));
    }

    /// A chat id that a list or a check named, nobody's alias here, stopped with the number: its text goes as well.
    void otherFormsOfTheNumberGo()
    {
        TemporaryStore store;
        const PersonId her = addHer(store);
        store.close();
        for (const char *sql :
            {"INSERT INTO alias_names (id, kind, text) VALUES (701, 3, '4915112345678@s.whatsapp.net'),"
             " (702, 2, '4915112345678')",
                "INSERT INTO block_reads (id, account, started_ms, ended_ms, rows) VALUES (1, 1, 1, 1, 1)",
                "INSERT INTO block_seen (account, alias, came, gone, by_us, gone_us, wa_id, user_id) VALUES (1, -702, "
                "1,"
                " 0, 0, 0, '4915112345678', '')"})
            QVERIFY2(TemporaryStore::tamper(store.file(), QString::fromLatin1(sql)), sql);
        QVERIFY(store.open());
        QVERIFY(
            await<Nothing>([&](auto then) { return store->stops().stop({her}, {}, QStringLiteral("asked"), then); }));
        const EraseReport report = erase(store, her);
        QVERIFY(report.erased);
        QCOMPARE(report.leftIn, QStringList());
        QCOMPARE(hits(store.folder(), everyText()), QStringList());
        QVERIFY(store->stops().contains(AliasKey(number)));
        QVERIFY(isSound(store));
    }

    /// Another Ann's entries are not hers, though the name stands in them.
    void aNameThatOthersHaveTooIsNotTakenForTheirs()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+4915112345678"), number);
        const PersonId other = store.add(QStringLiteral("Ann"), QStringLiteral("+4930123456"), 4930123456);
        QVERIFY(await<Nothing>([&](auto then) {
            return store->journal().note(
                {.act = QStringLiteral("block"), .details = QStringLiteral("{\"note\":\"Ann, 0151 1234-5678\"}")},
                then);
        }));
        QCOMPARE(erase(store, ann).journalDetails, 2); // her adding, and the note with her number
        const auto rows = *await<std::vector<JournalEntry>>([&](auto then) {
            return store->journal().rows({1, 2, 3}, then);
        });
        QVERIFY(rows[0].details.isEmpty() && rows[2].details.isEmpty());
        QVERIFY(rows[1].details.contains(QStringLiteral("Ann")));
        QCOMPARE(store.row(other).fields.name, QStringLiteral("Ann"));
        QVERIFY(isSound(store));
    }

    /// Arming has no run, and its note is about her, by name or not.
    void whatWasNotedWhenArmingGoesToo()
    {
        TemporaryStore store;
        const AccountId account = store.account();
        const PersonId her = addHer(store);
        OperationOrder order;
        order.account = account;
        order.reason = QStringLiteral("spam");
        order.note = QStringLiteral("Shouted at us about the contract");
        const OperationItem item{.alias = AliasKey(number), .person = her, .ask = QStringLiteral("+4915112345678")};
        QCOMPARE(*await<qint64>([&](auto then) { return store->blocks().arm(order, {item}, then); }), 1);
        QVERIFY(!hits(store.folder(), {order.note}).isEmpty());
        QVERIFY(erase(store, her).erased);
        QCOMPARE(hits(store.folder(), {order.note}), QStringList());
        QVERIFY(isSound(store));
    }

    /// Its rows may hold them, and they cannot be taken out of a file that somebody is writing.
    void anImportInProgressHoldsItUp()
    {
        TemporaryStore store;
        const PersonId her = addHer(store);
        for (const char *left : {"/import-0123.staging", "/pasted-0123.txt"}) {
            QFile file(store.folder() + QLatin1String(left));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.close();
            const EraseReport report = erase(store, her);
            QVERIFY(!report.erased);
            QCOMPARE(report.openImports, 1);
            QCOMPARE(store.row(her).fields.name, herName());
            QVERIFY(file.remove());
        }
        const EraseReport report = erase(store, her);
        QVERIFY(report.erased);
        QCOMPARE(report.openImports, 0);
    }

    /// Without E.164 the text as typed is the suppression entry itself.
    void aTypedTextStaysAsTheStop()
    {
        TemporaryStore store;
        const PersonId id = store.add(QStringLiteral("Nameless Person"), QStringLiteral("ext 4411"));
        erase(store, id);
        QCOMPARE(hits(store.folder(), {QStringLiteral("Nameless")}), QStringList());
        StagingFile again(store.folder());
        again.add({.name = QStringLiteral("N"), .raw = QStringLiteral("ext 4411")});
        QCOMPARE(import(store, again).suppressed, 1);
    }

    void undoBringsNothingBack()
    {
        TemporaryStore store;
        const PersonId her = addHer(store);
        QVERIFY(await<qint64>([&](auto then) { return store->people().remove({her}, then); }));
        const PersonId again = addHer(store);
        erase(store, again);
        const auto batches = *await<std::vector<BatchSummary>>([&](auto then) { return store->batches().list(then); });
        for (const BatchSummary &batch : batches)
            if (batch.undoable) {
                const auto undone = await<UndoReport>([&](auto then) { return store->batches().undo(batch.id, then); });
                QVERIFY(undone);
            }
        QCOMPARE(hits(store.folder(), {herName(), earlierName(), herNote()}), QStringList());
    }

    void undoOfAStopDoesNotLiftTheSuppression()
    {
        TemporaryStore store;
        const PersonId her = addHer(store);
        QVERIFY(await<Nothing>([&](auto then) { return store->stops().stop({her}, {}, {}, then); }));
        erase(store, her);
        const auto batches = *await<std::vector<BatchSummary>>([&](auto then) { return store->batches().list(then); });
        int stops = 0;
        for (const BatchSummary &batch : batches)
            if (batch.act == QStringLiteral("stop")) {
                ++stops;
                (void)await<UndoReport>([&](auto then) { return store->batches().undo(batch.id, then); });
            }
        QCOMPARE(stops, 1);
        QVERIFY(store->stops().contains(AliasKey(number)));
        StagingFile again(store.folder());
        again.add({.name = herName(), .raw = asTyped(), .e164 = number});
        QCOMPARE(import(store, again).suppressed, 1);
    }
};

QTEST_GUILESS_MAIN(ErasuresTest)
#include "erasures_test.moc"
