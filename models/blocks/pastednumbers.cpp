// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/blocks/pastednumbers.h"

#include <QCoreApplication>
#include <QThreadPool>

namespace rollcall {

Call readPasted(const QString &text, const QString &region, std::function<void(NumbersInText)> then)
{
    // The callback holds things of the window: it must not die on the worker.
    struct Answer {
        std::shared_ptr<Call::State> state = std::make_shared<Call::State>();
        std::function<void(NumbersInText)> then;
        NumbersInText found;
    };
    auto answer = std::make_shared<Answer>();
    answer->then = std::move(then);
    Call call(answer->state);
    QThreadPool::globalInstance()->start([text, region, answer = std::move(answer)]() mutable {
        answer->found = findNumbers(text, region);
        Answer *finished = answer.get();
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [answer = std::move(answer), finished] {
                if (std::exchange(finished->state->open, false))
                    finished->then(std::move(finished->found));
            },
            Qt::QueuedConnection);
    });
    return call;
}

} // namespace rollcall
