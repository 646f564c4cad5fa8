// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runs/operationwire.h"

#include <functional>
#include <span>

namespace rollcall {

/// Pure: a write that brought no result, as answers of its operations (reliability.md C5). What may have arrived is
/// unknown; what surely took nothing (offline, 429, held back, 401) is deferred or planned again; a refusal of one
/// operation is its answer, one of many is tried in smaller requests. `nowMs`: wall time; `backoffMs`: what to wait
/// where the gateway does not say.
[[nodiscard]] WriteOutcome outcomeOf(std::span<const OperationItem> items, const Failure &failure, qint64 nowMs,
    const std::function<qint64()> &backoffMs);

/// The stable reason (Why) for a gateway's code on one person.
[[nodiscard]] QString whyOf(int code);

} // namespace rollcall
