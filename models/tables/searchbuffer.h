// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/store/people.h"
#include "models/tables/searchsegment.h"

#include <QObject>
#include <QThreadPool>
#include <atomic>
#include <memory>
#include <vector>

namespace rollcall {

class Store;
struct Change;

/// The searchable text of everybody, in memory: about 66 bytes a person. Filled after the first paint, kept up to date
/// by the store's change counter, scanned on threads of its own. Answers every match, at any length of the text.
/// GUI thread; never waits.
class SearchBuffer final : public QObject {
    Q_OBJECT
public:
    explicit SearchBuffer(Store &store, QObject *parent = nullptr);
    ~SearchBuffer() override;

    /// Starts filling. Until ready() use People::firstMatches(). Calling it again does nothing.
    void load();
    [[nodiscard]] bool isReady() const { return m_ready; }
    /// Those of `spine` whose text contains `text`, in the spine's order. A newer search ends an older one, whose
    /// callback then never runs.
    Call search(const QString &text, std::shared_ptr<const Spine> spine,
        std::function<void(std::shared_ptr<const Spine>)> then);

signals:
    void ready();
    void updated(); ///< texts changed: what was found may have changed

private:
    struct Part {
        std::shared_ptr<const SearchSegment> segment;
        std::shared_ptr<const std::vector<bool>> dead; ///< rows that a later segment replaces; null = none
        std::size_t deadRows = 0;
    };
    using Snapshot = std::vector<Part>;
    struct Job;
    void onChanged(const Change &change);
    void update(bool anew);
    void take(const std::shared_ptr<const Snapshot> &snapshot);
    static std::shared_ptr<const Snapshot> extended(
        const Snapshot &base, const std::vector<std::shared_ptr<const SearchSegment>> &segments);
    static void bury(Part &part, const SearchSegment &newer);
    static void scan(const std::shared_ptr<Job> &job);
    static std::shared_ptr<const Spine> pick(const Job &job);

    Store &m_store;
    bool m_loading = false;
    bool m_ready = false;
    bool m_again = false; ///< a change came while an update was under way
    qint64 m_counter = 0; ///< what to ask the store with next time
    std::shared_ptr<const Snapshot> m_snapshot;
    std::shared_ptr<std::atomic<quint64>> m_newest; ///< number of the newest search; older ones give up
    QThreadPool m_pool;
    Call m_load;
};

} // namespace rollcall
