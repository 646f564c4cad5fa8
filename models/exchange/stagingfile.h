// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/exchange/importplan.h"

#include <QString>
#include <memory>

struct sqlite3;
struct sqlite3_stmt;

namespace rollcall {

/// What a gateway told beside a row (table `told`).
struct ToldRow {
    QString chatId = {}; ///< JID, empty = not told
    QString lid = {};
    QString profileName = {};
    QString about = {};
    bool saved = false;
};

/// The staging file of one import (models/store/schema/staging.sql) while it is written. One thread. Not closed with
/// close(): removed.
class StagingFile final {
public:
    /// Creates `folder`/import-<random>.staging, 0600. Failures: DiskFull, ReadOnly, Storage.
    static Result<std::unique_ptr<StagingFile>> create(const QString &folder);
    ~StagingFile();
    StagingFile(const StagingFile &) = delete;
    StagingFile &operator=(const StagingFile &) = delete;

    /// `sameAs`: line of the first row that is the same, 0 = this is the first.
    Done add(qint64 line, const PlannedRow &row, qint64 sameAs);
    Done tell(qint64 line, const ToldRow &told); ///< after add() of that line
    Done reject(qint64 line, std::string_view raw, const char *reason);
    /// Commits and closes; from then on the file stays until somebody removes it. Answers its path.
    Result<QString> close();

    /// Removes what earlier sessions left in `folder` (a crash, a cut power line).
    static void removeLeftovers(const QString &folder);

private:
    StagingFile() = default;
    [[nodiscard]] Failure failure() const;
    Done step(sqlite3_stmt *statement);
    Done prepare();
    void closeHandles();

    QString m_path;
    sqlite3 *m_db = nullptr;
    sqlite3_stmt *m_insert = nullptr;
    sqlite3_stmt *m_reject = nullptr;
    sqlite3_stmt *m_tell = nullptr;
    bool m_kept = false;
};

} // namespace rollcall
