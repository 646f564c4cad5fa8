// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/account.h"

#include <QString>
#include <optional>

namespace rollcall {

// With the kind of the account that failed, a gateway's own code gets that vendor's words (gatewaycodes.h).

/// What happened, in one sentence, with the subject (host, path, column) where there is one.
[[nodiscard]] QString whatHappened(const Failure &failure, std::optional<GatewayKind> kind = {});
/// What to do about it.
[[nodiscard]] QString nextStep(const Failure &failure, std::optional<GatewayKind> kind = {});
/// What a person reads: what happened, what was kept, what to do. Shown as Qt::PlainText.
/// A few words for a field of the status line: "Login refused", "Answer not readable".
[[nodiscard]] QString briefly(const Failure &failure);
[[nodiscard]] QString failureSentence(const Failure &failure, std::optional<GatewayKind> kind = {});

} // namespace rollcall
