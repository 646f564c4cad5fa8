// SPDX-License-Identifier: GPL-3.0-or-later
// What ages out. One list of conditions serves the preview and the removal: what was counted is what goes.
#include "models/base/json.h"
#include "models/domain/operation.h"
#include "models/domain/run.h"
#include "models/store/erasures.h"
#include "models/store/internal/personsql.h"
#include "models/store/internal/storethreads.h"

#include <algorithm>

namespace rollcall {

namespace {

constexpr qint64 dayMs = 86'400'000;
constexpr qint64 monthMs = 30 * dayMs;

/// Lines of `newest` that hold verdicts back: somebody here (or in the undo period) has the number, or the last verdict
/// is not old yet.
QByteArray keptNewest(const QByteArray &limit)
{
    return "(n.alias IN (SELECT e164 FROM people WHERE e164 IS NOT NULL UNION ALL SELECT typed_alias FROM people WHERE"
           " typed_alias IS NOT NULL UNION ALL SELECT alias FROM aliases UNION ALL SELECT COALESCE(e164, typed_alias)"
           " FROM removed_people WHERE COALESCE(e164, typed_alias) IS NOT NULL) OR EXISTS (SELECT 1 FROM verdicts l"
           " WHERE l.id = n.last_verdict AND l.wall_ms >= "
        + limit + "))";
}

/// The conditions of what is due at one moment.
class Due {
public:
    Due(const RetentionRules &rules, qint64 nowMs)
        : m_rules(rules)
        , m_nowMs(nowMs)
    {
    }
    [[nodiscard]] qint64 undoLimit() const { return m_nowMs - std::clamp(m_rules.undoDays, 1, 30) * dayMs; }
    [[nodiscard]] QByteArray batches() const
    {
        return "batches WHERE can_undo AND at_ms <= " + QByteArray::number(undoLimit());
    }
    [[nodiscard]] QByteArray rows() const { return "import_rows WHERE batch IN (SELECT id FROM " + batches() + ')'; }
    [[nodiscard]] QByteArray newest() const
    {
        return "newest AS n WHERE NOT " + keptNewest(before(m_rules.verdictMonths));
    }
    [[nodiscard]] QByteArray verdicts() const
    {
        const QByteArray limit = before(m_rules.verdictMonths);
        return "verdicts WHERE wall_ms < " + limit + " AND id NOT IN (SELECT last_verdict FROM newest n WHERE "
            + keptNewest(limit) + " UNION ALL SELECT use_verdict FROM newest n WHERE " + keptNewest(limit) + ')';
    }
    [[nodiscard]] QByteArray runItems() const
    {
        return "run_items WHERE run IN (SELECT id FROM runs WHERE kind = 0 AND state IN ("
            + QByteArray::number(int(RunState::Done)) + ", " + QByteArray::number(int(RunState::Cancelled))
            + ") AND ended_ms > 0 AND ended_ms < " + before(m_rules.runMonths) + ')';
    }
    [[nodiscard]] QByteArray told() const { return "gateway_contacts WHERE at_ms < " + before(m_rules.toldMonths); }
    /// Of sends that are over: nothing of them is planned, on its way, deferred or unknown.
    [[nodiscard]] QByteArray messages() const
    {
        const auto state = [](OperationState one) { return QByteArray::number(int(one)); };
        return "messages WHERE cards <> '' AND run IN (SELECT id FROM runs WHERE state IN ("
            + QByteArray::number(int(OperationRunState::Done)) + ", "
            + QByteArray::number(int(OperationRunState::Cancelled)) + ") AND ended_ms > 0 AND ended_ms < "
            + before(m_rules.messageMonths) + ") AND NOT EXISTS (SELECT 1 FROM block_ops o WHERE o.run = messages.run"
            + " AND o.state IN (" + state(OperationState::Planned) + ", " + state(OperationState::Sending) + ", "
            + state(OperationState::Deferred) + ", " + state(OperationState::Unknown) + "))";
    }
    [[nodiscard]] QByteArray details() const
    {
        return "journal_details WHERE seq IN (SELECT seq FROM journal WHERE at_ms < " + before(m_rules.journalMonths)
            + ')';
    }
    /// Of `people`: nothing ever passed between them and us, and nobody has touched them for so long.
    [[nodiscard]] QByteArray leads() const
    {
        const QByteArray limit = before(m_rules.leadMonths);
        const QByteArray theirs = "IN (SELECT COALESCE(people.e164, people.typed_alias) UNION ALL SELECT alias FROM"
                                  " aliases WHERE person = people.id)";
        return "created_ms < " + limit
            + " AND consent = 0 AND last_inbound_ms = 0 AND NOT do_not_contact"
              " AND NOT EXISTS (SELECT 1 FROM consents c WHERE c.person = people.id)"
              " AND NOT EXISTS (SELECT 1 FROM consents c WHERE c.person IS NULL AND c.batch = people.batch)"
              " AND NOT EXISTS (SELECT 1 FROM batches b WHERE b.id = people.last_batch AND b.at_ms >= "
            + limit + ") AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.alias " + theirs
            + ") AND NOT EXISTS (SELECT 1 FROM block_ops o WHERE o.alias " + theirs
            + ") AND NOT EXISTS (SELECT 1 FROM block_ops o WHERE o.person = people.id)"
              " AND NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.wall_ms >= "
            + limit + " AND v.alias " + theirs
            + ") AND id NOT IN (SELECT i.person FROM run_items i JOIN runs r ON r.id = i.run WHERE r.state NOT IN ("
            + QByteArray::number(int(RunState::Done)) + ", " + QByteArray::number(int(RunState::Cancelled)) + "))";
    }
    [[nodiscard]] RetentionCounts counts(Connection &db) const
    {
        const auto count
            = [&](bool on, const QByteArray &what) { return on ? db.number("SELECT count(*) FROM " + what) : 0; };
        return {.batches = count(true, batches()),
            .rejectedRows = count(true, rows()),
            .verdicts = count(m_rules.verdictMonths > 0, verdicts()),
            .runItems = count(m_rules.runMonths > 0, runItems()),
            .told = count(m_rules.toldMonths > 0, told()),
            .messages = count(m_rules.messageMonths > 0, messages()),
            .people = count(m_rules.leadMonths > 0, "people WHERE " + leads()),
            .details = count(m_rules.journalMonths > 0, details())};
    }

private:
    [[nodiscard]] QByteArray before(int months) const
    {
        return QByteArray::number(m_nowMs - std::max(months, 0) * monthMs);
    }
    const RetentionRules m_rules;
    const qint64 m_nowMs;
};

/// Deletes the leads as a batch of its own. Answers it; none when there was nobody.
BatchId removeLeads(Writing &writing, const Due &due, qint64 people)
{
    if (people == 0)
        return {};
    const BatchId batch = writing.startBatch(QStringLiteral("person.delete"), people);
    Statement(writing.db,
        "INSERT OR IGNORE INTO batch_people (batch, person, last_batch) SELECT ?, id, last_batch FROM people WHERE "
            + due.leads(),
        batch)
        .run();
    sql::takeAway(writing, batch, due.leads(), {});
    return batch;
}

std::vector<qint64> removeDetails(Writing &writing, const Due &due)
{
    std::vector<qint64> seqs;
    Statement row(writing.db, "SELECT seq FROM " + due.details());
    while (row.step())
        seqs.push_back(row.number(0));
    Statement(writing.db, "DELETE FROM " + due.details()).run();
    return seqs;
}

/// The rules themselves, for the entry.
QString rulesText(const RetentionRules &rules)
{
    return QString::fromUtf8(Json(Json::Object{{QStringLiteral("undoDays"), Json(rules.undoDays)},
                                      {QStringLiteral("verdictMonths"), Json(rules.verdictMonths)},
                                      {QStringLiteral("runMonths"), Json(rules.runMonths)},
                                      {QStringLiteral("toldMonths"), Json(rules.toldMonths)},
                                      {QStringLiteral("messageMonths"), Json(rules.messageMonths)},
                                      {QStringLiteral("leadMonths"), Json(rules.leadMonths)},
                                      {QStringLiteral("journalMonths"), Json(rules.journalMonths)}})
                                 .toCompact());
}

Result<RetentionCounts> remove(Writing &writing, const RetentionRules &rules, bool byRule)
{
    const Due due(rules, writing.wallMs);
    const RetentionCounts counts = due.counts(writing.db);
    if (byRule && !counts.any())
        return counts;
    sql::forgetBatches(writing, due.undoLimit());
    const BatchId batch = removeLeads(writing, due, counts.people);
    if (counts.verdicts > 0) {
        const QByteArray newest = due.newest();
        Statement(writing.db, "DELETE FROM " + due.verdicts()).run();
        Statement(writing.db, "DELETE FROM " + newest).run();
    }
    if (counts.runItems > 0)
        Statement(writing.db, "DELETE FROM " + due.runItems()).run();
    if (counts.told > 0)
        Statement(writing.db, "DELETE FROM " + due.told()).run();
    if (counts.messages > 0) {
        const QByteArray which = due.messages().mid(qsizetype(sizeof "messages" - 1));
        Statement(writing.db, "UPDATE messages SET cards = '', title = 'erased', reply_to = ''" + which).run();
        writing.change.kinds |= Change::MessagesChanged;
    }
    std::vector<qint64> seqs;
    if (counts.details > 0)
        seqs = removeDetails(writing, due);
    writing.journal({.act = QString::fromLatin1(journal::retentionAct),
        .batch = batch,
        .outcome = QStringLiteral("by=%1 batches=%2 rows=%3 verdicts=%4 items=%5 told=%6 messages=%7 ")
                       .arg(byRule ? QStringLiteral("rule") : QStringLiteral("command"))
                       .arg(counts.batches)
                       .arg(counts.rejectedRows)
                       .arg(counts.verdicts)
                       .arg(counts.runItems)
                       .arg(counts.told)
                       .arg(counts.messages)
            + journal::eraseOutcome(counts.people, std::move(seqs)),
        .details = rulesText(rules)});
    writing.change.kinds |= Change::PeopleChanged | Change::VerdictsChanged | Change::RunsChanged;
    return counts;
}

} // namespace

Call Erasures::preview(const RetentionRules &rules, std::function<void(Result<RetentionCounts>)> then)
{
    return m_threads.read<RetentionCounts>(
        [rules](Connection &db, const TimeView &time) {
            return Due(rules, std::max(time.now.wallMs, time.latestSeenMs)).counts(db);
        },
        std::move(then));
}

Call Erasures::apply(const RetentionRules &rules, bool byRule, std::function<void(Result<RetentionCounts>)> then)
{
    return m_threads.writeJob<RetentionCounts>(
        [&threads = m_threads, rules, byRule](Connection &db, const Asked &asked) -> Result<RetentionCounts> {
            RetentionCounts counts;
            const Done done = threads.transaction(db, asked, [&](Writing &writing) -> Done {
                const Result<RetentionCounts> removed = remove(writing, rules, byRule);
                if (!removed)
                    return removed.failure();
                counts = *removed;
                return Nothing{};
            });
            if (!done)
                return done.failure();
            // The freed cells are overwritten (secure_delete); the log still holds the old ones.
            if (counts.any())
                db.exec("PRAGMA wal_checkpoint(TRUNCATE);");
            db.takeFailure();
            return counts;
        },
        std::move(then));
}

} // namespace rollcall
