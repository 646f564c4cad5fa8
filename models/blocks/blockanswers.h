// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/operation.h"
#include "models/gateways/dialects/wire.h"
#include "models/runs/operationanswers.h"
#include "models/store/blocks.h"

#include <functional>
#include <span>
#include <vector>

namespace rollcall {

/// Pure: the reply to one write as answers of its operations (reliability.md C5). `inputOf`: item -> index among the
/// inputs asked. `nowMs`: wall time; `backoffMs`: what to wait where the gateway does not say.
[[nodiscard]] WriteOutcome readWrite(std::span<const OperationItem> items, std::span<const std::size_t> inputOf,
    const Result<BlockReply> &reply, qint64 nowMs, const std::function<qint64()> &backoffMs);

} // namespace rollcall
