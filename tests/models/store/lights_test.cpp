// SPDX-License-Identifier: GPL-3.0-or-later
// The three lights of people: rows, filters, orders and counts of Contacts over a seeded ledger.
#include "models/store/consents.h"
#include "models/store/people.h"
#include "models/store/stops.h"
#include "tests/support/ledgerplace.h"

#include <set>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr int everyLight = 10; // one person a state of the ledger, in the order of seed()

} // namespace

class LightsTest : public LedgerPlace {
    Q_OBJECT

private slots:
    void init()
    {
        begin();
        seed();
    }
    void cleanup() { end(); }

    void aRowHasTheLightOfItsNumber()
    {
        const BlockLight expected[] = {BlockLight::None, BlockLight::Blocked, BlockLight::BlockedConfirmed,
            BlockLight::BlockedNotThere, BlockLight::OnlyThere, BlockLight::Armed, BlockLight::Unknown,
            BlockLight::Refused, BlockLight::Planned, BlockLight::None};
        for (int i = 0; i < everyLight; ++i)
            QCOMPARE(m_store->row(m_people[size_t(i)], m_account).block, expected[i]);
        const AccountId other = m_store->account(QStringLiteral("Other"));
        for (const PersonId person : m_people)
            QCOMPARE(m_store->row(person, other).block, BlockLight::None); // each account has a list of its own
    }

    void filtersFindThoseWhomTheLightsSay()
    {
        QCOMPARE(found({.blocks = {BlockView::Blocked}}), (std::set<int>{1, 2, 3}));
        QCOMPARE(found({.blocks = {BlockView::HereNotThere}}), (std::set<int>{3}));
        QCOMPARE(found({.blocks = {BlockView::OnlyThere}}), (std::set<int>{4}));
        QCOMPARE(found({.blocks = {BlockView::Armed}}), (std::set<int>{5}));
        QCOMPARE(found({.blocks = {BlockView::Unknown}}), (std::set<int>{6}));
        QCOMPARE(found({.blocks = {BlockView::Refused}}), (std::set<int>{7}));
        QCOMPARE(found({.blocks = {BlockView::Open}}), (std::set<int>{8}));
        QCOMPARE(found({.blocks = {BlockView::Armed, BlockView::Unknown}}), (std::set<int>{5, 6}));
        QCOMPARE(found({.doNotContact = true}), (std::set<int>{5, 9})); // arming stops; 9 said so
        QCOMPARE(found({.doNotContact = true, .blocks = {BlockView::Armed}}), (std::set<int>{5}));
        QCOMPARE(found({.noOptIn = true}), (std::set<int>{1, 2, 3, 4, 5, 6, 7, 8, 9}));
        QCOMPARE(found({.blocks = {BlockView::Armed}, .noOptIn = true}), (std::set<int>{5}));
        const AccountId other = m_store->account(QStringLiteral("Other"));
        QVERIFY(found({.blocks = {BlockView::Blocked}}, other).empty());
    }

