// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/pages.h"

#include "models/accounts/accounts.h"
#include "ui/accounts/accountspage.h"
#include "ui/blocks/blockspage.h"
#include "ui/checks/checkspage.h"
#include "ui/compose/composepage.h"
#include "ui/contacts/contactspage.h"
#include "ui/journal/journalpage.h"
#include "ui/shell/blockshell.h"
#include "ui/shell/composeshell.h"

namespace rollcall {

namespace {

auto accountFinder(const ShellNeeds &needs)
{
    return [&accounts = needs.accounts](AccountId id) { return accounts.find(id); };
}

AccountsNeeds accountsNeeds(const ShellNeeds &needs)
{
    AccountsNeeds its{needs.accounts, needs.settings, needs.asks, &needs.clock};
    its.probe = [&accounts = needs.accounts](AccountId id, std::function<void(Result<TruthProbe>)> then) {
        return accounts.probe(id, std::move(then));
    };
    its.forgetRefusals = [&accounts = needs.accounts](AccountId id, std::function<void(Done)> then) {
        return accounts.forgetRefusals(id, std::move(then));
    };
    return its;
}

} // namespace

Pages::Pages(const ShellNeeds &needs, Actions &actions, QWidget *parent)
    : QStackedWidget(parent)
{
    addContacts(needs, actions);
    addChecks(needs, actions);
    addBlocks(needs, actions);
    addCompose(needs, actions);
    addJournal(needs, actions);
    addAccounts(needs, actions);
}

template <class Widget> void Pages::add(Widget *widget, Page page)
{
    page.rows = [widget] { return widget->shownCount(); };
    page.chosen = [widget] { return widget->chosenCount(); };
    addWidget(widget);
    m_pages.append(std::move(page));
    connect(widget, &Widget::countsChanged, this, &Pages::countsChanged);
    connect(widget, &Widget::told, this, &Pages::told);
}

void Pages::addContacts(const ShellNeeds &needs, const Actions &actions)
{
    ContactsActions people;
    people.newPerson = actions.at(Act::NewPerson);
    people.edit = actions.at(Act::EditPerson);
    people.remove = actions.at(Act::DeletePerson);
    people.checkNumber = actions.at(Act::CheckNumber);
    people.validate = actions.at(Act::Validate);
    people.forceCheck = actions.at(Act::ForceCheck);
    people.waitForAll = actions.at(Act::WaitForAll);
    people.undo = actions.at(Act::Undo);
    people.redo = actions.at(Act::Redo);
    people.optIn = actions.at(Act::OptIn);
    people.optOut = actions.at(Act::OptOut);
    people.marketing = actions.at(Act::MarketingStop);
    people.wroteNow = actions.at(Act::WroteNow);
    people.findStops = actions.at(Act::FindStops);
    people.dossier = actions.at(Act::Dossier);
    people.erase = actions.at(Act::ErasePerson);
    people.history = actions.at(Act::History);
    people.import = actions.at(Act::Import);
    people.importSample = actions.at(Act::ImportSample);
    people.contextMenu = {people.validate, people.forceCheck, people.waitForAll, nullptr, people.edit, people.remove,
        nullptr, actions.at(Act::Block), actions.at(Act::BlockSpam), actions.at(Act::Unblock), people.wroteNow,
        actions.at(Act::LetWriteIn), nullptr, actions.at(Act::Compose), nullptr, people.optIn, people.optOut,
        people.marketing, people.dossier, people.erase, nullptr, people.newPerson, people.checkNumber};
    m_contacts = new ContactsPage({needs.store, needs.clock, needs.settings, needs.desk, needs.runner,
                                      accountFinder(needs), needs.asks, &needs.lookup},
        people, this);
    Page page;
    page.act = Act::ShowContacts;
    page.reload = [this] { m_contacts->setAccount(m_account); };
    page.search = [this] { m_contacts->focusSearch(); };
    add(m_contacts, std::move(page));
}

void Pages::addChecks(const ShellNeeds &needs, const Actions &actions)
{
    const ChecksActions checks{actions.at(Act::Pause), actions.at(Act::Resume), actions.at(Act::Cancel),
        actions.at(Act::RetryFailed), actions.at(Act::Validate)};
    m_checks = new ChecksPage(
        {needs.store, needs.clock, needs.settings, needs.runner, accountFinder(needs), needs.asks}, checks, this);
    Page page;
    page.act = Act::ShowChecks;
    page.reload = [this] { m_checks->load(); };
    add(m_checks, std::move(page));
}

void Pages::addBlocks(const ShellNeeds &needs, const Actions &actions)
{
    BlocksActions blocks;
    blocks.block = actions.at(Act::Block);
    blocks.settle = actions.at(Act::Settle);
    blocks.reconcile = actions.at(Act::Reconcile);
    blocks.disarm = actions.at(Act::Disarm);
    blocks.details = actions.at(Act::BlockDetails);
    blocks.exportList = actions.at(Act::ExportBlocks);
    blocks.listMenu = {actions.at(Act::ImportBlocks), blocks.exportList, actions.at(Act::CarryBlocks)};
    blocks.contextMenu = {blocks.details, nullptr, blocks.block, actions.at(Act::Unblock), actions.at(Act::Report),
        nullptr, actions.at(Act::WroteNow), actions.at(Act::LetWriteIn), blocks.disarm, nullptr, blocks.settle,
        blocks.reconcile};
    m_blocks = new BlocksPage(blocksNeeds(needs), blocks, this);
    Page page;
    page.act = Act::ShowBlocked;
    page.reload = [this] {
        m_blocks->setAccount(m_account);
        m_blocks->load();
    };
    page.search = [this] { m_blocks->focusSearch(); };
    page.write = [this, list = blocks.exportList] {
        if (list->isEnabled())
            list->trigger();
        else
            emit told(Actions::whyDisabled(*list));
    };
    add(m_blocks, std::move(page));
}

void Pages::addCompose(const ShellNeeds &needs, const Actions &actions)
{
    m_compose = new ComposePage(composeNeeds(needs), {actions.at(Act::Send), actions.at(Act::SentMessages)}, this);
    Page page;
    page.act = Act::ShowCompose;
    page.reload = [this] {
        m_compose->setAccount(m_account);
        m_compose->load();
    };
    add(m_compose, std::move(page));
    connect(
        m_compose, &ComposePage::peopleWanted, this, [this] { m_compose->addRecipients(m_contacts->chosenOnly()); });
    connect(m_compose, &ComposePage::optInWanted, this, [this](PersonId person) { m_contacts->recordOptIn(person); });
}

void Pages::addJournal(const ShellNeeds &needs, const Actions &actions)
{
    m_journal
        = new JournalPage({needs.store, needs.clock, needs.settings, needs.asks}, actions.at(Act::VerifyJournal), this);
    Page page;
    page.act = Act::ShowJournal;
    page.reload = [this] { m_journal->load(); };
    page.search = [this] { m_journal->focusSearch(); };
    page.write = [this] { m_journal->exportShown(); };
    add(m_journal, std::move(page));
}

void Pages::addAccounts(const ShellNeeds &needs, const Actions &actions)
{
    AccountsActions accounts;
    accounts.add = actions.at(Act::AddAccount);
    accounts.addSandbox = actions.at(Act::AddSandboxGateways);
    accounts.edit = actions.at(Act::EditAccount);
    accounts.remove = actions.at(Act::RemoveAccount);
    accounts.test = actions.at(Act::TestConnection);
    accounts.probe = actions.at(Act::TruthProbe);
    accounts.tryAgain = actions.at(Act::TryRefused);
    accounts.contextMenu = {accounts.test, accounts.probe, accounts.tryAgain, accounts.edit, accounts.remove, nullptr,
        accounts.add, accounts.addSandbox};
    m_accounts = new AccountsPage(accountsNeeds(needs), accounts, this);
    Page page;
    page.act = Act::ShowAccounts;
    page.reload = [] {}; // it follows Accounts::changed() by itself
    add(m_accounts, std::move(page));
}

QList<Act> Pages::acts() const
{
    QList<Act> all;
    for (const Page &page : m_pages)
        all << page.act;
    return all;
}

Act Pages::shown() const
{
    return current().act;
}

void Pages::showPage(Act act)
{
    for (qsizetype i = 0; i < m_pages.size(); ++i)
        if (m_pages.at(i).act == act)
            setCurrentIndex(int(i));
}

bool Pages::hasSearch() const
{
    return bool(current().search);
}

void Pages::focusSearch()
{
    if (hasSearch())
        current().search();
}

bool Pages::hasExport() const
{
    return bool(current().write);
}

void Pages::exportShown()
{
    if (hasExport())
        current().write();
}

void Pages::reloadShown()
{
    current().reload();
}

void Pages::loadAll(AccountId account)
{
    m_account = account;
    m_loaded = true;
    for (const Page &page : std::as_const(m_pages))
        page.reload();
    m_contacts->loadSearch();
}

void Pages::setAccount(AccountId account)
{
    m_account = account;
    if (!m_loaded) // nothing is read before the first paint
        return;
    m_contacts->setAccount(account);
    m_blocks->setAccount(account);
    m_compose->setAccount(account);
}

qint64 Pages::rows() const
{
    return current().rows();
}

qint64 Pages::chosen() const
{
    return current().chosen();
}

} // namespace rollcall
