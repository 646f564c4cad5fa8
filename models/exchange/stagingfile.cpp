// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/exchange/stagingfile.h"

#include "models/store/imports.h"

#include <QDir>
#include <QFile>
#include <QUuid>
#include <cerrno>
#include <sqlite3.h>

namespace rollcall {

namespace {

const QString namePattern = QStringLiteral("import-*.staging*");

void bindText(sqlite3_stmt *statement, int at, std::string_view text)
{
    // The text outlives the step, so SQLite need not copy it.
    sqlite3_bind_text64(statement, at, text.data() ? text.data() : "", text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

void bindOptional(sqlite3_stmt *statement, int at, qint64 value, bool present)
{
    if (present)
        sqlite3_bind_int64(statement, at, value);
    else
        sqlite3_bind_null(statement, at);
}

} // namespace

Failure StagingFile::failure() const
{
    const int code = m_db ? sqlite3_extended_errcode(m_db) : SQLITE_CANTOPEN;
    int system = m_db ? sqlite3_system_errno(m_db) : 0;
    // A quota or a file size limit is no SQLITE_FULL; what the write itself said is kept by the file.
    if (int last = 0;
        m_db && sqlite3_file_control(m_db, "main", SQLITE_FCNTL_LAST_ERRNO, &last) == SQLITE_OK && last != 0)
        system = last;
    const bool full = (code & 0xFF) == SQLITE_FULL || system == ENOSPC || system == EDQUOT || system == EFBIG;
    const bool forbidden = (code & 0xFF) == SQLITE_READONLY || system == EACCES || system == EROFS;
    return {.kind = full ? Failure::Kind::DiskFull
            : forbidden  ? Failure::Kind::ReadOnly
                         : Failure::Kind::Storage,
        .detail = QString::fromUtf8(m_db ? sqlite3_errmsg(m_db) : "staging"),
        .code = code,
        .subject = m_path};
}

Result<std::unique_ptr<StagingFile>> StagingFile::create(const QString &folder)
{
    std::unique_ptr<StagingFile> staging(new StagingFile);
    staging->m_path = QDir(folder).filePath(u"import-" + QUuid::createUuid().toString(QUuid::Id128) + u".staging");
    // Made here first, so that it is never readable by others, whatever the umask.
    QFile file(staging->m_path);
    errno = 0;
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly)
        || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)) {
        const int error = errno;
        const auto kind = error == ENOSPC || error == EDQUOT ? Failure::Kind::DiskFull
            : error == EACCES || error == EROFS || file.error() == QFileDevice::PermissionsError
            ? Failure::Kind::ReadOnly
            : Failure::Kind::Storage;
        return Failure{.kind = kind, .detail = file.errorString(), .subject = staging->m_path};
    }
    file.close();
    if (sqlite3_open_v2(QFile::encodeName(staging->m_path).constData(), &staging->m_db,
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr)
        != SQLITE_OK)
        return staging->failure();
    if (const auto prepared = staging->prepare(); !prepared)
        return prepared.failure();
    return staging;
}

Done StagingFile::prepare()
{
    // A torn staging file is thrown away, so it needs no journal and no sync.
    const QByteArray begin
        = "PRAGMA page_size=16384; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;"
          "PRAGMA cache_size=-8192; PRAGMA temp_store=MEMORY; BEGIN;\n"
        + Imports::stagingSchema();
    if (sqlite3_exec(m_db, begin.constData(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return failure();
    constexpr char insert[]
        = "INSERT INTO staged(line,name,raw,e164,region,state,plus,email,organisation,tags,note,opt_in_ms,same_as)"
          " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13)";
    constexpr char reject[] = "INSERT INTO rejected(line,raw,reason) VALUES(?1,?2,?3)";
    constexpr char tell[] = "INSERT INTO told(line,chat_id,lid,profile_name,about,saved) VALUES(?1,?2,?3,?4,?5,?6)";
    if (sqlite3_prepare_v3(m_db, insert, -1, SQLITE_PREPARE_PERSISTENT, &m_insert, nullptr) != SQLITE_OK
        || sqlite3_prepare_v3(m_db, tell, -1, SQLITE_PREPARE_PERSISTENT, &m_tell, nullptr) != SQLITE_OK
        || sqlite3_prepare_v3(m_db, reject, -1, SQLITE_PREPARE_PERSISTENT, &m_reject, nullptr) != SQLITE_OK)
        return failure();
    return Nothing{};
}

StagingFile::~StagingFile()
{
    closeHandles();
    if (!m_kept && !m_path.isEmpty()) {
        QFile::remove(m_path);
        QFile::remove(m_path + u"-journal");
    }
}

void StagingFile::closeHandles()
{
    sqlite3_finalize(std::exchange(m_insert, nullptr));
    sqlite3_finalize(std::exchange(m_reject, nullptr));
    sqlite3_finalize(std::exchange(m_tell, nullptr));
    sqlite3_close(std::exchange(m_db, nullptr));
}

Done StagingFile::step(sqlite3_stmt *statement)
{
    const int result = sqlite3_step(statement);
    sqlite3_reset(statement);
    if (result != SQLITE_DONE)
        return failure();
    return Nothing{};
}

Done StagingFile::add(qint64 line, const PlannedRow &row, qint64 sameAs)
{
    const QByteArray region = row.number.region.toLatin1();
    sqlite3_bind_int64(m_insert, 1, line);
    bindText(m_insert, 2, row.name);
    bindText(m_insert, 3, row.raw);
    bindOptional(m_insert, 4, row.number.e164, row.number.hasE164());
    bindText(m_insert, 5, {region.constData(), std::size_t(region.size())});
    sqlite3_bind_int(m_insert, 6, int(row.number.state));
    sqlite3_bind_int(m_insert, 7, int(row.number.explicitPlus));
    bindText(m_insert, 8, row.email);
    bindText(m_insert, 9, row.organisation);
    bindText(m_insert, 10, row.tags);
    bindText(m_insert, 11, row.note);
    bindOptional(m_insert, 12, row.optInMs.value_or(0), row.optInMs.has_value());
    bindOptional(m_insert, 13, sameAs, sameAs > 0);
    return step(m_insert);
}

Done StagingFile::reject(qint64 line, std::string_view raw, const char *reason)
{
    sqlite3_bind_int64(m_reject, 1, line);
    bindText(m_reject, 2, raw);
    bindText(m_reject, 3, reason);
    return step(m_reject);
}

Done StagingFile::tell(qint64 line, const ToldRow &told)
{
    const QByteArray texts[]
        = {told.chatId.toUtf8(), told.lid.toUtf8(), told.profileName.toUtf8(), told.about.toUtf8()};
    sqlite3_bind_int64(m_tell, 1, line);
    int at = 2;
    for (const QByteArray &text : texts)
        bindText(m_tell, at++, {text.constData(), std::size_t(text.size())});
    sqlite3_bind_int(m_tell, at, int(told.saved));
    return step(m_tell);
}

Result<QString> StagingFile::close()
{
    if (sqlite3_exec(m_db, "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK)
        return failure();
    closeHandles();
    m_kept = true;
    return m_path;
}

void StagingFile::removeLeftovers(const QString &folder)
{
    QDir dir(folder);
    const QStringList names = dir.entryList({namePattern}, QDir::Files | QDir::NoSymLinks);
    for (const QString &name : names)
        dir.remove(name);
}

} // namespace rollcall
