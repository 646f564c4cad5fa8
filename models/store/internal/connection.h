// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/id.h"
#include "models/base/result.h"

#include <QByteArray>
#include <QHash>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>
#include <functional>
#include <memory>
#include <optional>

struct sqlite3;
struct sqlite3_stmt;

namespace rollcall {

/// One SQLite connection, bound to the thread that opened it. Errors are sticky: after the first one every statement of
/// the unit does nothing, and the unit's end (StoreThreads) asks failure() and rolls back. So code in between needs no
/// checks and cannot forget one. Internal to models/store.
class Connection {
public:
    enum class Mode {
        Write, ///< the writer
        Read, ///< the reader beside a writer: query_only
        ReadOnlyFile, ///< a file or folder that cannot be written; may need an existing -shm
        Immutable, ///< same, and nothing but the main file is looked at or made
    };

    /// Whether the linked SQLite is the one inside the Qt driver (measured by sqlite_source_id); if not, statements go
    /// through QSqlQuery. `forceSlow` is for the test of that path.
    static Result<std::unique_ptr<Connection>> open(const QString &file, Mode mode, bool forceSlow = false);
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    /// One or more statements without parameters.
    bool exec(const QByteArray &sql);
    /// First column of the first row, 0 / empty when there is none.
    qint64 number(const QByteArray &sql);
    QString text(const QByteArray &sql);

    [[nodiscard]] bool failed() const { return m_failure.has_value(); }
    [[nodiscard]] const std::optional<Failure> &failure() const { return m_failure; }
    std::optional<Failure> takeFailure();
    void fail(Failure failure); ///< kept when none is there yet

    [[nodiscard]] qint64 lastId();
    [[nodiscard]] qint64 changes(); ///< rows changed by the last statement
    [[nodiscard]] bool inTransaction() const;
    [[nodiscard]] bool isFast() const { return m_handle != nullptr; }
    [[nodiscard]] qint64 prepared() const { return m_prepared; } ///< statements, since it was opened; for tests
    /// Asked every few thousand steps of the SQLite machine; true stops the running statement (Failure Cancelled).
    void setInterrupt(std::function<bool()> interrupted);
    /// The file is damaged: closing must not copy the log into it.
    void leaveFileAlone();

private:
    friend class Statement;
    explicit Connection(QString name);
    Done connect(const QString &file, Mode mode, bool forceSlow);
    void keep(const QByteArray &sql, sqlite3_stmt *statement);
    void failFromHandle();
    void failFromQuery(const QSqlError &error);

    QString m_name;
    QSqlDatabase m_db;
    sqlite3 *m_handle = nullptr;
    QHash<QByteArray, sqlite3_stmt *> m_idle; ///< prepared and at rest, by their text
    qint64 m_prepared = 0;
    std::optional<Failure> m_failure;
    std::function<bool()> m_interrupted;
    bool m_slowTransaction = false;
    static constexpr qsizetype mostIdle = 96;
};

/// One prepared statement. Columns count from 0, parameters are bound in order.
class Statement {
public:
    template <class... Args>
    Statement(Connection &db, const QByteArray &sql, const Args &...args)
        : m_db(db)
    {
        prepare(sql);
        bind(args...);
    }
    ~Statement();
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;

    /// Binds all parameters anew, first to last, and makes the statement ready to run again.
    template <class... Args> Statement &bind(const Args &...args)
    {
        rewind();
        m_next = 0;
        (add(args), ...);
        return *this;
    }
    /// True when there is a row. False at the end, after a statement that yields none, and after an error.
    bool step();
    /// For statements that yield nothing. False after an error.
    bool run();

    [[nodiscard]] qint64 number(int column) const;
    [[nodiscard]] int integer(int column) const { return int(number(column)); }
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] QByteArray blob(int column) const;
    [[nodiscard]] bool isNull(int column) const;

private:
    void prepare(const QByteArray &sql);
    void rewind();
    void add(qint64 value);
    void add(int value) { add(qint64(value)); }
    void add(bool value) { add(qint64(value)); }
    void add(const QString &value);
    void add(const QByteArray &value);
    void add(std::nullopt_t);
    void add(const std::optional<qint64> &value);
    template <class Tag> void add(Id<Tag> value) { add(value.value()); }
    /// Many values of one kind.
    template <class T> void add(const std::vector<T> &values)
    {
        for (const T &value : values)
            add(value);
    }

    Connection &m_db;
    QByteArray m_sql; ///< key under which m_fast is kept for the next use
    sqlite3_stmt *m_fast = nullptr;
    std::unique_ptr<QSqlQuery> m_slow;
    bool m_begun = false;
    int m_next = 0;
};

/// What an SQLite error means for the program. `extended` is SQLite's extended code, `systemError` the errno behind it.
[[nodiscard]] Failure storageFailure(int extended, int systemError, const QString &detail);
/// After these nothing more may be written in this session (a failed sync, a damaged page).
[[nodiscard]] bool stopsWriting(const Failure &failure);

} // namespace rollcall
