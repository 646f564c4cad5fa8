// SPDX-License-Identifier: GPL-3.0-or-later
// Exactly what is due goes: each rule with something a moment too young, something just old enough, and something that
// must stay however old it is.
#include "models/base/progress.h"
#include "models/domain/operation.h"
#include "models/store/batches.h"
#include "models/store/erasures.h"
#include "models/store/imports.h"
#include "models/store/internal/connection.h"
#include "models/store/journal.h"
#include "models/store/people.h"
#include "tests/support/stagingfile.h"
#include "tests/support/temporarystore.h"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr qint64 dayMs = 86'400'000;

void sql(const QString &file, const QString &statement)
{
    if (!TemporaryStore::tamper(file, statement))
        qFatal("%s", qPrintable(statement));
}

RetentionCounts preview(TemporaryStore &store, const RetentionRules &rules)
{
    const auto counts = await<RetentionCounts>([&](auto then) { return store->erasures().preview(rules, then); });
    if (!counts)
        qFatal("%s", qPrintable(counts.failure().detail));
    return *counts;
}

RetentionCounts apply(TemporaryStore &store, const RetentionRules &rules, bool byRule = false)
{
    const auto counts = await<RetentionCounts>([&](auto then) { return store->erasures().apply(rules, byRule, then); });
    if (!counts)
        qFatal("%s", qPrintable(counts.failure().detail));
    return *counts;
}

ChainReport verify(TemporaryStore &store)
{
    return *await<ChainReport>([&](auto then) { return store->journal().verify(then); });
}

std::vector<JournalEntry> entriesOf(TemporaryStore &store, const QString &act)
{
    const auto seqs
        = *await<std::vector<qint64>>([&](auto then) { return store->journal().chosen({.act = act}, then); });
    return *await<std::vector<JournalEntry>>([&](auto then) { return store->journal().rows(seqs, then); });
}

/// `days` old, of an account that is not there; word "valid".
void verdict(TemporaryStore &store, qint64 alias, qint64 id, qint64 days)
{
    sql(store.file(),
        QStringLiteral("INSERT INTO verdicts (id, account, alias, word, code, source, run, wall_ms, mono_ms, boot, "
                       "raw_word, wa_id, asked, reason) VALUES (%1, 1, %2, 1, 0, 0, 1, %3, 1, 900, '', '', '', '')")
            .arg(id)
            .arg(alias)
            .arg(store.clock.now().wallMs - days * dayMs));
}

qint64 count(TemporaryStore &store, const char *what)
{
    const auto db = *Connection::open(store.file(), Connection::Mode::Read);
    return db->number(QByteArray("SELECT count(*) FROM ") + what);
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

} // namespace

class RetentionTest : public QObject {
    Q_OBJECT

private slots:
    void undoDataAndRejectedRows()
    {
        TemporaryStore store;
        StagingFile staging(store.folder());
        staging.reject(QStringLiteral("old row"), QStringLiteral("empty"));
        import(store, staging);
        store.clock.advance(10LL * dayMs);
        StagingFile later(store.folder());
        later.reject(QStringLiteral("new row"), QStringLiteral("empty"));
        import(store, later);
        const RetentionRules rules{.undoDays = 10};
        const RetentionCounts expected{.batches = 1, .rejectedRows = 1};
        QCOMPARE(preview(store, rules), expected);
        QCOMPARE(apply(store, rules), expected);
        QCOMPARE(preview(store, rules), RetentionCounts{});
        QCOMPARE(count(store, "import_rows"), 1);
        QVERIFY(verify(store).sound);
    }

