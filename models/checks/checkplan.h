// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "models/domain/run.h"
#include "models/domain/verdict.h"
#include "models/store/runbook.h"

#include <span>
#include <vector>

namespace rollcall {

/// The flight plan of a check run: where each selected person ends, and what it costs. The six counts and `ask` add up
/// to the people selected.
struct CheckPlan {
    std::vector<RunItem> ask = {}; ///< one per number, in the order selected
    qint64 people = 0; ///< selected
    qint64 cached = 0; ///< fresh verdict here, nothing asked
    qint64 sameNumber = 0; ///< share a number with one that is asked or cached: paid once
    qint64 doNotContact = 0;
    qint64 coolingDown = 0; ///< asked too short a time ago
    qint64 noNumber = 0; ///< nothing to ask
    qint64 withoutPlus = 0; ///< among `ask`: sent without '+', the node will put its own country code in front
    qint64 overBudgetNow = 0; ///< among `ask`: wait for room in the hour or day
    /// Among `ask`, where the account reaches people: who has no opt-in on record (none known, or opted out). The plan
    /// must not be started before their consent is recorded or overridden; made here, since it may be a million.
    std::vector<PersonId> withoutOptIn = {};
    qint64 strangers = 0; ///< the same for numbers of nobody here: no consent can be recorded for them
    qint64 requests = 0;
    qint64 checksLately = 0; ///< live checks of the account in the last 30 days, these included (BudgetUse)
    qint64 sendsLately = 0; ///< messages taken in that time: vendors compare the two
    qint64 estimatedMs = 0; ///< pace and budget together, rather too long than too short; -1 = the budget allows none
    /// The clock is behind what this profile has seen: everything counts as stale, and `ask` must not be started before
    /// the operator confirmed the time (Store::confirmTime).
    bool clockMoved = false;
};

/// Pure. `use` as of now. Order of the questions for each person: stopped, nothing to ask, number already met, fresh
/// (unless forceCheck), cooling down (forceCheck too), else asked. A stop counts for everybody under its number.
[[nodiscard]] CheckPlan planChecks(std::span<const CheckCandidate> candidates, const Account &account,
    const RunOptions &options, const BudgetUse &use, const TimeView &time);

} // namespace rollcall
