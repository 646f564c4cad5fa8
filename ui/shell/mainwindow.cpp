// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/mainwindow.h"

#include "models/accounts/accounts.h"
#include "models/settings/settings.h"
#include "models/store/store.h"
#include "ui/accounts/accountspage.h"
#include "ui/checks/checkspage.h"
#include "ui/contacts/contactspage.h"
#include "ui/parts/banners.h"
#include "ui/shell/accountchooser.h"
#include "ui/shell/blockshell.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/composeshell.h"
#include "ui/shell/internal/bars.h"
#include "ui/shell/internal/budgetwatch.h"
#include "ui/shell/internal/importjobs.h"
#include "ui/shell/internal/navigation.h"
#include "ui/shell/jobsdock.h"
#include "ui/shell/pages.h"
#include "ui/shell/runjobs.h"
#include "ui/shell/shellcommands.h"
#include "ui/shell/windowdialogs.h"
#include "ui/text/capabilitywords.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QStyle>
#include <QTimer>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr int layoutVersion = 1;
constexpr int sandboxEdge = 3; // as in the style sheet

} // namespace

MainWindow::MainWindow(ShellNeeds needs)
    : m_needs(std::move(needs))
    , m_pages(new Pages(m_needs, m_actions, this))
    , m_frame(new QFrame(this))
    , m_banners(new Banners(this))
    , m_chooser(new AccountChooser(this))
    , m_status(new StatusLine(this))
    , m_budget(new BudgetWatch(m_needs.store, *m_status, this))
    , m_dock(new JobsDock(this))
    , m_runs(new RunJobs(
          m_needs.runner, *m_dock, m_needs.clock, [this](AccountId id) { return m_needs.accounts.find(id); }, this))
    , m_blocks(new BlockShell(m_needs, m_actions, *m_pages, *m_dock, this))
    , m_compose(new ComposeShell(m_needs, m_actions, *m_pages, *m_dock, this))
    , m_commands(new ShellCommands(m_needs, m_actions, *m_status, *m_banners, this))
    , m_dialogs(new WindowDialogs(m_needs, m_actions, this))
{
    setObjectName(QStringLiteral("mainWindow"));
    buildMenus(*this, m_actions);
    buildToolBar(*this, m_actions, *m_chooser);
    buildFrame();
    connectActions();
    connectParts();
    refreshAccounts();
    showPage(Act::ShowContacts);
    resize(QSize(1280, 800).boundedTo(roomOnScreen(*this)));
    restoreGeometry(m_needs.settings.viewState(QStringLiteral("mainWindow"), layoutVersion));
    restoreState(m_needs.settings.viewState(QStringLiteral("mainWindow.bars"), layoutVersion), layoutVersion);
    m_dock->hide(); // nothing runs yet; the first job shows it again, where it was
}

MainWindow::~MainWindow() = default;

void MainWindow::buildFrame()
{
    QList<QAction *> pageActions;
    const QList<Act> acts = m_pages->acts();
    for (const Act act : acts)
        pageActions << m_actions.at(act);
    auto *middle = new QWidget(this);
    auto *row = new QHBoxLayout(middle);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(new Navigation(pageActions, middle));
    m_frame->setObjectName(QStringLiteral("pageFrame"));
    auto *column = new QVBoxLayout(m_frame);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banners);
    column->addWidget(m_pages, 1);
    row->addWidget(m_frame, 1);
    setCentralWidget(middle);
    setStatusBar(m_status);
    addDockWidget(Qt::BottomDockWidgetArea, m_dock);
    m_dock->hide();
}

