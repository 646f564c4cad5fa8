// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/exchange/importplan.h"
#include "models/exchange/seenrows.h"
#include "models/exchange/stagejob.h"
#include "models/exchange/stagingfile.h"

#include <memory>
#include <vector>

namespace rollcall {

/// A row that does not come from a file but from a gateway's contact list, with what the gateway told beside it.
struct ListedRow {
    PlannedRow planned = {}; ///< with a reason: `raw` holds the row as it was told
    std::optional<ToldRow> told = {};
};

/// Rows on their way into a staging file, a portion at a time; each has a line of its own, counted from 1. Blocks: one
/// thread at a time, never the GUI thread. Not closed: nothing is left.
class RowStage final {
public:
    /// Failures: DiskFull, ReadOnly, Storage.
    static Result<std::shared_ptr<RowStage>> create(const QString &folder);
    Done append(const std::vector<ListedRow> &rows);
    /// The staging file is complete and stays. BadInput "no-rows" when there was none.
    Result<StagedRows> close();

private:
    explicit RowStage(std::unique_ptr<StagingFile> file);
    std::unique_ptr<StagingFile> m_file;
    SeenRows m_seen;
    StagedRows m_rows;
};

/// What makes two rows the same: the E.164 number as it is (below 2^50), else a hash of text and name with the top bit
/// set. Never 0.
[[nodiscard]] quint64 sameRowKey(const PlannedRow &row);

} // namespace rollcall
