// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/accountsmodel.h"

#include <algorithm>

namespace rollcall {

AccountsModel::AccountsModel(AccountWords words, QObject *parent)
    : QAbstractTableModel(parent)
    , m_words(std::move(words))
{
}

void AccountsModel::setAccounts(const std::vector<Account> &accounts)
{
    const auto same = [](const Account &a, const Account &b) { return a.id == b.id; };
    // Only contents changed: the selection and the current cell stay.
    if (std::equal(accounts.begin(), accounts.end(), m_accounts.begin(), m_accounts.end(), same)) {
        m_accounts = accounts;
        if (!m_accounts.empty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
        return;
    }
    beginResetModel();
    m_accounts = accounts;
    endResetModel();
}

void AccountsModel::setReach(AccountId id, const AccountReach &reach)
{
    m_reach.insert(id.value(), reach);
    if (const int row = rowOf(id); row >= 0)
        emit dataChanged(index(row, 0), index(row, columns - 1));
}

const Account *AccountsModel::at(int row) const
{
    return row >= 0 && row < rowCount() ? &m_accounts[size_t(row)] : nullptr;
}

int AccountsModel::rowOf(AccountId id) const
{
    const auto found
        = std::find_if(m_accounts.begin(), m_accounts.end(), [id](const Account &account) { return account.id == id; });
    return found == m_accounts.end() ? -1 : int(found - m_accounts.begin());
}

int AccountsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_accounts.size());
}

int AccountsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant AccountsModel::data(const QModelIndex &index, int role) const
{
    const Account *account = at(index.row());
    if (!account || !index.isValid())
        return {};
    const auto column = AccountColumn(index.column());
    const AccountReach known = reach(account->id);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return m_words.cell(*account, known, column);
    case Qt::ToolTipRole:
        if (column == AccountColumn::Reached && !known.why.isEmpty()) // a tooltip would take foreign text for markup
            return QString(m_words.cell(*account, known, column) + u". " + known.why).toHtmlEscaped();
        return m_words.cell(*account, known, column).toHtmlEscaped(); // what a narrow column cuts off
    case AccountIdRole:
        return account->id.value();
    case ReachRole:
        return int(known.state);
    case SandboxRole:
        return account->sandbox;
    default:
        return {};
    }
}

QVariant AccountsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= columns)
        return {};
    return m_words.title(AccountColumn(section));
}

} // namespace rollcall
