// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/runbook.h"
#include "models/store/store.h"
#include "tests/support/answer.h"

namespace rollcall::tests {

/// Stores what an account answered about a number now, the way a run does. Fails the test hard when it cannot.
inline void storeVerdict(Store &store, AccountId account, qint64 e164, VerdictWord word, const QString &rawWord = {},
    const QString &waId = {})
{
    const auto must = [](auto result) {
        if (!result)
            qFatal("verdict: %s", qPrintable(result.failure().detail));
        return *std::move(result);
    };
    RunItem item;
    item.alias = AliasKey(e164);
    item.ask = QLatin1Char('+') + QString::number(e164);
    RunBook &book = store.runs();
    const RunId run
        = must(answerOf<RunId>([&](auto then) { return book.create(account, {}, {item}, 0, std::move(then)); }));
    const auto items = must(answerOf<std::vector<RunItem>>([&](auto then) { return book.nextItems(run, 1, then); }));
    const RunItemId id = items.front().id;
    must(answerOf<std::vector<RunItemId>>([&](auto then) {
        return book.book(run, {id}, CheckBudget{1000, 1000, 0}, then);
    }));
    ItemAnswer answer{.item = id};
    answer.verdict = Verdict{.word = word, .rawWord = rawWord, .waId = waId, .asked = item.ask};
    must(answerOf<Nothing>([&](auto then) { return book.answer(run, {answer}, then); }));
}

} // namespace rollcall::tests
