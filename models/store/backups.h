// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"

#include <QString>
#include <functional>
#include <vector>

namespace rollcall {

class StoreThreads;

struct BackupFile {
    QString path = {};
    qint64 atMs = 0;
    qint64 bytes = 0;
};

/// Copies of the store made with VACUUM INTO on a connection of their own, in `folder`/backups, 0600; three daily ones
/// are kept, those made by hand stay until removed.
class Backups {
public:
    explicit Backups(StoreThreads &threads);
    Call backupNow(std::function<void(Result<BackupFile>)> then);
    /// Makes the day's backup when the newest daily one is older than 24 h; nothing otherwise.
    Call daily(std::function<void(Done)> then);
    [[nodiscard]] std::vector<BackupFile> list() const; ///< newest first
    /// Static: the store must be closed. Checks the backup (header, application_id, integrity, schema), keeps the
    /// present file aside as rollcall-before-restore-<time>.db, copies the backup into a new file, renames it into
    /// place.
    static Done restore(const QString &folder, const QString &backup);

private:
    StoreThreads &m_threads;
};

} // namespace rollcall
