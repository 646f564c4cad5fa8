// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/exchange/stagejob.h"

#include "models/exchange/rowstage.h"
#include "models/exchange/seenrows.h"
#include "models/exchange/stagingfile.h"
#include "models/exchange/vcardrows.h"
#include "models/formats/textsource.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace rollcall {

namespace {

constexpr std::size_t batchRows = 4096;
constexpr std::size_t queuedBatches = 6;
constexpr auto progressEvery = std::chrono::milliseconds(100);

struct Row {
    qint64 line = 0;
    qint64 sameAs = 0;
    PlannedRow planned = {}; ///< with a reason: `raw` holds the record
};
using Batch = std::vector<Row>;

/// Batches on their way to the writer; used ones come back, so that their strings are allocated once.
class BatchQueue final {
public:
    /// False when the writer has given up.
    bool push(Batch batch)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_full.size() < queuedBatches || m_closed; });
        if (m_closed)
            return false;
        m_full.push_back(std::move(batch));
        m_changed.notify_all();
        return true;
    }
    /// The next batch; nothing when closed and empty.
    std::optional<Batch> pop()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_full.empty() || m_closed; });
        if (m_full.empty())
            return {};
        Batch batch = std::move(m_full.front());
        m_full.pop_front();
        m_changed.notify_all();
        return batch;
    }
    void giveBack(Batch batch)
    {
        const std::lock_guard lock(m_mutex);
        m_spare.push_back(std::move(batch));
    }
    Batch spare()
    {
        const std::lock_guard lock(m_mutex);
        if (m_spare.empty())
            return Batch(batchRows);
        Batch batch = std::move(m_spare.back());
        m_spare.pop_back();
        batch.resize(batchRows);
        return batch;
    }
    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        m_changed.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Batch> m_full;
    std::vector<Batch> m_spare;
    bool m_closed = false;
};

/// The second thread: writes what comes until the queue is closed and empty, or until it fails.
class Writer final {
public:
    Writer(StagingFile &file, BatchQueue &queue)
        : m_file(file)
        , m_queue(queue)
        , m_thread([this] { run(); })
    {
    }
    ~Writer() { static_cast<void>(finish()); }
    Writer(const Writer &) = delete;
    Writer &operator=(const Writer &) = delete;
    Done finish()
    {
        m_queue.close();
        if (m_thread.joinable())
            m_thread.join();
        return m_failure ? Done(*m_failure) : Done(Nothing{});
    }

private:
    void run()
    {
        while (auto batch = m_queue.pop()) {
            for (const Row &row : *batch) {
                const PlannedRow &planned = row.planned;
                const Done done = planned.reason ? m_file.reject(row.line, planned.raw, planned.reason)
                                                 : m_file.add(row.line, planned, row.sameAs);
                if (!done) {
                    m_failure = done.failure();
                    m_queue.close();
                    return;
                }
            }
            m_queue.giveBack(std::move(*batch));
        }
    }

    StagingFile &m_file;
    BatchQueue &m_queue;
    std::optional<Failure> m_failure;
    std::thread m_thread; // last: starts when the rest is there
};

/// The records of the file, whatever its kind.
class Records final {
public:
    static Result<Records> open(const ImportRequest &request)
    {
        Records records;
        if (request.format.cards) {
            auto cards = VCardRows::open(request.file);
            if (!cards)
                return cards.failure();
            records.m_cards = std::move(*cards);
            return records;
        }
        auto text = TextSource::open(request.file, request.format.encoding);
        if (!text)
            return text.failure();
        records.m_text = std::move(*text);
        records.m_table = std::make_unique<CsvReader>(
            [text = records.m_text.get()](char *to, qint64 size) { return text->read(to, size); },
            request.format.delimiter, !records.m_text->isUtf8());
        return records;
    }
    [[nodiscard]] const TextSource &source() const { return m_cards ? m_cards->source() : *m_text; }
    [[nodiscard]] QStringList leftOut() const
    {
        return m_cards ? QStringList(m_cards->leftOut().begin(), m_cards->leftOut().end()) : QStringList();
    }
    [[nodiscard]] qint64 manyNumbers() const { return m_cards ? m_cards->manyNumbers() : 0; }
    Result<bool> next(CsvRecord &record) { return m_cards ? m_cards->next(record) : m_table->next(record); }

private:
    std::unique_ptr<TextSource> m_text;
    std::unique_ptr<CsvReader> m_table;
    std::unique_ptr<VCardRows> m_cards;
};

