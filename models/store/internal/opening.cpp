// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/internal/opening.h"

#include "models/store/internal/connection.h"
#include "models/store/internal/journalchain.h"
#include "models/store/internal/migrator.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QtEndian>
#ifdef Q_OS_UNIX
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace rollcall {

namespace {

using Kind = Failure::Kind;

constexpr int momentMs = 1'000;
constexpr QFile::Permissions ownerOnly = QFile::ReadOwner | QFile::WriteOwner;

Failure because(Kind kind, const char *detail, const QString &path)
{
    return {.kind = kind, .detail = QString::fromLatin1(detail), .subject = path};
}

bool isLink(const QString &path)
{
#ifdef Q_OS_UNIX
    struct stat about { };
    return lstat(QFile::encodeName(path).constData(), &about) == 0 && S_ISLNK(about.st_mode);
#else
    return QFileInfo(path).isSymLink();
#endif
}

bool isForeignOwner(const QString &path)
{
#ifdef Q_OS_UNIX
    struct stat about { };
    return lstat(QFile::encodeName(path).constData(), &about) == 0 && about.st_uid != geteuid();
#else
    Q_UNUSED(path)
    return false;
#endif
}

/// The rename of a fresh file is on disk only when its folder is.
void syncFolder(const QString &folder)
{
#ifdef Q_OS_UNIX
    const int fd = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        ::fsync(fd);
        ::close(fd);
    }
#else
    Q_UNUSED(folder)
#endif
}

quint32 bigEndian(const QByteArray &header, qsizetype at)
{
    return qFromBigEndian<quint32>(header.constData() + at);
}

/// https://www.sqlite.org/fileformat2.html section 1.3: the first 100 bytes.
Done inspectHeader(const QString &file, const QByteArray &header, qint64 size, bool hadData)
{
    const Kind notOurs = hadData ? Kind::Corrupt : Kind::Foreign;
    if (size == 0)
        return because(Kind::Corrupt, "the file is empty", file);
    if (header.size() < 100 || !header.startsWith(QByteArray("SQLite format 3\0", 16)))
        return because(notOurs, "no SQLite header", file);
    if (bigEndian(header, 68) != quint32(schema::applicationId))
        return because(Kind::Foreign, "application_id of another program", file);
    if (bigEndian(header, 60) > quint32(schema::newest()))
        return because(Kind::NewerSchema, "user_version is newer", file);
    quint32 pageSize = quint32(quint8(header[16])) << 8 | quint8(header[17]);
    pageSize = pageSize == 1 ? 65536 : pageSize;
    if (pageSize < 512 || (pageSize & (pageSize - 1)) != 0 || quint8(header[18]) > 2 || quint8(header[19]) > 2
        || quint8(header[21]) != 64 || quint8(header[22]) != 32 || quint8(header[23]) != 32)
        return because(Kind::Corrupt, "header fields", file);
    // The page count is meaningful while "version-valid-for" equals the change counter; the log may hold a newer one.
    const bool countIsValid = bigEndian(header, 24) == bigEndian(header, 92);
    const QFileInfo log(file + QStringLiteral("-wal"));
    if (countIsValid && (!log.exists() || log.size() == 0) && size < qint64(bigEndian(header, 28)) * pageSize)
        return because(Kind::Corrupt, "the file is cut short", file);
    return Nothing{};
}

/// SQLite can read the schema, and it is one of ours.
Done inspectSchema(const QString &file)
{
    const QFileInfo log(file + QStringLiteral("-wal"));
    const bool hasLog = log.exists() && log.size() > 0;
    Result<std::unique_ptr<Connection>> opened
        = Connection::open(file, hasLog ? Connection::Mode::ReadOnlyFile : Connection::Mode::Immutable);
    if (!opened)
        return opened.failure();
    Connection &db = **opened;
    const qint64 application = db.number("PRAGMA application_id");
    const qint64 version = db.number("PRAGMA user_version");
    const qint64 tables = db.number(
        "SELECT count(*) FROM sqlite_schema WHERE name IN ('meta', 'people', 'journal', 'verdicts', 'batches')");
    db.number("SELECT count(*) FROM meta");
    if (std::optional<Failure> failure = db.takeFailure()) {
        failure->subject = file;
        return *failure;
    }
    if (application != schema::applicationId)
        return because(Kind::Foreign, "application_id of another program", file);
    if (version > schema::newest())
        return because(Kind::NewerSchema, "user_version is newer", file);
    if (version < 1 || tables != 5)
        return because(Kind::Corrupt, "tables are missing", file);
    return Nothing{};
}

} // namespace

Done inspectStoreFile(const QString &file, bool hadData)
{
    const QFileInfo info(file);
    if (isLink(file) || !info.isFile())
        return because(Kind::Foreign, "not a regular file", file);
    if (isForeignOwner(file))
        return because(Kind::Foreign, "owned by somebody else", file);
    QFile bytes(file);
    if (!bytes.open(QIODevice::ReadOnly))
        return because(Kind::Storage, "cannot be read", file);
    const qint64 size = bytes.size();
    const QByteArray header = bytes.read(100);
    bytes.close();
    if (const Done done = inspectHeader(file, header, size, hadData); !done)
        return done;
    return inspectSchema(file);
}

