// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/accounts/accounts.h"
#include "models/gateways/gateway.h"

namespace rollcall {

/// One run through the checklist: address, tls, login, health, can-tell, clock. What a failed step makes pointless is
/// Skipped, so all six come, in order. Lives in the Call that start() gives. Internal to models/accounts.
class ConnectionTest final : public std::enable_shared_from_this<ConnectionTest> {
public:
    using Step = std::function<void(TestStep)>;
    using Then = std::function<void(Done)>;
    ConnectionTest(const Account &account, CredentialsSource credentials, Clock &clock, Step step, Then then);
    static Call start(const std::shared_ptr<ConnectionTest> &test);

private:
    void begin();
    void loggedIn(const Result<Session> &session);
    void healthTold(const Result<Health> &health);
    void canTell(const QString &version);
    void clocks();
    void tell(const char *id, TestStep::State state, const Result<QString> &outcome = QString());
    void skipFrom(int step);
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
