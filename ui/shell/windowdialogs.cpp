// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/windowdialogs.h"

#include "models/accounts/accounts.h"
#include "models/settings/settings.h"
#include "models/store/backups.h"
#include "models/store/store.h"
#include "ui/exchange/fetchdialog.h"
#include "ui/exchange/importdialog.h"
#include "ui/preferences/preferences.h"
#include "ui/shell/actions.h"
#include "ui/text/capabilitywords.h"
#include "ui/welcome/welcome.h"

#include <QClipboard>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QGuiApplication>
#include <QMimeData>
#include <QUrl>
#include <QWidget>

namespace rollcall {

namespace {

QStringList localFiles(const QMimeData &data)
{
    QStringList files;
    const QList<QUrl> urls = data.urls();
    for (const QUrl &url : urls)
        if (url.isLocalFile())
            files << url.toLocalFile();
    return files;
}

} // namespace

WindowDialogs::WindowDialogs(ShellNeeds needs, Actions &actions, QWidget *window)
    : QObject(window)
    , m_needs(std::move(needs))
    , m_actions(actions)
    , m_window(window)
{
    connect(actions.at(Act::Import), &QAction::triggered, this, [this] { openImport({}); });
    connect(actions.at(Act::ImportSample), &QAction::triggered, this,
        [this] { openImport(QStringLiteral(":/samples/sample-contacts.csv")); });
    connect(actions.at(Act::FetchContacts), &QAction::triggered, this, &WindowDialogs::openFetch);
    connect(actions.at(Act::Preferences), &QAction::triggered, this, [this] { showPreferences(false); });
    connect(actions.at(Act::Restore), &QAction::triggered, this, [this] { showPreferences(true); });
    connect(actions.at(Act::Welcome), &QAction::triggered, this, &WindowDialogs::showWelcome);
    window->setAcceptDrops(true);
    window->installEventFilter(this);
}

WindowDialogs::~WindowDialogs() = default;

bool WindowDialogs::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::DragEnter) {
        auto *drag = static_cast<QDragEnterEvent *>(event);
        if (m_actions.at(Act::Import)->isEnabled() && !localFiles(*drag->mimeData()).isEmpty())
            drag->acceptProposedAction();
        return true;
    }
    if (event->type() == QEvent::Drop) {
        auto *drop = static_cast<QDropEvent *>(event);
        drop->acceptProposedAction();
        importFiles(localFiles(*drop->mimeData()));
        return true;
    }
    return QObject::eventFilter(watched, event);
}

void WindowDialogs::importFiles(const QStringList &files)
{
    m_files += files;
    if (m_files.isEmpty() || m_import)
        return;
    if (!m_actions.at(Act::Import)->isEnabled()) {
        emit told(tr("Nothing was imported: %1").arg(Actions::whyDisabled(*m_actions.at(Act::Import))));
        return m_files.clear();
    }
    openImport(m_files.takeFirst());
}

void WindowDialogs::importClipboard()
{
    const QMimeData *data = QGuiApplication::clipboard()->mimeData();
    if (const QStringList files = data ? localFiles(*data) : QStringList(); !files.isEmpty())
        return importFiles(files);
    QAction *import = m_actions.at(Act::Import);
    if (!import->isEnabled())
        return emit told(tr("Nothing was imported: %1").arg(Actions::whyDisabled(*import)));
    if (m_import)
        return raiseImport();
    openImport({});
    m_import->openText(data ? data->text() : QString());
}

void WindowDialogs::openImport(const QString &file)
{
    if (m_import)
        return raiseImport();
    m_import = new ImportDialog({m_needs.store, m_needs.importer, m_needs.settings, m_needs.asks}, m_window);
    m_import->setAttribute(Qt::WA_DeleteOnClose);
    m_lastSentence.clear();
    connect(m_import, &ImportDialog::told, this, [this](const QString &sentence) {
        m_lastSentence = sentence;
        emit told(sentence);
    });
    connect(m_import, &ImportDialog::imported, this,
        [this](BatchId batch, const ImportCounts &counts) { emit imported(batch, m_lastSentence, counts); });
    connect(m_import, &ImportDialog::working, this, &WindowDialogs::importWorking);
    connect(m_import, &ImportDialog::rested, this, &WindowDialogs::importRested);
    connect(m_import, &QObject::destroyed, this, &WindowDialogs::importRested);
    connect(m_import, &QObject::destroyed, this, [this] { importFiles({}); });
    m_import->show();
    if (!file.isEmpty())
        m_import->openFile(file);
}

