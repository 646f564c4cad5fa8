// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

namespace rollcall {

/// The kind of a failure as it is stored: "offline", "tls" … Stable. What has no word is "storage".
[[nodiscard]] QString failureWord(Failure::Kind kind);
/// Back again; a word of a newer Rollcall reads as Storage.
[[nodiscard]] Failure::Kind failureOfWord(const QString &word);

} // namespace rollcall