/// The first thread: from the file to batches.
class Producer final {
public:
    Producer(const ImportRequest &request, Records &records, BatchQueue &queue)
        : m_request(request)
        , m_reader(records)
        , m_source(records.source())
        , m_queue(queue)
        , m_plan(request.columns, request.region)
        , m_batch(queue.spare())
    {
    }

    Result<StagedRows> run(const JobControl &control, const std::function<void(const ImportProgress &)> &progress)
    {
        CsvRecord record;
        bool header = m_request.format.header;
        auto told = std::chrono::steady_clock::now();
        for (qint64 records = 0;; ++records) {
            if ((records & 255) == 0) {
                if (const auto now = std::chrono::steady_clock::now(); now - told >= progressEvery) {
                    told = now;
                    progress({m_rows.rows, m_source.bytesRead(), m_source.bytes()});
                }
                while (control.paused() && !control.cancelled())
                    std::this_thread::sleep_for(std::chrono::milliseconds(20));
                if (control.cancelled())
                    return Failure{.kind = Failure::Kind::Cancelled};
            }
            const auto more = m_reader.next(record);
            if (!more)
                return more.failure();
            if (!*more)
                break;
            if (skips(record, header))
                continue;
            if (!take(record))
                break;
        }
        if (m_filled > 0)
            flush();
        m_rows.findings = m_plan.findings();
        m_rows.manyNumbers = m_reader.manyNumbers();
        m_rows.leftOut = m_reader.leftOut();
        m_rows.fileBytes = m_source.bytes();
        m_rows.sha256 = m_source.sha256();
        progress({m_rows.rows, m_source.bytesRead(), m_source.bytes()});
        return std::move(m_rows);
    }

private:
    /// Preamble, header, and records without anything in them.
    [[nodiscard]] bool skips(const CsvRecord &record, bool &header) const
    {
        if (m_request.format.cards)
            return record.blank() && record.trouble == CsvRecord::Trouble::None;
        return record.line < m_request.format.firstLine || record.blank() || std::exchange(header, false);
    }

    /// False when the writer has given up.
    bool take(const CsvRecord &record)
    {
        Row &row = m_batch[m_filled++];
        row.line = record.line;
        row.sameAs = 0;
        m_plan.plan(record, row.planned);
        ++m_rows.rows;
        if (row.planned.reason) {
            row.planned.raw = rejectedRaw(record);
            ++m_rows.rejected[row.planned.reason];
            if (auto &lines = m_rows.rejectedLines[row.planned.reason]; lines.size() < StagedRows::mostLines)
                lines.push_back(row.line);
        } else {
            row.sameAs = m_seen.firstLine(sameRowKey(row.planned), row.line);
            m_rows.repeated += qint64(row.sameAs > 0);
        }
        return m_filled < batchRows || flush();
    }

    bool flush()
    {
        m_batch.resize(std::exchange(m_filled, 0));
        const bool taken = m_queue.push(std::move(m_batch));
        m_batch = m_queue.spare();
        return taken;
    }

    const ImportRequest &m_request;
    Records &m_reader;
    const TextSource &m_source;
    BatchQueue &m_queue;
    ImportPlan m_plan;
    SeenRows m_seen;
    StagedRows m_rows;
    Batch m_batch;
    std::size_t m_filled = 0;
};

} // namespace

Result<StagedRows> stageRows(const ImportRequest &request, const QString &folder, const JobControl &control,
    const std::function<void(const ImportProgress &)> &progress)
{
    auto records = Records::open(request);
    if (!records)
        return records.failure();
    auto file = StagingFile::create(folder);
    if (!file)
        return file.failure();
    BatchQueue queue;
    Writer writer(**file, queue);
    Producer producer(request, *records, queue);
    Result<StagedRows> rows = producer.run(control, progress);
    if (const Done written = writer.finish(); !written)
        return written.failure();
    if (!rows) {
        Failure failure = rows.failure();
        failure.subject = request.file;
        return failure;
    }
    if (rows->rows == 0)
        return Failure{.kind = Failure::Kind::BadInput, .detail = QStringLiteral("no-rows"), .subject = request.file};
    const auto closed = (*file)->close();
    if (!closed)
        return closed.failure();
    rows->stagingFile = *closed;
    return rows;
}

} // namespace rollcall
