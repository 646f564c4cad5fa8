// SPDX-License-Identifier: GPL-3.0-or-later
// A simulated hour of checks at each gateway that can check, against the sandbox with its limits on: requests per
// number checked, the share of the allowed rate that was reached, and how often the gateway said "too fast". The
// gateway and the sandbox have the same simulated time; what a request takes on loopback comes on top of it, so that
// arrivals are not quite even.
#include "models/gateways/gateway.h"
#include "tests/bench/figures.h"
#include "tests/support/answer.h"
#include "tests/support/sandboxfixture.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <string>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr qint64 minuteMs = 60'000;

/// The machine's time plus the pauses that were jumped over.
class JumpClock final : public Clock {
public:
    JumpClock() { m_elapsed.start(); }
    [[nodiscard]] Instant now() const override
    {
        const qint64 gone = m_elapsed.elapsed() + m_jumpedMs;
        return {1'700'000'000'000 + gone, 1'000'000 + gone, QStringLiteral("boot-jump")};
    }
    Call after(qint64 ms, std::function<void()> then) override { return m_real.after(ms, std::move(then)); }
    void jump(qint64 ms) { m_jumpedMs += ms; }

private:
    QElapsedTimer m_elapsed;
    qint64 m_jumpedMs = 0;
    SystemClock m_real;
};

struct Place {
    const char *name;
    GatewayKind kind;
    int allowedPerMinute; ///< requests, by the sandbox or where it sets no limit by our own assumption
};

struct Outcome {
    qint64 requests = 0;
    qint64 numbers = 0; ///< with a verdict
    qint64 tooFast = 0;
    std::string wrong = {};
};

Account accountOf(const SandboxFixture &node, SandboxServer &server, GatewayKind kind)
{
    const SandboxOptions &options = server.options();
    Account account;
    account.id = AccountId(1);
    account.kind = kind;
    account.user = node.user();
    switch (kind) {
    case GatewayKind::SendApi:
        account.address = QUrl(QString::fromStdString(server.sendApiAddress()));
        account.sender = QString::fromStdString(options.sendApiSession);
        break;
    case GatewayKind::CommBox:
        account.address = QUrl(QString::fromStdString(server.commBoxAddress()));
        account.sender = QString::fromStdString(options.commBoxStream);
        break;
    case GatewayKind::Wawp:
        account.address = QUrl(QString::fromStdString(server.wawpAddress()));
        account.sender = QString::fromStdString(options.wawpInstance);
        break;
    default:
        account.address = node.address();
        break;
    }
    return account;
}

Credentials credentialsOf(const SandboxFixture &node, const SandboxOptions &options, GatewayKind kind)
{
    Credentials credentials;
    credentials.user = node.user();
    credentials.password = Secret(node.password().toUtf8());
    const std::string &token = kind == GatewayKind::SendApi ? options.sendApiKey
        : kind == GatewayKind::CommBox                      ? options.commBoxKey
                                                            : options.wawpToken;
    if (kind != GatewayKind::OnPrem)
        credentials.token = Secret(QByteArray::fromStdString(token));
    return credentials;
}

/// One reply, counted: every number must have the sandbox's truth.
void count(const SandboxFixture &node, const Result<CheckReply> &reply, Outcome &outcome)
{
    if (!reply) {
        const bool tooFast = reply.failure().kind == Failure::Kind::RateLimited;
        outcome.tooFast += tooFast;
        if (!tooFast)
            outcome.wrong = reply.failure().detail.toStdString();
        return;
    }
    for (const NumberAnswer &answer : reply->numbers) {
        const bool isValid = node.truth(answer.input) == QLatin1String("valid");
        if (answer.word == (isValid ? VerdictWord::Valid : VerdictWord::Invalid))
            ++outcome.numbers;
        else
            outcome.wrong = "a verdict that is not the world's";
    }
}

Outcome checkFor(qint64 ms, const Place &place)
{
    SandboxOptions options = SandboxFixture::quick();
    options.sendApiPerMinute = place.allowedPerMinute;
    SandboxFixture node(options);
    SandboxServer &server = node.server();
    JumpClock clock;
    server.setClock(clock.now().wallMs);
    Gateway gateway(
        accountOf(node, server, place.kind),
        [&](std::function<void(Result<Credentials>)> then) {
            return clock.after(
                0, [&, then = std::move(then)] { then(credentialsOf(node, server.options(), place.kind)); });
        },
        clock);
    CheckOptions once;
    once.repeat = false; // as a run asks: "too fast" is counted, not sat out
    Outcome outcome;
    qint64 next = 447'400'000'000;
    const qint64 end = clock.now().monotonicMs + ms;
    while (outcome.wrong.empty()) {
        const qint64 pause = gateway.readyInMs();
        clock.jump(pause);
        server.advanceClock(pause);
        if (clock.now().monotonicMs >= end)
            break;
        std::vector<QString> inputs;
        for (int i = 0; i < gateway.capabilities().checkBatch; ++i)
            inputs.push_back(u'+' + QString::number(next++));
        std::optional<Result<CheckReply>> got;
        const Call call = gateway.check(inputs, once, [&](const Result<CheckReply> &reply) { got = reply; });
        const bool answered = eventually([&] { return got.has_value(); });
        ++outcome.requests;
        if (answered)
            count(node, *got, outcome);
        else
            outcome.wrong = "no answer";
    }
    return outcome;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    Figures figures(argc, argv);
    const int minutes = figures.isShort() ? 3 : 60;
    const Place places[] = {
        {"on-premises", GatewayKind::OnPrem, 60},
        {"sendapi, 60 a minute", GatewayKind::SendApi, 60},
        {"sendapi, 300 a minute", GatewayKind::SendApi, 300},
        {"CommBox", GatewayKind::CommBox, 60},
        {"Wawp", GatewayKind::Wawp, 60},
    };
    for (const Place &place : places) {
        const std::string name = place.name;
        const Outcome outcome = checkFor(minutes * minuteMs, place);
        if (!outcome.wrong.empty())
            figures.broken(name.c_str(), outcome.wrong);
        const bool isOnPrem = place.kind == GatewayKind::OnPrem;
        const double numbers = double(std::max<qint64>(outcome.numbers, 1));
        // A batch of 50 at the on-premises node, and one login in the hour; elsewhere one number a request.
        figures.atMost((name + ": requests per number checked").c_str(),
            double(outcome.requests + (isOnPrem ? 1 : 0)) / numbers, "", isOnPrem ? 0.0202 : 1.0);
        const double allowed = double(place.allowedPerMinute) * minutes;
        figures.atLeast((name + ": rate achieved / allowed").c_str(), double(outcome.requests) / allowed, "", 0.98);
        figures.atMost((name + ": rejected for pace").c_str(), double(outcome.tooFast), "", 0);
    }
    return figures.exitCode();
}
