// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLineEdit;

namespace rollcall {

/// What every search field has: a magnifier, which is a picture and no button (nothing happens on it, so neither the
/// keyboard nor a screen reader stops there), and a button that clears it, reached with Tab while there is a text.
void setUpSearch(QLineEdit &search);

} // namespace rollcall
