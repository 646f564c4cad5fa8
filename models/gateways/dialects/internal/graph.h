// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/json.h"
#include "models/gateways/dialects/wire.h"

#include <optional>

namespace rollcall {

// The errors of Meta's Graph API and of 360dialog in front of it (gateways.md 5.2, 5.4). Pure; any thread.

namespace graphcode {
inline constexpr int blockFailed = 139100; ///< some or all people failed: the answer's lists say who
inline constexpr int blockListFull = 139101; ///< 64,000
inline constexpr int listChanged = 139102; ///< while it was read: start anew
inline constexpr int internal = 139103;
inline constexpr int tooMany = 130429; ///< requests, or people in one request: nothing was taken
inline constexpr int pairRate = 131056; ///< too many messages to one person
inline constexpr int tokenExpired = 190;
} // namespace graphcode

struct GraphError {
    enum class Envelope { Graph, Dialog360 };
    Envelope envelope = Envelope::Graph;
    int code = 0; ///< 0 = none told; 360dialog's own envelope has none
    QString words = {}; ///< the gateway's own, without numbers
    bool isTransient = false; ///< as told: the same request may work later
};

/// The `error` of a body, the first of its `errors`, or 360dialog's own `meta` (httpCode, developerMessage, success).
[[nodiscard]] std::optional<GraphError> graphErrorIn(const Json &body);

/// What an error means under an HTTP status; 0 = it stands in a row of its own. 360dialog's three kinds of HTTP 400
/// have no code and are told apart by their text: throttled is RateLimited, lack of payment is Refused with code 402, a
/// disabled API is Refused with code 403.
[[nodiscard]] Failure graphFailure(int status, const GraphError &error);

/// An id that may be a text or, against the documentation, a whole number; empty when it is neither.
[[nodiscard]] QString graphId(const Json &value);

/// The digits of a wa_id; empty when it is anything else.
[[nodiscard]] QString graphWaId(const Json &value);

/// A person's id that holds no number (BSUID, "US.13491208655302741918").
[[nodiscard]] bool isUserId(const QString &text);

/// The digits of a number however it is written ("+1 (650) 555-1234"); empty for anything else, so also for a LID.
[[nodiscard]] QString graphDigits(const QString &person);

} // namespace rollcall
