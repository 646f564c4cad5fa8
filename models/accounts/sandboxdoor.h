// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/masked.h"
#include "models/domain/account.h"

namespace rollcall {

/// One of the gateways that the built-in sandbox speaks as, and what an account needs to be let in.
struct SandboxDoor {
    GatewayKind kind = GatewayKind::OnPrem;
    QUrl address = {};
    QString user = {}; ///< on-premises: login name
    QString sender = {}; ///< sendapi: session id; CommBox: stream id; Wawp: instance id
    Secret secret = {}; ///< kept in memory only
};

/// A new account behind this door, or what is saved already with the door as it is now: name, country, freshness and
/// budget are the operator's.
[[nodiscard]] Account sandboxAccount(const SandboxDoor &door, const Account *known);

} // namespace rollcall
