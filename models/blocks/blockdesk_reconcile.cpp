// SPDX-License-Identifier: GPL-3.0-or-later
// Reconciling from the desk: read, compare, carry out what was chosen.
#include "models/base/aside.h"
#include "models/base/chain.h"
#include "models/base/worker.h"
#include "models/blocks/blockdesk.h"
#include "models/blocks/blockrun.h"
#include "models/store/stops.h"
#include "models/store/store.h"

#include <algorithm>
#include <map>
#include <memory>

namespace rollcall {
namespace {

/// Everything that a comparison needs, in hand: it is made on a thread of the pool.
struct Comparing {
    AccountId account = {};
    BlockRunner::WholeRead whole = {};
    std::vector<AliasKey> stopped = {}; ///< do-not-contact, of those who are in the ledger or in the list
};

/// `stops` may be asked on this thread only; the rest is done elsewhere.
std::vector<AliasKey> stoppedOf(const Stops &stops, const BlockReadReport &read)
{
    std::vector<AliasKey> stopped;
    const auto ask = [&](AliasKey alias) {
        if (stops.contains(alias))
            stopped.push_back(alias);
    };
    for (const BlockEntry &entry : read.before)
        ask(entry.alias);
    for (const ServerBlock &row : read.now)
        ask(row.alias);
    return stopped;
}

/// Compares what was read with what was there. Where contacts are told one by one, only those take part that were.
ReconcileView compare(Comparing &&in)
{
    BlockReadReport &read = in.whole.report;
    std::vector<BlockEntry> here = std::exchange(read.before, {});
    const std::vector<ServerBlock> now = std::exchange(read.now, {});
    std::vector<ServerBlock> last = std::exchange(read.last, {});
    bool hasLast = read.previousMs != 0;
    if (read.read == 0) {
        const std::unordered_set<AliasKey> told(read.told.begin(), read.told.end());
        std::erase_if(here, [&](const BlockEntry &entry) { return !told.contains(entry.alias); });
        last.clear();
        for (const BlockEntry &entry : here) {
            hasLast = hasLast || entry.readMs != 0;
            if (entry.there == ServerWord::Present)
                last.push_back({entry.alias, entry.waId, {}});
        }
    }
    const std::unordered_set<AliasKey> stopped(in.stopped.begin(), in.stopped.end());
    ReconcileView view{.account = in.account, .restarts = in.whole.restarts};
    view.plan = reconcile(here, last, hasLast, now, stopped);
    view.read = std::move(read);
    return view;
}

/// The choices of a view as lines of the ledger.
struct Chosen {
    std::map<ReconcileChoice, std::vector<BlockId>> entries;
    [[nodiscard]] const std::vector<BlockId> &of(ReconcileChoice choice) { return entries[choice]; }
};

Chosen chosenIn(const ReconcileView &view, const std::vector<BlockEntry> &ledger)
{
    std::unordered_map<AliasKey, BlockId> ids;
    for (const BlockEntry &entry : ledger)
        ids.emplace(entry.alias, entry.id);
    Chosen chosen;
    for (const ReconcileLine &line : view.plan.lines) {
        if (line.choice == ReconcileChoice::Nothing || !Reconciliation::allows(line, line.choice))
            continue;
        const auto found = ids.find(line.alias);
        const BlockId id = !line.entry.isNull() ? line.entry : found == ids.end() ? BlockId() : found->second;
        if (!id.isNull())
            chosen.entries[line.choice].push_back(id);
    }
    return chosen;
}

/// Carries out the choices one after the other; what was done stays done when a later step fails.
class Applying final : public std::enable_shared_from_this<Applying> {
public:
    Applying(Store &store, BlockDesk &desk, std::shared_ptr<const ReconcileView> view, Account account,
        OperationOrder order, std::function<void(Result<BlockDesk::Reconciled>)> then, bool hereOnly)
        : m_store(store)
        , m_desk(desk)
        , m_view(std::move(view))
        , m_account(std::move(account))
        , m_order(std::move(order))
        , m_then(std::move(then))
        , m_hereOnly(hereOnly)
    {
    }
    Call begin()
    {
        m_order.account = m_view->account;
        m_chain.next(m_store.blocks().entries(
            m_view->account, [self = shared_from_this()](Result<std::vector<BlockEntry>> ledger) {
                if (!ledger)
                    return self->end(ledger.failure());
                self->find(*std::move(ledger));
            }));
        return m_chain.call();
    }

private:
    void find(std::vector<BlockEntry> &&ledger)
    {
        m_chain.next(onWorker<Chosen>([view = m_view, ledger = std::move(ledger)] { return chosenIn(*view, ledger); },
            [self = shared_from_this()](Chosen chosen) {
                self->m_chosen = std::move(chosen);
                self->adopt();
            }));
    }
    void adopt()
    {
        const auto &entries = m_chosen.of(ReconcileChoice::Adopt);
        if (entries.empty())
            return accept();
        m_chain.next(m_store.blocks().adopt(entries, m_order.reason, [self = shared_from_this()](Result<qint64> count) {
            if (!count)
                return self->end(count.failure());
            self->m_result.adopted = *count;
            self->accept();
        }));
    }
    void accept()
    {
        const auto &entries = m_chosen.of(ReconcileChoice::Accept);
        if (entries.empty())
            return write(OperationKind::Block);
        m_chain.next(m_store.blocks().accept(entries, [self = shared_from_this()](Result<qint64> count) {
            if (!count)
                return self->end(count.failure());
            self->m_result.accepted = *count;
            self->write(OperationKind::Block);
        }));
    }
    void write(OperationKind kind)
    {
        const bool block = kind == OperationKind::Block;
        const auto &entries = m_chosen.of(block ? ReconcileChoice::Block : ReconcileChoice::Unblock);
        if (m_hereOnly)
            (block ? m_result.toBlock : m_result.toUnblock) = entries;
        if (entries.empty() || m_hereOnly)
            return wrote(kind);
        BlockOptions options;
        options.kind = kind;
        options.closed = options.notKnown = WindowChoice::Try;
        m_chain.next(m_desk.plan(
            {.entries = entries}, m_account, options, [self = shared_from_this(), kind](const Result<BlockPlan> &plan) {
                if (!plan)
                    return self->end(plan.failure());
                if (plan->send.empty())
                    return self->wrote(kind);
                OperationOrder order = self->m_order;
                order.kind = kind;
                order.stop = false; // reconciling neither adds nor lifts a stop
                order.liftStop = false;
                self->m_chain.next(self->m_desk.start(*plan, order, [self, kind](const Result<BlockStarted> &started) {
                    if (!started)
                        return self->end(started.failure());
                    (kind == OperationKind::Block ? self->m_result.block : self->m_result.unblock) = started->run;
                    self->wrote(kind);
                }));
            }));
    }
    void wrote(OperationKind kind)
    {
        if (kind == OperationKind::Block)
            write(OperationKind::Unblock);
        else
            end(m_result);
    }
    void end(const Result<BlockDesk::Reconciled> &result)
    {
        if (m_chain.close())
            m_then(result);
    }

