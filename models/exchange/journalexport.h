// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/progress.h"
#include "models/base/result.h"
#include "models/domain/journalentry.h"

#include <functional>

namespace rollcall {

class Store;

enum class JournalFormat {
    Csv, ///< UTF-8 with BOM, CRLF; the first line says how it was made
    Json, ///< one object: "rollcall_journal": 1, "exported", "entries": [...], "count"
};

/// An entry as the window says it, so that somebody without this program can read the file. Called on the store's
/// reader thread. All must be set.
struct JournalExportWords {
    std::function<QString(const JournalEntry &)> what = {};
    std::function<QString(const JournalEntry &)> whom = {};
    std::function<QString(const JournalEntry &)> result = {};
    std::function<QString(const JournalSubject &, qint64 id)> person = {};
    std::function<QString(qint64 people)> more = {}; ///< how many there are beyond those who are named
};

/// Writes the entries of a filter, oldest first, to `file`, which is replaced only when all was written. Each comes in
/// words, with whom it is about as they are called now (at most Journal::mostNamed, then how many more there are; an
/// erased person stays erased), and as it stands in the chain. Times are UTC, ISO 8601; hashes are hexadecimal. CSV
/// cells that begin with = + - @ tab (a spreadsheet would calculate them) get an apostrophe in front, and the first
/// line of the file says so. The work is done on the store's reader thread, in slices; `progress` and `then` (how many
/// entries) come on the caller's thread. Dropping the Call cancels: the file is then left as it was. The export itself
/// is noted in the journal ("export"). Failures: DiskFull, ReadOnly, Storage.
[[nodiscard]] Call exportJournal(Store &store, const JournalFilter &filter, JournalFormat format,
    const JournalExportWords &words, const QString &file, std::function<void(const Progress &)> progress,
    std::function<void(Result<qint64>)> then);

} // namespace rollcall
