// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/progress.h"
#include "models/base/result.h"
#include "models/domain/person.h"
#include "models/exchange/importplan.h"
#include "models/formats/csvformat.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <functional>
#include <map>
#include <vector>

namespace rollcall {

/// What the operator decided about a file.
struct ImportRequest {
    QString file = {};
    CsvFormat format = {}; ///< also says whether the file is a table or one of vCards
    ColumnMap columns = {};
    QString region = {}; ///< for numbers without '+' whose row names no country; empty = none
    ConsentEvent consent = {}; ///< the operator's answer for the whole list; decides the dry run's counts too
};

struct ImportProgress {
    qint64 rows = 0;
    qint64 bytes = 0; ///< of the file, read so far
    qint64 totalBytes = 0;
};

/// What stands in a staging file that is complete.
struct StagedRows {
    QString stagingFile = {};
    qint64 rows = 0; ///< records after header and preamble, blank ones not counted
    qint64 repeated = 0; ///< rows that are the same as an earlier one of the file by number
    std::map<QByteArray, qint64> rejected = {}; ///< by reason
    /// Where the first `mostLines` of them stand in the file, by reason; nothing where the rows are of no file.
    std::map<QByteArray, std::vector<qint64>> rejectedLines = {};
    static constexpr std::size_t mostLines = 8;
    QStringList leftOut = {}; ///< of vCards: what is in no column, by its vCard name, sorted; EMAIL = a second address
    qint64 manyNumbers = 0; ///< vCards with more than one number, each of which is a row of its own
    NumberFindings findings = {};
    qint64 fileBytes = 0;
    QByteArray sha256 = {};
};

/// Reads the file of `request` into a new staging file in `folder`: parse and normalise on the calling thread, write on
/// a second one, batches between them, memory bounded whatever the size of the file. Blocks; run it on a worker.
/// `progress` comes on the calling thread, at most ten times a second. On failure and cancel no staging file is left.
/// Failures: those of TextSource, CsvReader (BadInput with the line in `code`) and StagingFile; Cancelled; BadInput
/// "no-rows" when the table is empty.
[[nodiscard]] Result<StagedRows> stageRows(const ImportRequest &request, const QString &folder,
    const JobControl &control, const std::function<void(const ImportProgress &)> &progress);

} // namespace rollcall
