// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/mainwindow.h"

#include "models/accounts/accounts.h"
#include "models/settings/settings.h"
#include "models/store/store.h"
#include "ui/checks/checkspage.h"
#include "ui/contacts/contactspage.h"
#include "ui/journal/journalpage.h"
#include "ui/parts/banners.h"
#include "ui/parts/theme.h"
#include "ui/shell/accountchooser.h"
#include "ui/shell/bars.h"
#include "ui/shell/budgetwatch.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/jobsdock.h"
#include "ui/shell/navigation.h"
#include "ui/shell/runjobs.h"
#include "ui/shell/shellcommands.h"
#include "ui/shell/windowdialogs.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QStyle>
#include <QTimer>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr int layoutVersion = 1;

} // namespace

MainWindow::MainWindow(ShellNeeds needs)
    : m_needs(std::move(needs))
    , m_stack(new QStackedWidget)
    , m_frame(new QFrame(this))
    , m_banners(new Banners(this))
    , m_chooser(new AccountChooser(this))
    , m_status(new StatusLine(this))
    , m_budget(new BudgetWatch(m_needs.store, *m_status, this))
    , m_dock(new JobsDock(this))
    , m_runs(new RunJobs(
          m_needs.runner, *m_dock, m_needs.clock, [this](AccountId id) { return m_needs.accounts.find(id); }, this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("Rollcall"));
    buildMenus(*this, m_actions);
    buildToolBar(*this, m_actions, *m_chooser);
    buildPages();
    buildFrame();
    m_commands = new ShellCommands(m_needs, m_actions, *m_status, *m_banners, this);
    m_dialogs = new WindowDialogs(m_needs, m_actions, this);
    connectActions();
    refreshAccounts();
    showPage(Act::ShowContacts);
    resize(1280, 800);
    restoreGeometry(m_needs.settings.viewState(QStringLiteral("mainWindow"), layoutVersion));
    restoreState(m_needs.settings.viewState(QStringLiteral("mainWindow.bars"), layoutVersion), layoutVersion);
}

MainWindow::~MainWindow() = default;

void MainWindow::buildPages()
{
    const auto accountOf = [this](AccountId id) { return m_needs.accounts.find(id); };
    ContactsActions people;
    people.newPerson = m_actions.at(Act::NewPerson);
    people.edit = m_actions.at(Act::EditPerson);
    people.remove = m_actions.at(Act::DeletePerson);
    people.checkNumber = m_actions.at(Act::CheckNumber);
    people.validate = m_actions.at(Act::Validate);
    people.forceCheck = m_actions.at(Act::ForceCheck);
    people.waitForAll = m_actions.at(Act::WaitForAll);
    people.undo = m_actions.at(Act::Undo);
    people.redo = m_actions.at(Act::Redo);
    people.import = m_actions.at(Act::Import);
    people.contextMenu = {people.validate, people.forceCheck, people.waitForAll, nullptr, people.edit, people.remove,
        nullptr, people.newPerson, people.checkNumber};
    m_contacts = new ContactsPage(
        {m_needs.store, m_needs.clock, m_needs.settings, m_needs.desk, m_needs.runner, accountOf, m_needs.asks}, people,
        m_stack);
    addPage({Act::ShowContacts, m_contacts, [this] { return m_contacts->shownCount(); },
        [this] { return m_contacts->chosenCount(); }, [this] { m_contacts->setAccount(m_account); },
        [this] { m_contacts->focusSearch(); }});
    connect(m_contacts, &ContactsPage::countsChanged, this, &MainWindow::showCounts);
    connect(m_contacts, &ContactsPage::told, m_status, &StatusLine::tell);

    const ChecksActions checks{m_actions.at(Act::Pause), m_actions.at(Act::Resume), m_actions.at(Act::Cancel),
        m_actions.at(Act::RetryFailed), m_actions.at(Act::Validate)};
    m_checks = new ChecksPage(
        {m_needs.store, m_needs.clock, m_needs.settings, m_needs.runner, accountOf, m_needs.asks}, checks, m_stack);
    addPage({Act::ShowChecks, m_checks, [this] { return m_checks->shownCount(); },
        [this] { return m_checks->chosenCount(); }, [this] { m_checks->load(); }});
    connect(m_checks, &ChecksPage::countsChanged, this, &MainWindow::showCounts);
    connect(m_checks, &ChecksPage::told, m_status, &StatusLine::tell);

    m_journal
        = new JournalPage({m_needs.store, m_needs.clock, m_needs.settings}, m_actions.at(Act::VerifyJournal), m_stack);
    addPage({Act::ShowJournal, m_journal, [this] { return m_journal->shownCount(); },
        [this] { return m_journal->chosenCount(); }, [this] { m_journal->load(); },
        [this] { m_journal->focusSearch(); }});
    connect(m_journal, &JournalPage::countsChanged, this, &MainWindow::showCounts);
    connect(m_journal, &JournalPage::told, m_status, &StatusLine::tell);
}

void MainWindow::addPage(Page page)
{
    m_stack->addWidget(page.widget);
    const Act act = page.act;
    connect(m_actions.at(act), &QAction::triggered, this, [this, act] { showPage(act); });
    m_pages.append(std::move(page));
}

