// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/domain/account.h"

#include <QObject>
#include <optional>

namespace rollcall {

class StatusLine;
class Store;

/// Keeps "Budget left" of the status line true for the current account: read anew when runs changed, and once a minute,
/// since the windows of an hour and a day slide.
class BudgetWatch final : public QObject {
    Q_OBJECT
public:
    BudgetWatch(Store &store, StatusLine &line, QObject *parent = nullptr);
    void setAccount(const Account *account); ///< null = none

private:
    void read();
    Store &m_store;
    StatusLine &m_line;
    std::optional<Account> m_account;
    Call m_call;
    bool m_again = false;
};

} // namespace rollcall
