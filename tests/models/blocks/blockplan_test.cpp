// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/blocks/blockplan.h"

#include "models/domain/serverindex.h"

#include <QTest>
#include <set>

using namespace rollcall;

namespace {

constexpr qint64 now = 1'700'000'000'000;
constexpr qint64 hour = 3'600'000;

BlockCandidate candidate(qint64 number, qint64 lastInboundMs = now - hour)
{
    BlockCandidate one;
    one.person = PersonId(number % 1000 + 1);
    one.alias = AliasKey(number);
    one.lastInboundMs = lastInboundMs;
    return one;
}

BlockCandidate known(qint64 number, OperationKind wish, OperationState state, BlockStanding standing,
    ServerWord there = ServerWord::NotRead)
{
    BlockCandidate one = candidate(number);
    one.entry
        = BlockEntry{.alias = AliasKey(number), .wish = wish, .state = state, .standing = standing, .there = there};
    return one;
}

Account accountOf(GatewayKind kind)
{
    Account account;
    account.id = AccountId(1);
    account.kind = kind;
    return account;
}

BlockPlan plan(const std::vector<BlockCandidate> &candidates, GatewayKind kind = GatewayKind::Dialog360,
    const BlockOptions &options = {}, const BlockListUse &use = {})
{
    return planBlocks(candidates, accountOf(kind), options, use, now);
}

qint64 sum(const BlockPlan &plan)
{
    return qint64(plan.send.size()) + qint64(plan.arm.size()) + plan.already + plan.unsettled + plan.sameNumber
        + plan.noNumber + plan.left;
}

} // namespace

class BlockPlanTest final : public QObject {
    Q_OBJECT

private slots:
    void theWindowDecidesWhereTheRuleIs_data()
    {
        QTest::addColumn<GatewayKind>("kind");
        QTest::addColumn<qint64>("inbound");
        QTest::addColumn<int>("sent");
        QTest::addColumn<int>("armed");
        const qint64 edge = now - inboundWindowMs;
        QTest::newRow("23:59:59.999") << GatewayKind::Dialog360 << edge + 1 << 1 << 0;
        QTest::newRow("24:00:00") << GatewayKind::Dialog360 << edge << 0 << 1;
        QTest::newRow("24:00:00.001") << GatewayKind::Dialog360 << edge - 1 << 0 << 1;
        QTest::newRow("not known: try") << GatewayKind::Dialog360 << qint64(0) << 1 << 0;
        QTest::newRow("in the future: not known") << GatewayKind::Dialog360 << now + hour << 1 << 0;
        QTest::newRow("on-premises") << GatewayKind::OnPrem << edge << 0 << 1;
        QTest::newRow("cloud") << GatewayKind::CloudApi << edge << 0 << 1;
        QTest::newRow("Wawp has no such rule") << GatewayKind::Wawp << edge << 1 << 0;
    }
    void theWindowDecidesWhereTheRuleIs()
    {
        QFETCH(GatewayKind, kind);
        QFETCH(qint64, inbound);
        QFETCH(int, sent);
        QFETCH(int, armed);
        const BlockPlan made = plan({candidate(447700900000, inbound)}, kind);
        QCOMPARE(int(made.send.size()), sent);
        QCOMPARE(int(made.arm.size()), armed);
        BlockOptions unblock;
        unblock.kind = OperationKind::Unblock;
        BlockCandidate blocked
            = known(447700900000, OperationKind::Block, OperationState::Done, BlockStanding::Blocked);
        blocked.lastInboundMs = inbound;
        QCOMPARE(plan({blocked}, kind, unblock).send.size(), 1U); // it does not apply to unblocking
    }

    void theOperatorChooses()
    {
        const std::vector<BlockCandidate> both{
            candidate(447700900000, now - 2 * inboundWindowMs), candidate(447700900001, 0)};
        BlockOptions options;
        options.closed = options.notKnown = WindowChoice::Leave;
        QCOMPARE(plan(both, GatewayKind::Dialog360, options).left, 2);
        options.closed = WindowChoice::Try;
        options.notKnown = WindowChoice::Arm;
        const BlockPlan made = plan(both, GatewayKind::Dialog360, options);
        QCOMPARE(made.send.front().alias, AliasKey(447700900000));
        QCOMPARE(made.arm.front().alias, AliasKey(447700900001));
        QCOMPARE(made.outsideWindow, 1);
        QCOMPARE(made.inboundNotKnown, 1);
    }

