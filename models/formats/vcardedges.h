// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace rollcall {

/// "BEGIN:VCARD" and "END:VCARD" in any case, blanks where 2.1 allows them; a byte order mark of UTF-8 before it (files
/// put together) is passed over. Pure; any thread.
[[nodiscard]] bool beginsVCard(std::string_view line);
[[nodiscard]] bool endsVCard(std::string_view line);

/// Where the cards of a file begin and end, told from its lines one by one, as they stand or unfolded, without what
/// ends them. Only the card of an agent (2.1: "AGENT:", and its BEGIN next) is one inside another; every other BEGIN
/// begins the next card, so that one without an END costs one card and not all behind it. Any one thread.
class VCardEdges final {
public:
    enum class Line {
        Outside, ///< of every card
        Begin,
        Inside,
        Inner, ///< of the agent's card, its BEGIN and END too
        End,
        NextBegin, ///< BEGIN of a card while the one before has no END
    };
    Line next(std::string_view line);
    [[nodiscard]] bool isOpen() const { return m_depth > 0; } ///< a card has begun and not ended

private:
    enum class Agent { No, Next, Here }; ///< its card follows; has begun unless the text goes on folded (3.0)
    int m_depth = 0; ///< 2: inside the card of an agent
    Agent m_agent = Agent::No;
};

} // namespace rollcall
