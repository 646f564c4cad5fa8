// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/gatewaynotes.h"

#include "models/store/accountbook.h"
#include "models/store/batches.h"
#include "models/store/erasures.h"
#include "models/store/imports.h"
#include "models/store/journal.h"
#include "models/store/people.h"
#include "models/store/stops.h"
#include "tests/support/stagingfile.h"
#include "tests/support/temporarystore.h"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr qint64 annsNumber = 447700900123;
const QString annsJid = QStringLiteral("447700900123@c.us");
const QString annsLid = QStringLiteral("123456789012345@lid");

PersonDetails details(TemporaryStore &store, PersonId id)
{
    return *await<PersonDetails>([&](auto then) { return store->people().details(id, {}, then); });
}

bool hasAlias(TemporaryStore &store, PersonId id, AliasKind kind, const QString &text)
{
    const std::vector<Alias> aliases = details(store, id).aliases;
    return std::find(aliases.begin(), aliases.end(), Alias{kind, text}) != aliases.end();
}

Result<ImportOutcome> fetch(TemporaryStore &store, const StagingFile &staging, AccountId account)
{
    ImportAbout about;
    about.act = QStringLiteral("fetch");
    about.account = account;
    about.fileName = QStringLiteral("Phone shop");
    auto control = std::make_shared<JobControl>();
    return await<ImportOutcome>(
        [&](auto then) { return store->imports().commit(staging.path(), about, control, {}, then); });
}

Spine everybody(TemporaryStore &store)
{
    return *await<Spine>([&](auto then) { return store->people().spine({}, {}, {}, then); });
}

StagedRow ann()
{
    return {.name = QStringLiteral("Ann"), .raw = QStringLiteral("+447700900123"), .e164 = annsNumber};
}

} // namespace

/// What a gateway tells of people: kept per account, never in the place of what is ours.
class GatewayNotesTest : public QObject {
    Q_OBJECT

    static bool keepPage(TemporaryStore &store, AccountId account, qint64 pages)
    {
        const KeptFetch after{.account = account,
            .cursor = QStringLiteral("next"),
            .pages = pages,
            .rows = pages,
            .startedMs = store.clock.now().wallMs};
        return await<Nothing>([&](auto then) {
            return store->gatewayNotes().keepPage(after, {}, "[[\"Ann\"]]", then);
        }).ok();
    }
    static bool isKept(TemporaryStore &store, AccountId account)
    {
        const auto kept
            = *await<std::optional<KeptFetch>>([&](auto then) { return store->gatewayNotes().kept(account, then); });
        const auto pages = *await<std::vector<KeptPage>>(
            [&](auto then) { return store->gatewayNotes().keptPages(account, 0, 10, then); });
        if (kept.has_value() == pages.empty())
            qFatal("a reading and its pages go together");
        return kept.has_value();
    }

private slots:
    void anInterruptedReadingIsKeptForAWeek()
    {
        TemporaryStore store;
        const AccountId account = store.account();
        QVERIFY(keepPage(store, account, 1));
        const auto forgetOld
            = [&] { return await<Nothing>([&](auto then) { return store->batches().forgetOld(then); }).ok(); };
        store.clock.advance(7 * 86'400'000LL - 1);
        QVERIFY(forgetOld());
        QVERIFY(isKept(store, account));
        store.clock.advance(1);
        QVERIFY(forgetOld());
        QVERIFY(!isKept(store, account));
    }
    void anInterruptedReadingGoesWithItsGateway()
    {
        TemporaryStore store;
        const AccountId id = store.account();
        Account account
            = (*await<std::vector<Account>>([&](auto then) { return store->accounts().all(then); })).front();
        const auto save
            = [&] { return await<AccountId>([&](auto then) { return store->accounts().save(account, then); }).ok(); };
        QVERIFY(keepPage(store, id, 1));
        account.name = QStringLiteral("Another name");
        QVERIFY(save());
        QVERIFY(isKept(store, id));
        account.sender = QStringLiteral("another phone");
        QVERIFY(save());
        QVERIFY(!isKept(store, id));
        QVERIFY(keepPage(store, id, 1));
        QVERIFY(await<Nothing>([&](auto then) { return store->accounts().remove(id, then); }));
        QVERIFY(!isKept(store, id));
    }
    void whatIsReadAfterAnErasureIsNotKept()
    {
        TemporaryStore store;
        const AccountId account = store.account();
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+447700900123"), annsNumber);
        QVERIFY(keepPage(store, account, 1));
        QVERIFY(await<EraseReport>([&](auto then) { return store->erasures().erase(ann, then); })->erased);
        QVERIFY(!isKept(store, account));
        QVERIFY(keepPage(store, account, 2)); // its beginning is gone
        QVERIFY(!isKept(store, account));
        QVERIFY(keepPage(store, account, 1)); // a new reading
        QVERIFY(keepPage(store, account, 2));
        QVERIFY(isKept(store, account));
    }

