// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/consents.h"
#include "models/store/erasures.h"
#include "models/store/journal.h"
#include "models/store/messages.h"
#include "models/store/people.h"
#include "models/store/stops.h"
#include "tests/support/temporarystore.h"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr qint64 annsNumber = 4915112345678;
constexpr qint64 strangersNumber = 16315551004;

QString fromId(const char *id)
{
    return QString::fromLatin1(id);
}

} // namespace

class MarketingTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_store = std::make_unique<TemporaryStore>();
        m_account = m_store->account();
        m_ann = m_store->add(QStringLiteral("Ann"), QStringLiteral("+4915112345678"), annsNumber);
    }
    void cleanup() { m_store.reset(); }

    void aRefusedMessageIsLearnedOnce()
    {
        QVERIFY(note({refused(annsNumber)}));
        m_store->clock.advance(60'000);
        QVERIFY(note({refused(annsNumber)})); // it says so at every message
        const auto notes = lights().marketing;
        QCOMPARE(notes.size(), 1u);
        QCOMPARE(notes[0].state, MarketingState::Stopped);
        QCOMPARE(notes[0].account, m_account);
        QCOMPARE(notes[0].source, fromId(MarketingSource::send));
        QCOMPARE(notes[0].raw, QStringLiteral("131050 user has stopped marketing messages"));
        QCOMPARE(journal(QStringLiteral("marketing.stop")).size(), 1u);
        const JournalEntry entry = journal(QStringLiteral("marketing.stop")).front();
        QCOMPARE(entry.subject, m_ann.value());
        QCOMPARE(entry.outcome, QStringLiteral("people=1 account=%1").arg(m_account.value()));
        QVERIFY(entry.details.contains(fromId(MarketingSource::send)));
        QVERIFY(!entry.details.contains(QStringLiteral("4915112345678"))); // no personal data in the journal
    }

    /// The way of a message: the answer of the gateway brings it, in the answer's own transaction.
    void aMessageRefusedWith131050TellsIt()
    {
        SendOrder order;
        order.account = m_account;
        order.cards = QByteArrayLiteral("[]");
        order.cardCount = 1;
        std::vector<OperationItem> items;
        for (const qint64 number : {annsNumber, strangersNumber}) {
            OperationItem item;
            item.alias = AliasKey(number);
            item.ask = QString::number(number);
            items.push_back(item);
        }
        const auto run = *await<RunId>([&](auto then) { return (*m_store)->messages().start(order, items, then); });
        const auto planned = *await<std::vector<OperationItem>>(
            [&](auto then) { return (*m_store)->blocks().nextItems(run, 10, then); });
        std::vector<OperationId> ids;
        ids.reserve(planned.size());
        for (const OperationItem &item : planned)
            ids.push_back(item.id);
        const auto going
            = *await<std::vector<OperationItem>>([&](auto then) { return (*m_store)->blocks().send(run, ids, then); });
        QCOMPARE(going.size(), 2u);
        const QString words = QStringLiteral("User has stopped marketing messages");
        QVERIFY(await<Nothing>([&](auto then) {
            return (*m_store)->blocks().answer(run,
                {{.operation = going[0].id,
                     .state = OperationState::Refused,
                     .code = marketingStoppedCode,
                     .why = QString::fromLatin1(Why::gateway),
                     .detail = words},
                    {.operation = going[1].id, .state = OperationState::Refused, .code = 131026}},
                then);
        }));
        QCOMPARE(lights().marketing.size(), 1u);
        QCOMPARE(lights().marketing[0].source, fromId(MarketingSource::send));
        QCOMPARE(lights().marketing[0].raw, words);
        QVERIFY(stopped(m_account, {AliasKey(strangersNumber)}).empty());
        const auto next = *await<std::vector<SendCandidate>>(
            [&](auto then) { return (*m_store)->messages().candidates({m_ann}, {}, m_account, then); });
        QVERIFY(next.front().marketingStop); // the composer knows it before the next message
        QVERIFY(!next.front().who.doNotContact);
    }

    void itNeverStopsAnybodyByItself()
    {
        QVERIFY(note({refused(annsNumber), refused(strangersNumber)}));
        QVERIFY(!m_store->row(m_ann).doNotContact);
        QVERIFY(!(*m_store)->stops().contains(AliasKey(annsNumber)));
        QVERIFY(!(*m_store)->stops().contains(AliasKey(strangersNumber)));
        QCOMPARE(m_store->row(m_ann).consent, ConsentState::None);
    }

    void whoIsAskedForBeforeAMessage()
    {
        const std::vector<AliasKey> all{AliasKey(strangersNumber), AliasKey(annsNumber), AliasKey(447700900000)};
        QVERIFY(stopped(m_account, all).empty());
        QVERIFY(note({refused(annsNumber), refused(strangersNumber)})); // of nobody here: known all the same
        QCOMPARE(stopped(m_account, all), (std::vector<AliasKey>{all[0], all[1]}));
        QVERIFY(stopped(m_store->account(QStringLiteral("Other")), all).empty());
        m_store->clock.advance(1'000);
        MarketingNote resumed = refused(annsNumber);
        resumed.state = MarketingState::Resumed;
        resumed.source = fromId(MarketingSource::webhook);
        QVERIFY(note({resumed}));
        QCOMPARE(stopped(m_account, all), (std::vector<AliasKey>{all[0]}));
        const PersonId later = m_store->add(QStringLiteral("Later"), QStringLiteral("+16315551004"), strangersNumber);
        QCOMPARE(m_store->row(later, m_account).marketing, MarketingState::Stopped);
    }

    void byTheOperatorsHand()
    {
        const PersonId bob = m_store->add(QStringLiteral("Bob"), QStringLiteral("+16315551004"), strangersNumber);
        const PersonId nameless = m_store->add(PersonFields{.name = QStringLiteral("No number")});
        const MarketingNote wish{
            .account = m_account, .state = MarketingState::Stopped, .raw = QStringLiteral("showed me the phone")};
        const auto noted = await<qint64>([&](auto then) {
            return (*m_store)->marketing().noteByHand({m_ann, bob, nameless}, wish, then);
        });
        QVERIFY(noted);
        QCOMPARE(*noted, 2);
        QCOMPARE(lights().marketing.front().source, fromId(MarketingSource::byHand));
        QCOMPARE(lights().marketing.front().by, QStringLiteral("Tess"));
        QCOMPARE(lights().marketing.front().atMs, m_store->clock.now().wallMs);
        QCOMPARE(journal(QStringLiteral("marketing.stop")).front().subject, 0); // two people: named by nobody's id
        const auto nobody
            = await<qint64>([&](auto then) { return (*m_store)->marketing().noteByHand({nameless}, wish, then); });
        QCOMPARE(nobody.failure().kind, Failure::Kind::NotFound);
    }

    void nothingAndNobodyAreRefused()
    {
        QCOMPARE(note({}).failure().kind, Failure::Kind::BadInput);
        MarketingNote none = refused(annsNumber);
        none.state = MarketingState::NotTold;
        QCOMPARE(note({none}).failure().kind, Failure::Kind::BadInput);
        MarketingNote nowhere = refused(annsNumber);
        nowhere.account = {};
        QCOMPARE(note({nowhere}).failure().kind, Failure::Kind::BadInput);
        QCOMPARE(note({refused(0)}).failure().kind, Failure::Kind::BadInput);
        QVERIFY(lights().marketing.empty());
    }

    void theDossierHasItAndErasingTakesIt()
    {
        MarketingNote own = refused(annsNumber);
        own.raw = QStringLiteral("Ann said it");
        QVERIFY(note({own}));
        const auto facts
            = *await<DossierFacts>([&](auto then) { return (*m_store)->dossiers().read(m_ann, m_account, then); });
        QCOMPARE(facts.marketing.size(), 1u);
        QCOMPARE(facts.marketing[0].raw, QStringLiteral("Ann said it"));
        QVERIFY(std::any_of(facts.journal.begin(), facts.journal.end(),
            [](const JournalEntry &entry) { return entry.act == QStringLiteral("marketing.stop"); }));
        const auto report = await<EraseReport>([&](auto then) { return (*m_store)->erasures().erase(m_ann, then); });
        QVERIFY(report && report->erased);
        QVERIFY(stopped(m_account, {AliasKey(annsNumber)}).empty());
        QVERIFY(report->leftIn.isEmpty());
    }

private:
    std::unique_ptr<TemporaryStore> m_store;
    AccountId m_account;
    PersonId m_ann;

    MarketingNote refused(qint64 number) const
    {
        return {.account = m_account,
            .alias = AliasKey(number),
            .state = MarketingState::Stopped,
            .source = fromId(MarketingSource::send),
            .raw = QStringLiteral("131050 user has stopped marketing messages")};
    }
    Done note(const std::vector<MarketingNote> &notes)
    {
        return await<Nothing>([&](auto then) { return (*m_store)->marketing().note(notes, then); });
    }
    std::vector<AliasKey> stopped(AccountId account, const std::vector<AliasKey> &aliases)
    {
        return *await<std::vector<AliasKey>>(
            [&](auto then) { return (*m_store)->marketing().stopped(account, aliases, then); });
    }
    PersonLights lights()
    {
        return *await<PersonLights>([&](auto then) { return (*m_store)->people().lights(m_ann, then); });
    }
    std::vector<JournalEntry> journal(const QString &act)
    {
        const auto seqs
            = *await<std::vector<qint64>>([&](auto then) { return (*m_store)->journal().chosen({.act = act}, then); });
        return *await<std::vector<JournalEntry>>([&](auto then) { return (*m_store)->journal().rows(seqs, then); });
    }
};

QTEST_GUILESS_MAIN(MarketingTest)
#include "marketing_test.moc"
