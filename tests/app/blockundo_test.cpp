// SPDX-License-Identifier: GPL-3.0-or-later
// Undo in the whole program: what was done here goes back at once, what a gateway was asked goes back by the opposite
// requests, offered with their price.
#include "app/application.h"
#include "tests/app/blockworld.h"
#include "tests/support/answer.h"
#include "ui/shell/actions.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTableWidget>

using namespace rollcall;
using namespace rollcall::tests;

class BlockUndoTest final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_world.reset(); }
    void aBlockIsTakenBackByTheOppositeRequests();
    void historyAndTheResultOfferTheSame();
    void anUnblockIsTakenBackWithTheReasonTheyHad();
    void whatAnUnblockLiftedComesBackToo();
    void aBlockForOptOutKeepsItsStop();
    void aRunUnderWayIsCancelledFirst();
    void doNotContactByMistake();
    void anOptOutIsNotTakenBack();
    void namesTagsAndImports();

private:
    std::unique_ptr<BlockWorld> m_world;
};

void BlockUndoTest::init()
{
    m_world = std::make_unique<BlockWorld>();
    QVERIFY(m_world->start());
}

void BlockUndoTest::aBlockIsTakenBackByTheOppositeRequests()
{
    BlockWorld &world = *m_world;
    const QStringList numbers = world.addPeople(3);
    QVERIFY(world.choose("contacts", 3));
    QVERIFY(world.blockChosen());
    QVERIFY(world.lastRun(1));
    QCOMPARE(world.blockedAtGateway(numbers), 3);

    QAction *undo = world.open.window().actions().at(Act::Undo);
    QVERIFY(eventually([&] { return undo->toolTip().contains(QStringLiteral("opposite requests")); }));
    QVERIFY(world.run(Act::Undo));
    QWidget *plan = dialogNamed(QStringLiteral("blockPlan"));
    QVERIFY2(plan, qPrintable(world.open.told.join(u'/') + undo->toolTip() + wordsOnScreen()));
    shot(plan, "undo-plan");
    const QString words = wordsOf(plan);
    QVERIFY2(words.contains(QStringLiteral("Unblock 3 people")), qPrintable(words));
    QVERIFY2(words.contains(QStringLiteral("takes back the block of")), qPrintable(words));
    QVERIFY2(words.contains(QStringLiteral("Requests")) && words.contains(QStringLiteral("Estimated time")),
        qPrintable(words)); // its price
    QCOMPARE(world.writes("DELETE", "block_users"), 0); // offered only
    // Everybody in it can be looked at, by name and number.
    auto *people = named<QTableView>(*plan, "planPeople");
    QCOMPARE(people->model()->rowCount(), 3);
    QSet<QString> names;
    QVERIFY(eventually([&] {
        names.clear();
        for (int row = 0; row < 3; ++row)
            names << people->model()->index(row, 0).data().toString();
        return names == QSet<QString>{QStringLiteral("P0"), QStringLiteral("P1"), QStringLiteral("P2")};
    }));
    QSet<QString> shown; // grouped for the eye
    for (int row = 0; row < 3; ++row)
        shown << people->model()->index(row, 1).data().toString().remove(u' ');
    QCOMPARE(shown, QSet<QString>(numbers.begin(), numbers.end()));
    QCOMPARE(people->model()->index(0, 2).data().toString(), QStringLiteral("Unblock"));
    QCOMPARE(people->accessibleName(), QStringLiteral("People of this plan"));
    // Where the frame stands is what Return does.
    auto *start = named<QPushButton>(*plan, "start");
    QVERIFY(start->isDefault());
    QVERIFY2(QApplication::focusWidget() == start, qPrintable(QApplication::focusWidget()->objectName()));
    QVERIFY(pressed(plan, "cancel"));
    spin(100);
    QCOMPARE(world.runs().size(), std::size_t(1));
    QCOMPARE(world.blockedAtGateway(numbers), 3);

    QVERIFY(world.run(Act::Undo));
    QVERIFY(pressed(dialogNamed(QStringLiteral("blockPlan")), "start"));
    const auto undone = world.lastRun(2);
    QVERIFY(undone);
    QCOMPARE(undone->kind, OperationKind::Unblock);
    QCOMPARE(undone->undoes, world.runs().back().id);
    QCOMPARE(undone->done, 3);
    QCOMPARE(world.blockedAtGateway(numbers), 0);
    QCOMPARE(world.writes("DELETE", "block_users"), 1);
    QCOMPARE(world.stopped(), 3); // do-not-contact is a layer of its own
    // What is left of the command is the stop: the next Ctrl+Z takes that back, here and at once.
    QVERIFY(eventually([&] { return !undo->toolTip().contains(QStringLiteral("opposite requests")); }));
    QVERIFY(world.run(Act::Undo));
    QVERIFY(eventually([&] { return world.stopped() == 0; }));
    QCOMPARE(world.writes("DELETE", "block_users"), 1);
}

