// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/gatewaycore.h"

#include "models/base/log.h"
#include "models/gateways/httptime.h"
#include "models/gateways/question.h"

#include <QRandomGenerator>
#include <algorithm>
#include <limits>

namespace rollcall {

namespace {

/// Renewed this long before it ends, or at nine tenths of a shorter life.
constexpr qint64 renewBeforeMs = 300'000;
constexpr qint64 longestPauseMs = 3'600'000;
constexpr qint64 untilRefused = std::numeric_limits<qint64>::max();

Failure mustChangePassword()
{
    return {Failure::Kind::Refused, QStringLiteral("the node wants a new password first"), {}, 1024};
}

void takeOut(const Secret &secret, QString &words)
{
    // A shorter one would be found in any sentence; no gateway gives such a key.
    if (secret.reveal().size() < 4)
        return;
    for (const QByteArray &form : {secret.reveal(), secret.reveal().toPercentEncoding()})
        words.replace(QString::fromUtf8(form), QStringLiteral("…"));
}

} // namespace

void takeOut(const Credentials &secrets, Failure &failure)
{
    for (QString *words : {&failure.detail, &failure.subject}) {
        takeOut(secrets.token, *words);
        takeOut(secrets.password, *words);
    }
}

GatewayCore::GatewayCore(Account which, CredentialsSource source, Clock &time)
    : account(std::move(which))
    , credentials(std::move(source))
    , clock(time)
    , dialect(dialectOf(account.kind))
    , transport(account.address, account.caFile, time)
    , pace(capabilitiesOf(account.kind).requestsPerMinute, time, capabilitiesOf(account.kind).leastGapMs)
{
}

Call GatewayCore::session(std::function<void(Result<Credentials>)> then)
{
    if (!dialect.hasLogin())
        return credentials([then = std::move(then), sender = account.sender](Result<Credentials> given) {
            if (given)
                given->sender = sender;
            then(std::move(given));
        });
    if (m_session && clock.now().monotonicMs < m_goodUntilMs) {
        Credentials ready;
        ready.user = account.user;
        ready.token = m_session->token;
        return clock.after(0, [then = std::move(then), ready] { then(ready); });
    }
    return waitForLogin([then = std::move(then), user = account.user](const Result<Session> &result) {
        if (!result) {
            then(result.failure());
        } else if (result->mustChangePassword) {
            then(mustChangePassword());
        } else {
            Credentials ready;
            ready.user = user;
            ready.token = result->token;
            then(std::move(ready));
        }
    });
}

Call GatewayCore::login(std::function<void(Result<Session>)> then)
{
    return waitForLogin(std::move(then));
}

Call GatewayCore::waitForLogin(std::function<void(const Result<Session> &)> then)
{
    auto state = std::make_shared<Call::State>();
    m_waiters.push_back({state, std::move(then)});
    if (!std::exchange(m_loggingIn, true))
        startLogin();
    return Call(state);
}

void GatewayCore::startLogin()
{
    auto question = std::make_shared<Question<Session>>();
    question->core = weak_from_this();
    question->isLogin = true;
    question->write = [this](const Credentials &given) {
        Credentials used = given;
        if (used.user.isEmpty())
            used.user = account.user;
        return dialect.loginRequest(used);
    };
    question->read = [this](const HttpReply &reply) {
        Result<Session> session = dialect.readLogin(reply);
        // The end is by the node's clock, so it is measured from the node's own Date.
        if (session && session->expiresAtMs != 0) {
            const qint64 theirs = readHttpDate(reply.header("date")).value_or(clock.now().wallMs);
            session->expiresAtMs += clock.now().wallMs - theirs;
        }
        return session;
    };
    question->then = [this](const Result<Session> &result) { loggedIn(result); };
    m_login = Question<Session>::ask(question);
}

void GatewayCore::loggedIn(const Result<Session> &result)
{
    const auto self = shared_from_this();
    m_loggingIn = false;
    m_session.reset();
    if (result && !result->mustChangePassword) {
        m_session = *result;
        m_goodUntilMs = goodUntil(*result);
        noteVersion(result->version);
    }
    if (!result)
        log::warning("gateway", QStringLiteral("login refused: ") + result.failure().detail);
    for (const Waiter &waiter : std::exchange(m_waiters, {}))
        if (std::exchange(waiter.state->open, false))
            waiter.then(result);
}

qint64 GatewayCore::goodUntil(const Session &session) const
{
    const Instant now = clock.now();
    const qint64 life = session.expiresAtMs - now.wallMs;
    // No end told, or one that already lies in the past: asking again would only loop. Used until it is refused.
    if (session.expiresAtMs == 0 || life <= 0)
        return untilRefused;
    return now.monotonicMs + life - std::min(renewBeforeMs, life / 10);
}

void GatewayCore::refused(const Secret &token)
{
    if (m_session && m_session->token.reveal() == token.reveal())
        m_session.reset();
}

void GatewayCore::noteVersion(const QString &version)
{
    if (!version.isEmpty())
        m_version = version;
}

void GatewayCore::judge(CheckReply &reply)
{
    noteVersion(reply.version);
    const QString version = dialect.cannotTell(m_version); // then no verdict of the node counts
    const QString why = account.cannotTell.isEmpty() ? version : account.cannotTell;
    if (why.isEmpty())
        return;
    for (NumberAnswer &number : reply.numbers) {
        const bool doubted = number.word == VerdictWord::Valid
            || (number.word == VerdictWord::Invalid && (!version.isEmpty() || why != QLatin1String(probeReason)));
        if (!doubted)
            continue;
        number.word = VerdictWord::Unverified;
        number.reason = why;
    }
}

void GatewayCore::saidNo(const LearnedRefusal &refusal, bool inItsOwnWords)
{
    log::warning(
        "gateway", QStringLiteral("the engine cannot do %1: HTTP %2").arg(int(refusal.what)).arg(refusal.code));
    const bool again = !m_saidNoOnce.insert(refusal.what).second;
    if (!inItsOwnWords && !again)
        return;
    m_saidNoOnce.erase(refusal.what); // once it is lifted, it is counted anew
    if (!account.learn(refusal))
        return;
    const auto tell = onRefused; // whoever is told may take it away
    if (tell)
        tell(refusal);
}

void GatewayCore::noteHint(const HttpReply &reply)
{
    const std::optional<RateHint> hint = dialect.rateHint(reply);
    if (!hint)
        return;
    lastHint = hint;
    if (hint->perMinute > 0)
        pace.setPerMinute(hint->perMinute);
    // Where our own requests explain that nothing is left, the pace knows to the millisecond what the headers tell in
    // seconds; else somebody else uses the same key.
    if (hint->remaining != 0 || hint->resetAtMs == 0 || (hint->perMinute > 0 && pace.isUsedUp()))
        return;
    // The end of the window is by the gateway's clock, so it is measured from the gateway's own Date.
    const qint64 theirs = readHttpDate(reply.header("date")).value_or(clock.now().wallMs);
    pace.pauseFor(std::clamp<qint64>(hint->resetAtMs - theirs, 0, longestPauseMs));
}

qint64 GatewayCore::throttled(Failure &failure, const HttpReply *reply)
{
    ++m_throttles;
    const double random = QRandomGenerator::global()->generateDouble();
    qint64 pause = backoffMs(m_throttles, random);
    // Some tell it in the body (the dialect reads that), some in the header, some in both: the longer one counts.
    if (failure.retryAfter)
        failure.retryAfter
            = std::clamp(*failure.retryAfter, std::chrono::seconds(0), std::chrono::seconds(longestPauseMs / 1000));
    if (reply) {
        const auto told = readRetryAfter(reply->header("retry-after"), reply->header("date"), clock.now().wallMs);
        if (told)
            failure.retryAfter = std::max(*told, failure.retryAfter.value_or(*told));
    }
    // What the gateway asks for is the least; up to a second on top keeps many clients apart.
    if (failure.retryAfter)
        pause = std::max(pause, failure.retryAfter->count() * 1000 + qint64(random * 1000));
    pace.pauseFor(pause);
    failure.retryAfter = std::chrono::seconds((pace.pausedForMs() + 999) / 1000);
    return pause;
}

} // namespace rollcall
