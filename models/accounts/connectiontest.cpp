// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/accounts/connectiontest.h"

#include "models/gateways/way.h"

#include <array>
#include <cstdlib>

namespace rollcall {
namespace {

using State = TestStep::State;

constexpr std::array stepIds{
    "address", "tls", "login", "health", "can-check", "can-tell", "can-block", "can-list", "limits", "clock"};
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
        skipFrom("tls");
        return;
    }
    if (!dialectOf(m_account.kind).hasLogin()) {
        askHealth();
        return;
    }
    m_call = m_gateway.login([weak = weak_from_this()](const Result<Session> &session) {
        if (const auto self = weak.lock())
            self->loggedIn(session);
    });
}

/// An answer, or a refused certificate, came from somebody: the address is reached.
void ConnectionTest::tellAddress()
{
    tell("address", State::Ok, m_account.address.host());
}

/// And its encrypted way, both known from one answer.
void ConnectionTest::tellWay()
{
    tellAddress();
    const Gateway::Route route = m_gateway.route();
    // Nothing was sent where an encrypted way tells nothing of itself.
    if (route.tls.isEmpty() && m_account.address.scheme() == u"https")
        tell("tls", State::Skipped);
    else
        tell("tls", State::Ok,
            QString(route.tls + (route.proxy.isEmpty() ? QString() : QStringLiteral(" via proxy ") + route.proxy)));
}

bool ConnectionTest::reached(const Failure &failure)
{
    using Kind = Failure::Kind;
    switch (failure.kind) {
    case Kind::Offline:
    case Kind::Timeout:
        tell("address", State::Failed, failure);
        skipFrom("tls");
        return false;
    case Kind::Tls:
    case Kind::Redirected:
        tellAddress();
        tell("tls", State::Failed, failure);
        skipFrom("login");
        return false;
    case Kind::NoKeychain:
    case Kind::KeychainLocked:
        tell("address", State::Skipped, QStringLiteral("nothing-sent"));
        tell("tls", State::Skipped, QStringLiteral("nothing-sent"));
        tell("login", State::Failed, failure);
        skipFrom("health");
        return false;
    case Kind::Unauthorised:
        if (failure.code != 0) {
            tellWay();
        } else { // there is no key to send
            tell("address", State::Skipped, QStringLiteral("nothing-sent"));
            tell("tls", State::Skipped, QStringLiteral("nothing-sent"));
        }
        tell("login", State::Failed, failure);
        skipFrom("health");
        return false;
    default:
        return true;
    }
}

void ConnectionTest::loggedIn(const Result<Session> &session)
{
    if (!session) {
        if (!reached(session.failure()))
            return;
        tellWay();
        tell("login", State::Failed, session.failure());
        skipFrom("health");
        return;
    }
    tellWay();
    if (session->mustChangePassword) {
        tell("login", State::Failed,
            Failure{Failure::Kind::Refused, QStringLiteral("the node wants a new password first"), {}, 1024,
                m_account.address.host()});
        skipFrom("health");
        return;
    }
    tell("login", State::Ok, m_account.user);
    m_version = session->version;
    askHealth();
}

void ConnectionTest::askHealth()
{
    m_call = m_gateway.health([weak = weak_from_this()](const Result<Health> &health) {
        const auto self = weak.lock();
        if (!self)
            return;
        if (dialectOf(self->m_account.kind).hasLogin())
            self->healthTold(health);
        else
            self->keyTold(health);
    });
}

void ConnectionTest::healthTold(const Result<Health> &health)
{
    tellHealth(health);
    abilities();
}

void ConnectionTest::keyTold(const Result<Health> &health)
{
    if (health) {
        tellWay();
        tell("login", State::Ok);
        tellHealth(health);
    } else if (health.failure().kind == Failure::Kind::Unsupported && health.failure().code == 0) {
        tell("address", State::Skipped, QStringLiteral("first-check"));
        tell("tls", State::Skipped, QStringLiteral("first-check"));
        tell("login", State::Skipped, QStringLiteral("first-check"));
        tell("health", State::Skipped, QStringLiteral("none"));
    } else if (!reached(health.failure())) {
        return;
    } else {
        tellWay();
        tell("login", State::Skipped); // the answer was about something else
        tellHealth(health);
    }
    abilities();
}

