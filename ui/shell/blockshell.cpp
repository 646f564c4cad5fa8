// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/blockshell.h"

#include "models/accounts/accounts.h"
#include "models/base/clock.h"
#include "models/blocks/blockrun.h"
#include "models/settings/settings.h"
#include "models/store/journal.h"
#include "models/store/store.h"
#include "models/store/verdicts.h"
#include "ui/blocks/blockcommands.h"
#include "ui/blocks/blocklistreader.h"
#include "ui/blocks/blockresultdialog.h"
#include "ui/blocks/blockspage.h"
#include "ui/blocks/carrydialog.h"
#include "ui/blocks/reconciledialog.h"
#include "ui/blocks/settledialog.h"
#include "ui/checks/checkspage.h"
#include "ui/contacts/contactspage.h"
#include "ui/journal/journalpage.h"
#include "ui/shell/internal/operationjobs.h"
#include "ui/shell/pages.h"
#include "ui/text/age.h"
#include "ui/text/capabilitywords.h"
#include "ui/text/failuretext.h"

#include <unordered_set>

namespace rollcall {

namespace {

constexpr qint64 mostWhoWriteIn = 1'000; // each is looked up while the window waits

} // namespace

BlocksNeeds blocksNeeds(const ShellNeeds &needs)
{
    return {needs.store, needs.clock, needs.settings, needs.blockDesk, needs.blockRunner,
        [&accounts = needs.accounts](AccountId id) { return accounts.find(id); },
        [&accounts = needs.accounts] { return accounts.all(); }, needs.asks};
}

BlockShell::BlockShell(const ShellNeeds &needs, Actions &actions, Pages &pages, JobsDock &dock, QWidget *window)
    : QObject(window)
    , m_needs(blocksNeeds(needs))
    , m_letWriteIn(needs.letWriteIn)
    , m_actions(actions)
    , m_pages(pages)
    , m_window(window)
    , m_commands(new BlockCommands(m_needs, window))
    , m_lists(new BlockListReader(m_needs, *m_commands, window))
    , m_jobs(new OperationJobs(dock, m_needs.clock, m_needs.accountOf, this))
{
    m_jobs->follow(m_needs.runner, QStringLiteral("block"));
    connect(m_commands, &BlockCommands::told, this, &BlockShell::told);
    connect(m_lists, &BlockListReader::told, this, &BlockShell::told);
    connect(&m_pages.contacts(), &ContactsPage::runUndoWanted, this, &BlockShell::undoRun);
    connect(m_jobs, &OperationJobs::reached, this, &BlockShell::reached);
    connect(m_jobs, &OperationJobs::openRequested, this, &BlockShell::showResults);
    connect(m_jobs, &OperationJobs::finished, this, [this](RunId, const QString &sentence) { emit told(sentence); });
    connect(&m_pages, &Pages::countsChanged, this, &BlockShell::showActions);
    connect(&m_pages.contacts(), &ContactsPage::blockWanted, this, [this](const std::vector<PersonId> &people) {
        m_commands->blockFor({people, {}}, QStringLiteral("opt-out"), m_account);
    });
    connect(&m_pages.contacts(), &ContactsPage::stopsRecorded, this, &BlockShell::onStopsRecorded);
    connectActions();
    showActions();
}

void BlockShell::connectActions()
{
    const auto on = [this](Act act, auto slot) { connect(m_actions.at(act), &QAction::triggered, this, slot); };
    on(Act::Block, [this] {
        withTarget(tr("Block"), [this](const BlockTarget &whom, AccountId at) { m_commands->block(whom, at); });
    });
    on(Act::BlockSpam, [this] {
        withTarget(tr("Block"),
            [this](const BlockTarget &whom, AccountId at) { m_commands->blockFor(whom, QStringLiteral("spam"), at); });
    });
    on(Act::Unblock, [this] {
        withTarget(tr("Unblock"), [this](const BlockTarget &whom, AccountId at) { m_commands->unblock(whom, at); });
    });
    on(Act::Settle, [this] {
        if (m_pages.shown() != Act::ShowCompose) // messages are ComposeShell's
            settle(m_pages.blocks().chosen());
    });
    on(Act::Reconcile, [this] { reconcile(); });
    on(Act::WroteNow, [this] { noteWrote(); });
    on(Act::LetWriteIn, [this] { letWriteIn(); });
    on(Act::Report, [this] {
        withTarget(tr("Report"), [this](const BlockTarget &whom, AccountId at) { m_commands->report(whom, at); });
    });
    on(Act::ImportBlocks, [this] { m_lists->open(m_account); });
    on(Act::CarryBlocks, [this] { carry(); });
}

bool BlockShell::choosesPeople() const
{
    const Act page = m_pages.shown();
    return (page == Act::ShowContacts || page == Act::ShowBlocked || page == Act::ShowChecks
               || page == Act::ShowJournal)
        && m_pages.chosen() > 0;
}

void BlockShell::withTarget(const QString &title, WithTarget then)
{
    const Act page = m_pages.shown();
    if (!choosesPeople())
        return then({}, m_account);
    if (page == Act::ShowContacts)
        return then({.people = m_pages.contacts().chosenOnly()}, m_account);
    if (page == Act::ShowBlocked)
        return then({.entries = m_pages.blocks().chosen()}, m_account);
    // The answer comes later: the command is about the account of now, and about nothing once the page was left.
    auto answer
        = [this, title, page, at = m_account, then = std::move(then)](const Result<std::vector<PersonId>> &people) {
              if (m_pages.shown() != page)
                  return;
              if (!people)
                  return fail(title, people.failure());
              if (people->empty())
                  return emit told(tr("What is chosen here is about nobody who is in the list."));
              then({.people = *people}, at);
          };
    if (page == Act::ShowJournal)
        m_call = m_needs.store.journal().whom(m_pages.journal().chosen(), std::move(answer));
    else
        m_call = m_needs.store.verdicts().whom(m_pages.checks().chosen(), std::move(answer));
}

void BlockShell::setAccount(AccountId account)
{
    m_account = account;
    showActions();
}

void BlockShell::setWritable(bool writable, const QString &why)
{
    m_writable = writable;
    m_why = why;
    showActions();
}

void BlockShell::showActive()
{
    m_jobs->showActive();
}

void BlockShell::showActions()
{
    m_actions.setUsable(Act::Block, m_writable, m_why);
    m_actions.setUsable(Act::Unblock, m_writable, m_why);
    const Account *account = m_needs.accountOf(m_account);
    QString why = m_writable ? QString() : m_why;
    if (why.isEmpty() && !account)
        why = tr("There is no account yet: add one first.");
    if (why.isEmpty() && !account->capabilities().listBlocked && !account->capabilities().tellBlocked)
        why = CapabilityWords::whyNot(*account, Capability::ListBlocked);
    m_actions.setUsable(Act::Reconcile, why.isEmpty(), why);
    why = m_writable ? QString() : m_why;
    if (why.isEmpty() && !account)
        why = tr("There is no account yet: add one first.");
    if (why.isEmpty() && !account->capabilities().report)
        why = CapabilityWords::whyNot(*account, Capability::Report);
    m_actions.setUsable(Act::Report, why.isEmpty(), why);
    m_actions.setUsable(Act::ImportBlocks, m_writable, m_why);
    const bool several = m_needs.accounts().size() > 1;
    m_actions.setUsable(Act::CarryBlocks, m_writable && several, m_writable ? QString() : m_why);
    const bool anybody = choosesPeople();
    m_actions.setUsable(Act::WroteNow, m_writable && anybody, m_writable ? QString() : m_why);
    const bool sandbox = account && account->sandbox && m_letWriteIn;
    m_actions.setUsable(Act::LetWriteIn, m_writable && anybody && sandbox, m_writable ? QString() : m_why);
    m_actions.at(Act::LetWriteIn)->setVisible(sandbox); // nothing an operator with real gateways has to read about
    why = m_writable ? QString() : m_why;
    if (why.isEmpty() && account && !account->capabilities().block)
        why = CapabilityWords::whyNot(*account, Capability::Block);
    m_actions.setUsable(Act::BlockSpam, why.isEmpty() && anybody && account, why);
}

/// Of the chosen lines those that are unknown; of nothing chosen, all that are.
void BlockShell::settle(std::vector<BlockId> chosen)
{
    BlockFilter filter;
    filter.view = BlockView::Unknown;
    m_call = m_needs.store.blocks().spine(
        filter, {}, [this, chosen = std::move(chosen)](Result<std::vector<BlockId>> unknown) {
            if (!unknown)
                return fail(tr("Settle"), unknown.failure());
            const std::unordered_set<BlockId> wanted(chosen.begin(), chosen.end());
            std::vector<BlockId> ids = *std::move(unknown);
            if (!wanted.empty())
                std::erase_if(ids, [&wanted](BlockId id) { return !wanted.contains(id); });
            if (ids.empty()) {
                m_needs.asks.tell(m_window,
                    {Notice::Kind::Info, tr("Settle"),
                        tr("The outcome of what is chosen is known: there is nothing to settle."), {}});
                return;
            }
            openSettle(ids);
        });
}

void BlockShell::settleOf(RunId run)
{
    m_call = m_needs.store.blocks().run(run, [this, run](Result<OperationRun> of) {
        if (!of)
            return fail(tr("Settle"), of.failure());
        m_call = m_needs.store.blocks().entries(of->account, [this, run](Result<std::vector<BlockEntry>> entries) {
            if (!entries)
                return fail(tr("Settle"), entries.failure());
            std::vector<BlockId> ids;
            for (const BlockEntry &entry : *entries)
                if (entry.run == run && entry.state == OperationState::Unknown)
                    ids.push_back(entry.id);
            if (!ids.empty())
                openSettle(ids);
        });
    });
}

void BlockShell::openSettle(const std::vector<BlockId> &ids)
{
    if (m_dialog)
        m_dialog->close();
    m_call = m_needs.store.blocks().rows(ids, [this](Result<std::vector<BlockRow>> rows) {
        if (!rows)
            return fail(tr("Settle"), rows.failure());
        auto *dialog = new SettleDialog(m_needs, *std::move(rows), m_window);
        m_dialog = dialog;
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &SettleDialog::told, this, &BlockShell::told);
        connect(
            dialog, &SettleDialog::againWanted, this, [this](OperationKind kind, const std::vector<BlockId> &entries) {
                const BlockTarget target{{}, entries};
                if (kind == OperationKind::Unblock)
                    m_commands->unblock(target, m_account);
                else
                    m_commands->block(target, m_account);
            });
        dialog->open();
    });
}

