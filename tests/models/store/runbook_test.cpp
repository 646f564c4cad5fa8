// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/runbook.h"

#include "models/store/journal.h"
#include "models/store/people.h"
#include "models/store/stops.h"
#include "models/store/verdicts.h"
#include "tests/support/temporarystore.h"

#include <deque>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr qint64 hour = 3'600'000;
constexpr qint64 day = 24 * hour;

RunId makeRun(TemporaryStore &store, AccountId account, int count, qint64 firstAlias = 4915100000000)
{
    std::vector<RunItem> items(static_cast<size_t>(count));
    for (size_t i = 0; i < items.size(); ++i) {
        items[i].alias = AliasKey(firstAlias + qint64(i));
        items[i].ask = QLatin1Char('+') + QString::number(firstAlias + qint64(i));
    }
    return *await<RunId>([&](auto then) { return store->runs().create(account, {}, items, 0, then); });
}

std::vector<RunItem> next(TemporaryStore &store, RunId run, int limit)
{
    return *await<std::vector<RunItem>>([&](auto then) { return store->runs().nextItems(run, limit, then); });
}

std::vector<RunItemId> idsOf(const std::vector<RunItem> &items)
{
    std::vector<RunItemId> ids;
    ids.reserve(items.size());
    for (const RunItem &item : items)
        ids.push_back(item.id);
    return ids;
}

std::vector<RunItemId> book(
    TemporaryStore &store, RunId run, const std::vector<RunItemId> &items, const CheckBudget &budget)
{
    return *await<std::vector<RunItemId>>([&](auto then) { return store->runs().book(run, items, budget, then); });
}

Done answer(TemporaryStore &store, RunId run, const std::vector<ItemAnswer> &answers)
{
    return await<Nothing>([&](auto then) { return store->runs().answer(run, answers, then); });
}

ItemAnswer saying(RunItemId item, VerdictWord word)
{
    ItemAnswer answer{.item = item};
    answer.verdict = Verdict{.word = word, .rawWord = QStringLiteral("word")};
    return answer;
}

RunSummary summary(TemporaryStore &store, RunId run)
{
    return *await<RunSummary>([&](auto then) { return store->runs().summary(run, then); });
}

BudgetUse use(TemporaryStore &store, AccountId account, const CheckBudget &budget)
{
    return *await<BudgetUse>([&](auto then) { return store->runs().budgetUse(account, budget, then); });
}

} // namespace

