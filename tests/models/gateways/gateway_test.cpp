// SPDX-License-Identifier: GPL-3.0-or-later
// The gateway against the sandbox node, and against a relay where exact bytes and times matter.
#include "models/gateways/gateway.h"
#include "tests/support/answer.h"
#include "tests/support/fakeclock.h"
#include "tests/support/relay.h"
#include "tests/support/sandboxfixture.h"

#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

const QByteArray loginAnswer = "{\"users\":[{\"token\":\"T1\",\"expires_after\":\"2030-01-01 00:00:00+00:00\"}]}";

/// A gateway, its account and how often its password was asked for.
struct Fixture {
    Fixture(const QUrl &address, Clock &clock, const QString &user = QStringLiteral("admin"),
        const QString &password = QStringLiteral("p"), const QString &cannotTell = {})
        : gateway(
            account(address, user, cannotTell),
            [this, &clock, user, password](std::function<void(Result<Credentials>)> then) {
                ++passwordsAsked;
                Credentials credentials;
                credentials.user = user;
                credentials.password = Secret(password.toUtf8());
                return clock.after(0, [then = std::move(then), credentials] { then(credentials); });
            },
            clock)
    {
    }
    static Account account(const QUrl &address, const QString &user, const QString &cannotTell)
    {
        Account account;
        account.id = AccountId(1);
        account.address = address;
        account.user = user;
        account.cannotTell = cannotTell;
        return account;
    }
    Result<CheckReply> check(const QStringList &numbers, const CheckOptions &options = {})
    {
        const std::vector<QString> inputs(numbers.begin(), numbers.end());
        return answerOf<CheckReply>([&](auto then) { return gateway.check(inputs, options, then); }, 20'000);
    }
    int passwordsAsked = 0;
    Gateway gateway;
};

int logins(const SandboxFixture &node)
{
    return node.requests(QStringLiteral("/v1/users/login"));
}

int checks(const SandboxFixture &node)
{
    return node.requests(QStringLiteral("/v1/contacts"));
}

/// Drives a FakeClock while the network works in real time: jumps only when the caller waits for a timer.
template <class Holds> bool jumpUntil(FakeClock &clock, Holds holds)
{
    return eventually([&] {
        if (holds())
            return true;
        clock.advance(1000);
        return holds();
    });
}

} // namespace

class GatewayTest final : public QObject {
    Q_OBJECT

private slots:
    void checksAgainstTheNode()
    {
        SandboxFixture node;
        SystemClock clock;
        Fixture f(node.address(), clock, node.user(), node.password());
        QStringList asked = node.numbers(5) + node.numbers(5, false) + QStringList{QStringLiteral("+1")};
        const auto reply = f.check(asked);
        QVERIFY2(reply.ok(), reply ? "" : qPrintable(reply.failure().detail));
        QCOMPARE(reply->numbers.size(), size_t(asked.size()));
        for (int i = 0; i < asked.size(); ++i) {
            QCOMPARE(reply->numbers[size_t(i)].input, asked[i]);
            QCOMPARE(reply->numbers[size_t(i)].rawWord, node.truth(asked[i]));
        }
        QCOMPARE(reply->numbers[0].word, VerdictWord::Valid);
        QCOMPARE(reply->numbers[5].word, VerdictWord::Invalid);
        QCOMPARE(reply->numbers[10].word, VerdictWord::Failed);
        QCOMPARE(logins(node), 1);
        QVERIFY(f.gateway.route().proxy.isEmpty());
    }

    void oneLoginServesMany()
    {
        SandboxFixture node;
        SystemClock clock;
        Fixture f(node.address(), clock, node.user(), node.password());
        int done = 0;
        std::vector<Call> calls;
        for (int i = 0; i < 5; ++i)
            calls.push_back(
                f.gateway.health([&](const Result<Health> &health) { done += health && health->healthy ? 1 : 0; }));
        QVERIFY(eventually([&] { return done == 5; }));
        QCOMPARE(logins(node), 1);
        QCOMPARE(f.passwordsAsked, 1);
    }

    void aDeadTokenIsRenewedOnce()
    {
        SandboxFixture node;
        SystemClock clock;
        Fixture f(node.address(), clock, node.user(), node.password());
        const QString number = node.numbers(1).first();
        QVERIFY(f.check({number}));
        node.server().revokeTokens();
        QVERIFY(f.check({number}));
        QCOMPARE(logins(node), 2);
    }

