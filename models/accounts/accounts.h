// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/masked.h"
#include "models/base/result.h"
#include "models/domain/account.h"

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

/// One tick of the connection test: stable id of the step, whether it held, and why not.
struct TestStep {
    enum class State {
        Ok,
        Warning,
        Failed,
        Skipped, ///< not known
        Cannot, ///< the kind has no such thing, or its engine refused it: nothing is wrong
    };
    /// "address", "tls", "login", "health", "can-check", "can-tell", "can-block", "can-list", "limits", "clock": always
    /// all, in this order
    QString id = {};
    State state = State::Skipped;
    /// Failed: the Failure. Else raw:
    ///   address    host
    ///   tls        "TLSv1.3 …[ via proxy host:port]", empty on loopback
    ///   login      user; empty = a key. Skipped with "first-check": nothing but a check would prove the key
    ///   health     the gateway's word. Skipped with "none": the kind does not tell
    ///   can-check, can-block   numbers or people in one request. Cannot: HTTP status of the refusal, empty = the kind
    ///   can-tell   version, or "probe <UTC ms>" where the truth probe decided
    ///   can-list   of "contacts", "blocked" (the whole list), "tell" (one contact's block), separated by blanks
    ///   limits     of "per-minute=60", "told" (by the gateway, else assumed), "left=0" (in the present window),
    ///              "checks=50", "blocks=1000" (in one request), "blocked-most=64000", separated by blanks
    ///   clock      the gateway's time minus ours in seconds
    Result<QString> outcome = QString();
};

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
    /// spends no check.
    Call test(const Account &account, const Secret &secret, std::function<void(TestStep)> step,
        std::function<void(Done)> then);
    /// The truth probe, on the operator's command only: two numbers from ranges reserved for fiction are asked as live
    /// checks, booked like any (OverBudget when they do not fit). The outcome is stored with its date and journalled
    /// before `then`; from then on every "valid" of an account that cannot tell counts as unverified, and a later probe
    /// that it passes lifts that. Failures besides those of a check: Timeout and BadReply when nothing was proved, and
    /// then nothing is stored. `mayLeave` is asked before each request, as by Gateway::check().
    Call probe(AccountId id, std::function<void(Result<TruthProbe>)> then, std::function<bool()> mayLeave = {});
    /// "Try again": what its engine refused is forgotten, offered and asked once more.
    Call forgetRefusals(AccountId id, std::function<void(Done)> then);
    /// The built-in sandbox: registers (or refreshes) its account at this loopback address with a memory-only secret.
    Call useSandbox(
        const QUrl &address, const QString &user, const Secret &password, std::function<void(Result<AccountId>)> then);

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
