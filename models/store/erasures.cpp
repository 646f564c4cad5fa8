// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/erasures.h"

#include "models/base/log.h"
#include "models/store/internal/erasure.h"

#include <QByteArrayMatcher>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

namespace rollcall {

namespace {

/// What one erasing knows from step to step.
struct Work {
    std::optional<EraseTarget> target;
    EraseReport report;
};
using Shared = std::shared_ptr<Work>;

bool holdsAny(const QString &path, const QList<QByteArray> &needles)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    qsizetype longest = 1;
    std::vector<QByteArrayMatcher> matchers;
    for (const QByteArray &needle : needles) {
        matchers.emplace_back(needle);
        longest = std::max(longest, needle.size());
    }
    QByteArray window;
    while (true) {
        const QByteArray chunk = file.read(1 << 20);
        if (chunk.isEmpty())
            return false;
        window = window.right(longest - 1) + chunk;
        for (const QByteArrayMatcher &matcher : matchers)
            if (matcher.indexIn(window) >= 0)
                return true;
    }
}

/// The copies of the database that lie in the profile.
QStringList copiesIn(const QString &folder)
{
    QStringList copies;
    for (const QFileInfo &info :
        QDir(folder + QStringLiteral("/backups")).entryInfoList({QStringLiteral("*.db")}, QDir::Files))
        copies << info.absoluteFilePath();
    const QStringList beside{QStringLiteral("rollcall-before-restore-*.db"), QStringLiteral("rollcall.db.before-*")};
    for (const QFileInfo &info : QDir(folder).entryInfoList(beside, QDir::Files))
        if (!info.fileName().endsWith(QLatin1String("-wal")) && !info.fileName().endsWith(QLatin1String("-shm")))
            copies << info.absoluteFilePath();
    return copies;
}

Done eraseInCopy(const QString &path, const EraseTarget &target, const Asked &asked)
{
    Result<std::unique_ptr<Connection>> opened = Connection::open(path, Connection::Mode::Write);
    if (!opened)
        return opened.failure();
    Connection &db = **opened;
    db.exec("BEGIN IMMEDIATE;");
    Writing writing{.db = db, .asked = asked};
    writing.wallMs = std::max(asked.now.wallMs, db.number("SELECT value FROM meta WHERE key = 'latest_wall_ms'"));
    writing.changeNumber = db.number("SELECT value FROM meta WHERE key = 'change'") + 1;
    if (!db.failed())
        sql::erasePerson(writing, target);
    if (!db.failed())
        db.exec("COMMIT;");
    if (!db.failed()) // the copy lies there as one file, and no old page of it is left
        db.exec("PRAGMA journal_mode=DELETE; VACUUM;");
    if (const std::optional<Failure> failure = db.takeFailure()) {
        if (db.inTransaction())
            db.exec("ROLLBACK;");
        db.takeFailure();
        return *failure;
    }
    return Nothing{};
}

void eraseInCopies(const QString &folder, const Asked &asked, Work &work)
{
    for (const QString &path : copiesIn(folder)) {
        const QString name = QFileInfo(path).fileName();
        if (work.report.backups.contains(name) || work.report.failed.contains(name))
            continue;
        if (const Done done = eraseInCopy(path, *work.target, asked); done)
            work.report.backups << name;
        else {
            work.report.failed << name;
            log::warning("erase", QStringLiteral("a copy could not be changed: ") + done.failure().detail);
        }
    }
}

/// Files in which the rows of an import wait, or a pasted list (models/exchange makes them), open or not.
qint64 openImports(const QString &folder)
{
    return QDir(folder)
        .entryList({QStringLiteral("import-*.staging"), QStringLiteral("pasted-*.txt")}, QDir::Files)
        .size();
}

Done eraseInStore(StoreThreads &threads, Connection &db, const Asked &asked, Work &work)
{
    const Done done = threads.transaction(db, asked, [&](Writing &writing) -> Done {
        // Anew: what was read before may have changed meanwhile.
        work.target = sql::eraseTarget(writing.db, work.target->id);
        if (!work.target)
            return Failure{.kind = Failure::Kind::NotFound, .detail = QStringLiteral("person")};
        work.report.openRemote = sql::openRemote(writing.db, *work.target);
        work.report.openImports = openImports(threads.folder());
        if (work.report.openRemote > 0 || work.report.openImports > 0)
            return Nothing{};
        const sql::Erased erased = sql::erasePerson(writing, *work.target);
        work.report.erased = true;
        work.report.journalDetails = qint64(erased.entries.size());
        work.report.otherRows = erased.rows;
        work.report.sharing = work.target->sharing;
        return Nothing{};
    });
    if (!done || !work.report.erased)
        return done;
    // Freed cells are overwritten in the pages (secure_delete); the log still holds the old ones, and a page that was
    // once split may hold a copy beside its cells.
    db.exec("PRAGMA wal_checkpoint(TRUNCATE);");
    if (holdsAny(threads.file(), work.target->needles())
        || holdsAny(threads.file() + QStringLiteral("-wal"), work.target->needles()))
        db.exec("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");
    if (const std::optional<Failure> failure = db.takeFailure())
        log::warning("erase", QStringLiteral("tidying up: ") + failure->detail);
    return Nothing{};
}

void lookAround(const QString &folder, const Asked &asked, Work &work)
{
    eraseInCopies(folder, asked, work); // a backup that was made since the first round
    const QList<QByteArray> needles = work.target->needles();
    log::dropLines(needles);
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        if (holdsAny(path, needles))
            work.report.leftIn << QDir(folder).relativeFilePath(path);
    }
    work.report.leftIn.sort();
}

} // namespace