void BlockShell::reconcile()
{
    const Account *account = m_needs.accountOf(m_account);
    if (!account || m_dialog)
        return;
    auto *dialog = new ReconcileDialog(m_needs, *account, m_window);
    m_dialog = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ReconcileDialog::told, this, &BlockShell::told);
    connect(dialog, &ReconcileDialog::writeWanted, this,
        [this, id = account->id](const std::vector<BlockId> &block, const std::vector<BlockId> &unblock,
            const QString &reason) { m_commands->carryOut(block, unblock, reason, id); });
    dialog->open();
}

void BlockShell::carry()
{
    if (m_dialog)
        return;
    auto *dialog = new CarryDialog(m_needs, m_account, m_window);
    m_dialog = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CarryDialog::carryWanted, m_commands, &BlockCommands::carry);
    dialog->open();
}

void BlockShell::undoRun(RunId run)
{
    m_call = m_needs.store.blocks().run(run, [this](const Result<OperationRun> &of) {
        if (!of)
            return fail(tr("Undo"), of.failure());
        m_commands->undo(*of);
    });
}

/// Who wrote STOP is do-not-contact already. The block is offered; only the rule that the operator switched on makes it
/// by itself (product.md, rule 3).
void BlockShell::onStopsRecorded(const std::vector<PhoneNumber> &numbers, bool block)
{
    if (m_needs.settings.value(Keys::blockOnStop))
        blockByRule(numbers);
    else if (block)
        m_commands->blockFor(numbers, QStringLiteral("opt-out"), m_account);
}

