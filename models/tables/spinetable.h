// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/tables/rowcache.h"

#include <QAbstractTableModel>
#include <algorithm>
#include <map>
#include <memory>
#include <vector>

namespace rollcall {

/// A table over an id spine (design.md, big tables): all keys in view order, and the rows of a few windows of 256 keys,
/// read when they are painted. A row that is not there yet is a placeholder; asking for one never blocks and never
/// signals from inside data(). Answers to what is not asked any more are dropped with their Call.
template <class Key, class Row> class SpineTable : public QAbstractTableModel {
public:
    using Keys = std::vector<Key>;
    using Shared = std::shared_ptr<const Keys>;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_spine->size());
    }
    /// All keys in view order. Valid until the model is next reset or rows come in.
    [[nodiscard]] const Keys &spine() const { return *m_spine; }
    [[nodiscard]] Key keyAt(int row) const { return (*m_spine)[static_cast<std::size_t>(row)]; }
    /// The view row of a key, -1 when not shown. 0.3 ms a million.
    [[nodiscard]] int rowOf(Key key) const
    {
        const auto at = std::find(m_spine->begin(), m_spine->end(), key);
        return at == m_spine->end() ? -1 : static_cast<int>(at - m_spine->begin());
    }

protected:
    static constexpr int windowRows = 256;
    static constexpr std::size_t mostWindowsInFlight = 4;
    using Answer = std::function<void(Result<std::vector<Row>>)>;

    explicit SpineTable(QObject *parent)
        : QAbstractTableModel(parent)
        , m_spine(std::make_shared<const Keys>())
    {
    }
    virtual Call read(const Keys &keys, Answer then) const = 0;
    virtual Key keyOf(const Row &row) const = 0;
    virtual void readFailed(const Failure &failure) const = 0;

    /// The row, or null while it is being read (or gone). Asks for its window when it is absent or stale.
    const Row *rowAt(int row) const
    {
        const auto *entry = m_cache.find(keyAt(row));
        if (!entry || entry->stale)
            ask(row / windowRows);
        m_lastRow = row;
        return entry && entry->row ? &*entry->row : nullptr;
    }
    /// The row if it is there already; never asks.
    const Row *rowIfRead(int row) const
    {
        const auto *entry = m_cache.find(keyAt(row));
        return entry && entry->row ? &*entry->row : nullptr;
    }

    /// Shows another spine: first reads the rows that will be on screen (from the top, or, for a newer state of the
    /// same question, where the eye is), then swaps, so that nothing flickers. `then` runs after the swap.
    void show(Shared spine, bool sameQuestion, std::function<void()> then)
    {
        const auto size = static_cast<int>(spine->size());
        const int from = sameQuestion && size > 0 ? std::min(m_lastRow, size - 1) / windowRows * windowRows : 0;
        Keys missing;
        for (int row = from; row < std::min(from + windowRows, size); ++row) {
            const Key key = (*spine)[static_cast<std::size_t>(row)];
            if (const auto *entry = m_cache.find(key); !entry || entry->stale)
                missing.push_back(key);
        }
        if (missing.empty()) {
            swap(std::move(spine));
            return then();
        }
        const auto changes = m_changes;
        m_showing
            = read(missing, [this, changes, missing, spine, then = std::move(then)](Result<std::vector<Row>> rows) {
                  if (rows)
                      keep(missing, *rows);
                  if (changes != m_changes) { // read before, or after? read again
                      for (const Key key : missing)
                          m_cache.markStale(key);
                  }
                  swap(spine);
                  then();
              });
    }

    void staleRows(const Keys &keys)
    {
        for (const Key key : keys)
            m_cache.markStale(key);
        repaint();
    }
    /// Everything is to be read again; only what is painted will be.
    void staleAll()
    {
        m_cache.markAllStale();
        repaint();
    }
    /// Rows read for another account: not shown any more.
    void forgetRows()
    {
        m_asked.clear();
        m_showing = Call();
        m_cache.clear();
        repaint();
    }

private:
    void ask(int window) const
    {
        if (m_asked.contains(window))
            return;
        if (m_asked.size() >= mostWindowsInFlight) // scrolled past: the oldest is not looked at any more
            m_asked.erase(std::min_element(m_asked.begin(), m_asked.end(),
                [](const auto &a, const auto &b) { return a.second.order < b.second.order; }));
        const auto begin = m_spine->begin() + window * windowRows;
        const Keys keys(begin, begin + std::min<qint64>(windowRows, m_spine->end() - begin));
        auto &asked = m_asked[window];
        asked.order = ++m_order;
        auto *self = const_cast<SpineTable *>(this); // data() is const; the answer comes later, from the event loop
        asked.call
            = read(keys, [self, keys, window](Result<std::vector<Row>> rows) { self->supply(window, keys, rows); });
    }
    void supply(int window, const Keys &keys, const Result<std::vector<Row>> &rows)
    {
        const Call done = std::move(m_asked[window].call);
        m_asked.erase(window);
        if (!rows)
            return readFailed(rows.failure());
        keep(keys, *rows);
        const int first = window * windowRows;
        const int last = std::min(first + windowRows, rowCount()) - 1;
        if (first <= last)
            emit dataChanged(index(first, 0), index(last, columnCount() - 1));
    }
    void keep(const Keys &keys, const std::vector<Row> &rows) const
    {
        auto row = rows.begin(); // in the order of the keys, those that are gone left out
        for (const Key key : keys) {
            if (row != rows.end() && keyOf(*row) == key)
                m_cache.put(key, *row++);
            else
                m_cache.put(key, std::nullopt);
        }
    }
    void swap(Shared spine)
    {
        const auto &now = *m_spine;
        if (*spine == now)
            return;
        m_asked.clear();
        const auto more = static_cast<std::ptrdiff_t>(spine->size()) - static_cast<std::ptrdiff_t>(now.size());
        if (more > 0 && !now.empty() && std::equal(now.begin(), now.end(), spine->begin() + more)) {
            beginInsertRows({}, 0, static_cast<int>(more) - 1);
            m_spine = std::move(spine);
            endInsertRows();
            return;
        }
        beginResetModel();
        m_spine = std::move(spine);
        endResetModel();
    }
    void repaint()
    {
        ++m_changes;
        m_asked.clear();
        if (rowCount() > 0)
            emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }

    struct Asked {
        Call call;
        quint64 order = 0;
    };
    Shared m_spine;
    mutable RowCache<Key, Row> m_cache{16 * windowRows};
    mutable std::map<int, Asked> m_asked;
    mutable quint64 m_order = 0;
    mutable int m_lastRow = 0;
    quint64 m_changes = 0;
    Call m_showing;
};

} // namespace rollcall