Erasures::Erasures(StoreThreads &threads)
    : m_threads(threads)
{
}

Call Erasures::erase(PersonId person, std::function<void(Result<EraseReport>)> then)
{
    // One Call for the caller over four steps; once the copies are touched, the rest follows also when it is dropped.
    auto outer = std::make_shared<Call::State>();
    auto work = std::make_shared<Work>();
    const auto finish = [outer, work, then = std::move(then)](const Done &done) {
        if (std::exchange(outer->open, false))
            then(done ? Result<EraseReport>(work->report) : Result<EraseReport>(done.failure()));
    };
    StoreThreads &threads = m_threads;
    const auto keep = std::make_shared<Call>(); // the step under way
    const auto last = [&threads, work, finish, keep](const Done &done) {
        if (!done || !work->report.erased)
            return finish(done);
        *keep = threads.help<Nothing>(
            [&threads, work](const Asked &asked) -> Result<Nothing> {
                lookAround(threads.folder(), asked, *work);
                return Nothing{};
            },
            [finish, keep](const Done &looked) {
                // finish() may drop this very callback. NOLINTNEXTLINE(performance-unnecessary-copy-initialization)
                const auto alive = keep;
                finish(looked);
            });
    };
    const auto store = [&threads, work, last, finish, keep](const Done &done) {
        if (!done)
            return finish(done);
        emit threads.erasing();
        *keep = threads.writeJob<Nothing>(
            [&threads, work](Connection &db, const Asked &asked) { return eraseInStore(threads, db, asked, *work); },
            last);
    };
    *keep = threads.read<std::optional<EraseTarget>>(
        [work, person, folder = threads.folder()](Connection &db, const TimeView &) {
            std::optional<EraseTarget> target = sql::eraseTarget(db, person);
            if (target)
                work->report.openRemote = sql::openRemote(db, *target);
            work->report.openImports = openImports(folder);
            return target;
        },
        [&threads, work, store, finish, keep](Result<std::optional<EraseTarget>> target) {
            if (!target)
                return finish(target.failure());
            if (!*target)
                return finish(Failure{.kind = Failure::Kind::NotFound, .detail = QStringLiteral("person")});
            if (const auto refusal = threads.writeRefusal())
                return finish(*refusal);
            if (work->report.openRemote > 0 || work->report.openImports > 0)
                return finish(Nothing{});
            work->target = **target;
            *keep = threads.help<Nothing>(
                [&threads, work](const Asked &asked) -> Result<Nothing> {
                    eraseInCopies(threads.folder(), asked, *work);
                    return Nothing{};
                },
                store);
        });
    return Call(outer);
}

} // namespace rollcall
