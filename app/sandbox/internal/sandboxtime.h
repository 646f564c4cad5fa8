// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace rollcall {

/// "2024-08-06T07:51:52.258", no zone behind it.
[[nodiscard]] std::string sandboxTime(std::int64_t utcMs);

} // namespace rollcall
