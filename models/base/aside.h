// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/chain.h"
#include "models/base/result.h"

#include <QCoreApplication>
#include <QThreadPool>
#include <functional>
#include <memory>
#include <optional>

namespace rollcall {

/// What the planning thread hands back; it must not die over there, since callbacks hold things of the window.
template <class T> struct AsideAnswer {
    Chain chain;
    std::function<void(Result<T>)> then;
    std::optional<T> value = {};
};

/// The last step of a chain on another thread (a list of 100,000 takes longer than a window may stand still): `then` is
/// told on the application's thread, unless the chain was dropped meanwhile. `work` must not touch anything of a
/// window.
template <class T> void aside(const Chain &chain, std::function<T()> work, std::function<void(Result<T>)> then)
{
    auto answer = std::make_shared<AsideAnswer<T>>(AsideAnswer<T>{chain, std::move(then)});
    QThreadPool::globalInstance()->start([work = std::move(work), answer = std::move(answer)]() mutable {
        answer->value = work();
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [answer = std::move(answer)] {
                if (answer->chain.close())
                    answer->then(*std::move(answer->value));
            },
            Qt::QueuedConnection);
    });
}

} // namespace rollcall
