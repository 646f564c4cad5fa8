// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "models/domain/operation.h"
#include "models/store/blocks.h"

#include <span>
#include <vector>

namespace rollcall {

/// What to do with people whom the 24-hour rule will (or may) refuse.
enum class WindowChoice { Try, Arm, Leave };

struct BlockOptions {
    OperationKind kind = OperationKind::Block;
    WindowChoice closed = WindowChoice::Arm; ///< wrote to us, but longer ago
    WindowChoice notKnown = WindowChoice::Try; ///< last inbound not known
};

/// The flight plan of a block or unblock at one account: where each chosen person ends, and what it costs.
/// send + arm + already + unsettled + sameNumber + noNumber + left add up to the people chosen.
struct BlockPlan {
    OperationKind kind = OperationKind::Block;
    std::vector<OperationItem> send = {}; ///< one per alias, in the order chosen
    std::vector<OperationItem> arm = {}; ///< one per alias
    qint64 people = 0; ///< chosen
    qint64 already = 0; ///< blocked (unblock: not blocked) as far as we know, or armed already and still outside
    qint64 unsettled = 0; ///< being sent, or outcome unknown: Settle… first
    qint64 sameNumber = 0; ///< share a number with one that is sent or armed
    qint64 noNumber = 0; ///< nothing that this gateway could block
    qint64 left = 0; ///< left out by WindowChoice::Leave

    // Further facts about those in `send` or `arm`; they overlap.
    qint64 outsideWindow = 0; ///< wrote longer than 24 h ago (sent or armed, as chosen)
    qint64 inboundNotKnown = 0;
    qint64 doNotContact = 0; ///< stopped by us already
    qint64 optedOut = 0; ///< consent says opt-out: unblocking asks for new consent
    qint64 nobody = 0; ///< numbers that belong to no person here
    qint64 otherWaId = 0; ///< goes to a confirmed wa_id whose digits differ from the number
    qint64 overList = 0; ///< will be refused: the list holds blockListMost
    qint64 listTaken = 0; ///< people on the list now, as far as known
    bool listRead = false; ///< the list was read once: else listTaken counts what was blocked from here only
    qint64 listMost = 0; ///< 0 = no limit is known

    qint64 requests = 0; ///< writes
    qint64 readRequests = 0; ///< to read the outcome back, 0 = this account cannot
    qint64 estimatedMs = 0; ///< by pace, both together
    bool canReadBack = false; ///< else *done* stays *not confirmed*
};

/// Has this kind of gateway the rule that only who wrote within 24 h can be blocked?
[[nodiscard]] bool hasInboundRule(GatewayKind kind);

/// Pure. `nowMs`: wall time. Order of the questions for each person: nothing to block, alias already met, unsettled,
/// already so, the 24-hour rule, else sent. Nobody is left out for being do-not-contact.
[[nodiscard]] BlockPlan planBlocks(std::span<const BlockCandidate> candidates, const Account &account,
    const BlockOptions &options, const BlockListUse &use, qint64 nowMs);

} // namespace rollcall
