// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace rollcall {

struct Tokens;

/// The style sheet of a theme. Widgets opt into a look by the dynamic property "look":
/// "primary" (filled button), "danger", "quiet" (flat button), "title", "heading", "muted" (labels), "card" (frames),
/// "banner-warning", "banner-bad", "banner-info", "banner-sandbox" (frames over a page).
[[nodiscard]] QString styleSheetOf(const Tokens &tokens);

} // namespace rollcall
