// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/clock.h"
#include "models/base/result.h"
#include "models/domain/ids.h"
#include "models/domain/verdict.h"

#include <QObject>
#include <memory>
#include <vector>

namespace rollcall {

class AccountBook;
class Backups;
class Batches;
class Blocks;
class Consents;
class Dossiers;
class Drafts;
class Erasures;
class GatewayNotes;
class Imports;
class Journal;
class Marketing;
class Messages;
class People;
class RunBook;
class Stops;
class StoreThreads;
class Verdicts;

/// What a committed transaction touched. Emitted on the GUI thread after the commit, never before.
struct Change {
    enum Kind {
        PeopleChanged = 1,
        VerdictsChanged = 2,
        RunsChanged = 4,
        AccountsChanged = 8,
        JournalChanged = 16,
        BlocksChanged = 32,
        MessagesChanged = 64, ///< sends and their outcomes
        DraftsChanged = 128
    };
    int kinds = 0;
    std::vector<PersonId> people = {}; ///< empty with PeopleChanged = many or unknown: re-read
    bool membership = false; ///< people were added or removed: spines are out of date
};

/// How the file was found at opening, for the sentence in the window.
struct OpenReport {
    bool fresh = false; ///< created now
    bool readOnly = false; ///< cannot be written: shown, nothing can be changed
    bool unclean = false; ///< the last session did not end cleanly; integrity_check follows
    int migratedFrom = -1; ///< schema version before migration, -1 = none was needed
    QString folder = {};
};

/// The one SQLite file of a profile behind its two threads. Every method of the parts returns at once; the answer comes
/// on the calling thread (the GUI thread), through the Call. SQL lives in this folder only.
class Store final : public QObject {
    Q_OBJECT
public:
    /// Opens `folder`/rollcall.db (created 0600 in a folder 0700 when absent). Lock, header, application_id and schema
    /// are checked before this returns; quick_check follows with checkFile(). Failures: AlreadyOpen, Foreign, Corrupt,
    /// NewerSchema, DiskFull, Storage. A file it refuses is left byte for byte as it was.
    /// A file or folder that cannot be written opens read-only (report().readOnly).
    static Result<std::unique_ptr<Store>> open(const QString &folder, const Clock &clock);
    ~Store() override; ///< finishes what was posted, closes cleanly

    [[nodiscard]] const OpenReport &report() const;
    [[nodiscard]] const Clock &clock() const;
    /// Now, and the latest time this profile has stored (as of the last commit): what freshness is judged by.
    [[nodiscard]] TimeView time() const;
    /// The operator says that the present time is right although the profile has seen a later one ("clock moved"):
    /// from now on the latest time seen is now. Journalled ("time.confirm").
    Call confirmTime(std::function<void(Done)> then);

    /// The operator's name, written into every journal entry from now on.
    void setOperator(const QString &name);

    /// quick_check on the reader (after the first paint); until it is through, writes fail with Busy. With `thorough`
    /// integrity_check. Failure: Corrupt, and from then on nothing is written.
    Call checkFile(bool thorough, std::function<void(Done)> then);
    [[nodiscard]] bool checked() const;

    /// Empties the page caches of both connections (up to 16 MiB each after a long read); they fill again as needed.
    /// For quiet moments: what waits behind it reads from the file again.
    Call giveMemoryBack(std::function<void(Done)> then);

    [[nodiscard]] People &people();
    [[nodiscard]] Verdicts &verdicts();
    [[nodiscard]] RunBook &runs();
    [[nodiscard]] AccountBook &accounts();
    [[nodiscard]] Journal &journal();
    [[nodiscard]] Batches &batches();
    [[nodiscard]] Imports &imports();
    [[nodiscard]] GatewayNotes &gatewayNotes();
    [[nodiscard]] Backups &backups();
    [[nodiscard]] Stops &stops();
    [[nodiscard]] Blocks &blocks();
    [[nodiscard]] Consents &consents();
    [[nodiscard]] Marketing &marketing(); ///< models/store/consents.h
    [[nodiscard]] Messages &messages();
    [[nodiscard]] Drafts &drafts();
    [[nodiscard]] Dossiers &dossiers();
    [[nodiscard]] Erasures &erasures();

signals:
    void changed(const rollcall::Change &change);
    /// A person is about to be erased, and what is handed to the store in a slot of this is written before: whatever
    /// waits in memory and may name them. Nothing may be erased after all.
    void erasing();
    /// A write failed in a way that stops all writing for this session (disk full is not one of them).
    void broken(const rollcall::Failure &failure);

private:
    struct Parts;
    explicit Store(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace rollcall
