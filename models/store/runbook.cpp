// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/runbook.h"

#include "models/store/internal/blocksql.h"
#include "models/store/internal/personsql.h"
#include "models/store/internal/storethreads.h"

namespace rollcall {

namespace {

constexpr int candidatesPerSlice = 4096;

constexpr char summaryColumns[]
    = "SELECT r.id, r.account, r.state, r.force, r.wait, r.started_ms, r.ended_ms, r.by, r.total, r.answered, r.failed,"
      " r.not_asked, r.cached, (SELECT min(i.due_ms) FROM run_items i WHERE i.run = r.id AND i.state = 0),"
      " h.why, h.code, h.subject, h.about_account FROM runs r LEFT JOIN run_halts h ON h.run = r.id";

RunSummary summaryAt(const Statement &row)
{
    return {.id = RunId(row.number(0)),
        .account = AccountId(row.number(1)),
        .state = RunState(row.integer(2)),
        .options = {row.number(3) != 0, row.number(4) != 0},
        .startedMs = row.number(5),
        .endedMs = row.number(6),
        .by = row.text(7),
        .total = row.number(8),
        .answered = row.number(9),
        .failed = row.number(10),
        .notAsked = row.number(11),
        .nextDueMs = row.number(13),
        .cached = row.number(12),
        .halted = sql::haltAt(row, 14)};
}

constexpr char itemColumns[]
    = "SELECT id, alias, person, ask, state, attempts, reason, code, due_ms, asked_ms FROM run_items";

RunItem itemAt(const Statement &row)
{
    return {.id = RunItemId(row.number(0)),
        .alias = AliasKey(row.number(1)),
        .person = PersonId(row.number(2)),
        .ask = row.text(3),
        .state = RunItemState(row.integer(4)),
        .attempts = row.integer(5),
        .dueMs = row.number(8),
        .firstAskedMs = row.number(9),
        .reason = row.text(6),
        .code = row.integer(7)};
}

/// What the flight plan asks of one person or number: newest verdict and last booking of the alias at the account.
class CandidateReader {
public:
    CandidateReader(Connection &db, AccountId account, const TimeView &time)
        : m_account(account)
        , m_time(time)
        , m_keep(sql::keepSeconds(db, account))
        , m_person(db,
              QByteArray("SELECT ") + sql::mainAlias
                  + ", p.raw, p.do_not_contact, p.consent FROM people p WHERE p.id = ?")
        , m_newest(db, "SELECT " + sql::newestColumns() + " FROM newest n WHERE n.account = ? AND n.alias = ?")
        , m_verdict(db, "SELECT " + sql::verdictColumns() + " FROM verdicts v WHERE v.id = ?")
        , m_booking(db,
              "SELECT b.wall_ms, b.mono_ms, (SELECT name FROM boots WHERE id = b.boot) FROM bookings b"
              " WHERE b.account = ? AND b.alias = ? ORDER BY b.wall_ms DESC LIMIT 1")
    {
    }
    bool read(PersonId id, CheckCandidate &candidate)
    {
        m_person.bind(id);
        if (!m_person.step())
            return false;
        candidate.person = id;
        candidate.alias = AliasKey(m_person.number(0));
        candidate.typed = m_person.text(1);
        candidate.doNotContact = m_person.number(2) != 0;
        candidate.consent = ConsentState(m_person.integer(3));
        readAlias(candidate);
        return true;
    }
    void readAlias(CheckCandidate &candidate)
    {
        if (candidate.alias.isNull())
            return;
        m_newest.bind(m_account, candidate.alias);
        if (m_newest.step()) {
            const sql::Newest newest = sql::newestAt(m_newest, 0);
            m_verdict.bind(newest.verdict(newest.isFresh(m_time, m_keep)));
            if (m_verdict.step())
                candidate.newest = sql::verdictAt(m_verdict, 0);
        }
        m_booking.bind(m_account, candidate.alias);
        if (m_booking.step())
            candidate.lastAsked = {m_booking.number(0), m_booking.number(1), m_booking.text(2)};
    }

private:
    const AccountId m_account;
    const TimeView &m_time;
    const qint64 m_keep;
    Statement m_person;
    Statement m_newest;
    Statement m_verdict;
    Statement m_booking;
};

CheckCandidate readNumber(Connection &db, const QString &typed, AliasKey alias, AccountId account, const TimeView &time)
{
    CheckCandidate candidate{.alias = alias, .typed = typed};
    // Of those who share the number one who agreed, where there is one; a stop of any of them counts.
    Statement who(db,
        "SELECT id, max(do_not_contact) OVER (), consent FROM people WHERE e164 = ?1 OR typed_alias = ?2"
        " ORDER BY consent <> ?3, id LIMIT 1",
        alias, alias, int(ConsentState::OptIn));
    if (!alias.isNull() && who.step()) {
        candidate.person = PersonId(who.number(0));
        candidate.doNotContact = who.number(1) != 0;
        candidate.consent = ConsentState(who.integer(2));
    }
    Statement stopped(db, "SELECT 1 FROM stops WHERE alias = ?", alias);
    candidate.doNotContact = stopped.step() || candidate.doNotContact;
    CandidateReader(db, account, time).readAlias(candidate);
    return candidate;
}

Result<RunId> createRun(
    Writing &writing, AccountId account, const RunOptions &options, const std::vector<RunItem> &items, qint64 cached)
{
    Connection &db = writing.db;
    Statement(db,
        "INSERT INTO runs (account, state, force, wait, started_ms, ended_ms, by, total, answered, failed, not_asked, "
        "cached)"
        " VALUES (?, ?, ?, ?, ?, 0, ?, ?, 0, 0, 0, ?)",
        account, int(RunState::Running), options.forceCheck, options.wait, writing.wallMs, writing.asked.by,
        qint64(items.size()), cached)
        .run();
    const RunId run(db.lastId());
    Statement add(db,
        "INSERT INTO run_items (run, alias, person, state, attempts, code, due_ms, asked_ms, booking, ask, reason)"
        " VALUES (?, ?, ?, ?, 0, 0, 0, 0, 0, ?, '')");
    for (const RunItem &item : items) {
        if (!add.bind(run, item.alias, item.person, int(RunItemState::Planned), item.ask).run())
            break;
    }
    writing.journal({.act = QStringLiteral("check.run"),
        .subject = account.value(),
        .run = run,
        .outcome = QStringLiteral("ask=%1 cached=%2 force=%3 wait=%4")
                       .arg(items.size())
                       .arg(cached)
                       .arg(int(options.forceCheck))
                       .arg(int(options.wait))});
    writing.change.kinds |= Change::RunsChanged;
    return run;
}

QString actOf(RunState state)
{
    switch (state) {
    case RunState::Paused:
        return QStringLiteral("check.pause");
    case RunState::Running:
        return QStringLiteral("check.resume");
    case RunState::Done:
        return QStringLiteral("check.done");
    case RunState::Cancelled:
        return QStringLiteral("check.cancel");
    case RunState::WaitingForBudget:
        break;
    }
    return QStringLiteral("check.wait");
}

Done changeState(Writing &writing, RunId run, RunState state)
{
    Connection &db = writing.db;
    const bool ended = state == RunState::Done || state == RunState::Cancelled;
    Statement before(db, "SELECT state, account FROM runs WHERE id = ?", run);
    if (!before.step())
        return Failure{.kind = Failure::Kind::NotFound, .detail = QStringLiteral("run %1").arg(run.value())};
    sql::dropHalt(writing, run);
    if (before.integer(0) == int(state))
        return Nothing{};
    Statement(db, "UPDATE runs SET state = ?, ended_ms = ? WHERE id = ?", int(state), ended ? writing.wallMs : 0, run)
        .run();
    writing.journal({.act = actOf(state), .subject = before.number(1), .run = run, .outcome = QStringLiteral("done")});
    writing.change.kinds |= Change::RunsChanged;
    return Nothing{};
}

} // namespace

RunBook::RunBook(StoreThreads &threads)
    : m_threads(threads)
{
}

Call RunBook::candidates(const std::vector<PersonId> &people, AccountId account,
    std::function<void(Result<std::vector<CheckCandidate>>)> then)
{
    const auto next = std::make_shared<size_t>(0);
    return m_threads.sliced<std::vector<CheckCandidate>>(
        [=](Connection &db, const TimeView &time, std::vector<CheckCandidate> &found) {
            CandidateReader reader(db, account, time);
            const size_t end = std::min(people.size(), *next + candidatesPerSlice);
            for (; *next < end && !db.failed(); ++*next) {
                CheckCandidate candidate;
                if (reader.read(people[*next], candidate))
                    found.push_back(std::move(candidate));
            }
            return *next < people.size();
        },
        std::move(then));
}

Call RunBook::candidate(const PhoneNumber &number, AccountId account, std::function<void(Result<CheckCandidate>)> then)
{
    const QString typed = number.typed;
    if (number.hasE164() || typed.isEmpty())
        return m_threads.read<CheckCandidate>(
            [=, alias = AliasKey(std::max<qint64>(number.e164, 0))](
                Connection &db, const TimeView &time) { return readNumber(db, typed, alias, account, time); },
            std::move(then));
    return m_threads.write<CheckCandidate>(
        [=](Writing &writing) -> Result<CheckCandidate> {
            const AliasKey alias(sql::aliasOf(writing.db, AliasKind::Typed, typed));
            return readNumber(writing.db, typed, alias, account, {writing.asked.now, writing.latestBeforeMs});
        },
        std::move(then));
}

Call RunBook::create(AccountId account, const RunOptions &options, std::vector<RunItem> items, qint64 cached,
    std::function<void(Result<RunId>)> then)
{
    // Moved, not copied: a million items take longer than a window may stand still.
    return m_threads.write<RunId>([account, options, items = std::move(items), cached](
                                      Writing &writing) { return createRun(writing, account, options, items, cached); },
        std::move(then));
}

Call RunBook::nextItems(RunId run, int limit, std::function<void(Result<std::vector<RunItem>>)> then)
{
    return m_threads.read<std::vector<RunItem>>(
        [=](Connection &db, const TimeView &time) {
            std::vector<RunItem> items;
            // What is asked again goes first: behind a million fresh numbers it would wait for days.
            for (const char *which :
                {" WHERE run = ? AND state = ? AND due_ms > 0 AND due_ms <= ? ORDER BY due_ms, id LIMIT ?",
                    " WHERE run = ? AND state = ? AND due_ms = 0 * ? ORDER BY id LIMIT ?"}) {
                Statement row(db, QByteArray(itemColumns) + which, run, int(RunItemState::Planned),
                    std::max(time.now.wallMs, time.latestSeenMs), limit - int(items.size()));
                while (row.step())
                    items.push_back(itemAt(row));
            }
            return items;
        },
        std::move(then));
}

Call RunBook::setState(RunId run, RunState state, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>(
        [=](Writing &writing) { return changeState(writing, run, state); }, std::move(then));
}

Call RunBook::halt(RunId run, const Failure &why, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>(
        [=](Writing &writing) {
            const Done done = changeState(writing, run, RunState::Paused);
            if (done)
                sql::keepHalt(writing, run, why);
            return done;
        },
        std::move(then));
}

Call RunBook::cancel(RunId run, std::function<void(Done)> then)
{
    return m_threads.write<Nothing>(
        [=](Writing &writing) -> Result<Nothing> {
            Statement(writing.db, "UPDATE run_items SET state = ?, reason = 'cancelled' WHERE run = ? AND state = ?",
                int(RunItemState::NotAsked), run, int(RunItemState::Planned))
                .run();
            const qint64 count = writing.db.changes();
            Statement(writing.db, "UPDATE runs SET not_asked = not_asked + ? WHERE id = ?", count, run).run();
            return changeState(writing, run, RunState::Cancelled);
        },
        std::move(then));
}

Call RunBook::retryFailed(RunId run, std::function<void(Result<qint64>)> then)
{
    return m_threads.write<qint64>(
        [=](Writing &writing) -> Result<qint64> {
            Statement(writing.db,
                "UPDATE run_items SET state = ?, reason = '', code = 0, due_ms = 0 WHERE run = ? AND state = ?",
                int(RunItemState::Planned), run, int(RunItemState::Failed))
                .run();
            const qint64 count = writing.db.changes();
            Statement(writing.db, "UPDATE runs SET failed = failed - ? WHERE id = ?", count, run).run();
            writing.journal(
                {.act = QStringLiteral("check.retry"), .run = run, .outcome = QStringLiteral("items=%1").arg(count)});
            writing.change.kinds |= Change::RunsChanged;
            return count;
        },
        std::move(then));
}

Call RunBook::reopenAsked(RunId run, std::function<void(Result<qint64>)> then)
{
    return m_threads.write<qint64>(
        [=](Writing &writing) -> Result<qint64> {
            Statement(writing.db, "UPDATE run_items SET state = ?, due_ms = 0, booking = 0 WHERE run = ? AND state = ?",
                int(RunItemState::Planned), run, int(RunItemState::Asked))
                .run();
            writing.change.kinds |= Change::RunsChanged;
            return writing.db.changes();
        },
        std::move(then));
}

Call RunBook::summaries(std::function<void(Result<std::vector<RunSummary>>)> then)
{
    return m_threads.read<std::vector<RunSummary>>(
        [](Connection &db, const TimeView &) {
            std::vector<RunSummary> runs;
            Statement row(db, QByteArray(summaryColumns) + " WHERE r.kind = 0 ORDER BY id DESC");
            while (row.step())
                runs.push_back(summaryAt(row));
            return runs;
        },
        std::move(then));
}

Call RunBook::summary(RunId run, std::function<void(Result<RunSummary>)> then)
{
    return m_threads.read<RunSummary>(
        [run](Connection &db, const TimeView &) {
            Statement row(db, QByteArray(summaryColumns) + " WHERE id = ?", run);
            if (row.step())
                return summaryAt(row);
            db.fail({.kind = Failure::Kind::NotFound, .detail = QStringLiteral("run %1").arg(run.value())});
            return RunSummary{};
        },
        std::move(then));
}

Call RunBook::items(RunId run, std::function<void(Result<std::vector<RunItem>>)> then)
{
    return m_threads.read<std::vector<RunItem>>(
        [run](Connection &db, const TimeView &) {
            std::vector<RunItem> items;
            Statement row(db, QByteArray(itemColumns) + " WHERE run = ? ORDER BY id", run);
            while (row.step())
                items.push_back(itemAt(row));
            return items;
        },
        std::move(then));
}

} // namespace rollcall
