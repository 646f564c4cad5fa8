// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ids.h"
#include "ui/shell/jobsdock.h"

namespace rollcall {

/// What can be done with a run of any runner, from its card in the jobs dock.
template <class Runner> JobHandles runHandles(Runner &runner, RunId id, std::function<void()> open)
{
    JobHandles handles;
    handles.pause = [&runner, id] { runner.pause(id); };
    handles.resume = [&runner, id] { runner.resume(id); };
    handles.cancel = [&runner, id] { runner.cancel(id); };
    handles.open = std::move(open);
    return handles;
}

/// How a run looks. `ended`: nothing is left to do; `over`: that is stored too; `well`: it did all it was asked.
[[nodiscard]] inline JobLook::State runLook(bool ended, bool over, bool well, bool paused, bool waits)
{
    if (over)
        return well ? JobLook::State::Done : JobLook::State::Failed;
    if (ended)
        return JobLook::State::Waiting; // for what is being stored; finished() follows
    if (paused)
        return JobLook::State::Paused;
    return waits ? JobLook::State::Waiting : JobLook::State::Running;
}

} // namespace rollcall
