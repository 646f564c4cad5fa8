// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/accounts/accounts.h"
#include "models/checks/checkdesk.h"
#include "models/runs/runner.h"
#include "models/secrets/secrets.h"
#include "models/store/people.h"
#include "models/store/runbook.h"
#include "models/store/store.h"

#include <QStringList>
#include <QTemporaryDir>
#include <map>
#include <memory>

namespace rollcall::tests {

/// A profile on disk with everything that a check needs: the real store, accounts (their keychain is memory unless
/// another is given), runner and desk. close() ends it in the middle of whatever it does, open() starts it again on the
/// same files.
class CheckWorld final {
public:
    explicit CheckWorld(Clock &clock, std::unique_ptr<Secrets> keychain = makeMemorySecrets());
    ~CheckWorld();

    void open(); ///< fails the test hard when the store cannot be opened
    void close();
    [[nodiscard]] QString folder() const { return m_folder.path(); }

    [[nodiscard]] Store &store() { return *m_store; }
    [[nodiscard]] Accounts &accounts() { return *m_accounts; }
    [[nodiscard]] Runner &runner() { return *m_runner; }
    [[nodiscard]] CheckDesk &desk() { return *m_desk; }
    [[nodiscard]] Secrets &keychain() { return *m_keychain; } ///< outlives close()

    /// Saves an on-premises account; its id is used by everything below.
    AccountId addAccount(const QUrl &address, const QString &user, const QString &password, CheckBudget budget = {});
    [[nodiscard]] Account account() const;
    std::vector<PersonId> addPeople(const QStringList &numbers);
    /// Plans and starts a run over these people (or everybody) and waits until it is on disk.
    RunId start(const std::vector<PersonId> &people, const RunOptions &options = {});
    /// A run over numbers that belong to nobody: many are quickly made.
    RunId startNumbers(const QStringList &numbers, const RunOptions &options = {});
    [[nodiscard]] CheckPlan plan(const std::vector<PersonId> &people, const RunOptions &options = {});
    [[nodiscard]] RunSummary summary(RunId run);
    [[nodiscard]] std::vector<RunItem> items(RunId run);
    /// Number as given to addPeople() or startNumbers() -> newest verdict at the account.
    [[nodiscard]] std::map<QString, Verdict> verdicts();
    [[nodiscard]] BudgetUse budgetUse();
    /// The run as the runner last told it; nothing when it never did.
    [[nodiscard]] std::optional<RunProgress> told(RunId run) const;
    [[nodiscard]] bool isOver(RunId run) const { return m_over.contains(run); }

private:
    Clock &m_clock;
    QTemporaryDir m_folder;
    std::unique_ptr<Secrets> m_keychain;
    AccountId m_account;
    std::map<AliasKey, QString> m_numbers; ///< everything asked about, as typed
    std::map<RunId, RunProgress> m_told;
    std::map<RunId, RunProgress> m_over;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<Accounts> m_accounts;
    std::unique_ptr<Runner> m_runner;
    std::unique_ptr<CheckDesk> m_desk;
};

} // namespace rollcall::tests
