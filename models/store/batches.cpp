// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/batches.h"

#include "models/domain/operation.h"
#include "models/store/gatewaynotes.h"
#include "models/store/internal/journalchain.h"
#include "models/store/internal/personsql.h"
#include "models/store/internal/stopsql.h"
#include "models/store/internal/storethreads.h"

#include <algorithm>
#include <unordered_map>

namespace rollcall {

namespace {

constexpr qint64 undoPeriodMs = 30LL * 86'400'000; // product.md, rule 1

constexpr char stopAct[] = "stop";
constexpr char liftAct[] = "stop.lift";
constexpr char consentAct[] = "consent";
constexpr char columns[] = "SELECT id, act, at_ms, by, people, undone, can_undo FROM batches";

qint64 nowMs(const TimeView &time)
{
    return std::max(time.now.wallMs, time.latestSeenMs);
}

BatchSummary summaryAt(const Statement &row, qint64 now)
{
    BatchSummary batch;
    batch.id = BatchId(row.number(0));
    batch.act = row.text(1);
    batch.atMs = row.number(2);
    batch.by = row.text(3);
    batch.people = row.number(4);
    batch.undone = row.number(5) != 0;
    const bool inTime = row.number(6) != 0 && now - batch.atMs < undoPeriodMs;
    batch.undoable = inTime && !batch.undone;
    batch.redoable
        = inTime && batch.undone && batch.act != QLatin1String(stopAct) && batch.act != QLatin1String(liftAct);
    return batch;
}

constexpr char runColumns[] = "SELECT r.id, r.kind, r.started_ms, r.by, r.total, r.state, b.done, EXISTS (SELECT 1 FROM"
                              " block_runs u WHERE u.undoes = r.id) FROM runs r JOIN block_runs b ON b.run = r.id"
                              " WHERE r.kind IN (1, 2)";

/// `standing`: people who are still as the run left them.
BatchSummary runAt(const Statement &row, qint64 standing, qint64 now)
{
    BatchSummary batch;
    batch.run = RunId(row.number(0));
    batch.act = OperationKind(row.integer(1)) == OperationKind::Block ? QStringLiteral("block.run")
                                                                      : QStringLiteral("unblock.run");
    batch.atMs = row.number(2);
    batch.by = row.text(3);
    batch.people = row.number(4);
    const auto state = OperationRunState(row.integer(5));
    batch.underWay = state == OperationRunState::Running || state == OperationRunState::Paused;
    batch.undone = row.number(7) != 0;
    batch.standing = standing;
    batch.undoable
        = !batch.underWay && !batch.undone && row.number(6) > 0 && standing > 0 && now - batch.atMs < undoPeriodMs;
    return batch;
}

/// The newest run that somebody could mean by "the last command"; the opposite of another run is not one.
std::optional<BatchSummary> newestRun(Connection &db, qint64 now)
{
    Statement row(db, QByteArray(runColumns) + " AND b.undoes = 0 ORDER BY r.id DESC LIMIT 1");
    if (!row.step())
        return std::nullopt;
    Statement standing(db, "SELECT count(*) FROM blocks WHERE run = ? AND state = 2", row.number(0));
    const BatchSummary run = runAt(row, standing.step() ? standing.number(0) : 0, now);
    return run.undoable || run.underWay ? std::optional(run) : std::nullopt;
}

void addRuns(Connection &db, std::vector<BatchSummary> &batches, qint64 now)
{
    std::unordered_map<qint64, qint64> standing;
    Statement of(db, "SELECT run, count(*) FROM blocks WHERE state = 2 AND run <> 0 GROUP BY run");
    while (of.step())
        standing[of.number(0)] = of.number(1);
    Statement row(db, QByteArray(runColumns) + " ORDER BY r.id DESC");
    const auto before = qsizetype(batches.size());
    while (row.step())
        batches.push_back(runAt(row, standing[row.number(0)], now));
    // What a command did here comes before what it asked the gateway: of the same time, the run is the newer one.
    std::inplace_merge(batches.begin(), batches.begin() + before, batches.end(),
        [](const BatchSummary &one, const BatchSummary &other) {
            return one.atMs != other.atMs ? one.atMs > other.atMs : !one.run.isNull() && other.run.isNull();
        });
}

QStringList namesIn(Connection &db, const QByteArray &people, qint64 id)
{
    QStringList names;
    Statement row(db,
        "SELECT iif(name <> '', name, raw) FROM people WHERE id IN (" + people + ") LIMIT "
            + QByteArray::number(BatchSummary::mostNamed),
        id);
    while (row.step())
        names << row.text(0);
    return names;
}

/// Whom a command is about, as far as they are here.
QStringList namesOf(Connection &db, const BatchSummary &batch)
{
    if (!batch.run.isNull())
        return namesIn(db, "SELECT person FROM block_ops WHERE run = ? AND person <> 0 LIMIT 100", batch.run.value());
    const auto in = [&](const QByteArray &people) { return namesIn(db, people, batch.id.value()); };
    if (batch.act == QLatin1String(consentAct))
        return in("SELECT person FROM consents WHERE batch = ? AND person IS NOT NULL LIMIT 100");
    if (batch.act == QLatin1String(stopAct) || batch.act == QLatin1String(liftAct)) {
        const QByteArray aliases = batch.act == QLatin1String(stopAct)
            ? "SELECT alias FROM stops WHERE batch = ?1"
            : "SELECT alias FROM lifted_stops WHERE batch = ?1";
        return in("SELECT id FROM people WHERE e164 IN (" + aliases + ") OR typed_alias IN (" + aliases + ')');
    }
    if (batch.act == QLatin1String("person.delete")) {
        QStringList names;
        Statement row(db, "SELECT iif(name <> '', name, raw) FROM removed_people WHERE by_batch = ? LIMIT 3", batch.id);
        while (row.step())
            names << row.text(0);
        return names;
    }
    const QStringList changed = in("SELECT person FROM batch_people WHERE batch = ? LIMIT 100");
    return changed.isEmpty() ? in("SELECT id FROM people WHERE batch = ? LIMIT 100") : changed;
}

/// Does the journal name the opt-out as the reason of this stop? The stops themselves may have been asked for again, or
/// lifted, since.
bool isOptOut(Connection &db, BatchId stop)
{
    Statement row(db,
        "SELECT d.details FROM journal j JOIN journal_details d ON d.seq = j.seq WHERE j.batch = ? AND j.act = ?"
        " ORDER BY j.seq DESC LIMIT 1",
        stop, QString::fromLatin1(stopAct));
    return row.step() && row.text(0) == journal::details("reason", QStringLiteral("opt-out"));
}

BatchSummary::Stays staysOf(Connection &db, const BatchSummary &batch)
{
    if (batch.undoable || !batch.run.isNull())
        return BatchSummary::Stays::No;
    if (batch.act == QLatin1String(stopAct))
        return isOptOut(db, batch.id) ? BatchSummary::Stays::OptOut : BatchSummary::Stays::No;
    if (batch.act != QLatin1String(consentAct))
        return BatchSummary::Stays::No;
    Statement what(db, "SELECT what FROM consents WHERE batch = ? LIMIT 1", batch.id);
    return what.step() && ConsentState(what.integer(0)) == ConsentState::OptOut ? BatchSummary::Stays::OptOut
                                                                                : BatchSummary::Stays::Consent;
}

struct BatchState {
    QString act;
    bool undone = false;
    bool inTime = false;
    qint64 people = 0;
};

std::optional<BatchState> stateOf(Writing &writing, BatchId id)
{
    Statement row(writing.db, "SELECT act, undone, can_undo, at_ms, people FROM batches WHERE id = ?", id);
    if (!row.step())
        return std::nullopt;
    return BatchState{row.text(0), row.number(1) != 0,
        row.number(2) != 0 && writing.wallMs - row.number(3) < undoPeriodMs, row.number(4)};
}

/// One person's fields go from one side of the batch to the other, each only where it still holds the first.
class FieldMover {
public:
    FieldMover(Writing &writing, BatchId batch, bool undo)
        : m_writing(writing)
        , m_batch(batch)
        , m_undo(undo)
        , m_fields(writing.db, "SELECT field, before, after FROM batch_fields WHERE batch = ? AND person = ?")
        , m_person(writing.db, "SELECT " + sql::personColumns() + ", p.last_batch FROM people p WHERE p.id = ?")
    {
    }
    void move(PersonId person, qint64 lastBatchBefore, UndoReport &report)
    {
        m_person.bind(person);
        if (!m_person.step()) {
            ++report.kept; // deleted since
            return;
        }
        const PersonFields now = sql::personAt(m_person, 0).fields;
        const qint64 lastBatch = m_person.number(sql::personColumnCount);
        bool all = true;
        bool any = false;
        m_fields.bind(m_batch, person);
        while (m_fields.step()) {
            const auto field = PersonField(m_fields.integer(0));
            const QString from = m_fields.text(m_undo ? 2 : 1);
            if (sql::fieldText(now, field) == from) {
                sql::setField(m_writing, person, field, m_fields.text(m_undo ? 1 : 2));
                any = true;
            } else {
                all = false;
                ++report.kept;
            }
        }
        if (!any)
            return;
        ++report.restored;
        // "Last changed by" goes back too, so that the batch before can see that nobody touched the person since.
        const qint64 changedBy
            = m_undo ? (all && lastBatch == m_batch.value() ? lastBatchBefore : lastBatch) : m_batch.value();
        Statement(m_writing.db, "UPDATE people SET changed = ?, last_batch = ? WHERE id = ?", m_writing.changeNumber,
            changedBy, person)
            .run();
    }

private:
    Writing &m_writing;
    const BatchId m_batch;
    const bool m_undo;
    Statement m_fields;
    Statement m_person;
};

void moveFields(Writing &writing, BatchId batch, bool undo, UndoReport &report)
{
    FieldMover mover(writing, batch, undo);
    Statement person(writing.db, "SELECT person, last_batch FROM batch_people WHERE batch = ? ORDER BY person", batch);
    while (person.step())
        mover.move(PersonId(person.number(0)), person.number(1), report);
}

/// People the batch added go, unless a later batch changed them, a later consent is theirs, or we asked a gateway to
/// block or unblock them: what was done there would have nobody here.
void takeAdded(Writing &writing, BatchId batch, UndoReport &report)
{
    constexpr char untouched[] = "batch = ? AND last_batch = ? AND NOT EXISTS (SELECT 1 FROM consents c WHERE c.person "
                                 "= people.id AND c.batch <> ?) AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.alias = "
                                 "COALESCE(people.e164, people.typed_alias) AND b.wish <> 0)";
    const std::vector<qint64> values(3, batch.value());
    report.takenOut = sql::takeAway(writing, batch, untouched, values);
    report.restored += report.takenOut;
    Statement left(writing.db, "SELECT count(*) FROM people WHERE batch = ?", batch);
    report.kept += left.step() ? left.number(0) : 0;
}

/// Aliases the batch gave go with it, but not from people it added who stay (somebody changed them since).
void moveAliases(Writing &writing, BatchId batch, bool undo)
{
    if (undo)
        Statement(writing.db,
            "DELETE FROM aliases WHERE (person, alias, kind) IN (SELECT person, alias, kind FROM batch_aliases"
            " WHERE batch = ?) AND person NOT IN (SELECT id FROM people WHERE batch = ?)",
            batch, batch)
            .run();
    else
        Statement(writing.db,
            "INSERT OR IGNORE INTO aliases (person, alias, kind) SELECT person, alias, kind FROM batch_aliases"
            " WHERE batch = ? AND person IN (SELECT id FROM people)",
            batch)
            .run();
}

void finish(Writing &writing, BatchId batch, bool undo, const UndoReport &report)
{
    QString outcome = QStringLiteral("act=%1 restored=%2 kept=%3")
                          .arg(report.act)
                          .arg(report.restored - report.takenOut)
                          .arg(report.kept);
    if (report.takenOut > 0)
        outcome += QStringLiteral(" taken-out=%1").arg(report.takenOut);
    writing.journal({.act = undo ? QStringLiteral("undo") : QStringLiteral("redo"),
        .subject = 0,
        .batch = batch,
        .outcome = outcome});
    writing.change.kinds |= Change::PeopleChanged;
    writing.change.membership = true;
}

void takeBackStop(Writing &writing, BatchId batch, qint64 people, UndoReport &report)
{
    writing.lifted = sql::undoStop(writing, batch, report.restored, report.kept);
    if (report.restored == 0 && !writing.lifted.empty()) // numbers that belong to nobody here
        report.restored = people;
    else if (report.restored + report.kept == 0) // other commands asked for all of them too
        report.kept = people;
}

void putBackStop(Writing &writing, BatchId batch, qint64 people, UndoReport &report)
{
    writing.stopped = sql::undoLift(writing, batch, report.restored, report.kept);
    if (report.restored == 0 && qint64(writing.stopped.size()) > report.kept) // numbers that belong to nobody here
        report.restored = people;
}

Result<UndoReport> undoBatch(Writing &writing, BatchId id)
{
    const std::optional<BatchState> state = stateOf(writing, id);
    if (!state)
        return Failure{.kind = Failure::Kind::NotFound, .detail = QStringLiteral("batch %1").arg(id.value())};
    if (state->undone || !state->inTime)
        return Failure{.kind = Failure::Kind::Unsupported, .detail = QStringLiteral("batch cannot be undone")};
    UndoReport report{.act = state->act};
    Statement(writing.db, "UPDATE batches SET undone = 1, undone_change = ? WHERE id = ?", writing.changeNumber, id)
        .run();
    if (state->act == QLatin1String("person.delete"))
        report.restored += sql::putBack(writing, id);
    else if (state->act == QLatin1String(stopAct))
        takeBackStop(writing, id, state->people, report);
    else if (state->act == QLatin1String(liftAct))
        putBackStop(writing, id, state->people, report);
    else {
        moveFields(writing, id, true, report);
        takeAdded(writing, id, report);
        moveAliases(writing, id, true);
        sql::refreshConsent(writing, id);
    }
    finish(writing, id, true, report);
    return report;
}

Result<UndoReport> redoBatch(Writing &writing, BatchId id)
{
    const std::optional<BatchState> state = stateOf(writing, id);
    if (!state)
        return Failure{.kind = Failure::Kind::NotFound, .detail = QStringLiteral("batch %1").arg(id.value())};
    if (!state->undone || !state->inTime || state->act == QLatin1String(stopAct)
        || state->act == QLatin1String(liftAct))
        return Failure{.kind = Failure::Kind::Unsupported, .detail = QStringLiteral("batch cannot be done again")};
    UndoReport report{.act = state->act};
    Statement(writing.db, "UPDATE batches SET undone = 0, undone_change = 0 WHERE id = ?", id).run();
    if (state->act == QLatin1String("person.delete")) {
        // Only those who came back by the undo and were not changed since.
        Statement who(writing.db, "SELECT person, last_batch FROM batch_people WHERE batch = ?", id);
        while (who.step()) {
            const qint64 taken
                = sql::takeAway(writing, id, "id = ? AND last_batch = ?", {who.number(0), who.number(1)});
            report.restored += taken;
            report.kept += 1 - taken;
        }
    } else {
        report.restored += sql::putBack(writing, id);
        moveFields(writing, id, false, report);
        moveAliases(writing, id, false);
        sql::refreshConsent(writing, id);
    }
    finish(writing, id, false, report);
    return report;
}

} // namespace

void sql::forgetBatches(Writing &writing, qint64 limitMs)
{
    Connection &db = writing.db;
    const QByteArray old
        = " IN (SELECT id FROM batches WHERE can_undo AND at_ms <= " + QByteArray::number(limitMs) + ')';
    // Their consents and aliases were kept for the undo; ids are never used again.
    for (const char *orphans : {"consents WHERE person", "aliases WHERE person"})
        db.exec(QByteArray("DELETE FROM ") + orphans + " IN (SELECT id FROM removed_people WHERE by_batch" + old
            + ") AND person NOT IN (SELECT id FROM people);");
    for (const char *what : {"removed_people WHERE by_batch", "batch_fields WHERE batch", "batch_people WHERE batch",
             "batch_aliases WHERE batch", "import_rows WHERE batch", "lifted_stops WHERE batch"})
        db.exec(QByteArray("DELETE FROM ") + what + old + ';');
    Statement(db, "UPDATE batches SET can_undo = 0 WHERE can_undo AND at_ms <= ?", limitMs).run();
}

Batches::Batches(StoreThreads &threads)
    : m_threads(threads)
{
}

Call Batches::list(std::function<void(Result<std::vector<BatchSummary>>)> then)
{
    return m_threads.read<std::vector<BatchSummary>>(
        [](Connection &db, const TimeView &time) {
            std::vector<BatchSummary> batches;
            Statement row(db, QByteArray(columns) + " ORDER BY id DESC");
            while (row.step())
                batches.push_back(summaryAt(row, nowMs(time)));
            addRuns(db, batches, nowMs(time));
            return batches;
        },
        std::move(then));
}

Call Batches::newestUndoable(std::function<void(Result<std::optional<BatchSummary>>)> then)
{
    return m_threads.read<std::optional<BatchSummary>>(
        [](Connection &db, const TimeView &time) {
            Statement row(db,
                QByteArray(columns) + " WHERE can_undo AND NOT undone AND at_ms > ? ORDER BY id DESC LIMIT 1",
                nowMs(time) - undoPeriodMs);
            std::optional<BatchSummary> newest = newestRun(db, nowMs(time));
            if (row.step() && (!newest || row.number(2) > newest->atMs))
                newest = summaryAt(row, nowMs(time));
            return newest;
        },
        std::move(then));
}

Call Batches::newest(std::function<void(Result<std::optional<BatchSummary>>)> then)
{
    return m_threads.read<std::optional<BatchSummary>>(
        [](Connection &db, const TimeView &time) {
            // A lift of nobody did nothing: whoever means the last command does not mean that one.
            Statement row(db,
                QByteArray(columns)
                    + " WHERE NOT undone AND (can_undo OR act <> 'stop.lift') AND at_ms > ? ORDER BY id DESC LIMIT 1",
                nowMs(time) - undoPeriodMs);
            std::optional<BatchSummary> newest = newestRun(db, nowMs(time));
            if (row.step() && (!newest || row.number(2) > newest->atMs))
                newest = summaryAt(row, nowMs(time));
            if (!newest)
                return newest;
            newest->stays = staysOf(db, *newest);
            // Its undo data were let go before the 30 days were over: then there is nothing, and nothing older either.
            if (newest->run.isNull() && !newest->undoable && newest->stays == BatchSummary::Stays::No)
                return std::optional<BatchSummary>();
            newest->names = namesOf(db, *newest);
            return newest;
        },
        std::move(then));
}

Call Batches::newestRedoable(std::function<void(Result<std::optional<BatchSummary>>)> then)
{
    return m_threads.read<std::optional<BatchSummary>>(
        [](Connection &db, const TimeView &time) {
            // A new command after the undo closes the way forward.
            Statement row(db,
                QByteArray(columns)
                    + " WHERE can_undo AND undone AND act NOT IN ('stop', 'stop.lift') AND at_ms > ? AND undone_change "
                      "> (SELECT "
                      "max(change) FROM batches"
                      " WHERE can_undo) ORDER BY undone_change DESC LIMIT 1",
                nowMs(time) - undoPeriodMs);
            return row.step() ? std::optional(summaryAt(row, nowMs(time))) : std::nullopt;
        },
        std::move(then));
}

Call Batches::undo(BatchId id, std::function<void(Result<UndoReport>)> then)
{
    return m_threads.write<UndoReport>([id](Writing &writing) { return undoBatch(writing, id); }, std::move(then));
}

Call Batches::redo(BatchId id, std::function<void(Result<UndoReport>)> then)
{
    return m_threads.write<UndoReport>([id](Writing &writing) { return redoBatch(writing, id); }, std::move(then));
}

Call Batches::forgetOld(std::function<void(Done)> then)
{
    return m_threads.write<Nothing>(
        [](Writing &writing) -> Result<Nothing> {
            sql::forgetBatches(writing, writing.wallMs - undoPeriodMs);
            Statement(writing.db, "DELETE FROM fetches WHERE at_ms <= ?", writing.wallMs - GatewayNotes::keptForMs)
                .run();
            return Nothing{};
        },
        std::move(then));
}

} // namespace rollcall
