// SPDX-License-Identifier: GPL-3.0-or-later
// What a gateway learns from its answers: pace, pauses, and what its engine cannot do.
#include "models/gateways/gateway.h"
#include "tests/support/answer.h"
#include "tests/support/fakeclock.h"
#include "tests/support/relay.h"
#include "tests/support/sandboxfixture.h"

#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

struct Fixture {
    Fixture(GatewayKind kind, const QUrl &address, Clock &clock, const QString &sender = QStringLiteral("sess_1"),
        const QByteArray &token = "key")
        : gateway(
            account(kind, address, sender),
            [&clock, token](std::function<void(Result<Credentials>)> then) {
                return clock.after(0, [then = std::move(then), token] {
                    Credentials credentials;
                    credentials.token = Secret(token);
                    then(credentials);
                });
            },
            clock)
    {
        gateway.onRefused([this](const LearnedRefusal &refusal) { learned.push_back(refusal); });
    }
    static Account account(GatewayKind kind, const QUrl &address, const QString &sender)
    {
        Account account;
        account.id = AccountId(1);
        account.kind = kind;
        account.address = address;
        account.sender = sender;
        return account;
    }
    /// One check, without repeats; time of a FakeClock goes on by itself.
    std::optional<Result<CheckReply>> check(const QStringList &numbers, FakeClock *clock = nullptr)
    {
        std::optional<Result<CheckReply>> got;
        CheckOptions once;
        once.repeat = false;
        const Call call = gateway.check(std::vector<QString>(numbers.begin(), numbers.end()), once,
            [&](const Result<CheckReply> &reply) { got = reply; });
        eventually([&] {
            if (clock)
                clock->advance(1);
            return got.has_value();
        });
        return got;
    }
    std::vector<LearnedRefusal> learned;
    Gateway gateway;
};

const QByteArray isUser
    = "{\"phone\":\"+447400000001\",\"is_whatsapp_user\":true,\"whatsapp_id\":\"447400000001@s.whatsapp.net\"}";
const QString number = QStringLiteral("+447400000001");
constexpr qint64 noon = 1'700'000'000'000; // Tue, 14 Nov 2023 22:13:20 GMT, by our clock
const QByteArray theirDate = "Date: Tue, 14 Nov 2023 23:13:20 GMT"; // the gateway's is an hour ahead

} // namespace

class LearningTest final : public QObject {
    Q_OBJECT

private slots:
    void theRateOfAnAnswerHolds_data()
    {
        QTest::addColumn<QByteArray>("limit");
        QTest::addColumn<int>("perMinute");
        QTest::newRow("another plan") << QByteArray("300") << 300;
        QTest::newRow("the largest plan there ever was") << QByteArray("6000") << 6000;
        QTest::newRow("more than is good for anybody") << QByteArray("500000") << 6000;
        QTest::newRow("not told") << QByteArray("0") << 60;
        QTest::newRow("nonsense") << QByteArray("-7") << 60;
    }
    void theRateOfAnAnswerHolds()
    {
        QFETCH(QByteArray, limit);
        Relay relay;
        relay.always({Relay::http(200, isUser, {"X-RateLimit-Limit: " + limit, "X-RateLimit-Remaining: 40"})});
        FakeClock clock(noon);
        Fixture f(GatewayKind::SendApi, relay.address(), clock);
        QCOMPARE(f.gateway.perMinute(), 60);
        QVERIFY(!f.gateway.rateHint());
        const auto reply = f.check({number}, &clock);
        QVERIFY(reply && reply->ok());
        QTEST(f.gateway.perMinute(), "perMinute");
        QCOMPARE(f.gateway.pausedForMs(), 0);
    }

