// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/operation.h"
#include "models/store/blocks.h"

#include <functional>
#include <optional>
#include <vector>

namespace rollcall {

/// What the run does after one request was answered.
enum class AfterWrite {
    GoOn,
    Halt, ///< the operator has to do something (401, account locked, engine cannot do it)
    Wait, ///< nothing was taken, or not of all: offline, 429, throttled rows of a mixed answer
    Smaller, ///< the request as such was refused: in smaller batches, to find the one it is about
    Unclear, ///< may have arrived; a few of these in a row stop the run
    ListFull, ///< 139101: nothing more will be taken
};

struct WriteOutcome {
    std::vector<OperationAnswer> answers = {}; ///< one per item, in their order
    AfterWrite after = AfterWrite::GoOn;
    std::optional<Failure> failure = {}; ///< of the request as a whole; nothing = it was answered
};

/// What one run of operations needs of the gateway: a write that goes once, and a way to read its outcome back. Made
/// anew for every step, since an account may go.
struct OperationWire {
    using Then = std::function<void(WriteOutcome)>;
    using MayLeave = std::function<bool()>; ///< asked at the moment of sending; false = nothing is sent, Cancelled
    using Backoff = std::function<qint64()>; ///< ms to wait where the gateway does not say
    using Waiting = std::function<void(qint64 untilMs)>; ///< the reading waits for a write's own deadline
    std::optional<Failure> obstacle = {}; ///< why nothing can be sent at all
    int batch = 1; ///< operations per request
    std::function<qint64()> readyInMs = {}; ///< until a request handed over now would leave
    /// Why this one must not leave (a Why id), asked after `Sending` was committed and again at the moment of sending;
    /// empty = it may. Null: everything may.
    std::function<QString(const OperationItem &)> forbids = {};
    std::function<Call(const std::vector<OperationItem> &, Backoff, Then, MayLeave)> send = {};
    /// Settles what is unknown or not confirmed by reading, stores it, and answers why it could not. Null: this account
    /// (or kind of act) has no such read.
    std::function<Call(RunId, Waiting, std::function<void(std::optional<Failure>)>)> readBack = {};
};

} // namespace rollcall
