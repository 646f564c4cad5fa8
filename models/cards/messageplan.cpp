// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cards/messageplan.h"

#include <algorithm>
#include <unordered_set>

namespace rollcall {

namespace {

/// Where one recipient ends: the counter of those left out, or null = sent to.
qint64 *placeOf(SendPlan &plan, const RecipientLine &line, const Account &account, const SendOptions &options)
{
    switch (line.obstacle) {
    case SendObstacle::DoNotContact:
        return &plan.doNotContact;
    case SendObstacle::NoNumber:
        return &plan.noNumber;
    case SendObstacle::Blocked:
        return &plan.blocked;
    case SendObstacle::Unsettled:
        if (!options.again)
            return &plan.unsettled;
        break;
    case SendObstacle::None:
        break;
    }
    if (line.knowledge == Knowledge::Invalid)
        return &plan.invalidLeft;
    const bool asksConsent = account.reachesPeople() && line.consent != ConsentState::OptIn;
    // The reason given before the first message is none against a no that came after it.
    const bool withdrawn = asksConsent && options.again && line.consent == ConsentState::OptOut;
    if (withdrawn || (asksConsent && options.withoutOptIn == ConsentChoice::Leave))
        return &plan.withoutOptInLeft;
    if (options.leaveClosed && line.window == InboundWindow::Closed)
        return &plan.closedLeft;
    return nullptr;
}

void countFacts(SendPlan &plan, const RecipientLine &line, const Account &account)
{
    const bool without = account.reachesPeople() && line.consent != ConsentState::OptIn;
    if (without && !line.person.isNull())
        plan.withoutOptIn.push_back(line.person);
    plan.strangers += without && line.person.isNull();
    plan.windowClosed += line.window == InboundWindow::Closed;
    plan.windowNotKnown += line.window == InboundWindow::NotKnown;
    plan.neverChecked += line.knowledge == Knowledge::NeverChecked;
    plan.marketingStop += line.marketingStop;
    plan.otherWaId += line.otherWaId;
    plan.nobody += line.person.isNull();
}

void price(SendPlan &plan, const Account &account, const Traffic &traffic)
{
    const Capabilities can = account.capabilities();
    const auto sends = qint64(plan.send.size());
    const auto checks = qint64(plan.check.size());
    const qint64 batch = std::max(can.checkBatch, 1);
    plan.requests = sends + (checks + batch - 1) / batch;
    plan.estimatedMs = std::max<qint64>(plan.requests - 1, 0) * 60'000 / std::max(can.requestsPerMinute, 1);
    plan.checksLately = traffic.checks + checks;
    plan.sendsLately = traffic.sends + sends;
    plan.needsReason = plan.withoutConsent() > 0;
}

} // namespace

SendPlan planMessage(std::span<const SendCandidate> candidates, const Account &account, const SendOptions &options,
    const Traffic &traffic, const TimeView &time)
{
    SendPlan plan;
    plan.people = qint64(candidates.size());
    const Capabilities can = account.capabilities();
    const bool mayCheck = options.checkFirst && (can.checkOne || can.checkMany);
    std::unordered_set<AliasKey> met;
    std::unordered_set<QString> asked; // two numbers may have one confirmed wa_id: one message
    for (const SendCandidate &candidate : candidates) {
        plan.lines.push_back(lineOf(candidate, account, time));
        const RecipientLine &line = plan.lines.back();
        const bool known = !line.alias.isNull() && (met.contains(line.alias) || asked.contains(line.ask));
        if (line.obstacle == SendObstacle::None && known) {
            ++plan.sameNumber;
            continue;
        }
        if (qint64 *left = placeOf(plan, line, account, options)) {
            ++*left;
            continue;
        }
        if (known) {
            ++plan.sameNumber;
            continue;
        }
        met.insert(line.alias);
        asked.insert(line.ask);
        plan.send.push_back({.alias = line.alias, .person = line.person, .ask = line.ask});
        if (mayCheck && line.knowledge == Knowledge::NeverChecked && line.alias.value() > 0)
            plan.check.push_back({.alias = line.alias, .person = line.person, .ask = line.number});
        countFacts(plan, line, account);
    }
    price(plan, account, traffic);
    return plan;
}

} // namespace rollcall
