// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace rollcall {

/// ISO 3166 two-letter region for what stands in a country column: "de", "DEU", "Germany", "Deutschland". Empty when it
/// is none of these, or none that has telephone numbers. Any thread.
[[nodiscard]] QString regionOf(const QString &cell);

} // namespace rollcall
