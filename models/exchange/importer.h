// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/exchange/columnguess.h"
#include "models/exchange/rowstage.h"
#include "models/exchange/stagejob.h"
#include "models/store/imports.h"

#include <QObject>
#include <QThreadPool>
#include <functional>
#include <memory>

namespace rollcall {

class Store;

/// A file as the dialog first shows it.
struct FileLook {
    CsvGuess guess = {};
    CsvSample sample = {};
    ColumnMap columns = {};
};

/// Removes its staging file when the last copy goes, unless the store took it over.
class StagingKeeper final {
public:
    explicit StagingKeeper(QString path)
        : m_path(std::move(path))
    {
    }
    ~StagingKeeper();
    StagingKeeper(const StagingKeeper &) = delete;
    StagingKeeper &operator=(const StagingKeeper &) = delete;
    [[nodiscard]] const QString &path() const { return m_path; }

private:
    QString m_path;
};

/// Where rows come from that are not of a file.
struct ImportOrigin {
    QString act = QStringLiteral("import"); ///< of batch and journal
    AccountId account = {}; ///< whose list it is
    QString name = {}; ///< the account's, kept with the batch; empty = the file's
};

/// A file that is read, judged and waiting for the operator's word: nothing of it is in the store yet.
struct StagedImport {
    ImportRequest request = {};
    StagedRows rows = {};
    ImportCounts dryRun = {}; ///< what commit() would do now; the five add up to rows.rows
    std::shared_ptr<StagingKeeper> file = {};
    ImportOrigin origin = {};
};

/// The import of files in steps: look, stage (with the dry run), commit. Every method returns at once; files are read
/// and parsed on worker threads, the answer comes on the calling thread through the Call. Dropping a Call cancels the
/// step and removes its staging file; nothing changes in the store before commit() answers. One Importer a store: it
/// removes at its beginning what a crashed session left. GUI thread.
class Importer final {
public:
    /// `folder`: where the staging files lie, the profile's.
    Importer(Store &store, const QString &folder);
    ~Importer(); ///< cancels what runs and waits for it

    /// A pasted list becomes a file of the profile's (0600), so that it goes the way of any other; whoever keeps the
    /// answer keeps the file. Failures: DiskFull, ReadOnly, Storage; BadInput "empty" without text.
    Call keepText(const QString &text, std::function<void(Result<std::shared_ptr<StagingKeeper>>)> then);
    /// First look: guessed format, first rows, guessed columns. A file of vCards is known by how it begins. Failures:
    /// as guessCsv() and vCardSample().
    Call look(const QString &file, std::function<void(Result<FileLook>)> then);
    /// The same rows in another format that the operator chose; with `replace` the place of the table and its header
    /// are guessed anew.
    Call lookAgain(
        const QString &file, const CsvFormat &format, bool replace, std::function<void(Result<FileLook>)> then);
    /// What stands in the number column of these rows.
    Call survey(const CsvSample &sample, const ColumnMap &columns, const QString &region,
        std::function<void(NumberFindings)> then);
    /// Reads the whole file into a staging file and makes the dry run. Failures: as stageRows() and Imports::preview().
    Call stage(const ImportRequest &request, std::shared_ptr<JobControl> control,
        std::function<void(const ImportProgress &)> progress, std::function<void(Result<StagedImport>)> then);
    /// The same for rows that come in portions from elsewhere: open, append() one after another, then close() makes the
    /// dry run. Failures: those of RowStage and Imports::preview().
    Call openStage(std::function<void(Result<std::shared_ptr<RowStage>>)> then);
    Call append(const std::shared_ptr<RowStage> &stage, std::vector<ListedRow> rows, std::function<void(Done)> then);
    Call closeStage(const std::shared_ptr<RowStage> &stage, const ImportOrigin &origin, const ConsentEvent &consent,
        std::shared_ptr<JobControl> control, std::function<void(Result<StagedImport>)> then);
    /// One undoable batch in one transaction. On failure nothing changed and `staged` can be committed again.
    Call commit(const StagedImport &staged, const ConsentEvent &consent, std::shared_ptr<JobControl> control,
        std::function<void(Progress)> progress, std::function<void(Result<ImportOutcome>)> then);
    /// Writes the rejected rows of a batch as CSV: line, reason, row as it stood (UTF-8 with BOM, so that spreadsheets
    /// read it). `words` says a reason in words. The file is replaced only when it was written whole.
    Call exportRejected(BatchId batch, const QString &file, std::function<QString(const QString &reason)> words,
        std::function<void(Result<qint64>)> then);

private:
    /// Makes the dry run of what `*stage` answers; one Call for both.
    using Staging = std::function<Call(std::function<void(Result<StagedImport>)>)>;
    Call withPreview(const std::shared_ptr<JobControl> &control, const Staging &stage,
        std::function<void(Result<StagedImport>)> then);
    /// Runs `work` on a worker and `then` with its result here.
    template <class T>
    Call start(const std::shared_ptr<JobControl> &control, std::function<T(const JobControl &)> work,
        std::function<void(T)> then);

    Store &m_store;
    QString m_folder;
    std::unique_ptr<QObject> m_door; ///< through which workers reach this thread; they are waited for before it goes
    QThreadPool m_pool;
    std::vector<std::weak_ptr<JobControl>> m_running;
};

} // namespace rollcall
