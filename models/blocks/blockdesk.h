// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/blocks/blockplan.h"
#include "models/blocks/reconcile.h"
#include "models/domain/phonenumber.h"

#include <functional>
#include <memory>
#include <vector>

namespace rollcall {

class BlockRunner;
class Store;

/// Where a plan's people come from: exactly one of the three is filled.
struct BlockChoice {
    std::vector<PersonId> people = {}; ///< resolved at the click from the spine the window shows
    std::vector<PhoneNumber> numbers = {}; ///< of a paste; need not belong to anybody
    std::vector<BlockId> entries = {}; ///< lines of the ledger, of any account
};

struct BlockStarted {
    RunId run = {}; ///< null when there was nothing to send
    qint64 armed = 0;
};

/// A reconciliation as it was read, for the dialog.
struct ReconcileView {
    AccountId account = {};
    BlockReadReport read = {}; ///< without the lists themselves
    Reconciliation plan = {};
    int restarts = 0; ///< how often the list changed while it was read
};

/// From "these people" to a running block, unblock, arming or reconciliation: what the commands of a window need. GUI
/// thread. Dropping a Call only silences it once something was handed over to be stored.
class BlockDesk {
public:
    BlockDesk(Store &store, BlockRunner &runner);

    Call plan(const BlockChoice &choice, const Account &account, const BlockOptions &options,
        std::function<void(Result<BlockPlan>)> then);
    /// Arms plan.arm and stores and starts plan.send; answers once both are on disk. An order to block without a reason
    /// and a plan with neither are BadInput. Arming comes first: a crash in between has stopped more, never less.
    Call start(const BlockPlan &plan, const OperationOrder &order, std::function<void(Result<BlockStarted>)> then);
    Call start(const std::shared_ptr<const BlockPlan> &plan, const OperationOrder &order,
        std::function<void(Result<BlockStarted>)> then); ///< without a copy, for a list of 100,000

    /// The opposite of what a run did, as a plan: those of its people that are done now. Undo of a block is a request
    /// with its price, not a rollback; unblock orders from here carry `undoes`.
    Call planUndo(RunId run, const Account &account, std::function<void(Result<BlockPlan>)> then);

    /// Reads the server's list, stores the snapshot (which settles what is unknown) and compares. Unsupported where the
    /// account can neither list nor tell. Where it only tells contact by contact, every line of our ledger is asked.
    /// Compared on a thread of the pool.
    Call reconcile(const Account &account, std::function<void(Result<ReconcileView>)> then);
    /// Carries out the choices in `plan`: adopts and accepts here, then starts up to one block and one unblock run.
    /// `hereOnly`: starts none, but names whom they would be about, for flight plans of their own.
    struct Reconciled {
        qint64 adopted = 0;
        qint64 accepted = 0;
        RunId block = {};
        RunId unblock = {};
        std::vector<BlockId> toBlock = {}; ///< hereOnly
        std::vector<BlockId> toUnblock = {};
    };
    Call apply(ReconcileView view, const Account &account, const OperationOrder &order,
        std::function<void(Result<Reconciled>)> then, bool hereOnly = false);

    /// The rule "block who writes STOP" (Keys::blockOnStop, off by default): do-not-contact and block, source
    /// "rule:block-on-stop", which the journal names. Call it only when the rule is on.
    Call blockByRule(const BlockChoice &choice, const Account &account, std::function<void(Result<BlockStarted>)> then);

private:
    Store &m_store;
    BlockRunner &m_runner;
};

} // namespace rollcall
