// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/blocks/blockcommands.h"

#include "models/settings/settings.h"
#include "models/store/blocks.h"
#include "models/store/stops.h"
#include "models/store/store.h"
#include "ui/blocks/blockdialog.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"

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

void BlockCommands::block(const BlockTarget &target, AccountId current, const QString &source)
{
    open(OperationKind::Block, target, current, target.isEmpty() ? QStringLiteral("paste") : source);
}

void BlockCommands::unblock(const BlockTarget &target, AccountId current)
{
    open(OperationKind::Unblock, target, current,
        target.isEmpty() ? QStringLiteral("paste") : QStringLiteral("selection"));
}

void BlockCommands::open(OperationKind kind, const BlockTarget &target, AccountId current, const QString &source)
{
    if (m_dialog || m_plan)
        return;
    m_source = source;
    m_undoes = {};
    const auto build = [this, kind, current] {
        m_dialog = new BlockDialog(kind, m_needs, current, m_lastReason, m_window);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_dialog, &BlockDialog::planWanted, this, &BlockCommands::ask);
        connect(m_dialog, &QDialog::rejected, this, [this] { m_call = Call(); });
    };
    if (target.isEmpty()) {
        build();
        return m_dialog->open();
    }
    m_call = lookUpSubject(m_needs.store, target, [this, build](Result<BlockSubject> subject) {
        if (!subject)
            return fail(subject.failure());
        if (subject->total == 0)
            return;
        m_subject = *std::move(subject);
        build();
        m_dialog->setSubject(m_subject);
        m_dialog->open();
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
    if (m_plan)
        options = m_plan->options();
    m_call = m_needs.desk.plan(m_subject.choice, *account, options,
        [this, account = *account, plans = std::move(plans)](Result<BlockPlan> plan) mutable {
            if (!plan)
                return fail(plan.failure());
            plans.push_back({account, *std::move(plan)});
            planNext(std::move(plans));
        });
}

void BlockCommands::showPlans(std::vector<BlockPlanAt> plans)
{
    if (m_plan) {
        m_plan->setPlans(std::move(plans));
        return m_plan->setBusy(false);
    }
    m_plan = new BlockPlanDialog(m_wishes, m_subject, m_window);
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
        if (m_dialog)
            m_dialog->close();
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
    if (!m_wishes.stop)
        return startNext(0);
    m_call = m_needs.store.stops().stop(m_subject.people, m_subject.aliases, m_wishes.reason, [this](const Done &done) {
        if (!done)
            return fail(done.failure());
        startNext(0);
    });
}

OperationOrder BlockCommands::orderAt(std::size_t at) const
{
    OperationOrder order;
    order.account = m_plan->plans()[at].account.id;
    order.kind = m_wishes.kind;
    order.reason = m_wishes.reason;
    order.note = m_wishes.note;
    order.source = m_source;
    order.stop = m_wishes.stop;
    order.undoes = m_undoes;
    order.liftStop = m_wishes.liftStop;
    if (m_started == 0) // once, not once an account
        order.consent = m_wishes.consent;
    return order;
}

void BlockCommands::startNext(std::size_t at)
{
    const std::vector<BlockPlanAt> &plans = m_plan->plans();
    while (at < plans.size() && plans[at].plan.send.empty() && plans[at].plan.arm.empty())
        ++at;
    if (at < plans.size()) {
        m_call = m_needs.desk.start(plans[at].plan, orderAt(at), [this, at](Result<BlockStarted> started) {
            if (!started)
                return fail(started.failure());
            m_started += started->run.isNull() ? 0 : 1;
            m_armed += started->armed;
            startNext(at + 1);
        });
        return;
    }
    if (!m_wishes.liftStop || m_subject.notOptedOut.empty())
        return finish();
    m_call = m_needs.store.stops().lift(m_subject.notOptedOut, m_wishes.reason, [this](const Done &done) {
        if (!done)
            return fail(done.failure());
        finish();
    });
}

void BlockCommands::finish()
{
    QStringList sentences;
    if (m_wishes.stop)
        sentences
            << tr("%1 people are do-not-contact now.", nullptr, forPlural(m_subject.total)).arg(count(m_subject.total));
    if (m_wishes.liftStop)
        sentences << tr("Do-not-contact was lifted.");
    if (m_armed > 0)
        sentences << tr("%1 are armed.", nullptr, forPlural(m_armed)).arg(count(m_armed));
    if (m_started > 0)
        sentences << (m_wishes.kind == OperationKind::Block ? tr("Blocking started, see Jobs.")
                                                            : tr("Unblocking started, see Jobs."));
    if (m_plan)
        m_plan->accept();
    if (m_dialog)
        m_dialog->close();
    emit told(sentences.join(u' '));
}

void BlockCommands::undo(const OperationRun &run)
{
    const Account *account = m_needs.accountOf(run.account);
    if (!account || m_dialog || m_plan)
        return;
    m_wishes = {};
    m_wishes.kind = run.kind == OperationKind::Block ? OperationKind::Unblock : OperationKind::Block;
    m_wishes.reason = run.reason;
    m_wishes.accounts = {account->id};
    m_source = QStringLiteral("undo");
    m_undoes = run.id;
    m_call = m_needs.desk.planUndo(run.id, *account, [this, account = *account](Result<BlockPlan> plan) {
        if (!plan)
            return fail(plan.failure());
        m_subject = {};
        m_subject.total = plan->people;
        showPlans({{account, *std::move(plan)}});
    });
}

/// Own words are offered again, newest last.
void BlockCommands::rememberReason()
{
    if (m_wishes.reason.isEmpty())
        return;
    m_lastReason = m_wishes.reason;
    QStringList own = m_needs.settings.value(Keys::blockReasons);
    if (builtInBlockReasons().contains(m_wishes.reason) || own.contains(m_wishes.reason))
        return;
    own << m_wishes.reason;
    m_needs.settings.setValue(Keys::blockReasons, own.mid(std::max<qsizetype>(0, own.size() - mostOwnReasons)));
}

void BlockCommands::fail(const Failure &failure)
{
    const Account *account = m_wishes.accounts.empty() ? nullptr : m_needs.accountOf(m_wishes.accounts.front());
    const QString sentence = failureSentence(failure, account ? std::optional(account->kind) : std::nullopt);
    if (m_plan)
        return m_plan->showProblem(sentence);
    if (m_dialog)
        return m_dialog->showProblem(sentence);
    m_needs.asks.tell(m_window, {Notice::Kind::Problem, tr("Block"), sentence, {}});
}

} // namespace rollcall