    void earlierVerdicts()
    {
        TemporaryStore store;
        store.add(QStringLiteral("Ann"), QStringLiteral("+4415"), 4415);
        store.close();
        sql(store.file(), QStringLiteral("INSERT INTO boots (id, name) VALUES (900, 'b')"));
        verdict(store, 4415, 1, 61);
        verdict(store, 4415, 2, 60); // exactly two months: still kept
        verdict(store, 4415, 3, 500); // the newest of its number, below
        verdict(store, 99, 4, 500); // nobody here has that number any more
        sql(store.file(), QStringLiteral("INSERT INTO newest VALUES (1, 4415, 3, 1, 0, 0, 0, 0, 0)"));
        sql(store.file(), QStringLiteral("INSERT INTO newest VALUES (1, 99, 4, 1, 4, 1, 0, 0, 0)"));
        QVERIFY(store.open());
        const RetentionRules rules{.verdictMonths = 2};
        QCOMPARE(preview(store, {}), RetentionCounts{}); // switched off: nothing
        QCOMPARE(preview(store, rules), (RetentionCounts{.verdicts = 2}));
        QCOMPARE(apply(store, rules), (RetentionCounts{.verdicts = 2}));
        QCOMPARE(count(store, "verdicts WHERE id IN (2, 3)"), 2);
        QCOMPARE(count(store, "verdicts"), 2);
        QCOMPARE(count(store, "newest"), 1);
        QCOMPARE(preview(store, rules), RetentionCounts{});
    }

    void itemsOfEndedRuns()
    {
        TemporaryStore store;
        store.close();
        const qint64 now = store.clock.now().wallMs;
        const auto run = [&](int id, int kind, int state, qint64 days) {
            sql(store.file(),
                QStringLiteral("INSERT INTO runs (id, kind, account, state, force, wait, started_ms, ended_ms, by, "
                               "total, answered, failed, not_asked, cached) VALUES (%1, %2, 1, %3, 0, 0, 1, %4, 'T', "
                               "1, 1, 0, 0, 0)")
                    .arg(id)
                    .arg(kind)
                    .arg(state)
                    .arg(now - days * dayMs));
            sql(store.file(),
                QStringLiteral("INSERT INTO run_items (run, alias, person, state, attempts, code, due_ms, asked_ms, "
                               "booking, ask, reason) VALUES (%1, 5, 5, 2, 1, 0, 0, 1, 0, '+5', '')")
                    .arg(id));
        };
        run(1, 0, 2, 91); // ended
        run(2, 0, 3, 91); // cancelled
        run(3, 0, 2, 90);
        run(4, 0, 0, 91); // paused
        QVERIFY(store.open());
        const RetentionRules rules{.runMonths = 3};
        QCOMPARE(preview(store, rules), (RetentionCounts{.runItems = 2}));
        QCOMPARE(apply(store, rules), (RetentionCounts{.runItems = 2}));
        QCOMPARE(count(store, "run_items WHERE run IN (3, 4)"), 2);
        QCOMPARE(count(store, "runs"), 4);
    }

    void whatSentMessagesSaid()
    {
        TemporaryStore store;
        store.close();
        const qint64 now = store.clock.now().wallMs;
        const auto send = [&](int id, int state, int operation, qint64 days) {
            sql(store.file(),
                QStringLiteral("INSERT INTO runs (id, kind, account, state, force, wait, started_ms, ended_ms, by, "
                               "total, answered, failed, not_asked, cached) VALUES (%1, 4, 1, %2, 0, 0, 1, %3, 'T', "
                               "1, 1, 0, 0, 0)")
                    .arg(id)
                    .arg(state)
                    .arg(now - days * dayMs));
            sql(store.file(),
                QStringLiteral("INSERT INTO block_ops (run, alias, person, state, attempts, due_ms, sent_ms, ended_ms, "
                               "confirmed_ms, code, ask, why, detail, wa_id, message_id) VALUES (%1, 5, 5, %2, 1, 0, "
                               "1, 1, 0, 0, '+5', '', '', '', 'wamid.1')")
                    .arg(id)
                    .arg(operation));
            sql(store.file(),
                QStringLiteral("INSERT INTO messages (run, again, card_count, title, reply_to, cards) VALUES (%1, 0, "
                               "1, 'Wilhelmine', 'wamid.0', '[{\"name\":\"Wilhelmine\"}]')")
                    .arg(id));
        };
        const int done = int(OperationState::Done);
        send(1, int(OperationRunState::Done), done, 91);
        send(2, int(OperationRunState::Cancelled), int(OperationState::NotSent), 91);
        send(3, int(OperationRunState::Done), done, 90); // a moment too young
        send(4, int(OperationRunState::Paused), int(OperationState::Planned), 91); // still to be sent
        send(5, int(OperationRunState::Done), int(OperationState::Unknown), 91); // Settle… may need to see it
        QVERIFY(store.open());
        const RetentionRules rules{.messageMonths = 3};
        QCOMPARE(preview(store, rules), (RetentionCounts{.messages = 2}));
        QCOMPARE(apply(store, rules), (RetentionCounts{.messages = 2}));
        QCOMPARE(count(store, "messages WHERE cards = '' AND title = 'erased' AND reply_to = '' AND run IN (1, 2)"), 2);
        QCOMPARE(count(store, "messages WHERE cards <> '' AND title = 'Wilhelmine'"), 3);
        QCOMPARE(count(store, "block_ops WHERE message_id <> ''"), 5); // that it was sent stays
        QCOMPARE(preview(store, rules), RetentionCounts{});
        QVERIFY(verify(store).sound);
    }