    void aFetchedListKeepsWhatWasTold()
    {
        TemporaryStore store;
        const AccountId account = store.account(QStringLiteral("Phone shop"));
        const PersonId here = store.add(QStringLiteral("Our Bob"), QStringLiteral("+447700900124"), annsNumber + 1);
        const PersonId nameless = store.add(QString(), QStringLiteral("+447700900125"), annsNumber + 2);
        StagingFile staging(store.folder());
        staging.add(ann());
        staging.tell({annsJid, {}, QStringLiteral("annie"), QStringLiteral("at work"), true});
        staging.add({.name = QStringLiteral("Bobby"), .raw = QStringLiteral("+447700900124"), .e164 = annsNumber + 1});
        staging.tell({QStringLiteral("447700900124@c.us"), {}, QStringLiteral("King Bob"), {}, true});
        staging.add({.name = QStringLiteral("Cy"), .raw = QStringLiteral("+447700900125"), .e164 = annsNumber + 2});
        staging.tell({{}, QStringLiteral("77@lid"), QStringLiteral("cyberia"), {}, false});
        staging.reject(QStringLiteral("1@g.us"), QStringLiteral("group"));
        // Ann once more, under her LID.
        StagedRow again = ann();
        again.sameAs = 1;
        staging.add(again);
        staging.tell({{}, annsLid, {}, {}, false});
        staging.finish();
        const auto outcome = fetch(store, staging, account);
        QVERIFY2(outcome.ok(), outcome.ok() ? "" : qPrintable(outcome.failure().detail));
        QCOMPARE(outcome->counts.added, 1);
        QCOMPARE(outcome->counts.updated, 1); // Cy had no name
        QCOMPARE(outcome->counts.unchanged, 2);
        QCOMPARE(outcome->counts.rejected, 1);

        QCOMPARE(store.row(here).fields.name, QStringLiteral("Our Bob"));
        QCOMPARE(store.row(nameless).fields.name, QStringLiteral("Cy"));
        const GatewayNote bob{account, QStringLiteral("447700900124@c.us"), {}, QStringLiteral("Bobby"),
            QStringLiteral("King Bob"), {}, true, store.clock.now().wallMs};
        QCOMPARE(details(store, here).told, std::vector<GatewayNote>{bob});
        QVERIFY(hasAlias(store, here, AliasKind::Jid, QStringLiteral("447700900124@c.us")));
        QVERIFY(hasAlias(store, nameless, AliasKind::Lid, QStringLiteral("77@lid")));
        const PersonId added = everybody(store).front() == here ? everybody(store).back() : everybody(store).front();
        QCOMPARE(store.row(added).fields.name, QStringLiteral("Ann"));
        const GatewayNote annie{account, annsJid, annsLid, QStringLiteral("Ann"), QStringLiteral("annie"),
            QStringLiteral("at work"), true, store.clock.now().wallMs};
        QCOMPARE(details(store, added).told, std::vector<GatewayNote>{annie});

        const auto batches = await<std::vector<BatchSummary>>([&](auto then) { return store->batches().list(then); });
        QCOMPARE(batches->front().act, QStringLiteral("fetch"));
        QCOMPARE(batches->front().people, 2);
        QVERIFY(batches->front().undoable);
    }

    void undoTakesTheAliasesAndRedoBringsThemBack()
    {
        TemporaryStore store;
        const AccountId account = store.account();
        const PersonId here = store.add(QStringLiteral("Ann"), QStringLiteral("+447700900123"), annsNumber);
        QVERIFY(await<Nothing>(
            [&](auto then) { return store->gatewayNotes().keep(here, {.account = account, .lid = annsLid}, then); }));
        StagingFile staging(store.folder());
        staging.add(ann());
        staging.tell({annsJid, annsLid, {}, {}, true});
        staging.finish();
        const BatchId batch = fetch(store, staging, account)->batch;
        QVERIFY(hasAlias(store, here, AliasKind::Jid, annsJid));
        QVERIFY(await<UndoReport>([&](auto then) { return store->batches().undo(batch, then); }));
        QVERIFY(!hasAlias(store, here, AliasKind::Jid, annsJid));
        QVERIFY(hasAlias(store, here, AliasKind::Lid, annsLid)); // known before
        QVERIFY(await<UndoReport>([&](auto then) { return store->batches().redo(batch, then); }));
        QVERIFY(hasAlias(store, here, AliasKind::Jid, annsJid));
    }

