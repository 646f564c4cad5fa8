// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/blocks/reconcile.h"

#include <QTest>
#include <map>
#include <random>
#include <set>

using namespace rollcall;

namespace {

constexpr qint64 number = 447700900000;

enum class Here { Nothing, Blocked, Unblocked, Open, Armed, Refused, ServerOnly };

BlockEntry entryOf(Here here, qint64 digits)
{
    BlockEntry entry{.id = BlockId(digits), .alias = AliasKey(digits), .wish = OperationKind::Block};
    switch (here) {
    case Here::Blocked:
        entry.standing = BlockStanding::Blocked;
        break;
    case Here::Unblocked:
        entry.wish = OperationKind::Unblock;
        break;
    case Here::Open:
        entry.state = OperationState::Unknown;
        break;
    case Here::Armed:
        entry.state = OperationState::Armed;
        break;
    case Here::Refused:
        entry.state = OperationState::Refused;
        break;
    case Here::ServerOnly:
    case Here::Nothing:
        entry.wish = OperationKind::None;
        break;
    }
    return entry;
}

ServerBlock rowOf(qint64 digits)
{
    return {AliasKey(digits), QString::number(digits), {}};
}

/// The reference: the table of the three sides, written out.
ReconcileAct expected(Here here, bool was, bool is)
{
    switch (here) {
    case Here::Open:
        return ReconcileAct::Wait;
    case Here::Blocked:
        if (is)
            return ReconcileAct::Agree;
        return was ? ReconcileAct::BlockOrAccept : ReconcileAct::BlockAgain;
    case Here::Unblocked:
        if (!is)
            return ReconcileAct::Agree;
        return was ? ReconcileAct::UnblockAgain : ReconcileAct::UnblockOrAdopt;
    case Here::Armed:
        return is ? ReconcileAct::ArmedIsThere : ReconcileAct::Agree;
    case Here::Nothing:
    case Here::Refused:
    case Here::ServerOnly:
        break;
    }
    return is ? ReconcileAct::Adopt : ReconcileAct::Agree;
}

ReconcileAct onlyAct(const Reconciliation &plan)
{
    if (!plan.lines.empty())
        return plan.lines.front().act;
    return plan.waiting > 0 ? ReconcileAct::Wait : ReconcileAct::Agree;
}

/// Carries the proposal out in a model of both sides; false when it is not allowed, takes a stop away, or leaves both
/// differing though it proposed something.
bool carriedOut(const ReconcileLine &line, const std::unordered_set<AliasKey> &stopped, std::set<qint64> &here,
    std::set<qint64> &there)
{
    const qint64 digits = line.alias.value();
    const bool takesAway = line.choice == ReconcileChoice::Unblock || line.choice == ReconcileChoice::Accept;
    if (!Reconciliation::allows(line, line.choice) || (takesAway && stopped.contains(line.alias)))
        return false;
    switch (line.choice) {
    case ReconcileChoice::Block:
        there.insert(digits);
        break;
    case ReconcileChoice::Unblock:
        there.erase(digits);
        break;
    case ReconcileChoice::Adopt:
        here.insert(digits);
        break;
    case ReconcileChoice::Accept:
        here.erase(digits);
        break;
    case ReconcileChoice::Nothing:
        return true; // left to the operator: may go on differing
    }
    return here.contains(digits) == there.contains(digits);
}

} // namespace

class ReconcileTest final : public QObject {
    Q_OBJECT

private slots:
    void threeSides_data()
    {
        QTest::addColumn<int>("here");
        QTest::addColumn<bool>("was");
        QTest::addColumn<bool>("is");
        for (int here = 0; here <= int(Here::ServerOnly); ++here) {
            for (int sides = 0; sides < 4; ++sides)
                QTest::addRow("here %d was %d is %d", here, sides / 2, sides % 2)
                    << here << (sides / 2 == 1) << (sides % 2 == 1);
        }
    }
    void threeSides()
    {
        QFETCH(int, here);
        QFETCH(bool, was);
        QFETCH(bool, is);
        std::vector<BlockEntry> ours;
        if (Here(here) != Here::Nothing)
            ours.push_back(entryOf(Here(here), number));
        const std::vector<ServerBlock> row{rowOf(number)};
        const std::vector<ServerBlock> none;
        const Reconciliation plan = reconcile(ours, was ? row : none, true, is ? row : none, {});
        QCOMPARE(onlyAct(plan), expected(Here(here), was, is));
    }

