// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/searchsegment.h"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <string_view>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace rollcall {
namespace {

constexpr std::size_t segmentBytes = 4 << 20;

const char *findPlain(const char *begin, const char *end, std::string_view needle)
{
    const std::string_view hay(begin, static_cast<std::size_t>(end - begin));
    const auto at = hay.find(needle);
    return at == std::string_view::npos ? end : begin + at;
}

#if defined(__SSE2__)
// 16 positions at once: only where first and last byte of the needle both fit is it compared in full
// (performance.md: 2-3x glibc's memmem on such text).
const char *findBytes(const char *begin, const char *end, std::string_view needle)
{
    const auto length = static_cast<std::ptrdiff_t>(needle.size());
    const __m128i first = _mm_set1_epi8(needle.front());
    const __m128i last = _mm_set1_epi8(needle.back());
    const char *at = begin;
    for (; end - at >= length + 15; at += 16) {
        const __m128i heads = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
        const __m128i tails = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at + length - 1));
        auto fits = static_cast<unsigned>(
            _mm_movemask_epi8(_mm_and_si128(_mm_cmpeq_epi8(heads, first), _mm_cmpeq_epi8(tails, last))));
        for (; fits != 0; fits &= fits - 1) {
            const char *candidate = at + __builtin_ctz(fits);
            if (std::memcmp(candidate, needle.data(), needle.size()) == 0)
                return candidate;
        }
    }
    return findPlain(at, end, needle);
}
#else
const char *findBytes(const char *begin, const char *end, std::string_view needle)
{
    return findPlain(begin, end, needle);
}
#endif

} // namespace

void SearchSegment::add(PersonId id, const QString &fields)
{
    appendFolded(m_text, fields);
    const QChar parting(0x1F);
    const auto typedAt = fields.indexOf(parting) + 1;
    if (typedAt > 0) {
        const auto typedEnd = fields.indexOf(parting, typedAt);
        const std::string digits = digitsOf(QStringView(fields).mid(typedAt, typedEnd < 0 ? -1 : typedEnd - typedAt));
        if (!digits.empty())
            m_text.append(1, '\x1f').append(digits);
    }
    m_text.push_back('\0');
    m_ends.push_back(static_cast<std::uint32_t>(m_text.size()));
    m_ids.push_back(id);
}

void SearchSegment::finish()
{
    if (!std::is_sorted(m_ids.begin(), m_ids.end())) {
        std::vector<std::uint32_t> order(m_ids.size());
        std::iota(order.begin(), order.end(), 0U);
        std::sort(order.begin(), order.end(), [this](auto a, auto b) { return m_ids[a] < m_ids[b]; });
        SearchSegment sorted;
        for (const auto row : order) {
            const std::uint32_t begin = row == 0 ? 0 : m_ends[row - 1];
            sorted.m_text.append(m_text, begin, m_ends[row] - begin);
            sorted.m_ends.push_back(static_cast<std::uint32_t>(sorted.m_text.size()));
            sorted.m_ids.push_back(m_ids[row]);
        }
        *this = std::move(sorted);
    }
    m_text.shrink_to_fit();
    m_ends.shrink_to_fit();
    m_ids.shrink_to_fit();
}

std::size_t SearchSegment::find(PersonId id) const
{
    const auto at = std::lower_bound(m_ids.begin(), m_ids.end(), id);
    return at != m_ids.end() && *at == id ? static_cast<std::size_t>(at - m_ids.begin()) : m_ids.size();
}

void SearchSegment::scan(const Needle &needle, std::vector<std::uint32_t> &rows) const
{
    if (needle.digits.empty() || needle.text.empty())
        return scanFor(needle.text.empty() ? needle.digits : needle.text, rows);
    std::vector<std::uint32_t> byText;
    std::vector<std::uint32_t> byDigits;
    scanFor(needle.text, byText);
    scanFor(needle.digits, byDigits);
    std::set_union(byText.begin(), byText.end(), byDigits.begin(), byDigits.end(), std::back_inserter(rows));
}

void SearchSegment::scanFor(const std::string &needle, std::vector<std::uint32_t> &rows) const
{
    if (needle.empty())
        return;
    const char *const begin = m_text.data();
    const char *const end = begin + m_text.size();
    auto row = m_ends.begin();
    for (const char *at = begin; at < end;) {
        at = findBytes(at, end, needle);
        if (at >= end)
            return;
        const auto offset = static_cast<std::uint32_t>(at - begin);
        // Frequent hits lie in the next rows, rare ones far away: look near first.
        const auto near = m_ends.end() - row > 8 ? row + 8 : m_ends.end();
        row = near != m_ends.end() && *(near - 1) <= offset ? std::upper_bound(near, m_ends.end(), offset)
                                                            : std::upper_bound(row, near, offset);
        rows.push_back(static_cast<std::uint32_t>(row - m_ends.begin()));
        at = begin + *row;
    }
}

void SearchSegments::add(PersonId id, const QString &fields)
{
    if (!m_open)
        m_open = std::make_shared<SearchSegment>();
    m_open->add(id, fields);
    if (m_open->bytes() < segmentBytes)
        return;
    m_open->finish();
    m_done.push_back(std::exchange(m_open, nullptr));
}

std::vector<std::shared_ptr<const SearchSegment>> SearchSegments::take()
{
    if (m_open) {
        m_open->finish();
        m_done.push_back(std::exchange(m_open, nullptr));
    }
    return std::exchange(m_done, {});
}

} // namespace rollcall