    void whatIsSoAlreadyIsNotAsked_data()
    {
        QTest::addColumn<OperationState>("state");
        QTest::addColumn<BlockStanding>("standing");
        QTest::addColumn<ServerWord>("there");
        QTest::addColumn<int>("already");
        QTest::addColumn<int>("unsettled");
        const auto row
            = [](const char *name, OperationState state, BlockStanding standing, ServerWord there, int already,
                  int unsettled) { QTest::newRow(name) << state << standing << there << already << unsettled; };
        using S = OperationState;
        using B = BlockStanding;
        using W = ServerWord;
        row("blocked", S::Done, B::Blocked, W::NotRead, 1, 0);
        row("blocked and read", S::Done, B::Blocked, W::Present, 1, 0);
        row("blocked here, not there", S::Done, B::Blocked, W::Absent, 0, 0);
        row("refused before", S::Refused, B::NotBlocked, W::NotRead, 0, 0);
        row("unknown", S::Unknown, B::NotBlocked, W::NotRead, 0, 1);
        row("being sent", S::Sending, B::NotBlocked, W::NotRead, 0, 1);
        row("planned already", S::Planned, B::NotBlocked, W::NotRead, 1, 0);
        row("deferred", S::Deferred, B::NotBlocked, W::NotRead, 1, 0);
        row("cancelled", S::NotSent, B::NotBlocked, W::NotRead, 0, 0);
        row("armed, and wrote again", S::Armed, B::NotBlocked, W::NotRead, 0, 0);
    }
    void whatIsSoAlreadyIsNotAsked()
    {
        QFETCH(OperationState, state);
        QFETCH(BlockStanding, standing);
        QFETCH(ServerWord, there);
        QFETCH(int, already);
        QFETCH(int, unsettled);
        const BlockPlan made = plan({known(447700900000, OperationKind::Block, state, standing, there)});
        QCOMPARE(made.already, already);
        QCOMPARE(made.unsettled, unsettled);
        QCOMPARE(int(made.send.size()), 1 - already - unsettled);
    }

    void unblockingWhoIsNotBlockedIsNotAsked()
    {
        BlockOptions unblock;
        unblock.kind = OperationKind::Unblock;
        BlockCandidate onlyThere = known(
            447700900001, OperationKind::None, OperationState::Done, BlockStanding::NotBlocked, ServerWord::Present);
        BlockCandidate planned
            = known(447700900002, OperationKind::Block, OperationState::Planned, BlockStanding::NotBlocked);
        const BlockPlan made
            = plan({known(447700900000, OperationKind::Block, OperationState::Refused, BlockStanding::NotBlocked),
                       onlyThere, planned},
                GatewayKind::Dialog360, unblock);
        QCOMPARE(made.already, 1);
        QCOMPARE(made.send.size(), 2U); // one is there, one is about to be: the later command counts
    }

    void everybodyEndsSomewhereOnce()
    {
        std::vector<BlockCandidate> all;
        for (int i = 0; i < 500; ++i) {
            BlockCandidate one = candidate(447700900000 + i % 90, i % 3 == 0 ? 0 : now - (i % 40) * hour);
            if (i % 7 == 0)
                one.alias = {};
            if (i % 11 == 0)
                one.entry = BlockEntry{.wish = OperationKind::Block, .state = OperationState(i % 8)};
            all.push_back(one);
        }
        for (const WindowChoice choice : {WindowChoice::Try, WindowChoice::Arm, WindowChoice::Leave}) {
            BlockOptions options;
            options.closed = options.notKnown = choice;
            const BlockPlan made = plan(all, GatewayKind::Dialog360, options);
            QCOMPARE(sum(made), qint64(all.size()));
            std::set<qint64> aliases;
            for (const OperationItem &item : made.send)
                QVERIFY(aliases.insert(item.alias.value()).second);
            for (const OperationItem &item : made.arm)
                QVERIFY(aliases.insert(item.alias.value()).second);
        }
    }

    void doNotContactIsNoReasonToLeaveSomebodyOut()
    {
        BlockCandidate stopped = candidate(447700900000);
        stopped.doNotContact = true;
        stopped.consent = ConsentState::OptOut;
        const BlockPlan made = plan({stopped});
        QCOMPARE(made.send.size(), 1U);
        QCOMPARE(made.doNotContact, 1);
        QCOMPARE(made.optedOut, 1);
    }