void BlockShell::blockByRule(const std::vector<PhoneNumber> &numbers)
{
    const Account *account = m_needs.accountOf(m_account);
    if (!account || !account->capabilities().block)
        return emit told(tr("The rule “block who writes STOP” could not act: this account cannot block. They are "
                            "do-not-contact."));
    BlockChoice choice;
    choice.numbers = numbers;
    m_rule = m_needs.desk.blockByRule(choice, *account, [this](const Result<BlockStarted> &started) {
        if (!started)
            return fail(tr("Block who writes STOP"), started.failure());
        if (started->run.isNull() && started->armed == 0)
            return emit told(tr("The rule “block who writes STOP” found nobody who is not blocked already."));
        emit told(started->run.isNull()
                ? tr("By the rule “block who writes STOP” %1 people are armed.", nullptr, forPlural(started->armed))
                      .arg(count(started->armed))
                : tr("The rule “block who writes STOP” blocks them, see Jobs."));
    });
}

void BlockShell::noteWrote()
{
    withTarget(tr("Wrote to us"), [this](const BlockTarget &chosen, AccountId at) { noteWroteOf(chosen, at); });
}

void BlockShell::noteWroteOf(const BlockTarget &chosen, AccountId at)
{
    if (chosen.isEmpty())
        return;
    m_call = lookUpSubject(m_needs.store, chosen, [this, at](Result<BlockSubject> subject) {
        if (!subject)
            return fail(tr("Wrote to us"), subject.failure());
        if (subject->people.empty())
            return emit told(tr("Nobody in the list has these numbers, so nothing was noted."));
        offerBlock(subject->people, QStringLiteral("operator"), at);
    });
}

