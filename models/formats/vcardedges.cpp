// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/formats/vcardedges.h"

#include <algorithm>

namespace rollcall {

namespace {

constexpr std::string_view blanks = " \t";

bool same(std::string_view text, std::string_view word)
{
    return text.size() == word.size() && std::equal(text.begin(), text.end(), word.begin(), [](char a, char b) {
        return (a >= 'a' && a <= 'z' ? char(a - 'a' + 'A') : a) == b;
    });
}

std::string_view trimmed(std::string_view text)
{
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    const std::size_t last = text.find_last_not_of(blanks);
    return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

bool isEdge(std::string_view line, std::string_view word)
{
    if (line.starts_with("\xef\xbb\xbf"))
        line.remove_prefix(3);
    const std::size_t colon = line.find(':');
    // A line that begins with a blank goes on with the one before.
    return colon != std::string_view::npos && blanks.find(line.front()) == std::string_view::npos
        && same(trimmed(line.substr(0, colon)), word) && same(trimmed(line.substr(colon + 1)), "VCARD");
}

/// A property AGENT, whatever its group and parameters.
bool isAgent(std::string_view line)
{
    const std::string_view name = line.substr(0, std::min(line.find_first_of(";:"), line.size()));
    const std::size_t dot = name.rfind('.');
    return same(dot == std::string_view::npos ? name : name.substr(dot + 1), "AGENT");
}

} // namespace

bool beginsVCard(std::string_view line)
{
    return isEdge(line, "BEGIN");
}

bool endsVCard(std::string_view line)
{
    return isEdge(line, "END");
}

VCardEdges::Line VCardEdges::next(std::string_view line)
{
    const bool folded = !line.empty() && blanks.find(line.front()) != std::string_view::npos;
    if (m_agent == Agent::Here && !folded)
        ++m_depth;
    const bool inner = m_agent == Agent::Next;
    if (m_agent == Agent::Here || !trimmed(line).empty())
        m_agent = Agent::No;
    if (beginsVCard(line)) {
        if (m_depth > 0 && inner) {
            ++m_depth;
            return Line::Inner;
        }
        const bool open = m_depth > 0;
        m_depth = 1;
        return open ? Line::NextBegin : Line::Begin;
    }
    if (m_depth == 0)
        return Line::Outside;
    if (endsVCard(line))
        return --m_depth == 0 ? Line::End : Line::Inner;
    if (const std::size_t colon = line.find(':'); colon != std::string_view::npos && isAgent(line)) {
        const std::string_view value = trimmed(line.substr(colon + 1));
        m_agent = value.empty() ? Agent::Next : beginsVCard(value) ? Agent::Here : Agent::No;
    }
    return m_depth == 1 ? Line::Inside : Line::Inner;
}

} // namespace rollcall
