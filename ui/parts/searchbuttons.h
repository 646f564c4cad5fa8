// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLineEdit;

namespace rollcall {

/// The pictures inside a search field are buttons to a screen reader, and Qt gives them no name: the clearing one (the
/// keyboard has Escape for it) and the leading magnifier. Call it when both are there.
void nameSearchButtons(QLineEdit &search);

} // namespace rollcall
