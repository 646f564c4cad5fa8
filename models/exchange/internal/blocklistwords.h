// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace rollcall {

/// How a block list that Rollcall wrote begins, and its columns; the same names are the members of a line in JSON.
inline constexpr char blockListMark[] = "# Rollcall block list";
inline constexpr const char *blockListColumns[] = {"number", "name", "block", "do_not_contact", "reason", "note",
    "source", "by", "when", "confirmed", "last_seen", "account"};

} // namespace rollcall
