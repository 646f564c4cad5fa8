// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/blocks/blockdesk.h"
#include "models/domain/operation.h"

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

/// The same, looked up once: what the dialog says about them, and what a do-not-contact has to name.
struct BlockSubject {
    BlockChoice choice = {};
    std::vector<PersonId> people = {};
    std::vector<PersonId> notOptedOut
        = {}; ///< those of them whom do-not-contact may be lifted from without new consent
    std::vector<AliasKey> aliases = {};
    std::set<AccountId> at = {}; ///< accounts of the chosen lines
    qint64 total = 0;
    qint64 doNotContact = 0;
    qint64 optedOut = 0;
};

/// What the operator wants done with them.
struct BlockWishes {
    OperationKind kind = OperationKind::Block;
    QString reason = {}; ///< stable id or own words
    QString note = {};
    bool stop = false; ///< do-not-contact (Block)
    bool liftStop = false; ///< lift do-not-contact (Unblock)
    std::vector<AccountId> accounts = {}; ///< where the gateway is asked; empty = only here
    ConsentEvent consent = {}; ///< what = None: none was stated
};

Call lookUpSubject(Store &store, const BlockTarget &target, std::function<void(Result<BlockSubject>)> then);
Call lookUpSubject(
    Store &store, const std::vector<PhoneNumber> &numbers, std::function<void(Result<BlockSubject>)> then);

} // namespace rollcall
