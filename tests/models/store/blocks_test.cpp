// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ledgerplace.h"

#include "models/store/people.h"
#include "models/store/runbook.h"
#include "models/store/stops.h"

using namespace rollcall;
using namespace rollcall::tests;

/// Runs of operations, arming, and what the Blocked page reads.
class BlocksTest final : public LedgerPlace {
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void aRunGoesFromIntentToDone()
    {
        const RunId id = start(3);
        QCOMPARE(run(id).state, OperationRunState::Running);
        QCOMPARE(run(id).open(), 3);
        QCOMPARE(lightOf(entry(first)), BlockLight::Planned);
        QCOMPARE(entry(first).reason, QStringLiteral("spam"));
        QCOMPARE(entry(first).by, QStringLiteral("Tess"));
        QCOMPARE(shown(BlockView::Open), 3);

        const auto sent = send(id, next(id, 2));
        QCOMPARE(sent.size(), 2U);
        QCOMPARE(sent.front().state, OperationState::Sending);
        QCOMPARE(sent.front().attempts, 1);
        QCOMPARE(lightOf(entry(first)), BlockLight::Sending);
        QCOMPARE(next(id).size(), 1U); // what is being sent is not offered again

        QVERIFY(answer(id,
            {{.operation = sent[0].id, .state = OperationState::Done, .waId = digits(first)},
                {.operation = sent[1].id,
                    .state = OperationState::Refused,
                    .code = 131047,
                    .why = QString::fromLatin1(Why::outsideWindow),
                    .detail = QStringLiteral("User has not messaged")}}));
        const OperationRun summary = run(id);
        QCOMPARE(summary.done, 1);
        QCOMPARE(summary.refused, 1);
        QCOMPARE(summary.open(), 1);
        QCOMPARE(lightOf(entry(first)), BlockLight::Blocked);
        QCOMPARE(entry(first).standing, BlockStanding::Blocked);
        QCOMPARE(entry(first).waId, digits(first));
        QCOMPARE(lightOf(entry(first + 1)), BlockLight::Refused);
        QCOMPARE(entry(first + 1).code, 131047);
        QCOMPARE(shown(BlockView::Blocked), 1);
        QCOMPARE(shown(BlockView::Refused), 1);
        const auto entries = journal(QStringLiteral("block.answer"));
        QCOMPARE(entries.size(), 1U);
        QCOMPARE(entries.front().outcome, QStringLiteral("done=1 refused=1 codes=131047:1"));
        QCOMPARE(journal(QStringLiteral("block.run")).front().run, id);
    }

    void whatWasAnsweredIsNotAnsweredAgain()
    {
        const RunId id = start(1);
        const auto sent = send(id, next(id));
        QVERIFY(answer(id, {{.operation = sent[0].id, .state = OperationState::Done}}));
        QVERIFY(answer(id, {{.operation = sent[0].id, .state = OperationState::Unknown}})); // stored twice
        QCOMPARE(items(id)[0].state, OperationState::Done);
        QCOMPARE(run(id).done, 1);
        QCOMPARE(run(id).unknown, 0);
        QVERIFY(send(id, sent).empty());
    }

