// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/result.h"
#include "models/domain/run.h"
#include "models/gateways/dialects/dialect.h"
#include "models/store/runbook.h"

#include <functional>
#include <span>
#include <vector>

namespace rollcall {

inline constexpr int maxAttempts = 3; ///< of one question, the first included (design.md, retries)
inline constexpr qint64 processingTimeoutMs = 15 * 60'000;

/// What the mapping has to know besides the answer.
struct AnswerContext {
    AccountId account = {};
    RunId run = {};
    Instant now = {};
    /// Pause before the next attempt, by the number of attempts made so far (>= 1).
    std::function<qint64(int)> backoffMs = {};
};

/// Pure: the gateway's reply as what is stored. `items` as they were sent (attempts counts this one), `reply.numbers`
/// in the same order. Rules (gateways.md 1.2, 6.3): a missing row stays not checked and is asked again, at most 3
/// times, then it is not-asked "no-answer"; *processing* is asked again after a growing pause for 15 minutes, then it
/// failed with "processing-timeout"; *failed* and unknown words are failed, with the raw word.
[[nodiscard]] std::vector<ItemAnswer> answersOf(
    std::span<const RunItem> items, const CheckReply &reply, const AnswerContext &context);

/// Pure: a request that brought no reply. Never an *invalid*: what surely took nothing (offline, TLS, redirect, 401,
/// 429) is planned again and gives its booking back; a refusal fails at once; anything else is asked again, at most 3
/// times, and then *failed*.
[[nodiscard]] std::vector<ItemAnswer> answersOf(
    std::span<const RunItem> items, const Failure &failure, const AnswerContext &context);

/// The request was not taken by the gateway, so nothing was spent.
[[nodiscard]] bool tookNothing(const Failure &failure);
/// A failure that no repeating cures (password, certificate, address …): the run stops and waits for the operator.
[[nodiscard]] bool needsOperator(const Failure &failure);

} // namespace rollcall
