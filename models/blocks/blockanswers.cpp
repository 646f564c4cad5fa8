// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/blocks/blockanswers.h"

#include <algorithm>

namespace rollcall {

namespace {

constexpr qsizetype longestDetail = 300;
constexpr qint64 longestWaitMs = 3'600'000; // Retry-After is clamped to 1 h (gateways.md 6.4)

/// Never less than the backoff: a gateway that throttles the same few again and again would be asked without end.
qint64 pauseMs(const std::optional<std::chrono::seconds> &told, qint64 backoff)
{
    return std::clamp<qint64>(std::max<qint64>(told ? told->count() * 1'000 : 0, backoff), 1, longestWaitMs);
}

QString id(const char *why)
{
    return QString::fromLatin1(why);
}

OperationAnswer answerOf(const OperationItem &item, const BlockAnswer *said)
{
    OperationAnswer answer{.operation = item.id, .why = id(Why::notNamed)};
    if (!said)
        return answer;
    answer.code = said->code;
    answer.detail = said->detail.left(longestDetail);
    answer.waId = said->waId;
    switch (said->outcome) {
    case BlockAnswer::Outcome::Done:
        answer.state = OperationState::Done;
        answer.why.clear();
        break;
    case BlockAnswer::Outcome::Refused:
        answer.state = OperationState::Refused;
        answer.why = whyOf(said->code);
        break;
    case BlockAnswer::Outcome::Deferred:
        answer.state = OperationState::Deferred;
        answer.why = id(Why::rateLimited);
        break;
    case BlockAnswer::Outcome::Unknown:
        break;
    }
    return answer;
}

} // namespace

WriteOutcome readWrite(std::span<const OperationItem> items, std::span<const std::size_t> inputOf,
    const Result<BlockReply> &reply, qint64 nowMs, const std::function<qint64()> &backoffMs)
{
    WriteOutcome outcome;
    if (reply) {
        qint64 due = 0; // one for all: they travel together again
        for (std::size_t i = 0; i < items.size(); ++i) {
            const BlockAnswer *said = inputOf[i] < reply->people.size() ? &reply->people[inputOf[i]] : nullptr;
            outcome.answers.push_back(answerOf(items[i], said));
            if (outcome.answers.back().why == QLatin1String(Why::listFull))
                outcome.after = AfterWrite::ListFull;
            if (outcome.answers.back().state != OperationState::Deferred)
                continue;
            due = due > 0 ? due : nowMs + pauseMs(reply->retryAfter, backoffMs());
            outcome.answers.back().dueMs = due;
            if (outcome.after == AfterWrite::GoOn)
                outcome.after = AfterWrite::Wait;
        }
        return outcome;
    }
    return outcomeOf(items, reply.failure(), nowMs, backoffMs);
}

} // namespace rollcall
