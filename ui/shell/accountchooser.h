// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"

#include <QWidget>
#include <vector>

class QComboBox;

namespace rollcall {

class Badge;

/// Which account verdicts are shown of and checks are asked at. The sandbox is marked by a badge beside it.
class AccountChooser final : public QWidget {
    Q_OBJECT
public:
    explicit AccountChooser(QWidget *parent = nullptr);
    /// Does not emit chosen().
    void setAccounts(const std::vector<Account> &accounts, AccountId current);
    [[nodiscard]] AccountId current() const;

signals:
    void chosen(rollcall::AccountId id); ///< by the person

private:
    void showBadge();
    QComboBox *m_box;
    Badge *m_badge;
    std::vector<Account> m_accounts;
};

} // namespace rollcall
