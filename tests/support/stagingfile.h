// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

class QSqlQuery;

namespace rollcall::tests {

/// One row of `staged` (models/store/schema/staging.sql).
struct StagedRow {
    QString name = {};
    QString raw = {};
    qint64 e164 = 0;
    QString region = {};
    QString email = {};
    QString organisation = {};
    QString tags = {};
    QString note = {};
    std::optional<qint64> optInMs = {};
    std::optional<qint64> sameAs = {};
};

/// What a gateway told beside the row added last (`told`).
struct StagedTold {
    QString chatId = {};
    QString lid = {};
    QString profileName = {};
    QString about = {};
    bool saved = true;
};

/// A staging file as models/exchange writes it, row by row; lines count from 1.
class StagingFile {
public:
    explicit StagingFile(const QString &folder);
    ~StagingFile();
    StagingFile(const StagingFile &) = delete;
    StagingFile &operator=(const StagingFile &) = delete;
    void add(const StagedRow &row);
    void tell(const StagedTold &told);
    void reject(const QString &raw, const QString &reason);
    void finish(); ///< closes the file: call before the import
    [[nodiscard]] const QString &path() const { return m_path; }

private:
    QString m_path;
    QString m_connection;
    qint64 m_line = 0;
};

} // namespace rollcall::tests
