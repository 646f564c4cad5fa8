// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process.h"

#include <cstdlib>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

#ifdef Q_OS_UNIX
#include <pwd.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace rollcall {

namespace {

constexpr auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;

Failure failure(Failure::Kind kind, const QString &folder, const char *detail)
{
    return {kind, QString::fromLatin1(detail), {}, 0, folder};
}

} // namespace

void hardenProcess()
{
#ifdef Q_OS_UNIX
    umask(0077);
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
#endif
}

Done prepareFolder(const QString &folder)
{
    const QFileInfo before(folder);
    if (before.isSymLink())
        return failure(Failure::Kind::Foreign, folder, "the profile folder is a link");
    if (!before.exists() && !QDir().mkpath(folder))
        return failure(Failure::Kind::ReadOnly, folder, "the profile folder cannot be made");
    const QFileInfo made(folder);
    if (!made.isDir())
        return failure(Failure::Kind::Foreign, folder, "the profile folder is a file");
#ifdef Q_OS_UNIX
    if (made.ownerId() != geteuid())
        return Nothing{}; // somebody else's: the store decides whether it may be shown read-only
    struct stat found = {};
    if (stat(QFile::encodeName(folder).constData(), &found) == 0 && (found.st_mode & 0077) != 0)
        QFile::setPermissions(folder, ownerOnly); // on a read-only mount this fails, and nothing there can leak anew
#else
    QFile::setPermissions(folder, ownerOnly);
#endif
    return Nothing{};
}

QString userName()
{
#ifdef Q_OS_UNIX
    if (const passwd *user = getpwuid(geteuid())) { // at start, before any other thread asks
        const QString full = QString::fromLocal8Bit(user->pw_gecos).section(QLatin1Char(','), 0, 0).simplified();
        return full.isEmpty() ? QString::fromLocal8Bit(user->pw_name) : full;
    }
    return {};
#else
    return qEnvironmentVariable("USERNAME");
#endif
}

QString profileFolder(const QString &profile)
{
    static const QRegularExpression allowed(QStringLiteral("^[A-Za-z0-9_-]{1,64}$"));
    if (!allowed.match(profile).hasMatch())
        return {};
    return QDir(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation))
        .filePath(QStringLiteral("rollcall/") + profile);
}

void keepLargeBlocksApart()
{
#if defined(__GLIBC__)
    ::mallopt(M_MMAP_THRESHOLD, 256 * 1024);
#endif
}

void giveMemoryBack()
{
#if defined(__GLIBC__)
    ::malloc_trim(0);
#endif
}

} // namespace rollcall
