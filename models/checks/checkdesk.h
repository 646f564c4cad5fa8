// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/checks/checkplan.h"
#include "models/domain/phonenumber.h"

#include <functional>
#include <vector>

namespace rollcall {

class Runner;
class Store;

/// From "these people" to a running check: reads what the flight plan has to know, plans, stores the run, starts it.
/// What the Validate and "Check a number…" commands of a window need. GUI thread.
class CheckDesk {
public:
    CheckDesk(Store &store, Runner &runner);

    /// The flight plan for these people (ids from the spine that the window shows, resolved at the click).
    Call plan(const std::vector<PersonId> &people, const Account &account, const RunOptions &options,
        std::function<void(Result<CheckPlan>)> then);
    /// The same for one typed number that need not belong to anybody.
    Call planNumber(const PhoneNumber &number, const Account &account, const RunOptions &options,
        std::function<void(Result<CheckPlan>)> then);
    /// Stores the run with its items and starts it; the answer comes once it is on disk. A plan with nothing to ask is
    /// BadInput, one made while the clock was behind ClockMoved. Dropping the Call only silences it.
    Call start(
        CheckPlan plan, const Account &account, const RunOptions &options, std::function<void(Result<RunId>)> then);

private:
    Store &m_store;
    Runner &m_runner;
};

} // namespace rollcall
