// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/blocks/blockdesk.h"

#include "models/store/people.h"
#include "models/store/stops.h"
#include "tests/support/blockplace.h"

using namespace rollcall;
using namespace rollcall::tests;

/// What the commands of a window ask for, from people to what the gateway holds.
class BlockDeskTest final : public BlockPlace {
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void deskFromPeopleToDone()
    {
        m_store->clock.jumpWall(0);
        const PersonId ann = m_store->add(QStringLiteral("Ann"), asked(0), first);
        const PersonId bob = m_store->add(QStringLiteral("Bob"), asked(1), first + 1);
        QVERIFY(await<std::vector<BlockId>>([&](auto then) {
            return (*m_store)->blocks().wrote(
                {ann}, m_store->clock.now().wallMs - 3'600'000, QStringLiteral("operator"), then);
        }));
        QVERIFY(await<std::vector<BlockId>>([&](auto then) {
            return (*m_store)->blocks().wrote(
                {bob}, m_store->clock.now().wallMs - 2 * inboundWindowMs, QStringLiteral("operator"), then);
        }));
        BlockDesk desk(**m_store, *m_runner);
        Account account;
        account.id = m_account;
        account.kind = GatewayKind::Dialog360;
        const BlockPlan plan = *await<BlockPlan>([&](auto then) {
            return desk.plan({.people = {ann, bob}}, account, {}, then);
        });
        QCOMPARE(plan.send.size(), 1U);
        QCOMPARE(plan.arm.size(), 1U);
        OperationOrder order;
        order.account = m_account;
        const auto refused = await<BlockStarted>([&](auto then) { return desk.start(plan, order, then); });
        QCOMPARE(refused.failure().kind, Failure::Kind::BadInput); // no reason
        order.reason = QStringLiteral("spam");
        const auto started = *await<BlockStarted>([&](auto then) { return desk.start(plan, order, then); });
        QCOMPARE(started.armed, 1);
        QVERIFY(m_store->row(bob).doNotContact);
        QVERIFY(!m_store->row(ann).doNotContact); // not asked for
        QVERIFY(over(started.run));
        QVERIFY(m_server->list.contains(digits(0)));
        QVERIFY(!m_server->list.contains(digits(1)));

        const BlockPlan undo = *await<BlockPlan>([&](auto then) { return desk.planUndo(started.run, account, then); });
        QCOMPARE(undo.kind, OperationKind::Unblock);
        QCOMPARE(undo.send.size(), 1U);
    }

    void deskReconciles()
    {
        BlockDesk desk(**m_store, *m_runner);
        Account account;
        account.id = m_account;
        account.kind = GatewayKind::Dialog360;
        const RunId id = create(itemsFor(3));
        QVERIFY(over(id)); // 0, 1, 2 are there, and read
        m_server->list.erase(digits(0)); // somebody else unblocked
        m_server->list.insert(digits(8)); // and blocked
        m_store->clock.advance(1'000);
        const Call stop = (*m_store)->stops().stop({}, {AliasKey(first)}, QStringLiteral("STOP"), [](const Done &) {});
        std::optional<Result<ReconcileView>> got;
        const Call call = desk.reconcile(account, [&](Result<ReconcileView> view) { got = view; });
        QVERIFY(until([&] { return got.has_value(); }));
        ReconcileView view = **got;
        QCOMPARE(view.plan.lines.size(), 2U);
        QCOMPARE(view.plan.agree, 2);
        QCOMPARE(view.plan.lines[0].act, ReconcileAct::BlockOrAccept);
        QCOMPARE(view.plan.lines[0].choice, ReconcileChoice::Block); // do-not-contact: proposed again
        QVERIFY(!Reconciliation::allows(view.plan.lines[0], ReconcileChoice::Accept));
        QCOMPARE(view.plan.lines[1].act, ReconcileAct::Adopt);
        QCOMPARE(m_server->list.size(), 3U); // a dry run
        OperationOrder order;
        order.reason = QStringLiteral("reconciled");
        const auto applied
            = *await<BlockDesk::Reconciled>([&](auto then) { return desk.apply(view, account, order, then); });
        QCOMPARE(applied.adopted, 1);
        QVERIFY(!applied.block.isNull());
        QVERIFY(over(applied.block));
        QVERIFY(m_server->list.contains(digits(0)));
        QVERIFY((*m_store)->stops().contains(AliasKey(first)));
        got.reset();
        const Call again = desk.reconcile(account, [&](Result<ReconcileView> now) { got = now; });
        QVERIFY(until([&] { return got.has_value(); }));
        QVERIFY((**got).plan.lines.empty());
        QCOMPARE((**got).plan.agree, 4);
    }

    void theRuleNamesItself()
    {
        const PersonId ann = m_store->add(QStringLiteral("Ann"), asked(0), first);
        BlockDesk desk(**m_store, *m_runner);
        Account account;
        account.id = m_account;
        account.kind = GatewayKind::Dialog360;
        const auto started
            = *await<BlockStarted>([&](auto then) { return desk.blockByRule({.people = {ann}}, account, then); });
        QVERIFY(over(started.run));
        QCOMPARE(run(started.run).source, QStringLiteral("rule:block-on-stop"));
        QVERIFY(m_store->row(ann).doNotContact);
        QVERIFY(m_server->list.contains(digits(0)));
    }
};

QTEST_GUILESS_MAIN(BlockDeskTest)
#include "blockdesk_test.moc"
