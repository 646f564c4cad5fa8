// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/gateways/gateway.h"
#include "models/gateways/pace.h"
#include "models/gateways/transport.h"

#include <optional>
#include <set>

namespace rollcall {

/// Takes the secrets it was asked with out of what a gateway said: some quote the key that they refuse, and a failure's
/// words go into logs and sentences.
void takeOut(const Credentials &secrets, Failure &failure);

/// What the questions of one Gateway share: the session, the pace, the wire. Internal to models/gateways.
class GatewayCore final : public std::enable_shared_from_this<GatewayCore> {
public:
    GatewayCore(Account account, CredentialsSource credentials, Clock &clock);

    /// Credentials to ask with: a session that is still good, else one login for all who wait, else the stored key.
    Call session(std::function<void(Result<Credentials>)> then);
    /// Logs in now; joins a login that is under way.
    Call login(std::function<void(Result<Session>)> then);
    /// The node refused this token: it is not used again. A newer one is kept.
    void refused(const Secret &token);
    /// Turns "valid" into "unverified" where the account or the version last told cannot tell.
    void judge(CheckReply &reply);
    void noteVersion(const QString &version);
    /// Books a 429 and pauses the account. Returns the pause in ms.
    qint64 throttled(Failure &failure, const HttpReply *reply);
    void notThrottled() { m_throttles = 0; }
    /// What the reply's headers say about the pace holds from now on; with nothing left, the account pauses until there
    /// is room again, at most an hour.
    void noteHint(const HttpReply &reply);
    /// The engine said that it cannot do this: it is not asked for it any more once it said so in its own words, or
    /// twice in a row. One stray 501 (a proxy, a restart) changes nothing.
    void saidNo(const LearnedRefusal &refusal, bool inItsOwnWords);
    void answered(Capability what) { m_saidNoOnce.erase(what); }

    Account account;
    const CredentialsSource credentials;
    Clock &clock;
    const Dialect &dialect;
    Transport transport;
    Pace pace;
    std::function<void(LearnedRefusal)> onRefused;
    std::optional<RateHint> lastHint;

private:
    struct Waiter {
        std::shared_ptr<Call::State> state;
        std::function<void(const Result<Session> &)> then;
    };
    void startLogin();
    void loggedIn(const Result<Session> &result);
    [[nodiscard]] qint64 goodUntil(const Session &session) const;
    [[nodiscard]] Call waitForLogin(std::function<void(const Result<Session> &)> then);

    std::optional<Session> m_session;
    qint64 m_goodUntilMs = 0; ///< monotonic
    std::vector<Waiter> m_waiters;
    bool m_loggingIn = false;
    Call m_login;
    QString m_version;
    int m_throttles = 0; ///< 429s in a row
    std::set<Capability> m_saidNoOnce; ///< the last answer to this was a bare "not implemented"
};

} // namespace rollcall
