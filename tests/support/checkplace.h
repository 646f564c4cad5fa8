// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/accounts/accounts.h"
#include "models/base/clock.h"
#include "models/checks/checkdesk.h"
#include "models/runs/runner.h"
#include "models/secrets/secrets.h"
#include "models/settings/settings.h"
#include "models/store/store.h"
#include "tests/support/sandboxfixture.h"

#include <QTemporaryDir>
#include <memory>

namespace rollcall::tests {

/// Everything a page needs to check numbers, for real: a store on disk, the sandbox on loopback, an account for it.
class CheckPlace final {
public:
    /// Ends the program with a message when one of them cannot be had: nothing useful could follow.
    CheckPlace();
    ~CheckPlace();
    CheckPlace(const CheckPlace &) = delete;
    CheckPlace &operator=(const CheckPlace &) = delete;

    [[nodiscard]] const Account *account(AccountId id) const { return accounts->find(id); }
    /// Saves a change of the sandbox account.
    void change(const std::function<void(Account &)> &edit);

    QTemporaryDir folder;
    SystemClock clock;
    SandboxFixture sandbox;
    std::unique_ptr<Settings> settings;
    std::unique_ptr<Store> store;
    std::unique_ptr<Secrets> secrets;
    std::unique_ptr<Accounts> accounts;
    std::unique_ptr<Runner> runner;
    std::unique_ptr<CheckDesk> desk;
    AccountId accountId;
};

} // namespace rollcall::tests