    void nothingLeftPausesUntilThereIsRoom_data()
    {
        QTest::addColumn<QByteArray>("reset");
        QTest::addColumn<qint64>("pause");
        // 14 Nov 2023 23:13:20 GMT is 1700003600, the time by the gateway's clock.
        QTest::newRow("in 45 s") << QByteArray("1700003645") << qint64(45'000);
        QTest::newRow("in a day: an hour at most") << QByteArray("1700090000") << qint64(3'600'000);
        QTest::newRow("in the past") << QByteArray("1700003599") << qint64(0);
        QTest::newRow("not told") << QByteArray("soon") << qint64(0);
    }
    void nothingLeftPausesUntilThereIsRoom()
    {
        QFETCH(QByteArray, reset);
        QFETCH(qint64, pause);
        Relay relay;
        relay.always({Relay::http(200, isUser,
            {theirDate, "X-RateLimit-Limit: 60", "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: " + reset})});
        FakeClock clock(noon);
        Fixture f(GatewayKind::SendApi, relay.address(), clock);
        const qint64 before = clock.now().monotonicMs;
        const auto reply = f.check({number}, &clock);
        QVERIFY(reply && reply->ok());
        const qint64 gone = clock.now().monotonicMs - before;
        QVERIFY(gone < 5'000);
        QVERIFY2(f.gateway.pausedForMs() <= pause && f.gateway.pausedForMs() >= pause - gone,
            qPrintable(QString::number(f.gateway.pausedForMs())));
    }

    void whatOurOwnRequestsExplainNeedsNoPause()
    {
        // Headers tell the end of the window in whole seconds: waiting for them at every request of a steady run would
        // halve its rate. The pace knows its own turns to the millisecond.
        Relay relay;
        relay.always({Relay::http(200, isUser,
            {theirDate, "X-RateLimit-Limit: 1", "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 1700003645"})});
        FakeClock clock(noon);
        Fixture f(GatewayKind::SendApi, relay.address(), clock);
        const auto reply = f.check({number}, &clock);
        QVERIFY(reply && reply->ok());
        QCOMPARE(f.gateway.pausedForMs(), 0);
        QVERIFY(f.gateway.readyInMs() > 55'000 && f.gateway.readyInMs() < 61'000);
    }

    void aPauseToldInTheBodyIsKept_data()
    {
        QTest::addColumn<QByteArrayList>("headers");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<qint64>("least"); // s
        QTest::addColumn<qint64>("most");
        const QByteArray error = "{\"success\":false,\"error\":{\"type\":\"rate_limit_exceeded\",\"message\":\"m\","
                                 "\"code\":4029%1}}";
        const auto with = [&error](const QByteArray &more) { return QByteArray(error).replace("%1", more); };
        QTest::newRow("in the body") << QByteArrayList{} << with(",\"retry_after\":40") << 40LL << 42LL;
        QTest::newRow("in the header") << QByteArrayList{"Retry-After: 30"} << with({}) << 30LL << 32LL;
        QTest::newRow("in both: the longer one")
            << QByteArrayList{"Retry-After: 30"} << with(",\"retry_after\":50") << 30LL << 52LL;
        QTest::newRow("a week: an hour at most")
            << QByteArrayList{"Retry-After: 604800"} << with(",\"retry_after\":604800") << 3600LL << 3602LL;
    }
    void aPauseToldInTheBodyIsKept()
    {
        QFETCH(QByteArrayList, headers);
        QFETCH(QByteArray, body);
        QFETCH(qint64, least);
        QFETCH(qint64, most);
        Relay relay;
        relay.always({Relay::http(429, body, headers)});
        FakeClock clock(noon);
        Fixture f(GatewayKind::SendApi, relay.address(), clock);
        const auto reply = f.check({number}, &clock);
        QVERIFY(reply && !reply->ok());
        QCOMPARE(reply->failure().kind, Failure::Kind::RateLimited);
        QVERIFY(reply->failure().retryAfter.has_value());
        const qint64 told = reply->failure().retryAfter->count();
        QVERIFY2(told >= least && told <= most, qPrintable(QString::number(told)));
        QVERIFY(f.gateway.pausedForMs() > (least - 5) * 1000);
        QCOMPARE(relay.deliveries(), 1);
    }

    void whatCannotBeAskedIsNotSent()
    {
        Relay relay;
        relay.always({Relay::http(200, isUser)});
        SystemClock clock;
        for (const GatewayKind kind : {GatewayKind::SendApi, GatewayKind::CommBox, GatewayKind::Wawp}) {
            Fixture f(kind, relay.address(), clock);
            const auto reply = f.check({QStringLiteral("07400 000001")});
            QVERIFY(reply && reply->ok());
            QCOMPARE((**reply).numbers.size(), 1U);
            QCOMPARE((**reply).numbers[0].input, QStringLiteral("07400 000001"));
            QCOMPARE((**reply).numbers[0].word, VerdictWord::Failed);
            QCOMPARE((**reply).numbers[0].reason, QStringLiteral("no-country"));
        }
        QCOMPARE(relay.connections(), 0);
        Fixture asked(GatewayKind::SendApi, relay.address(), clock);
        const auto reply = asked.check({number});
        QVERIFY(reply && reply->ok());
        QCOMPARE((**reply).numbers[0].word, VerdictWord::Valid);
    }

    void anEngineThatCannotIsAskedOnce()
    {
        SandboxFixture node;
        node.fault(QStringLiteral("engine-no-block"));
        const SandboxOptions &options = node.server().options();
        SystemClock clock;
        Fixture f(GatewayKind::Wawp, QUrl(QString::fromStdString(node.server().wawpAddress())), clock,
            QString::fromStdString(options.wawpInstance), QByteArray::fromStdString(options.wawpToken));
        QVERIFY(f.gateway.capabilities().block && f.gateway.capabilities().about);
        const std::vector<QString> one{node.numbers(1).first()};
        const auto block = [&] { return answerOf<BlockReply>([&](auto then) { return f.gateway.block(one, then); }); };
        const auto first = block();
        QVERIFY(!first);
        QCOMPARE(first.failure().kind, Failure::Kind::Unsupported); // refused, not unknown: nothing was done
        QCOMPARE(f.learned.size(), 1U);
        QCOMPARE(f.learned[0].what, Capability::Block);
        QCOMPARE(f.learned[0].code, 422);
        QVERIFY(!f.gateway.capabilities().block);
        QVERIFY(!f.gateway.account().capabilities().block);
        const size_t requests = node.ledger().size();
        QCOMPARE(block().failure().kind, Failure::Kind::Unsupported);
        QCOMPARE(answerOf<BlockReply>([&](auto then) { return f.gateway.unblock(one, then); }).failure().kind,
            Failure::Kind::Unsupported);
        QCOMPARE(node.ledger().size(), requests); // it is not asked any more
        QCOMPARE(f.learned.size(), 1U);
        // The about text is another thing; the details of a contact stay.
        const auto about = answerOf<QString>([&](auto then) { return f.gateway.about(one[0], then); });
        QCOMPARE(about.failure().kind, Failure::Kind::Unsupported);
        QVERIFY(f.gateway.capabilities().details && !f.gateway.capabilities().about);
        QVERIFY(answerOf<GatewayContact>([&](auto then) { return f.gateway.contact(one[0], then); }));

        Account again = f.gateway.account();
        again.refusals.clear();
        f.gateway.setLearned(again);
        node.clearFaults();
        QVERIFY(block()); // "try again"
    }

    /// CommBox's 501 has no words: a proxy or a restart gives one as well.
    void oneStray501SwitchesNothingOff()
    {
        Relay relay;
        const auto valid = Relay::http(200, "{\"status\":\"200\",\"data\":{\"valid\":true}}");
        const auto notImplemented = Relay::http(501, "{\"status\":501,\"description\":\"Not Implemented\"}");
        relay.always({notImplemented});
        SystemClock clock;
        Fixture f(GatewayKind::CommBox, relay.address(), clock, QStringLiteral("hNyRN%3d%3d"));
        const auto first = f.check({number});
        QVERIFY(first && !first->ok());
        QCOMPARE(first->failure().kind, Failure::Kind::Unsupported);
        QVERIFY(f.learned.empty());
        QVERIFY(f.gateway.capabilities().checkOne);
        relay.always({valid});
        const auto second = f.check({number});
        QVERIFY(second && second->ok());
        relay.always({notImplemented});
        QVERIFY(f.check({number}));
        QVERIFY(f.learned.empty()); // not in a row: a true answer lay between them
        QVERIFY(f.check({number}));
        QCOMPARE(f.learned.size(), 1U);
        QCOMPARE(f.learned[0].what, Capability::CheckOne);
        QCOMPARE(f.learned[0].code, 501);
        QVERIFY(f.learned[0].atMs > 0);
        QVERIFY(!f.gateway.capabilities().checkOne);
        // "Try again" lifts it, and one 501 is one again.
        Account again = f.gateway.account();
        again.refusals.clear();
        f.gateway.setLearned(again);
        QVERIFY(f.check({number}));
        QVERIFY(f.gateway.capabilities().checkOne);
    }

    void aSessionThatIsDownIsNoLimitOfTheEngine()
    {
        SandboxFixture node;
        node.fault(QStringLiteral("scan-qr")); // 422 as well
        const SandboxOptions &options = node.server().options();
        SystemClock clock;
        Fixture f(GatewayKind::Wawp, QUrl(QString::fromStdString(node.server().wawpAddress())), clock,
            QString::fromStdString(options.wawpInstance), QByteArray::fromStdString(options.wawpToken));
        const auto reply = f.check(node.numbers(1));
        QVERIFY(reply && !reply->ok());
        QVERIFY(reply->failure().kind != Failure::Kind::Unsupported);
        QVERIFY(f.learned.empty());
        QVERIFY(f.gateway.capabilities().checkOne);
    }
};

QTEST_GUILESS_MAIN(LearningTest)
#include "learning_test.moc"
