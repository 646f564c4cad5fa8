// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/backups.h"

#include "models/store/internal/connection.h"
#include "models/store/internal/journalchain.h"
#include "models/store/internal/opening.h"
#include "models/store/internal/storethreads.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>

namespace rollcall {

namespace {

constexpr QFile::Permissions ownerOnly = QFile::ReadOwner | QFile::WriteOwner;
constexpr int dailyKept = 3;
constexpr qint64 dayMs = 86'400'000;

QString backupFolder(const QString &folder)
{
    return folder + QStringLiteral("/backups");
}

/// rollcall-daily-20260101T120000123.db: the time is in the name, so a copied file keeps it.
QString backupName(bool daily, qint64 atMs)
{
    return QStringLiteral("rollcall-%1-%2.db")
        .arg(daily ? QStringLiteral("daily") : QStringLiteral("now"),
            QDateTime::fromMSecsSinceEpoch(atMs, Qt::UTC).toString(QStringLiteral("yyyyMMddTHHmmsszzz")));
}

std::vector<BackupFile> listBackups(const QString &folder, const QString &pattern)
{
    std::vector<BackupFile> files;
    for (const QFileInfo &info : QDir(backupFolder(folder)).entryInfoList({pattern}, QDir::Files)) {
        QDateTime at = QDateTime::fromString(
            info.completeBaseName().section(QLatin1Char('-'), -1), QStringLiteral("yyyyMMddTHHmmsszzz"));
        at.setTimeSpec(Qt::UTC);
        if (at.isValid())
            files.push_back({info.absoluteFilePath(), at.toMSecsSinceEpoch(), info.size()});
    }
    std::sort(files.begin(), files.end(), [](const BackupFile &a, const BackupFile &b) { return a.atMs > b.atMs; });
    return files;
}

Result<BackupFile> backUp(const StoreThreads &threads, bool daily, qint64 atMs)
{
    const QString &folder = threads.folder();
    const QString into = backupFolder(folder);
    if (!QDir().mkpath(into))
        return Failure{.kind = Failure::Kind::Storage, .detail = QStringLiteral("cannot be made"), .subject = into};
    QFile::setPermissions(into, ownerOnly | QFile::ExeOwner);
    const QString path = into + QLatin1Char('/') + backupName(daily, atMs);
    const QString part = path + QStringLiteral(".part");
    QFile::remove(part);
    // Made beforehand, so that the bytes never lie there with the modes of the umask.
    QFile empty(part);
    if (!empty.open(QIODevice::WriteOnly | QIODevice::NewOnly) || !empty.setPermissions(ownerOnly))
        return Failure{.kind = Failure::Kind::Storage, .detail = QStringLiteral("cannot be made"), .subject = part};
    empty.close();
    Result<std::unique_ptr<Connection>> db = Connection::open(threads.file(), threads.readMode());
    if (!db)
        return db.failure();
    (*db)->setInterrupt([&threads] { return threads.isClosing(); });
    (*db)->exec("PRAGMA query_only=OFF;"); // VACUUM INTO counts as writing, though not to this file
    Statement(**db, "VACUUM INTO ?", part).run();
    if (std::optional<Failure> failure = (*db)->takeFailure()) {
        QFile::remove(part);
        failure->subject = path;
        return *failure;
    }
    QFile::remove(path);
    if (!QFile::rename(part, path))
        return Failure{.kind = Failure::Kind::Storage, .detail = QStringLiteral("cannot be renamed"), .subject = path};
    return BackupFile{path, atMs, QFileInfo(path).size()};
}

Done copySynced(const QString &from, const QString &to)
{
    QFile in(from);
    QFile out(to);
    QFile::remove(to);
    if (!in.open(QIODevice::ReadOnly) || !out.open(QIODevice::WriteOnly | QIODevice::NewOnly)
        || !out.setPermissions(ownerOnly))
        return Failure{.kind = Failure::Kind::Storage, .detail = QStringLiteral("cannot be copied"), .subject = to};
    while (!in.atEnd()) {
        const QByteArray bytes = in.read(1 << 20);
        if (bytes.isEmpty() || out.write(bytes) != bytes.size()) {
            out.remove();
            return Failure{.kind = Failure::Kind::DiskFull, .detail = out.errorString(), .subject = to};
        }
    }
    return out.flush() ? Done(Nothing{}) : Done(Failure{.kind = Failure::Kind::DiskFull, .subject = to});
}

/// The backup is one of ours, whole, and not newer than this program. Answers the head of its journal.
Result<JournalHead> inspectBackup(const QString &backup)
{
    if (const Done done = inspectStoreFile(backup, false); !done)
        return done.failure();
    Result<std::unique_ptr<Connection>> db = Connection::open(backup, Connection::Mode::Immutable);
    if (!db)
        return db.failure();
    const QString finding = (*db)->text("PRAGMA integrity_check(1)");
    JournalHead head;
    Statement last(**db, "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1");
    if (last.step())
        head = {last.number(0), last.blob(1)};
    if (std::optional<Failure> failure = (*db)->takeFailure()) {
        failure->subject = backup;
        return *failure;
    }
    if (finding != QLatin1String("ok"))
        return Failure{.kind = Failure::Kind::Corrupt, .detail = finding, .subject = backup};
    return head;
}

} // namespace

Backups::Backups(StoreThreads &threads)
    : m_threads(threads)
{
}

Call Backups::backupNow(std::function<void(Result<BackupFile>)> then)
{
    return m_threads.help<BackupFile>(
        [&threads = m_threads](const Asked &asked) { return backUp(threads, false, asked.now.wallMs); },
        std::move(then));
}

Call Backups::daily(std::function<void(Done)> then)
{
    return m_threads.help<Nothing>(
        [&threads = m_threads](const Asked &asked) -> Result<Nothing> {
            const QString pattern = QStringLiteral("rollcall-daily-*.db");
            std::vector<BackupFile> dailies = listBackups(threads.folder(), pattern);
            if (!dailies.empty() && asked.now.wallMs - dailies.front().atMs < dayMs)
                return Nothing{};
            const Result<BackupFile> made = backUp(threads, true, asked.now.wallMs);
            if (!made)
                return made.failure();
            dailies = listBackups(threads.folder(), pattern);
            for (size_t i = dailyKept; i < dailies.size(); ++i)
                QFile::remove(dailies[i].path);
            return Nothing{};
        },
        std::move(then));
}

std::vector<BackupFile> Backups::list() const
{
    return listBackups(m_threads.folder(), QStringLiteral("rollcall-*.db"));
}

Done Backups::restore(const QString &folder, const QString &backup)
{
    QLockFile lock(folder + QStringLiteral("/rollcall.lock"));
    lock.setStaleLockTime(0);
    if (!lock.tryLock(0))
        return Failure{.kind = Failure::Kind::AlreadyOpen, .subject = folder};
    const Result<JournalHead> head = inspectBackup(backup);
    if (!head)
        return head.failure();
    const QString file = folder + QStringLiteral("/rollcall.db");
    const QString incoming = file + QStringLiteral(".restoring");
    if (const Done done = copySynced(backup, incoming); !done)
        return done;
    // The present state goes aside whole, with its log and its head: whatever was wrong with it can still be looked at.
    const QString stamp = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMddTHHmmsszzz"));
    const QString aside = folder + QStringLiteral("/rollcall-before-restore-%1.db").arg(stamp);
    for (const char *suffix : {"-wal", "-shm", ""}) {
        const QString from = file + QLatin1String(suffix);
        if (QFile::exists(from) && !QFile::rename(from, aside + QLatin1String(suffix)))
            return Failure{
                .kind = Failure::Kind::Storage, .detail = QStringLiteral("cannot be put aside"), .subject = from};
    }
    const QString headFile = journal::headFile(folder);
    if (QFile::exists(headFile))
        QFile::copy(headFile, aside + QStringLiteral(".head"));
    if (!QFile::rename(incoming, file) || !journal::writeHead(folder, *head))
        return Failure{
            .kind = Failure::Kind::Storage, .detail = QStringLiteral("cannot be put in place"), .subject = file};
    QFile::remove(folder + QStringLiteral("/rollcall.open"));
    return Nothing{};
}

} // namespace rollcall
