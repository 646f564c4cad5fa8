// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/accountsmodel.h"
#include "ui/shell/statusline.h"

#include <QHash>

namespace rollcall {

/// How each account was last reached in this session: by a test, or by the real traffic of its runs.
class ReachViews final {
public:
    void tested(AccountId account, const AccountReach &found); ///< NotTested: saved anew, nothing is known of it
    void told(AccountId account, const StatusLine::ReachView &view) { m_views.insert(account.value(), view); }
    [[nodiscard]] StatusLine::ReachView of(AccountId account) const { return m_views.value(account.value()); }

private:
    QHash<qint64, StatusLine::ReachView> m_views;
};

} // namespace rollcall
