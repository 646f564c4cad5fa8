// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"

#include "app/instancedoor.h"
#include "app/process.h"
#include "app/sandboxhost.h"
#include "models/accounts/accounts.h"
#include "models/base/log.h"
#include "models/blocks/blockdesk.h"
#include "models/blocks/blockrun.h"
#include "models/cards/drafts.h"
#include "models/cards/senddesk.h"
#include "models/cards/sendrun.h"
#include "models/checks/checkdesk.h"
#include "models/exchange/importer.h"
#include "models/people/lookup.h"
#include "models/people/retention.h"
#include "models/runs/runner.h"
#include "models/secrets/secrets.h"
#include "models/settings/settings.h"
#include "models/store/backups.h"
#include "models/store/batches.h"
#include "models/store/stops.h"
#include "models/store/store.h"
#include "ui/parts/banners.h"
#include "ui/parts/theme.h"
#include "ui/shell/mainwindow.h"
#include "ui/text/failuretext.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QThreadPool>
#include <algorithm>

namespace rollcall {

namespace {

const char area[] = "app";
constexpr qint64 settledMs = 4000; // by then the search texts of a million people are read
constexpr qint64 manyPeople = 10'000; // a run about as many leaves tens of MiB free, but not given back

QString fileBanner()
{
    return QStringLiteral("file");
}

} // namespace

Result<std::unique_ptr<Application>> Application::open(Options options, Clock &clock)
{
    if (Done prepared = prepareFolder(options.folder); !prepared)
        return prepared.failure();
    log::start(QDir(options.folder).filePath(QStringLiteral("logs")));
    Result<std::unique_ptr<Store>> store = Store::open(options.folder, clock);
    if (!store) {
        log::warning(area, QStringLiteral("opening refused: ") + store.failure().detail);
        return store.failure();
    }
    return std::unique_ptr<Application>(new Application(std::move(options), *std::move(store), clock));
}

Application::Application(Options options, std::unique_ptr<Store> store, Clock &clock)
    : m_options(std::move(options))
    , m_clock(clock)
    , m_settings(std::make_unique<Settings>(m_options.folder))
    , m_secrets(m_options.secrets ? std::move(m_options.secrets)
                                  : makeKeychainSecrets(QStringLiteral("org.rollcall.Rollcall")))
    , m_sandbox(std::make_unique<SandboxHost>())
    , m_store(std::move(store))
    , m_door(std::make_unique<InstanceDoor>(m_options.folder))
    , m_accounts(std::make_unique<Accounts>(*m_store, *m_secrets, m_clock))
    , m_runner(std::make_unique<Runner>(
          *m_store, Runner::GatewayOf([this](AccountId id) { return m_accounts->gateway(id); }),
          [this](AccountId id) {
              const Account *account = m_accounts->find(id);
              return account ? account->budget : CheckBudget{0, 0, 0};
          },
          m_clock))
    , m_desk(std::make_unique<CheckDesk>(*m_store, *m_runner))
    , m_importer(std::make_unique<Importer>(*m_store, m_options.folder))
    , m_lookup(std::make_unique<PersonLookup>(*m_store, [this](AccountId id) { return m_accounts->gateway(id); }))
    , m_blockRunner(std::make_unique<BlockRunner>(
          *m_store, BlockRunner::GatewayOf([this](AccountId id) { return m_accounts->gateway(id); }), m_clock))
    , m_blockDesk(std::make_unique<BlockDesk>(*m_store, *m_blockRunner))
    , m_sendRunner(std::make_unique<SendRunner>(
          *m_store, SendRunner::GatewayOf([this](AccountId id) { return m_accounts->gateway(id); }), m_clock))
    , m_sendDesk(std::make_unique<SendDesk>(*m_store, *m_sendRunner, m_runner.get(), m_clock))
    , m_drafts(std::make_unique<DraftKeeper>(*m_store, m_clock))
{
    applyLook();
    nameOperator();
    m_window = std::make_unique<MainWindow>(ShellNeeds{*m_store, m_clock, *m_settings, *m_accounts, *m_runner, *m_desk,
        *m_importer, *m_lookup, *m_blockRunner, *m_blockDesk, *m_sendRunner, *m_sendDesk, *m_drafts, m_options.asks,
        [this](qint64 number) { return m_sandbox->letWriteIn(number); }});
    connectParts();
}

Application::~Application()
{
    m_calls.clear();
    m_window->hide(); // while it is whole: ~QWidget would hide it, and its children tell a window that is gone
    m_window.reset(); // its pages hold Calls into everything below
    m_drafts.reset(); // hands over what is due while the store still takes it
}

void Application::show()
{
    m_window->setWritable(false, tr("The file is still being checked."));
    m_window->show();
}

void Application::connectParts()
{
    connect(m_window.get(), &MainWindow::firstPainted, this, &Application::onFirstPaint);
    connect(m_window.get(), &MainWindow::restoreRequested, this, [this](const QString &backup) {
        m_restore = backup;
        emit restoreChosen();
    });
    connect(m_door.get(), &InstanceDoor::knocked, this, [this](const QStringList &files) {
        m_window->raiseToFront();
        m_window->importFiles(files);
    });
    connect(m_settings.get(), &Settings::changed, this, [this](const QString &key) {
        if (key == QLatin1String(Keys::theme.key))
            applyLook();
        else if (key == QLatin1String(Keys::operatorName.key))
            nameOperator();
    });
    connect(m_window.get(), &MainWindow::welcomeClosed, this, &Application::askForName);
    connect(m_sandbox.get(), &SandboxHost::started, this, &Application::useSandbox);
    connect(m_sandbox.get(), &SandboxHost::failed, this, [this] {
        m_window->banners().showBanner(QStringLiteral("sandbox"), Banners::Kind::Warning,
            tr("The built-in sandbox could not start: no port on this computer could be opened. Other accounts work."));
        finishOpening();
    });
    connect(m_store.get(), &Store::broken, this, [this](const Failure &failure) {
        log::warning(area, QStringLiteral("store broken: ") + failure.detail);
        m_window->banners().showBanner(fileBanner(), Banners::Kind::Bad, failureSentence(failure));
        m_window->setWritable(false, tr("Writing was stopped because the database reported an error."));
    });
}

/// Until a person gave a name, the journal says who was logged in.
void Application::nameOperator()
{
    const QString given = m_settings->value(Keys::operatorName);
    m_store->setOperator(given.isEmpty() ? userName() : given);
    if (m_window && !given.isEmpty())
        m_window->banners().remove(QStringLiteral("operator"));
}

void Application::keep(Call call)
{
    std::erase_if(m_calls, [](const Call &old) { return !old.isOpen(); });
    m_calls.push_back(std::move(call));
}

void Application::applyLook()
{
    if (auto *app = qobject_cast<QApplication *>(QCoreApplication::instance()))
        applyTheme(*app, themeChoice(m_settings->value(Keys::theme)));
}

void Application::onFirstPaint()
{
    log::info(area, QStringLiteral("first paint")); // startup_bench waits for this line
    loadLists();
    checkFile();
}

void Application::loadLists()
{
    keep(m_accounts->load([this](const Done &done) {
        if (!done)
            m_window->banners().showBanner(
                QStringLiteral("accounts"), Banners::Kind::Bad, failureSentence(done.failure()));
        keep(m_store->stops().load([this](const Done &loaded) {
            if (!loaded)
                m_window->banners().showBanner(
                    QStringLiteral("stops"), Banners::Kind::Bad, failureSentence(loaded.failure()));
            m_window->load();
            m_listsRead = true;
            onOpened();
        }));
    }));
}

void Application::checkFile()
{
    m_window->banners().showBanner(fileBanner(), Banners::Kind::Info, tr("Checking the file…"));
    keep(m_store->checkFile(false, [this](const Done &done) { onChecked(done); }));
}

void Application::onChecked(const Done &done)
{
    m_fileChecked = true;
    m_window->banners().remove(fileBanner());
    m_writable = done.ok() && !m_store->report().readOnly;
    if (!done) {
        log::warning(area, QStringLiteral("quick_check: ") + done.failure().detail);
        m_window->banners().showBanner(fileBanner(), Banners::Kind::Bad, failureSentence(done.failure()));
        m_window->setWritable(false, tr("The database is damaged."));
    } else if (m_store->report().readOnly) {
        tellReadOnly();
    } else {
        m_window->setWritable(true, {});
        keep(m_store->batches().forgetOld([](const Done &forgotten) {
            if (!forgotten)
                log::warning(area, QStringLiteral("forgetting old batches: ") + forgotten.failure().detail);
        }));
        if (m_store->report().unclean) // the last session did not end cleanly: read every page, in the background
            keep(m_store->checkFile(true, [this](const Done &thorough) {
                if (!thorough)
                    m_window->banners().showBanner(
                        fileBanner(), Banners::Kind::Bad, failureSentence(thorough.failure()));
            }));
    }
    onOpened();
}

void Application::onOpened()
{
    if (!m_listsRead || !m_fileChecked)
        return;
    if (!m_writable)
        return finishOpening();
    if (m_settings->value(Keys::dailyBackup))
        keep(m_store->backups().daily([this](const Done &made) {
            giveMemoryBackSoon(); // the copy of a long list takes longer than the start, and as much again
            if (!made)
                m_window->banners().showBanner(
                    QStringLiteral("backup"), Banners::Kind::Warning, failureSentence(made.failure()));
        }));
    m_retention = std::make_unique<DailyRetention>(*m_store, *m_settings, m_clock);
    m_retention->start();
    m_runner->recover([this](const Done &recovered) {
        if (!recovered)
            m_window->banners().showBanner(
                QStringLiteral("runs"), Banners::Kind::Bad, failureSentence(recovered.failure()));
        recoverBlocks();
    });
}

/// What was being sent when the last session ended is unknown now: said once, here, and shown on the Blocked page.
void Application::recoverBlocks()
{
    connect(m_blockRunner.get(), &BlockRunner::finished, this, [this](const OperationProgress &progress) {
        if (progress.run.total >= manyPeople)
            giveMemoryBackSoon();
    });
    m_blockRunner->recover([this](const Result<qint64> &unknown) {
        if (!unknown)
            m_window->banners().showBanner(
                QStringLiteral("blocks"), Banners::Kind::Bad, failureSentence(unknown.failure()));
        else if (*unknown > 0)
            m_window->banners().showBanner(QStringLiteral("blocks"), Banners::Kind::Warning,
                tr("The last session ended while blocks were being sent: the outcome of %n is unknown. Resume the run "
                   "in "
                   "Jobs, or settle them on the Blocked page.",
                    nullptr, int(std::min<qint64>(*unknown, std::numeric_limits<int>::max()))));
        recoverSends();
    });
}

/// The same for messages: they are settled from the Compose page.
void Application::recoverSends()
{
    m_sendRunner->recover([this](const Result<qint64> &unknown) {
        if (!unknown)
            m_window->banners().showBanner(
                QStringLiteral("sends"), Banners::Kind::Bad, failureSentence(unknown.failure()));
        else if (*unknown > 0)
            m_window->banners().showBanner(QStringLiteral("sends"), Banners::Kind::Warning,
                tr("The last session ended while messages were being sent: whether %n arrived is unknown. Ask the "
                   "recipients, then settle them under Sent messages….",
                    nullptr, int(std::min<qint64>(*unknown, std::numeric_limits<int>::max()))),
                tr("Sent messages…"), [this] { m_window->actions().at(Act::SentMessages)->trigger(); });
        m_window->showRuns();
        startSandbox();
    });
}

void Application::tellReadOnly()
{
    Failure failure;
    failure.kind = Failure::Kind::ReadOnly;
    failure.subject = m_store->report().folder;
    m_window->banners().showBanner(fileBanner(), Banners::Kind::Warning, failureSentence(failure));
    m_window->setWritable(false, tr("This profile cannot be written."));
}

void Application::startSandbox()
{
    const std::vector<Account> &all = m_accounts->all();
    const bool has = std::any_of(all.begin(), all.end(), [](const Account &account) { return account.sandbox; });
    if (has || all.empty() || m_options.sandbox)
        m_sandbox->start();
    else
        finishOpening(); // an operator with gateways of their own runs no server they did not ask for
}

void Application::giveMemoryBackSoon()
{
    keep(m_clock.after(settledMs, [this] {
        keep(m_store->giveMemoryBack([](const Done &) { QThreadPool::globalInstance()->start(&giveMemoryBack); }));
    }));
}

void Application::useSandbox()
{
    keep(m_accounts->useSandbox(m_sandbox->doors(), [this](Result<AccountId> id) {
        if (!id)
            m_window->banners().showBanner(
                QStringLiteral("sandbox"), Banners::Kind::Warning, failureSentence(id.failure()));
        else if (m_options.sandbox || m_window->currentAccount().isNull())
            m_window->setCurrentAccount(*id);
        finishOpening();
    }));
}

void Application::finishOpening()
{
    if (std::exchange(m_ready, true))
        return;
    log::info(area, QStringLiteral("ready"));
    emit ready();
    giveMemoryBackSoon();
    m_window->importFiles(std::exchange(m_options.files, {}));
    if (m_writable && !m_options.sandbox && !m_settings->value(Keys::firstRunDone))
        m_window->showWelcome();
    else
        askForName();
}

/// Until somebody has said who they are, the window shows whose name is written.
void Application::askForName()
{
    if (m_writable && m_settings->value(Keys::operatorName).isEmpty())
        m_window->banners().showBanner(QStringLiteral("operator"), Banners::Kind::Info,
            tr("The journal names “%1”, who is logged in here. Give your own name in the Preferences.").arg(userName()),
            tr("Preferences…"), [this] { m_window->actions().at(Act::Preferences)->trigger(); });
}

} // namespace rollcall
