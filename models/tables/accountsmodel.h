// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"

#include <QAbstractTableModel>
#include <QHash>
#include <functional>
#include <vector>

namespace rollcall {

enum class AccountColumn { Name = 0, Kind, Address, Reached, Abilities, Budget, Fresh, Password };

/// How the last connection test went, of this session or an earlier one.
struct AccountReach {
    enum class State {
        NotTested,
        Testing,
        Reached,
        Doubtful,
        Failed,
        Unproved, ///< nothing could be sent without spending a check: its first check shows it
    };
    State state = State::NotTested;
    QString why = {}; ///< one sentence, for Doubtful and Failed
    QString brief = {}; ///< the same in a few words; empty = nothing is wrong with reaching it
    qint64 atMs = 0; ///< end of the test, wall time UTC; 0 = not told
};

struct AccountWords {
    std::function<QString(AccountColumn)> title;
    std::function<QString(const Account &, const AccountReach &, AccountColumn)> cell;
};

/// The configured gateways in the order they were added. A handful: all are held.
class AccountsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role {
        AccountIdRole = Qt::UserRole + 1, ///< qint64
        ReachRole, ///< int(AccountReach::State)
        SandboxRole, ///< bool
    };
    static constexpr int columns = int(AccountColumn::Password) + 1;

    explicit AccountsModel(AccountWords words, QObject *parent = nullptr);

    void setAccounts(const std::vector<Account> &accounts);
    void setReach(AccountId id, const AccountReach &reach);
    [[nodiscard]] AccountReach reach(AccountId id) const { return m_reach.value(id.value()); }
    [[nodiscard]] const Account *at(int row) const; ///< null when out of range
    [[nodiscard]] int rowOf(AccountId id) const; ///< -1 when unknown

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    AccountWords m_words;
    std::vector<Account> m_accounts;
    QHash<qint64, AccountReach> m_reach;
};

} // namespace rollcall
