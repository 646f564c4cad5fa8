// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/batches.h"

#include "models/store/blocks.h"
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
        OperationOrder order;
        order.account = account;
        order.reason = QStringLiteral("spam");
        OperationItem item{.alias = AliasKey(491511), .person = ann, .ask = QStringLiteral("+491511")};
        QVERIFY(await<RunId>([&](auto then) { return store->blocks().start(order, {item}, then); }));
        const UndoReport report = undo(store);
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

    void aStopIsNotUndone()
    {
        TemporaryStore store;
        const PersonId ann = store.add(QStringLiteral("Ann"), QStringLiteral("+491511"), 491511);
        const BatchId added = undoable(store)->id;
        QVERIFY(
            await<Nothing>([&](auto then) { return store->stops().stop({ann}, {}, QStringLiteral("STOP"), then); }));
        QCOMPARE(undoable(store)->id, added); // the stop itself is not on the way back
        undo(store);
        QCOMPARE(countAll(store), 0);
        redo(store);
        QVERIFY(store.row(ann).doNotContact);
        QVERIFY(store->stops().contains(AliasKey(491511)));
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
