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

/// `work` on a worker, `then` on the GUI thread, unless the Call was dropped meanwhile.
template <class T> Call onWorker(std::function<T()> work, std::function<void(T)> then)
{
    struct Answer {
        std::shared_ptr<Call::State> state = std::make_shared<Call::State>();
        std::function<void(T)> then;
        std::optional<T> value = {};
    };
    auto answer = std::make_shared<Answer>();
    answer->then = std::move(then); // holds things of the window: it must not die on the worker
    Call call(answer->state);
    QThreadPool::globalInstance()->start([work = std::move(work), answer = std::move(answer)]() mutable {
        answer->value.emplace(work());
        Answer *finished = answer.get();
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [answer = std::move(answer), finished] {
                if (std::exchange(finished->state->open, false))
                    finished->then(*std::move(finished->value));
            },
            Qt::QueuedConnection);
    });
    return call;
}

} // namespace rollcall
