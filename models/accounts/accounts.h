// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/accounts/sandboxdoor.h"
#include "models/base/call.h"
#include "models/base/masked.h"
#include "models/base/result.h"
#include "models/domain/account.h"
#include "models/domain/accounttest.h"

#include <QObject>
#include <QStringList>
#include <functional>
#include <memory>
#include <vector>

namespace rollcall {

class Clock;
class Gateway;
class Secrets;
class Store;

/// Where a saved secret went.
enum class SecretPlace { Keychain, SessionMemory };

/// The account list, their credentials (the only user of Secrets) and open Gateways. GUI thread.
class Accounts final : public QObject {
    Q_OBJECT
public:
    Accounts(Store &store, Secrets &keychain, Clock &clock, QObject *parent = nullptr);
    ~Accounts() override;

    Call load(std::function<void(Done)> then);
    [[nodiscard]] const std::vector<Account> &all() const;
    [[nodiscard]] const Account *find(AccountId id) const;
    /// Saves the account, and the secret when one is given (empty = keep the old). Tells where the secret went; when
    /// the keychain is absent or locked it goes to this session's memory and the answer says so.
    struct Saved {
        AccountId id = {};
        SecretPlace place = SecretPlace::Keychain;
        std::optional<Failure> keychain = {}; ///< why it is only in memory
    };
    Call save(const Account &account, const Secret &secret, std::function<void(Result<Saved>)> then);
    Call remove(AccountId id, std::function<void(Done)> then);
    /// The one Gateway of this account (made on first use, remade when the account was saved); null when unknown.
    [[nodiscard]] Gateway *gateway(AccountId id);
    /// Runs the checklist against an account that need not be saved yet. `step` comes as each is known, in order. It
    /// spends no check. What it found of an account as it is saved is kept, and told by lastTest() after a restart; of
    /// fields that are not saved yet when the same are saved next.
    Call test(const Account &account, const Secret &secret, std::function<void(TestStep)> step,
        std::function<void(Done)> then);
    /// The last whole test of the account as it is saved now: another connection or secret empties it.
    [[nodiscard]] AccountTest lastTest(AccountId id) const;
    /// The truth probe, on the operator's command only: two numbers from ranges reserved for fiction are asked as live
    /// checks, booked like any (OverBudget when they do not fit). The outcome is stored with its date and journalled
    /// before `then`; from then on every "valid" of an account that cannot tell counts as unverified, and a later probe
    /// that it passes lifts that. Failures besides those of a check: Timeout and BadReply when nothing was proved, and
    /// then nothing is stored. `mayLeave` is asked before each request, as by Gateway::check().
    Call probe(AccountId id, std::function<void(Result<TruthProbe>)> then, std::function<bool()> mayLeave = {});
    /// "Try again": what its engine refused is forgotten, offered and asked once more.
    Call forgetRefusals(AccountId id, std::function<void(Done)> then);
    /// The built-in sandbox runs: its first door (the on-premises node) gets its account, the others are renewed where
    /// the operator has an account of that kind. Secrets in memory only. Answers the account of the first.
    Call useSandbox(std::vector<SandboxDoor> doors, std::function<void(Result<AccountId>)> then);
    /// The same with an on-premises node alone.
    Call useSandbox(
        const QUrl &address, const QString &user, const Secret &password, std::function<void(Result<AccountId>)> then);
    /// Gateways of the running sandbox that have no account; none where no sandbox runs.
    [[nodiscard]] std::vector<GatewayKind> sandboxKindsMissing() const;
    /// Adds an account for each of these, and answers the first that was added (null: none was missing).
    Call addSandboxAccounts(std::function<void(Result<AccountId>)> then);

    /// Why this address must not be used (plain http to another machine, a login in it, no host); nothing = it may.
    [[nodiscard]] static std::optional<Failure> addressProblem(const QUrl &address);
    /// "Secret Service" …: where save() puts secrets when it can, for the sentence in the window.
    [[nodiscard]] QString keychainName() const;

signals:
    void changed();

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace rollcall
