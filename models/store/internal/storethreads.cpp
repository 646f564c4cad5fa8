// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/internal/storethreads.h"

#include "models/base/log.h"
#include "models/store/internal/migrator.h"

#include <QFile>
#include <QSemaphore>

namespace rollcall {

StoreThreads::StoreThreads(QString folder, const Clock &clock)
    : m_folder(std::move(folder))
    , m_clock(clock)
{
    m_writer.thread.setObjectName(QStringLiteral("store-writer"));
    m_reader.thread.setObjectName(QStringLiteral("store-reader"));
    m_helper.thread.setObjectName(QStringLiteral("store-helper"));
    for (Worker *worker : {&m_writer, &m_reader, &m_helper}) {
        worker->object.moveToThread(&worker->thread);
        worker->thread.start();
    }
}

StoreThreads::~StoreThreads()
{
    m_closing = true;
    // The writer goes last: the last connection to close copies the log into the file and removes it.
    for (Worker *worker : {&m_helper, &m_reader, &m_writer})
        close(*worker);
}

void StoreThreads::close(Worker &worker)
{
    // Posted behind everything else, so what was asked for is still done.
    QMetaObject::invokeMethod(
        &worker.object,
        [this, &worker] {
            if (worker.db && m_broken)
                worker.db->leaveFileAlone();
            worker.db.reset();
            worker.thread.quit();
        },
        Qt::QueuedConnection);
    worker.thread.wait();
}

QString StoreThreads::file() const
{
    return m_folder + QStringLiteral("/rollcall.db");
}

TimeView StoreThreads::time() const
{
    return {m_clock.now(), m_latestSeen};
}

Done StoreThreads::openOn(Worker &worker, const std::function<Done(Worker &)> &work)
{
    Done done = Nothing{};
    QSemaphore ready;
    QMetaObject::invokeMethod(
        &worker.object,
        [&] {
            done = work(worker);
            ready.release();
        },
        Qt::QueuedConnection);
    ready.acquire();
    return done;
}

Done StoreThreads::open(OpenReport &report, bool immutable, bool forceSlow)
{
    m_readOnly = report.readOnly;
    if (report.readOnly)
        m_readMode = immutable ? Connection::Mode::Immutable : Connection::Mode::ReadOnlyFile;
    else {
        const Done done = openOn(m_writer, [&](Worker &worker) -> Done {
            Result<std::unique_ptr<Connection>> db = Connection::open(file(), Connection::Mode::Write, forceSlow);
            if (!db)
                return db.failure();
            worker.db = *std::move(db);
            return makeNewest(*worker.db, report);
        });
        if (!done)
            return done;
    }
    return openOn(m_reader, [&](Worker &worker) -> Done {
        Result<std::unique_ptr<Connection>> db = Connection::open(file(), m_readMode, forceSlow);
        if (!db)
            return db.failure();
        worker.db = *std::move(db);
        m_latestSeen = worker.db->number("SELECT value FROM meta WHERE key = 'latest_wall_ms'");
        if (const std::optional<Failure> failure = worker.db->takeFailure())
            return *failure;
        return Nothing{};
    });
}

Done StoreThreads::makeNewest(Connection &db, OpenReport &report)
{
    const int version = int(db.number("PRAGMA user_version"));
    if (version < schema::newest()) {
        // A migration rewrites what it reads: a damaged file must not go through it.
        if (const QString finding = db.text("PRAGMA quick_check(1)"); finding != QLatin1String("ok"))
            return db.takeFailure().value_or(Failure{.kind = Failure::Kind::Corrupt, .detail = finding});
        const QString aside = file() + QStringLiteral(".before-%1").arg(schema::newest());
        QFile::remove(aside);
        Statement copy(db, "VACUUM INTO ?", aside);
        copy.run();
        if (const std::optional<Failure> failure = db.takeFailure()) {
            QFile::remove(aside);
            return *failure;
        }
        QFile::setPermissions(aside, QFile::ReadOwner | QFile::WriteOwner);
        report.migratedFrom = version;
        if (const Done done = schema::migrate(db); !done)
            return done;
    }
    if (db.text("PRAGMA journal_mode=WAL") != QLatin1String("wal") && !db.failed())
        db.fail({.kind = Failure::Kind::Storage, .detail = QStringLiteral("no WAL on this file system")});
    settleHead(db);
    if (const std::optional<Failure> failure = db.takeFailure())
        return *failure;
    return Nothing{};
}

void StoreThreads::settleHead(Connection &db)
{
    const std::optional<JournalHead> head = journal::readHead(m_folder);
    Statement last(db, "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1");
    JournalHead tail;
    if (last.step())
        tail = {last.number(0), last.blob(1)};
    if (db.failed() || (head && *head == tail))
        return;
    if (!head) {
        m_headSound = tail.seq == 0 && journal::writeHead(m_folder, tail);
        return;
    }
    // A crash between commit and rename leaves the head behind; it then still names an entry that is there.
    Statement named(db, "SELECT hash FROM journal WHERE seq = ?", head->seq);
    m_headSound = head->seq <= tail.seq && (head->seq == 0 || (named.step() && named.blob(0) == head->hash))
        && journal::writeHead(m_folder, tail);
}

Call StoreThreads::submit(Lane lane, std::shared_ptr<Job> job)
{
    job->state->stop = [weak = std::weak_ptr<Job>(job)] {
        if (const auto alive = weak.lock())
            alive->dropped = true;
    };
    Call call(job->state);
    Worker &worker = workerOf(lane);
    QMetaObject::invokeMethod(
        &worker.object, [this, &worker, job = std::move(job)]() mutable { run(worker, std::move(job)); },
        Qt::QueuedConnection);
    return call;
}

void StoreThreads::run(Worker &worker, std::shared_ptr<Job> job)
{
    if (!job->dropped || job->evenIfDropped) {
        if (!job->work(worker.db.get())) {
            QMetaObject::invokeMethod(
                &worker.object, [this, &worker, job = std::move(job)]() mutable { run(worker, std::move(job)); },
                Qt::QueuedConnection);
            return;
        }
    }
    // Moved, not copied: whatever the callback holds is let go on the thread that made it.
    toHome([job = std::move(job)]() mutable {
        const auto done = std::move(job);
        if (std::exchange(done->state->open, false))
            done->answer();
    });
}

void StoreThreads::toHome(std::function<void()> what)
{
    QMetaObject::invokeMethod(this, std::move(what), Qt::QueuedConnection);
}

Done StoreThreads::snapshot(Connection &db, const Job &job, const std::function<void(Connection &)> &work)
{
    db.setInterrupt([&job] { return job.dropped.load(); });
    db.exec("BEGIN;");
    work(db);
    const std::optional<Failure> failure = db.takeFailure();
    db.setInterrupt({});
    db.exec("COMMIT;");
    db.takeFailure();
    if (!failure)
        return Nothing{};
    if (failure->kind == Failure::Kind::Corrupt)
        stopWriting(*failure);
    return *failure;
}

std::optional<Failure> StoreThreads::writeRefusal() const
{
    if (m_readOnly)
        return Failure{.kind = Failure::Kind::ReadOnly, .subject = file()};
    if (m_broken)
        return Failure{.kind = Failure::Kind::Storage, .detail = QStringLiteral("writing stopped"), .subject = file()};
    if (!m_checked)
        return Failure{
            .kind = Failure::Kind::Busy, .detail = QStringLiteral("the file is being checked"), .subject = file()};
    return std::nullopt;
}

void StoreThreads::stopWriting(const Failure &failure)
{
    if (m_broken.exchange(true))
        return;
    log::warning("store", QStringLiteral("writing stopped: %1 (%2)").arg(failure.detail).arg(failure.code));
    toHome([this, failure] { emit broken(failure); });
}

Done StoreThreads::beginUnit(Writing &writing)
{
    Connection &db = writing.db;
    if (!db.exec("BEGIN IMMEDIATE;"))
        return *db.takeFailure();
    writing.latestBeforeMs = db.number("SELECT value FROM meta WHERE key = 'latest_wall_ms'");
    writing.wallMs = std::max(writing.asked.now.wallMs, writing.latestBeforeMs);
    writing.changeNumber = db.number("SELECT value FROM meta WHERE key = 'change'") + 1;
    Statement(db, "UPDATE meta SET value = ? WHERE key = 'latest_wall_ms'", writing.wallMs).run();
    Statement(db, "UPDATE meta SET value = ? WHERE key = 'change'", writing.changeNumber).run();
    Statement(db, "INSERT OR IGNORE INTO boots (name) VALUES (?)", writing.asked.now.boot).run();
    Statement boot(db, "SELECT id FROM boots WHERE name = ?", writing.asked.now.boot);
    if (boot.step())
        writing.boot = boot.number(0);
    return Nothing{};
}

Done StoreThreads::transaction(Connection &db, const Asked &asked, const std::function<Done(Writing &)> &work)
{
    if (const std::optional<Failure> refusal = writeRefusal())
        return *refusal;
    Writing writing{.db = db, .asked = asked};
    Done done = beginUnit(writing);
    if (done && !db.failed())
        done = work(writing);
    if (done && !db.failed())
        db.exec("COMMIT;");
    if (std::optional<Failure> failure = db.takeFailure()) {
        if (failure->kind == Failure::Kind::DiskFull || failure->subject.isEmpty())
            failure->subject = file();
        done = *failure;
    }
    if (!done) {
        // SQLite has rolled back by itself after some errors; then this says "no transaction" and is right.
        if (db.inTransaction())
            db.exec("ROLLBACK;");
        db.takeFailure();
        if (stopsWriting(done.failure()))
            stopWriting(done.failure());
        return done;
    }
    m_latestSeen = db.number("SELECT value FROM meta WHERE key = 'latest_wall_ms'");
    if (writing.head && m_headSound && !journal::writeHead(m_folder, *writing.head))
        log::warning("store", QStringLiteral("journal.head could not be written"));
    if (!writing.stopped.empty())
        toHome([this, aliases = writing.stopped] { emit stopped(aliases); });
    if (!writing.lifted.empty())
        toHome([this, aliases = writing.lifted] { emit lifted(aliases); });
    if (writing.change.kinds != 0)
        toHome([this, change = writing.change] { emit changed(change); });
    db.takeFailure();
    return Nothing{};
}

BatchId Writing::startBatch(const QString &act, qint64 people, bool canUndo)
{
    Statement(db, "INSERT INTO batches (act, at_ms, change, people, can_undo, by) VALUES (?, ?, ?, ?, ?, ?)", act,
        wallMs, changeNumber, people, canUndo, asked.by)
        .run();
    return BatchId(db.lastId());
}

void Writing::journal(JournalEntry entry)
{
    Statement last(db, "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1");
    QByteArray previous;
    if (last.step()) {
        entry.seq = last.number(0);
        previous = last.blob(1);
    }
    ++entry.seq;
    entry.atMs = wallMs;
    entry.operatorName = asked.by;
    const QByteArray salt = journal::freshSalt();
    entry.digest = entry.details.isEmpty() ? QByteArray() : journal::digestOf(salt, entry.details);
    entry.hash = journal::hashOf(previous, entry);
    Statement(db,
        "INSERT INTO journal (seq, at_ms, subject, batch, run, operator, act, outcome, digest, hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        entry.seq, entry.atMs, entry.subject, entry.batch, entry.run, entry.operatorName, entry.act, entry.outcome,
        entry.digest, entry.hash)
        .run();
    if (!entry.details.isEmpty())
        Statement(
            db, "INSERT INTO journal_details (seq, salt, details) VALUES (?, ?, ?)", entry.seq, salt, entry.details)
            .run();
    head = JournalHead{entry.seq, entry.hash};
    change.kinds |= Change::JournalChanged;
}

} // namespace rollcall
