// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/blocks/blockcommands.h"

#include "models/base/worker.h"
#include "models/settings/settings.h"
#include "models/store/blocks.h"
#include "models/store/consents.h"
#include "models/store/stops.h"
#include "models/store/store.h"
#include "ui/blocks/blockdialog.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"

#include <unordered_map>

namespace rollcall {

namespace {

constexpr qsizetype mostOwnReasons = 20;

} // namespace

BlockCommands::BlockCommands(BlocksNeeds needs, QWidget *window)
    : QObject(window)
    , m_needs(std::move(needs))
    , m_window(window)
{
}

bool BlockCommands::isBusy() const
{
    return m_dialog || m_plan;
}

void BlockCommands::block(const BlockTarget &target, AccountId current, const QString &source)
{
    open({.source = target.isEmpty() ? QStringLiteral("paste") : source}, target, current);
}

bool BlockCommands::wishFor(const QString &reason, AccountId current, const QString &source)
{
    if (isBusy())
        return false;
    m_wishes = {};
    m_wishes.kind = OperationKind::Block;
    m_wishes.reason = reason;
    m_wishes.stop = true;
    if (const Account *account = m_needs.accountOf(current); account && account->capabilities().block)
        m_wishes.accounts = {current};
    m_source = source;
    return true;
}

void BlockCommands::planSubject(Result<BlockSubject> subject)
{
    if (!subject)
        return fail(subject.failure());
    if (subject->total == 0)
        return planLater();
    m_subject = *std::move(subject);
    plan();
}

void BlockCommands::blockFor(const BlockTarget &target, const QString &reason, AccountId current)
{
    if (target.isEmpty() || !wishFor(reason, current, QStringLiteral("selection")))
        return;
    m_call = lookUpSubject(
        m_needs.store, target, [this](Result<BlockSubject> subject) { planSubject(std::move(subject)); });
}

void BlockCommands::blockFor(const std::vector<PhoneNumber> &numbers, const QString &reason, AccountId current)
{
    if (numbers.empty() || !wishFor(reason, current, QStringLiteral("paste")))
        return;
    m_call = lookUpSubject(
        m_needs.store, numbers, [this](Result<BlockSubject> subject) { planSubject(std::move(subject)); });
}

void BlockCommands::unblock(const BlockTarget &target, AccountId current)
{
    open({.kind = OperationKind::Unblock,
             .source = target.isEmpty() ? QStringLiteral("paste") : QStringLiteral("selection")},
        target, current);
}

void BlockCommands::report(const BlockTarget &target, AccountId current)
{
    open({.kind = OperationKind::Report,
             .source = target.isEmpty() ? QStringLiteral("paste") : QStringLiteral("selection"),
             .tick = {current}},
        target, current);
}

void BlockCommands::carry(const std::vector<BlockId> &entries, AccountId to)
{
    // Their do-not-contact is as it is: the list goes to another account, nobody is stopped anew by that.
    open({.source = QStringLiteral("carried"), .tick = {to}, .stop = false, .keepReasons = true}, {{}, entries}, to);
}

void BlockCommands::blockList(const BlockList &list, const QStringList &remarks, AccountId current)
{
    if (isBusy())
        return;
    const BlockOpening opening{.source = QStringLiteral("file"), .keepReasons = true};
    m_call = lookUpSubject(m_needs.store, list, [this, opening, remarks, current](Result<BlockSubject> subject) {
        if (!subject)
            return fail(subject.failure());
        subject->remarks = remarks;
        openOn(*std::move(subject), opening, current);
    });
}

void BlockCommands::build(const BlockOpening &opening, AccountId current)
{
    m_source = opening.source;
    m_wishes = {};
    m_dialog = new BlockDialog(opening, m_needs, current, m_lastReasons.value(opening.kind), m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &BlockDialog::planWanted, this, &BlockCommands::ask);
    connect(m_dialog, &QDialog::rejected, this, [this] {
        m_call = Call();
        m_dialog = nullptr; // it deletes itself, a little later
    });
}

void BlockCommands::openOn(BlockSubject subject, const BlockOpening &opening, AccountId current)
{
    if (subject.total == 0 || isBusy())
        return;
    m_subject = std::move(subject);
    build(opening, current);
    m_dialog->setSubject(m_subject);
    m_dialog->open();
}

void BlockCommands::open(const BlockOpening &opening, const BlockTarget &target, AccountId current)
{
    if (isBusy())
        return;
    if (target.isEmpty()) {
        build(opening, current);
        return m_dialog->open();
    }
    m_call = lookUpSubject(m_needs.store, target, [this, opening, current](Result<BlockSubject> subject) {
        if (!subject)
            return fail(subject.failure());
        openOn(*std::move(subject), opening, current);
    });
}

void BlockCommands::ask()
{
    m_wishes = m_dialog->wishes();
    m_dialog->setBusy(true);
    if (!m_dialog->pastes())
        return plan();
    m_call = lookUpSubject(m_needs.store, m_dialog->numbers(), [this](Result<BlockSubject> subject) {
        if (!subject)
            return fail(subject.failure());
        m_subject = *std::move(subject);
        // Whom a pasted text is about is known only now: nobody's opt-out is lifted without a new consent.
        if (m_wishes.liftStop && m_subject.optedOut > 0 && m_wishes.consent.what != ConsentState::OptIn)
            return m_dialog->askConsent(m_subject.optedOut);
        plan();
    });
}

void BlockCommands::plan()
{
    planNext({});
}

void BlockCommands::planNext(std::vector<BlockPlanAt> plans)
{
    if (plans.size() == m_wishes.accounts.size())
        return showPlans(std::move(plans));
    const Account *account = m_needs.accountOf(m_wishes.accounts[plans.size()]);
    if (!account) { // removed meanwhile
        m_wishes.accounts.erase(m_wishes.accounts.begin() + qsizetype(plans.size()));
        return planNext(std::move(plans));
    }
    BlockOptions options;
    options.kind = m_wishes.kind;
    options.closed = m_wishes.closed;
    if (m_plan)
        options = m_plan->options();
    m_call = m_needs.desk.plan(m_subject.choice, *account, options,
        [this, account = *account, plans = std::move(plans)](Result<BlockPlan> plan) mutable {
            if (!plan)
                return fail(plan.failure());
            plans.push_back({account, std::make_shared<const BlockPlan>(*std::move(plan))});
            planNext(std::move(plans));
        });
}

void BlockCommands::showPlans(std::vector<BlockPlanAt> plans)
{
    if (m_plan) {
        m_plan->setPlans(std::move(plans));
        return m_plan->setBusy(false);
    }
    m_plan = new BlockPlanDialog(m_needs.store, m_wishes, m_subject, m_window);
    m_plan->setAttribute(Qt::WA_DeleteOnClose);
    m_plan->setPlans(std::move(plans));
    m_plan->setBackPossible(m_dialog != nullptr);
    connect(m_plan, &BlockPlanDialog::startWanted, this, &BlockCommands::start);
    connect(m_plan, &BlockPlanDialog::optionsChanged, this, [this] {
        m_plan->setBusy(true);
        plan();
    });
    connect(m_plan, &BlockPlanDialog::backWanted, this, [this] {
        m_call = Call();
        const QPointer<BlockPlanDialog> plan = std::exchange(m_plan, nullptr);
        plan->disconnect(this);
        plan->close();
        if (m_dialog) {
            m_dialog->setBusy(false);
            m_dialog->open();
        }
    });
    connect(m_plan, &QDialog::rejected, this, [this] {
        m_call = Call();
        m_plan = nullptr;
        closeDialog();
        planLater();
    });
    if (m_dialog)
        m_dialog->hide();
    m_plan->open();
}

/// Do-not-contact comes first: it holds whatever happens to the rest.
void BlockCommands::start()
{
    m_plan->setBusy(true);
    m_started = 0;
    m_armed = 0;
    rememberReason();
    m_legs = legs();
    if (m_wishes.liftStop)
        return recordConsent();
    if (!m_wishes.stop)
        return startNext();
    if (m_wishes.keepReasons)
        return stopNext(0);
    m_call = m_needs.store.stops().stop(m_subject.people, m_subject.aliases, m_wishes.reason, [this](const Done &done) {
        if (!done)
            return fail(done.failure());
        startNext();
    });
}

/// Everybody is stopped for the reason of the list.
void BlockCommands::stopNext(std::size_t group)
{
    if (group == m_subject.reasons.size())
        return startNext();
    const ReasonGroup &of = m_subject.reasons[group];
    m_call = m_needs.store.stops().stop(of.people, of.aliases, of.reason, [this, group](const Done &done) {
        if (!done)
            return fail(done.failure());
        stopNext(group + 1);
    });
}

void BlockCommands::recordConsent()
{
    if (m_wishes.consent.what != ConsentState::OptIn || m_subject.whoOptedOut.empty())
        return lift();
    m_call = m_needs.store.consents().record(m_subject.whoOptedOut, m_wishes.consent, [this](const Done &done) {
        if (!done)
            return fail(done.failure());
        lift();
    });
}

void BlockCommands::lift()
{
    const bool consented = m_wishes.consent.what == ConsentState::OptIn;
    m_call = m_needs.store.stops().lift(
        m_subject.people, m_subject.aliases, m_wishes.reason, consented, [this](const Done &done) {
            if (!done)
                return fail(done.failure());
            startNext();
        });
}

OperationOrder BlockCommands::orderAt(const BlockPlanAt &at) const
{
    OperationOrder order;
    order.account = at.account.id;
    order.kind = m_wishes.kind;
    order.reason = m_wishes.reason;
    order.note = m_wishes.note;
    order.source = m_source;
    order.undoes = m_wishes.undoes; // no order.stop: start() has stopped them all, in a transaction of its own
    return order;
}

/// A run for each account; where the list's reasons are kept, for each of them.
std::deque<BlockCommands::Leg> BlockCommands::legs() const
{
    std::deque<Leg> legs;
    std::unordered_map<AliasKey, std::size_t> groupOf;
    if (m_wishes.keepReasons)
        for (std::size_t group = 0; group < m_subject.reasons.size(); ++group)
            for (const AliasKey alias : m_subject.reasons[group].aliases)
                groupOf.emplace(alias, group);
    for (const BlockPlanAt &at : m_plan->plans()) {
        if (at.plan->send.empty() && at.plan->arm.empty())
            continue;
        if (groupOf.empty()) {
            legs.push_back({at.plan, orderAt(at)});
            continue;
        }
        std::vector<BlockPlan> parts(m_subject.reasons.size(), BlockPlan{.kind = at.plan->kind});
        const auto part = [&](const OperationItem &item) -> BlockPlan & {
            const auto found = groupOf.find(item.alias);
            return parts[found == groupOf.end() ? 0 : found->second];
        };
        for (const OperationItem &item : at.plan->send)
            part(item).send.push_back(item);
        for (const OperationItem &item : at.plan->arm)
            part(item).arm.push_back(item);
        for (std::size_t group = 0; group < parts.size(); ++group) {
            if (parts[group].send.empty() && parts[group].arm.empty())
                continue;
            OperationOrder order = orderAt(at);
            order.reason = m_subject.reasons[group].reason;
            legs.push_back({std::make_shared<const BlockPlan>(std::move(parts[group])), order});
        }
    }
    return legs;
}

void BlockCommands::startNext()
{
    if (!m_legs.empty()) {
        const Leg leg = std::move(m_legs.front());
        m_legs.pop_front();
        m_call = m_needs.desk.start(leg.plan, leg.order, [this](Result<BlockStarted> started) {
            if (!started)
                return fail(started.failure());
            m_started += started->run.isNull() ? 0 : 1;
            m_armed += started->armed;
            startNext();
        });
        return;
    }
    finish();
}

void BlockCommands::finish()
{
    QStringList sentences;
    if (m_wishes.stop)
        sentences
            << tr("%1 people are do-not-contact now.", nullptr, forPlural(m_subject.total)).arg(count(m_subject.total));
    if (m_wishes.liftStop)
        sentences << (m_subject.optedOut > 0 ? tr("Do-not-contact was lifted where no later opt-out stands.")
                                             : tr("Do-not-contact was lifted."));
    if (m_armed > 0)
        sentences << tr("%1 are armed.", nullptr, forPlural(m_armed)).arg(count(m_armed));
    if (m_started > 0)
        sentences << (m_wishes.kind == OperationKind::Block ? tr("Blocking started, see Jobs.")
                : m_wishes.kind == OperationKind::Unblock   ? tr("Unblocking started, see Jobs.")
                                                            : tr("Reporting started, see Jobs."));
    if (const QPointer<BlockPlanDialog> plan = std::exchange(m_plan, nullptr))
        plan->accept();
    closeDialog();
    letGo(std::exchange(m_subject, {}));
    emit told(sentences.join(u' '));
    planLater();
}

void BlockCommands::carryOut(
    const std::vector<BlockId> &block, const std::vector<BlockId> &unblock, const QString &reason, AccountId account)
{
    if (isBusy())
        return;
    const auto begin = [this, reason, account](OperationKind kind, const std::vector<BlockId> &entries) {
        m_wishes = {};
        m_wishes.kind = kind;
        m_wishes.reason = reason;
        m_wishes.accounts = {account};
        m_wishes.closed = WindowChoice::Try; // arming would stop them, which reconciling does not
        m_source = QStringLiteral("selection");
        m_call = lookUpSubject(
            m_needs.store, {{}, entries}, [this](Result<BlockSubject> subject) { planSubject(std::move(subject)); });
    };
    if (block.empty())
        return begin(OperationKind::Unblock, unblock);
    if (!unblock.empty())
        m_later = [begin, unblock] { begin(OperationKind::Unblock, unblock); };
    begin(OperationKind::Block, block);
}

void BlockCommands::planLater()
{
    if (const auto later = std::exchange(m_later, nullptr))
        later();
}

void BlockCommands::closeDialog()
{
    if (const QPointer<BlockDialog> dialog = std::exchange(m_dialog, nullptr))
        dialog->close();
}

void BlockCommands::undo(const OperationRun &run)
{
    const Account *account = m_needs.accountOf(run.account);
    if (isBusy() || run.kind == OperationKind::Report)
        return;
    if (!account) {
        m_needs.asks.tell(m_window,
            {Notice::Kind::Info, tr("Undo"),
                tr("The account of that run was removed, so it cannot be asked for the opposite."), {}});
        return;
    }
    m_wishes = {};
    m_wishes.kind = run.kind == OperationKind::Block ? OperationKind::Unblock : OperationKind::Block;
    m_wishes.reason = run.reason;
    m_wishes.accounts = {account->id};
    m_wishes.undoes = run.id;
    m_wishes.undoesAtMs = run.startedMs;
    m_wishes.closed = WindowChoice::Try; // as BlockDesk::planUndo()
    m_source = QStringLiteral("undo");
    if (run.kind == OperationKind::Block)
        return planUndo(run, *account);
    // Who is blocked again is so for the reason they were blocked for before; that stayed in the ledger.
    m_call = m_needs.store.blocks().entries(
        run.account, [this, run, account = *account](const Result<std::vector<BlockEntry>> &entries) {
            if (!entries)
                return fail(entries.failure());
            std::vector<BlockId> ids;
            for (const BlockEntry &entry : *entries)
                if (entry.run == run.id)
                    ids.push_back(entry.id);
            m_call = lookUpSubject(m_needs.store, {{}, ids}, [this, run, account](const Result<BlockSubject> &subject) {
                if (!subject)
                    return fail(subject.failure());
                m_wishes.keepReasons = !subject->reasons.empty();
                m_subject = *subject;
                if (m_wishes.reason.isEmpty() && !m_wishes.keepReasons)
                    m_wishes.reason = QStringLiteral("other");
                planUndo(run, account);
            });
        });
}

void BlockCommands::planUndo(const OperationRun &run, const Account &account)
{
    m_call = m_needs.desk.planUndo(run.id, account, [this, account](Result<BlockPlan> plan) {
        if (!plan)
            return fail(plan.failure());
        std::vector<ReasonGroup> reasons;
        if (m_wishes.keepReasons)
            reasons = std::move(m_subject.reasons);
        m_subject = {};
        m_subject.reasons = std::move(reasons);
        m_subject.total = plan->people;
        showPlans({{account, std::make_shared<const BlockPlan>(*std::move(plan))}});
    });
}

/// Own words are offered again, newest last.
void BlockCommands::rememberReason()
{
    if (m_wishes.reason.isEmpty())
        return;
    if (m_wishes.undoes.isNull())
        m_lastReasons[m_wishes.kind] = m_wishes.reason;
    if (m_wishes.kind == OperationKind::Unblock)
        return;
    QStringList own = m_needs.settings.value(Keys::blockReasons);
    if (builtInBlockReasons().contains(m_wishes.reason) || own.contains(m_wishes.reason))
        return;
    own << m_wishes.reason;
    m_needs.settings.setValue(Keys::blockReasons, own.mid(std::max<qsizetype>(0, own.size() - mostOwnReasons)));
}

void BlockCommands::fail(const Failure &failure)
{
    m_later = nullptr; // what Reconcile wanted next does not come up after some other command
    const Account *account = m_wishes.accounts.empty() ? nullptr : m_needs.accountOf(m_wishes.accounts.front());
    const QString sentence = failureSentence(failure, account ? std::optional(account->kind) : std::nullopt);
    if (m_plan)
        return m_plan->showProblem(sentence);
    if (m_dialog)
        return m_dialog->showProblem(sentence);
    m_needs.asks.tell(m_window, {Notice::Kind::Problem, tr("Block"), sentence, {}});
}

} // namespace rollcall
