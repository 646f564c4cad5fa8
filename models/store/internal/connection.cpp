// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/internal/connection.h"

#include <QSqlDriver>
#include <QSqlError>
#include <QUrl>
#include <atomic>
#include <cerrno>
#include <sqlite3.h>

namespace rollcall {

namespace {

int interruptedHook(void *context)
{
    const auto *interrupted = static_cast<const std::function<bool()> *>(context);
    return *interrupted && (*interrupted)() ? 1 : 0;
}

QString freshName()
{
    static std::atomic<int> counter = 0;
    return QStringLiteral("rollcall-store-%1").arg(++counter);
}

/// The handle inside the Qt driver, or null when its SQLite is not the one we are linked with: a handle of another
/// build of the library must not be touched.
sqlite3 *handleOf(const QSqlDatabase &db)
{
    QSqlQuery query(db);
    if (!query.exec(QStringLiteral("SELECT sqlite_source_id()")) || !query.next())
        return nullptr;
    if (query.value(0).toString() != QLatin1String(sqlite3_sourceid()))
        return nullptr;
    const QVariant handle = db.driver()->handle();
    if (!handle.isValid() || qstrcmp(handle.typeName(), "sqlite3*") != 0)
        return nullptr;
    return *static_cast<sqlite3 *const *>(handle.constData());
}

} // namespace

Failure storageFailure(int extended, int systemError, const QString &detail)
{
    Failure failure;
    failure.code = extended;
    failure.detail = detail;
    bool noRoom = systemError == ENOSPC || systemError == EFBIG;
#ifdef EDQUOT
    noRoom = noRoom || systemError == EDQUOT;
#endif
    switch (extended & 0xff) {
    case SQLITE_FULL:
        failure.kind = Failure::Kind::DiskFull;
        break;
    case SQLITE_IOERR:
        // A failed sync is never taken for a full disk: after it nothing is known about what is on disk.
        failure.kind = noRoom && extended != SQLITE_IOERR_FSYNC && extended != SQLITE_IOERR_DIR_FSYNC
            ? Failure::Kind::DiskFull
            : Failure::Kind::Storage;
        break;
    case SQLITE_CANTOPEN:
        failure.kind = noRoom ? Failure::Kind::DiskFull : Failure::Kind::Storage;
        break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        failure.kind = Failure::Kind::ReadOnly;
        break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        failure.kind = Failure::Kind::Corrupt;
        break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        failure.kind = Failure::Kind::Busy;
        break;
    case SQLITE_INTERRUPT:
        failure.kind = Failure::Kind::Cancelled;
        break;
    default:
        failure.kind = Failure::Kind::Storage;
    }
    return failure;
}

bool stopsWriting(const Failure &failure)
{
    const int primary = failure.code & 0xff;
    if (failure.kind == Failure::Kind::DiskFull)
        return false;
    return primary == SQLITE_IOERR || primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB
        || failure.code == SQLITE_READONLY_DBMOVED;
}

Connection::Connection(QString name)
    : m_name(std::move(name))
{
}

Result<std::unique_ptr<Connection>> Connection::open(const QString &file, Mode mode, bool forceSlow)
{
    std::unique_ptr<Connection> connection(new Connection(freshName()));
    const Done done = connection->connect(file, mode, forceSlow);
    if (!done)
        return done.failure();
    return connection;
}

Done Connection::connect(const QString &file, Mode mode, bool forceSlow)
{
    m_db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
    QString options = QStringLiteral("QSQLITE_BUSY_TIMEOUT=15000;QSQLITE_OPEN_URI");
    QUrl url = QUrl::fromLocalFile(file);
    if (mode == Mode::ReadOnlyFile || mode == Mode::Immutable)
        options += QStringLiteral(";QSQLITE_OPEN_READONLY");
    if (mode == Mode::Immutable)
        url.setQuery(QStringLiteral("immutable=1"));
    m_db.setConnectOptions(options);
    m_db.setDatabaseName(QString::fromLatin1(url.toEncoded()));
    if (!m_db.open()) {
        const QSqlError error = m_db.lastError();
        return storageFailure(error.nativeErrorCode().toInt(), 0, error.text());
    }
    if (!forceSlow)
        m_handle = handleOf(m_db);
    if (m_handle) {
        sqlite3_extended_result_codes(m_handle, 1);
        sqlite3_progress_handler(m_handle, 20'000, interruptedHook, &m_interrupted);
    }
    // Names never reach a temporary file: sorters and temporary tables stay in memory.
    exec("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
         "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384;");
    if (mode == Mode::Write)
        exec("PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864;");
    else
        exec("PRAGMA query_only=ON;");
    if (const std::optional<Failure> failure = takeFailure())
        return *failure;
    return Nothing{};
}

Connection::~Connection()
{
    for (sqlite3_stmt *statement : std::as_const(m_idle))
        sqlite3_finalize(statement); // SQLite does not close a connection that still has statements
    m_db.close();
    m_db = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_name);
}

bool Connection::exec(const QByteArray &sql)
{
    qsizetype from = 0;
    while (!failed() && from < sql.size()) {
        // sqlite3_complete() only reads text: right also when the driver holds another build of the library.
        qsizetype end = from;
        QByteArray one;
        do {
            end = sql.indexOf(';', end);
            end = end < 0 ? sql.size() : end + 1;
            one = sql.mid(from, end - from);
        } while (end < sql.size() && !sqlite3_complete(one.constData()));
        from = end;
        if (one.trimmed().isEmpty() || (end == sql.size() && !sqlite3_complete(one.constData()) && one.contains("--")))
            continue; // what follows the last statement: blanks or a comment
        Statement statement(*this, one);
        while (statement.step()) { }
    }
    return !failed();
}

qint64 Connection::number(const QByteArray &sql)
{
    Statement statement(*this, sql);
    return statement.step() ? statement.number(0) : 0;
}

QString Connection::text(const QByteArray &sql)
{
    Statement statement(*this, sql);
    return statement.step() ? statement.text(0) : QString();
}

std::optional<Failure> Connection::takeFailure()
{
    return std::exchange(m_failure, std::nullopt);
}

void Connection::fail(Failure failure)
{
    if (!m_failure)
        m_failure = std::move(failure);
}

void Connection::failFromHandle()
{
    // A write that fails inside COMMIT leaves sqlite3_system_errno() at 0 (measured with EFBIG, 3.40.1); errno still
    // says why. step() has emptied it before.
    const int lastError = errno;
    const int systemError = sqlite3_system_errno(m_handle);
    fail(storageFailure(sqlite3_extended_errcode(m_handle), systemError != 0 ? systemError : lastError,
        QString::fromUtf8(sqlite3_errmsg(m_handle))));
}

void Connection::failFromQuery(const QSqlError &error)
{
    fail(storageFailure(error.nativeErrorCode().toInt(), 0, error.text()));
}

qint64 Connection::lastId()
{
    return m_handle ? sqlite3_last_insert_rowid(m_handle) : number("SELECT last_insert_rowid()");
}

qint64 Connection::changes()
{
    return m_handle ? sqlite3_changes64(m_handle) : number("SELECT changes()");
}

bool Connection::inTransaction() const
{
    return m_handle ? sqlite3_get_autocommit(m_handle) == 0 : m_slowTransaction;
}

void Connection::setInterrupt(std::function<bool()> interrupted)
{
    m_interrupted = std::move(interrupted);
}

void Connection::leaveFileAlone()
{
    if (m_handle)
        sqlite3_db_config(m_handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

namespace {

/// Only plain reading and changing of rows: some PRAGMAs take effect while they are prepared.
bool mayBeKept(const QByteArray &sql)
{
    return sql.startsWith("SELECT ") || sql.startsWith("INSERT ") || sql.startsWith("UPDATE ")
        || sql.startsWith("DELETE ") || sql.startsWith("WITH ");
}

} // namespace

Statement::~Statement()
{
    if (m_fast)
        m_db.keep(m_sql, m_fast);
}

/// Preparing costs more than most statements do (measured: 20 of 30 s of a dry run over a million known rows).
void Connection::keep(const QByteArray &sql, sqlite3_stmt *statement)
{
    sqlite3_reset(statement);
    if (failed() || !mayBeKept(sql) || m_idle.contains(sql)) {
        sqlite3_finalize(statement);
        return;
    }
    // Texts with numbers in them come once and never again: any one makes room, since what is used often comes back.
    if (m_idle.size() >= mostIdle) {
        sqlite3_finalize(*m_idle.begin());
        m_idle.erase(m_idle.begin());
    }
    sqlite3_clear_bindings(statement); // names and numbers of the last use
    m_idle.insert(sql, statement);
}

void Statement::prepare(const QByteArray &sql)
{
    if (m_db.failed())
        return;
    if (m_db.m_handle) {
        m_sql = sql;
        m_fast = m_db.m_idle.take(sql);
        if (m_fast)
            return;
        ++m_db.m_prepared;
        if (sqlite3_prepare_v2(m_db.m_handle, sql.constData(), int(sql.size()), &m_fast, nullptr) != SQLITE_OK)
            m_db.failFromHandle();
        return;
    }
    const QByteArray word = sql.trimmed().left(6).toUpper();
    if (word.startsWith("BEGIN"))
        m_db.m_slowTransaction = true;
    else if (word.startsWith("COMMIT") || word.startsWith("ROLLBA"))
        m_db.m_slowTransaction = false;
    m_slow = std::make_unique<QSqlQuery>(m_db.m_db);
    m_slow->setForwardOnly(true);
    if (!m_slow->prepare(QString::fromUtf8(sql)))
        m_db.failFromQuery(m_slow->lastError());
}

void Statement::rewind()
{
    m_begun = false;
    if (m_fast)
        sqlite3_reset(m_fast);
    else if (m_slow)
        m_slow->finish();
}

bool Statement::step()
{
    if (m_db.failed())
        return false;
    if (m_fast) {
        errno = 0;
        const int code = sqlite3_step(m_fast);
        if (code == SQLITE_ROW)
            return true;
        if (code != SQLITE_DONE)
            m_db.failFromHandle();
        sqlite3_reset(m_fast);
        return false;
    }
    if (!m_slow)
        return false;
    if (!m_begun) {
        m_begun = true;
        if (!m_slow->exec()) {
            m_db.failFromQuery(m_slow->lastError());
            return false;
        }
    }
    return m_slow->isSelect() && m_slow->next();
}

bool Statement::run()
{
    while (step()) { }
    return !m_db.failed();
}

void Statement::add(qint64 value)
{
    ++m_next;
    if (m_fast)
        sqlite3_bind_int64(m_fast, m_next, value);
    else if (m_slow)
        m_slow->bindValue(m_next - 1, value);
}

void Statement::add(const QString &value)
{
    ++m_next;
    if (m_fast) {
        const QByteArray utf8 = value.toUtf8();
        sqlite3_bind_text64(
            m_fast, m_next, utf8.constData(), sqlite3_uint64(utf8.size()), SQLITE_TRANSIENT, SQLITE_UTF8);
    } else if (m_slow) {
        // A null QString would be bound as NULL; all our texts are NOT NULL.
        m_slow->bindValue(m_next - 1, value.isNull() ? QStringLiteral("") : value);
    }
}

void Statement::add(const QByteArray &value)
{
    ++m_next;
    if (m_fast)
        sqlite3_bind_blob64(
            m_fast, m_next, value.isNull() ? "" : value.constData(), sqlite3_uint64(value.size()), SQLITE_TRANSIENT);
    else if (m_slow)
        m_slow->bindValue(m_next - 1, value.isNull() ? QByteArray("") : value);
}

void Statement::add(std::nullopt_t)
{
    ++m_next;
    if (m_fast)
        sqlite3_bind_null(m_fast, m_next);
    else if (m_slow)
        m_slow->bindValue(m_next - 1, QVariant());
}

// Not inline: g++ 12 takes the value of an empty optional for read (bug 80635) when it is.
void Statement::add(const std::optional<qint64> &value)
{
    if (value)
        add(*value);
    else
        add(std::nullopt);
}

qint64 Statement::number(int column) const
{
    return m_fast ? sqlite3_column_int64(m_fast, column) : m_slow ? m_slow->value(column).toLongLong() : 0;
}

QString Statement::text(int column) const
{
    if (!m_fast)
        return m_slow ? m_slow->value(column).toString() : QString();
    const void *bytes = sqlite3_column_text(m_fast, column);
    return QString::fromUtf8(static_cast<const char *>(bytes), sqlite3_column_bytes(m_fast, column));
}

QByteArray Statement::blob(int column) const
{
    if (!m_fast)
        return m_slow ? m_slow->value(column).toByteArray() : QByteArray();
    const void *bytes = sqlite3_column_blob(m_fast, column);
    return {static_cast<const char *>(bytes), sqlite3_column_bytes(m_fast, column)};
}

bool Statement::isNull(int column) const
{
    return m_fast ? sqlite3_column_type(m_fast, column) == SQLITE_NULL : !m_slow || m_slow->value(column).isNull();
}

} // namespace rollcall
