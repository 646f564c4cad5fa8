// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/accounts/accounts.h"
#include "models/base/call.h"
#include "models/tables/accountsmodel.h"
#include "ui/accounts/accountsneeds.h"

#include <QHash>
#include <QObject>
#include <QPointer>

namespace rollcall {

class AccountDialog;

/// Adding, editing, removing and testing accounts, each with its dialog.
class AccountCommands final : public QObject {
    Q_OBJECT
public:
    AccountCommands(const AccountsNeeds &needs, QWidget *window);

    void add();
    void edit(AccountId id);
    void remove(AccountId id);
    void addSandbox(); ///< the sandbox's other gateways
    void test(AccountId id); ///< shows the checklist of a saved account

    /// Asks for the operator's yes with what it costs, then probes.
    void probe(AccountId id);
    void tryAgain(AccountId id); ///< forgets what the account's engine refused

signals:
    void told(const QString &sentence);
    void reached(rollcall::AccountId account, const rollcall::AccountReach &reach);
    void saved(rollcall::AccountId account);

private:
    void open(const Account &account);
    void save();
    void startProbe(AccountId id);
    void afterSave(const Account &account, const Accounts::Saved &saved);
    [[nodiscard]] const Account *found(AccountId id) const { return m_needs.accounts.find(id); }

    AccountsNeeds m_needs;
    QWidget *m_window;
    QPointer<AccountDialog> m_dialog;
    Call m_save;
    Call m_remove;
    Call m_probe;
    Call m_forget;
    Call m_sandbox;
};

} // namespace rollcall