void MainWindow::connectActions()
{
    const auto on = [this](Act act, auto slot) { connect(m_actions.at(act), &QAction::triggered, this, slot); };
    const QList<Act> acts = m_pages->acts();
    for (const Act act : acts)
        on(act, [this, act] { showPage(act); });
    on(Act::Quit, [this] { close(); });
    on(Act::Refresh, [this] { m_pages->reloadShown(); });
    on(Act::Search, [this] { m_pages->focusSearch(); });
    on(Act::Export, [this] { m_pages->exportShown(); });
    on(Act::Commands, [this] { (new CommandPalette(m_actions.all(), this))->open(); });
    QAction *jobs = m_actions.at(Act::ShowJobs);
    connect(jobs, &QAction::triggered, m_dock, &QWidget::setVisible);
    connect(m_dock, &QDockWidget::visibilityChanged, jobs, &QAction::setChecked);
}

void MainWindow::connectParts()
{
    connect(m_pages, &Pages::countsChanged, this, &MainWindow::showCounts);
    connect(m_pages, &Pages::told, m_status, &StatusLine::tell);
    connect(m_blocks, &BlockShell::told, m_status, &StatusLine::tell);
    connect(m_blocks, &BlockShell::pageWanted, this, &MainWindow::showPage);
    connect(m_compose, &ComposeShell::told, m_status, &StatusLine::tell);
    connect(m_compose, &ComposeShell::pageWanted, this, &MainWindow::showPage);
    connect(m_dialogs, &WindowDialogs::told, m_status, &StatusLine::tell);
    connect(&m_pages->contacts(), &ContactsPage::pasteWanted, m_dialogs, &WindowDialogs::importClipboard);
    connect(new ImportJobs(*m_dialogs, *m_dock, this), &ImportJobs::peopleWanted, this, [this](const Filter &filter) {
        showPage(Act::ShowContacts);
        m_pages->contacts().setFilter(filter);
    });
    connect(m_dialogs, &WindowDialogs::restoreRequested, this, &MainWindow::restoreRequested);
    connect(m_dialogs, &WindowDialogs::welcomeClosed, this, &MainWindow::welcomeClosed);
    connect(m_chooser, &AccountChooser::chosen, this, &MainWindow::setCurrentAccount);
    connect(&m_needs.accounts, &Accounts::changed, this, &MainWindow::refreshAccounts);
    connect(&m_pages->accounts(), &AccountsPage::tested, this, [this](AccountId account, const AccountReach &found) {
        m_reach.tested(account, found);
        showReach();
    });
    connect(m_dialogs, &WindowDialogs::gatewayWanted, this, [this] {
        showPage(Act::ShowAccounts);
        m_actions.at(Act::AddAccount)->trigger();
    });
    connect(m_runs, &RunJobs::openRequested, this, [this](RunId run) {
        showPage(Act::ShowChecks);
        m_pages->checks().showRun(run);
    });
    connect(m_runs, &RunJobs::finished, this, [this](RunId, const QString &sentence) { m_status->tell(sentence); });
    const auto reached = [this](AccountId account, const StatusLine::ReachView &view) {
        m_reach.told(account, view);
        showReach();
    };
    connect(m_runs, &RunJobs::reached, this, reached);
    connect(m_blocks, &BlockShell::reached, this, reached);
    connect(m_compose, &ComposeShell::reached, this, reached);
}

void MainWindow::load()
{
    refreshAccounts();
    m_pages->loadAll(m_account);
    m_commands->lookAtClock();
}

void MainWindow::showRuns()
{
    m_runs->showActive();
    m_blocks->showActive();
    m_compose->showActive();
}

void MainWindow::importFiles(const QStringList &files)
{
    m_dialogs->importFiles(files);
}

void MainWindow::showWelcome()
{
    m_dialogs->showWelcome();
}

void MainWindow::showPage(Act act)
{
    m_pages->showPage(act);
    m_actions.at(act)->setChecked(true);
    m_actions.setUsable(Act::Search, m_pages->hasSearch(), tr("This page has no search field."));
    m_actions.setUsable(Act::Export, m_pages->hasExport());
    showTitle();
    showCounts();
}

