// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/blocks.h"

#include "models/store/journal.h"
#include "models/store/people.h"
#include "models/store/runbook.h"
#include "models/store/stops.h"
#include "tests/support/temporarystore.h"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr qint64 first = 447700900000;
constexpr qint64 deadline = 30'000;

OperationItem itemFor(qint64 number, PersonId person = {})
{
    OperationItem item;
    item.alias = AliasKey(number);
    item.person = person;
    item.ask = u'+' + QString::number(number);
    return item;
}

std::vector<OperationItem> itemsFor(int count)
{
    std::vector<OperationItem> items;
    for (int i = 0; i < count; ++i)
        items.push_back(itemFor(first + i));
    return items;
}

QString digits(qint64 number)
{
    return QString::number(number);
}

} // namespace

class BlocksTest final : public QObject {
    Q_OBJECT

    std::unique_ptr<TemporaryStore> m_store;
    AccountId m_account;

    Blocks &blocks() { return (*m_store)->blocks(); }
    OperationOrder order(OperationKind kind = OperationKind::Block) const
    {
        OperationOrder order;
        order.account = m_account;
        order.kind = kind;
        order.reason = QStringLiteral("spam");
        order.note = QStringLiteral("a note");
        return order;
    }
    RunId start(const std::vector<OperationItem> &items, const OperationOrder &wanted)
    {
        return *await<RunId>([&](auto then) { return blocks().start(wanted, items, then); });
    }
    RunId start(int count, OperationKind kind = OperationKind::Block) { return start(itemsFor(count), order(kind)); }
    std::vector<OperationItem> items(RunId run)
    {
        return *await<std::vector<OperationItem>>([&](auto then) { return blocks().items(run, then); });
    }
    std::vector<OperationItem> next(RunId run, int limit = 100)
    {
        return *await<std::vector<OperationItem>>([&](auto then) { return blocks().nextItems(run, limit, then); });
    }
    std::vector<OperationItem> send(RunId run, const std::vector<OperationItem> &which)
    {
        std::vector<OperationId> ids;
        for (const OperationItem &item : which)
            ids.push_back(item.id);
        return *await<std::vector<OperationItem>>([&](auto then) { return blocks().send(run, ids, then); });
    }
    Done answer(RunId run, const std::vector<OperationAnswer> &answers)
    {
        return await<Nothing>([&](auto then) { return blocks().answer(run, answers, then); });
    }
    /// Sends everything of the run and answers all of it alike.
    void finish(RunId run, OperationState state, int code = 0, const QString &why = {})
    {
        std::vector<OperationAnswer> answers;
        for (const OperationItem &item : send(run, next(run, 1'000)))
            answers.push_back({.operation = item.id, .state = state, .code = code, .why = why});
        QVERIFY(answer(run, answers));
    }
    OperationRun run(RunId id)
    {
        return *await<OperationRun>([&](auto then) { return blocks().run(id, then); });
    }
    std::vector<BlockEntry> ledger()
    {
        return *await<std::vector<BlockEntry>>([&](auto then) { return blocks().entries(m_account, then); });
    }
    BlockEntry entry(qint64 number)
    {
        for (const BlockEntry &entry : ledger()) {
            if (entry.alias.value() == number)
                return entry;
        }
        return {};
    }
    BlockReadReport read(const std::vector<qint64> &numbers, RunId byRun = {})
    {
        Blocks::Read read;
        read.account = m_account;
        read.startedMs = m_store->clock.now().wallMs;
        m_store->clock.advance(10);
        read.endedMs = m_store->clock.now().wallMs;
        read.deadlineMs = deadline;
        read.run = byRun;
        for (const qint64 number : numbers)
            read.rows.push_back({AliasKey(), digits(number), {}});
        const auto report = await<BlockReadReport>([&](auto then) { return blocks().storeRead(read, then); });
        return report ? *report : BlockReadReport{};
    }
    qint64 shown(BlockView view)
    {
        BlockFilter filter;
        filter.view = view;
        filter.account = m_account;
        const auto ids = *await<std::vector<BlockId>>([&](auto then) { return blocks().spine(filter, {}, then); });
        const auto counts
            = *await<std::map<BlockView, qint64>>([&](auto then) { return blocks().counts(m_account, then); });
        return counts.at(view) == qint64(ids.size()) ? qint64(ids.size()) : -1;
    }
    std::vector<JournalEntry> journal(const QString &act)
    {
        const auto seqs = *await<std::vector<qint64>>([&](auto then) { return (*m_store)->journal().list({}, then); });
        const auto rows
            = *await<std::vector<JournalEntry>>([&](auto then) { return (*m_store)->journal().rows(seqs, then); });
        std::vector<JournalEntry> found;
        std::copy_if(rows.begin(), rows.end(), std::back_inserter(found),
            [&](const JournalEntry &row) { return row.act == act; });
        return found;
    }

private slots:
    void init()
    {
        m_store = std::make_unique<TemporaryStore>();
        m_account = m_store->account();
    }
    void cleanup() { m_store.reset(); }

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