    void aStopUnderALidHoldsForTheListToo()
    {
        TemporaryStore store;
        const AccountId account = store.account();
        const PersonId old = store.add(QStringLiteral("Ann"), QStringLiteral("+447700900199"), 447700900199);
        QVERIFY(await<Nothing>(
            [&](auto then) { return store->gatewayNotes().keep(old, {.account = account, .lid = annsLid}, then); }));
        QVERIFY(await<Nothing>(
            [&](auto then) { return store->stops().stop({old}, {}, QStringLiteral("wrote STOP"), then); }));
        // She changed her number; her LID stayed.
        StagingFile staging(store.folder());
        staging.add(ann());
        staging.tell({{}, annsLid, QStringLiteral("annie"), {}, true});
        staging.finish();
        auto control = std::make_shared<JobControl>();
        const auto trial = await<ImportCounts>(
            [&](auto then) { return store->imports().preview(staging.path(), {}, control, then); });
        QCOMPARE(trial->suppressed, 1);
        const auto outcome = fetch(store, staging, account);
        QCOMPARE(outcome->counts.suppressed, 1);
        QCOMPARE(outcome->counts.added, 0);
        QCOMPARE(everybody(store), Spine{old});
    }

    void aLookUpOfWhoIsStoppedStopsTheNewAlias()
    {
        TemporaryStore store;
        const AccountId account = store.account();
        const PersonId person = store.add(QStringLiteral("Ann"), QStringLiteral("+447700900123"), annsNumber);
        QVERIFY(await<Nothing>([&](auto then) { return store->stops().stop({person}, {}, {}, then); }));
        QVERIFY(await<Nothing>(
            [&](auto then) { return store->gatewayNotes().keep(person, {.account = account, .lid = annsLid}, then); }));
        // The same LID comes back under another number: still stopped.
        StagingFile staging(store.folder());
        staging.add({.name = QStringLiteral("New"), .raw = QStringLiteral("+447700900177"), .e164 = 447700900177});
        staging.tell({{}, annsLid, {}, {}, true});
        staging.finish();
        QCOMPARE(fetch(store, staging, account)->counts.suppressed, 1);
    }

    void aLookUpReplacesWhatWasToldBefore()
    {
        TemporaryStore store;
        const AccountId account = store.account();
        const AccountId other = store.account(QStringLiteral("Other"));
        const PersonId person = store.add(QStringLiteral("Ann"), QStringLiteral("+447700900123"), annsNumber);
        GatewayNote note{.account = account, .chatId = annsJid, .lid = annsLid};
        note.profileName = QStringLiteral("annie");
        note.about = QStringLiteral("busy");
        QVERIFY(await<Nothing>([&](auto then) { return store->gatewayNotes().keep(person, note, then); }));
        store.clock.advance(1000);
        const GatewayNote hidden{.account = account, .profileName = QStringLiteral("ann b")};
        QVERIFY(await<Nothing>([&](auto then) { return store->gatewayNotes().keep(person, hidden, then); }));
        store.clock.advance(1000);
        QVERIFY(await<Nothing>([&](auto then) {
            return store->gatewayNotes().keep(person, {.account = other, .about = QStringLiteral("x")}, then);
        }));
        const std::vector<GatewayNote> told = details(store, person).told;
        QCOMPARE(told.size(), 2u);
        QCOMPARE(told[0].account, other); // newest first
        QCOMPARE(told[1].profileName, QStringLiteral("ann b"));
        QCOMPARE(told[1].about, QString()); // hidden now
        QCOMPARE(told[1].chatId, annsJid); // ids stay
        QCOMPARE(told[1].lid, annsLid);
        const Done nobody
            = await<Nothing>([&](auto then) { return store->gatewayNotes().keep(PersonId(999), note, then); });
        QVERIFY(!nobody.ok());
        QCOMPARE(nobody.failure().kind, Failure::Kind::NotFound);
    }
};

QTEST_GUILESS_MAIN(GatewayNotesTest)
#include "gatewaynotes_test.moc"
