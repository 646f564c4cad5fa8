// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <unordered_map>
#include <utility>

namespace rollcall {

/// Rows by key, the recently used ones: two generations, of which the older is dropped when the younger is full. A row
/// may be stale: still shown, but to be read again. A key may be known to be gone.
template <class Key, class Row> class RowCache {
public:
    struct Entry {
        std::optional<Row> row; ///< absent: there is no such row any more
        bool stale = false;
    };
    explicit RowCache(std::size_t mostPerGeneration)
        : m_most(mostPerGeneration)
    {
    }
    const Entry *find(Key key)
    {
        if (const auto young = m_young.find(key); young != m_young.end())
            return &young->second;
        const auto old = m_old.find(key);
        if (old == m_old.end())
            return nullptr;
        Entry kept = std::move(old->second);
        m_old.erase(old);
        makeRoom();
        return &(m_young[key] = std::move(kept));
    }
    void put(Key key, std::optional<Row> row)
    {
        m_old.erase(key);
        makeRoom();
        m_young[key] = Entry{std::move(row), false};
    }
    void markStale(Key key)
    {
        for (auto *generation : {&m_young, &m_old}) {
            if (const auto at = generation->find(key); at != generation->end())
                at->second.stale = true;
        }
    }
    void markAllStale()
    {
        for (auto *generation : {&m_young, &m_old}) {
            for (auto &[key, entry] : *generation)
                entry.stale = true;
        }
    }
    void clear()
    {
        m_young.clear();
        m_old.clear();
    }

private:
    using Generation = std::unordered_map<Key, Entry>;
    void makeRoom()
    {
        if (m_young.size() >= m_most)
            m_old = std::exchange(m_young, {});
    }
    std::size_t m_most;
    Generation m_young;
    Generation m_old;
};

} // namespace rollcall
