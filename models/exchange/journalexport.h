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
    Json, ///< one object: "rollcall_journal": 1, "entries": [...], "count"
};

/// Writes the entries of a filter, oldest first, to `file`, which is replaced only when all was written. Times are UTC,
/// ISO 8601; hashes are hexadecimal. CSV cells that begin with = + - @ tab (a spreadsheet would calculate them) get an
/// apostrophe in front, and the first line of the file says so. The work is done on the store's reader thread, in
/// slices; `progress` and `then` (how many entries) come on the caller's thread. Dropping the Call cancels: the file is
/// then left as it was. The export itself is noted in the journal ("export"). Failures: DiskFull, ReadOnly, Storage.
[[nodiscard]] Call exportJournal(Store &store, const JournalFilter &filter, JournalFormat format, const QString &file,
    std::function<void(const Progress &)> progress, std::function<void(Result<qint64>)> then);

} // namespace rollcall
