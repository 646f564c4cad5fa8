// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/json.h"
#include "models/gateways/dialects/wire.h"

namespace rollcall {

/// What a reply of Wawp's that is no success means (gateways.md 4.3).
struct WawpTrouble {
    Failure failure = {};
    bool aboutSession = false; ///< about the session, the plan or the route, not about the person asked for
    bool engineSaysNo = false; ///< in its own words ("not implemented by the engine"), not by a bare 501
};

/// Does a 2xx body carry an error all the same? One of the three envelopes, `result` or `success` false.
[[nodiscard]] bool hasWawpError(const Json &body);

/// The meaning of a reply with an error status, or of a 2xx that hasWawpError().
[[nodiscard]] WawpTrouble wawpTrouble(const HttpReply &reply);

/// The body of a 2xx without an error in it; null when it is empty (a block's 201 has none). Else the failure.
[[nodiscard]] Result<Json> wawpBody(const HttpReply &reply);

} // namespace rollcall