    void aGatewayThatAlwaysSays401IsNotAskedForEver()
    {
        SandboxFixture node;
        node.fault(QStringLiteral("401"));
        SystemClock clock;
        Fixture f(node.address(), clock, node.user(), node.password());
        const auto reply = f.check(node.numbers(1));
        QVERIFY(!reply);
        QCOMPARE(reply.failure().kind, Failure::Kind::Unauthorised);
        QCOMPARE(logins(node), 2);
        QCOMPARE(checks(node), 2);
    }

    void aWrongPasswordIsToldAndNotRepeated()
    {
        SandboxFixture node;
        SystemClock clock;
        Fixture f(node.address(), clock, node.user(), QStringLiteral("wrong"));
        const auto reply = f.check(node.numbers(1));
        QVERIFY(!reply);
        QCOMPARE(reply.failure().kind, Failure::Kind::Unauthorised);
        QCOMPARE(logins(node), 1);
        QCOMPARE(checks(node), 0);
        QVERIFY(!reply.failure().detail.contains(QLatin1String("wrong")));
    }

    void anEndThatLiesInThePastDoesNotLoop()
    {
        SandboxFixture node;
        node.fault(QStringLiteral("login-past-expiry"));
        SystemClock clock;
        Fixture f(node.address(), clock, node.user(), node.password());
        const QString number = node.numbers(1).first();
        QVERIFY(f.check({number}));
        QVERIFY(answerOf<Health>([&](auto then) { return f.gateway.health(then); }));
        QVERIFY(answerOf<Health>([&](auto then) { return f.gateway.health(then); }));
        QCOMPARE(logins(node), 1);
    }

