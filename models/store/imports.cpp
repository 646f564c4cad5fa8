// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/imports.h"

#include "models/store/importmove.h"
#include "models/store/migrator.h"
#include "models/store/personsql.h"
#include "models/store/storethreads.h"

#include <QFile>
#include <QFileInfo>
#include <QUrl>

namespace rollcall {

namespace {

constexpr int sliceRows = 65'536;

Done attach(Connection &db, const QString &stagingFile)
{
    if (!QFileInfo(stagingFile).isFile())
        return Failure{.kind = Failure::Kind::NotFound, .subject = stagingFile};
    QUrl url = QUrl::fromLocalFile(stagingFile);
    url.setQuery(QStringLiteral("immutable=1"));
    Statement(db, "ATTACH ? AS staging", QString::fromLatin1(url.toEncoded())).run();
    if (const std::optional<Failure> failure = db.takeFailure())
        return *failure;
    return Nothing{};
}

/// Pages that fit an import and no other work; given back afterwards.
class ImportMode {
public:
    explicit ImportMode(Connection &db)
        : m_db(db)
    {
        m_db.exec("PRAGMA main.cache_size=-98304;");
    }
    ~ImportMode()
    {
        m_db.setInterrupt({});
        m_db.takeFailure();
        m_db.exec("DETACH staging; PRAGMA main.cache_size=-16384; PRAGMA shrink_memory;");
        m_db.takeFailure();
    }
    ImportMode(const ImportMode &) = delete;
    ImportMode &operator=(const ImportMode &) = delete;

private:
    Connection &m_db;
};

struct ExistingCursor {
    qint64 e164 = 0;
    qint64 id = 0;
};

} // namespace

Imports::Imports(StoreThreads &threads)
    : m_threads(threads)
{
}

QByteArray Imports::stagingSchema()
{
    return schema::staging();
}

QString Imports::joinedTags(const QStringList &tags)
{
    return sql::joinTags(tags);
}

Call Imports::existing(std::function<void(qint64 e164, PersonId id)> consume, std::function<void(Done)> then)
{
    const auto cursor = std::make_shared<ExistingCursor>();
    return m_threads.sliced<Nothing>(
        [=, consume = std::move(consume)](Connection &db, const TimeView &, Nothing &) {
            if (cursor->e164 == 0) {
                Statement typed(db, "SELECT id FROM people WHERE e164 IS NULL");
                while (typed.step())
                    consume(0, PersonId(typed.number(0)));
            }
            Statement row(db,
                "SELECT e164, id FROM people WHERE e164 IS NOT NULL AND (e164, id) > (?, ?) ORDER BY e164, id LIMIT ?",
                cursor->e164, cursor->id, sliceRows);
            int seen = 0;
            for (; row.step(); ++seen) {
                *cursor = {row.number(0), row.number(1)};
                consume(cursor->e164, PersonId(cursor->id));
            }
            return seen == sliceRows;
        },
        std::move(then));
}

Call Imports::commit(const QString &stagingFile, const ImportAbout &about, std::shared_ptr<JobControl> control,
    std::function<void(Progress)> progress, std::function<void(Result<ImportOutcome>)> then)
{
    StoreThreads *threads = &m_threads;
    const auto tellHome = [threads, progress = std::move(progress)](Progress now) {
        if (progress)
            threads->toHome([progress, now] { progress(now); });
    };
    return m_threads.writeJob<ImportOutcome>(
        [=](Connection &db, const Asked &asked) -> Result<ImportOutcome> {
            if (const std::optional<Failure> refusal = threads->writeRefusal())
                return *refusal;
            if (const Done done = attach(db, stagingFile); !done)
                return done.failure();
            ImportOutcome outcome;
            {
                const ImportMode mode(db);
                db.setInterrupt([control] { return control->cancelled(); });
                const Done done = threads->transaction(db, asked, [&](Writing &writing) -> Done {
                    Result<ImportOutcome> moved = ImportMove(writing, about, *control, tellHome).run();
                    if (!moved)
                        return moved.failure();
                    outcome = *moved;
                    return Nothing{};
                });
                if (!done)
                    return done.failure();
            }
            QFile::remove(stagingFile);
            return outcome;
        },
        std::move(then));
}

namespace {

/// The rules of commit(), tried on a copy: what it answers is what commit() would do, and nobody waits for it.
Result<ImportCounts> tryOut(const QString &storeFile, Connection::Mode mode, const QString &copy,
    const QString &stagingFile, const Asked &asked, const std::shared_ptr<JobControl> &control,
    const std::function<void(Progress)> &tell)
{
    {
        Result<std::unique_ptr<Connection>> from = Connection::open(storeFile, mode);
        if (!from)
            return from.failure();
        (*from)->setInterrupt([control] { return control->cancelled(); });
        (*from)->exec("PRAGMA query_only=OFF;"); // VACUUM INTO counts as writing, though not to this file
        Statement(**from, "VACUUM INTO ?", copy).run();
        if (const std::optional<Failure> failure = (*from)->takeFailure())
            return *failure;
    }
    Result<std::unique_ptr<Connection>> db = Connection::open(copy, Connection::Mode::Write);
    if (!db)
        return db.failure();
    (*db)->exec("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF;");
    if (const Done done = attach(**db, stagingFile); !done)
        return done.failure();
    (*db)->setInterrupt([control] { return control->cancelled(); });
    (*db)->exec("BEGIN;");
    Writing writing{.db = **db, .asked = asked, .wallMs = asked.now.wallMs};
    const ImportAbout about;
    Result<ImportOutcome> moved = ImportMove(writing, about, *control, tell).run();
    if (const std::optional<Failure> failure = (*db)->takeFailure())
        return *failure;
    return moved ? Result<ImportCounts>(moved->counts) : Result<ImportCounts>(moved.failure());
}

} // namespace

Call Imports::preview(const QString &stagingFile, std::shared_ptr<JobControl> control,
    std::function<void(Progress)> progress, std::function<void(Result<ImportCounts>)> then)
{
    StoreThreads *threads = &m_threads;
    const auto tellHome = [threads, progress = std::move(progress)](Progress now) {
        if (progress)
            threads->toHome([progress, now] { progress(now); });
    };
    return m_threads.help<ImportCounts>(
        [=](const Asked &asked) -> Result<ImportCounts> {
            const QString copy = threads->folder() + QStringLiteral("/import-preview.db");
            QFile::remove(copy);
            QFile empty(copy);
            // Made beforehand, so that the bytes never lie there with the modes of the umask.
            if (!empty.open(QIODevice::WriteOnly | QIODevice::NewOnly)
                || !empty.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
                return Failure{
                    .kind = Failure::Kind::Storage, .detail = QStringLiteral("cannot be made"), .subject = copy};
            empty.close();
            Result<ImportCounts> counts
                = tryOut(threads->file(), threads->readMode(), copy, stagingFile, asked, control, tellHome);
            QFile::remove(copy);
            return counts;
        },
        std::move(then));
}

Call Imports::rejected(BatchId batch, std::function<void(Result<std::vector<RejectedRow>>)> then)
{
    return m_threads.read<std::vector<RejectedRow>>(
        [batch](Connection &db, const TimeView &) {
            std::vector<RejectedRow> rows;
            Statement row(db, "SELECT line, raw, reason FROM import_rows WHERE batch = ? ORDER BY line", batch);
            while (row.step())
                rows.push_back({row.number(0), row.text(1), row.text(2)});
            return rows;
        },
        std::move(then));
}

} // namespace rollcall
