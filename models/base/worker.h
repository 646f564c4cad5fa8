// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"

#include <QCoreApplication>
#include <QThreadPool>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace rollcall {

/// Runs `work` on a thread of the pool; `then` comes in the main thread's event loop. `work` may hold nothing of a
/// window; `then` may, since it neither runs nor dies on the worker. Dropping the Call silences the answer; the work
/// itself runs to its end. GUI thread.
template <class T> [[nodiscard]] Call onWorker(std::function<T()> work, std::function<void(T)> then)
{
    struct Job {
        std::shared_ptr<Call::State> state = std::make_shared<Call::State>();
        std::function<void(T)> then;
        std::optional<T> value;
    };
    auto job = std::make_shared<Job>();
    job->then = std::move(then);
    Call call(job->state);
    QThreadPool::globalInstance()->start([work = std::move(work), job = std::move(job)]() mutable {
        job->value.emplace(work());
        Job *finished = job.get();
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [job = std::move(job), finished] {
                if (std::exchange(finished->state->open, false))
                    finished->then(*std::move(finished->value));
            },
            Qt::QueuedConnection);
    });
    return call;
}

/// Lets a large value die on a thread of the pool: a hundred thousand of anything take longer to let go than a window
/// may stand still. It may hold nothing of a window. Any thread.
template <class T> void letGo(T &&value)
{
    QThreadPool::globalInstance()->start([kept = std::make_shared<std::decay_t<T>>(std::forward<T>(value))] {});
}

} // namespace rollcall