void MainWindow::showTitle()
{
    const Account *account = m_needs.accounts.find(m_account);
    const QString page = m_actions.at(m_pages->shown())->iconText();
    //: window title; %1 is the page's name. The program's name is added by the system.
    setWindowTitle(account && account->sandbox ? tr("%1 (sandbox)").arg(page) : page);
}

void MainWindow::refreshAccounts()
{
    AccountId wanted = m_account.isNull() ? AccountId(m_needs.settings.value(Keys::currentAccount)) : m_account;
    const std::vector<Account> &all = m_needs.accounts.all();
    if (!m_needs.accounts.find(wanted))
        wanted = all.empty() ? AccountId() : all.front().id;
    setCurrentAccount(wanted);
}

void MainWindow::setCurrentAccount(AccountId id)
{
    const Account *account = m_needs.accounts.find(id);
    m_account = account ? id : AccountId();
    if (account)
        m_needs.settings.setValue(Keys::currentAccount, id.value());
    m_chooser->setAccounts(m_needs.accounts.all(), m_account);
    const bool sandbox = account && account->sandbox;
    m_status->showAccount(account ? account->name : QString(), sandbox);
    m_frame->setProperty("sandbox", sandbox);
    m_frame->style()->unpolish(m_frame);
    m_frame->style()->polish(m_frame);
    const int edge = sandbox ? sandboxEdge : 0; // a style sheet's border keeps no room for itself
    m_frame->layout()->setContentsMargins(edge, edge, edge, edge);
    m_dialogs->setAccount(m_account);
    updateChecks();
    m_pages->setAccount(m_account);
    m_blocks->setAccount(m_account);
    m_compose->setAccount(m_account);
    m_budget->setAccount(account);
    showTitle();
    showReach();
}

void MainWindow::updateChecks()
{
    const Account *account = m_needs.accounts.find(m_account);
    const QString none = tr("There is no account yet: add one first.");
    const auto usable = [this](Act act, const QString &why) {
        m_actions.setUsable(act, why.isEmpty() && m_whyNot.isEmpty(), m_whyNot.isEmpty() ? why : m_whyNot);
    };
    usable(Act::CheckNumber, account ? CapabilityWords::whyNoCheck(*account) : none);
    usable(Act::ForceCheck, account ? CapabilityWords::whyNoCheck(*account) : none);
    usable(Act::WaitForAll, account ? CapabilityWords::whyNoWait(*account) : none);
}

void MainWindow::showReach()
{
    m_status->showReach(m_reach.of(m_account));
}

void MainWindow::showCounts()
{
    m_status->showRows(m_pages->rows());
    m_status->showSelection(m_pages->chosen(), m_pages->rows());
}

void MainWindow::setWritable(bool writable, const QString &why)
{
    for (const Act act :
        {Act::NewPerson, Act::Import, Act::ImportSample, Act::FindStops, Act::AddAccount, Act::BackUp, Act::Restore})
        m_actions.setUsable(act, writable, why);
    m_whyNot = writable ? QString() : why;
    updateChecks();
    m_dialogs->setWritable(writable, why);
    m_pages->contacts().setWritable(writable, why);
    m_pages->accounts().setWritable(writable);
    m_blocks->setWritable(writable, why);
    m_compose->setWritable(writable, why);
}

void MainWindow::raiseToFront()
{
    setWindowState((windowState() & ~Qt::WindowMinimized) | Qt::WindowActive);
    show();
    raise();
    activateWindow();
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    if (std::exchange(m_shown, true))
        return;
    m_pages->focusSearch();
    // A zero timer comes after the events of the first exposure, so nothing slow stands between the start and a window.
    QTimer::singleShot(0, this, &MainWindow::firstPainted);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    remember();
    QMainWindow::closeEvent(event);
}

void MainWindow::remember()
{
    m_needs.settings.setViewState(QStringLiteral("mainWindow"), layoutVersion, saveGeometry());
    m_needs.settings.setViewState(QStringLiteral("mainWindow.bars"), layoutVersion, saveState(layoutVersion));
}

} // namespace rollcall
