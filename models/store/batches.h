// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/ids.h"

#include <QString>
#include <QStringList>
#include <functional>
#include <optional>
#include <vector>

namespace rollcall {

class StoreThreads;

struct BatchSummary {
    BatchId id = {}; ///< null for a run
    RunId run
        = {}; ///< not null: a block or unblock, which is taken back by the opposite requests (BlockDesk::planUndo)
    QString act = {}; ///< "import", "person.add", "person.edit", "person.delete", "stop", "block.run", "unblock.run", …
    qint64 atMs = 0;
    QString by = {};
    qint64 people = 0;
    bool undone = false; ///< of a run: the opposite was asked for
    bool undoable = false; ///< not undone and younger than 30 days; of a run: over, and some of it still stands
    bool redoable = false; ///< undone, and can be done again
    bool underWay = false; ///< a run that is not over: it can be cancelled, and then taken back
    qint64 standing = 0; ///< of a run: people who are still as it left them
    /// Why it is nothing that Undo could take back, however new it is.
    enum class Stays { No, OptOut, Consent };
    Stays stays = Stays::No;
    QStringList names = {}; ///< of newest(): whom it is about, at most `mostNamed`
    static constexpr int mostNamed = 3;
};

struct UndoReport {
    QString act = {};
    qint64 restored = 0; ///< people put back or removed again
    qint64 takenOut = 0; ///< those of `restored` whom the batch had added and who left the list with it
    qint64 kept = 0; ///< people or fields left alone because something later changed them
};

/// What commands changed, with before-values, kept 30 days. Undo touches only what still holds the batch's after-value.
/// A stop can be undone where no other command asked for it, nobody opted out and no gateway was asked; the lifting of
/// one always. Neither can be done again.
class Batches {
public:
    explicit Batches(StoreThreads &threads);
    Call list(std::function<void(Result<std::vector<BatchSummary>>)> then); ///< with block runs; newest first
    /// Also a block run, when it is the newest and did something: whoever takes back "the last command" means it.
    Call newestUndoable(std::function<void(Result<std::optional<BatchSummary>>)> then);
    /// What "take back the last command" would act on: the newest command that was not undone, whether or not it can be
    /// (BatchSummary::stays). Nothing older is ever meant.
    Call newest(std::function<void(Result<std::optional<BatchSummary>>)> then);
    Call newestRedoable(std::function<void(Result<std::optional<BatchSummary>>)> then);
    Call undo(BatchId id, std::function<void(Result<UndoReport>)> then);
    Call redo(BatchId id, std::function<void(Result<UndoReport>)> then);
    /// Before-values, taken-away people and kept file rows of batches older than 30 days go; those batches stay listed,
    /// not undoable. So do interrupted readings of contact lists (GatewayNotes::keptForMs). Call it once a session,
    /// after checkFile().
    Call forgetOld(std::function<void(Done)> then);

private:
    StoreThreads &m_threads;
};

} // namespace rollcall
