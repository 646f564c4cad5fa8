// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/ids.h"
#include "models/domain/verdict.h"

#include <QString>
#include <optional>

namespace rollcall {

/// Stored as these numbers: never renumber.
enum class RunState { Paused = 0, Running = 1, Done = 2, Cancelled = 3, WaitingForBudget = 4 };
enum class RunItemState { Planned = 0, Asked = 1, Answered = 2, Failed = 3, NotAsked = 4 };

struct RunOptions {
    bool forceCheck = false;
    bool wait = false; ///< on-premises blocking: wait
};

/// One number of a check run. People who share the number share the item.
struct RunItem {
    RunItemId id = {};
    AliasKey alias = {};
    PersonId person = {}; ///< one of those who have it; for the eye only
    QString ask = {}; ///< the text that is sent
    RunItemState state = RunItemState::Planned;
    int attempts = 0; ///< how often it was booked or asked again
    qint64 dueMs = 0; ///< while planned: not before this wall time, 0 = at once
    qint64 firstAskedMs = 0; ///< wall time of the first asking, 0 = never
    QString reason = {}; ///< why not asked / failed: stable id ("do-not-contact", "cancelled", "timeout", "2.43"…)
    int code = 0;
};

struct RunSummary {
    RunId id = {};
    AccountId account = {};
    RunState state = RunState::Paused;
    RunOptions options = {};
    qint64 startedMs = 0;
    qint64 endedMs = 0;
    QString by = {};
    qint64 total = 0;
    qint64 answered = 0;
    qint64 failed = 0;
    qint64 notAsked = 0;
    qint64 nextDueMs = 0; ///< smallest dueMs of the planned items, 0 = one may go at once or none is planned
    qint64 cached = 0; ///< numbers of the flight plan answered from our own cache, not items
    std::optional<Failure> halted = {}; ///< why it paused by itself; stored, so that it is known after a restart
    [[nodiscard]] qint64 open() const { return total - answered - failed - notAsked; }
};

} // namespace rollcall