void MainWindow::buildFrame()
{
    QList<QAction *> pageActions;
    for (const Page &page : std::as_const(m_pages))
        pageActions << m_actions.at(page.act);
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
    column->addWidget(m_stack, 1);
    row->addWidget(m_frame, 1);
    setCentralWidget(middle);
    setStatusBar(m_status);
    addDockWidget(Qt::BottomDockWidgetArea, m_dock);
    m_dock->hide();
    QAction *jobs = m_actions.at(Act::ShowJobs);
    connect(jobs, &QAction::triggered, m_dock, &QWidget::setVisible);
    connect(m_dock, &QDockWidget::visibilityChanged, jobs, &QAction::setChecked);
}

void MainWindow::connectActions()
{
    const auto on = [this](Act act, auto slot) { connect(m_actions.at(act), &QAction::triggered, this, slot); };
    on(Act::Quit, [this] { close(); });
    on(Act::Refresh, [this] { shownPage().reload(); });
    on(Act::Commands, [this] { (new CommandPalette(m_actions.all(), this))->open(); });
    on(Act::Search, [this] {
        if (shownPage().search)
            shownPage().search();
    });
    connect(m_dialogs, &WindowDialogs::told, m_status, &StatusLine::tell);
    connect(m_dialogs, &WindowDialogs::imported, this, &MainWindow::showImported);
    connect(m_dialogs, &WindowDialogs::restoreRequested, this, &MainWindow::restoreRequested);
    connect(m_chooser, &AccountChooser::chosen, this, &MainWindow::setCurrentAccount);
    connect(&m_needs.accounts, &Accounts::changed, this, &MainWindow::refreshAccounts);
    connect(m_runs, &RunJobs::openRequested, this, [this](RunId run) {
        showPage(Act::ShowChecks);
        m_checks->showRun(run);
    });
    connect(m_runs, &RunJobs::finished, this, [this](RunId, const QString &sentence) { m_status->tell(sentence); });
    connect(m_runs, &RunJobs::reached, this, [this](AccountId account, StatusLine::Reach reach, const QString &why) {
        m_reach.insert(account.value(), {reach, why});
        showReach();
    });
}

void MainWindow::load()
{
    refreshAccounts();
    for (const Page &page : std::as_const(m_pages))
        page.reload();
    m_contacts->loadSearch();
    m_commands->lookAtClock();
}

void MainWindow::showRuns()
{
    m_runs->showActive();
}

void MainWindow::importFiles(const QStringList &files)
{
    m_dialogs->importFiles(files);
}

void MainWindow::showWelcome()
{
    m_dialogs->showWelcome();
}

void MainWindow::showImported(BatchId batch, const QString &sentence)
{
    JobLook look;
    look.state = JobLook::State::Done;
    look.title = tr("Import");
    look.line = sentence;
    JobHandles handles;
    handles.open = [this, batch] {
        Filter filter;
        filter.batch = batch;
        showPage(Act::ShowContacts);
        m_contacts->setFilter(filter);
    };
    m_dock->showJob(QStringLiteral("import-%1").arg(batch.value()), look, handles);
}

MainWindow::Page &MainWindow::shownPage()
{
    return m_pages[m_stack->currentIndex()];
}

void MainWindow::showPage(Act act)
{
    for (qsizetype i = 0; i < m_pages.size(); ++i)
        if (m_pages.at(i).act == act)
            m_stack->setCurrentIndex(int(i));
    m_actions.at(act)->setChecked(true);
    m_actions.setUsable(Act::Search, bool(shownPage().search), tr("This page has no search field."));
    showCounts();
}

void MainWindow::refreshAccounts()
{
    const std::vector<Account> &all = m_needs.accounts.all();
    AccountId wanted = m_account.isNull() ? AccountId(m_needs.settings.value(Keys::currentAccount)) : m_account;
    if (!m_needs.accounts.find(wanted))
        wanted = all.empty() ? AccountId() : all.front().id;
    m_chooser->setAccounts(all, wanted);
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
    m_frame->style()->polish(m_frame);
    setWindowTitle(sandbox ? tr("Rollcall (sandbox)") : tr("Rollcall"));
    m_actions.setUsable(Act::CheckNumber, account != nullptr, tr("There is no account yet: add one first."));
    if (m_painted) // before the first paint nothing is read
        m_contacts->setAccount(m_account);
    m_budget->setAccount(account);
    showReach();
}

void MainWindow::showReach()
{
    const auto known = m_reach.value(m_account.value(), {StatusLine::Reach::Unknown, {}});
    m_status->showReach(known.first, known.second);
}

void MainWindow::showCounts()
{
    const Page &page = shownPage();
    if (!page.rows)
        return m_status->showNoRows();
    m_status->showRows(page.rows());
    m_status->showSelection(page.chosen(), page.rows());
}

void MainWindow::setWritable(bool writable, const QString &why)
{
    for (const Act act : {Act::NewPerson, Act::Import, Act::AddAccount, Act::BackUp, Act::Restore})
        m_actions.setUsable(act, writable, why);
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
    if (std::exchange(m_painted, true))
        return;
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