void BlockUndoTest::historyAndTheResultOfferTheSame()
{
    BlockWorld &world = *m_world;
    const QStringList numbers = world.addPeople(2);
    QVERIFY(world.choose("contacts", 2));
    QVERIFY(world.blockChosen());
    QVERIFY(world.lastRun(1));
    QVERIFY(world.run(Act::History));
    QWidget *history = dialogNamed(QStringLiteral("historyDialog"));
    QVERIFY(history);
    auto *table = named<QTableWidget>(*history, "history.table");
    QVERIFY(eventually([&] { return table->rowCount() == 4; })); // block, stop, two people added
    shot(history, "history");
    QCOMPARE(table->item(0, 2)->text(), QStringLiteral("Block"));
    QCOMPARE(table->item(0, 3)->text(), QStringLiteral("2"));
    QCOMPARE(table->item(0, 4)->text(), QStringLiteral("Stands for 2 people"));
    QCOMPARE(table->item(1, 2)->text(), QStringLiteral("Do not contact"));
    table->selectRow(0);
    auto *button = named<QPushButton>(*history, "history.undo");
    QCOMPARE(button->text(), QStringLiteral("&Unblock these…"));
    QVERIFY(pressed(history, "history.undo"));
    QWidget *plan = dialogNamed(QStringLiteral("blockPlan"));
    QVERIFY2(plan, qPrintable(world.open.told.join(u'/') + wordsOnScreen()));
    QVERIFY(wordsOf(plan).contains(QStringLiteral("Unblock 2 people")));
    QVERIFY(pressed(plan, "cancel"));
    QVERIFY(eventually([&] { return QApplication::activeModalWidget() == nullptr; }));

    auto *show = named<QAbstractButton>(world.open.window().jobs(), "job.open");
    QVERIFY(show);
    show->click();
    QWidget *result = dialogNamed(QStringLiteral("blockResult"));
    QVERIFY(pressed(result, "undo"));
    plan = dialogNamed(QStringLiteral("blockPlan"));
    QVERIFY2(plan, qPrintable(world.open.told.join(u'/') + wordsOnScreen()));
    QVERIFY(pressed(plan, "start"));
    QVERIFY(world.lastRun(2));
    QCOMPARE(world.blockedAtGateway(numbers), 0);
    // Asked for once: neither offers it again.
    QVERIFY(world.run(Act::History));
    history = dialogNamed(QStringLiteral("historyDialog"));
    table = named<QTableWidget>(*history, "history.table");
    QVERIFY(eventually([&] { return table->rowCount() == 5; }));
    QCOMPARE(table->item(1, 4)->text(), QStringLiteral("The opposite was asked for"));
    table->selectRow(1);
    QVERIFY(!named<QPushButton>(*history, "history.undo")->isEnabled());
}

void BlockUndoTest::anUnblockIsTakenBackWithTheReasonTheyHad()
{
    BlockWorld &world = *m_world;
    const QStringList numbers = world.addPeople(2);
    QVERIFY(world.choose("contacts", 2));
    QVERIFY(world.blockChosen(QStringLiteral("Fraud")));
    QVERIFY(world.lastRun(1));
    world.open.window().showPage(Act::ShowBlocked);
    QVERIFY(world.choose("blocked", 2));
    QVERIFY(world.run(Act::Unblock));
    QVERIFY(pressed(world.toPlan(dialogNamed(QStringLiteral("unblockDialog")), {}), "start"));
    QVERIFY(world.lastRun(2));
    QCOMPARE(world.blockedAtGateway(numbers), 0);
    QVERIFY(eventually(
        [&] { return world.open.window().actions().at(Act::Undo)->toolTip().contains(QStringLiteral("Unblock")); }));
    QVERIFY(world.run(Act::Undo));
    QWidget *plan = dialogNamed(QStringLiteral("blockPlan"));
    QVERIFY2(plan, qPrintable(world.open.told.join(u'/') + wordsOnScreen()));
    QVERIFY(wordsOf(plan).contains(QStringLiteral("Block 2 people")));
    QVERIFY(pressed(plan, "start"));
    QVERIFY(world.lastRun(3));
    QCOMPARE(world.blockedAtGateway(numbers), 2);
    for (const BlockEntry &entry : world.ledgerAt(world.cloud))
        QCOMPARE(entry.reason, QStringLiteral("fraud"));
}

