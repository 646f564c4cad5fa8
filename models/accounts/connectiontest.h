// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/accounts/accounts.h"
#include "models/gateways/gateway.h"

namespace rollcall {

/// One run through the checklist (TestStep). A kind with a login proves it by logging in, one with a key by the
/// session's state, 360dialog by one row of its block list, and CommBox not at all: it has nothing but the check, and a
/// test spends none. What the account can do comes from its capabilities. What a failed step makes pointless is
/// Skipped, so all steps come, in order. Lives in the Call that start() gives. Internal to models/accounts.
class ConnectionTest final : public std::enable_shared_from_this<ConnectionTest> {
public:
    using Step = std::function<void(TestStep)>;
    using Then = std::function<void(Done)>;
    ConnectionTest(const Account &account, CredentialsSource credentials, Clock &clock, Step step, Then then);
    static Call start(const std::shared_ptr<ConnectionTest> &test);

private:
    void begin();
    void loggedIn(const Result<Session> &session);
    void askHealth();
    void healthTold(const Result<Health> &health);
    void keyTold(const Result<Health> &health);
    /// Tells address, tls and login where one of them is to blame; false when the test ends with that.
    bool reached(const Failure &failure);
    void tellAddress();
    void tellWay(); ///< address and tls
    void tellHealth(const Result<Health> &health);
    void abilities();
    void ability(const char *id, bool can, Capability what, const QString &found);
    void canTell();
    void limits();
    void clocks();
    void tell(const char *id, TestStep::State state, const Result<QString> &outcome = QString());
    void skipFrom(const char *id);
    void end();

    Account m_account;
    Gateway m_gateway;
    Step m_step;
    Then m_then;
    std::optional<Failure> m_failure;
    std::shared_ptr<Call::State> m_state = std::make_shared<Call::State>();
    Clock &m_clock;
    QString m_version;
    Call m_call;
};

} // namespace rollcall