void BlockShell::letWriteIn()
{
    if (m_letWriteIn)
        withTarget(tr("Write in"), [this](const BlockTarget &chosen, AccountId at) { letWriteInOf(chosen, at); });
}

void BlockShell::letWriteInOf(const BlockTarget &chosen, AccountId at)
{
    if (chosen.isEmpty())
        return;
    m_call = lookUpSubject(m_needs.store, chosen, [this, at](const Result<BlockSubject> &subject) {
        if (!subject)
            return fail(tr("Write in"), subject.failure());
        if (qint64(subject->people.size()) > mostWhoWriteIn)
            return emit told(tr("At most %1 people can write in at once.").arg(count(mostWhoWriteIn)));
        m_call = m_needs.store.blocks().candidates(
            subject->people, at, [this, at](const Result<std::vector<BlockCandidate>> &candidates) {
                if (!candidates)
                    return fail(tr("Write in"), candidates.failure());
                writeIn(*candidates, at);
            });
    });
}

/// Only who is on WhatsApp can write, in the sandbox's world as well.
void BlockShell::writeIn(const std::vector<BlockCandidate> &chosen, AccountId at)
{
    std::vector<PersonId> wrote;
    wrote.reserve(chosen.size());
    for (const BlockCandidate &one : chosen)
        if (!one.person.isNull() && one.otherName.isEmpty() && m_letWriteIn(one.alias.value()))
            wrote.push_back(one.person);
    if (wrote.empty())
        return emit told(tr("None of them is on WhatsApp in the sandbox's world, so nobody could write."));
    offerBlock(wrote, QStringLiteral("sandbox"), at);
}

void BlockShell::offerBlock(const std::vector<PersonId> &people, const QString &source, AccountId at)
{
    const auto number = qint64(people.size());
    m_call = m_needs.store.blocks().wrote(
        people, m_needs.clock.now().wallMs, source, [this, number, at](Result<std::vector<BlockId>> armed) {
            if (!armed)
                return fail(tr("Wrote to us"), armed.failure());
            emit told(tr("Noted for %1 people: they can be blocked for 24 hours.", nullptr, forPlural(number))
                          .arg(count(number)));
            if (!armed->empty())
                m_commands->block({{}, *armed}, at);
        });
}

void BlockShell::showResults(RunId run)
{
    if (m_dialog)
        m_dialog->close();
    auto *dialog = new BlockResultDialog(m_needs, run, m_window);
    m_dialog = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &BlockResultDialog::settleWanted, this, &BlockShell::settleOf);
    connect(dialog, &BlockResultDialog::undoWanted, m_commands, &BlockCommands::undo);
    connect(dialog, &BlockResultDialog::armed, this, [this](qint64 people) {
        emit told(tr("%1 people are armed: do-not-contact now, and their block is offered when they write.", nullptr,
            forPlural(people))
                      .arg(count(people)));
    });
    dialog->open();
}

void BlockShell::fail(const QString &title, const Failure &failure)
{
    m_needs.asks.tell(m_window, {Notice::Kind::Problem, title, failureSentence(failure), {}});
}

} // namespace rollcall