    void whatGatewaysTold()
    {
        TemporaryStore store;
        store.close();
        for (const qint64 days : {31, 30})
            sql(store.file(),
                QStringLiteral("INSERT INTO gateway_contacts VALUES (1, %1, '', '', 'Ann', 'ann', '', 1, %2)")
                    .arg(days)
                    .arg(store.clock.now().wallMs - days * dayMs));
        QVERIFY(store.open());
        const RetentionRules rules{.toldMonths = 1};
        QCOMPARE(preview(store, rules), (RetentionCounts{.told = 1}));
        QCOMPARE(apply(store, rules), (RetentionCounts{.told = 1}));
        QCOMPARE(count(store, "gateway_contacts WHERE alias = 30"), 1);
    }

    /// Everybody with whom there was something stays, however long ago.
    void peopleWeNeverHadToDoWith()
    {
        TemporaryStore store;
        const auto add = [&](const char *name, qint64 e164) {
            return store.add(QString::fromLatin1(name), QStringLiteral("+%1").arg(e164), e164);
        };
        const PersonId lead = add("Lead", 4401);
        const PersonId edited = add("Edited", 4402);
        const PersonId optIn = add("Opted in", 4403);
        const PersonId wrote = add("Wrote", 4404);
        const PersonId stopped = add("Stopped", 4405);
        const PersonId blocked = add("Blocked", 4406);
        const PersonId checked = add("Checked", 4407);
        const PersonId withdrew = add("Consent withdrawn by undo", 4408);
        store.clock.advance(180 * dayMs);
        PersonFields fields = store.row(edited).fields;
        fields.note = QStringLiteral("lately");
        QVERIFY(await<Nothing>([&](auto then) { return store->people().update(edited, fields, then); }));
        store.clock.advance(dayMs);
        const PersonId fresh = add("Fresh", 4409);
        store.close();
        sql(store.file(), QStringLiteral("INSERT INTO boots (id, name) VALUES (900, 'b')"));
        for (const PersonId id : {optIn, withdrew})
            sql(store.file(),
                QStringLiteral("INSERT INTO consents (person, batch, what, at_ms, kept_ms, source, wording, by) VALUES "
                               "(%1, 1, 1, 1, 1, 'form', '', 'T')")
                    .arg(id.value()));
        sql(store.file(), QStringLiteral("UPDATE people SET last_inbound_ms = 1 WHERE id = %1").arg(wrote.value()));
        sql(store.file(), QStringLiteral("UPDATE people SET do_not_contact = 1 WHERE id = %1").arg(stopped.value()));
        sql(store.file(),
            QStringLiteral("INSERT INTO blocks (account, alias, wish, state, standing, there, operation, run, at_ms, "
                           "done_ms, confirmed_ms, read_ms, last_seen_ms, code, wa_id, reason, note, source, by, why, "
                           "detail) VALUES (1, 4406, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, '', '', '', '', '', '', '')"));
        verdict(store, 4407, 1, 30);
        QVERIFY(store.open());

        const RetentionRules rules{.leadMonths = 6};
        QCOMPARE(preview(store, rules).people, 1);
        const RetentionCounts counts = apply(store, rules);
        QCOMPARE(counts.people, 1);
        QCOMPARE(count(store, "people"), 8);
        QCOMPARE(store.row(lead).fields.name, QString());
        for (const PersonId id : {edited, optIn, wrote, stopped, blocked, checked, withdrew, fresh})
            QVERIFY(!store.row(id).fields.name.isEmpty());
        // As by hand: undo brings them back.
        const auto batch
            = *await<std::optional<BatchSummary>>([&](auto then) { return store->batches().newestUndoable(then); });
        QVERIFY(batch);
        QVERIFY(await<UndoReport>([&](auto then) { return store->batches().undo(batch->id, then); }));
        QCOMPARE(store.row(lead).fields.name, QStringLiteral("Lead"));
    }