    void theFirstReadHasNoBefore()
    {
        const std::vector<BlockEntry> ours{entryOf(Here::Blocked, number), entryOf(Here::Unblocked, number + 1)};
        const std::vector<ServerBlock> stale{rowOf(number), rowOf(number + 1)};
        const std::vector<ServerBlock> now{rowOf(number + 1)};
        const Reconciliation plan = reconcile(ours, stale, false, now, {});
        QCOMPARE(plan.count(ReconcileAct::BlockAgain), 1);
        QCOMPARE(plan.count(ReconcileAct::UnblockOrAdopt), 1);
    }

    void aStopIsNeverProposedAway()
    {
        const std::vector<BlockEntry> ours{
            entryOf(Here::Blocked, number), entryOf(Here::Unblocked, number + 1), entryOf(Here::Unblocked, number + 2)};
        const std::vector<ServerBlock> last{rowOf(number), rowOf(number + 1)};
        const std::vector<ServerBlock> now{rowOf(number + 1), rowOf(number + 2)};
        const std::unordered_set<AliasKey> stopped{AliasKey(number), AliasKey(number + 1), AliasKey(number + 2)};
        for (const ReconcileLine &line : reconcile(ours, last, true, now, stopped).lines) {
            QVERIFY(line.keepsStop);
            QVERIFY(line.choice != ReconcileChoice::Unblock);
            QVERIFY(line.choice != ReconcileChoice::Accept);
            QVERIFY(!Reconciliation::allows(line, ReconcileChoice::Accept));
        }
    }

    void thePersonIsFoundUnderWhatTheGatewayCallsThem()
    {
        BlockEntry brazilian = entryOf(Here::Blocked, 5592981723241);
        const std::vector<ServerBlock> now{rowOf(559281723241)};
        QCOMPARE(reconcile({&brazilian, 1}, {}, true, now, {}).agree, 1);
        // Once the gateway told another id, guessing is over.
        brazilian.waId = QStringLiteral("5592981723241");
        QCOMPARE(reconcile({&brazilian, 1}, {}, true, now, {}).lines.size(), 2U);
        brazilian.waId = QStringLiteral("559281723241");
        QCOMPARE(reconcile({&brazilian, 1}, {}, true, now, {}).agree, 1);
    }

    /// Random ledgers and lists against the written-out table: each alias is judged once, and rightly; applying the
    /// proposals in a model of both sides brings them to agree and takes no stop away.
    void randomSides()
    {
        std::mt19937 random(20261121);
        const auto any = [&](int most) { return int(random() % unsigned(most)); };
        for (int round = 0; round < 2'000; ++round) {
            std::vector<BlockEntry> ours;
            std::vector<ServerBlock> last;
            std::vector<ServerBlock> now;
            std::unordered_set<AliasKey> stopped;
            std::map<qint64, ReconcileAct> should;
            std::set<qint64> blockedHere;
            std::set<qint64> blockedThere;
            const int people = any(12);
            for (int i = 0; i < people; ++i) {
                const qint64 digits = number + i;
                const auto here = Here(any(int(Here::ServerOnly) + 1));
                const bool was = any(2) == 1;
                const bool is = any(2) == 1;
                if (here != Here::Nothing)
                    ours.push_back(entryOf(here, digits));
                if (was)
                    last.push_back(rowOf(digits));
                if (is)
                    now.push_back(rowOf(digits));
                if (any(3) == 0)
                    stopped.insert(AliasKey(digits));
                if (here == Here::Blocked)
                    blockedHere.insert(digits);
                if (is)
                    blockedThere.insert(digits);
                const ReconcileAct act = expected(here, was, is);
                if (act != ReconcileAct::Agree && act != ReconcileAct::Wait)
                    should[digits] = act;
            }
            std::shuffle(ours.begin(), ours.end(), random);
            std::shuffle(now.begin(), now.end(), random);
            const Reconciliation plan = reconcile(ours, last, true, now, stopped);
            std::map<qint64, ReconcileAct> found;
            for (const ReconcileLine &line : plan.lines) {
                QVERIFY(found.emplace(line.alias.value(), line.act).second);
                QVERIFY(carriedOut(line, stopped, blockedHere, blockedThere));
            }
            QVERIFY(found == should);
            QCOMPARE(qint64(found.size()) + plan.agree + plan.waiting >= qint64(ours.size()), true);
        }
    }
};

QTEST_GUILESS_MAIN(ReconcileTest)
#include "reconcile_test.moc"
