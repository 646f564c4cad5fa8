// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/exchange/importer.h"

#include "models/exchange/rejectedfile.h"
#include "models/exchange/stagingfile.h"
#include "models/exchange/vcardrows.h"
#include "models/store/store.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>
#include <algorithm>

namespace rollcall {

namespace {

constexpr qsizetype sampleRows = 200;
constexpr char pastedPattern[] = "pasted-*.txt";

/// Runs `what` on the thread of `door`, in the order of the posts.
void post(QObject *door, std::function<void()> what)
{
    QMetaObject::invokeMethod(door, std::move(what), Qt::QueuedConnection);
}

Result<FileLook> lookAt(const QString &file, CsvGuess guess)
{
    auto sample = readSample(file, guess.format, sampleRows);
    if (!sample) {
        Failure failure = sample.failure();
        failure.subject = file;
        return failure;
    }
    ColumnMap columns = guessColumns(*sample);
    return FileLook{std::move(guess), std::move(*sample), std::move(columns)};
}

Result<FileLook> lookAtCards(const QString &file)
{
    auto sample = vCardSample(file, sampleRows);
    if (!sample) {
        Failure failure = sample.failure();
        failure.subject = file;
        return failure;
    }
    CsvGuess guess;
    guess.format.cards = true;
    guess.format.header = false;
    guess.bytes = QFileInfo(file).size();
    return FileLook{std::move(guess), std::move(*sample), vCardColumns()};
}

Result<FileLook> firstLook(const QString &file, const JobControl &control)
{
    if (isVCardFile(file))
        return lookAtCards(file);
    auto guess = guessCsv(file, control);
    if (!guess)
        return guess.failure();
    return lookAt(file, std::move(*guess));
}

Result<FileLook> lookWith(const QString &file, const CsvFormat &format, bool replace)
{
    if (format.cards)
        return lookAtCards(file);
    CsvGuess guess;
    guess.format = format;
    guess.bytes = QFileInfo(file).size();
    if (replace) {
        const auto placed = guessTable(file, format.encoding, format.delimiter);
        if (!placed)
            return placed.failure();
        guess.format = *placed;
    }
    return lookAt(file, std::move(guess));
}

Result<std::shared_ptr<StagingKeeper>> writePasted(const QString &folder, const QString &text)
{
    if (text.trimmed().isEmpty())
        return Failure{.kind = Failure::Kind::BadInput, .detail = QStringLiteral("empty")};
    QTemporaryFile file(folder + QStringLiteral("/pasted-XXXXXX.txt"));
    file.setAutoRemove(false);
    const QByteArray bytes = text.toUtf8();
    const bool written = file.open() && file.write(bytes) == bytes.size() && file.flush();
    auto keeper = std::make_shared<StagingKeeper>(file.fileName());
    if (!written)
        return Failure{.kind = Failure::Kind::Storage, .detail = file.errorString()};
    return keeper;
}

void removePasted(const QString &folder)
{
    QDir dir(folder);
    const QStringList names = dir.entryList({QLatin1String(pastedPattern)}, QDir::Files | QDir::NoSymLinks);
    for (const QString &name : names)
        dir.remove(name);
}

} // namespace

StagingKeeper::~StagingKeeper()
{
    // Removing 100 MB takes the disk a moment, and the last copy may go on the GUI thread.
    QThreadPool::globalInstance()->start([path = m_path] { QFile::remove(path); });
}

Importer::Importer(Store &store, const QString &folder)
    : m_store(store)
    , m_folder(folder)
    , m_door(std::make_unique<QObject>())
{
    m_pool.setMaxThreadCount(3);
    m_pool.start([folder] {
        StagingFile::removeLeftovers(folder);
        removePasted(folder);
    });
    // Done before the first staging file is made, or it would be taken for a leftover.
    m_pool.waitForDone();
}

Importer::~Importer()
{
    for (const auto &running : m_running) {
        if (const auto control = running.lock())
            control->cancel();
    }
    m_pool.waitForDone();
}

template <class T>
Call Importer::start(
    const std::shared_ptr<JobControl> &control, std::function<T(const JobControl &)> work, std::function<void(T)> then)
{
    std::erase_if(m_running, [](const auto &running) { return running.expired(); });
    m_running.push_back(control);
    auto state = std::make_shared<Call::State>();
    state->stop = [control] { control->cancel(); };
    m_pool.start([door = m_door.get(), state, control, work = std::move(work), then = std::move(then)]() mutable {
        auto answer = std::make_shared<T>(work(*control));
        post(door, [state, answer, then = std::move(then)] {
            if (std::exchange(state->open, false))
                then(std::move(*answer));
        });
    });
    return Call(state);
}

Call Importer::keepText(const QString &text, std::function<void(Result<std::shared_ptr<StagingKeeper>>)> then)
{
    return start<Result<std::shared_ptr<StagingKeeper>>>(
        std::make_shared<JobControl>(),
        [text, folder = m_folder](const JobControl &) { return writePasted(folder, text); }, std::move(then));
}

Call Importer::look(const QString &file, std::function<void(Result<FileLook>)> then)
{
    return start<Result<FileLook>>(
        std::make_shared<JobControl>(), [file](const JobControl &control) { return firstLook(file, control); },
        std::move(then));
}

Call Importer::lookAgain(
    const QString &file, const CsvFormat &format, bool replace, std::function<void(Result<FileLook>)> then)
{
    return start<Result<FileLook>>(
        std::make_shared<JobControl>(), [=](const JobControl &) { return lookWith(file, format, replace); },
        std::move(then));
}

Call Importer::survey(
    const CsvSample &sample, const ColumnMap &columns, const QString &region, std::function<void(NumberFindings)> then)
{
    return start<NumberFindings>(
        std::make_shared<JobControl>(), [=](const JobControl &) { return surveyNumbers(sample, columns, region); },
        std::move(then));
}

Call Importer::withPreview(
    const std::shared_ptr<JobControl> &control, const Staging &stage, std::function<void(Result<StagedImport>)> then)
{
    // Two steps, one Call: the second step's Call lives in `state`, so that dropping stops whichever runs.
    auto state = std::make_shared<Call::State>();
    auto step = std::make_shared<Call>();
    state->stop = [control, step] {
        control->cancel();
        *step = Call();
    };
    auto answer = [state, then = std::move(then)](Result<StagedImport> result) {
        if (std::exchange(state->open, false))
            then(std::move(result));
    };
    *step = stage([this, step, control, answer](Result<StagedImport> staged) {
        if (!staged)
            return answer(std::move(staged));
        const QString path = staged->file->path();
        const ConsentEvent consent = staged->request.consent;
        *step
            = m_store.imports().preview(path, consent, control, [answer, staged](Result<ImportCounts> counts) mutable {
                  if (!counts)
                      return answer(counts.failure());
                  staged->dryRun = *counts;
                  answer(std::move(staged));
              });
    });
    return Call(state);
}

Call Importer::stage(const ImportRequest &request, std::shared_ptr<JobControl> control,
    std::function<void(const ImportProgress &)> progress, std::function<void(Result<StagedImport>)> then)
{
    auto work = [request, folder = m_folder, door = m_door.get(), control, progress = std::move(progress)](
                    const JobControl &job) -> Result<StagedImport> {
        auto rows = stageRows(request, folder, job, [&](const ImportProgress &now) {
            post(door, [control, progress, now] {
                if (progress && !control->cancelled()) // dropping the Call cancels
                    progress(now);
            });
        });
        if (!rows)
            return rows.failure();
        auto keeper = std::make_shared<StagingKeeper>(rows->stagingFile);
        return StagedImport{request, std::move(*rows), {}, std::move(keeper), {}};
    };
    const Staging staging
        = [this, control, work](auto next) { return start<Result<StagedImport>>(control, work, std::move(next)); };
    return withPreview(control, staging, std::move(then));
}

Call Importer::openStage(std::function<void(Result<std::shared_ptr<RowStage>>)> then)
{
    return start<Result<std::shared_ptr<RowStage>>>(
        std::make_shared<JobControl>(), [folder = m_folder](const JobControl &) { return RowStage::create(folder); },
        std::move(then));
}

Call Importer::append(
    const std::shared_ptr<RowStage> &stage, std::vector<ListedRow> rows, std::function<void(Done)> then)
{
    return start<Done>(
        std::make_shared<JobControl>(),
        [stage, rows = std::move(rows)](const JobControl &) { return stage->append(rows); }, std::move(then));
}

Call Importer::closeStage(const std::shared_ptr<RowStage> &stage, const ImportOrigin &origin,
    const ConsentEvent &consent, std::shared_ptr<JobControl> control, std::function<void(Result<StagedImport>)> then)
{
    auto work = [stage, origin, consent](const JobControl &) -> Result<StagedImport> {
        auto rows = stage->close();
        if (!rows)
            return rows.failure();
        ImportRequest request;
        request.consent = consent;
        auto keeper = std::make_shared<StagingKeeper>(rows->stagingFile);
        return StagedImport{std::move(request), std::move(*rows), {}, std::move(keeper), origin};
    };
    const Staging staging
        = [this, control, work](auto next) { return start<Result<StagedImport>>(control, work, std::move(next)); };
    return withPreview(control, staging, std::move(then));
}

Call Importer::commit(const StagedImport &staged, const ConsentEvent &consent, std::shared_ptr<JobControl> control,
    std::function<void(Progress)> progress, std::function<void(Result<ImportOutcome>)> then)
{
    ImportAbout about;
    about.act = staged.origin.act;
    about.account = staged.origin.account;
    about.fileName = staged.origin.name.isEmpty() ? QFileInfo(staged.request.file).fileName() : staged.origin.name;
    about.fileBytes = staged.rows.fileBytes;
    about.sha256 = staged.rows.sha256;
    about.consent = consent;
    // The keeper lives until the store has answered: a dropped StagedImport must not take the file from under it.
    return m_store.imports().commit(staged.file->path(), about, std::move(control), std::move(progress),
        [keeper = staged.file, then = std::move(then)](Result<ImportOutcome> outcome) { then(std::move(outcome)); });
}

Call Importer::exportRejected(BatchId batch, const QString &file, std::function<QString(const QString &)> words,
    std::function<void(Result<qint64>)> then)
{
    auto state = std::make_shared<Call::State>();
    auto step = std::make_shared<Call>();
    state->stop = [step] { *step = Call(); };
    auto answer = [state, then = std::move(then)](Result<qint64> result) {
        if (std::exchange(state->open, false))
            then(std::move(result));
    };
    *step = m_store.imports().rejected(batch, [this, step, file, words = std::move(words), answer](auto rows) {
        if (!rows)
            return answer(rows.failure());
        // Reasons become words here: translators are not for worker threads.
        std::vector<QStringList> lines;
        for (const Imports::RejectedRow &row : *rows)
            lines.push_back({QString::number(row.line), words(row.reason), row.raw});
        *step = start<Result<qint64>>(
            std::make_shared<JobControl>(), [file, lines](const JobControl &) { return writeRejected(file, lines); },
            answer);
    });
    return Call(state);
}

} // namespace rollcall
