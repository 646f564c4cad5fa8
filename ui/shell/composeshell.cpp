// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/composeshell.h"

#include "models/accounts/accounts.h"
#include "models/base/clock.h"
#include "models/cards/sendrun.h"
#include "models/store/messages.h"
#include "models/store/store.h"
#include "ui/compose/composepage.h"
#include "ui/compose/sendcommands.h"
#include "ui/compose/sentdialog.h"
#include "ui/compose/settlesenddialog.h"
#include "ui/contacts/contactspage.h"
#include "ui/shell/internal/operationjobs.h"
#include "ui/shell/pages.h"
#include "ui/text/failuretext.h"

namespace rollcall {

namespace {

constexpr qint64 pauseMs = 300; // a run stores outcomes many times a second

} // namespace

ComposeNeeds composeNeeds(const ShellNeeds &needs)
{
    return {needs.store, needs.clock, needs.settings, needs.sendDesk, needs.drafts, needs.desk, needs.runner,
        [&accounts = needs.accounts](AccountId id) { return accounts.find(id); }, needs.asks};
}

ComposeShell::ComposeShell(const ShellNeeds &needs, Actions &actions, Pages &pages, JobsDock &dock, QWidget *window)
    : QObject(window)
    , m_needs(composeNeeds(needs))
    , m_actions(actions)
    , m_pages(pages)
    , m_window(window)
    , m_commands(new SendCommands(m_needs, window))
    , m_jobs(new OperationJobs(dock, m_needs.clock, m_needs.accountOf, this))
{
    m_jobs->follow(needs.sendRunner, QStringLiteral("send"));
    connect(m_jobs, &OperationJobs::reached, this, &ComposeShell::reached);
    connect(m_jobs, &OperationJobs::openRequested, this, &ComposeShell::showSent);
    connect(m_jobs, &OperationJobs::finished, this, [this](RunId, const QString &sentence) { emit told(sentence); });
    connect(m_commands, &SendCommands::told, this, &ComposeShell::told);
    connect(m_commands, &SendCommands::started, this, [this](RunId run) {
        m_left[run] = m_pages.compose().composition();
        m_pages.compose().clear();
    });
    connect(&needs.sendRunner, &SendRunner::finished, this, &ComposeShell::bringBack);
    connect(&m_pages, &Pages::countsChanged, this, &ComposeShell::showActions);
    connect(&m_pages.compose(), &ComposePage::sendableChanged, this, &ComposeShell::showActions);
    connect(&m_needs.store, &Store::changed, this, [this](const Change &change) {
        const int erased = Change::PeopleChanged | Change::DraftsChanged; // an erasure changes both
        if ((change.kinds & erased) == erased)
            m_left.clear(); // one of them may name who was erased: it does not come back
        if ((change.kinds & Change::MessagesChanged) != 0 && !m_countSoon.isOpen())
            m_countSoon = m_needs.clock.after(pauseMs, [this] { readUnknown(); });
    });
    connectActions();
    showActions();
}

void ComposeShell::connectActions()
{
    const auto on = [this](Act act, auto slot) { connect(m_actions.at(act), &QAction::triggered, this, slot); };
    on(Act::Compose, [this] { compose(); });
    on(Act::Send, [this] {
        ComposePage &page = m_pages.compose();
        m_commands->send(page.cards(), page.recipients(), page.replyTo(), m_account);
    });
    on(Act::SentMessages, [this] { showSent({}); });
    on(Act::Settle, [this] {
        if (m_pages.shown() == Act::ShowCompose)
            settle(m_unknown);
    });
}

void ComposeShell::setAccount(AccountId account)
{
    m_account = account;
    showActions();
}

void ComposeShell::setWritable(bool writable, const QString &why)
{
    m_writable = writable;
    m_why = why;
    m_pages.compose().setWritable(writable, why);
    showActions();
}

void ComposeShell::showActive()
{
    m_jobs->showActive();
    readUnknown();
}

void ComposeShell::readUnknown()
{
    m_countSoon = Call();
    SentFilter filter;
    filter.states = {OperationState::Unknown};
    m_count = m_needs.store.messages().history(filter, [this](Result<std::vector<OperationId>> unknown) {
        if (unknown)
            m_unknown = *std::move(unknown);
        showActions();
    });
}

void ComposeShell::showActions()
{
    const bool chosen = m_pages.shown() == Act::ShowContacts && m_pages.chosen() > 0;
    m_actions.setUsable(Act::Compose, m_writable && chosen, m_writable ? QString() : m_why);
    const bool here = m_pages.shown() == Act::ShowCompose;
    const QString why = m_pages.compose().whyNotSendable();
    m_actions.setUsable(Act::Send, here && why.isEmpty(), here ? why : QString());
    if (here)
        m_actions.setUsable(Act::Settle, m_writable && !m_unknown.empty(),
            m_writable ? tr("No message that was sent is unknown.") : m_why);
}

void ComposeShell::compose()
{
    const std::vector<PersonId> people = m_pages.contacts().chosenOnly();
    if (people.empty())
        return;
    emit pageWanted(Act::ShowCompose);
    m_pages.compose().addPeople(people);
}

/// A message that nobody got is not lost: it stands where it was written, unless something new stands there.
void ComposeShell::bringBack(const OperationProgress &progress)
{
    const auto left = m_left.find(progress.run.id);
    if (left == m_left.end())
        return;
    const Composition composition = std::move(left->second);
    m_left.erase(left);
    ComposePage &page = m_pages.compose();
    if (progress.run.done + progress.run.unknown > 0 || !page.composition().isEmpty())
        return;
    page.setComposition(composition);
    emit told(tr("Nobody got the message, so it stands in Compose again. Sent messages says why."));
}

void ComposeShell::showSent(RunId run)
{
    if (m_dialog)
        m_dialog->close();
    auto *dialog = new SentDialog(m_needs, run, m_window);
    m_dialog = dialog;
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SentDialog::settleWanted, this, &ComposeShell::settle);
    connect(dialog, &SentDialog::cardsWanted, this, [this](const std::vector<Card> &cards) {
        emit pageWanted(Act::ShowCompose);
        m_pages.compose().addCards(cards);
    });
    dialog->open();
}

void ComposeShell::settle(const std::vector<OperationId> &operations)
{
    if (operations.empty())
        return;
    m_call = m_needs.store.messages().rows(operations, [this](Result<std::vector<SentRow>> rows) {
        if (!rows)
            return fail(tr("Settle"), rows.failure());
        std::erase_if(*rows, [](const SentRow &row) { return row.item.state != OperationState::Unknown; });
        if (rows->empty())
            return;
        auto *dialog = new SettleSendDialog(m_needs, *std::move(rows), m_dialog ? m_dialog.data() : m_window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &SettleSendDialog::told, this, &ComposeShell::told);
        dialog->open();
    });
}

void ComposeShell::fail(const QString &title, const Failure &failure)
{
    m_needs.asks.tell(m_window, {Notice::Kind::Problem, title, failureSentence(failure), {}});
}

} // namespace rollcall
