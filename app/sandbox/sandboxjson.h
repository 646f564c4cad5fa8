// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string_view>

namespace rollcall {

using SandboxJson = nlohmann::ordered_json; ///< keeps the order of members: answers look as the vendor prints them

/// One JSON object, strictly: UTF-8, no member twice (at any depth), nothing behind it. Nothing when it is not one.
[[nodiscard]] std::optional<SandboxJson> readSandboxObject(std::string_view body);

/// As text. Bytes that are no UTF-8 (they cannot come from a request body) become U+FFFD.
[[nodiscard]] std::string writeSandboxJson(const SandboxJson &value);

} // namespace rollcall
