// SPDX-License-Identifier: GPL-3.0-or-later
// 360dialog and Meta's Cloud API over real sockets: block, list, unblock and cards against the sandbox, whose world
// they share.
#include "models/gateways/gateway.h"
#include "tests/support/answer.h"
#include "tests/support/rushclock.h"
#include "tests/support/sandboxfixture.h"

#include <QSet>
#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

struct Fixture {
    Fixture(GatewayKind kind, const std::string &address, const QByteArray &token)
        : gateway(
            account(kind, address),
            [this, token](std::function<void(Result<Credentials>)> then) {
                Credentials credentials;
                credentials.token = Secret(token);
                return clock.after(0, [then = std::move(then), credentials] { then(credentials); });
            },
            clock)
    {
    }
    static Account account(GatewayKind kind, const std::string &address)
    {
        Account account;
        account.id = AccountId(1);
        account.kind = kind;
        account.address = QUrl(QString::fromStdString(address));
        return account;
    }
    Result<BlockReply> block(const QStringList &people, bool unblock = false)
    {
        const std::vector<QString> asked(people.begin(), people.end());
        return answerOf<BlockReply>(
            [&](auto then) { return unblock ? gateway.unblock(asked, then) : gateway.block(asked, then); }, 20'000);
    }
    /// The wa_ids of the whole list, page by page.
    QStringList blocked(int limit)
    {
        QSet<QString> ids; // a first page whose cursor leads nowhere new comes twice: Meta's own example

        PageAsk page{{}, limit};
        for (int pages = 0; pages < 20; ++pages) {
            const auto answer = answerOf<BlockedPage>([&](auto then) { return gateway.blocked(page, then); }, 20'000);
            if (!answer)
                return {answer.failure().detail};
            for (const BlockedRow &row : answer->rows)
                ids.insert(row.waId);
            page.cursor = answer->next;
            if (page.cursor.isEmpty())
                break;
        }
        QStringList sorted(ids.begin(), ids.end());
        sorted.sort();
        return sorted;
    }
    RushClock clock{5}; // a request a second is its pace
    Gateway gateway;
};

Fixture dialog360(SandboxFixture &node)
{
    return {GatewayKind::Dialog360, node.server().dialog360Address(), "sandbox-d360-key"};
}

QStringList digits(QStringList numbers)
{
    for (QString &number : numbers)
        number.remove(QLatin1Char('+'));
    numbers.sort();
    return numbers;
}

} // namespace

class BlockUsersTest final : public QObject {
    Q_OBJECT

private slots:
    void mixedResultIsAResult()
    {
        SandboxFixture node;
        Fixture f = dialog360(node);
        const QStringList fresh = node.people(2, true);
        const QStringList silent = node.people(1, false);
        const auto reply = f.block(fresh + silent);
        QVERIFY2(reply, reply ? "" : qPrintable(reply.failure().detail));
        QCOMPARE(reply->people.size(), std::size_t(3));
        QCOMPARE(reply->people[0].outcome, BlockAnswer::Outcome::Done);
        QCOMPARE(reply->people[1].outcome, BlockAnswer::Outcome::Done);
        QCOMPARE(reply->people[2].outcome, BlockAnswer::Outcome::Refused);
        QCOMPARE(reply->people[2].code, 131047);
        QCOMPARE(f.blocked(100), digits(fresh));
    }

    void aBlockMadeAtOneIsSeenAtTheOther()
    {
        SandboxFixture node;
        const QStringList people = node.people(6, true);
        Fixture cloud(GatewayKind::CloudApi, node.server().cloudApiAddress(), "sandbox-cloud-token");
        QVERIFY(cloud.block(people));
        Fixture f = dialog360(node);
        for (const int limit : {2, 6, 100})
            QCOMPARE(f.blocked(limit), digits(people)); // each page size comes to its end, with everybody
    }

    void everyGenerationOfAnswersIsRead_data()
    {
        QTest::addColumn<QString>("fault");
        for (const char *fault : {"mixed-200", "old-rows", "old-unblock", "loose-rows", "no-paging"})
            QTest::newRow(fault) << QString::fromLatin1(fault);
    }

