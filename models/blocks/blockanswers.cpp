// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/blocks/blockanswers.h"

namespace rollcall {

namespace {

constexpr qsizetype longestDetail = 300;

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
        for (std::size_t i = 0; i < items.size(); ++i) {
            const BlockAnswer *said = inputOf[i] < reply->people.size() ? &reply->people[inputOf[i]] : nullptr;
            outcome.answers.push_back(answerOf(items[i], said));
            if (outcome.answers.back().why == QLatin1String(Why::listFull))
                outcome.after = AfterWrite::ListFull;
        }
        return outcome;
    }
    return outcomeOf(items, reply.failure(), nowMs, backoffMs);
}

} // namespace rollcall
