// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/json.h"
#include "models/gateways/dialects/wire.h"

#include <optional>

namespace rollcall {

// The errors of an on-premises node (gateways.md 1.6). Pure; any thread.

/// The first error of the node's envelope {"errors":[{"code","title","details"}]}; code 0 when it tells none.
struct NodeError {
    qint64 code = 0;
    QString title = {};
};

[[nodiscard]] std::optional<NodeError> nodeErrorIn(const Json &body);

[[nodiscard]] Failure nodeFailure(int status, const NodeError &error);

} // namespace rollcall
