// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/blocks/blockplan.h"

#include "models/domain/reach.h"
#include "models/domain/serverindex.h"

#include <algorithm>
#include <unordered_set>

namespace rollcall {

namespace {

enum class Place { Send, Arm, Already, Unsettled, Left };

bool isAlready(const BlockEntry &entry, OperationKind kind)
{
    if (kind == OperationKind::Block)
        return entry.standing == BlockStanding::Blocked && entry.there != ServerWord::Absent;
    return entry.standing == BlockStanding::NotBlocked && entry.there != ServerWord::Present
        && entry.state != OperationState::Armed;
}

/// Where one candidate ends, whose alias can be blocked and was not met yet.
Place placeOf(const BlockCandidate &candidate, const Account &account, const BlockOptions &options, qint64 nowMs)
{
    const std::optional<BlockEntry> &entry = candidate.entry;
    const bool wished = entry && entry->wish != OperationKind::None;
    if (wished && (entry->state == OperationState::Sending || entry->state == OperationState::Unknown))
        return Place::Unsettled;
    const bool planned
        = wished && (entry->state == OperationState::Planned || entry->state == OperationState::Deferred);
    if (options.kind == OperationKind::Report)
        return Place::Send;
    if (planned)
        return entry->wish == options.kind ? Place::Already : Place::Send; // a later command counts
    if (entry && isAlready(*entry, options.kind))
        return Place::Already;
    if (options.kind == OperationKind::Unblock || !hasInboundRule(account.kind))
        return Place::Send;
    const InboundWindow window = inboundWindow(candidate.lastInboundMs, nowMs);
    if (window == InboundWindow::Open)
        return Place::Send;
    const WindowChoice choice = window == InboundWindow::Closed ? options.closed : options.notKnown;
    if (choice == WindowChoice::Arm && wished && entry->state == OperationState::Armed)
        return Place::Already;
    return choice == WindowChoice::Try ? Place::Send : choice == WindowChoice::Arm ? Place::Arm : Place::Left;
}

void countFacts(BlockPlan &plan, const BlockCandidate &candidate, const Account &account, qint64 nowMs)
{
    if (plan.kind == OperationKind::Block && hasInboundRule(account.kind)) {
        const InboundWindow window = inboundWindow(candidate.lastInboundMs, nowMs);
        plan.outsideWindow += window == InboundWindow::Closed;
        plan.inboundNotKnown += window == InboundWindow::NotKnown;
    }
    const qint64 digits = waIdDigits(candidate.waId);
    plan.otherWaId += digits != 0 && candidate.alias.value() > 0 && digits != candidate.alias.value();
    plan.doNotContact += candidate.doNotContact;
    plan.optedOut += candidate.consent == ConsentState::OptOut;
    plan.nobody += candidate.person.isNull();
}

void price(BlockPlan &plan, const Account &account, const BlockListUse &use)
{
    const Capabilities can = account.capabilities();
    const auto count = qint64(plan.send.size());
    const qint64 batch = plan.kind == OperationKind::Report ? 1 : std::max(can.blockBatch, 1);
    plan.listMost = can.blockListMost;
    plan.listTaken = use.taken;
    plan.listRead = use.readMs > 0;
    if (plan.kind == OperationKind::Block && can.blockListMost > 0)
        plan.overList = std::clamp<qint64>(use.taken + count - can.blockListMost, 0, count);
    plan.requests = (count + batch - 1) / batch;
    plan.canReadBack = plan.kind != OperationKind::Report && (can.listBlocked || can.tellBlocked);
    if (plan.canReadBack && count > 0) {
        const qint64 page = std::max(can.pageSize, 1);
        const qint64 added = plan.kind == OperationKind::Block ? count - plan.overList : 0;
        plan.readRequests = can.listBlocked ? (use.taken + added) / page + 1 : count;
    }
    const qint64 turns = plan.requests + plan.readRequests;
    plan.estimatedMs = std::max<qint64>(turns - 1, 0) * 60'000 / std::max(can.requestsPerMinute, 1);
}

} // namespace

bool hasInboundRule(GatewayKind kind)
{
    return kind == GatewayKind::OnPrem || kind == GatewayKind::Dialog360 || kind == GatewayKind::CloudApi;
}

BlockPlan planBlocks(std::span<const BlockCandidate> candidates, const Account &account, const BlockOptions &options,
    const BlockListUse &use, qint64 nowMs)
{
    BlockPlan plan;
    plan.kind = options.kind;
    plan.people = qint64(candidates.size());
    std::unordered_set<AliasKey> met;
    for (const BlockCandidate &candidate : candidates) {
        OperationItem item{.alias = candidate.alias, .person = candidate.person};
        item.ask = candidate.alias.isNull()
            ? QString()
            : textToReach(account.kind, candidate.alias, candidate.waId, candidate.otherName);
        if (item.ask.isEmpty()) {
            ++plan.noNumber;
            continue;
        }
        if (met.contains(candidate.alias)) {
            ++plan.sameNumber;
            continue;
        }
        switch (placeOf(candidate, account, options, nowMs)) {
        case Place::Already:
            ++plan.already;
            continue;
        case Place::Unsettled:
            ++plan.unsettled;
            continue;
        case Place::Left:
            ++plan.left;
            continue;
        case Place::Send:
            plan.send.push_back(std::move(item));
            break;
        case Place::Arm:
            plan.arm.push_back(std::move(item));
            break;
        }
        met.insert(candidate.alias);
        countFacts(plan, candidate, account, nowMs);
    }
    price(plan, account, use);
    return plan;
}

} // namespace rollcall
