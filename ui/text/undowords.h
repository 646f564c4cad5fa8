// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace rollcall {

struct UndoReport;

/// "Undone: Import, 12 people. 3 were left alone because something changed them later." `undone`: false when it was
/// done again. The same words wherever a command is taken back.
[[nodiscard]] QString undoSentence(const UndoReport &report, bool undone);

} // namespace rollcall