    void theConfirmedWaIdIsBlocked()
    {
        BlockCandidate one = candidate(5592981723241);
        one.waId = QStringLiteral("559281723241@c.us");
        const BlockPlan made = plan({one, candidate(447700900000)});
        QCOMPARE(made.send[0].ask, QStringLiteral("+559281723241"));
        QCOMPARE(made.send[0].alias, AliasKey(5592981723241)); // the ledger keeps our key
        QCOMPARE(made.send[1].ask, QStringLiteral("+447700900000"));
        QCOMPARE(made.otherWaId, 1);
    }

    void aNameThatIsNoNumber_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<GatewayKind>("kind");
        QTest::addColumn<bool>("can");
        QTest::newRow("LID at Wawp") << "123@lid" << GatewayKind::Wawp << true;
        QTest::newRow("LID at 360dialog") << "123@lid" << GatewayKind::Dialog360 << false;
        QTest::newRow("BSUID at 360dialog") << "MA.1587668549511396" << GatewayKind::Dialog360 << true;
        QTest::newRow("BSUID at Wawp") << "MA.1587668549511396" << GatewayKind::Wawp << false;
        QTest::newRow("group") << "123@g.us" << GatewayKind::Wawp << false;
        QTest::newRow("LID on-premises") << "123@lid" << GatewayKind::OnPrem << false;
    }
    void aNameThatIsNoNumber()
    {
        QFETCH(QString, name);
        QFETCH(GatewayKind, kind);
        QFETCH(bool, can);
        BlockCandidate one;
        one.alias = AliasKey(-5);
        one.otherName = name;
        const BlockPlan made = plan({one}, kind);
        QCOMPARE(made.noNumber, can ? 0 : 1);
        if (can)
            QCOMPARE(made.send.front().ask, name);
    }

    void theFullListIsForetold()
    {
        std::vector<BlockCandidate> many;
        for (int i = 0; i < 100; ++i)
            many.push_back(candidate(447700900000 + i));
        BlockListUse use;
        use.taken = 63'950;
        const BlockPlan made = plan(many, GatewayKind::Dialog360, {}, use);
        QCOMPARE(made.listMost, 64'000);
        QCOMPARE(made.overList, 50);
        QCOMPARE(made.requests, 1);
        QCOMPARE(made.readRequests, 641); // 64,000 in pages of 100, and the empty one after them
        QVERIFY(made.canReadBack);
        QCOMPARE(made.estimatedMs, 641'000); // 642 requests, one a second
        QCOMPARE(plan(many, GatewayKind::OnPrem).overList, 0);
        QCOMPARE(plan(many, GatewayKind::OnPrem).requests, 100);
        QVERIFY(!plan(many, GatewayKind::OnPrem).canReadBack);
        QCOMPARE(plan(many, GatewayKind::Wawp).readRequests, 100);
    }

    void spellings_data()
    {
        QTest::addColumn<qint64>("digits");
        QTest::addColumn<qint64>("other");
        // gateways.md 6.2
        QTest::newRow("Brazil with the 9") << qint64(5592981723241) << qint64(559281723241);
        QTest::newRow("Brazil without") << qint64(559281723241) << qint64(5592981723241);
        QTest::newRow("Brazilian landline") << qint64(551133334444) << qint64(0);
        QTest::newRow("Mexico") << qint64(525639691841) << qint64(5215639691841);
        QTest::newRow("Mexico with the 1") << qint64(5215639691841) << qint64(525639691841);
        QTest::newRow("Argentina") << qint64(541158749895) << qint64(5491158749895);
        QTest::newRow("Argentina with the 9") << qint64(5491158749895) << qint64(541158749895);
        QTest::newRow("Britain") << qint64(447700900000) << qint64(0);
    }
    void spellings()
    {
        QFETCH(qint64, digits);
        QFETCH(qint64, other);
        const std::vector<qint64> expected = other == 0 ? std::vector<qint64>{} : std::vector<qint64>{other};
        QCOMPARE(otherSpellings(digits), expected);
    }

    void digitsOfAnId()
    {
        QCOMPARE(waIdDigits(QStringLiteral("+447700900000")), 447700900000);
        QCOMPARE(waIdDigits(QStringLiteral("447700900000@s.whatsapp.net")), 447700900000);
        for (const char *none : {"", "123@lid", "12a", "0044", "1234567890123456", "MA.15", "1@g.us"})
            QCOMPARE(waIdDigits(QString::fromLatin1(none)), 0);
    }
};

QTEST_GUILESS_MAIN(BlockPlanTest)
#include "blockplan_test.moc"
