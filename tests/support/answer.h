// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"

#include <QTest>
#include <optional>

namespace rollcall::tests {

/// Waits (in the test's event loop) for the one answer of an asynchronous function:
/// `answerOf<AccountId>([&](auto then) { return store.accounts().save(account, then); })`.
/// No answer in time is a Failure of kind Timeout, so that a test never hangs.
template <class T, class Start> Result<T> answerOf(Start start, int timeoutMs = 10'000)
{
    std::optional<Result<T>> answer;
    const Call call = start(std::function<void(Result<T>)>([&answer](Result<T> got) { answer = std::move(got); }));
    if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, timeoutMs))
        return Failure{Failure::Kind::Timeout, QStringLiteral("the test waited in vain")};
    return *std::move(answer);
}

} // namespace rollcall::tests