    /// The entries stay and the chain says erased, not broken; only for those that the retention entry names.
    void detailsOfTheJournal()
    {
        TemporaryStore store;
        store.add(QStringLiteral("Ann"), QStringLiteral("+4401"), 4401);
        store.clock.advance(30 * dayMs);
        store.add(QStringLiteral("Bob"), QStringLiteral("+4402"), 4402);
        store.clock.advance(1);
        const RetentionRules rules{.journalMonths = 1};
        QCOMPARE(preview(store, rules).details, 1);
        QCOMPARE(apply(store, rules).details, 1);
        QVERIFY(verify(store).sound);
        const auto entries = entriesOf(store, QStringLiteral("retention"));
        QCOMPARE(entries.size(), 1u);
        QVERIFY2(entries[0].outcome.endsWith(QStringLiteral("people=0 entries=1")), qPrintable(entries[0].outcome));
        QVERIFY(entries[0].outcome.startsWith(QStringLiteral("by=command ")));
        QVERIFY(entries[0].details.contains(QStringLiteral("\"journalMonths\":1")));
        QCOMPARE(count(store, "journal"), 3);
        store.close();
        sql(store.file(), QStringLiteral("DELETE FROM journal_details WHERE seq = 2"));
        QVERIFY(store.open());
        QCOMPARE(verify(store).firstBroken, 2);
    }

    /// A rule that finds nothing leaves no entry every day; a command leaves one always.
    void aRuleIsNamedInTheJournal()
    {
        TemporaryStore store;
        store.add(QStringLiteral("Ann"), QStringLiteral("+4401"), 4401);
        const RetentionRules rules{.leadMonths = 1};
        QCOMPARE(apply(store, rules, true), RetentionCounts{});
        QCOMPARE(entriesOf(store, QStringLiteral("retention")).size(), 0u);
        QCOMPARE(apply(store, rules, false), RetentionCounts{});
        QCOMPARE(entriesOf(store, QStringLiteral("retention")).size(), 1u);
        store.clock.advance(31 * dayMs);
        QCOMPARE(apply(store, rules, true).people, 1);
        const auto entries = entriesOf(store, QStringLiteral("retention"));
        QCOMPARE(entries.size(), 2u);
        QVERIFY(entries[0].outcome.startsWith(QStringLiteral("by=rule ")));
    }

    /// The removed rows are in no file of the profile any more.
    void nothingIsLeftInTheFiles()
    {
        TemporaryStore store;
        PersonFields fields;
        fields.name = QStringLiteral("Ann");
        store.add(fields);
        store.close();
        sql(store.file(),
            QStringLiteral("INSERT INTO gateway_contacts VALUES (1, 5, '', '', 'x', 'Quetzalcoatl', '', 1, 1)"));
        QVERIFY(store.open());
        store.clock.advance(62 * dayMs);
        QCOMPARE(apply(store, {.toldMonths = 2}).told, 1);
        for (const char *suffix : {"", "-wal"}) {
            QFile file(store.file() + QLatin1String(suffix));
            if (file.open(QIODevice::ReadOnly))
                QVERIFY(!file.readAll().contains("Quetzalcoatl"));
        }
    }
};

QTEST_GUILESS_MAIN(RetentionTest)
#include "retention_test.moc"
