// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/internal/bars.h"

#include "ui/parts/icons.h"
#include "ui/shell/actions.h"

#include <QCoreApplication>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>
#include <QToolButton>
#include <initializer_list>
#include <optional>

namespace rollcall {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Bars)
};

constexpr std::nullopt_t line = std::nullopt; // a separator

void addMenu(QMainWindow &window, const char *name, const QString &title, const Actions &actions,
    std::initializer_list<std::optional<Act>> entries)
{
    QMenu *menu = window.menuBar()->addMenu(title);
    menu->setObjectName(QLatin1String(name));
    menu->setToolTipsVisible(true);
    for (const std::optional<Act> entry : entries) {
        if (entry)
            menu->addAction(actions.at(*entry));
        else
            menu->addSeparator();
    }
}

/// The button follows its action, which has the icon of a menu; on the accent colour that one would hardly be seen.
void makePrimary(QToolButton &button, QAction &action)
{
    button.setProperty("look", QStringLiteral("primary"));
    const auto draw = [&button] { button.setIcon(iconOnAccent(QStringLiteral("validate"))); };
    QObject::connect(&action, &QAction::changed, &button, draw);
    draw();
}

} // namespace

void buildMenus(QMainWindow &window, const Actions &actions)
{
    using A = Act;
    addMenu(window, "menu.file", Text::tr("&File"), actions,
        {A::Import, A::ImportSample, A::FetchContacts, A::Export, line, A::BackUp, A::Restore, A::OpenFolder, line,
            A::Preferences, line, A::Quit});
    addMenu(window, "menu.edit", Text::tr("&Edit"), actions,
        {A::Undo, A::Redo, A::History, line, A::NewPerson, A::EditPerson, A::DeletePerson, line, A::OptIn, A::OptOut,
            A::MarketingStop, A::FindStops, A::Dossier, A::ErasePerson, line, A::Search});
    addMenu(window, "menu.checks", Text::tr("&Check"), actions,
        {A::Validate, A::CheckNumber, line, A::ForceCheck, A::WaitForAll, line, A::Pause, A::Resume, A::Cancel,
            A::RetryFailed, line, A::ConfirmTime});
    addMenu(window, "menu.block", Text::tr("&Block"), actions,
        {A::Block, A::BlockSpam, A::Unblock, A::Report, line, A::WroteNow, A::LetWriteIn, A::Disarm, A::BlockDetails,
            line, A::Settle, A::Reconcile, line, A::ImportBlocks, A::ExportBlocks, A::CarryBlocks});
    addMenu(window, "menu.compose", Text::tr("C&ompose"), actions, {A::Compose, A::Send, line, A::SentMessages});
    addMenu(window, "menu.accounts", Text::tr("&Accounts"), actions,
        {A::AddAccount, A::AddSandboxGateways, A::EditAccount, A::RemoveAccount, line, A::TestConnection, A::TruthProbe,
            A::TryRefused});
    addMenu(window, "menu.view", Text::tr("&View"), actions,
        {A::ShowContacts, A::ShowChecks, A::ShowBlocked, A::ShowCompose, A::ShowJournal, A::ShowAccounts, line,
            A::ShowJobs, A::Refresh, line, A::ThemeSystem, A::ThemeLight, A::ThemeDark, line, A::VerifyJournal});
    addMenu(window, "menu.help", Text::tr("&Help"), actions, {A::Commands, A::Welcome, line, A::About});
    for (QAction *action : actions.all())
        window.addAction(action); // shortcuts work with the menu bar hidden too
}

void buildToolBar(QMainWindow &window, const Actions &actions, QWidget &chooser)
{
    auto *bar = new QToolBar(Text::tr("Toolbar"), &window);
    bar->setObjectName(QStringLiteral("toolBar"));
    bar->setAccessibleName(Text::tr("Toolbar"));
    bar->setMovable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    // With words they would push other buttons out of a window of 1280.
    const QList<Act> asPicture{
        Act::FetchContacts, Act::WaitForAll, Act::CheckNumber, Act::Unblock, Act::Compose, Act::Commands};
    const std::initializer_list<std::optional<Act>> entries
        = {Act::Import, Act::FetchContacts, Act::NewPerson, line, Act::Validate, Act::ForceCheck, Act::WaitForAll,
            Act::CheckNumber, line, Act::Block, Act::Unblock, line, Act::Compose, line, Act::Commands};
    for (const std::optional<Act> entry : entries) {
        if (!entry) {
            bar->addSeparator();
            continue;
        }
        bar->addAction(actions.at(*entry));
        auto *button = qobject_cast<QToolButton *>(bar->widgetForAction(actions.at(*entry)));
        button->setFocusPolicy(Qt::TabFocus);
        if (*entry == Act::Validate)
            makePrimary(*button, *actions.at(*entry));
        if (asPicture.contains(*entry))
            button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    }
    auto *gap = new QWidget(bar);
    gap->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(gap);
    bar->addWidget(&chooser);
    window.addToolBar(bar);
    // Qt's own button for what has no place in a narrow window.
    if (auto *more = bar->findChild<QToolButton *>(QStringLiteral("qt_toolbar_ext_button"))) {
        more->setAccessibleName(Text::tr("More commands"));
        more->setToolTip(Text::tr("Commands that have no place in this window"));
        more->setFocusPolicy(Qt::TabFocus);
    }
}

} // namespace rollcall
