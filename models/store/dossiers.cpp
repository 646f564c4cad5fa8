// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/erasures.h"

#include "models/store/internal/blocksql.h"
#include "models/store/internal/erasure.h"
#include "models/store/internal/journalsubjects.h"
#include "models/store/internal/personsql.h"
#include "models/store/internal/storethreads.h"
#include "models/store/people.h"

namespace rollcall {

namespace {

/// Every alias of the person whose id is bound twice.
constexpr char theirAliases[]
    = "(SELECT COALESCE(e164, typed_alias) FROM people WHERE id = ? UNION SELECT alias FROM aliases"
      " WHERE person = ?)";

void readVerdicts(Connection &db, PersonId id, DossierFacts &facts)
{
    Statement row(db,
        "SELECT " + sql::verdictColumns() + " FROM verdicts v WHERE v.alias IN " + theirAliases + " ORDER BY v.id DESC",
        id, id);
    while (row.step())
        facts.verdicts.push_back(sql::verdictAt(row, 0));
}

void readRuns(Connection &db, PersonId id, DossierFacts &facts)
{
    Statement check(db,
        QByteArray("SELECT i.run, r.account, i.asked_ms, i.state, i.reason, r.by, i.ask FROM run_items i JOIN runs r "
                   "ON r.id = i.run"
                   " WHERE i.person = ? OR i.alias IN ")
            + theirAliases + " ORDER BY i.id DESC",
        id, id, id);
    while (check.step())
        facts.checks.push_back({check.number(0), AccountId(check.number(1)), check.number(2),
            RunItemState(check.integer(3)), check.text(4), check.text(5), check.text(6)});
    Statement act(db,
        QByteArray("SELECT o.run, r.account, r.kind, o.state, o.sent_ms, o.confirmed_ms, b.reason, b.note, r.by,"
                   " ifnull(m.title, ''), ifnull(m.card_count, 0), o.message_id, o.ask, o.wa_id,"
                   " trim(o.detail || ' ' || o.status), b.source"
                   " FROM block_ops o JOIN runs r ON r.id = o.run JOIN block_runs b ON b.run = o.run"
                   " LEFT JOIN messages m ON m.run = o.run"
                   " WHERE o.person = ? OR o.alias IN ")
            + theirAliases + " ORDER BY o.id DESC",
        id, id, id);
    while (act.step())
        facts.acts.push_back({act.number(0), AccountId(act.number(1)), OperationKind(act.integer(2)),
            OperationState(act.integer(3)), act.number(4), act.number(5), act.text(6), act.text(7), act.text(8),
            act.text(9), act.integer(10), act.text(11), act.text(12), act.text(13), act.text(14), act.text(15)});
}

void readLedger(Connection &db, PersonId id, DossierFacts &facts)
{
    Statement line(db,
        QByteArray("SELECT account, wish, state, at_ms, last_seen_ms, wa_id, reason, note, source, by, detail FROM"
                   " blocks WHERE alias IN ")
            + theirAliases + " ORDER BY account",
        id, id);
    while (line.step())
        facts.ledger.push_back(
            {AccountId(line.number(0)), OperationKind(line.integer(1)), OperationState(line.integer(2)), line.number(3),
                line.number(4), line.text(5), line.text(6), line.text(7), line.text(8), line.text(9), line.text(10)});
    Statement seen(db,
        QByteArray("SELECT s.account, ifnull(c.ended_ms, 0), CASE s.gone WHEN 0 THEN 0 ELSE ifnull(g.ended_ms, 0) END,"
                   " s.wa_id, s.user_id FROM block_seen s LEFT JOIN block_reads c ON c.id = s.came LEFT JOIN"
                   " block_reads g ON g.id = s.gone WHERE s.alias IN ")
            + theirAliases + " ORDER BY s.id DESC",
        id, id);
    while (seen.step())
        facts.seen.push_back({AccountId(seen.number(0)), seen.number(1), seen.number(2), seen.text(3), seen.text(4)});
}

/// A number as batches keep it, for reading: as typed, and E.164 where it is known.
QString shownNumber(const QString &kept)
{
    constexpr QChar separator(0x1f);
    const QString e164 = kept.section(separator, -4, -4);
    const QString typed = kept.section(separator, 0, -5);
    return e164.toLongLong() > 0 && typed != QString(u'+' + e164) ? QString(typed + QStringLiteral(" (+") + e164 + u')')
                                                                  : typed;
}

void readKept(Connection &db, PersonId id, DossierFacts &facts)
{
    Statement field(db,
        "SELECT f.field, b.at_ms, f.before, f.after, b.by FROM batch_fields f JOIN batches b ON b.id = f.batch"
        " WHERE f.person = ? ORDER BY f.batch DESC, f.field",
        id);
    while (field.step()) {
        DossierFacts::Earlier earlier{
            PersonField(field.integer(0)), field.number(1), field.text(2), field.text(3), field.text(4)};
        for (QString *value : {&earlier.before, &earlier.after}) {
            if (earlier.field == PersonField::Number)
                *value = shownNumber(*value);
            value->replace(QChar(0x1f), u' ');
        }
        facts.earlier.push_back(std::move(earlier));
    }
    Statement lifted(db,
        "SELECT CASE WHEN s.alias > 0 THEN '+' || s.alias ELSE (SELECT text FROM alias_names WHERE id = -s.alias) END,"
        " s.at_ms, s.reason, s.by, b.at_ms FROM lifted_stops s JOIN batches b ON b.id = s.batch WHERE s.alias IN"
        " (SELECT COALESCE(e164, typed_alias) FROM people WHERE id = ? UNION SELECT alias FROM aliases WHERE person = "
        "?)"
        " ORDER BY s.batch DESC",
        id, id);
    while (lifted.step())
        facts.lifted.push_back({{lifted.text(0), lifted.number(1), lifted.text(2), lifted.text(3)}, lifted.number(4)});
    const std::optional<EraseTarget> who = sql::eraseTarget(db, id);
    Statement row(db,
        "SELECT ifnull(f.name, ''), r.line, r.raw FROM import_rows r LEFT JOIN import_files f ON f.batch = r.batch"
        " WHERE r.raw <> '' ORDER BY r.batch DESC, r.line");
    while (who && row.step())
        if (who->isNamedIn(row.text(2)))
            facts.fileRows.push_back({row.text(0), row.number(1), row.text(2).replace(QChar(0x1f), u' ')});
}

/// Entries about the person alone, of their batches, and of the runs they were in.
void readJournal(Connection &db, PersonId id, DossierFacts &facts)
{
    Statement row(db,
        QByteArray(
            "SELECT j.seq, j.at_ms, j.subject, j.batch, j.run, j.operator, j.act, j.outcome, j.digest, j.hash,"
            " CASE WHEN j.subject = ?1 THEN ifnull(d.details, '') ELSE '' END"
            " FROM journal j LEFT JOIN journal_details d ON d.seq = j.seq WHERE (j.subject = ?2 AND (j.act LIKE"
            " 'person.%' OR j.act LIKE 'stop%' OR j.act LIKE 'consent%' OR j.act LIKE"
            " 'marketing%' OR j.act = 'dossier'))"
            " OR (j.batch <> 0 AND (j.batch IN (SELECT batch FROM people WHERE id = ?3) OR j.batch IN (SELECT batch"
            " FROM batch_people WHERE person = ?4)))"
            " OR (j.run <> 0 AND (j.run IN (SELECT run FROM run_items WHERE person = ?5) OR j.run IN (SELECT run FROM"
            " block_ops WHERE person = ?6))) ORDER BY j.seq DESC"),
        id, id, id, id, id, id);
    journal::SubjectNames names(db);
    while (row.step()) {
        facts.journal.push_back({.seq = row.number(0),
            .atMs = row.number(1),
            .operatorName = row.text(5),
            .act = row.text(6),
            .subject = row.number(2),
            .batch = BatchId(row.number(3)),
            .run = RunId(row.number(4)),
            .outcome = row.text(7),
            .details = row.text(10),
            .digest = row.blob(8),
            .hash = row.blob(9)});
        names.fill(facts.journal.back());
    }
}

} // namespace

Dossiers::Dossiers(StoreThreads &threads)
    : m_threads(threads)
{
}

Call Dossiers::read(PersonId person, AccountId account, std::function<void(Result<DossierFacts>)> then)
{
    return m_threads.read<DossierFacts>(
        [person, account](Connection &db, const TimeView &time) {
            DossierFacts facts;
            facts.person = sql::personDetails(db, person, account, time);
            PersonLights lights = sql::personLights(db, person);
            facts.stops = std::move(lights.stops);
            facts.marketing = std::move(lights.marketing);
            readVerdicts(db, person, facts);
            readRuns(db, person, facts);
            readJournal(db, person, facts);
            readLedger(db, person, facts);
            readKept(db, person, facts);
            return facts;
        },
        std::move(then));
}

Call Dossiers::note(PersonId person, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>(
        [person](Writing &writing) -> Result<Nothing> {
            writing.journal(
                {.act = QStringLiteral("dossier"), .subject = person.value(), .outcome = QStringLiteral("done")});
            return Nothing{};
        },
        std::move(then));
}

} // namespace rollcall
