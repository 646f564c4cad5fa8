// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/store/store.h"

#include <QLockFile>
#include <QString>
#include <memory>

namespace rollcall {

/// The folder of a profile, locked, its file looked at without SQLite touching it. Internal to models/store.
///
///   rollcall.db          the data. It comes into being whole (made under another name, then renamed), so an empty or
///                        half-made one is never ours
///   rollcall.lock        held while open
///   rollcall.open        is there while a session runs: found at opening = the last one did not end cleanly
///   journal.head         head of the journal; also the marker "there was data here"
///   rollcall.db.before-N copy from before the migration to schema N
class OpenedFolder {
public:
    /// Refuses links, foreign owners, foreign files, damaged headers, newer schemas; makes a fresh file where nothing
    /// is and nothing was. What it refuses is left byte for byte.
    static Result<std::unique_ptr<OpenedFolder>> open(const QString &folder);

    OpenReport report = {};
    bool immutable = false; ///< read-only, and there is no log that SQLite would have to read

    /// Writes the marker of a running session.
    void beginSession();
    /// A clean end: takes the marker away.
    void endSession();

private:
    Done takeLock();
    void clearLeftovers(); ///< half-made copies that a kill left behind
    Done look();
    Done makeFresh();

    QString m_file;
    std::unique_ptr<QLockFile> m_lock;
};

/// The tests of the main file that need no opened store: kind of file, owner, header, application_id, schema version,
/// length, and that SQLite can read its schema. Touches nothing.
[[nodiscard]] Done inspectStoreFile(const QString &file, bool hadData);

} // namespace rollcall
