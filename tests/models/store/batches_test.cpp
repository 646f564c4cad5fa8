// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/batches.h"

#include "models/store/blocks.h"
#include "models/store/consents.h"
#include "models/store/erasures.h"
#include "models/store/people.h"
#include "models/store/stops.h"
#include "tests/support/temporarystore.h"

#include <QFile>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

std::optional<BatchSummary> undoable(TemporaryStore &store)
{
    return *await<std::optional<BatchSummary>>([&](auto then) { return store->batches().newestUndoable(then); });
}

BatchSummary newest(TemporaryStore &store)
{
    const auto last = await<std::optional<BatchSummary>>([&](auto then) { return store->batches().newest(then); });
    return last && *last ? **last : BatchSummary{};
}

std::optional<BatchSummary> redoable(TemporaryStore &store)
{
    return *await<std::optional<BatchSummary>>([&](auto then) { return store->batches().newestRedoable(then); });
}

UndoReport undo(TemporaryStore &store)
{
    return *await<UndoReport>([&](auto then) { return store->batches().undo(undoable(store)->id, then); });
}

UndoReport redo(TemporaryStore &store)
{
    return *await<UndoReport>([&](auto then) { return store->batches().redo(redoable(store)->id, then); });
}

void update(TemporaryStore &store, PersonId id, const PersonFields &fields)
{
    QVERIFY(await<Nothing>([&](auto then) { return store->people().update(id, fields, then); }));
}

void stop(TemporaryStore &store, const std::vector<PersonId> &people)
{
    QVERIFY(await<Nothing>([&](auto then) { return store->stops().stop(people, {}, QStringLiteral("STOP"), then); }));
}

qint64 countAll(TemporaryStore &store)
{
    return *await<qint64>([&](auto then) { return store->people().count({}, {}, then); });
}

} // namespace

class BatchesTest : public QObject {
    Q_OBJECT

private slots:
    void whoWasBlockedStaysWhenTheirAddingIsUndone()
    {
        TemporaryStore store;
        const AccountId account = store.account();
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        const BatchId added = undoable(store)->id;
        OperationOrder order;
        order.account = account;
        order.reason = QStringLiteral("spam");
        OperationItem item{.alias = AliasKey(491511), .person = ann, .ask = QStringLiteral("+491511")};
        QVERIFY(await<RunId>([&](auto then) { return store->blocks().start(order, {item}, then); }));
        const UndoReport report = *await<UndoReport>([&](auto then) { return store->batches().undo(added, then); });
        QCOMPARE(report.restored, 0);
        QCOMPARE(report.kept, 1);
        QCOMPARE(store.row(ann).fields.name, QStringLiteral("Ann"));
    }

    void threeStepsBackAndForthAcrossARestart()
    {
        TemporaryStore store;
        QVERIFY(!undoable(store));
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        PersonFields fields = store.row(ann).fields;
        const PersonFields first = fields;
        fields.name = QStringLiteral("Anna");
        fields.number = {.typed = QStringLiteral("0152"), .e164 = 0, .state = NumberState::Unlikely};
        fields.tags = QStringList{QStringLiteral("x")};
        update(store, ann, fields);
        QVERIFY(await<qint64>([&](auto then) { return store->people().remove({ann}, then); }));
        QVERIFY(store.open());
        QCOMPARE(undo(store).act, QStringLiteral("person.delete"));
        QCOMPARE(store.row(ann).fields, fields);
        QCOMPARE(undo(store).act, QStringLiteral("person.edit"));
        QCOMPARE(store.row(ann).fields, first);
        QCOMPARE(undo(store).restored, 1);
        QCOMPARE(countAll(store), 0);
        QVERIFY(!undoable(store));
        QVERIFY(store.open());
        QCOMPARE(redo(store).act, QStringLiteral("person.add"));
        QCOMPARE(store.row(ann).fields, first);
        QCOMPARE(redo(store).act, QStringLiteral("person.edit"));
        QCOMPARE(store.row(ann).fields, fields);
        QCOMPARE(redo(store).act, QStringLiteral("person.delete"));
        QCOMPARE(countAll(store), 0);
        QVERIFY(!redoable(store));
        undo(store);
        undo(store);
        undo(store);
        QCOMPARE(countAll(store), 0);
    }

    void aNewCommandClosesTheWayForward()
    {
        TemporaryStore store;
        store.add(QStringLiteral("Ann"), {});
        undo(store);
        QVERIFY(redoable(store));
        store.add(QStringLiteral("Bob"), {});
        QVERIFY(!redoable(store));
    }

