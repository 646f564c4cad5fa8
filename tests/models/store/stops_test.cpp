// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/stops.h"

#include "models/store/gatewaynotes.h"
#include "models/store/imports.h"
#include "models/store/people.h"
#include "tests/support/stagingfile.h"
#include "tests/support/temporarystore.h"

using namespace rollcall;
using namespace rollcall::tests;

class StopsTest : public QObject {
    Q_OBJECT

private:
    static Done stop(
        TemporaryStore &store, const std::vector<PersonId> &people, const std::vector<AliasKey> &aliases = {})
    {
        return await<Nothing>(
            [&](auto then) { return store->stops().stop(people, aliases, QStringLiteral("STOP"), then); });
    }

private slots:
    void effectiveBeforeItIsSavedAndAfterTheCallIsDropped()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        {
            const Call dropped
                = store->stops().stop({ann}, {AliasKey(491511)}, {}, [](const Done &) { QFAIL("was dropped"); });
            QVERIFY(store->stops().contains(AliasKey(491511))); // no event loop has run since
            QVERIFY(store->stops().isSaving(AliasKey(491511)));
        }
        QVERIFY(QTest::qWaitFor([&] { return !store->stops().isSaving(AliasKey(491511)); }));
        QVERIFY(store.row(ann).doNotContact);
        QVERIFY(store.open());
        QVERIFY(!store->stops().contains(AliasKey(491511)));
        QVERIFY(await<Nothing>([&](auto then) { return store->stops().load(then); }));
        QVERIFY(store->stops().contains(AliasKey(491511)));
        QVERIFY(!store->stops().isSaving(AliasKey(491511)));
    }

    void everybodyUnderTheAliasIsStoppedTooLaterOnes()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        const PersonId bob = store.add(QStringLiteral("Bob"), QStringLiteral("1511"), 491511);
        const PersonId cid = store.add(QStringLiteral("Cid"), QStringLiteral("+491512"), 491512);
        QVERIFY(stop(store, {ann}));
        QVERIFY(store.row(bob).doNotContact);
        QVERIFY(!store.row(cid).doNotContact);
        QVERIFY(store.row(store.add(QStringLiteral("Dan"), QStringLiteral("+491511"), 491511)).doNotContact);
        // Somebody who is edited onto the number, too.
        PersonFields fields = store.row(cid).fields;
        fields.number.e164 = 491511;
        QVERIFY(await<Nothing>([&](auto then) { return store->people().update(cid, fields, then); }));
        QVERIFY(store.row(cid).doNotContact);
    }

    void aNewNumberDoesNotFreeAStoppedPerson()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        QVERIFY(stop(store, {ann}));
        PersonFields fields = store.row(ann).fields;
        fields.number = {.typed = QStringLiteral("+491519"), .e164 = 491519, .state = NumberState::Valid};
        QVERIFY(await<Nothing>([&](auto then) { return store->people().update(ann, fields, then); }));
        QVERIFY(store.row(ann).doNotContact);
        QVERIFY(store->stops().contains(AliasKey(491519)));
        QVERIFY(store->stops().contains(AliasKey(491511)));
    }

    void aTextThatIsNoNumberCanBeStopped()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("office 7"));
        const PersonId none = store.add(QStringLiteral("None"), QString());
        QVERIFY(stop(store, {ann, none}));
        QVERIFY(store.row(ann).doNotContact);
        QVERIFY(store.row(none).doNotContact);
        QVERIFY(store.row(store.add(QStringLiteral("Other"), QStringLiteral("office 7"))).doNotContact);
    }

    void liftFreesAllUnderTheAlias()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        const PersonId bob = store.add(QStringLiteral("Bob"), QStringLiteral("1511"), 491511);
        QVERIFY(stop(store, {ann}));
        QVERIFY(await<Nothing>([&](auto then) { return store->stops().lift({bob}, QStringLiteral("asked"), then); }));
        QVERIFY(!store.row(ann).doNotContact);
        QVERIFY(!store->stops().contains(AliasKey(491511)));
    }

    void aChatIdAndItsNumberAreOneStop_data()
    {
        QTest::addColumn<bool>("byChatId");
        QTest::newRow("the chat id is stopped") << true;
        QTest::newRow("the number is stopped") << false;
    }
    void aChatIdAndItsNumberAreOneStop()
    {
        QFETCH(bool, byChatId);
        TemporaryStore store;
        const AccountId account = store.account();
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("office 7"));
        QVERIFY(await<Nothing>([&](auto then) {
            return store->gatewayNotes().keep(
                ann, {.account = account, .chatId = QStringLiteral("5511987654321@c.us")}, then);
        }));
        if (byChatId)
            QVERIFY(stop(store, {ann}));
        else
            QVERIFY(stop(store, {}, {AliasKey(551187654321)})); // the spelling without the nine
        QVERIFY(store->stops().contains(AliasKey(5511987654321)));
        QVERIFY(store->stops().contains(AliasKey(551187654321)));
        QVERIFY(store->stops().reach({}, QStringLiteral("5511987654321@s.whatsapp.net")));
        QVERIFY(!store->stops().reach({}, QStringLiteral("5511987654321@lid")));
        QVERIFY(store.row(ann).doNotContact);
        const PersonId later = store.add(QStringLiteral("Later"), QStringLiteral("+5511987654321"), 5511987654321);
        QVERIFY(store.row(later).doNotContact);
        QVERIFY(await<Nothing>([&](auto then) { return store->stops().lift({ann}, QStringLiteral("asked"), then); }));
        QVERIFY(!store.row(ann).doNotContact);
        QVERIFY(!store.row(later).doNotContact); // it came with the one stop, under whichever form
    }

    void aStopBehindALiftHolds()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        QVERIFY(stop(store, {ann}));
        const Call lifted = store->stops().lift({ann}, {}, [](const Done &) {});
        const Call again = store->stops().stop({ann}, {AliasKey(491511)}, {}, [](const Done &) {});
        QVERIFY(QTest::qWaitFor([&] { return !again.isOpen(); }));
        QVERIFY(store->stops().contains(AliasKey(491511)));
        QVERIFY(store.row(ann).doNotContact);
    }

    void whileAnImportHoldsTheWriterAStopIsEffective()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        StagingFile staging(store.folder());
        for (int i = 0; i < 30'000; ++i)
            staging.add({.name = QStringLiteral("N%1").arg(i),
                .raw = QStringLiteral("+%1").arg(492'000'000 + i),
                .e164 = 492'000'000 + i});
        staging.finish();
        auto control = std::make_shared<JobControl>();
        bool imported = false;
        const Call import = store->imports().commit(staging.path(), {}, control, {}, [&](auto) { imported = true; });
        bool saved = false;
        const Call call = store->stops().stop({ann}, {}, {}, [&](const Done &done) { saved = done.ok(); });
        // Only the person was named: the reader tells the aliases while the writer is busy.
        QVERIFY(QTest::qWaitFor([&] { return store->stops().contains(AliasKey(491511)); }));
        QVERIFY(QTest::qWaitFor([&] { return saved; }, 30'000));
        QVERIFY(imported);
        QVERIFY(store.row(ann).doNotContact);
    }
};

QTEST_GUILESS_MAIN(StopsTest)
#include "stops_test.moc"
