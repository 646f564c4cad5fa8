// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/operation.h"

#include <span>
#include <unordered_set>
#include <vector>

namespace rollcall {

/// What reconciling could do about one alias. Nothing is done without the operator's choice, and nothing here removes a
/// do-not-contact or a consent.
enum class ReconcileAct {
    Agree, ///< here and there say the same
    Wait, ///< an operation of ours is open or unknown: not compared
    BlockAgain, ///< blocked here, not there: it never arrived
    BlockOrAccept, ///< blocked here, was there, is gone: somebody unblocked it elsewhere
    Adopt, ///< there, unknown to us
    UnblockOrAdopt, ///< unblocked here, yet there since the last read: somebody blocked it elsewhere
    UnblockAgain, ///< unblocked here, was there and still is
    ArmedIsThere, ///< armed here, and blocked there already: adopt
};

enum class ReconcileChoice { Nothing, Block, Unblock, Adopt, Accept };

struct ReconcileLine {
    ReconcileAct act = ReconcileAct::Agree;
    ReconcileChoice choice = ReconcileChoice::Nothing; ///< what is proposed; the operator may change it
    AliasKey alias = {};
    BlockId entry = {}; ///< null = not in our ledger yet (it is after the read was stored)
    ServerBlock server = {}; ///< of the list now, else of the list before
    bool keepsStop = false; ///< do-not-contact here: never proposed to be accepted as gone
};

/// The dry run: everything that differs, counted.
struct Reconciliation {
    std::vector<ReconcileLine> lines = {}; ///< without those that agree
    qint64 agree = 0;
    qint64 waiting = 0;
    [[nodiscard]] qint64 count(ReconcileAct act) const;
    /// May this choice be made for a line? (Nothing always; Accept not where `keepsStop`.)
    [[nodiscard]] static bool allows(const ReconcileLine &line, ReconcileChoice choice);
};

/// Pure three-way comparison. `here`: our ledger of the account before the read; `last`: the snapshot before it, absent
/// (`hasLast` false) when this is the first; `now`: the list now, from a full, untroubled read. `stopped`: aliases that
/// are do-not-contact. An entry matches a line by alias, by the wa_id the gateway gave it, or by another spelling of a
/// Brazilian, Mexican or Argentine mobile number (otherSpellings).
[[nodiscard]] Reconciliation reconcile(std::span<const BlockEntry> here, std::span<const ServerBlock> last,
    bool hasLast, std::span<const ServerBlock> now, const std::unordered_set<AliasKey> &stopped);

} // namespace rollcall
