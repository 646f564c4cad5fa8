// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace rollcall {

/// Text from outside as one line for the eye: marks that would turn the direction of what stands around them are shown
/// as "‹U+202E›", line breaks and other control characters as blanks. What was not dangerous comes back unchanged.
[[nodiscard]] QString oneLine(const QString &foreign);

/// A phone number that stays left-to-right within right-to-left text. Adds nothing in a left-to-right window.
[[nodiscard]] QString numberText(const QString &number);

/// For tool tips, which would take text for markup.
[[nodiscard]] QString plainTip(const QString &foreign);

} // namespace rollcall
