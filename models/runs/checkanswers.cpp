// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runs/checkanswers.h"

#include <algorithm>

namespace rollcall {
namespace {

using Kind = Failure::Kind;

constexpr qint64 shortestPauseMs = 3'000;
constexpr qint64 longestPauseMs = 120'000;

QString reasonOf(Kind kind)
{
    switch (kind) {
    case Kind::Timeout:
    case Kind::OutcomeUnknown:
        return QStringLiteral("timeout");
    case Kind::GatewayError:
        return QStringLiteral("gateway-error");
    case Kind::Refused:
        return QStringLiteral("refused");
    default:
        return QStringLiteral("bad-reply");
    }
}

Verdict verdictOf(const RunItem &item, VerdictWord word, const AnswerContext &context)
{
    Verdict verdict;
    verdict.word = word;
    verdict.asked = item.ask;
    verdict.at = context.now;
    verdict.account = context.account;
    verdict.run = context.run;
    return verdict;
}

ItemAnswer failed(const RunItem &item, const QString &reason, int code, const AnswerContext &context)
{
    Verdict verdict = verdictOf(item, VerdictWord::Failed, context);
    verdict.reason = reason;
    verdict.code = code;
    ItemAnswer answer{item.id, RunItemState::Failed, reason, code};
    answer.verdict = verdict;
    return answer;
}

ItemAnswer again(const RunItem &item, const QString &reason, qint64 dueMs)
{
    ItemAnswer answer{item.id, RunItemState::Planned, reason};
    answer.dueMs = dueMs;
    return answer;
}

bool isProcessing(const RunItem &item)
{
    return item.reason == QLatin1String("processing");
}

/// The pause doubles with the time gone by: asked at 0, 3, 6, 12, 24 s …, then every 2 min, and once more at 15 min.
ItemAnswer stillProcessing(const RunItem &item, const AnswerContext &context)
{
    const qint64 now = context.now.wallMs;
    const qint64 first = item.firstAskedMs > 0 ? item.firstAskedMs : now;
    const qint64 elapsed = std::max<qint64>(now - first, 0);
    if (elapsed >= processingTimeoutMs) {
        ItemAnswer answer = failed(item, QStringLiteral("processing-timeout"), 0, context);
        answer.verdict->rawWord = QStringLiteral("processing");
        return answer;
    }
    const qint64 pause = std::clamp(elapsed, shortestPauseMs, longestPauseMs);
    return again(item, QStringLiteral("processing"), now + std::min(pause, processingTimeoutMs - elapsed));
}

ItemAnswer answerOf(const RunItem &item, const NumberAnswer &number, const AnswerContext &context)
{
    Verdict verdict = verdictOf(item, number.word, context);
    verdict.rawWord = number.rawWord;
    verdict.waId = number.waId;
    verdict.reason = number.reason;
    verdict.code = number.code;

    ItemAnswer answer{item.id, RunItemState::Answered, number.reason, number.code};
    switch (number.word) {
    case VerdictWord::Valid:
    case VerdictWord::Invalid:
    case VerdictWord::Unverified:
        break;
    case VerdictWord::Processing: {
        ItemAnswer waiting = stillProcessing(item, context);
        // One *processing* in the history is enough: the repeats of the same question say nothing new.
        if (waiting.state == RunItemState::Planned && !isProcessing(item))
            waiting.verdict = verdict;
        return waiting;
    }
    case VerdictWord::Failed:
        answer.state = RunItemState::Failed;
        answer.giveBack = number.reason == QLatin1String(noCountry) && !isProcessing(item); // nothing was sent
        if (answer.reason.isEmpty())
            answer.reason = QStringLiteral("failed");
        break;
    case VerdictWord::NotChecked:
        if (isProcessing(item))
            return stillProcessing(item, context);
        if (item.attempts >= maxAttempts)
            return {item.id, RunItemState::NotAsked, QStringLiteral("no-answer")};
        return again(item, QStringLiteral("no-answer"), context.now.wallMs + context.backoffMs(item.attempts));
    }
    answer.verdict = verdict;
    return answer;
}

ItemAnswer answerOf(const RunItem &item, const Failure &failure, const AnswerContext &context)
{
    const qint64 now = context.now.wallMs;
    const qint64 asked = failure.retryAfter ? qint64(failure.retryAfter->count()) * 1000 : 0;
    if (tookNothing(failure)) {
        // A repeat of *processing* is never booked, so there is nothing to give back.
        const bool atOnce = needsOperator(failure) || failure.kind == Kind::Cancelled;
        const qint64 pause = atOnce ? 0 : std::max(asked, context.backoffMs(1));
        ItemAnswer answer = again(item, item.reason, now + pause);
        answer.giveBack = !isProcessing(item);
        return answer;
    }
    if (isProcessing(item))
        return stillProcessing(item, context);
    if (failure.kind == Kind::Refused || item.attempts >= maxAttempts)
        return failed(item, reasonOf(failure.kind), failure.code, context);
    return again(item, reasonOf(failure.kind), now + std::max(asked, context.backoffMs(item.attempts)));
}

} // namespace

std::vector<ItemAnswer> answersOf(std::span<const RunItem> items, const CheckReply &reply, const AnswerContext &context)
{
    std::vector<ItemAnswer> answers;
    answers.reserve(items.size());
    static const NumberAnswer missing;
    for (std::size_t i = 0; i < items.size(); ++i)
        answers.push_back(answerOf(items[i], i < reply.numbers.size() ? reply.numbers[i] : missing, context));
    return answers;
}

std::vector<ItemAnswer> answersOf(std::span<const RunItem> items, const Failure &failure, const AnswerContext &context)
{
    std::vector<ItemAnswer> answers;
    answers.reserve(items.size());
    for (const RunItem &item : items)
        answers.push_back(answerOf(item, failure, context));
    return answers;
}

bool tookNothing(const Failure &failure)
{
    switch (failure.kind) {
    case Kind::Offline:
    case Kind::RateLimited:
    case Kind::Cancelled:
        return true;
    default:
        return needsOperator(failure);
    }
}

bool needsOperator(const Failure &failure)
{
    switch (failure.kind) {
    case Kind::Tls:
    case Kind::Redirected:
    case Kind::Unauthorised:
    case Kind::Unsupported:
    case Kind::NoKeychain:
    case Kind::KeychainLocked:
    case Kind::NotFound:
    case Kind::BadInput:
        return true;
    case Kind::Refused:
        return failure.aboutAccount; // the account, not the numbers: each further one would be refused as well
    default:
        return false;
    }
}

} // namespace rollcall
