// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/blocks/reconcile.h"

#include "models/domain/serverindex.h"

#include <algorithm>

namespace rollcall {

namespace {

/// What of our ledger takes part: an operation that is open or unknown does not.
enum class Ours { Blocked, NotBlocked, Nothing, Armed, Open };

Ours oursOf(const BlockEntry &entry)
{
    if (entry.wish == OperationKind::None)
        return Ours::Nothing;
    if (isOpen(entry.state) || entry.state == OperationState::Unknown)
        return Ours::Open;
    if (entry.state == OperationState::Armed)
        return Ours::Armed;
    if (entry.standing == BlockStanding::Blocked)
        return Ours::Blocked;
    // A block that was refused is nothing we have; only an unblock of ours says that it shall not be there.
    return entry.wish == OperationKind::Unblock ? Ours::NotBlocked : Ours::Nothing;
}

ReconcileAct actOf(Ours ours, bool was, bool is)
{
    switch (ours) {
    case Ours::Open:
        return ReconcileAct::Wait;
    case Ours::Blocked:
        return is ? ReconcileAct::Agree : was ? ReconcileAct::BlockOrAccept : ReconcileAct::BlockAgain;
    case Ours::NotBlocked:
        return !is ? ReconcileAct::Agree : was ? ReconcileAct::UnblockAgain : ReconcileAct::UnblockOrAdopt;
    case Ours::Armed:
        return is ? ReconcileAct::ArmedIsThere : ReconcileAct::Agree;
    case Ours::Nothing:
        break;
    }
    return is ? ReconcileAct::Adopt : ReconcileAct::Agree;
}

/// The proposal that takes the least away: nobody is unblocked who is do-not-contact here.
ReconcileChoice proposalFor(ReconcileAct act, bool stopped)
{
    switch (act) {
    case ReconcileAct::BlockAgain:
        return ReconcileChoice::Block;
    case ReconcileAct::BlockOrAccept:
        return stopped ? ReconcileChoice::Block : ReconcileChoice::Nothing;
    case ReconcileAct::Adopt:
    case ReconcileAct::ArmedIsThere:
        return ReconcileChoice::Adopt;
    case ReconcileAct::UnblockOrAdopt:
        return stopped ? ReconcileChoice::Adopt : ReconcileChoice::Nothing;
    case ReconcileAct::UnblockAgain:
        return stopped ? ReconcileChoice::Nothing : ReconcileChoice::Unblock;
    case ReconcileAct::Agree:
    case ReconcileAct::Wait:
        break;
    }
    return ReconcileChoice::Nothing;
}

} // namespace

qint64 Reconciliation::count(ReconcileAct act) const
{
    if (act == ReconcileAct::Agree)
        return agree;
    if (act == ReconcileAct::Wait)
        return waiting;
    return std::count_if(lines.begin(), lines.end(), [act](const ReconcileLine &line) { return line.act == act; });
}

bool Reconciliation::allows(const ReconcileLine &line, ReconcileChoice choice)
{
    switch (choice) {
    case ReconcileChoice::Nothing:
        return true;
    case ReconcileChoice::Block:
        return line.act == ReconcileAct::BlockAgain || line.act == ReconcileAct::BlockOrAccept;
    case ReconcileChoice::Accept:
        return !line.keepsStop && (line.act == ReconcileAct::BlockAgain || line.act == ReconcileAct::BlockOrAccept);
    case ReconcileChoice::Adopt:
        return line.act == ReconcileAct::Adopt || line.act == ReconcileAct::ArmedIsThere
            || line.act == ReconcileAct::UnblockOrAdopt || line.act == ReconcileAct::UnblockAgain;
    case ReconcileChoice::Unblock:
        return line.act == ReconcileAct::Adopt || line.act == ReconcileAct::UnblockOrAdopt
            || line.act == ReconcileAct::UnblockAgain;
    }
    return false;
}

Reconciliation reconcile(std::span<const BlockEntry> here, std::span<const ServerBlock> last, bool hasLast,
    std::span<const ServerBlock> now, const std::unordered_set<AliasKey> &stopped)
{
    Reconciliation found;
    const ServerIndex before(last);
    const ServerIndex present(now);
    std::unordered_set<const ServerBlock *> ours;
    const auto add = [&](ReconcileAct act, AliasKey alias, BlockId entry, const ServerBlock *server) {
        if (act == ReconcileAct::Agree) {
            ++found.agree;
            return;
        }
        if (act == ReconcileAct::Wait) {
            ++found.waiting;
            return;
        }
        const bool keepsStop = stopped.contains(alias);
        found.lines.push_back(
            {act, proposalFor(act, keepsStop), alias, entry, server ? *server : ServerBlock{}, keepsStop});
    };
    for (const BlockEntry &entry : here) {
        const ServerBlock *is = present.find(entry.alias, entry.waId);
        const ServerBlock *was = hasLast ? before.find(entry.alias, entry.waId) : nullptr;
        ours.insert(is);
        add(actOf(oursOf(entry), was != nullptr, is != nullptr), entry.alias, entry.id, is ? is : was);
    }
    for (const ServerBlock &row : now) {
        if (!ours.contains(&row))
            add(ReconcileAct::Adopt, row.alias, {}, &row);
    }
    return found;
}

} // namespace rollcall
