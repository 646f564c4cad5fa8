// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/store.h"

#include "models/base/chain.h"
#include "models/store/accountbook.h"
#include "models/store/backups.h"
#include "models/store/batches.h"
#include "models/store/blocks.h"
#include "models/store/consents.h"
#include "models/store/erasures.h"
#include "models/store/gatewaynotes.h"
#include "models/store/imports.h"
#include "models/store/internal/opening.h"
#include "models/store/internal/storethreads.h"
#include "models/store/journal.h"
#include "models/store/messages.h"
#include "models/store/people.h"
#include "models/store/runbook.h"
#include "models/store/stops.h"
#include "models/store/verdicts.h"

namespace rollcall {

struct Store::Parts {
    Parts(std::unique_ptr<OpenedFolder> opened, const Clock &clock)
        : folder(std::move(opened))
        , threads(std::make_unique<StoreThreads>(folder->report.folder, clock))
        , people(*threads)
        , verdicts(*threads)
        , runs(*threads)
        , accounts(*threads)
        , journal(*threads)
        , batches(*threads)
        , imports(*threads)
        , gatewayNotes(*threads)
        , backups(*threads)
        , stops(*threads)
        , blocks(*threads, stops)
        , consents(*threads, stops)
        , messages(*threads)
        , drafts(*threads)
        , marketing(*threads)
        , dossiers(*threads)
        , erasures(*threads)
    {
    }

