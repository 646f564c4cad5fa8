// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "models/exchange/dossier.h"
#include "models/store/erasures.h"

#include <functional>

namespace rollcall {

/// The facts of one person in words, section by section. `nowMs`: when it was made (wall time UTC).
[[nodiscard]] DossierPage dossierPage(
    const DossierFacts &facts, const std::function<const Account *(AccountId)> &accountOf, qint64 nowMs);

} // namespace rollcall
