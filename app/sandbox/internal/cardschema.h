// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/sandboxjson.h"

#include <optional>
#include <string>
#include <vector>

namespace rollcall {

/// What is wrong with the cards of a contacts message.
struct CardComplaint final {
    enum class Kind { UnknownKey, WrongType, Missing, BadValue };
    Kind kind = Kind::BadValue;
    std::string where = {}; ///< "contacts[0]['name']"
    std::string details = {};
};

/// Reads the `contacts` member as vendor page E and Meta's published schema have it, unknown keys refused; `imsToo`
/// lets the on-premises node's old `ims` through. Nothing when all is well; `names` gets the formatted name of each
/// card.
[[nodiscard]] std::optional<CardComplaint> readCards(
    const SandboxJson &contacts, bool imsToo, std::vector<std::string> &names);

} // namespace rollcall
