// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ledgerplace.h"

#include "models/store/people.h"
#include "models/store/stops.h"

using namespace rollcall;
using namespace rollcall::tests;

/// What a read of the list settles, and what is kept of it.
class BlockReadsTest final : public LedgerPlace {
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void readingBackConfirmsAndSettles()
    {
        const RunId done = start(itemsFor(2), order());
        finish(done, OperationState::Done);
        const RunId unclear = start({itemFor(first + 2), itemFor(first + 3)}, order());
        finish(unclear, OperationState::Unknown);
        m_store->clock.advance(deadline + 1);
        const BlockReadReport report = read({first, first + 2, first + 9});
        QCOMPARE(report.confirmed, 1);
        QCOMPARE(report.settledDone, 1);
        QCOMPARE(report.settledRefused, 1);
        QCOMPARE(lightOf(entry(first)), BlockLight::BlockedConfirmed);
        QCOMPARE(lightOf(entry(first + 1)), BlockLight::BlockedNotThere); // an earlier run's: shown, not rewritten
        QCOMPARE(lightOf(entry(first + 2)), BlockLight::BlockedConfirmed);
        QCOMPARE(lightOf(entry(first + 3)), BlockLight::Refused);
        QCOMPARE(entry(first + 3).why, QString::fromLatin1(Why::notThere));
        QCOMPARE(lightOf(entry(first + 9)), BlockLight::OnlyThere);
        QCOMPARE(run(done).confirmed, 1);
        QCOMPARE(run(unclear).done, 1);
        QCOMPARE(run(unclear).confirmed, 1);
        QCOMPARE(run(unclear).unknown, 0);
        QCOMPARE(shown(BlockView::HereNotThere), 1);
        QCOMPARE(shown(BlockView::OnlyThere), 1);
        QCOMPARE(shown(BlockView::Unknown), 0);
        QCOMPARE(shown(BlockView::All), 5);
    }

    void aRunThatReadsItsOwnOutcomeBackIsRefusedWhatIsNotThere()
    {
        const RunId id = start(2);
        finish(id, OperationState::Done);
        m_store->clock.advance(1);
        QCOMPARE(read({first}, id).settledRefused, 1);
        QCOMPARE(items(id)[1].state, OperationState::Refused);
        QCOMPARE(entry(first + 1).standing, BlockStanding::NotBlocked);
        QCOMPARE(run(id).done, 1);
        QCOMPARE(run(id).refused, 1);
        QCOMPARE(run(id).confirmed, 1);
    }

    void aReadBeforeTheDeadlineJudgesNothing()
    {
        const RunId id = start(1);
        finish(id, OperationState::Unknown);
        m_store->clock.advance(deadline - 100);
        QCOMPARE(read({}).settledRefused, 0);
        QCOMPARE(lightOf(entry(first)), BlockLight::Unknown);
        m_store->clock.advance(200);
        QCOMPARE(read({}).settledRefused, 1);
        QCOMPARE(lightOf(entry(first)), BlockLight::Refused);
    }

    void anUnknownUnblockIsSettledTheOtherWayRound()
    {
        finish(start(2), OperationState::Done);
        finish(start(2, OperationKind::Unblock), OperationState::Unknown);
        m_store->clock.advance(deadline + 1);
        const BlockReadReport report = read({first + 1});
        QCOMPARE(report.settledDone, 1);
        QCOMPARE(report.settledRefused, 1);
        QCOMPARE(lightOf(entry(first)), BlockLight::None);
        QCOMPARE(lightOf(entry(first + 1)), BlockLight::BlockedConfirmed); // still blocked, and read
    }

    void theListNamesABrazilianWithoutTheNinthDigit()
    {
        constexpr qint64 dialled = 5592981723241;
        finish(start({itemFor(dialled), itemFor(551133334444)}, order()), OperationState::Unknown);
        m_store->clock.advance(deadline + 1);
        read({559281723241, 5511933334444});
        QCOMPARE(lightOf(entry(dialled)), BlockLight::BlockedConfirmed);
        // A landline with a 9 put in front is another person's mobile.
        QCOMPARE(lightOf(entry(551133334444)), BlockLight::Refused);
        QCOMPARE(lightOf(entry(5511933334444)), BlockLight::OnlyThere);
        QCOMPARE(entry(559281723241).id, BlockId());
    }

