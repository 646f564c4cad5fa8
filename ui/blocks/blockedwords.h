// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "models/tables/blocksmodel.h"

#include <functional>

namespace rollcall {

/// Titles and cell texts of the Blocked table, as a person reads them.
[[nodiscard]] BlockedWords blockedWords(std::function<const Account *(AccountId)> accountOf);

/// "+44 7700 900123", or the text of an alias that is no number.
[[nodiscard]] QString shownAlias(AliasKey alias, const QString &text);

} // namespace rollcall