    std::unique_ptr<OpenedFolder> folder; ///< holds the lock: let go last
    std::unique_ptr<StoreThreads> threads;
    People people;
    Verdicts verdicts;
    RunBook runs;
    AccountBook accounts;
    Journal journal;
    Batches batches;
    Imports imports;
    GatewayNotes gatewayNotes;
    Backups backups;
    Stops stops;
    Blocks blocks;
    Consents consents;
    Messages messages;
    Drafts drafts;
    Marketing marketing;
    Dossiers dossiers;
    Erasures erasures;
};

Result<std::unique_ptr<Store>> Store::open(const QString &folder, const Clock &clock)
{
    Result<std::unique_ptr<OpenedFolder>> opened = OpenedFolder::open(folder);
    if (!opened)
        return opened.failure();
    auto parts = std::make_unique<Parts>(*std::move(opened), clock);
    if (Done done = parts->threads->open(parts->folder->report, parts->folder->immutable, false); !done) {
        Failure failure = done.failure();
        if (failure.subject.isEmpty())
            failure.subject = parts->threads->file();
        return failure;
    }
    parts->folder->beginSession();
    return std::unique_ptr<Store>(new Store(std::move(parts)));
}

Store::Store(std::unique_ptr<Parts> parts)
    : m_parts(std::move(parts))
{
    connect(m_parts->threads.get(), &StoreThreads::changed, this, &Store::changed);
    connect(m_parts->threads.get(), &StoreThreads::erasing, this, &Store::erasing);
    connect(m_parts->threads.get(), &StoreThreads::broken, this, &Store::broken);
}

Store::~Store()
{
    const bool broken = m_parts->threads->isBroken();
    m_parts->threads.reset();
    if (!broken)
        m_parts->folder->endSession();
}

const OpenReport &Store::report() const
{
    return m_parts->folder->report;
}

const Clock &Store::clock() const
{
    return m_parts->threads->clock();
}

TimeView Store::time() const
{
    return m_parts->threads->time();
}

Call Store::confirmTime(std::function<void(Done)> then)
{
    return m_parts->threads->write<Nothing>(
        [](Writing &writing) -> Result<Nothing> {
            Statement(writing.db, "UPDATE meta SET value = ? WHERE key = 'latest_wall_ms'", writing.asked.now.wallMs)
                .run();
            writing.journal({.act = QStringLiteral("time.confirm"),
                .outcome = QStringLiteral("from=%1 to=%2").arg(writing.latestBeforeMs).arg(writing.asked.now.wallMs)});
            writing.change.kinds |= Change::VerdictsChanged;
            return Nothing{};
        },
        std::move(then));
}

void Store::setOperator(const QString &name)
{
    m_parts->threads->setOperator(name);
}

Call Store::checkFile(bool thorough, std::function<void(Done)> then)
{
    StoreThreads &threads = *m_parts->threads;
    const auto examine = [&threads](Connection &db, const char *pragma) -> Done {
        const QString finding = db.text(pragma);
        if (const std::optional<Failure> failure = db.takeFailure()) {
            if (failure->kind == Failure::Kind::Corrupt)
                threads.stopWriting(*failure);
            return *failure;
        }
        if (finding == QLatin1String("ok")) {
            threads.setChecked(true);
            return Nothing{};
        }
        const Failure failure{.kind = Failure::Kind::Corrupt, .detail = finding, .subject = threads.file()};
        threads.stopWriting(failure);
        return failure;
    };
    if (!thorough) {
        // The outcome travels inside the value: a damaged page is a finding here, not an error of the read.
        return threads.read<std::optional<Done>>(
            [examine](
                Connection &db, const TimeView &) { return std::optional<Done>(examine(db, "PRAGMA quick_check(1)")); },
            [then = std::move(then)](
                Result<std::optional<Done>> answer) { then(answer ? answer->value() : Done(answer.failure())); });
    }
    return threads.help<Nothing>(
        [examine, &threads](const Asked &) -> Result<Nothing> {
            const auto mode = threads.isReadOnly() ? threads.readMode() : Connection::Mode::Read;
            Result<std::unique_ptr<Connection>> db = Connection::open(threads.file(), mode);
            if (!db)
                return db.failure();
            (*db)->setInterrupt([&threads] { return threads.isClosing(); });
            return examine(**db, "PRAGMA integrity_check(1)");
        },
        std::move(then));
}

bool Store::checked() const
{
    return m_parts->threads->checked();
}

Call Store::giveMemoryBack(std::function<void(Done)> then)
{
    const Chain chain;
    const auto readerToo = [chain, threads = m_parts->threads.get(), then = std::move(then)](const Done &) {
        chain.next(threads->read<Nothing>(
            [](Connection &db, const TimeView &) {
                db.exec("PRAGMA shrink_memory;");
                return Nothing{};
            },
            [chain, then](const Done &done) {
                if (chain.close())
                    then(done);
            }));
    };
    chain.next(m_parts->threads->writeJob<Nothing>(
        [](Connection &db, const Asked &) -> Result<Nothing> {
            db.exec("PRAGMA shrink_memory;");
            return Nothing{};
        },
        readerToo)); // in a read-only profile there is no writer: then its refusal is no reason to stop
    return chain.call();
}

People &Store::people()
{
    return m_parts->people;
}
Verdicts &Store::verdicts()
{
    return m_parts->verdicts;
}
RunBook &Store::runs()
{
    return m_parts->runs;
}
AccountBook &Store::accounts()
{
    return m_parts->accounts;
}
Journal &Store::journal()
{
    return m_parts->journal;
}
Batches &Store::batches()
{
    return m_parts->batches;
}
Imports &Store::imports()
{
    return m_parts->imports;
}

GatewayNotes &Store::gatewayNotes()
{
    return m_parts->gatewayNotes;
}
Backups &Store::backups()
{
    return m_parts->backups;
}
Stops &Store::stops()
{
    return m_parts->stops;
}
Blocks &Store::blocks()
{
    return m_parts->blocks;
}
Consents &Store::consents()
{
    return m_parts->consents;
}
Messages &Store::messages()
{
    return m_parts->messages;
}
Drafts &Store::drafts()
{
    return m_parts->drafts;
}
Marketing &Store::marketing()
{
    return m_parts->marketing;
}

Dossiers &Store::dossiers()
{
    return m_parts->dossiers;
}
Erasures &Store::erasures()
{
    return m_parts->erasures;
}

} // namespace rollcall
