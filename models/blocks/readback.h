// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/blocks/blockrun.h"

namespace rollcall {

struct ReadBackResult {
    BlockReadReport report = {};
    int restarts = 0;
};

/// Reads the list of an account (or its word on each contact) and settles by it. GUI thread.
struct ReadBackAsk {
    AccountId account = {};
    RunId run = {}; ///< that reads its own outcome back; null = everything of the account
    bool whole = false; ///< also when nothing waits to be read back; where it tells one by one: every line
    std::function<void(qint64)> waiting = {}; ///< told the wall ms until which it waits for a write's deadline
};
Call readBack(Store &store, Clock &clock, const Blocker &blocker, ReadBackAsk ask,
    std::function<void(Result<ReadBackResult>)> then);

} // namespace rollcall
