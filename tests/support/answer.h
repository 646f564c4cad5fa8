// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTest>
#include <QTimer>
#include <optional>

namespace rollcall::tests {

/// Runs the event loop for `ms`, without the naps of QTest::qWait.
inline void spin(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

/// Runs the event loop until `holds`; false when that took longer than `timeoutMs`.
template <class Predicate> bool eventually(Predicate holds, int timeoutMs = 10'000)
{
    QElapsedTimer timer;
    timer.start();
    while (!holds() && timer.elapsed() < timeoutMs)
        spin(1);
    return holds();
}

/// Waits (in the test's event loop) for the one answer of an asynchronous function:
/// `answerOf<AccountId>([&](auto then) { return store.accounts().save(account, then); })`.
/// No answer in time is a Failure of kind Timeout, so that a test never hangs.
template <class T, class Start> Result<T> answerOf(Start start, int timeoutMs = 10'000)
{
    // Not QTest::qWaitFor: it sleeps 10 ms between two looks, which adds up where server and client share the thread.
    QEventLoop loop;
    std::optional<Result<T>> answer;
    const Call call = start(std::function<void(Result<T>)>([&answer, &loop](Result<T> got) {
        answer = std::move(got);
        loop.quit();
    }));
    QTimer::singleShot(timeoutMs, &loop, &QEventLoop::quit);
    if (!answer)
        loop.exec();
    if (!answer)
        return Failure{Failure::Kind::Timeout, QStringLiteral("the test waited in vain")};
    return *std::move(answer);
}

} // namespace rollcall::tests