    void theSessionIsRenewedBeforeItEnds()
    {
        // The node's clock is an hour ahead of ours: only the difference to its own Date may count.
        Relay relay;
        const QByteArray date = "Date: Tue, 14 Nov 2023 23:13:20 GMT"; // ours + 1 h
        const QByteArray login
            = "{\"users\":[{\"token\":\"T1\",\"expires_after\":\"2023-11-15 00:13:20+00:00\"}]}"; // + 1 h
        const QByteArray health = "{\"health\":{\"gateway_status\":\"connected\"}}";
        FakeClock clock(1'700'000'000'000); // Tue, 14 Nov 2023 22:13:20 GMT
        Fixture f(relay.address(), clock);
        const auto ask = [&](bool withLogin) {
            if (withLogin)
                relay.next({Relay::http(200, login, {date})});
            relay.next({Relay::http(200, health, {date})});
            bool ok = false;
            const Call call = f.gateway.health([&](const Result<Health> &result) { ok = result.ok(); });
            return eventually([&] {
                clock.advance(0);
                return ok;
            });
        };
        QVERIFY(ask(true));
        QCOMPARE(relay.deliveries(), 2);
        clock.advance(54 * 60'000); // 6 min before the end
        QVERIFY(ask(false));
        QCOMPARE(relay.deliveries(), 3);
        clock.advance(2 * 60'000); // 4 min before the end
        QVERIFY(ask(true));
        QCOMPARE(relay.deliveries(), 5);
        QCOMPARE(f.passwordsAsked, 2);
    }

    void aPasswordThatMustChangeIsSaid()
    {
        SandboxOptions options = SandboxFixture::quick();
        options.passwordMustChange = true;
        SandboxFixture node(options);
        SystemClock clock;
        Fixture f(node.address(), clock, node.user(), node.password());
        const auto login = answerOf<Session>([&](auto then) { return f.gateway.login(then); });
        QVERIFY(login);
        QVERIFY(login->mustChangePassword);
        const auto reply = f.check(node.numbers(1));
        QVERIFY(!reply);
        QCOMPARE(reply.failure().kind, Failure::Kind::Refused);
        QCOMPARE(reply.failure().code, 1024);
        QCOMPARE(checks(node), 0);
    }

    void aThrottleIsWaitedFor()
    {
        SandboxFixture node;
        node.fault(QStringLiteral("429=1:1"));
        SystemClock clock;
        Fixture f(node.address(), clock, node.user(), node.password());
        const auto reply = f.check(node.numbers(1));
        QVERIFY(reply);
        QCOMPARE(checks(node), 2);
        const auto ledger = node.ledger();
        std::vector<qint64> at;
        for (const SandboxLedgerEntry &entry : ledger)
            if (entry.path == "/v1/contacts")
                at.push_back(entry.atMs);
        QVERIFY(at[1] - at[0] >= 1000);
    }

    void aThrottlePausesTheAccountAndIsToldWhenRepeatIsOff()
    {
        SandboxFixture node;
        node.fault(QStringLiteral("429=7:1"));
        SystemClock clock;
        Fixture f(node.address(), clock, node.user(), node.password());
        CheckOptions once;
        once.repeat = false;
        const auto reply = f.check(node.numbers(1), once);
        QVERIFY(!reply);
        QCOMPARE(reply.failure().kind, Failure::Kind::RateLimited);
        QVERIFY(reply.failure().retryAfter.has_value());
        QVERIFY(reply.failure().retryAfter->count() >= 7 && reply.failure().retryAfter->count() <= 9);
        QVERIFY(f.gateway.pausedForMs() > 5000);
        QVERIFY(f.gateway.readyInMs() >= f.gateway.pausedForMs() - 50);
        QCOMPARE(checks(node), 1);
    }

    void aLongThrottleIsHandedBack()
    {
        SandboxFixture node;
        node.fault(QStringLiteral("429=1000000"));
        SystemClock clock;
        Fixture f(node.address(), clock, node.user(), node.password());
        const auto reply = f.check(node.numbers(1));
        QVERIFY(!reply);
        QCOMPARE(reply.failure().kind, Failure::Kind::RateLimited);
        QVERIFY(reply.failure().retryAfter->count() >= 3600 && reply.failure().retryAfter->count() <= 3602); // clamped
        QCOMPARE(checks(node), 1);
    }

    void aBrokenNodeIsAskedFourTimesAtMost()
    {
        Relay relay;
        FakeClock clock;
        Fixture f(relay.address(), clock);
        relay.next({Relay::http(200, loginAnswer)});
        relay.always({Relay::http(503, "<html>")});
        std::optional<Failure> failure;
        const Call call = f.gateway.check(
            {QStringLiteral("+1")}, {}, [&](const Result<CheckReply> &reply) { failure = reply.failure(); });
        QVERIFY(jumpUntil(clock, [&] { return failure.has_value(); }));
        QCOMPARE(failure->kind, Failure::Kind::GatewayError);
        QCOMPARE(failure->code, 503);
        QCOMPARE(relay.deliveries(), 1 + 4);
        // Without repeats: one attempt.
        CheckOptions once;
        once.repeat = false;
        failure.reset();
        const Call second = f.gateway.check(
            {QStringLiteral("+1")}, once, [&](const Result<CheckReply> &reply) { failure = reply.failure(); });
        QVERIFY(jumpUntil(clock, [&] { return failure.has_value(); }));
        QCOMPARE(relay.deliveries(), 5 + 1);
    }

    void aNodeThatRecoversIsAnswered()
    {
        SandboxFixture node;
        node.fault(QStringLiteral("5xx=502:1"));
        SystemClock clock;
        Fixture f(node.address(), clock, node.user(), node.password());
        QVERIFY(f.check(node.numbers(1)));
        QCOMPARE(checks(node), 2);
    }

    void aWaitThatTimesOutIsAskedAgainWithoutWaiting()
    {
        Relay relay;
        FakeClock clock;
        Fixture f(relay.address(), clock);
        relay.next({Relay::http(200, loginAnswer)});
        RelayAct silent;
        silent.silent = true;
        relay.next(silent);
        relay.always({Relay::http(200, "{\"contacts\":[{\"input\":\"+1\",\"status\":\"processing\"}]}")});
        CheckOptions options;
        options.wait = options.forceCheck = true;
        std::optional<Result<CheckReply>> reply;
        const Call call
            = f.gateway.check({QStringLiteral("+1")}, options, [&](const Result<CheckReply> &got) { reply = got; });
        QVERIFY(eventually([&] {
            clock.advance(0);
            return relay.deliveries() == 2;
        }));
        clock.advance(31'000); // 30 s + 1 s a number
        QVERIFY(eventually([&] {
            clock.advance(10);
            return reply.has_value();
        }));
        QVERIFY(reply->ok());
        QCOMPARE((**reply).numbers[0].word, VerdictWord::Processing);
        QVERIFY(relay.requests()[1].endsWith("{\"blocking\":\"wait\",\"contacts\":[\"+1\"],\"force_check\":true}"));
        QVERIFY(relay.requests()[2].endsWith("{\"blocking\":\"no_wait\",\"contacts\":[\"+1\"],\"force_check\":true}"));
    }

    void whatCannotTellIsUnverified()
    {
        SandboxFixture node;
        node.fault(QStringLiteral("always-valid"));
        SystemClock clock;
        Fixture f(node.address(), clock, node.user(), node.password());
        const auto reply = f.check(node.numbers(1, false));
        QVERIFY(reply);
        QCOMPARE(reply->numbers[0].word, VerdictWord::Unverified);
        QCOMPARE(reply->numbers[0].reason, QStringLiteral("version>=2.43"));
        node.clearFaults();
        Fixture probed(node.address(), clock, node.user(), node.password(), QStringLiteral("truth-probe"));
        const auto second = probed.check(node.numbers(1));
        QVERIFY(second);
        QCOMPARE(second->numbers[0].word, VerdictWord::Unverified);
        QCOMPARE(second->numbers[0].rawWord, QStringLiteral("valid"));
        QCOMPARE(second->numbers[0].reason, QStringLiteral("truth-probe"));
    }

    void aVersionToldAtLoginCountsForAnswersWithoutOne()
    {
        Relay relay;
        SystemClock clock;
        Fixture f(relay.address(), clock);
        relay.next({Relay::http(200, "{\"users\":[{\"token\":\"T1\"}],\"meta\":{\"version\":\"v2.45.1\"}}")});
        relay.next({Relay::http(200,
            "{\"contacts\":[{\"input\":\"+1\",\"status\":\"valid\"},{\"input\":\"+2\",\"status\":\"invalid\"}]}")});
        const auto reply = f.check({QStringLiteral("+1"), QStringLiteral("+2")});
        QVERIFY(reply);
        QCOMPARE(reply->numbers[0].word, VerdictWord::Unverified);
        QCOMPARE(reply->numbers[1].word, VerdictWord::Unverified); // every verdict of such a node
    }

    void whatTheNodeGarblesIsNotBelieved_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<Failure::Kind>("kind");
        QTest::newRow("cut") << "cut" << Failure::Kind::BadReply;
        QTest::newRow("html") << "html" << Failure::Kind::BadReply;
        QTest::newRow("html 404") << "html=404" << Failure::Kind::BadReply;
        QTest::newRow("duplicate keys") << "duplicate-keys" << Failure::Kind::BadReply;
    }
    void whatTheNodeGarblesIsNotBelieved()
    {
        QFETCH(QString, fault);
        SandboxFixture node;
        node.fault(fault);
        SystemClock clock;
        Fixture f(node.address(), clock, node.user(), node.password());
        const auto reply = f.check(node.numbers(2));
        QVERIFY(!reply);
        QTEST(reply.failure().kind, "kind");
        QCOMPARE(checks(node), 1);
    }

    void tooManyNumbersAreRefusedHere()
    {
        Relay relay;
        SystemClock clock;
        Fixture f(relay.address(), clock);
        QStringList many;
        for (int i = 0; i <= f.gateway.capabilities().checkBatch; ++i)
            many += QString::number(i);
        QCOMPARE(f.check(many).failure().kind, Failure::Kind::BadInput);
        const auto none = f.check({});
        QVERIFY(none);
        QVERIFY(none->numbers.empty());
        QCOMPARE(relay.connections(), 0);
    }

    void whatAKindCannotIsUnsupported()
    {
        SystemClock clock;
        Account account;
        account.kind = GatewayKind::Dialog360;
        account.address = QUrl(QStringLiteral("https://gateway.example"));
        int asked = 0;
        Gateway gateway(
            account,
            [&](const std::function<void(Result<Credentials>)> &) {
                ++asked;
                return Call();
            },
            clock);
        const std::vector<QString> one{QStringLiteral("+1")};
        QCOMPARE(answerOf<CheckReply>([&](auto then) { return gateway.check(one, {}, then); }).failure().kind,
            Failure::Kind::Unsupported);
        QCOMPARE(answerOf<Session>([&](auto then) { return gateway.login(then); }).failure().kind,
            Failure::Kind::Unsupported);
        QCOMPARE(asked, 0);
    }

    void droppedCallsAndADyingGatewayAreSilent()
    {
        SandboxFixture node;
        node.fault(QStringLiteral("slow=300"));
        SystemClock clock;
        int answers = 0;
        {
            Fixture f(node.address(), clock, node.user(), node.password());
            const std::vector<QString> one{node.numbers(1).first()};
            const auto count = [&](const Result<CheckReply> &) { ++answers; };
            Call kept = f.gateway.check(one, {}, count);
            {
                const Call dropped = f.gateway.check(one, {}, count);
            }
            QVERIFY(eventually([&] { return logins(node) == 1; }));
        }
        spin(500);
        QCOMPARE(answers, 0);
    }

    void mayEndInsideAnAnswer()
    {
        SandboxFixture node;
        SystemClock clock;
        auto f = std::make_unique<Fixture>(node.address(), clock, node.user(), node.password());
        bool answered = false;
        const Call call = f->gateway.health([&](const Result<Health> &) {
            answered = true;
            f.reset();
        });
        QVERIFY(eventually([&] { return answered; }));
        spin(20);
        QVERIFY(!f);
    }
};

QTEST_GUILESS_MAIN(GatewayTest)
#include "gateway_test.moc"
