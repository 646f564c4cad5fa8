// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <vector>

namespace rollcall {

/// Remembers the line at which a key (not 0) was first seen: open addressing, 16 bytes a slot, at most three quarters
/// full.
class SeenRows final {
public:
    /// Line of the first row with `key`, or 0 when this is it (it is then remembered with `line`).
    qint64 firstLine(quint64 key, qint64 line)
    {
        if ((m_used + 1) * 4 > m_slots.size() * 3)
            grow();
        Slot &slot = find(key);
        if (slot.key == key)
            return slot.line;
        slot = {key, line};
        ++m_used;
        return 0;
    }

private:
    struct Slot {
        quint64 key = 0;
        qint64 line = 0;
    };

    Slot &find(quint64 key)
    {
        // Fibonacci hashing: neighbouring numbers lie far apart.
        std::size_t at = (key * 0x9E3779B97F4A7C15ULL) >> m_shift;
        while (m_slots[at].key != 0 && m_slots[at].key != key)
            at = (at + 1) & (m_slots.size() - 1);
        return m_slots[at];
    }

    void grow()
    {
        std::vector<Slot> old(m_slots.size() * 2);
        old.swap(m_slots);
        --m_shift;
        for (const Slot &slot : old) {
            if (slot.key != 0)
                find(slot.key) = slot;
        }
    }

    std::vector<Slot> m_slots = std::vector<Slot>(1024);
    int m_shift = 54;
    std::size_t m_used = 0;
};

} // namespace rollcall
