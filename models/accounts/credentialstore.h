// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/accounts/accounts.h"
#include "models/gateways/gateway.h"
#include "models/secrets/secrets.h"

#include <list>

namespace rollcall {

/// Where each account's one secret lies: this session's memory first, then the keychain. Nothing that the keychain says
/// makes it forget (a locked keyring answers "not found"). Internal to models/accounts.
class CredentialStore {
public:
    explicit CredentialStore(Secrets &keychain);

    struct Kept {
        SecretPlace place = SecretPlace::Keychain;
        std::optional<Failure> keychain = {};
    };
    /// Into the keychain; where that fails into memory, and the answer says why.
    Call keep(const Account &account, const Secret &secret, std::function<void(Kept)> then);
    /// Into this session's memory only.
    void keepInMemory(const Account &account, const Secret &secret);
    void forget(const Account &account);
    /// Failures: Unauthorised (none was ever saved), KeychainLocked (one was, and the keychain does not show it),
    /// NoKeychain.
    Call read(const Account &account, std::function<void(Result<Credentials>)> then);
    [[nodiscard]] QString keychainName() const { return m_keychain.backendName(); }
    [[nodiscard]] static Credentials credentialsOf(const Account &account, const Secret &secret);

private:
    void hold(Call call);

    Secrets &m_keychain;
    std::unique_ptr<Secrets> m_memory;
    std::list<Call> m_calls;
};

} // namespace rollcall