/// Do-not-contact is a step of its own, there and back, and the plan says so.
void BlockUndoTest::whatAnUnblockLiftedComesBackToo()
{
    BlockWorld &world = *m_world;
    world.addPeople(2);
    QVERIFY(world.choose("contacts", 2));
    QVERIFY(world.blockChosen());
    QVERIFY(world.lastRun(1));
    world.open.window().showPage(Act::ShowBlocked);
    QVERIFY(world.choose("blocked", 2));
    QVERIFY(world.run(Act::Unblock));
    QWidget *dialog = dialogNamed(QStringLiteral("unblockDialog"));
    QVERIFY(dialog);
    named<QCheckBox>(*dialog, "here")->setChecked(true);
    QVERIFY(pressed(world.toPlan(dialog, {}), "start"));
    QVERIFY(world.lastRun(2));
    QCOMPARE(world.stopped(), 0);
    QCOMPARE(world.journalled(QStringLiteral("stop.lift")), 1);
    QAction *undo = world.open.window().actions().at(Act::Undo);
    QVERIFY(eventually([&] { return undo->toolTip().contains(QStringLiteral("Unblock")); }));
    QVERIFY(world.run(Act::Undo));
    QWidget *plan = dialogNamed(QStringLiteral("blockPlan"));
    QVERIFY2(
        wordsOf(plan).contains(QStringLiteral("Do-not-contact does not come back by this")), qPrintable(wordsOf(plan)));
    QVERIFY(pressed(plan, "start"));
    QVERIFY(world.lastRun(3));
    QCOMPARE(world.stopped(), 0);
    QVERIFY(eventually([&] { return undo->toolTip().contains(QStringLiteral("Do-not-contact lifted")); }));
    QVERIFY(world.run(Act::Undo));
    QVERIFY(eventually([&] { return world.stopped() == 2; }));
}

/// A block for the reason "Opt-out" obeys the rule of opt-outs.
void BlockUndoTest::aBlockForOptOutKeepsItsStop()
{
    BlockWorld &world = *m_world;
    const QStringList numbers = world.addPeople(1);
    QVERIFY(world.choose("contacts", 1));
    QVERIFY(world.blockChosen(QStringLiteral("Opt-out")));
    QVERIFY(world.lastRun(1));
    QAction *undo = world.open.window().actions().at(Act::Undo);
    QVERIFY(eventually([&] { return undo->toolTip().contains(QStringLiteral("opposite requests")); }));
    QVERIFY(world.run(Act::Undo));
    QWidget *plan = dialogNamed(QStringLiteral("blockPlan"));
    QVERIFY2(wordsOf(plan).contains(QStringLiteral("Do-not-contact stays")), qPrintable(wordsOf(plan)));
    QVERIFY(pressed(plan, "start"));
    QVERIFY(world.lastRun(2));
    QCOMPARE(world.blockedAtGateway(numbers), 0);
    QVERIFY(eventually([&] { return undo->toolTip().contains(QStringLiteral("Opt-out")); }));
    world.open.told.clear();
    QVERIFY(world.run(Act::Undo));
    QVERIFY(eventually([&] { return world.open.told.size() == 1; }));
    QVERIFY2(world.open.told[0].contains(QStringLiteral("new consent")), qPrintable(world.open.told[0]));
    QCOMPARE(world.stopped(), 1);
}

void BlockUndoTest::aRunUnderWayIsCancelledFirst()
{
    BlockWorld &world = *m_world;
    world.addPeople(1);
    world.sandbox.fault(QStringLiteral("slow=1500:1"));
    QVERIFY(world.choose("contacts", 1));
    QVERIFY(world.blockChosen());
    QAction *undo = world.open.window().actions().at(Act::Undo);
    QVERIFY(eventually([&] { return undo->isEnabled() && undo->toolTip().contains(QStringLiteral("opposite")); }));
    world.open.told.clear();
    undo->trigger();
    QVERIFY(eventually([&] { return world.open.told.size() == 1; }));
    QVERIFY2(world.open.told[0].contains(QStringLiteral("still under way")), qPrintable(world.open.told[0]));
    QCOMPARE(world.stopped(), 1); // above all it took nothing older back
    QCOMPARE(world.open.people(), 1);
    QVERIFY(world.lastRun(1));
}

void BlockUndoTest::doNotContactByMistake()
{
    BlockWorld &world = *m_world;
    world.addPeople(2);
    QVERIFY(world.choose("contacts", 2));
    QVERIFY(world.run(Act::Block));
    QWidget *dialog = dialogNamed(QStringLiteral("blockDialog"));
    QVERIFY(dialog);
    named<QCheckBox>(*dialog, qPrintable(QStringLiteral("account-%1").arg(world.cloud.value())))->setChecked(false);
    QVERIFY(pressed(world.toPlan(dialog, QStringLiteral("Other")), "start"));
    QVERIFY(eventually([&] { return world.stopped() == 2; }));
    QVERIFY(world.run(Act::Undo));
    QVERIFY2(
        eventually([&] { return world.stopped() == 0; }), qPrintable(world.open.told.join(u'/') + wordsOnScreen()));
    QVERIFY(world.sandbox.ledger().empty()); // nobody was asked anything
}

