// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/card.h"

#include <QByteArray>
#include <QStringList>
#include <vector>

namespace rollcall {

inline constexpr qsizetype mostVCardBytes = 64 * 1024 * 1024; ///< what is behind is not read

/// What a .vcf file holds.
struct VCardsRead {
    std::vector<Card> cards = {}; ///< those with a name, a company or a number, in order
    qint64 leftOut = 0; ///< further ones above the limit
    qint64 empty = 0; ///< cards without any of these
    /// Properties a card has no room for ("PHOTO", "NOTE"; a value above 16 KiB, a 101st number), each once, in upper
    /// case; at most 100 names.
    QStringList dropped = {};
    qint64 open = 0; ///< cards without an END: of them nothing is taken, for what is missing is not known
    bool truncated = false; ///< the text was longer than mostVCardBytes
};

/// Reads vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350): folded lines, quoted-printable, groups with X-ABLabel and
/// X-ABADR, `waid` beside TYPE. What vCardOf() writes comes back as it was, as far as a vCard has room for it. Text
/// that is no UTF-8 and names no charset is read as Windows-1252. Never fails: what is no vCard is passed over, and so
/// is the card of an agent inside that of a person. One card without an END costs one card. Pure; any thread. `most`:
/// cards at most.
[[nodiscard]] VCardsRead readVCards(const QByteArray &bytes, int most);

} // namespace rollcall
