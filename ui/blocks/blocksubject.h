// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/blocks/blockdesk.h"
#include "models/domain/operation.h"
#include "models/exchange/blocklistfile.h"

#include <functional>
#include <set>
#include <vector>

namespace rollcall {

class Store;

/// Whom a command is about: as chosen at the click. Nothing chosen = the dialog asks for pasted text.
struct BlockTarget {
    std::vector<PersonId> people = {};
    std::vector<BlockId> entries = {};
    [[nodiscard]] bool isEmpty() const { return people.empty() && entries.empty(); }
};

/// Those of a list who have the same reason in it.
struct ReasonGroup {
    QString reason = {}; ///< never empty: who has none in the list is under "other"
    std::vector<PersonId> people = {};
    std::vector<AliasKey> aliases = {};
};

/// The same, looked up once: what the dialog says about them, and what a do-not-contact has to name.
struct BlockSubject {
    BlockChoice choice = {};
    std::vector<PersonId> people = {};
    std::vector<PersonId> whoOptedOut = {}; ///< those of them from whom do-not-contact is lifted by new consent only
    std::vector<AliasKey> aliases = {};
    std::vector<AliasKey> strangers = {}; ///< those of them that belong to nobody here
    std::set<AccountId> at = {}; ///< accounts of the chosen lines
    std::vector<ReasonGroup> reasons = {}; ///< of lines of a ledger or a file; empty when none of them names one
    QStringList remarks = {}; ///< sentences about what was read, e.g. what in a file is no number
    qint64 total = 0;
    qint64 doNotContact = 0;
    qint64 optedOut = 0;
};

/// What the operator wants done with them.
struct BlockWishes {
    OperationKind kind = OperationKind::Block;
    QString reason = {}; ///< stable id or own words
    bool keepReasons = false; ///< everybody keeps the reason of BlockSubject::reasons; `reason` is empty then
    QString note = {};
    bool stop = false; ///< do-not-contact (Block)
    bool liftStop = false; ///< lift do-not-contact (Unblock)
    std::vector<AccountId> accounts = {}; ///< where the gateway is asked; empty = only here
    ConsentEvent consent = {}; ///< what = None: none was stated
    RunId undoes = {}; ///< the run whose opposite this is, null = none
    qint64 undoesAtMs = 0; ///< when that run was started
    WindowChoice closed = BlockOptions{}.closed; ///< what the plan begins with
};

/// How a command's dialog begins.
struct BlockOpening {
    OperationKind kind = OperationKind::Block;
    QString source = QStringLiteral("selection"); ///< BlockEntry::source
    std::vector<AccountId> tick
        = {}; ///< accounts that are ticked at first; empty = where the lines are, or the current
    bool stop = true; ///< do-not-contact is ticked at first (Block)
    bool keepReasons = false; ///< the reasons of the list are chosen at first
};

Call lookUpSubject(Store &store, const BlockTarget &target, std::function<void(Result<BlockSubject>)> then);
Call lookUpSubject(
    Store &store, const std::vector<PhoneNumber> &numbers, std::function<void(Result<BlockSubject>)> then);
/// With the reasons of a list that was read.
Call lookUpSubject(Store &store, const BlockList &list, std::function<void(Result<BlockSubject>)> then);

} // namespace rollcall
