// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ids.h"
#include "models/tables/fold.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace rollcall {

/// Some thousand people's folded texts in one block, ids ascending. Never changes once built, so that scans on other
/// threads need no lock.
class SearchSegment {
public:
    /// `fields` parted by U+001F; field 1 is the number as typed, whose digits are added for themselves.
    void add(PersonId id, const QString &fields);
    void finish(); ///< sorts by id when rows did not come in that order
    [[nodiscard]] std::size_t bytes() const { return m_text.size(); }
    [[nodiscard]] std::size_t size() const { return m_ids.size(); }
    [[nodiscard]] PersonId idAt(std::size_t row) const { return m_ids[row]; }
    /// The row of `id`, or size().
    [[nodiscard]] std::size_t find(PersonId id) const;
    /// Appends the rows that contain the needle, ascending, each once.
    void scan(const Needle &needle, std::vector<std::uint32_t> &rows) const;

private:
    void scanFor(const std::string &needle, std::vector<std::uint32_t> &rows) const;
    std::string m_text; ///< each row ends with '\0', which no needle contains
    std::vector<std::uint32_t> m_ends; ///< end of each row in m_text
    std::vector<PersonId> m_ids;
};

/// Collects rows into segments of a few MiB: small enough to be shared out to threads, and growing one never copies
/// much.
class SearchSegments {
public:
    void add(PersonId id, const QString &fields);
    /// The finished segments; empty afterwards.
    [[nodiscard]] std::vector<std::shared_ptr<const SearchSegment>> take();

private:
    std::vector<std::shared_ptr<const SearchSegment>> m_done;
    std::shared_ptr<SearchSegment> m_open;
};

} // namespace rollcall
