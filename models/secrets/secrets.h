// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/masked.h"
#include "models/base/result.h"

#include <QString>
#include <functional>
#include <memory>

namespace rollcall {

/// Where passwords and tokens lie: the OS keychain, or this session's memory. Never a file. A "not found" is an answer,
/// never a reason to forget anything (a locked Secret Service answers "not found", reliability.md section 1).
class Secrets {
public:
    Secrets() = default;
    Secrets(const Secrets &) = delete;
    Secrets &operator=(const Secrets &) = delete;
    virtual ~Secrets();
    /// Failures: NotFound, NoKeychain, KeychainLocked. The answer comes from the event loop, never before the function
    /// returned, and may take as long as a person needs to unlock their keyring: keep the window usable, drop the Call
    /// to give up. Success of forget() proves nothing (a locked keyring says so too); only reading after unlocking
    /// does.
    virtual Call read(const QString &key, std::function<void(Result<Secret>)> then) = 0;
    virtual Call write(const QString &key, const Secret &secret, std::function<void(Done)> then) = 0;
    virtual Call forget(const QString &key, std::function<void(Done)> then) = 0;
    /// "Secret Service", "Windows Credential Store", "macOS Keychain", or "memory" – for the sentence in the window.
    [[nodiscard]] virtual QString backendName() const = 0;
};

/// The service name under which the program keeps everything.
inline constexpr char keychainService[] = "org.rollcall.Rollcall";

/// Never falls back to a file.
[[nodiscard]] std::unique_ptr<Secrets> makeKeychainSecrets(const QString &service);
[[nodiscard]] std::unique_ptr<Secrets> makeMemorySecrets();

} // namespace rollcall
