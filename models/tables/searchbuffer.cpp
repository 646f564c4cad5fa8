// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/searchbuffer.h"

#include "models/base/log.h"
#include "models/store/store.h"

#include <QThread>
#include <algorithm>

namespace rollcall {
namespace {

// Every edit adds a part; more than this and looking into each costs more than it saves.
constexpr std::size_t mostParts = 256;

/// A set of person ids: a bit each while ids are dense (they are row numbers of one table), else sorted.
class IdSet {
public:
    explicit IdSet(const std::vector<std::vector<PersonId>> &hits)
    {
        qint64 largest = 0;
        std::size_t count = 0;
        for (const auto &some : hits) {
            count += some.size();
            for (const PersonId id : some)
                largest = std::max(largest, id.value());
        }
        if (largest < denseLimit) {
            m_bits.assign(static_cast<std::size_t>(largest) / 64 + 1, 0);
            for (const auto &some : hits) {
                for (const PersonId id : some)
                    m_bits[index(id)] |= bit(id);
            }
            return;
        }
        m_sorted.reserve(count);
        for (const auto &some : hits)
            m_sorted.insert(m_sorted.end(), some.begin(), some.end());
        std::sort(m_sorted.begin(), m_sorted.end());
    }
    [[nodiscard]] bool contains(PersonId id) const
    {
        if (m_sorted.empty())
            return index(id) < m_bits.size() && (m_bits[index(id)] & bit(id)) != 0;
        return std::binary_search(m_sorted.begin(), m_sorted.end(), id);
    }

private:
    static constexpr qint64 denseLimit = 256'000'000; // 32 MB of bits
    static std::size_t index(PersonId id) { return static_cast<std::size_t>(id.value()) / 64; }
    static quint64 bit(PersonId id) { return quint64(1) << (static_cast<quint64>(id.value()) % 64); }
    std::vector<quint64> m_bits;
    std::vector<PersonId> m_sorted;
};

} // namespace

struct SearchBuffer::Job {
    quint64 number = 0;
    std::shared_ptr<std::atomic<quint64>> newest;
    std::shared_ptr<const Snapshot> snapshot;
    std::shared_ptr<const Spine> spine;
    Needle needle;
    std::atomic<std::size_t> next = 0; ///< part to be scanned next
    std::vector<std::vector<PersonId>> hits; ///< per part
    std::atomic<int> workers = 0; ///< still scanning; the last one answers
    std::function<void(std::shared_ptr<const Spine>)> answer; ///< called on a worker
    [[nodiscard]] bool outdated() const { return newest->load(std::memory_order_relaxed) != number; }
};

SearchBuffer::SearchBuffer(Store &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_snapshot(std::make_shared<const Snapshot>())
    , m_newest(std::make_shared<std::atomic<quint64>>(0))
{
    m_pool.setMaxThreadCount(std::clamp(QThread::idealThreadCount(), 1, 4));
    connect(&m_store, &Store::changed, this, &SearchBuffer::onChanged);
}

SearchBuffer::~SearchBuffer()
{
    ++*m_newest;
    m_pool.waitForDone(); // at most the scan of one segment, about a millisecond
}

void SearchBuffer::load()
{
    if (!m_loading && !m_ready)
        update(true);
}

void SearchBuffer::onChanged(const Change &change)
{
    if ((change.kinds & Change::PeopleChanged) == 0)
        return;
    if (m_loading)
        m_again = true;
    else if (m_ready)
        update(false);
}

void SearchBuffer::update(bool anew)
{
    m_loading = true;
    const auto collected = std::make_shared<SearchSegments>();
    m_load = m_store.people().searchRows(
        anew ? 0 : m_counter, [collected](const SearchRow &row) { collected->add(row.id, row.text); },
        [this, anew, collected](Result<qint64> counter) {
            if (!counter) { // searching goes on through the store, or with the texts known so far
                m_loading = false;
                log::warning("search", QStringLiteral("texts could not be read: ") + counter.failure().detail);
                return;
            }
            m_counter = *counter;
            const auto base = anew ? std::make_shared<const Snapshot>() : m_snapshot;
            m_pool.start([this, base, collected] {
                const auto next = extended(*base, collected->take());
                QMetaObject::invokeMethod(
                    this, [this, next] { take(next); }, Qt::QueuedConnection);
            });
        });
}

void SearchBuffer::take(const std::shared_ptr<const Snapshot> &snapshot)
{
    m_loading = false;
    m_snapshot = snapshot;
    if (!std::exchange(m_ready, true))
        emit ready();
    else
        emit updated();
    std::size_t rows = 0;
    std::size_t dead = 0;
    for (const Part &part : *m_snapshot) {
        rows += part.segment->size();
        dead += part.deadRows;
    }
    const bool worn = dead * 10 > rows || m_snapshot->size() > mostParts + rows / 10'000;
    if (std::exchange(m_again, false) || worn)
        update(worn);
}

std::shared_ptr<const SearchBuffer::Snapshot> SearchBuffer::extended(
    const Snapshot &base, const std::vector<std::shared_ptr<const SearchSegment>> &segments)
{
    auto snapshot = std::make_shared<Snapshot>(base);
    for (const auto &segment : segments) {
        for (Part &part : *snapshot)
            bury(part, *segment);
        snapshot->push_back({segment, nullptr, 0});
    }
    return snapshot;
}

void SearchBuffer::bury(Part &part, const SearchSegment &newer)
{
    const std::size_t rows = part.segment->size();
    if (newer.idAt(0) > part.segment->idAt(rows - 1) || newer.idAt(newer.size() - 1) < part.segment->idAt(0))
        return;
    std::shared_ptr<std::vector<bool>> dead;
    for (std::size_t row = 0; row < newer.size(); ++row) {
        const std::size_t old = part.segment->find(newer.idAt(row));
        if (old == rows || (part.dead && (*part.dead)[old]))
            continue;
        if (!dead)
            dead = part.dead ? std::make_shared<std::vector<bool>>(*part.dead)
                             : std::make_shared<std::vector<bool>>(rows);
        (*dead)[old] = true;
        ++part.deadRows;
    }
    if (dead)
        part.dead = dead;
}

Call SearchBuffer::search(
    const QString &text, std::shared_ptr<const Spine> spine, std::function<void(std::shared_ptr<const Spine>)> then)
{
    const auto job = std::make_shared<Job>();
    job->number = ++*m_newest;
    job->newest = m_newest;
    job->snapshot = m_snapshot;
    job->spine = std::move(spine);
    job->needle = needleOf(text);
    job->hits.resize(job->snapshot->size());
    const int workers = std::clamp(static_cast<int>(job->snapshot->size()), 1, m_pool.maxThreadCount());
    job->workers = workers;

    const auto state = std::make_shared<Call::State>();
    state->stop = [newest = m_newest, number = job->number] {
        auto mine = number;
        newest->compare_exchange_strong(mine, number + 1); // a later search is left alone
    };
    job->answer = [this, state, then = std::move(then)](const std::shared_ptr<const Spine> &found) {
        QMetaObject::invokeMethod(
            this,
            [state, then, found] {
                if (std::exchange(state->open, false))
                    then(found);
            },
            Qt::QueuedConnection);
    };
    for (int worker = 0; worker < workers; ++worker)
        m_pool.start([job] { scan(job); });
    return Call(state);
}

void SearchBuffer::scan(const std::shared_ptr<Job> &job)
{
    std::vector<std::uint32_t> rows;
    for (std::size_t at = job->next++; at < job->snapshot->size() && !job->outdated(); at = job->next++) {
        const Part &part = (*job->snapshot)[at];
        rows.clear();
        part.segment->scan(job->needle, rows);
        auto &hits = job->hits[at];
        hits.reserve(rows.size());
        for (const auto row : rows) {
            if (!part.dead || !(*part.dead)[row])
                hits.push_back(part.segment->idAt(row));
        }
    }
    if (--job->workers > 0 || job->outdated())
        return;
    job->answer(pick(*job));
}

std::shared_ptr<const Spine> SearchBuffer::pick(const Job &job)
{
    if (job.needle.isEmpty())
        return job.spine;
    const IdSet found(job.hits);
    auto picked = std::make_shared<Spine>();
    std::copy_if(job.spine->begin(), job.spine->end(), std::back_inserter(*picked),
        [&found](PersonId id) { return found.contains(id); });
    picked->shrink_to_fit();
    return picked;
}

} // namespace rollcall
