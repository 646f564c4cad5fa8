// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/ids.h"

#include <QString>
#include <functional>
#include <optional>
#include <vector>

namespace rollcall {

class StoreThreads;

struct BatchSummary {
    BatchId id = {};
    QString act = {}; ///< "import", "person.add", "person.edit", "person.delete", ...
    qint64 atMs = 0;
    QString by = {};
    qint64 people = 0;
    bool undone = false;
    bool undoable = false; ///< not undone and younger than 30 days
};

struct UndoReport {
    QString act = {};
    qint64 restored = 0; ///< people put back or removed again
    qint64 kept = 0; ///< people or fields left alone because something later changed them
};

/// What commands changed, with before-values, kept 30 days. Undo touches only what still holds the batch's after-value.
class Batches {
public:
    explicit Batches(StoreThreads &threads);
    Call list(std::function<void(Result<std::vector<BatchSummary>>)> then); ///< newest first
    Call newestUndoable(std::function<void(Result<std::optional<BatchSummary>>)> then);
    Call newestRedoable(std::function<void(Result<std::optional<BatchSummary>>)> then);
    Call undo(BatchId id, std::function<void(Result<UndoReport>)> then);
    Call redo(BatchId id, std::function<void(Result<UndoReport>)> then);
    /// Before-values, taken-away people and kept file rows of batches older than 30 days go; those batches stay listed,
    /// not undoable. Call it once a session, after checkFile().
    Call forgetOld(std::function<void(Done)> then);

private:
    StoreThreads &m_threads;
};

} // namespace rollcall
