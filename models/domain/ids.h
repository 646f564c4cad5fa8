// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/id.h"

namespace rollcall {

using PersonId = Id<struct PersonTag>;
using AccountId = Id<struct AccountTag>;
using RunId = Id<struct RunTag>;
using RunItemId = Id<struct RunItemTag>;
using BatchId = Id<struct BatchTag>; ///< everything one command changed; what undo undoes

/// One alias as the key of verdicts and stops. Positive: the digits of an E.164 number (at most 15, so it fits).
/// Negative: a row of the store's table of other names (raw text, wa_id, JID, LID, BSUID). People who share an alias
/// share its verdict.
using AliasKey = Id<struct AliasTag>;

} // namespace rollcall
