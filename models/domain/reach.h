// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "models/domain/ids.h"

#include <QString>

namespace rollcall {

/// The text under which this kind of gateway reaches somebody with a write: "+digits" of a confirmed wa_id before those
/// of the number (gateways.md 6.2), Wawp also a chat id ("1@lid", "1@c.us"), Meta's kinds a user id ("MA.1587…", in
/// `otherName`). Empty = by none of these names; no digits are ever made up.
[[nodiscard]] QString textToReach(GatewayKind kind, AliasKey alias, const QString &waId, const QString &otherName);

} // namespace rollcall
