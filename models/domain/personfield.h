// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace rollcall {

/// What an edit, an import and an undo speak of. Stored as these numbers: never renumber.
enum class PersonField { Name = 1, Number = 2, Email = 3, Organisation = 4, Tags = 5, Note = 6 };

} // namespace rollcall