    void aThingThatWasNotTakenIsDeferredAndComesBackWhenDue()
    {
        const RunId id = start(1);
        const auto sent = send(id, next(id));
        const qint64 due = m_store->clock.now().wallMs + 5'000;
        QVERIFY(
            answer(id, {{.operation = sent[0].id, .state = OperationState::Deferred, .code = 130429, .dueMs = due}}));
        QVERIFY(next(id).empty());
        QCOMPARE(run(id).deferred, 1);
        QCOMPARE(run(id).nextDueMs, due);
        m_store->clock.advance(5'000);
        QCOMPARE(next(id).size(), 1U);
        QCOMPARE(send(id, next(id)).front().attempts, 2);
    }

    void whatNeverLeftCountsNoAttempt()
    {
        const RunId id = start(1);
        const auto sent = send(id, next(id));
        QVERIFY(answer(id, {{.operation = sent[0].id, .state = OperationState::Planned, .neverLeft = true}}));
        QCOMPARE(items(id)[0].attempts, 0);
        QCOMPARE(items(id)[0].sentMs, 0);
        QCOMPARE(next(id).size(), 1U);
    }

    void afterACrashWhatWasBeingSentIsUnknown()
    {
        const RunId id = start(3);
        const auto sent = send(id, next(id, 2));
        QVERIFY(answer(id, {{.operation = sent[0].id, .state = OperationState::Done}}));
        QVERIFY(m_store->open()); // nothing else survives a session
        QCOMPARE(*await<qint64>([&](auto then) { return blocks().recover(then); }), 1);
        QCOMPARE(items(id)[0].state, OperationState::Done);
        QCOMPARE(items(id)[1].state, OperationState::Unknown);
        QCOMPARE(items(id)[1].why, QString::fromLatin1(Why::crash));
        QCOMPARE(items(id)[2].state, OperationState::Planned);
        QCOMPARE(run(id).unknown, 1);
        QCOMPARE(run(id).state, OperationRunState::Paused);
        QCOMPARE(shown(BlockView::Unknown), 1);
        QCOMPARE(next(id).size(), 1U); // the unknown one is not among them
        QCOMPARE(*await<qint64>([&](auto then) { return blocks().recover(then); }), 0);
    }

    void unknownIsNotSentAgainByALaterRunButSettled()
    {
        const RunId id = start(2);
        finish(id, OperationState::Unknown);
        const RunId again = start(2);
        QCOMPARE(items(again)[0].state, OperationState::NotSent);
        QCOMPARE(items(again)[0].why, QString::fromLatin1(Why::unsettled));
        QCOMPARE(run(again).open(), 0);
        QCOMPARE(run(again).notSent, 2);
        QCOMPARE(lightOf(entry(first)), BlockLight::Unknown);

        const auto settle = [&](qint64 number, Settlement how) {
            return *await<qint64>([&](auto then) {
                return blocks().settle({entry(number).id}, how, QStringLiteral("looked at the phone"), then);
            });
        };
        QCOMPARE(settle(first, Settlement::ItWorked), 1);
        QCOMPARE(settle(first, Settlement::ItDidNot), 0); // settled is settled
        QCOMPARE(settle(first + 1, Settlement::ItDidNot), 1);
        QCOMPARE(lightOf(entry(first)), BlockLight::Blocked);
        QCOMPARE(lightOf(entry(first + 1)), BlockLight::Refused);
        QCOMPARE(run(id).unknown, 0);
        QCOMPARE(run(id).done, 1);
        QCOMPARE(run(id).refused, 1);
        QCOMPARE(items(start(2))[0].state, OperationState::Planned); // a new operation
    }

    void aLaterCommandReplacesWhatIsStillPlanned()
    {
        const RunId block = start(3);
        QCOMPARE(send(block, next(block, 1)).size(), 1U);
        const RunId unblock = start({itemFor(first), itemFor(first + 1)}, order(OperationKind::Unblock));
        QCOMPARE(items(unblock)[0].why, QString::fromLatin1(Why::unsettled)); // it is on the wire
        QCOMPARE(items(block)[1].state, OperationState::NotSent);
        QCOMPARE(items(block)[1].why, QString::fromLatin1(Why::superseded));
        QCOMPARE(items(unblock)[1].state, OperationState::Planned);
        QCOMPARE(next(block).size(), 1U);
        QCOMPARE(next(block).front().alias.value(), first + 2);
        QCOMPARE(run(block).notSent, 1);
        QVERIFY(send(block, {items(block)[1]}).empty());
    }

    void stopAndConsentComeWithTheCommand()
    {
        const PersonId ann = m_store->add(QStringLiteral("Ann"), QStringLiteral("+447700900000"), first);
        const PersonId bob = m_store->add(QStringLiteral("Bob"), QStringLiteral("07700900000"), first);
        OperationOrder stopping = order();
        stopping.stop = true;
        stopping.consent = {.what = ConsentState::OptOut, .source = QStringLiteral("said STOP")};
        const Call call = blocks().start(stopping, {itemFor(first, ann)}, [](const Result<RunId> &) {});
        QVERIFY((*m_store)->stops().contains(AliasKey(first))); // before anything is on disk
        QTRY_VERIFY(!call.isOpen());
        QVERIFY(m_store->row(ann).doNotContact);
        QVERIFY(m_store->row(bob).doNotContact); // shares the number
        QCOMPARE(m_store->row(ann).consent, ConsentState::OptOut);
        QCOMPARE(m_store->row(bob).consent, ConsentState::None); // consent is a person's
        QTRY_VERIFY(!(*m_store)->stops().isSaving(AliasKey(first)));

        finish(run(RunId(1)).id, OperationState::Done);
        OperationOrder lifting = order(OperationKind::Unblock);
        lifting.liftStop = true;
        lifting.consent = {.what = ConsentState::OptIn, .source = QStringLiteral("phone call")};
        m_store->clock.advance(1'000);
        start({itemFor(first, ann)}, lifting);
        QVERIFY(!m_store->row(ann).doNotContact);
        QCOMPARE(m_store->row(ann).consent, ConsentState::OptIn);
        QVERIFY(!(*m_store)->stops().contains(AliasKey(first)));
        QCOMPARE(entry(first).reason, QStringLiteral("spam")); // the reason of the block stays with it
    }

    void anUnblockWithoutLiftingKeepsTheStop()
    {
        const PersonId ann = m_store->add(QStringLiteral("Ann"), QStringLiteral("+447700900000"), first);
        OperationOrder stopping = order();
        stopping.stop = true;
        finish(start({itemFor(first, ann)}, stopping), OperationState::Done);
        finish(start({itemFor(first, ann)}, order(OperationKind::Unblock)), OperationState::Done);
        QCOMPARE(lightOf(entry(first)), BlockLight::None);
        QVERIFY(m_store->row(ann).doNotContact);
    }

    void cancelLeavesWhatIsOnTheWire()
    {
        const RunId id = start(3);
        const auto sent = send(id, next(id, 1));
        QVERIFY(await<Nothing>([&](auto then) { return blocks().cancel(id, then); }));
        QCOMPARE(run(id).notSent, 2);
        QCOMPARE(run(id).open(), 1);
        QCOMPARE(lightOf(entry(first + 1)), BlockLight::None);
        QVERIFY(answer(id, {{.operation = sent[0].id, .state = OperationState::Deferred, .dueMs = 1}}));
        QCOMPARE(items(id)[0].state, OperationState::NotSent); // cancelled: it is not planned again
        QCOMPARE(run(id).open(), 0);
    }

    void aFullListRefusesTheRestUnsent()
    {
        const RunId id = start(3);
        const auto sent = send(id, next(id, 1));
        QVERIFY(answer(id,
            {{.operation = sent[0].id,
                .state = OperationState::Refused,
                .code = 139101,
                .why = QString::fromLatin1(Why::listFull)}}));
        QCOMPARE(*await<qint64>([&](auto then) {
            return blocks().refuseRest(id, QString::fromLatin1(Why::listFull), 139101, then);
        }),
            2);
        QCOMPARE(run(id).refused, 3);
        QCOMPARE(items(id)[2].attempts, 0);
        const auto causes = *await<std::vector<OperationCause>>([&](auto then) { return blocks().causes(id, then); });
        QCOMPARE(causes.size(), 1U);
        QCOMPARE(causes.front().count, 3);
    }

    void armedIsStoppedNowAndOfferedWhenTheyWrite()
    {
        const PersonId ann = m_store->add(QStringLiteral("Ann"), QStringLiteral("+447700900000"), first);
        const PersonId bob = m_store->add(QStringLiteral("Bob"), QStringLiteral("+447700900001"), first + 1);
        const std::vector<OperationItem> both{itemFor(first, ann), itemFor(first + 1, bob)};
        finish(start({both[1]}, order()), OperationState::Done);
        QCOMPARE(*await<qint64>([&](auto then) { return blocks().arm(order(), both, then); }), 1);
        QVERIFY(m_store->row(ann).doNotContact);
        QVERIFY(m_store->row(bob).doNotContact);
        QCOMPARE(lightOf(entry(first)), BlockLight::Armed);
        QCOMPARE(lightOf(entry(first + 1)), BlockLight::Blocked); // it is blocked: nothing to wait for
        QCOMPARE(shown(BlockView::Armed), 1);

        const qint64 wroteMs = m_store->clock.now().wallMs - 60'000;
        const auto wrote = [&](qint64 atMs) {
            return *await<std::vector<BlockId>>([&](auto then) {
                return blocks().wrote({ann, bob}, atMs, QStringLiteral("operator"), then);
            });
        };
        QCOMPARE(wrote(wroteMs), std::vector<BlockId>{entry(first).id});
        QCOMPARE(m_store->row(ann).lastInboundMs, wroteMs);
        wrote(wroteMs - 1'000'000);
        QCOMPARE(m_store->row(ann).lastInboundMs, wroteMs); // never an earlier one
        wrote(m_store->clock.now().wallMs + 1'000'000);
        QCOMPARE(m_store->row(ann).lastInboundMs, m_store->clock.now().wallMs); // nobody writes tomorrow

        const RunId id = start({both[0]}, order());
        QCOMPARE(items(id)[0].state, OperationState::Planned);
        finish(id, OperationState::Done);
        QCOMPARE(lightOf(entry(first)), BlockLight::Blocked);
    }

    void disarmingKeepsTheStop()
    {
        const PersonId ann = m_store->add(QStringLiteral("Ann"), QStringLiteral("+447700900000"), first);
        QVERIFY(await<qint64>([&](auto then) { return blocks().arm(order(), {itemFor(first, ann)}, then); }));
        QCOMPARE(*await<qint64>([&](auto then) { return blocks().disarm({entry(first).id}, then); }), 1);
        QCOMPARE(lightOf(entry(first)), BlockLight::None);
        QVERIFY(m_store->row(ann).doNotContact);
    }

    void candidatesKnowWhatAPlanAsks()
    {
        const PersonId ann = m_store->add(QStringLiteral("Ann"), QStringLiteral("+447700900000"), first);
        const PersonId none = m_store->add(QStringLiteral("Zoe"), QStringLiteral("office 7"));
        finish(start({itemFor(first, ann)}, order()), OperationState::Done);
        const auto found = *await<std::vector<BlockCandidate>>([&](auto then) {
            return blocks().candidates({ann, none, PersonId(99)}, m_account, then);
        });
        QCOMPARE(found.size(), 2U);
        QCOMPARE(found[0].alias.value(), first);
        QVERIFY(found[0].entry);
        QCOMPARE(found[0].entry->standing, BlockStanding::Blocked);
        QVERIFY(found[1].alias.isNull());
        PhoneNumber stranger{.typed = QStringLiteral("+447700900007"), .e164 = first + 7};
        PhoneNumber text{.typed = QStringLiteral("hello")};
        const auto pasted = *await<std::vector<BlockCandidate>>([&](auto then) {
            return blocks().numberCandidates({stranger, text}, m_account, then);
        });
        QCOMPARE(pasted.size(), 2U);
        QCOMPARE(pasted[0].alias.value(), first + 7);
        QVERIFY(pasted[0].person.isNull());
        QVERIFY(pasted[1].alias.isNull());
        const AccountId other = m_store->account(QStringLiteral("Other"));
        const auto carried = *await<std::vector<BlockCandidate>>(
            [&](auto then) { return blocks().entryCandidates({entry(first).id}, other, then); });
        QCOMPARE(carried.size(), 1U);
        QCOMPARE(carried[0].person, ann);
        QVERIFY(!carried[0].entry); // nothing is known at the other account
    }

    void checkRunsAndBlockRunsDoNotMix()
    {
        start(1);
        const auto checks
            = *await<std::vector<RunSummary>>([&](auto then) { return (*m_store)->runs().summaries(then); });
        QVERIFY(checks.empty());
        const auto all = *await<std::vector<OperationRun>>([&](auto then) { return blocks().runs(then); });
        QCOMPARE(all.size(), 1U);
        QCOMPARE(all.front().reason, QStringLiteral("spam"));
    }

    void theTableIsSearchedAndSorted()
    {
        const PersonId ann = m_store->add(QStringLiteral("Ann"), QStringLiteral("+447700900000"), first);
        m_store->add(QStringLiteral("Bob"), QStringLiteral("+447700900001"), first + 1);
        start(3);
        const auto spine = [&](const BlockFilter &filter, const BlockOrder &by) {
            return *await<std::vector<BlockId>>([&](auto then) { return blocks().spine(filter, by, then); });
        };
        BlockFilter filter;
        filter.text = QStringLiteral("ann");
        const auto found = spine(filter, {});
        QCOMPARE(found.size(), 1U);
        const auto rows = *await<std::vector<BlockRow>>([&](auto then) { return blocks().rows(found, then); });
        QCOMPARE(rows.front().person, ann);
        QCOMPARE(rows.front().aliasText, QStringLiteral("+447700900000"));
        QCOMPARE(rows.front().people, 1);
        filter.text = QStringLiteral("900001");
        QCOMPARE(spine(filter, {}).size(), 1U);
        filter.text = QStringLiteral("a note");
        QCOMPARE(spine(filter, {}).size(), 3U);
        const auto byName = spine({}, {BlockColumn::Name, true});
        QCOMPARE(byName.front(), entry(first + 1).id); // Bob, Ann, nobody
        for (int column = 0; column <= int(BlockColumn::Account); ++column)
            QCOMPARE(spine({}, {BlockColumn(column), false}).size(), 3U);
    }

    void nothingOfPeopleIsInTheJournalItself()
    {
        const PersonId ann = m_store->add(QStringLiteral("Ann"), QStringLiteral("+447700900000"), first);
        finish(start({itemFor(first, ann)}, order()), OperationState::Done);
        m_store->clock.advance(1);
        read({first});
        for (const char *act : {"block.run", "block.answer", "block.read"}) {
            const auto entries = journal(QLatin1String(act));
            QCOMPARE(entries.size(), 1U);
            QVERIFY(!entries.front().outcome.contains(digits(first)));
        }
        const auto report = *await<ChainReport>([&](auto then) { return (*m_store)->journal().verify(then); });
        QVERIFY(report.sound);
    }
};

QTEST_GUILESS_MAIN(BlocksTest)
#include "blocks_test.moc"