    void snapshotsTellWhatCameAndWentAndByWhom()
    {
        read({first});
        const qint64 t1 = m_store->clock.now().wallMs;
        m_store->clock.advance(3'600'000);
        finish(start({itemFor(first + 1)}, order()), OperationState::Done);
        m_store->clock.advance(1);
        const BlockReadReport second = read({first, first + 1, first + 2});
        const qint64 t2 = m_store->clock.now().wallMs;
        QCOMPARE(second.previousMs, t1);
        QCOMPARE(second.appeared, 1); // first + 2; first + 1 was ours
        QCOMPARE(second.gone, 0);
        QCOMPARE(second.last.size(), 1U);
        m_store->clock.advance(3'600'000);
        const BlockReadReport third = read({first + 1, first + 2});
        const qint64 t3 = m_store->clock.now().wallMs;
        QCOMPARE(third.gone, 1);

        const auto seen = [&](qint64 number) {
            return *await<std::vector<Sighting>>([&](auto then) { return blocks().sightings(entry(number).id, then); });
        };
        QCOMPARE(seen(first + 2).size(), 1U);
        QCOMPARE(seen(first + 2)[0].cameAfterMs, t1);
        QCOMPARE(seen(first + 2)[0].cameMs, t2);
        QVERIFY(!seen(first + 2)[0].byUs);
        QVERIFY(seen(first + 1)[0].byUs);
        QCOMPARE(seen(first)[0].goneAfterMs, t2);
        QCOMPARE(seen(first)[0].goneMs, t3);
        const auto use = *await<BlockListUse>([&](auto then) { return blocks().use(m_account, then); });
        QCOMPARE(use.there, 2);
        QCOMPARE(use.here, 1);
        QCOMPARE(use.taken, 2);
    }

    void adoptAndAcceptChangeOurLedgerOnly()
    {
        const PersonId ann = m_store->add(QStringLiteral("Ann"), QStringLiteral("+447700900000"), first);
        OperationOrder stopping = order();
        stopping.stop = true;
        finish(start({itemFor(first, ann)}, stopping), OperationState::Done);
        m_store->clock.advance(1);
        read({first});
        m_store->clock.advance(1);
        read({first + 5});
        QCOMPARE(lightOf(entry(first)), BlockLight::BlockedNotThere);
        const auto accept = [&](qint64 number) {
            return *await<qint64>([&](auto then) { return blocks().accept({entry(number).id}, then); });
        };
        QCOMPARE(accept(first), 1);
        QCOMPARE(lightOf(entry(first)), BlockLight::None);
        QVERIFY(m_store->row(ann).doNotContact); // never removed by a sync
        QCOMPARE(accept(first + 5), 0);
        QCOMPARE(*await<qint64>([&](auto then) {
            return blocks().adopt({entry(first + 5).id, entry(first).id}, QStringLiteral("seen there"), then);
        }),
            1);
        QCOMPARE(lightOf(entry(first + 5)), BlockLight::BlockedConfirmed);
        QCOMPARE(entry(first + 5).source, QStringLiteral("server"));
        QVERIFY(!m_store->row(ann).fields.name.isEmpty());
    }

    void aBlockedUserWithoutANumberHasALine()
    {
        Blocks::Read read;
        read.account = m_account;
        read.rows = {{AliasKey(), {}, QStringLiteral("MA.1587668549511396")}};
        read.startedMs = read.endedMs = m_store->clock.now().wallMs;
        QVERIFY(await<BlockReadReport>([&](auto then) { return blocks().storeRead(read, then); }));
        const auto again = *await<BlockReadReport>([&](auto then) { return blocks().storeRead(read, then); });
        QCOMPARE(again.appeared, 0);
        QCOMPARE(ledger().size(), 1U);
        const auto rows
            = *await<std::vector<BlockRow>>([&](auto then) { return blocks().rows({ledger().front().id}, then); });
        QCOMPARE(rows.front().aliasText, QStringLiteral("MA.1587668549511396"));
        QCOMPARE(rows.front().person, PersonId());
    }
};

QTEST_GUILESS_MAIN(BlockReadsTest)
#include "blockreads_test.moc"
