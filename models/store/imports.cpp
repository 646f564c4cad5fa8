// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/imports.h"

#include "models/store/internal/importmove.h"
#include "models/store/internal/importtrial.h"
#include "models/store/internal/migrator.h"
#include "models/store/internal/personsql.h"
#include "models/store/internal/storethreads.h"

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

Call Imports::preview(const QString &stagingFile, const ConsentEvent &consent,
    const std::shared_ptr<JobControl> &control, std::function<void(Result<ImportCounts>)> then)
{
    StoreThreads *threads = &m_threads;
    // On a connection of its own: neither the writer nor the windows' reader waits for it.
    return m_threads.help<ImportCounts>(
        [=](const Asked &) -> Result<ImportCounts> {
            Result<std::unique_ptr<Connection>> opened = Connection::open(threads->file(), threads->readMode());
            if (!opened)
                return opened.failure();
            Connection &db = **opened;
            db.exec("PRAGMA query_only=OFF; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"); // temporary tables
            if (const Done done = attach(db, stagingFile); !done)
                return done.failure();
            db.setInterrupt([control] { return control->cancelled(); });
            db.exec("BEGIN;"); // one snapshot for all the counts
            const ImportCounts counts = ImportTrial(db, consent, *control).run();
            if (const std::optional<Failure> failure = db.takeFailure())
                return *failure;
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
