// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/imports.h"

#include <QByteArray>
#include <map>

namespace rollcall {

class FieldList;

/// The five counts, and the rows they add up to.
void showCounts(FieldList &list, const ImportCounts &counts, qint64 rowsRead);
/// Rejected rows grouped by what would repair them.
void showReasons(FieldList &list, const std::map<QByteArray, qint64> &rejected);

} // namespace rollcall
