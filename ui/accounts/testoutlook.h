// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/accounts/accounts.h"
#include "models/tables/accountsmodel.h"

#include <QString>

namespace rollcall {

/// What the steps of one connection test come to: how the account is shown from then on.
class TestOutlook final {
public:
    void take(const TestStep &step); ///< the first warning counts, and whether anything was sent at all
    [[nodiscard]] AccountReach reach(const Done &done, GatewayKind kind) const;

    /// The same of a test that was kept.
    [[nodiscard]] static AccountReach of(const AccountTest &test, GatewayKind kind);

private:
    QString m_warning;
    QString m_brief;
    bool m_sent = true; ///< false: all it could have asked would have been a check
};

} // namespace rollcall
