// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/operation.h"
#include "models/gateways/dialects/wire.h"
#include "models/store/blocks.h"

#include <functional>
#include <span>
#include <vector>

namespace rollcall {

/// What the run does after one request was answered.
enum class AfterWrite {
    GoOn,
    Halt, ///< the operator has to do something (401, account locked, engine cannot block)
    Wait, ///< nothing was taken: offline, 429
    Smaller, ///< the request as such was refused: in smaller batches, to find the one it is about
    Unclear, ///< may have arrived; a few of these in a row stop the run
    ListFull, ///< 139101: nothing more will be taken
};

struct WriteOutcome {
    std::vector<OperationAnswer> answers = {}; ///< one per item, in their order
    AfterWrite after = AfterWrite::GoOn;
};

/// Pure: the reply to one write as answers of its operations (reliability.md C5). `inputOf`: item -> index among the
/// inputs asked. `nowMs`: wall time; `backoffMs`: what to wait where the gateway does not say.
[[nodiscard]] WriteOutcome readWrite(std::span<const OperationItem> items, std::span<const std::size_t> inputOf,
    const Result<BlockReply> &reply, qint64 nowMs, const std::function<qint64()> &backoffMs);

/// The stable reason (Why) for a gateway's code on one person.
[[nodiscard]] QString whyOf(int code);

} // namespace rollcall