    void theMarketingStopIsALightOfItsOwn()
    {
        const qint64 now = m_store->clock.now().wallMs;
        note(2, MarketingState::Stopped, now - 5'000);
        note(3, MarketingState::Stopped, now - 5'000);
        note(3, MarketingState::Resumed, now - 4'000);
        note(4, MarketingState::Resumed, now - 3'000);
        note(4, MarketingState::Stopped, now - 9'000); // told late: older than what is known
        QCOMPARE(found({.marketingStopped = true}), (std::set<int>{2}));
        const PersonRow row = m_store->row(m_people[2], m_account);
        QCOMPARE(row.marketing, MarketingState::Stopped);
        QCOMPARE(row.marketingAtMs, now - 5'000);
        QVERIFY(!row.doNotContact); // never by itself
        QCOMPARE(m_store->row(m_people[3], m_account).marketing, MarketingState::Resumed);
        QCOMPARE(m_store->row(m_people[4], m_account).marketing, MarketingState::Resumed);
        QCOMPARE(m_store->row(m_people[1], m_account).marketing, MarketingState::NotTold);
        QCOMPARE(m_store->row(m_people[2], m_store->account(QStringLiteral("Other"))).marketing,
            MarketingState::NotTold); // about one business
    }

    void ordersByTheLights()
    {
        note(6, MarketingState::Stopped, 0);
        const auto byBlock = spine({}, {PersonColumn::Block, true});
        QCOMPARE(int(byBlock.size()), everyLight);
        for (size_t i = 1; i < byBlock.size(); ++i)
            QVERIFY(
                int(m_store->row(byBlock[i - 1], m_account).block) >= int(m_store->row(byBlock[i], m_account).block));
        QCOMPARE(spine({}, {PersonColumn::Block, false}).back(), byBlock.front());
        QCOMPARE(spine({}, {PersonColumn::Marketing, true}).front(), m_people[6]);
        const auto some = spine({.blocks = {BlockView::Blocked}}, {PersonColumn::Block, true});
        QCOMPARE(some, (Spine{m_people[3], m_people[2], m_people[1]}));
    }

    /// A further alias speaks where the main number says nothing, and is found by the filter too.
    void furtherAliasesCount()
    {
        m_store->close();
        const QString person = QString::number(m_people[0].value());
        QVERIFY(TemporaryStore::tamper(m_store->file(),
            QStringLiteral("INSERT INTO aliases (person, alias, kind) VALUES (%1, %2, 2)").arg(person).arg(first + 6)));
        QVERIFY(m_store->open());
        QCOMPARE(m_store->row(m_people[0], m_account).block, BlockLight::Unknown);
        QCOMPARE(found({.blocks = {BlockView::Unknown}}), (std::set<int>{0, 6}));
        QCOMPARE(spine({}, {PersonColumn::Block, true})[1].value() + spine({}, {PersonColumn::Block, true})[2].value(),
            m_people[0].value() + m_people[6].value()); // both behind "refused"
        note(6, MarketingState::Stopped, 0);
        QCOMPARE(found({.marketingStopped = true}), (std::set<int>{0, 6}));
        QCOMPARE(m_store->row(m_people[0], m_account).marketing, MarketingState::Stopped);
    }

    void countsAreThoseOfTheFilters()
    {
        note(2, MarketingState::Stopped, 0);
        m_store->add(QStringLiteral("No number"), QStringLiteral("call me"));
        const auto counts
            = *await<StopCounts>([&](auto then) { return (*m_store)->people().stopCounts(m_account, then); });
        QCOMPARE(counts.everybody, everyLight + 1);
        QCOMPARE(counts.doNotContact, 2);
        QCOMPARE(counts.noOptIn, 10); // nine, and the one without a number
        QCOMPARE(counts.noNumber, 1);
        QCOMPARE(counts.marketingStopped, 1);
        QCOMPARE(counts.blocks.at(BlockView::Blocked), 3);
        QCOMPARE(counts.blocks.at(BlockView::HereNotThere), 1);
        QCOMPARE(counts.blocks.at(BlockView::OnlyThere), 1);
        QCOMPARE(counts.blocks.at(BlockView::Armed), 1);
        QCOMPARE(counts.blocks.at(BlockView::Unknown), 1);
        QCOMPARE(counts.blocks.at(BlockView::Refused), 1);
    }

    void theLightsOfOnePersonWithTheirProvenance()
    {
        const qint64 now = m_store->clock.now().wallMs;
        note(5, MarketingState::Stopped, now - 1'000, QStringLiteral("says so on the phone"));
        const auto lights
            = *await<PersonLights>([&](auto then) { return (*m_store)->people().lights(m_people[5], then); });
        QCOMPARE(lights.stops.size(), 1u);
        QCOMPARE(lights.stops[0].alias, QStringLiteral("+%1").arg(first + 5));
        QCOMPARE(lights.stops[0].by, QStringLiteral("Tess"));
        QCOMPARE(lights.stops[0].reason, QStringLiteral("spam"));
        QCOMPARE(lights.blocks.size(), 1u);
        QCOMPARE(lights.blocks[0].account, m_account);
        QCOMPARE(lights.blocks[0].state, OperationState::Armed);
        QCOMPARE(lights.blocks[0].reason, QStringLiteral("spam"));
        QCOMPARE(lights.blocks[0].by, QStringLiteral("Tess"));
        QCOMPARE(lights.marketing.size(), 1u);
        QCOMPARE(lights.marketing[0].raw, QStringLiteral("says so on the phone"));
        QCOMPARE(lights.marketing[0].by, QStringLiteral("Tess"));
        QCOMPARE(lights.marketing[0].atMs, now - 1'000);
    }

private:
    std::vector<PersonId> m_people;

    /// Person i goes by number first + i; i is the state it is brought into.
    void seed()
    {
        m_people.clear();
        for (int i = 0; i < everyLight; ++i)
            m_people.push_back(
                m_store->add(QStringLiteral("Person %1").arg(i), QStringLiteral("+%1").arg(first + i), first + i));
        const auto one = [&](int i) { return std::vector{itemFor(first + i, m_people[size_t(i)])}; };
        for (const int i : {2, 3}) // there, and read back
            finish(start(one(i), order()), OperationState::Done);
        read({first + 2, first + 3, first + 4}); // 4 is there, not by us
        m_store->clock.advance(1'000);
        read({first + 2, first + 4}); // 3 was taken off elsewhere
        finish(start(one(1), order()), OperationState::Done);
        (void)await<qint64>([&](auto then) { return blocks().arm(order(), one(5), then); });
        finish(start(one(6), order()), OperationState::Unknown, 0, QString::fromLatin1(Why::noAnswer));
        finish(start(one(7), order()), OperationState::Refused, 131047, QString::fromLatin1(Why::outsideWindow));
        start(one(8), order());
        QVERIFY(await<Nothing>([&](auto then) {
            return (*m_store)->stops().stop({m_people[9]}, {}, QStringLiteral("by mistake"), then);
        }));
        QVERIFY(await<Nothing>([&](auto then) {
            return (*m_store)->consents().record(
                {m_people[0]}, {.what = ConsentState::OptIn, .source = QStringLiteral("web form")}, then);
        }));
    }
    void note(int person, MarketingState state, qint64 atMs, const QString &raw = {})
    {
        const MarketingNote note{.account = m_account,
            .alias = AliasKey(first + person),
            .state = state,
            .atMs = atMs,
            .source = QString::fromLatin1(MarketingSource::webhook),
            .raw = raw};
        QVERIFY(await<Nothing>([&](auto then) { return (*m_store)->marketing().note({note}, then); }));
    }
    Spine spine(const Filter &filter, const SortOrder &order, AccountId account = {})
    {
        return *await<Spine>([&](auto then) {
            return (*m_store)->people().spine(filter, order, account.isNull() ? m_account : account, then);
        });
    }
    /// Which of the ten are in the filter; spine and count must agree.
    std::set<int> found(const Filter &filter, AccountId account = {})
    {
        const AccountId at = account.isNull() ? m_account : account;
        const Spine ids = spine(filter, {}, at);
        const auto count = *await<qint64>([&](auto then) { return (*m_store)->people().count(filter, at, then); });
        if (count != qint64(ids.size()))
            return {-1};
        std::set<int> people;
        for (const PersonId id : ids)
            people.insert(int(std::find(m_people.begin(), m_people.end(), id) - m_people.begin()));
        return people;
    }
};

QTEST_GUILESS_MAIN(LightsTest)
#include "lights_test.moc"
