// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/checks/checkplan.h"

#include <algorithm>
#include <unordered_set>

namespace rollcall {
namespace {

constexpr qint64 hourMs = 3'600'000;
constexpr qint64 dayMs = 24 * hourMs;

/// Was this number asked live too short a time ago? Within one boot the monotonic clock tells the truth, whatever was
/// done to the wall clock; across boots a negative distance means that the clock moved back, and the operator has to
/// confirm the time before anything is asked.
bool coolsDown(const Instant &lastAsked, const TimeView &time, qint64 coolDownSeconds)
{
    if (lastAsked.wallMs == 0)
        return false;
    const bool sameBoot = !lastAsked.boot.isEmpty() && lastAsked.boot == time.now.boot;
    const qint64 since = sameBoot ? time.now.monotonicMs - lastAsked.monotonicMs : time.now.wallMs - lastAsked.wallMs;
    return since >= 0 && since < coolDownSeconds * 1000;
}

/// Until the last of `count` checks has room in a sliding window of `windowMs` that takes `perWindow`. Bookings that
/// are in the window already are taken to leave it as late as they can: the estimate is rather too long.
qint64 waitForRoom(qint64 count, qint64 perWindow, qint64 used, qint64 windowMs)
{
    const qint64 room = std::max<qint64>(perWindow - used, 0);
    if (count <= room)
        return 0;
    return ((count - room + perWindow - 1) / perWindow) * windowMs;
}

qint64 estimateMs(qint64 count, qint64 requests, const Account &account, const BudgetUse &use)
{
    if (count == 0)
        return 0;
    const CheckBudget &budget = account.budget;
    if (budget.perHour <= 0 || budget.perDay <= 0)
        return -1;
    const int perMinute = std::max(account.capabilities().requestsPerMinute, 1);
    return std::max({(requests - 1) * 60'000 / perMinute, waitForRoom(count, budget.perHour, use.lastHour, hourMs),
        waitForRoom(count, budget.perDay, use.lastDay, dayMs)});
}

/// What is sent: E.164 with '+' wherever it is known, so that no node reinterprets it; else the text as typed.
QString textToAsk(const CheckCandidate &candidate)
{
    return candidate.alias.value() > 0 ? u'+' + QString::number(candidate.alias.value()) : candidate.typed.trimmed();
}

} // namespace

CheckPlan planChecks(std::span<const CheckCandidate> candidates, const Account &account, const RunOptions &options,
    const BudgetUse &use, const TimeView &time)
{
    CheckPlan plan;
    plan.people = qint64(candidates.size());
    plan.clockMoved = time.clockMoved();
    const bool asksConsent = account.reachesPeople();

    std::unordered_set<AliasKey> stopped;
    for (const CheckCandidate &candidate : candidates) {
        if (candidate.doNotContact && !candidate.alias.isNull())
            stopped.insert(candidate.alias);
    }
    std::unordered_set<AliasKey> met; // asked or cached
    for (const CheckCandidate &candidate : candidates) {
        const AliasKey alias = candidate.alias;
        if (candidate.doNotContact || stopped.contains(alias)) {
            ++plan.doNotContact;
        } else if (alias.isNull()) {
            ++plan.noNumber;
        } else if (met.contains(alias)) {
            ++plan.sameNumber;
        } else if (!options.forceCheck
            && isFresh(candidate.newest.word, candidate.newest.at, time, account.keepSeconds)) {
            met.insert(alias);
            ++plan.cached;
        } else if (coolsDown(candidate.lastAsked, time, account.budget.coolDownSeconds)) {
            ++plan.coolingDown;
        } else {
            met.insert(alias);
            RunItem item;
            item.alias = alias;
            item.person = candidate.person;
            item.ask = textToAsk(candidate);
            plan.withoutPlus += account.kind == GatewayKind::OnPrem && !item.ask.startsWith(u'+');
            if (asksConsent && candidate.consent != ConsentState::OptIn) {
                if (item.person.isNull())
                    ++plan.strangers;
                else
                    plan.withoutOptIn.push_back(item.person);
            }
            plan.ask.push_back(std::move(item));
        }
    }

    const qint64 count = qint64(plan.ask.size());
    const qint64 batch = std::max(account.capabilities().checkBatch, 1);
    plan.requests = (count + batch - 1) / batch;
    const qint64 room
        = std::max(std::min(account.budget.perHour - use.lastHour, account.budget.perDay - use.lastDay), 0);
    plan.checksLately = use.checksLately + count;
    plan.sendsLately = use.sendsLately;
    plan.overBudgetNow = std::max<qint64>(count - room, 0);
    plan.estimatedMs = estimateMs(count, plan.requests, account, use);
    return plan;
}

} // namespace rollcall
