// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/blocks/blockanswers.h"

#include <algorithm>

namespace rollcall {

namespace {

constexpr int listFull = 139101;
constexpr qsizetype longestDetail = 300;
constexpr qint64 longestWaitMs = 3'600'000; // Retry-After is clamped to 1 h (gateways.md 6.4)

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

/// Refused because of us, not because of whom we asked about: password, payment, account locked (gateways.md 1.6, 2.3).
bool isAboutUs(int code)
{
    static constexpr int codes[] = {402, 1024, 1025, 1031, 4021, 4028, 4030};
    return std::find(std::begin(codes), std::end(codes), code) != std::end(codes);
}

struct Fate {
    OperationState state = OperationState::Unknown;
    const char *why = Why::noAnswer;
    AfterWrite after = AfterWrite::Unclear;
    bool neverLeft = false;
};

Fate fateOf(const Failure &failure, bool alone)
{
    using Kind = Failure::Kind;
    switch (failure.kind) {
    case Kind::Offline:
    case Kind::Tls:
        return {OperationState::Deferred, Why::offline, AfterWrite::Wait, true};
    case Kind::RateLimited:
        return {OperationState::Deferred, Why::rateLimited, AfterWrite::Wait};
    case Kind::Cancelled: // held back at the moment of sending
        return {OperationState::Planned, "", AfterWrite::GoOn, true};
    case Kind::Unauthorised:
    case Kind::NoKeychain:
    case Kind::KeychainLocked:
    case Kind::NotFound:
        return {OperationState::Planned, "", AfterWrite::Halt, true};
    case Kind::Unsupported:
    case Kind::BadInput:
        return {OperationState::Refused, Why::unsupported, AfterWrite::Halt};
    case Kind::Redirected:
        return {OperationState::Refused, Why::redirected, AfterWrite::Halt};
    case Kind::Refused:
        if (isAboutUs(failure.code))
            return {OperationState::Planned, "", AfterWrite::Halt};
        return alone ? Fate{OperationState::Refused, Why::gateway, AfterWrite::GoOn}
                     : Fate{OperationState::Planned, "", AfterWrite::Smaller};
    default:
        return {};
    }
}

} // namespace

QString whyOf(int code)
{
    switch (code) {
    case 131047:
    case 2048:
        return id(Why::outsideWindow);
    case listFull:
        return id(Why::listFull);
    case 131021:
        return id(Why::ownNumber);
    case 1009:
        return id(Why::badNumber);
    default:
        return id(Why::gateway);
    }
}

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
    const Failure &failure = reply.failure();
    Fate fate = fateOf(failure, items.size() == 1);
    // A request that does not fit whole is refused whole: smaller ones fill the list to its last place.
    if (failure.kind == Failure::Kind::Refused && failure.code == listFull && items.size() == 1)
        fate.after = AfterWrite::ListFull;
    if (fate.state == OperationState::Refused && failure.kind == Failure::Kind::Refused)
        fate.why = nullptr; // the code says why
    outcome.after = fate.after;
    outcome.failure = failure;
    qint64 due = 0;
    if (fate.state == OperationState::Deferred) {
        const qint64 wait = failure.retryAfter ? failure.retryAfter->count() * 1'000 : backoffMs();
        due = nowMs + std::clamp<qint64>(wait, 1, longestWaitMs);
    }
    for (const OperationItem &item : items)
        outcome.answers.push_back({.operation = item.id,
            .state = fate.state,
            .code = failure.code,
            .why = fate.why ? id(fate.why) : whyOf(failure.code),
            .detail = {},
            .dueMs = due,
            .neverLeft = fate.neverLeft});
    return outcome;
}

} // namespace rollcall
