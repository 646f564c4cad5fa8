// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "models/tables/checksmodel.h"
#include "models/tables/runsmodel.h"

namespace rollcall {

/// Titles and cell texts of the Checks page, as a person reads them.
using AccountOf = std::function<const Account *(AccountId)>;
[[nodiscard]] ChecksWords checksWords(AccountOf accountOf);
[[nodiscard]] RunsWords runsWords(AccountOf accountOf);

} // namespace rollcall
