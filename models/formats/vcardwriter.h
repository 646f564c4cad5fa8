// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/card.h"

#include <QByteArray>

namespace rollcall {

/// One card as vCard 3.0 (RFC 2426) in UTF-8: CRLF after each line, lines folded at 75 octets and never inside a
/// character, text escaped. Several of them one behind the other are a .vcf file. Pure; any thread; never fails.
///
/// What the RFC has no room for is written the way phones do: `waid` beside TYPE on a TEL, TYPE on a URL (RFC 6350),
/// the country code as X-ABADR of the same group. FN must not be empty: without a formatted name the other parts of the
/// name, the company or a number stand in. Left out: a birthday that is no date of the form YYYY-MM-DD, a wa_id that is
/// not digits, entries that hold only a type, and characters no vCard may hold (control characters, and '"' in a type,
/// which becomes an apostrophe).
[[nodiscard]] QByteArray vCardOf(const Card &card);

} // namespace rollcall