void ConnectionTest::tellHealth(const Result<Health> &health)
{
    if (!health) {
        tell("health", State::Failed, health.failure());
        return;
    }
    if (health->status == u"answered") // it answered something else; whether WhatsApp hears it, nobody said
        tell("health", State::Skipped, health->status);
    else
        tell("health", health->healthy ? State::Ok : State::Warning, health->status);
    if (!health->version.isEmpty())
        m_version = health->version;
}

void ConnectionTest::abilities()
{
    const Capabilities can = m_gateway.capabilities();
    ability("can-check", can.checkOne || can.checkMany, Capability::CheckOne,
        QString::number(can.checkMany ? can.checkBatch : 1));
    canTell();
    ability("can-block", can.block, Capability::Block, QString::number(can.blockBatch));
    QStringList lists;
    if (can.listContacts)
        lists += QStringLiteral("contacts");
    if (can.listBlocked)
        lists += QStringLiteral("blocked");
    if (can.tellBlocked)
        lists += QStringLiteral("tell");
    ability("can-list", !lists.isEmpty(), Capability::ListContacts, lists.join(u' '));
    limits();
    clocks();
    end();
}

void ConnectionTest::ability(const char *id, bool can, Capability what, const QString &found)
{
    if (can) {
        tell(id, State::Ok, found);
        return;
    }
    QString refusedWith;
    for (const LearnedRefusal &refusal : m_gateway.account().refusals)
        if (refusal.what == what)
            refusedWith = QString::number(refusal.code);
    tell(id, State::Cannot, refusedWith);
}

void ConnectionTest::canTell()
{
    const Capabilities can = m_gateway.capabilities();
    const QString probed = QStringLiteral("probe %1").arg(m_account.probe.atMs);
    if (!can.checkOne && !can.checkMany) {
        tell("can-tell", State::Cannot);
    } else if (m_account.probe.outcome == TruthProbe::Outcome::CannotTell) {
        tell("can-tell", State::Warning, probed);
    } else if (!m_version.isEmpty()) {
        const bool trusted
            = m_account.cannotTell.isEmpty() && dialectOf(m_account.kind).cannotTell(m_version).isEmpty();
        tell("can-tell", trusted ? State::Ok : State::Warning, m_version);
    } else if (m_account.probe.outcome == TruthProbe::Outcome::CanTell) {
        tell("can-tell", State::Ok, probed);
    } else {
        tell("can-tell", State::Skipped); // neither a version nor a probe
    }
}

void ConnectionTest::limits()
{
    const Capabilities can = m_gateway.capabilities();
    const std::optional<RateHint> hint = m_gateway.rateHint();
    QStringList known{QStringLiteral("per-minute=%1").arg(m_gateway.perMinute())};
    if (hint && hint->perMinute > 0)
        known += QStringLiteral("told");
    if (hint && hint->remaining >= 0)
        known += QStringLiteral("left=%1").arg(hint->remaining);
    if (can.checkMany)
        known += QStringLiteral("checks=%1").arg(can.checkBatch);
    if (can.block && can.blockBatch > 1)
        known += QStringLiteral("blocks=%1").arg(can.blockBatch);
    if (can.listBlocked && can.blockListMost > 0)
        known += QStringLiteral("blocked-most=%1").arg(can.blockListMost);
    const bool spent = hint && hint->remaining == 0;
    tell("limits", spent ? State::Warning : State::Ok, known.join(u' '));
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

void ConnectionTest::skipFrom(const char *id)
{
    bool skipping = false;
    for (const char *step : stepIds) {
        skipping = skipping || QLatin1String(step) == QLatin1String(id);
        // A gateway that answered at all has told its time, whatever it said.
        if (step == stepIds.back())
            clocks();
        else if (skipping)
            tell(step, State::Skipped);
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
