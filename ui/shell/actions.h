// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QList>
#include <QObject>

namespace rollcall {

/// Every command of the program.
enum class Act {
    NewPerson,
    EditPerson,
    DeletePerson,
    OptIn,
    OptOut,
    MarketingStop,
    FindStops,
    Dossier,
    ErasePerson,
    CheckNumber,
    Import,
    ImportSample,
    FetchContacts,
    Export,
    Validate,
    ForceCheck,
    WaitForAll,
    Undo,
    Redo,
    History,
    Pause,
    Resume,
    Cancel,
    RetryFailed,
    Block,
    BlockSpam,
    Unblock,
    WroteNow,
    LetWriteIn,
    Settle,
    Reconcile,
    Report,
    Disarm,
    BlockDetails,
    ExportBlocks,
    ImportBlocks,
    CarryBlocks,
    Compose,
    Send,
    SentMessages,
    VerifyJournal,
    AddAccount,
    AddSandboxGateways,
    EditAccount,
    RemoveAccount,
    TestConnection,
    TruthProbe,
    TryRefused,
    BackUp,
    Restore,
    Preferences,
    ConfirmTime,
    Search,
    Commands,
    Refresh,
    ShowContacts,
    ShowChecks,
    ShowBlocked,
    ShowCompose,
    ShowJournal,
    ShowAccounts,
    ShowJobs,
    ThemeSystem,
    ThemeLight,
    ThemeDark,
    Welcome,
    OpenFolder,
    About,
    Quit
};

/// All QActions, made once: menus, toolbar, context menus, shortcuts, tests and the command palette use this list.
/// Object names are "action.<id>"; the text is the name of design.md section 4.
class Actions final : public QObject {
    Q_OBJECT
public:
    explicit Actions(QObject *parent = nullptr);
    [[nodiscard]] QAction *at(Act act) const { return m_actions.at(int(act)); }
    [[nodiscard]] const QList<QAction *> &all() const { return m_actions; }

    /// Why the action cannot be used now, as a sentence; empty when it is enabled.
    [[nodiscard]] static QString whyDisabled(const QAction &action);
    /// Disables it with a reason of its own, or enables it.
    void setUsable(Act act, bool usable, const QString &why = {});

private:
    QList<QAction *> m_actions;
};

} // namespace rollcall
