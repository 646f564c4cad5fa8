// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/accounts/connectiontest.h"

#include "models/gateways/way.h"

#include <array>
#include <cstdlib>

namespace rollcall {
namespace {

using State = TestStep::State;

constexpr std::array stepIds{"address", "tls", "login", "health", "can-tell", "clock"};
constexpr qint64 clockToleranceMs = 300'000; // reliability.md C4: more than 300 s off is worth a warning

} // namespace

ConnectionTest::ConnectionTest(
    const Account &account, CredentialsSource credentials, Clock &clock, Step step, Then then)
    : m_account(account)
    , m_gateway(account, std::move(credentials), clock)
    , m_step(std::move(step))
    , m_then(std::move(then))
    , m_clock(clock)
{
}

Call ConnectionTest::start(const std::shared_ptr<ConnectionTest> &test)
{
    test->m_state->stop = [test] { test->m_call = Call(); };
    test->m_call = test->m_clock.after(0, [weak = test->weak_from_this()] {
        if (const auto self = weak.lock())
            self->begin();
    });
    return Call(test->m_state);
}

void ConnectionTest::begin()
{
    if (const std::optional<Failure> problem = addressProblem(m_account.address)) {
        tell("address", State::Failed, *problem);
        skipFrom(1);
        return;
    }
    tell("address", State::Ok, m_account.address.host());
    m_call = m_gateway.login([weak = weak_from_this()](const Result<Session> &session) {
        if (const auto self = weak.lock())
            self->loggedIn(session);
    });
}

void ConnectionTest::loggedIn(const Result<Session> &session)
{
    const Gateway::Route route = m_gateway.route();
    const QString line = route.tls + (route.proxy.isEmpty() ? QString() : QStringLiteral(" via proxy ") + route.proxy);
    using Kind = Failure::Kind;
    if (!session) {
        const Failure &failure = session.failure();
        switch (failure.kind) {
        case Kind::Tls:
        case Kind::Offline:
        case Kind::Timeout:
        case Kind::Redirected:
            tell("tls", State::Failed, failure);
            skipFrom(2);
            return;
        case Kind::NoKeychain:
        case Kind::KeychainLocked:
            tell("tls", State::Skipped); // nothing was sent
            tell("login", State::Failed, failure);
            skipFrom(3);
            return;
        case Kind::Unsupported: // a kind without a login: its key is proved by the next step
            tell("tls", State::Skipped);
            tell("login", State::Skipped);
            break;
        default:
            tell("tls", State::Ok, line);
            tell("login", State::Failed, failure);
            skipFrom(3);
            return;
        }
    } else {
        tell("tls", State::Ok, line);
        if (session->mustChangePassword) {
            tell("login", State::Failed,
                Failure{Kind::Refused, QStringLiteral("the node wants a new password first"), {}, 1024,
                    m_account.address.host()});
            skipFrom(3);
            return;
        }
        tell("login", State::Ok, m_account.user);
        m_version = session->version;
    }
    m_call = m_gateway.health([weak = weak_from_this()](const Result<Health> &health) {
        if (const auto self = weak.lock())
            self->healthTold(health);
    });
}

void ConnectionTest::healthTold(const Result<Health> &health)
{
    if (!health) {
        tell("health", State::Failed, health.failure());
    } else {
        tell("health", health->healthy ? State::Ok : State::Warning, health->status);
        if (!health->version.isEmpty())
            m_version = health->version;
    }
    canTell(m_version);
    clocks();
    end();
}

void ConnectionTest::canTell(const QString &version)
{
    if (version.isEmpty()) {
        tell("can-tell", State::Skipped); // it did not say which version it is
        return;
    }
    const bool can = m_account.cannotTell.isEmpty() && dialectOf(m_account.kind).cannotTell(version).isEmpty();
    tell("can-tell", can ? State::Ok : State::Warning, version);
}

void ConnectionTest::clocks()
{
    const Gateway::Route route = m_gateway.route();
    if (!route.skewKnown) {
        tell("clock", State::Skipped);
        return;
    }
    tell("clock", std::abs(route.clockSkewMs) <= clockToleranceMs ? State::Ok : State::Warning,
        QString::number(route.clockSkewMs / 1000));
}

void ConnectionTest::tell(const char *id, State state, const Result<QString> &outcome)
{
    if (!m_state->open)
        return;
    if (state == State::Failed && !m_failure && !outcome)
        m_failure = outcome.failure();
    m_step({QLatin1String(id), state, outcome});
}

void ConnectionTest::skipFrom(int step)
{
    for (std::size_t i = std::size_t(step); i < stepIds.size(); ++i) {
        // A gateway that answered at all has told its time, whatever it said.
        if (i + 1 == stepIds.size())
            clocks();
        else
            tell(stepIds[i], State::Skipped);
    }
    end();
}

void ConnectionTest::end()
{
    if (!std::exchange(m_state->open, false))
        return;
    const auto alive = shared_from_this();
    m_state->stop = nullptr;
    m_then(m_failure ? Done(*m_failure) : Done(Nothing{}));
}

} // namespace rollcall