Result<std::unique_ptr<OpenedFolder>> OpenedFolder::open(const QString &folder)
{
    auto opened = std::make_unique<OpenedFolder>();
    opened->report.folder = QDir(folder).absolutePath();
    opened->m_file = opened->report.folder + QStringLiteral("/rollcall.db");
    const QString &path = opened->report.folder;
    if (isLink(path) || (QFileInfo::exists(path) && !QFileInfo(path).isDir()))
        return because(Kind::Foreign, "the folder is a link or a file", path);
    if (!QFileInfo::exists(path)) {
        if (!QDir().mkpath(path))
            return because(Kind::Storage, "the folder cannot be made", path);
        QFile::setPermissions(path, ownerOnly | QFile::ExeOwner);
    }
    if (isForeignOwner(path))
        return because(Kind::Foreign, "the folder is owned by somebody else", path);
    if (const Done done = opened->takeLock(); !done)
        return done.failure();
    opened->clearLeftovers();
    if (const Done done = opened->look(); !done)
        return done.failure();
    return opened;
}

/// A program that was killed between making the lock file and writing its name into it leaves an empty one, which says
/// nothing about who is alive: the profile would never open again. Whoever holds the lock has the file locked as well
/// (QLockFile does).
static bool removeEmptyLock(const QString &path)
{
#ifdef Q_OS_UNIX
    const int file = ::open(QFile::encodeName(path).constData(), O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0)
        return errno == ENOENT; // gone meanwhile
    struct stat held { };
    struct stat there { };
    const bool isNobodys = ::flock(file, LOCK_EX | LOCK_NB) == 0 && ::fstat(file, &held) == 0 && held.st_size == 0
        && lstat(QFile::encodeName(path).constData(), &there) == 0 && there.st_ino == held.st_ino;
    if (isNobodys)
        QFile::remove(path);
    ::close(file);
    return isNobodys;
#else
    Q_UNUSED(path)
    return false;
#endif
}

Done OpenedFolder::takeLock()
{
    const QString path = report.folder + QStringLiteral("/rollcall.lock");
    m_lock = std::make_unique<QLockFile>(path);
    m_lock->setStaleLockTime(0);
    if (m_lock->tryLock(0)) {
        QFile::setPermissions(path, ownerOnly);
        return Nothing{};
    }
    if (m_lock->error() == QLockFile::LockFailedError) {
        qint64 pid = 0;
        QString host;
        QString program;
        m_lock->getLockInfo(&pid, &host, &program);
        // Empty: somebody alive has just made it and not written yet, or nobody is.
        if (pid == 0 && (m_lock->tryLock(momentMs) || (removeEmptyLock(path) && m_lock->tryLock(0)))) {
            QFile::setPermissions(path, ownerOnly);
            return Nothing{};
        }
        return Failure{.kind = Kind::AlreadyOpen,
            .detail = QStringLiteral("%1, process %2 on %3").arg(program).arg(pid).arg(host),
            .subject = report.folder};
    }
    // A folder that cannot be written: nobody can hold it for writing either (or only somebody with more rights).
    m_lock.reset();
    report.readOnly = true;
    return Nothing{};
}

void OpenedFolder::clearLeftovers()
{
    if (report.readOnly)
        return;
    QDir backups(report.folder + QStringLiteral("/backups"));
    for (const QString &name : backups.entryList({QStringLiteral("rollcall-*.db.part")}, QDir::Files))
        backups.remove(name);
}

Done OpenedFolder::look()
{
    const bool hadData = QFileInfo::exists(journal::headFile(report.folder));
    if (!isLink(m_file) && !QFileInfo::exists(m_file)) {
        if (hadData)
            return because(Kind::NotFound, "the file is gone, though there was data here", m_file);
        return report.readOnly ? Done(because(Kind::ReadOnly, "nothing here, and nothing can be made", report.folder))
                               : makeFresh();
    }
    if (const Done done = inspectStoreFile(m_file, hadData); !done)
        return done;
    report.unclean = QFileInfo::exists(report.folder + QStringLiteral("/rollcall.open"));
    if (!QFileInfo(m_file).isWritable())
        report.readOnly = true;
    if (!report.readOnly)
        QFile::setPermissions(m_file, ownerOnly);
    const QFileInfo log(m_file + QStringLiteral("-wal"));
    immutable = report.readOnly && (!log.exists() || log.size() == 0);
    return Nothing{};
}

Done OpenedFolder::makeFresh()
{
    const QString made = m_file + QStringLiteral(".new");
    for (const char *suffix : {"", "-journal", "-wal", "-shm"})
        QFile::remove(made + QLatin1String(suffix));
    // The modes hold whatever the umask is: SQLite gives its side files the mode of the main file.
    QFile empty(made);
    if (!empty.open(QIODevice::WriteOnly | QIODevice::NewOnly) || !empty.setPermissions(ownerOnly))
        return because(Kind::Storage, "cannot be made", made);
    empty.close();
    {
        Result<std::unique_ptr<Connection>> db = Connection::open(made, Connection::Mode::Write);
        if (!db)
            return db.failure();
        if (const Done done = schema::migrate(**db); !done)
            return done;
    }
    if (!QFile::rename(made, m_file))
        return because(Kind::Storage, "cannot be renamed", m_file);
    syncFolder(report.folder);
    if (!journal::writeHead(report.folder, {}))
        return because(Kind::Storage, "journal.head cannot be written", report.folder);
    report.fresh = true;
    return Nothing{};
}

void OpenedFolder::beginSession()
{
    if (report.readOnly)
        return;
    QFile marker(report.folder + QStringLiteral("/rollcall.open"));
    if (marker.open(QIODevice::WriteOnly))
        marker.setPermissions(ownerOnly);
}

void OpenedFolder::endSession()
{
    if (!report.readOnly)
        QFile::remove(report.folder + QStringLiteral("/rollcall.open"));
}

} // namespace rollcall
