// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/account.h"

#include <QString>
#include <optional>

namespace rollcall {

/// What one code of one vendor means to the person: a whole sentence each.
struct CodeWords {
    QString happened = {};
    QString next = {};
};

/// The words for a vendor's own code or HTTP status (gateways.md 1.6, 2.3, 3, 4.3, 5.2, 5.4); nothing when the code is
/// not one of that vendor's. Where one status has several meanings, `ownWords` (the gateway's error type or message)
/// decides; it is looked at and never shown.
[[nodiscard]] std::optional<CodeWords> wordsOfCode(GatewayKind kind, int code, const QString &ownWords = {});

/// The same of a failure: its code, with its detail and subject as the gateway's own words. Nothing for failures that
/// are not the gateway's (no network, no keychain, disk full …).
[[nodiscard]] std::optional<CodeWords> wordsOfCode(const Failure &failure, GatewayKind kind);

} // namespace rollcall
