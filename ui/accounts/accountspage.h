// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ids.h"
#include "models/tables/accountsmodel.h"
#include "ui/accounts/accountsneeds.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QTableView;

namespace rollcall {

class AbilityPanel;
class AccountCommands;
class AccountsModel;
class EmptyState;

/// The configured gateways: what each can do, how its last connection test went, what it may spend. Follows
/// Accounts::changed() by itself. Showing it asks no gateway anything.
class AccountsPage final : public QWidget {
    Q_OBJECT
public:
    AccountsPage(AccountsNeeds needs, AccountsActions actions, QWidget *parent = nullptr);
    ~AccountsPage() override;

    void setWritable(bool writable); ///< edit and remove; add is the shell's
    /// For the status line.
    [[nodiscard]] qint64 shownCount() const;
    [[nodiscard]] qint64 chosenCount() const;

signals:
    void countsChanged();
    void told(const QString &sentence); ///< for the status line; plain text
    /// A connection test of a saved account ended. `why` is the sentence of the first step that failed, else empty.
    void tested(rollcall::AccountId account, const rollcall::AccountReach &reach); ///< also NotTested: saved anew

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void buildLayout();
    void connectActions();
    void refresh();
    void updateActions();
    void showContextMenu(const QPoint &at);
    [[nodiscard]] AccountId currentAccount() const;
    [[nodiscard]] AccountReach lastReach(AccountId id) const; ///< as the last test that was kept says

    AccountsNeeds m_needs;
    AccountsActions m_actions;
    AccountsModel *m_model;
    QTableView *m_table;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    AbilityPanel *m_abilities;
    AccountCommands *m_commands;
    bool m_writable = true;
};

} // namespace rollcall
