// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QString>
#include <QStringList>
#include <vector>

namespace rollcall {

/// Writes rows of (line, reason, record as it stood) as CSV with a header row; UTF-8 with BOM and CRLF, as spreadsheets
/// expect it. Cells that a spreadsheet would calculate (= + - @ tab) get a leading apostrophe. Replaces `file` only
/// when all was written. Answers the number of rows. Failures: DiskFull, ReadOnly, Storage.
[[nodiscard]] Result<qint64> writeRejected(const QString &file, const std::vector<QStringList> &rows);

/// One cell as RFC 4180 wants it; `calculable`: protected against spreadsheets as above.
[[nodiscard]] QString csvCell(const QString &text, bool calculable);

} // namespace rollcall
