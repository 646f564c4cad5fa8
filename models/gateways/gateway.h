// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/clock.h"
#include "models/base/result.h"
#include "models/domain/account.h"
#include "models/gateways/dialects/dialect.h"
#include "models/gateways/route.h"

#include <functional>
#include <memory>
#include <vector>

namespace rollcall {

/// Asks for the account's credentials (keychain or this session's memory). Called when a login or key is needed, once
/// per need; the gateway stores nothing but the session token it was given by the node, in memory.
using CredentialsSource = std::function<Call(std::function<void(Result<Credentials>)>)>;

/// One account's gateway = dialect + transport + pace. GUI thread. Reads and checks are retried (up to 3, full jitter);
/// writes never. A 401 renews the login once, single-flight, never in a loop. A 429 pauses the whole account.
class Gateway {
public:
    Gateway(Account account, CredentialsSource credentials, Clock &clock);
    ~Gateway();
    Gateway(const Gateway &) = delete;
    Gateway &operator=(const Gateway &) = delete;

    [[nodiscard]] const Account &account() const;
    [[nodiscard]] Capabilities capabilities() const;
    /// At most capabilities().checkBatch inputs, else BadInput. Pace decides when it leaves; the account's `cannotTell`
    /// and the answered version turn valid into unverified. Answers one NumberAnswer per input. A `wait`
    /// batch that times out is asked again as no_wait, unless options.repeat is off: then it is the caller's to do so.
    /// `mayLeave` is asked at the very moment a request would leave (each repeat too), after login and pace: false ends
    /// the call with Cancelled and nothing was sent.
    Call check(const std::vector<QString> &inputs, const CheckOptions &options,
        std::function<void(Result<CheckReply>)> then, std::function<bool()> mayLeave = {});
    Call health(std::function<void(Result<Health>)> then);
    /// Logs in now, whatever token there is; mustChangePassword is an answer. For the connection test. Kinds without a
    /// login answer Unsupported.
    Call login(std::function<void(Result<Session>)> then);
    /// Milliseconds until the account may be asked again after a 429, 0 = now.
    [[nodiscard]] qint64 pausedForMs() const;
    /// Milliseconds until a check handed over now would leave (pace and 429 pause together), 0 = at once. The runner
    /// waits for that before it asks Stops and hands over.
    [[nodiscard]] qint64 readyInMs() const;
    using Route = rollcall::Route;
    [[nodiscard]] Route route() const;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace rollcall
