// SPDX-License-Identifier: GPL-3.0-or-later
// Runs of operations: intent, sending, answers.
#include "models/base/json.h"
#include "models/store/blocks.h"
#include "models/store/internal/blocksql.h"
#include "models/store/internal/personsql.h"
#include "models/store/internal/stopsql.h"
#include "models/store/internal/storethreads.h"
#include "models/store/stops.h"

#include <unordered_set>

namespace rollcall {

namespace {

QString orderDetails(const OperationOrder &order)
{
    return QString::fromUtf8(
        Json(Json::Object{{QStringLiteral("reason"), Json(order.reason)}, {QStringLiteral("note"), Json(order.note)}})
            .toCompact());
}

/// People and aliases of a command, each once.
struct Subjects {
    std::vector<PersonId> people;
    std::vector<AliasKey> aliases;
};

Subjects subjectsOf(const std::vector<OperationItem> &items)
{
    Subjects subjects;
    std::unordered_set<qint64> people;
    for (const OperationItem &item : items) {
        if (!item.person.isNull() && people.insert(item.person.value()).second)
            subjects.people.push_back(item.person);
        if (!item.alias.isNull())
            subjects.aliases.push_back(item.alias);
    }
    return subjects;
}

void recordConsent(Writing &writing, const std::vector<PersonId> &people, const ConsentEvent &event)
{
    if (event.what == ConsentState::None || people.empty())
        return;
    const BatchId batch = writing.startBatch(QStringLiteral("consent"), qint64(people.size()), false);
    Statement add(writing.db,
        "INSERT INTO consents (person, batch, what, at_ms, kept_ms, source, wording, by) VALUES (?, ?, ?, ?, ?, ?, ?, "
        "?)");
    for (const PersonId person : people)
        add.bind(person, batch, int(event.what), event.atMs > 0 ? event.atMs : writing.wallMs, writing.wallMs,
               event.source, event.wording, writing.asked.by)
            .run();
    sql::refreshConsent(writing, batch);
    writing.journal({.act = QStringLiteral("consent"),
        .subject = people.size() == 1 ? people.front().value() : 0,
        .batch = batch,
        .outcome = QStringLiteral("what=%1 people=%2").arg(int(event.what)).arg(people.size()),
        .details = journal::details("source", event.source)});
    writing.change.kinds |= Change::PeopleChanged;
}

/// Stop, lifting, consent: what a command does here besides asking the gateway.
void layers(Writing &writing, const OperationOrder &order, const Subjects &subjects)
{
    // A command that stops and blocks has stopped already, in a transaction of its own: one entry is enough.
    if (order.stop && sql::areStopped(writing.db, subjects.people, subjects.aliases))
        writing.stopped = subjects.aliases;
    else if (order.stop)
        writing.stopped = sql::storeStop(writing, subjects.people, subjects.aliases, order.reason, true);
    recordConsent(writing, subjects.people, order.consent); // first: an opt-out is lifted by a new consent only
    if (order.liftStop)
        writing.lifted = sql::storeLift(
            writing, subjects.people, subjects.aliases, order.reason, order.consent.what == ConsentState::OptIn);
}

/// Puts the wish of a command into the ledger.
class Ledger {
public:
    Ledger(Writing &writing, const OperationOrder &order)
        : m_writing(writing)
        , m_order(order)
        , m_moves(writing)
        , m_read(writing.db, "SELECT state, wish, operation, standing FROM blocks WHERE account = ? AND alias = ?")
        , m_put(writing.db,
              "INSERT INTO blocks (account, alias, wish, state, standing, there, operation, run, at_ms, done_ms,"
              " confirmed_ms, read_ms, last_seen_ms, code, wa_id, reason, note, source, by, why, detail)"
              " VALUES (?1, ?2, ?3, ?4, 0, 0, ?5, ?6, ?7, 0, 0, 0, 0, 0, '', ?8, ?9, ?10, ?11, '', '')"
              " ON CONFLICT (account, alias) DO UPDATE SET wish = ?3, state = ?4, operation = ?5, run = ?6, at_ms = ?7,"
              " code = 0, reason = ?8, note = ?9, source = ?10, by = ?11, why = '', detail = ''")
        // Who is to be unblocked keeps the reason they were blocked for: it belongs to the block.
        , m_putUnblock(writing.db,
              "UPDATE blocks SET wish = ?, state = ?, operation = ?, run = ?, code = 0, why = '', detail = ''"
              " WHERE account = ? AND alias = ?")
    {
    }
    struct Line {
        bool exists = false;
        OperationState state = OperationState::Done;
        OperationId operation = {};
        BlockStanding standing = BlockStanding::NotBlocked;
        [[nodiscard]] bool isUnclear() const
        {
            return exists && (state == OperationState::Sending || state == OperationState::Unknown);
        }
    };
    Line line(AliasKey alias)
    {
        m_read.bind(m_order.account, alias);
        if (!m_read.step())
            return {};
        const bool wished = m_read.number(1) != 0;
        return {true, wished ? OperationState(m_read.integer(0)) : OperationState::Done, OperationId(m_read.number(2)),
            BlockStanding(m_read.integer(3))};
    }
    void supersede(const Line &line)
    {
        m_moves.move(line.operation, {OperationState::Planned, OperationState::Deferred},
            {.state = OperationState::NotSent, .why = QString::fromLatin1(Why::superseded)});
    }
    void wish(AliasKey alias, OperationState state, const Line &before, OperationId operation, RunId run)
    {
        if (m_order.kind == OperationKind::Unblock && before.exists)
            m_putUnblock.bind(int(m_order.kind), int(state), operation, run, m_order.account, alias).run();
        else
            m_put
                .bind(m_order.account, alias, int(m_order.kind), int(state), operation, run, m_writing.wallMs,
                    m_order.reason, m_order.note, m_order.source, m_writing.asked.by)
                .run();
    }

private:
    Writing &m_writing;
    const OperationOrder &m_order;
    OperationMoves m_moves;
    Statement m_read;
    Statement m_put;
    Statement m_putUnblock;
};

RunId startRun(Writing &writing, const OperationOrder &order, const std::vector<OperationItem> &items)
{
    Connection &db = writing.db;
    const RunId run = sql::addOperationRun(writing, order, qint64(items.size()));
    qint64 unsettled = 0;
    {
        Ledger ledger(writing, order);
        const bool keepsLedger = order.kind != OperationKind::Report;
        Statement add(db,
            "INSERT INTO block_ops (run, alias, person, state, attempts, due_ms, sent_ms, ended_ms, confirmed_ms, code,"
            " ask, why, detail, wa_id) VALUES (?, ?, ?, ?, 0, 0, 0, 0, 0, 0, ?, ?, '', '')");
        for (const OperationItem &item : items) {
            const Ledger::Line before = keepsLedger ? ledger.line(item.alias) : Ledger::Line{};
            const bool unclear = before.isUnclear();
            unsettled += unclear;
            add.bind(run, item.alias, item.person, int(unclear ? OperationState::NotSent : OperationState::Planned),
                item.ask, QString::fromLatin1(unclear ? Why::unsettled : ""));
            if (!add.run())
                break;
            const OperationId operation(db.lastId());
            if (unclear || !keepsLedger)
                continue;
            ledger.supersede(before);
            ledger.wish(item.alias, OperationState::Planned, before, operation, run);
        }
    }
    Statement(db, "UPDATE block_runs SET not_sent = not_sent + ? WHERE run = ?", unsettled, run).run();
    layers(writing, order, subjectsOf(items));
    writing.journal({.act = sql::operationAct(order.kind, "run"),
        .subject = items.size() == 1 ? items.front().person.value() : 0,
        .run = run,
        .outcome = QStringLiteral("people=%1 account=%2 source=%3 stop=%4")
                       .arg(items.size())
                       .arg(order.account.value())
                       .arg(order.source)
                       .arg(int(order.stop)),
        .details = orderDetails(order)});
    writing.change.kinds |= Change::BlocksChanged;
    return run;
}

qint64 armAll(Writing &writing, const OperationOrder &order, const std::vector<OperationItem> &items)
{
    std::vector<OperationItem> armed;
    {
        Ledger ledger(writing, order);
        for (const OperationItem &item : items) {
            const Ledger::Line before = ledger.line(item.alias);
            if (before.exists
                && (isOpen(before.state) || before.isUnclear() || before.standing == BlockStanding::Blocked))
                continue;
            ledger.wish(item.alias, OperationState::Armed, before, {}, {});
            armed.push_back(item);
        }
    }
    OperationOrder stopping = order;
    stopping.stop = true; // also those who are not armed: the command said do-not-contact
    layers(writing, stopping, subjectsOf(items));
    writing.journal({.act = QStringLiteral("block.arm"),
        .subject = items.size() == 1 ? items.front().person.value() : 0,
        .outcome = QStringLiteral("people=%1 account=%2 source=%3")
                       .arg(armed.size())
                       .arg(order.account.value())
                       .arg(order.source),
        .details = orderDetails(order)});
    writing.change.kinds |= Change::BlocksChanged;
    return qint64(armed.size());
}

OperationKind kindOf(Connection &db, RunId run)
{
    Statement row(db, "SELECT kind FROM runs WHERE id = ?", run);
    return row.step() ? OperationKind(row.integer(0)) : OperationKind::None;
}

int changeOf(OperationKind kind)
{
    return kind == OperationKind::Send ? Change::MessagesChanged : Change::BlocksChanged;
}

std::vector<OperationItem> markSending(Writing &writing, RunId run, const std::vector<OperationId> &items)
{
    Connection &db = writing.db;
    std::vector<OperationItem> going;
    Statement mark(db,
        "UPDATE block_ops SET state = 1, attempts = attempts + 1, due_ms = 0, sent_ms = ?, code = 0, why = '', detail "
        "= ''"
        " WHERE id = ? AND run = ? AND state IN (0, 5)");
    Statement follow(
        db, "UPDATE blocks SET state = 1, code = 0, why = '', detail = '' WHERE operation = ? AND operation <> 0");
    Statement read(db, "SELECT " + sql::itemColumns() + " FROM block_ops o WHERE o.id = ?");
    for (const OperationId item : items) {
        if (!mark.bind(writing.wallMs, item, run).run())
            break;
        if (db.changes() == 0)
            continue;
        follow.bind(item).run();
        read.bind(item);
        if (read.step())
            going.push_back(sql::itemAt(read, 0));
    }
    if (!going.empty())
        writing.change.kinds |= changeOf(kindOf(db, run));
    return going;
}

/// A message that was refused because the person stopped marketing messages: that is kept with the answer itself.
void learnMarketing(Writing &writing, RunId run, const std::vector<OperationAnswer> &answers)
{
    std::vector<MarketingNote> notes;
    Statement of(writing.db,
        "SELECT o.alias, r.account FROM block_ops o JOIN runs r ON r.id = o.run WHERE o.id = ?"
        " AND o.run = ? AND r.kind = ?");
    for (const OperationAnswer &answer : answers) {
        if (answer.state != OperationState::Refused || answer.code != marketingStoppedCode)
            continue;
        of.bind(answer.operation, run, int(OperationKind::Send));
        if (!of.step() || of.number(0) == 0)
            continue;
        notes.push_back({.account = AccountId(of.number(1)),
            .alias = AliasKey(of.number(0)),
            .state = MarketingState::Stopped,
            .source = QString::fromLatin1(MarketingSource::send),
            .raw = answer.detail});
    }
    if (!notes.empty())
        sql::noteMarketing(writing, notes);
}

void storeAnswers(Writing &writing, RunId run, const std::vector<OperationAnswer> &answers)
{
    OperationMoves moves(writing);
    for (const OperationAnswer &answer : answers) {
        moves.move(answer.operation, {OperationState::Sending},
            {answer.state, answer.code, answer.why, answer.detail, answer.waId, answer.dueMs, 0, answer.neverLeft,
                answer.messageId, answer.status});
        if (writing.db.failed())
            return;
    }
    learnMarketing(writing, run, answers);
    if (!moves.anyEnded())
        return;
    Statement who(writing.db, "SELECT person FROM block_ops WHERE id = ?", answers.front().operation);
    const qint64 person = answers.size() == 1 && who.step() ? who.number(0) : 0;
    writing.journal({.act = sql::operationAct(kindOf(writing.db, run), "answer"),
        .subject = person,
        .run = run,
        .outcome = moves.outcome()});
}

qint64 endPlanned(Writing &writing, RunId run, OperationState state, const QString &why, int code)
{
    std::vector<OperationId> open;
    Statement row(writing.db, "SELECT id FROM block_ops WHERE run = ? AND state IN (0, 5)", run);
    while (row.step())
        open.emplace_back(row.number(0));
    OperationMoves moves(writing);
    for (const OperationId item : open)
        moves.move(
            item, {OperationState::Planned, OperationState::Deferred}, {.state = state, .code = code, .why = why});
    return qint64(open.size());
}

Done changeState(Writing &writing, RunId run, OperationRunState state)
{
    Connection &db = writing.db;
    Statement before(db, "SELECT state, kind FROM runs WHERE id = ? AND kind <> 0", run);
    if (!before.step())
        return Failure{.kind = Failure::Kind::NotFound, .detail = QStringLiteral("run %1").arg(run.value())};
    sql::dropHalt(writing, run);
    if (before.integer(0) == int(state))
        return Nothing{};
    const auto kind = OperationKind(before.integer(1));
    const bool ended = state == OperationRunState::Done || state == OperationRunState::Cancelled;
    Statement(db, "UPDATE runs SET state = ?, ended_ms = ? WHERE id = ?", int(state), ended ? writing.wallMs : 0, run)
        .run();
    static constexpr const char *acts[] = {"pause", "resume", "done", "cancel"};
    Statement counts(db, "SELECT done, confirmed, refused, unknown, not_sent FROM block_runs WHERE run = ?", run);
    QString outcome;
    if (counts.step())
        outcome = QStringLiteral("done=%1 confirmed=%2 refused=%3 unknown=%4 not-sent=%5")
                      .arg(counts.number(0))
                      .arg(counts.number(1))
                      .arg(counts.number(2))
                      .arg(counts.number(3))
                      .arg(counts.number(4));
    writing.journal({.act = sql::operationAct(kind, acts[int(state)]), .run = run, .outcome = outcome});
    writing.change.kinds |= changeOf(kind);
    return Nothing{};
}

} // namespace

Blocks::Blocks(StoreThreads &threads, Stops &stops)
    : m_threads(threads)
    , m_stops(stops)
{
}

Call Blocks::start(
    const OperationOrder &order, const std::vector<OperationItem> &items, std::function<void(Result<RunId>)> then)
{
    return startShared(order, std::make_shared<const std::vector<OperationItem>>(items), std::move(then));
}

Call Blocks::startShared(const OperationOrder &order, std::shared_ptr<const std::vector<OperationItem>> items,
    std::function<void(Result<RunId>)> then)
{
    if (order.stop)
        m_stops.hold(subjectsOf(*items).aliases);
    return m_threads.write<RunId>([order, items = std::move(items)](
                                      Writing &writing) -> Result<RunId> { return startRun(writing, order, *items); },
        std::move(then));
}

Call Blocks::arm(
    const OperationOrder &order, const std::vector<OperationItem> &items, std::function<void(Result<qint64>)> then)
{
    return armShared(order, std::make_shared<const std::vector<OperationItem>>(items), std::move(then));
}

Call Blocks::armShared(const OperationOrder &order, std::shared_ptr<const std::vector<OperationItem>> items,
    std::function<void(Result<qint64>)> then)
{
    m_stops.hold(subjectsOf(*items).aliases);
    return m_threads.write<qint64>([order, items = std::move(items)](
                                       Writing &writing) -> Result<qint64> { return armAll(writing, order, *items); },
        std::move(then));
}

Call Blocks::nextItems(RunId run, int limit, std::function<void(Result<std::vector<OperationItem>>)> then)
{
    return m_threads.read<std::vector<OperationItem>>(
        [=](Connection &db, const TimeView &time) {
            std::vector<OperationItem> items;
            const qint64 now = std::max(time.now.wallMs, time.latestSeenMs);
            for (const char *which :
                {" WHERE o.run = ? AND o.state = 5 AND o.due_ms <= ? ORDER BY o.due_ms, o.id LIMIT ?",
                    " WHERE o.run = ? AND o.state = 0 AND o.due_ms = 0 * ? ORDER BY o.id LIMIT ?"}) {
                Statement row(db, "SELECT " + sql::itemColumns() + " FROM block_ops o" + which, run, now,
                    limit - int(items.size()));
                while (row.step())
                    items.push_back(sql::itemAt(row, 0));
            }
            return items;
        },
        std::move(then));
}

Call Blocks::send(
    RunId run, const std::vector<OperationId> &items, std::function<void(Result<std::vector<OperationItem>>)> then)
{
    return m_threads.write<std::vector<OperationItem>>(
        [=](Writing &writing) -> Result<std::vector<OperationItem>> { return markSending(writing, run, items); },
        std::move(then));
}

Call Blocks::answer(RunId run, const std::vector<OperationAnswer> &answers, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>(
        [=](Writing &writing) -> Result<Nothing> {
            if (!answers.empty())
                storeAnswers(writing, run, answers);
            return Nothing{};
        },
        std::move(then));
}

Call Blocks::refuseRest(RunId run, const QString &why, int code, std::function<void(Result<qint64>)> then)
{
    return m_threads.write<qint64>(
        [=](Writing &writing) -> Result<qint64> {
            const qint64 count = endPlanned(writing, run, OperationState::Refused, why, code);
            if (count > 0)
                writing.journal({.act = sql::operationAct(kindOf(writing.db, run), "answer"),
                    .run = run,
                    .outcome = QStringLiteral("refused=%1 why=%2 unsent").arg(count).arg(why)});
            return count;
        },
        std::move(then));
}

Call Blocks::setState(RunId run, OperationRunState state, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>(
        [=](Writing &writing) -> Result<Nothing> { return changeState(writing, run, state); }, std::move(then));
}

Call Blocks::halt(RunId run, const Failure &why, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>(
        [=](Writing &writing) -> Result<Nothing> {
            const Done done = changeState(writing, run, OperationRunState::Paused);
            if (done)
                sql::keepHalt(writing, run, why);
            return done;
        },
        std::move(then));
}

Call Blocks::cancel(RunId run, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>(
        [=](Writing &writing) -> Result<Nothing> {
            endPlanned(writing, run, OperationState::NotSent, QString::fromLatin1(Why::cancelled), 0);
            return changeState(writing, run, OperationRunState::Cancelled);
        },
        std::move(then));
}

Call Blocks::recover(std::function<void(Result<qint64>)> then)
{
    return m_threads.write<qint64>(
        [](Writing &writing) -> Result<qint64> { return sql::recoverOperations(writing, false); }, std::move(then));
}

} // namespace rollcall