    void undoTouchesOnlyWhatStillHoldsItsValue()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), {});
        PersonFields fields = store.row(ann).fields;
        fields.note = QStringLiteral("first");
        fields.email = QStringLiteral("a@example.org");
        update(store, ann, fields);
        const BatchId edit = undoable(store)->id;
        fields.note = QStringLiteral("second");
        update(store, ann, fields);
        const auto report = *await<UndoReport>([&](auto then) { return store->batches().undo(edit, then); });
        QCOMPARE(report.restored, 1);
        QCOMPARE(report.kept, 1);
        QCOMPARE(store.row(ann).fields.note, QStringLiteral("second"));
        QCOMPARE(store.row(ann).fields.email, QString());
    }

    void whoWasChangedLaterIsNotTakenAway()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), {});
        const BatchId added = undoable(store)->id;
        PersonFields fields = store.row(ann).fields;
        fields.note = QStringLiteral("talked");
        update(store, ann, fields);
        const auto report = *await<UndoReport>([&](auto then) { return store->batches().undo(added, then); });
        QCOMPARE(report.restored, 0);
        QCOMPARE(report.kept, 1);
        QCOMPARE(countAll(store), 1);
    }

    void aStopByMistakeIsUndone()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        const PersonId bob = store.add(QStringLiteral("Bob"), QStringLiteral("1511"), 491511); // shares the number
        stop(store, {ann});
        QVERIFY(store.row(bob).doNotContact);
        QCOMPARE(undoable(store)->act, QStringLiteral("stop"));
        const UndoReport report = undo(store);
        QCOMPARE(report.act, QStringLiteral("stop"));
        QCOMPARE(report.restored, 2);
        QCOMPARE(report.kept, 0);
        QVERIFY(!store.row(ann).doNotContact);
        QVERIFY(!store.row(bob).doNotContact);
        QVERIFY(!store->stops().contains(AliasKey(491511)));
        QVERIFY(!redoable(store)); // who is to be stopped after all is chosen anew
    }

    void aStopStaysWhenSomethingElseWasUndone()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        const BatchId added = undoable(store)->id;
        stop(store, {ann});
        QVERIFY(await<UndoReport>([&](auto then) { return store->batches().undo(added, then); }));
        QCOMPARE(countAll(store), 0);
        QVERIFY(await<UndoReport>([&](auto then) { return store->batches().redo(added, then); }));
        QVERIFY(store.row(ann).doNotContact);
        QVERIFY(store->stops().contains(AliasKey(491511)));
    }

    void aStopThatWasAskedForTwiceStays()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        stop(store, {ann});
        const BatchId first = undoable(store)->id;
        stop(store, {ann});
        QCOMPARE(undo(store).kept, 1);
        QVERIFY(store.row(ann).doNotContact); // the first command still asks for it
        const auto report = *await<UndoReport>([&](auto then) { return store->batches().undo(first, then); });
        QCOMPARE(report.restored, 0);
        QCOMPARE(report.kept, 1);
        QVERIFY(store.row(ann).doNotContact); // the second one did, too
        QVERIFY(store->stops().contains(AliasKey(491511)));
    }

    void anOptOutStays()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        const PersonId bob = store.add(QStringLiteral("Bob"), QStringLiteral("+491512"), 491512);
        stop(store, {ann, bob});
        const BatchId stopped = undoable(store)->id;
        const ConsentEvent out{.what = ConsentState::OptOut, .atMs = 1, .source = QStringLiteral("chat")};
        QVERIFY(await<Nothing>([&](auto then) { return store->consents().record({ann}, out, then); }));
        QCOMPARE(undoable(store)->id, stopped); // the stop that belongs to the opt-out is not on the way back
        const auto report = *await<UndoReport>([&](auto then) { return store->batches().undo(stopped, then); });
        QCOMPARE(report.restored, 1);
        QVERIFY(store.row(ann).doNotContact);
        QVERIFY(store->stops().contains(AliasKey(491511)));
        QVERIFY(!store.row(bob).doNotContact);
    }

    void anOptOutIsTheNewestAndSaysSo()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        const PersonId bob = store.add(QStringLiteral("Bob"), QStringLiteral("+491512"), 491512);
        stop(store, {bob});
        const ConsentEvent out{.what = ConsentState::OptOut, .atMs = 1, .source = QStringLiteral("chat")};
        QVERIFY(await<Nothing>([&](auto then) { return store->consents().record({ann}, out, then); }));
        const BatchSummary last = newest(store);
        QVERIFY(!last.undoable);
        QCOMPARE(last.stays, BatchSummary::Stays::OptOut);
        QCOMPARE(last.names, QStringList{QStringLiteral("Ann")});

        const ConsentEvent in{.what = ConsentState::OptIn, .atMs = 2, .source = QStringLiteral("form")};
        QVERIFY(await<Nothing>([&](auto then) { return store->consents().record({bob}, in, then); }));
        QCOMPARE(newest(store).stays, BatchSummary::Stays::Consent);
        QCOMPARE(newest(store).names, QStringList{QStringLiteral("Bob")});
    }

    /// "Lift do-not-contact as well" for somebody who is not stopped: what came before it is still the last command.
    void aLiftOfNobodyIsNotTheNewest()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        stop(store, {store.add(QStringLiteral("Bob"), QStringLiteral("+491512"), 491512)});
        const BatchId before = newest(store).id;
        QVERIFY(!before.isNull());
        const auto lift = [&](auto then) { return store->stops().lift({ann}, QStringLiteral("other"), then); };
        QVERIFY(await<Nothing>(lift));
        QCOMPARE(newest(store).id, before);
        QVERIFY(newest(store).undoable);

        const ConsentEvent in{.what = ConsentState::OptIn, .atMs = 2, .source = QStringLiteral("form")};
        QVERIFY(await<Nothing>([&](auto then) { return store->consents().record({ann}, in, then, true); }));
        QCOMPARE(newest(store).stays, BatchSummary::Stays::Consent);
        QCOMPARE(newest(store).names, QStringList{QStringLiteral("Ann")});
    }

    /// Whichever command writes it down, an opt-out is lifted by a new consent only.
    void aStopForOptOutIsAnOptOut()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        stop(store, {ann}); // for another reason at first
        const BatchId first = newest(store).id;
        const auto optOut = [&](auto then) { return store->stops().stop({ann}, {}, QStringLiteral("opt-out"), then); };
        QVERIFY(await<Nothing>(optOut));
        const BatchSummary last = newest(store);
        QVERIFY(!last.undoable);
        QCOMPARE(last.stays, BatchSummary::Stays::OptOut);
        const auto refused = await<UndoReport>([&](auto then) { return store->batches().undo(last.id, then); });
        QCOMPARE(refused.failure().kind, Failure::Kind::Unsupported);
        const auto report = *await<UndoReport>([&](auto then) { return store->batches().undo(first, then); });
        QCOMPARE(report.restored, 0);
        const auto lift = [&](auto then) { return store->stops().lift({ann}, QStringLiteral("other"), then); };
        QVERIFY(await<Nothing>(lift));
        QVERIFY(store.row(ann).doNotContact);
    }

    /// Undo data kept for 7 days only: a stop for spam that is older is no opt-out, and nothing older is meant instead.
    void aStopWhoseUndoDaysAreOverIsNoOptOut()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        const ConsentEvent in{.what = ConsentState::OptIn, .atMs = 2, .source = QStringLiteral("form")};
        QVERIFY(await<Nothing>([&](auto then) { return store->consents().record({ann}, in, then); }));
        const auto stopFor = [&](const char *reason) {
            return bool(await<Nothing>(
                [&](auto then) { return store->stops().stop({ann}, {}, QString::fromLatin1(reason), then); }));
        };
        QVERIFY(stopFor("spam"));
        store.clock.advance(8LL * 86'400'000);
        const auto forget = [&](auto then) { return store->erasures().apply({.undoDays = 7}, true, then); };
        QVERIFY(await<RetentionCounts>(forget));
        const auto nothing
            = await<std::optional<BatchSummary>>([&](auto then) { return store->batches().newest(then); });
        QVERIFY(nothing && !*nothing);

        QVERIFY(stopFor("opt-out")); // asked for twice, so the stop itself belongs to no single command
        store.clock.advance(8LL * 86'400'000);
        QVERIFY(await<RetentionCounts>(forget));
        QCOMPARE(newest(store).stays, BatchSummary::Stays::OptOut);
    }

    void aLiftedStopComesBack()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        const PersonId bob = store.add(QStringLiteral("Bob"), QStringLiteral("+491512"), 491512);
        stop(store, {ann, bob});
        const auto lift = [&](auto then) { return store->stops().lift({ann, bob}, QStringLiteral("other"), then); };
        QVERIFY(await<Nothing>(lift));
        QVERIFY(!store.row(ann).doNotContact);
        const BatchSummary last = newest(store);
        QCOMPARE(last.act, QStringLiteral("stop.lift"));
        QVERIFY(last.undoable);
        QCOMPARE(last.names, (QStringList{QStringLiteral("Ann"), QStringLiteral("Bob")}));
        stop(store, {bob}); // a newer one, for a reason of its own
        const BatchId again = newest(store).id;

        const auto report = *await<UndoReport>([&](auto then) { return store->batches().undo(last.id, then); });
        QCOMPARE(report.restored, 1);
        QCOMPARE(report.kept, 1);
        QVERIFY(store.row(ann).doNotContact);
        QVERIFY(store->stops().contains(AliasKey(491511)));
        QVERIFY(!redoable(store)); // that would lift without being asked why
        QCOMPARE(newest(store).id, again);
    }

    void whatAGatewayWasAskedStaysAndIsTheLastCommand()
    {
        TemporaryStore store;
        const AccountId account = store.account();
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        stop(store, {ann});
        OperationOrder order;
        order.account = account;
        order.reason = QStringLiteral("spam");
        order.stop = true; // stopped already: no second batch of the same command
        const OperationItem item{.alias = AliasKey(491511), .person = ann, .ask = QStringLiteral("+491511")};
        Blocks &blocks = store->blocks();
        const RunId run = *await<RunId>([&](auto then) { return blocks.start(order, {item}, then); });
        QVERIFY(!store->stops().isSaving(AliasKey(491511)));
        QCOMPARE(undoable(store)->run, run);
        QVERIFY(undoable(store)->underWay);
        const auto items
            = *await<std::vector<OperationItem>>([&](auto then) { return blocks.nextItems(run, 9, then); });
        QVERIFY(await<std::vector<OperationItem>>([&](auto then) { return blocks.send(run, {items[0].id}, then); }));
        const OperationAnswer done{.operation = items[0].id, .state = OperationState::Done};
        QVERIFY(await<Nothing>([&](auto then) { return blocks.answer(run, {done}, then); }));
        QVERIFY(await<Nothing>([&](auto then) { return blocks.setState(run, OperationRunState::Done, then); }));

        const BatchSummary last = *undoable(store);
        QCOMPARE(last.run, run);
        QCOMPARE(last.act, QStringLiteral("block.run"));
        QVERIFY(last.undoable);
        QCOMPARE(last.standing, 1);
        const auto list = *await<std::vector<BatchSummary>>([&](auto then) { return store->batches().list(then); });
        QCOMPARE(list.size(), 3u); // the run, the stop, the adding
        QCOMPARE(list[0].run, run);
        QCOMPARE(list[1].act, QStringLiteral("stop"));
        // The stop by itself cannot be taken away from somebody whom the gateway has blocked.
        const auto report = *await<UndoReport>([&](auto then) { return store->batches().undo(list[1].id, then); });
        QCOMPARE(report.restored, 0);
        QCOMPARE(report.kept, 1);
        QVERIFY(store.row(ann).doNotContact);

        order.kind = OperationKind::Unblock;
        order.stop = false;
        order.undoes = run;
        QVERIFY(await<RunId>([&](auto then) { return blocks.start(order, {item}, then); }));
        QCOMPARE(undoable(store)->act, QStringLiteral("person.add")); // asked for: not offered twice
    }

    void whatWasOnlyArmedIsTakenBackWithItsStop()
    {
        TemporaryStore store;
        const AccountId account = store.account();
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        OperationOrder order;
        order.account = account;
        order.reason = QStringLiteral("spam");
        const OperationItem item{.alias = AliasKey(491511), .person = ann, .ask = QStringLiteral("+491511")};
        QCOMPARE(*await<qint64>([&](auto then) { return store->blocks().arm(order, {item}, then); }), 1);
        QVERIFY(store.row(ann).doNotContact);
        QCOMPARE(undo(store).restored, 1);
        QVERIFY(!store.row(ann).doNotContact);
        const auto entries
            = *await<std::vector<BlockEntry>>([&](auto then) { return store->blocks().entries(account, then); });
        QCOMPARE(lightOf(entries[0]), BlockLight::None);
    }

    void afterThirtyDaysItIsTooLate()
    {
        TemporaryStore store;
        store.add(QStringLiteral("Ann"), {});
        const BatchId id = undoable(store)->id;
        store.clock.advance(30LL * 86'400'000 - 1);
        QVERIFY(undoable(store));
        store.clock.advance(1);
        QVERIFY(!undoable(store));
        const auto refused = await<UndoReport>([&](auto then) { return store->batches().undo(id, then); });
        QCOMPARE(refused.failure().kind, Failure::Kind::Unsupported);
        const auto list = *await<std::vector<BatchSummary>>([&](auto then) { return store->batches().list(then); });
        QCOMPARE(list.size(), 1u);
        QVERIFY(!list[0].undoable);
        QCOMPARE(list[0].by, QStringLiteral("Tess"));
    }

    void whatIsGoneAfterThirtyDays()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Secret Ann"), {});
        QVERIFY(await<qint64>([&](auto then) { return store->people().remove({ann}, then); }));
        store.clock.advance(30LL * 86'400'000 + 1);
        QVERIFY(await<Nothing>([&](auto then) { return store->batches().forgetOld(then); }));
        store.close();
        QFile file(store.file());
        QVERIFY(file.open(QIODevice::ReadOnly));
        // The journal's details still name her (they are erased on request); the before-values do not.
        QCOMPARE(file.readAll().count("Secret Ann"), 1);
    }
};

QTEST_GUILESS_MAIN(BatchesTest)
#include "batches_test.moc"
