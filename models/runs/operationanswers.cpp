// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runs/operationanswers.h"

#include <algorithm>

namespace rollcall {

namespace {

constexpr int listFull = 139101;
constexpr qint64 longestWaitMs = 3'600'000; // Retry-After is clamped to 1 h (gateways.md 6.4)

QString id(const char *why)
{
    return QString::fromLatin1(why);
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
        if (failure.aboutAccount)
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
    case 470:
        return id(Why::outsideWindow);
    case listFull:
        return id(Why::listFull);
    case 131021:
        return id(Why::ownNumber);
    case 1009:
        return id(Why::badNumber);
    case 131026:
    case 1013:
        return id(Why::notOnWhatsApp);
    default:
        return id(Why::gateway);
    }
}

WriteOutcome outcomeOf(std::span<const OperationItem> items, const Failure &failure, qint64 nowMs,
    const std::function<qint64()> &backoffMs)
{
    WriteOutcome outcome;
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
