// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/exchange/stagejob.h"
#include "models/store/imports.h"

#include <QStringList>

namespace rollcall {

class FieldList;

/// The five counts, and the rows they add up to.
void showCounts(FieldList &list, const ImportCounts &counts, qint64 rowsRead);
/// Rejected rows grouped by what would repair them, with the lines of the file where the first of them stand.
void showReasons(FieldList &list, const StagedRows &rows);
/// What else is to be known of the rows, a sentence each.
[[nodiscard]] QStringList notesOf(const StagedRows &rows);

} // namespace rollcall