    void everyGenerationOfAnswersIsRead()
    {
        QFETCH(QString, fault);
        SandboxFixture node;
        node.fault(fault);
        Fixture f = dialog360(node);
        const QStringList fresh = node.people(3, true);
        const auto reply = f.block(fresh + node.people(2, false));
        QVERIFY2(reply, reply ? "" : qPrintable(reply.failure().detail));
        for (std::size_t i = 0; i < 5; ++i)
            QCOMPARE(reply->people[i].outcome, i < 3 ? BlockAnswer::Outcome::Done : BlockAnswer::Outcome::Refused);
        QCOMPARE(f.blocked(2), digits(fresh));
        const auto unblocked = f.block(fresh.mid(0, 1), true);
        QVERIFY2(unblocked, unblocked ? "" : qPrintable(unblocked.failure().detail));
        QCOMPARE(unblocked->people.at(0).outcome, BlockAnswer::Outcome::Done);
        QCOMPARE(f.blocked(1), digits(fresh.mid(1)));
    }

    void aWriteFailsHonestly_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *fault, Failure::Kind kind) {
            QTest::newRow(fault) << QString::fromLatin1(fault) << int(kind);
        };
        row("throttle-400", Failure::Kind::RateLimited); // nothing was taken: planned again
        row("graph-error=130429", Failure::Kind::RateLimited);
        row("429-bare", Failure::Kind::RateLimited);
        row("graph-error=139103", Failure::Kind::OutcomeUnknown); // read back, never sent again by itself
        row("5xx=500", Failure::Kind::OutcomeUnknown);
        row("cut", Failure::Kind::OutcomeUnknown);
        row("html", Failure::Kind::OutcomeUnknown);
        row("graph-error=139101", Failure::Kind::Refused);
    }

    void aWriteFailsHonestly()
    {
        QFETCH(QString, fault);
        QFETCH(int, kind);
        SandboxFixture node;
        Fixture f = dialog360(node);
        node.fault(fault);
        const auto reply = f.block(node.people(1, true));
        QVERIFY(!reply);
        QCOMPARE(int(reply.failure().kind), kind);
        QCOMPARE(node.requests(QStringLiteral("/d360/block_users")), 1);
    }

    void aListThatChangesIsSaid()
    {
        SandboxFixture node;
        Fixture f = dialog360(node);
        QVERIFY(f.block(node.people(3, true)));
        node.fault(QStringLiteral("list-changed"));
        PageAsk page{{}, 2};
        const auto first = answerOf<BlockedPage>([&](auto then) { return f.gateway.blocked(page, then); }, 20'000);
        QVERIFY(first);
        page.cursor = first->next;
        const auto second = answerOf<BlockedPage>([&](auto then) { return f.gateway.blocked(page, then); }, 20'000);
        QVERIFY(!second);
        QCOMPARE(second.failure().kind, Failure::Kind::Refused);
        QCOMPARE(second.failure().code, 139102);
    }

    void unblockIsDeleteWithABody()
    {
        SandboxFixture node;
        Fixture f = dialog360(node);
        const QStringList people = node.people(3, true);
        QVERIFY(f.block(people));
        const auto reply = f.block(people.mid(0, 2), true);
        QVERIFY2(reply, reply ? "" : qPrintable(reply.failure().detail));
        for (const BlockAnswer &person : reply->people)
            QCOMPARE(person.outcome, BlockAnswer::Outcome::Done);
        QCOMPARE(f.blocked(100), digits(people.mid(2)));
    }

    void cardsAreSent()
    {
        SandboxFixture node;
        Fixture f = dialog360(node);
        Card card;
        card.name.formatted = QStringLiteral("Kerry Fisher");
        card.name.first = QStringLiteral("Kerry");
        const QString to = node.people(1, true).front();
        const auto sent
            = answerOf<SendReply>([&](auto then) { return f.gateway.sendCards(to, {card}, {}, then); }, 20'000);
        QVERIFY2(sent, sent ? "" : qPrintable(sent.failure().detail));
        QVERIFY(!sent->messageId.isEmpty());
        QCOMPARE(sent->waId, to.mid(1));
    }

    void aWrongKeyIsUnauthorised()
    {
        SandboxFixture node;
        Fixture f(GatewayKind::Dialog360, node.server().dialog360Address(), "wrong");
        const auto health = answerOf<Health>([&](auto then) { return f.gateway.health(then); }, 20'000);
        QVERIFY(!health);
        QCOMPARE(health.failure().kind, Failure::Kind::Unauthorised);
        Fixture right = dialog360(node);
        const auto healthy = answerOf<Health>([&](auto then) { return right.gateway.health(then); }, 20'000);
        QVERIFY(healthy && healthy->healthy);
    }
};

QTEST_GUILESS_MAIN(BlockUsersTest)
#include "blockusers_test.moc"
