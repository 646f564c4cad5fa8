// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/consents.h"

#include "models/store/erasures.h"
#include "models/store/journal.h"
#include "models/store/people.h"
#include "models/store/stops.h"
#include "tests/support/temporarystore.h"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

Done record(TemporaryStore &store, const std::vector<PersonId> &people, const ConsentEvent &event)
{
    return await<Nothing>([&](auto then) { return store->consents().record(people, event, then); });
}

PersonDetails details(TemporaryStore &store, PersonId id)
{
    return *await<PersonDetails>([&](auto then) { return store->people().details(id, {}, then); });
}

ConsentEvent given(ConsentState what, qint64 atMs = 0)
{
    return {.what = what, .atMs = atMs, .source = QStringLiteral("web form"), .wording = QStringLiteral("I agree")};
}

} // namespace

class ConsentsTest : public QObject {
    Q_OBJECT

private slots:
    void eventsAreAddedAndTheNewestCounts()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+4915112345678"), 4915112345678);
        const qint64 now = store.clock.now().wallMs;
        QVERIFY(record(store, {ann}, given(ConsentState::OptIn, now - 5000)));
        QCOMPARE(store.row(ann).consent, ConsentState::OptIn);
        QVERIFY(record(store, {ann}, given(ConsentState::OptOut)));
        QCOMPARE(store.row(ann).consent, ConsentState::OptOut);
        QVERIFY(record(store, {ann}, given(ConsentState::OptIn, now - 9000))); // stated late, but older
        QCOMPARE(store.row(ann).consent, ConsentState::OptOut);
        const auto all = details(store, ann).consents;
        QCOMPARE(all.size(), 3u); // nothing was overwritten
        QCOMPARE(all[0].what, ConsentState::OptOut);
        QCOMPARE(all[0].atMs, now);
        QCOMPARE(all[0].by, QStringLiteral("Tess"));
        QCOMPARE(all[0].wording, QStringLiteral("I agree"));
        QCOMPARE(all[0].source, QStringLiteral("web form"));
    }

    void anOptOutStopsAndAnOptInLiftsNothing()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+4915112345678"), 4915112345678);
        const PersonId same = store.add(QStringLiteral("Same number"), QStringLiteral("0151 12345678"), 4915112345678);
        QVERIFY(record(store, {ann}, given(ConsentState::OptOut)));
        QVERIFY(store.row(ann).doNotContact);
        QVERIFY(store.row(same).doNotContact); // it hits every person under that alias
        QVERIFY(store->stops().contains(AliasKey(4915112345678)));
        QVERIFY(record(store, {ann}, given(ConsentState::OptIn)));
        QVERIFY(store.row(ann).doNotContact);
    }

    void nothingAndNobodyAreRefused()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("1"));
        QCOMPARE(record(store, {ann}, given(ConsentState::None)).failure().kind, Failure::Kind::BadInput);
        QCOMPARE(record(store, {}, given(ConsentState::OptIn)).failure().kind, Failure::Kind::BadInput);
        QCOMPARE(record(store, {PersonId(99)}, given(ConsentState::OptIn)).failure().kind, Failure::Kind::NotFound);
        QVERIFY(details(store, ann).consents.empty());
    }

    void anOverrideNeedsAReasonAndIsNoted()
    {
        TemporaryStore store;
        QVERIFY(!await<Nothing>([&](auto then) { return store->consents().override(3, QStringLiteral("  "), then); }));
        QVERIFY(await<Nothing>(
            [&](auto then) { return store->consents().override(3, QStringLiteral("recall of a product"), then); }));
        const auto seqs = *await<std::vector<qint64>>(
            [&](auto then) { return store->journal().chosen({.act = QStringLiteral("consent.override")}, then); });
        QCOMPARE(seqs.size(), 1u);
        const auto rows
            = *await<std::vector<JournalEntry>>([&](auto then) { return store->journal().rows(seqs, then); });
        QCOMPARE(rows[0].outcome, QStringLiteral("people=3"));
        QVERIFY(rows[0].details.contains(QStringLiteral("recall of a product")));
    }

    void quotesAreTheProof()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+4915112345678"), 4915112345678);
        const auto count = await<qint64>([&](auto then) {
            return store->consents().optOut(
                {{.alias = AliasKey(4915112345678), .wording = QStringLiteral("Stop. Thank you")},
                    {.alias = AliasKey(16315551004), .wording = QStringLiteral("STOP")}},
                QStringLiteral("chat"), then);
        });
        QVERIFY(count);
        QCOMPARE(*count, 1);
        QCOMPARE(details(store, ann).consents.front().wording, QStringLiteral("Stop. Thank you"));
        QVERIFY(store.row(ann).doNotContact);
        QVERIFY(store->stops().contains(AliasKey(16315551004))); // of nobody here: stopped all the same
        const PersonId later = store.add(QStringLiteral("Later"), QStringLiteral("+16315551004"), 16315551004);
        QVERIFY(store.row(later).doNotContact);
    }

    void theDossierHasThemAll()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+4915112345678"), 4915112345678);
        const PersonId bob = store.add(QStringLiteral("Bob"), QStringLiteral("+16315551004"), 16315551004);
        QVERIFY(record(store, {ann}, given(ConsentState::OptOut)));
        const auto facts
            = await<DossierFacts>([&](auto then) { return store->dossiers().read(ann, AccountId(), then); });
        QVERIFY(facts);
        QCOMPARE(facts->person.row.fields.name, QStringLiteral("Ann"));
        QCOMPARE(facts->person.consents.size(), 1u);
        QCOMPARE(facts->stops.size(), 1u);
        QCOMPARE(facts->stops[0].alias, QStringLiteral("+4915112345678"));
        QCOMPARE(facts->journal.size(), 3u); // added, stopped, consent
        for (const JournalEntry &entry : facts->journal)
            QVERIFY(entry.subject != bob.value());
        const auto gone
            = await<DossierFacts>([&](auto then) { return store->dossiers().read(PersonId(99), AccountId(), then); });
        QCOMPARE(gone.failure().kind, Failure::Kind::NotFound);
    }
};

QTEST_GUILESS_MAIN(ConsentsTest)
#include "consents_test.moc"
