// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace rollcall {

/// Offset of the first byte that is no UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF), or
/// npos. ASCII goes at eight bytes a step.
[[nodiscard]] std::size_t firstBadUtf8(std::string_view text);

/// What stands at the front of `text`: bytes of one well-formed sequence, 0 when it is none. With `cut` set when the
/// text ends inside a sequence that is well-formed so far.
[[nodiscard]] std::size_t utf8Length(std::string_view text, bool *cut = nullptr);

} // namespace rollcall