    Store &m_store;
    BlockDesk &m_desk;
    const std::shared_ptr<const ReconcileView> m_view;
    const Account m_account;
    OperationOrder m_order;
    std::function<void(Result<BlockDesk::Reconciled>)> m_then;
    const bool m_hereOnly;
    Chosen m_chosen;
    BlockDesk::Reconciled m_result;
    Chain m_chain;
};

} // namespace

Call BlockDesk::reconcile(const Account &account, std::function<void(Result<ReconcileView>)> then)
{
    const Chain chain;
    chain.next(m_runner.readWhole(account.id,
        [&store = m_store, id = account.id, chain, then = std::move(then)](Result<BlockRunner::WholeRead> whole) {
            if (!whole) {
                if (chain.close())
                    then(whole.failure());
                return;
            }
            const auto in = std::make_shared<Comparing>(Comparing{id, *std::move(whole)});
            in->stopped = stoppedOf(store.stops(), in->whole.report);
            aside<ReconcileView>(
                chain, [in] { return compare(std::move(*in)); }, then);
        }));
    return chain.call();
}

Call BlockDesk::apply(ReconcileView view, const Account &account, const OperationOrder &order,
    std::function<void(Result<Reconciled>)> then, bool hereOnly)
{
    return std::make_shared<Applying>(m_store, *this, std::make_shared<const ReconcileView>(std::move(view)), account,
        order, std::move(then), hereOnly)
        ->begin();
}

} // namespace rollcall
