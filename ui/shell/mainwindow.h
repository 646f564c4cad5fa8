// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ids.h"
#include "ui/shell/actions.h"
#include "ui/shell/internal/reachviews.h"
#include "ui/shell/shellneeds.h"

#include <QMainWindow>

class QFrame;

namespace rollcall {

class AccountChooser;
class Banners;
class BlockShell;
class BudgetWatch;
class ComposeShell;
class JobsDock;
class Pages;
class RunJobs;
class ShellCommands;
class WindowDialogs;

/// Assembles pages, bars, status line and dock. It shows what the store holds and carries out nothing itself but moving
/// between pages and accounts.
class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(ShellNeeds needs);
    ~MainWindow() override;

    [[nodiscard]] Actions &actions() { return m_actions; }
    [[nodiscard]] Banners &banners() { return *m_banners; }
    [[nodiscard]] Pages &pages() { return *m_pages; }
    [[nodiscard]] JobsDock &jobs() { return *m_dock; }
    [[nodiscard]] AccountId currentAccount() const { return m_account; }

    void load(); ///< reads the lists: once, after the first paint
    void showRuns(); ///< those that wait since the last session, in the jobs dock
    void importFiles(const QStringList &files); ///< one after the other
    void showWelcome();
    void setCurrentAccount(AccountId id);
    /// Whether this profile takes changes now; `why` is shown at what is disabled.
    void setWritable(bool writable, const QString &why);
    void showPage(Act act);
    void raiseToFront(); ///< for a second start

signals:
    void firstPainted();
    void restoreRequested(const QString &backup); ///< confirmed
    void welcomeClosed(); ///< without a choice

protected:
    void closeEvent(QCloseEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void buildFrame();
    void connectActions();
    void connectParts();
    void refreshAccounts();
    void showCounts();
    void showReach();
    void updateChecks();
    void showTitle();
    void remember();

    ShellNeeds m_needs;
    Actions m_actions;
    Pages *m_pages;
    QFrame *m_frame;
    Banners *m_banners;
    AccountChooser *m_chooser;
    StatusLine *m_status;
    BudgetWatch *m_budget;
    JobsDock *m_dock;
    RunJobs *m_runs;
    BlockShell *m_blocks;
    ComposeShell *m_compose;
    ShellCommands *m_commands;
    WindowDialogs *m_dialogs;
    AccountId m_account;
    QString m_whyNot; ///< why nothing may be written, empty = it may
    ReachViews m_reach;
    bool m_shown = false;
};

} // namespace rollcall
