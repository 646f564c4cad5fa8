// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/internal/bookings.h"

#include "models/store/internal/blocksql.h"

#include "models/store/internal/personsql.h"
#include "models/store/internal/storethreads.h"
#include "models/store/runbook.h"

namespace rollcall {

Bookings::Bookings(Connection &db, AccountId account, qint64 wallMs, qint64 monotonicMs, qint64 boot)
    : m_db(db)
    , m_account(account)
    , m_wallMs(wallMs)
    , m_monotonicMs(monotonicMs)
    , m_boot(boot)
    , m_cool(db,
          "SELECT max(max(wall_ms + ?, CASE WHEN boot = ? THEN mono_ms + ? ELSE 0 END)) FROM bookings"
          " WHERE account = ? AND alias = ? AND (wall_ms > ? OR (boot = ? AND mono_ms > ?))")
    , m_add(db, "INSERT INTO bookings (account, alias, wall_ms, mono_ms, boot) VALUES (?, ?, ?, ?, ?)")
{
}

qint64 Bookings::within(qint64 windowMs, qint64 limit)
{
    // The union counts a booking once that is young by both clocks. LIMIT bounds the work by the budget, not by
    // history.
    Statement row(m_db,
        "SELECT count(*) FROM (SELECT id FROM bookings WHERE account = ? AND wall_ms > ?"
        " UNION SELECT id FROM bookings WHERE account = ? AND boot = ? AND mono_ms > ? LIMIT ?)",
        m_account, m_wallMs - windowMs, m_account, m_boot, m_monotonicMs - windowMs, limit);
    return row.step() ? row.number(0) : 0;
}

qint64 Bookings::coolUntil(AliasKey alias, qint64 coolDownMs)
{
    if (coolDownMs <= 0)
        return 0;
    m_cool.bind(coolDownMs, m_boot, coolDownMs - m_monotonicMs + m_wallMs, m_account, alias, m_wallMs - coolDownMs,
        m_boot, m_monotonicMs - coolDownMs);
    return m_cool.step() ? m_cool.number(0) : 0;
}

qint64 Bookings::add(AliasKey alias)
{
    m_add.bind(m_account, alias, m_wallMs, m_monotonicMs, m_boot).run();
    return m_db.lastId();
}

qint64 Bookings::nextFree(qint64 windowMs, qint64 limit)
{
    if (within(windowMs, std::max<qint64>(limit, 1)) < limit)
        return 0;
    if (limit <= 0)
        return std::numeric_limits<qint64>::max(); // none allowed: never
    // Room comes when the limit-th newest booking leaves the window by both clocks. Within this boot a booking's end by
    // the time since boot is told in wall time by what is left of it now.
    Statement row(m_db,
        "SELECT max(wall_ms + ?, CASE WHEN boot = ? THEN mono_ms + ? ELSE 0 END) AS free FROM bookings"
        " WHERE account = ? AND (wall_ms > ? OR (boot = ? AND mono_ms > ?)) ORDER BY free DESC LIMIT 1 OFFSET ?",
        windowMs, m_boot, windowMs - m_monotonicMs + m_wallMs, m_account, m_wallMs - windowMs, m_boot,
        m_monotonicMs - windowMs, limit - 1);
    return row.step() ? row.number(0) : 0;
}

BudgetUse Bookings::use(const CheckBudget &budget)
{
    constexpr qint64 all = std::numeric_limits<int>::max();
    BudgetUse use;
    use.lastHour = int(within(hourMs, all));
    use.lastDay = int(within(dayMs, all));
    use.nextFreeMs = std::max(nextFree(hourMs, budget.perHour), nextFree(dayMs, budget.perDay));
    return use;
}

namespace {

Result<std::vector<RunItemId>> bookItems(
    Writing &writing, RunId run, const std::vector<RunItemId> &items, const CheckBudget &budget)
{
    Connection &db = writing.db;
    Statement of(db, "SELECT account FROM runs WHERE id = ?", run);
    if (!of.step())
        return Failure{.kind = Failure::Kind::NotFound, .detail = QStringLiteral("run %1").arg(run.value())};
    Bookings bookings(db, AccountId(of.number(0)), writing.wallMs, writing.asked.now.monotonicMs, writing.boot);
    qint64 room = std::min(budget.perHour - bookings.within(hourMs, budget.perHour),
        budget.perDay - bookings.within(dayMs, budget.perDay));
    std::vector<RunItemId> booked;
    Statement item(db, "SELECT alias, reason FROM run_items WHERE id = ? AND run = ? AND state = ?");
    Statement mark(db,
        "UPDATE run_items SET state = ?, attempts = attempts + 1, booking = ?,"
        " asked_ms = CASE asked_ms WHEN 0 THEN ? ELSE asked_ms END WHERE id = ?");
    Statement wait(db, "UPDATE run_items SET due_ms = ? WHERE id = ?");
    for (const RunItemId id : items) {
        item.bind(id, run, int(RunItemState::Planned));
        if (db.failed() || !item.step())
            continue;
        const AliasKey alias(item.number(0));
        const QString reason = item.text(1);
        const bool isFree = reason == QLatin1String("processing");
        if (!isFree && room <= 0)
            continue;
        const qint64 until = reason.isEmpty() ? bookings.coolUntil(alias, budget.coolDownSeconds * 1000) : 0;
        if (until != 0) {
            wait.bind(until, id).run();
            continue;
        }
        mark.bind(int(RunItemState::Asked), isFree ? 0 : bookings.add(alias), writing.wallMs, id).run();
        booked.push_back(id);
        room -= isFree ? 0 : 1;
    }
    if (!booked.empty())
        writing.change.kinds |= Change::RunsChanged;
    return booked;
}

Result<std::vector<qint64>> bookAll(
    Writing &writing, AccountId account, const std::vector<AliasKey> &aliases, const CheckBudget &budget)
{
    Bookings bookings(writing.db, account, writing.wallMs, writing.asked.now.monotonicMs, writing.boot);
    const BudgetUse use = bookings.use(budget);
    const qint64 wanted = qint64(aliases.size());
    qint64 untilMs = 0;
    if (use.lastHour + wanted > budget.perHour || use.lastDay + wanted > budget.perDay) {
        // As many as are wanted fit when a budget smaller by all but one of them has room for one.
        CheckBudget smaller = budget;
        smaller.perHour -= int(wanted) - 1;
        smaller.perDay -= int(wanted) - 1;
        untilMs = bookings.use(smaller).nextFreeMs;
    }
    for (const AliasKey alias : aliases)
        untilMs = std::max(untilMs, bookings.coolUntil(alias, budget.coolDownSeconds * 1000));
    if (untilMs != 0) {
        Failure failure{.kind = Failure::Kind::OverBudget, .detail = QStringLiteral("%1 live checks").arg(wanted)};
        if (untilMs != std::numeric_limits<qint64>::max())
            failure.retryAfter = std::chrono::seconds((untilMs - writing.wallMs + 999) / 1000);
        return failure;
    }
    std::vector<qint64> booked;
    for (const AliasKey alias : aliases)
        booked.push_back(bookings.add(alias));
    writing.change.kinds |= Change::RunsChanged;
    return booked;
}

/// Keeps `newest` true for one more verdict.
void countVerdict(Writing &writing, qint64 id, AliasKey alias, const Verdict &verdict, qint64 boot)
{
    const bool usable = verdict.word == VerdictWord::Valid || verdict.word == VerdictWord::Invalid
        || verdict.word == VerdictWord::Unverified;
    Statement(writing.db,
        usable
            ? "INSERT INTO newest (account, alias, last_verdict, last_word, use_verdict, use_word, use_wall_ms, "
              "use_mono_ms,"
              " use_boot) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (account, alias) DO UPDATE SET"
              " last_verdict = ?3, last_word = ?4, use_verdict = ?5, use_word = ?6, use_wall_ms = ?7, use_mono_ms = ?8,"
              " use_boot = ?9"
            : "INSERT INTO newest (account, alias, last_verdict, last_word, use_verdict, use_word, use_wall_ms, "
              "use_mono_ms,"
              " use_boot) VALUES (?1, ?2, ?3, ?4, 0 * ?5, 0 * ?6, 0 * ?7, 0 * ?8, 0 * ?9) ON CONFLICT (account, alias)"
              " DO UPDATE SET last_verdict = ?3, last_word = ?4",
        verdict.account, alias, id, int(verdict.word), id, int(verdict.word), verdict.at.wallMs, verdict.at.monotonicMs,
        boot)
        .run();
}

void storeVerdict(Writing &writing, AliasKey alias, const Verdict &verdict)
{
    Connection &db = writing.db;
    Statement(db,
        "INSERT INTO verdicts (account, alias, word, code, source, run, wall_ms, mono_ms, boot, raw_word, wa_id, "
        "asked, reason)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        verdict.account, alias, int(verdict.word), verdict.code, int(verdict.source), verdict.run, verdict.at.wallMs,
        verdict.at.monotonicMs, writing.boot, verdict.rawWord, verdict.waId, verdict.asked, verdict.reason)
        .run();
    countVerdict(writing, db.lastId(), alias, verdict, writing.boot);
}

/// Which counter of the run an item in this state stands in.
const char *counterOf(RunItemState state)
{
    switch (state) {
    case RunItemState::Answered:
        return "answered";
    case RunItemState::Failed:
        return "failed";
    case RunItemState::NotAsked:
        return "not_asked";
    case RunItemState::Planned:
    case RunItemState::Asked:
        break;
    }
    return nullptr;
}

/// Counters of a run as they move with the states of its items.
struct Moves {
    qint64 byState[5] = {};
    void move(RunItemState from, RunItemState to)
    {
        --byState[int(from)];
        ++byState[int(to)];
    }
    void store(Connection &db, RunId run) const
    {
        for (const RunItemState state : {RunItemState::Answered, RunItemState::Failed, RunItemState::NotAsked}) {
            const QByteArray counter(counterOf(state));
            if (byState[int(state)] != 0)
                Statement(
                    db, "UPDATE runs SET " + counter + " = " + counter + " + ? WHERE id = ?", byState[int(state)], run)
                    .run();
        }
    }
};

Done storeAnswers(Writing &writing, RunId run, const std::vector<ItemAnswer> &answers)
{
    Connection &db = writing.db;
    Statement of(db, "SELECT account, state FROM runs WHERE id = ?", run);
    if (!of.step())
        return Failure{.kind = Failure::Kind::NotFound, .detail = QStringLiteral("run %1").arg(run.value())};
    const AccountId account(of.number(0));
    const bool cancelled = of.integer(1) == int(RunState::Cancelled);
    Moves moves;
    qint64 counts[5] = {};
    Statement item(db, "SELECT alias, state, booking FROM run_items WHERE id = ? AND run = ?");
    Statement set(db, "UPDATE run_items SET state = ?, reason = ?, code = ?, due_ms = ?, booking = 0 WHERE id = ?");
    Statement unbook(db, "DELETE FROM bookings WHERE id = ?");
    Statement unask(db,
        "UPDATE run_items SET attempts = max(attempts - 1, 0), asked_ms = CASE WHEN attempts <= 1 THEN 0 ELSE asked_ms "
        "END"
        " WHERE id = ?");
    for (ItemAnswer answer : answers) {
        item.bind(answer.item, run);
        if (db.failed() || !item.step())
            continue;
        if (cancelled && answer.state == RunItemState::Planned) {
            answer.state = RunItemState::NotAsked;
            answer.reason = QStringLiteral("cancelled");
        }
        const AliasKey alias(item.number(0));
        const auto before = RunItemState(item.integer(1));
        // Only an asking that is under way can be given back: an answer that is told twice gives back once.
        if (answer.giveBack && before == RunItemState::Asked) {
            unbook.bind(item.number(2)).run();
            unask.bind(answer.item).run();
        }
        moves.move(before, answer.state);
        ++counts[int(answer.state)];
        set.bind(int(answer.state), answer.reason, answer.code, answer.dueMs, answer.item).run();
        if (!answer.verdict)
            continue;
        Verdict verdict = *answer.verdict;
        verdict.account = account;
        verdict.run = run;
        verdict.at = {writing.wallMs, writing.asked.now.monotonicMs, writing.asked.now.boot};
        storeVerdict(writing, alias, verdict);
        writing.change.kinds |= Change::VerdictsChanged;
    }
    moves.store(db, run);
    writing.journal({.act = QStringLiteral("check.answer"),
        .subject = account.value(),
        .run = run,
        .outcome = QStringLiteral("answered=%1 failed=%2 not-asked=%3 again=%4")
                       .arg(counts[int(RunItemState::Answered)])
                       .arg(counts[int(RunItemState::Failed)])
                       .arg(counts[int(RunItemState::NotAsked)])
                       .arg(counts[int(RunItemState::Planned)])});
    writing.change.kinds |= Change::RunsChanged;
    return Nothing{};
}

} // namespace

Call RunBook::book(RunId run, const std::vector<RunItemId> &items, const CheckBudget &budget,
    std::function<void(Result<std::vector<RunItemId>>)> then)
{
    return m_threads.write<std::vector<RunItemId>>(
        [=](Writing &writing) { return bookItems(writing, run, items, budget); }, std::move(then));
}

Call RunBook::bookChecks(AccountId account, const std::vector<AliasKey> &aliases, const CheckBudget &budget,
    std::function<void(Result<std::vector<qint64>>)> then)
{
    return m_threads.write<std::vector<qint64>>(
        [=](Writing &writing) { return bookAll(writing, account, aliases, budget); }, std::move(then));
}

Call RunBook::giveBack(const std::vector<qint64> &bookings, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>(
        [=](Writing &writing) -> Result<Nothing> {
            Statement unbook(writing.db, "DELETE FROM bookings WHERE id = ?");
            for (const qint64 id : bookings)
                unbook.bind(id).run();
            writing.change.kinds |= Change::RunsChanged;
            return Nothing{};
        },
        std::move(then));
}

Call RunBook::answer(RunId run, const std::vector<ItemAnswer> &answers, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>(
        [=](Writing &writing) { return storeAnswers(writing, run, answers); }, std::move(then));
}

Call RunBook::budgetUse(AccountId account, const CheckBudget &budget, std::function<void(Result<BudgetUse>)> then)
{
    return m_threads.read<BudgetUse>(
        [=](Connection &db, const TimeView &time) {
            Statement boot(db, "SELECT id FROM boots WHERE name = ?", time.now.boot);
            const qint64 bootId = boot.step() ? boot.number(0) : 0;
            const qint64 nowMs = std::max(time.now.wallMs, time.latestSeenMs);
            BudgetUse use = Bookings(db, account, nowMs, time.now.monotonicMs, bootId).use(budget);
            const Traffic traffic = sql::traffic(db, account, nowMs - trafficMs);
            use.checksLately = traffic.checks;
            use.sendsLately = traffic.sends;
            return use;
        },
        std::move(then));
}

} // namespace rollcall