void BlockUndoTest::anOptOutIsNotTakenBack()
{
    BlockWorld &world = *m_world;
    world.addPeople(1);
    QVERIFY(world.choose("contacts", 1));
    QVERIFY(world.run(Act::OptOut));
    QWidget *dialog = dialogNamed(QStringLiteral("consentDialog"));
    QVERIFY(dialog);
    named<QLineEdit>(*dialog, "source")->setText(QStringLiteral("phone call"));
    QVERIFY(pressed(dialog, "record"));
    QVERIFY(eventually([&] { return world.stopped() == 1; }));
    // Ctrl+Z means the newest command. It says what that is and whom it is about, and takes back nothing older.
    QAction *undo = world.open.window().actions().at(Act::Undo);
    QVERIFY2(eventually([&] { return undo->toolTip().contains(QStringLiteral("Opt-out, 1 ")); }),
        qPrintable(undo->toolTip()));
    QVERIFY2(undo->toolTip().contains(QStringLiteral("P0")), qPrintable(undo->toolTip()));
    world.open.told.clear();
    QVERIFY(world.run(Act::Undo));
    QVERIFY(eventually([&] { return world.open.told.size() == 1; }));
    QVERIFY2(world.open.told[0].contains(QStringLiteral("new consent")), qPrintable(world.open.told[0]));
    QVERIFY2(world.open.told[0].contains(QStringLiteral("Opt-out")), qPrintable(world.open.told[0]));
    QVERIFY2(world.open.told[0].contains(QStringLiteral("P0")), qPrintable(world.open.told[0]));
    QCOMPARE(world.stopped(), 1);
    QCOMPARE(world.open.people(), 1);
}

void BlockUndoTest::namesTagsAndImports()
{
    BlockWorld &world = *m_world;
    OpenApp &open = world.open;
    world.addPeople(1);
    QVERIFY(world.choose("contacts", 1));
    world.table("contacts").setCurrentIndex(world.table("contacts").model()->index(0, 0));
    QVERIFY(world.run(Act::EditPerson));
    QWidget *edit = dialogNamed(QStringLiteral("editPerson"));
    QVERIFY(edit);
    named<QLineEdit>(*edit, "name")->setText(QStringLiteral("Renamed"));
    named<QLineEdit>(*edit, "tags")->setText(QStringLiteral("vip, spring"));
    QVERIFY(pressed(edit, "save"));
    const auto name
        = [&] { return world.table("contacts").model()->index(0, int(PersonColumn::Name)).data().toString(); };
    const auto tags
        = [&] { return world.table("contacts").model()->index(0, int(PersonColumn::Tags)).data().toString(); };
    QVERIFY(eventually([&] { return name() == QStringLiteral("Renamed") && tags().contains(QStringLiteral("vip")); }));
    QVERIFY(eventually(
        [&] { return open.window().actions().at(Act::Undo)->toolTip().contains(QStringLiteral("Edit person")); }));
    QVERIFY(world.run(Act::Undo));
    QVERIFY(eventually([&] { return name() == QStringLiteral("P0") && tags().isEmpty(); }));
    QVERIFY(world.run(Act::Redo));
    QVERIFY(eventually([&] { return name() == QStringLiteral("Renamed"); }));

    QVERIFY(world.run(Act::ImportSample));
    QWidget *dialog = dialogNamed(QStringLiteral("importDialog"));
    QVERIFY(dialog);
    auto *trail = named<QLabel>(*dialog, "trail");
    for (const char *step : {"Columns", "Numbers", "Consent", "Dry run"}) {
        QVERIFY(eventually([&] { return trail->text().contains(QLatin1String(step)); }, 20'000));
        if (qstrcmp(step, "Consent") == 0)
            named<QRadioButton>(*dialog, "consentNone")->setChecked(true);
        QVERIFY(pressed(dialog, "next"));
    }
    QVERIFY(eventually([&] { return world.open.people() > 100; }, 20'000));
    dialog->close();
    // The one who was blocked since stays; the others go.
    QVERIFY(eventually(
        [&] { return open.window().actions().at(Act::Undo)->toolTip().contains(QStringLiteral("Import")); }));
    QVERIFY(world.run(Act::Undo));
    QVERIFY(eventually([&] { return world.open.people() == 1; }));
    QVERIFY(world.run(Act::Redo));
    QVERIFY(eventually([&] { return world.open.people() > 100; }));
}

QTEST_MAIN(BlockUndoTest)
#include "blockundo_test.moc"