void WindowDialogs::setAccount(AccountId account)
{
    m_account = account;
    updateFetch();
}

void WindowDialogs::setWritable(bool writable, const QString &why)
{
    m_writable = writable;
    m_whyNot = why;
    updateFetch();
}

void WindowDialogs::updateFetch()
{
    const Account *account = m_needs.accounts.find(m_account);
    const QString why = !m_writable ? m_whyNot
        : !account                  ? tr("There is no account yet: add one first.")
                                    : CapabilityWords::whyNot(*account, Capability::ListContacts);
    m_actions.setUsable(Act::FetchContacts, why.isEmpty(), why);
}

void WindowDialogs::openFetch()
{
    const Account *account = m_needs.accounts.find(m_account);
    if (!account)
        return;
    if (m_fetch) {
        m_fetch->raise();
        return m_fetch->activateWindow();
    }
    m_fetch = new FetchDialog(
        {m_needs.store, m_needs.importer, m_needs.settings,
            [&accounts = m_needs.accounts](AccountId id) { return accounts.gateway(id); }, m_needs.asks},
        *account, m_window);
    m_fetch->setAttribute(Qt::WA_DeleteOnClose);
    m_fetchSentence.clear();
    connect(m_fetch, &FetchDialog::told, this, [this](const QString &sentence) {
        m_fetchSentence = sentence;
        emit told(sentence);
    });
    connect(m_fetch, &FetchDialog::imported, this,
        [this](BatchId batch, const ImportCounts &counts) { emit imported(batch, m_fetchSentence, counts); });
    m_fetch->show();
}

void WindowDialogs::raiseImport()
{
    if (!m_import)
        return;
    m_import->show();
    m_import->raise();
    m_import->activateWindow();
}

void WindowDialogs::cancelImport()
{
    if (m_import)
        m_import->reject();
}

void WindowDialogs::showPreferences(bool backups)
{
    PreferencesNeeds needs;
    needs.asks = m_needs.asks;
    needs.backUp = [this](std::function<void(Result<BackupFile>)> then) {
        return m_needs.store.backups().backupNow(std::move(then));
    };
    needs.backups = [this](std::function<void(std::vector<BackupFile>)> then) {
        auto state = std::make_shared<Call::State>();
        m_pool.start([this, state, then = std::move(then)] { // a folder is read: not on the GUI thread
            auto files = m_needs.store.backups().list();
            QMetaObject::invokeMethod(
                this,
                [state, then, files = std::move(files)] {
                    if (std::exchange(state->open, false))
                        then(files);
                },
                Qt::QueuedConnection);
        });
        return Call(state);
    };
    needs.retention.preview = [this](const RetentionRules &rules, std::function<void(Result<RetentionCounts>)> then) {
        return m_needs.store.erasures().preview(rules, std::move(then));
    };
    needs.retention.apply = [this](const RetentionRules &rules, std::function<void(Result<RetentionCounts>)> then) {
        return m_needs.store.erasures().apply(rules, false, std::move(then));
    };
    needs.restore = [this](const QString &path) { emit restoreRequested(path); };
    needs.languages = {{QString(), tr("As the system")}, {QStringLiteral("en"), QStringLiteral("English")}};
    auto *dialog = new Preferences(m_needs.settings, std::move(needs), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    if (backups)
        dialog->showBackups();
}

void WindowDialogs::showWelcome()
{
    auto *welcome = new Welcome(
        m_needs.settings.value(Keys::operatorName), m_needs.settings.value(Keys::defaultRegion), m_window);
    welcome->setAttribute(Qt::WA_DeleteOnClose);
    connect(welcome, &Welcome::chosen, this, &WindowDialogs::onChosen);
    connect(welcome, &QDialog::rejected, this, &WindowDialogs::welcomeClosed);
    welcome->open();
}

void WindowDialogs::onChosen(const WelcomeChoice &choice)
{
    m_needs.settings.setValue(Keys::operatorName, choice.operatorName);
    m_needs.settings.setValue(Keys::defaultRegion, choice.region);
    m_needs.settings.setValue(Keys::firstRunDone, true);
    if (choice.way == WelcomeChoice::Way::Gateway)
        emit gatewayWanted();
    else
        emit sandboxWanted();
}

} // namespace rollcall