class RunBookTest : public QObject {
    Q_OBJECT

private slots:
    /// Issue 2: 20,000 queued, 500 an hour, simulated clock: never more than 500 in any sliding hour, also across a
    /// restart. A paced asker comes at odd times; the bookings, not the asker, keep the limit.
    void slidingHourIsKeptAcrossRestarts()
    {
        TemporaryStore store;
        const AccountId account = store.account();
        const CheckBudget budget{500, 1'000'000, 60};
        const RunId run = makeRun(store, account, 20'000);
        std::deque<qint64> asked;
        qint64 total = 0;
        size_t most = 0;
        for (int round = 0; total < 20'000; ++round) {
            QVERIFY2(round < 400, qPrintable(QString::number(total)));
            const std::vector<RunItemId> booked = book(store, run, idsOf(next(store, run, 260)), budget);
            const qint64 now = store.clock.now().wallMs;
            asked.insert(asked.end(), booked.size(), now);
            while (!asked.empty() && asked.front() <= now - hour)
                asked.pop_front();
            most = std::max(most, asked.size());
            QVERIFY(asked.size() <= 500);
            total += qint64(booked.size());
            std::vector<ItemAnswer> answers;
            answers.reserve(booked.size());
            for (const RunItemId id : booked)
                answers.push_back(saying(id, VerdictWord::Valid));
            QVERIFY(answer(store, run, answers));
            const BudgetUse used = use(store, account, budget);
            QCOMPARE(used.lastHour, int(asked.size()));
            if (round % 37 == 5)
                QVERIFY(store.open());
            store.clock.advance(used.nextFreeMs > now ? used.nextFreeMs - now : 7 * 60'000 + round);
        }
        QCOMPARE(most, 500u);
        QCOMPARE(summary(store, run).answered, 20'000);
        QCOMPARE(summary(store, run).open(), 0);
    }

    void dayIsALimitOfItsOwn()
    {
        TemporaryStore store;
        const AccountId account = store.account();
        const CheckBudget budget{10, 15, 0};
        const RunId run = makeRun(store, account, 40);
        QCOMPARE(book(store, run, idsOf(next(store, run, 40)), budget).size(), 10u);
        store.clock.advance(hour);
        QCOMPARE(book(store, run, idsOf(next(store, run, 40)), budget).size(), 5u);
        const qint64 first = store.clock.now().wallMs - hour;
        QCOMPARE(use(store, account, budget).nextFreeMs, first + day);
        store.clock.advance(day - hour - 1);
        QCOMPARE(book(store, run, idsOf(next(store, run, 40)), budget).size(), 0u);
        store.clock.advance(1);
        QCOMPARE(book(store, run, idsOf(next(store, run, 40)), budget).size(), 10u);
    }

    void neitherClockFreesBudget_data()
    {
        QTest::addColumn<qint64>("jump");
        QTest::addColumn<bool>("reopen");
        for (const qint64 jump : {-day, -10 * 365 * day, 8 * day, 2 * hour, -1LL}) {
            QTest::addRow("%lld", static_cast<long long>(jump)) << jump << false;
            QTest::addRow("%lld reopened", static_cast<long long>(jump)) << jump << true;
        }
    }
    void neitherClockFreesBudget()
    {
        QFETCH(qint64, jump);
        QFETCH(bool, reopen);
        TemporaryStore store;
        const AccountId account = store.account();
        const CheckBudget budget{3, 1000, 0};
        const RunId run = makeRun(store, account, 10);
        QCOMPARE(book(store, run, idsOf(next(store, run, 10)), budget).size(), 3u);
        store.clock.jumpWall(jump);
        if (reopen)
            QVERIFY(store.open());
        QCOMPARE(book(store, run, idsOf(next(store, run, 10)), budget).size(), 0u);
        QCOMPARE(use(store, account, budget).lastHour, 3);
        // A real hour later there is room again, whatever the wall clock says, unless it lies before what was seen.
        if (jump > 0) {
            store.clock.advance(hour);
            QCOMPARE(book(store, run, idsOf(next(store, run, 10)), budget).size(), 3u);
        }
    }

    void coolDownHoldsForOneNumberInEveryRun()
    {
        TemporaryStore store;
        const AccountId account = store.account();
        const CheckBudget budget{500, 2000, 60};
        const RunId one = makeRun(store, account, 1);
        QCOMPARE(book(store, one, idsOf(next(store, one, 1)), budget).size(), 1u);
        const qint64 asked = store.clock.now().wallMs;
        const RunId two = makeRun(store, account, 1);
        QVERIFY(store.open());
        store.clock.advance(59'999);
        QCOMPARE(book(store, two, idsOf(next(store, two, 1)), budget).size(), 0u);
        QCOMPARE(next(store, two, 1).size(), 0u); // passed over until the cool-down ends
        QCOMPARE(summary(store, two).nextDueMs, asked + 60'000);
        store.clock.advance(1);
        const auto items = next(store, two, 1);
        QCOMPARE(items.size(), 1u);
        QCOMPARE(book(store, two, idsOf(items), budget).size(), 1u);
        // At another account the number was never asked.
        const AccountId other = store.account(QStringLiteral("Other"));
        const RunId three = makeRun(store, other, 1);
        QCOMPARE(book(store, three, idsOf(next(store, three, 1)), budget).size(), 1u);
    }

    void processingIsAskedAgainForNothingARepeatIsCounted()
    {
        TemporaryStore store;
        const AccountId account = store.account();
        const CheckBudget budget{2, 2, 3600};
        const RunId run = makeRun(store, account, 2);
        const auto items = idsOf(next(store, run, 2));
        QCOMPARE(book(store, run, {items[0]}, budget).size(), 1u);
        ItemAnswer later = saying(items[0], VerdictWord::Processing);
        later.state = RunItemState::Planned;
        later.reason = QStringLiteral("processing");
        QVERIFY(answer(store, run, {later}));
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(book(store, run, {items[0]}, budget).size(), 1u);
            QVERIFY(answer(store, run, {later}));
        }
        QCOMPARE(use(store, account, budget).lastHour, 1);
        later.reason = QStringLiteral("timeout");
        later.dueMs = store.clock.now().wallMs + 1000;
        QVERIFY(answer(store, run, {later}));
        QCOMPARE(idsOf(next(store, run, 5)), std::vector<RunItemId>{items[1]});
        store.clock.advance(1000);
        // What is asked again goes before what was never asked.
        QCOMPARE(idsOf(next(store, run, 5)), (std::vector<RunItemId>{items[0], items[1]}));
        QCOMPARE(book(store, run, {items[0]}, budget).size(), 1u);
        QCOMPARE(use(store, account, budget).lastHour, 2);
        QCOMPARE(book(store, run, {items[1]}, budget).size(), 0u);
        const auto all = *await<std::vector<RunItem>>([&](auto then) { return store->runs().items(run, then); });
        QCOMPARE(all[0].attempts, 5);
    }

    void whatTheGatewayDidNotTakeIsGivenBackOnce()
    {
        TemporaryStore store;
        const AccountId account = store.account();
        const CheckBudget budget{1, 1, 3600};
        const RunId run = makeRun(store, account, 1);
        const auto items = idsOf(next(store, run, 1));
        QCOMPARE(book(store, run, items, budget).size(), 1u);
        ItemAnswer back{.item = items[0], .state = RunItemState::Planned, .giveBack = true};
        QVERIFY(answer(store, run, {back}));
        QVERIFY(answer(store, run, {back})); // told twice
        QCOMPARE(use(store, account, budget).lastHour, 0);
        const auto item = next(store, run, 1).front();
        QCOMPARE(item.attempts, 0);
        QCOMPARE(item.firstAskedMs, 0);
        QCOMPARE(book(store, run, items, budget).size(), 1u);
    }

    void afterACrashAskedItemsAreAskedAgainOnlyWhenReopened()
    {
        TemporaryStore store;
        const AccountId account = store.account();
        const CheckBudget budget{500, 2000, 60};
        const RunId run = makeRun(store, account, 3);
        const auto items = idsOf(next(store, run, 2));
        QCOMPARE(book(store, run, items, budget).size(), 2u);
        QVERIFY(answer(store, run, {saying(items[0], VerdictWord::Valid)}));
        QVERIFY(store.open());
        QCOMPARE(next(store, run, 10).size(), 1u); // the third: the second stays asked
        QCOMPARE(*await<qint64>([&](auto then) { return store->runs().reopenAsked(run, then); }), 1);
        QCOMPARE(next(store, run, 10).size(), 2u);
        QCOMPARE(book(store, run, {items[1]}, budget).size(), 0u); // within the cool-down
        QCOMPARE(book(store, run, {items[0]}, budget).size(), 0u); // answered: never again
        QCOMPARE(use(store, account, budget).lastHour, 2); // a crash can only overcount
        store.clock.advance(60'000);
        QCOMPARE(book(store, run, {items[1]}, budget).size(), 1u);
    }

    void cancelRetryAndLateAnswers()
    {
        TemporaryStore store;
        const AccountId account = store.account();
        const CheckBudget budget;
        const RunId run = makeRun(store, account, 3);
        const auto items = idsOf(next(store, run, 2));
        QCOMPARE(book(store, run, items, budget).size(), 2u);
        ItemAnswer failed = saying(items[0], VerdictWord::Failed);
        failed.state = RunItemState::Failed;
        failed.reason = QStringLiteral("timeout");
        QVERIFY(answer(store, run, {failed}));
        QVERIFY(await<Nothing>([&](auto then) { return store->runs().cancel(run, then); }));
        QCOMPARE(summary(store, run).notAsked, 1);
        QCOMPARE(summary(store, run).state, RunState::Cancelled);
        // An answer that comes after the cancel is kept; one that asks for another attempt ends there.
        ItemAnswer again{.item = items[1], .state = RunItemState::Planned};
        QVERIFY(answer(store, run, {again}));
        QCOMPARE(summary(store, run).notAsked, 2);
        QCOMPARE(summary(store, run).failed, 1);
        QCOMPARE(*await<qint64>([&](auto then) { return store->runs().retryFailed(run, then); }), 1);
        QCOMPARE(summary(store, run).failed, 0);
        QCOMPARE(next(store, run, 5).size(), 1u);
        QVERIFY(next(store, run, 5).front().reason.isEmpty());
    }

    void answersVerdictsAndJournalAreOneUnit()
    {
        TemporaryStore store;
        const AccountId account = store.account();
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+4915100000000"), 4915100000000);
        const PersonId bob = store.add(QStringLiteral("Bob"), QStringLiteral("0151 00000000"), 4915100000000);
        const RunId run = makeRun(store, account, 1);
        const auto items = idsOf(next(store, run, 1));
        book(store, run, items, {});
        ItemAnswer valid = saying(items[0], VerdictWord::Valid);
        valid.verdict->waId = QStringLiteral("4915100000000");
        QVERIFY(answer(store, run, {valid}));
        QVERIFY(store.open());
        // Who shares a number shares the answer.
        for (const PersonId id : {ann, bob}) {
            const PersonRow row = store.row(id, account);
            QCOMPARE(row.verdict.word, VerdictWord::Valid);
            QCOMPARE(row.verdict.run, run);
            QCOMPARE(row.verdict.at.wallMs, store.clock.now().wallMs);
            QCOMPARE(row.verdict.waId, QStringLiteral("4915100000000"));
        }
        QCOMPARE(store.row(ann, AccountId(account.value() + 1)).verdict.word, VerdictWord::NotChecked);
        const auto found = *await<std::vector<CheckCandidate>>([&](auto then) {
            return store->runs().candidates({bob, ann}, account, then);
        });
        QCOMPARE(found.size(), 2u);
        QCOMPARE(found[0].person, bob);
        QCOMPARE(found[0].alias, AliasKey(4915100000000));
        QCOMPARE(found[0].newest.word, VerdictWord::Valid);
        QCOMPARE(found[0].lastAsked, store.clock.now());
        const auto report = *await<ChainReport>([&](auto then) { return store->journal().verify(then); });
        QVERIFY(report.sound);
    }

    void theNewestFreshVerdictCounts()
    {
        TemporaryStore store;
        const AccountId account = store.account();
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+4915100000000"), 4915100000000);
        const auto say = [&](VerdictWord word) {
            const RunId run = makeRun(store, account, 1);
            const auto items = idsOf(next(store, run, 1));
            book(store, run, items, {500, 2000, 0});
            QVERIFY(answer(store, run, {saying(items[0], word)}));
        };
        say(VerdictWord::Valid);
        store.clock.advance(1000);
        say(VerdictWord::Failed);
        QCOMPARE(store.row(ann, account).verdict.word, VerdictWord::Valid);
        // Seven days after the answer (604,800 s) it is stale, and the later failure is the newest there is.
        store.clock.advance(604'800'000 - 1000 - 1);
        QCOMPARE(store.row(ann, account).verdict.word, VerdictWord::Valid);
        const auto in = [&](const Filter &filter) {
            return await<Spine>([&](auto then) { return store->people().spine(filter, {}, account, then); })->size();
        };
        QCOMPARE(in({.verdicts = {VerdictWord::Valid}}), 1u);
        QCOMPARE(in({.staleOnly = true}), 0u);
        store.clock.advance(1);
        QCOMPARE(store.row(ann, account).verdict.word, VerdictWord::Failed);
        QCOMPARE(in({.verdicts = {VerdictWord::Valid}}), 0u);
        QCOMPARE(in({.verdicts = {VerdictWord::Failed}, .staleOnly = true}), 1u);
        say(VerdictWord::Invalid);
        QCOMPARE(store.row(ann, account).verdict.word, VerdictWord::Invalid);
        const auto details
            = *await<PersonDetails>([&](auto then) { return store->people().details(ann, account, then); });
        QCOMPARE(details.history.size(), 3u);
        QCOMPARE(details.history[0].word, VerdictWord::Invalid);
        const auto ids = *await<std::vector<qint64>>(
            [&](auto then) { return store->verdicts().list({.words = {VerdictWord::Failed}}, then); });
        QCOMPARE(ids.size(), 1u);
        const auto rows
            = *await<std::vector<StoredVerdict>>([&](auto then) { return store->verdicts().rows(ids, then); });
        QCOMPARE(rows[0].person, ann);
        QCOMPARE(rows[0].name, QStringLiteral("Ann"));
        QCOMPARE(rows[0].id, ids[0]);
        const auto all = *await<std::vector<qint64>>([&](auto then) { return store->verdicts().list({}, then); });
        QCOMPARE(all.size(), 3u);
        const auto whom = await<std::vector<PersonId>>([&](auto then) { return store->verdicts().whom(all, then); });
        QVERIFY(whom);
        QCOMPARE(*whom, std::vector<PersonId>{ann}); // once, whatever was said how often
        QCOMPARE(await<std::vector<qint64>>([&](auto then) {
            return store->verdicts().list({.text = QStringLiteral("ann")}, then);
        })->size(),
            3u);
    }

    void aTypedNumberNeedsNobody()
    {
        TemporaryStore store;
        const AccountId account = store.account();
        const PhoneNumber known{.typed = QStringLiteral("+49 1511"), .e164 = 491511};
        auto candidate
            = *await<CheckCandidate>([&](auto then) { return store->runs().candidate(known, account, then); });
        QCOMPARE(candidate.alias, AliasKey(491511));
        QVERIFY(candidate.person.isNull());
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        QVERIFY(await<Nothing>([&](auto then) { return store->stops().stop({ann}, {}, {}, then); }));
        candidate = *await<CheckCandidate>([&](auto then) { return store->runs().candidate(known, account, then); });
        QCOMPARE(candidate.person, ann);
        QVERIFY(candidate.doNotContact);
        const PhoneNumber text{.typed = QStringLiteral("12345")};
        candidate = *await<CheckCandidate>([&](auto then) { return store->runs().candidate(text, account, then); });
        QVERIFY(candidate.alias.value() < 0);
        const auto same
            = *await<CheckCandidate>([&](auto then) { return store->runs().candidate(text, account, then); });
        QCOMPARE(same.alias, candidate.alias);
        candidate = *await<CheckCandidate>([&](auto then) { return store->runs().candidate({}, account, then); });
        QVERIFY(candidate.alias.isNull());
    }
};

QTEST_GUILESS_MAIN(RunBookTest)
#include "runbook_test.moc"
