// SPDX-License-Identifier: GPL-3.0-or-later
// What stands on the gateway's own list, beside ours: who came and went there without us, how full it is, and which
// accounts cannot say. In the whole program against a real sandbox.
#include "app/application.h"
#include "models/blocks/reconcile.h"
#include "tests/app/blockworld.h"
#include "tests/support/answer.h"
#include "ui/shell/actions.h"

#include <QCheckBox>
#include <QComboBox>
#include <QPointer>
#include <QPushButton>
#include <QRegularExpression>

using namespace rollcall;
using namespace rollcall::tests;

class BlockServerTest final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_world.reset(); }
    void whoAppearedElsewhereIsSeenAndTakenIn();
    void whatWentElsewhereIsBlockedAgainOverAPlan();
    void aDeadGatewayIsNotReadForEver();
    void theDetailsOfARefusedOneOfferToArm();
    void anAccountThatOnlyTellsIsComparedForWhatIsKnown();
    void anAccountThatCannotListSaysSo();
    void aFullListIsForetold();

private:
    /// Opens Reconcile and waits until it has read.
    QWidget *reconciled() const
    {
        if (!m_world->run(Act::Reconcile))
            return nullptr;
        QWidget *dialog = dialogNamed(QStringLiteral("reconcileDialog"));
        auto *again = dialog ? named<QPushButton>(*dialog, "readAgain") : nullptr;
        return again && eventually([&] { return again->isEnabled(); }) ? dialog : nullptr;
    }
    static void close(QWidget *dialog)
    {
        // From the event loop, as a click would: it deletes itself there.
        const QPointer<QWidget> closing(dialog);
        QMetaObject::invokeMethod(
            dialog, [dialog] { dialog->close(); }, Qt::QueuedConnection);
        (void)eventually([&] { return closing.isNull(); });
    }
    std::unique_ptr<BlockWorld> m_world;
};

void BlockServerTest::init()
{
    m_world = std::make_unique<BlockWorld>();
    QVERIFY(m_world->start());
}

void BlockServerTest::whoAppearedElsewhereIsSeenAndTakenIn()
{
    BlockWorld &world = *m_world;
    const QStringList numbers = world.addPeople(1);
    QWidget *dialog = reconciled();
    QVERIFY(dialog);
    QVERIFY(wordsOf(dialog).contains(QStringLiteral("first read of this list")));
    close(dialog);
    world.sandbox.server().setBlocked(numbers[0].toStdString(), true); // another program did

    const auto before = world.sandbox.ledger().size();
    dialog = reconciled();
    QVERIFY(dialog);
    shot(dialog, "reconcile-window");
    const QString words = wordsOf(dialog);
    QVERIFY2(words.contains(QStringLiteral("not by this app: 1 appeared, 0 went")), qPrintable(words));
    auto *lines = named<QTableView>(*dialog, "differences");
    QCOMPARE(lines->model()->rowCount(), 1);
    QCOMPARE(world.writes("POST", "block_users"), 0); // a dry run
    QVERIFY(world.sandbox.ledger().size() > before);
    QCOMPARE(world.stopped(), 0);
    QVERIFY(pressed(dialog, "apply"));
    world.open.window().showPage(Act::ShowBlocked);
    QVERIFY(eventually([&] { return world.cell(0, BlockedColumn::Block) == QStringLiteral("Blocked, confirmed"); }));
    QCOMPARE(world.writes("POST", "block_users"), 0); // adopting asks nobody
    QCOMPARE(world.stopped(), 0); // and stops nobody

    QVERIFY(world.choose("blocked", 1));
    QVERIFY(world.run(Act::BlockDetails));
    QWidget *details = dialogNamed(QStringLiteral("blockDetails"));
    QVERIFY(details);
    auto *seen = named<QLabel>(*details, "sightings");
    QVERIFY(eventually([&] { return !seen->text().isEmpty(); }));
    shot(details, "details");
    QVERIFY2(seen->text().contains(QStringLiteral("appeared on the gateway's list between"))
            && seen->text().contains(QStringLiteral("not by this app")),
        qPrintable(seen->text()));
}

/// What goes to the gateway has its flight plan, also when comparing the lists found it.
void BlockServerTest::whatWentElsewhereIsBlockedAgainOverAPlan()
{
    BlockWorld &world = *m_world;
    const QStringList numbers = world.addPeople(2);
    QVERIFY(world.choose("contacts", 2));
    QVERIFY(world.blockChosen());
    QVERIFY(world.lastRun(1));
    world.sandbox.server().setBlocked(numbers[0].toStdString(), false); // another program did
    QWidget *dialog = reconciled();
    QVERIFY(dialog);
    auto *group = dialog->findChildren<QComboBox *>(QRegularExpression(QStringLiteral("^group-"))).value(0);
    QVERIFY(group);
    const int again = group->findData(int(ReconcileChoice::Block));
    QVERIFY(again >= 0);
    group->setCurrentIndex(again);
    emit group->activated(again);
    const int writes = world.writes("POST", "block_users");
    QVERIFY(pressed(dialog, "apply"));
    QWidget *plan = dialogNamed(QStringLiteral("blockPlan"));
    QVERIFY(plan);
    QVERIFY2(wordsOf(plan).contains(QStringLiteral("Block 1 ")), qPrintable(wordsOf(plan)));
    QCOMPARE(named<QTableView>(*plan, "planPeople")->model()->rowCount(), 1);
    QCOMPARE(world.writes("POST", "block_users"), writes); // nothing left yet
    QVERIFY(pressed(plan, "start"));
    QVERIFY(world.lastRun(2));
    QCOMPARE(world.blockedAtGateway(numbers), 2);
}

void BlockServerTest::aDeadGatewayIsNotReadForEver()
{
    BlockWorld &world = *m_world;
    world.sandbox.fault(QStringLiteral("401"));
    QWidget *dialog = reconciled();
    QVERIFY(dialog);
    QVERIFY(named<QLabel>(*dialog, "problem")->isVisible());
    QVERIFY(!named<QWidget>(*dialog, "readingBar")->isVisible());
    const QString words = named<QLabel>(*dialog, "reading")->text();
    QVERIFY2(words.contains(QStringLiteral("was not read")), qPrintable(words));
    close(dialog);
}

/// Outside the 24 hours the next step stands where one looks at the line.
void BlockServerTest::theDetailsOfARefusedOneOfferToArm()
{
    BlockWorld &world = *m_world;
    const QStringList numbers = world.addPeople(1, false);
    QVERIFY(world.choose("contacts", 1));
    QVERIFY(world.run(Act::Block));
    QWidget *dialog = dialogNamed(QStringLiteral("blockDialog"));
    QVERIFY(dialog);
    named<QCheckBox>(*dialog, "here")->setChecked(false);
    QVERIFY(pressed(world.toPlan(dialog, QStringLiteral("Spam")), "start")); // not known: tried now
    QVERIFY(world.lastRun(1));
    QCOMPARE(world.blockedAtGateway(numbers), 0);
    world.open.window().showPage(Act::ShowBlocked);
    QVERIFY(world.choose("blocked", 1));
    QVERIFY(eventually([&] { return world.cell(0, BlockedColumn::Block) == QStringLiteral("Not done"); }));
    QVERIFY(world.run(Act::BlockDetails));
    QWidget *details = dialogNamed(QStringLiteral("blockDetails"));
    QCOMPARE(world.stopped(), 0);
    QVERIFY(pressed(details, "arm"));
    QVERIFY(eventually([&] { return world.cell(0, BlockedColumn::Block) == QStringLiteral("Armed"); }));
    QCOMPARE(world.stopped(), 1);
    QVERIFY(eventually([&] { return !named<QWidget>(*details, "arm")->isVisible(); }));
    close(details);
}

void BlockServerTest::anAccountThatOnlyTellsIsComparedForWhatIsKnown()
{
    BlockWorld &world = *m_world;
    world.open.window().setCurrentAccount(world.wawp);
    const QStringList numbers = world.addPeople(2);
    QVERIFY(world.choose("contacts", 2));
    QVERIFY(world.blockChosen());
    QVERIFY(world.lastRun(1));
    QCOMPARE(world.blockedAtGateway(numbers), 2);
    world.sandbox.server().setBlocked(numbers[0].toStdString(), false); // on the phone itself
    world.sandbox.server().setBlocked(world.sandbox.people(3, true)[2].toStdString(), true); // unseen: not ours
    QWidget *dialog = reconciled();
    QVERIFY(dialog);
    shot(dialog, "reconcile-wawp");
    const auto *told = named<QLabel>(*dialog, "snapshots");
    QVERIFY(told->isVisible());
    QVERIFY2(told->text().contains(QStringLiteral("asked about 2 people of our own ledger"))
            && told->text().contains(QStringLiteral("elsewhere stays unseen")),
        qPrintable(told->text()));
    auto *lines = named<QTableView>(*dialog, "differences");
    QCOMPARE(lines->model()->rowCount(), 1); // the one of the two who is gone
    QVERIFY(pressed(dialog, "readAgain"));
    close(dialog);
    for (const BlockEntry &entry : world.ledgerAt(world.wawp))
        QCOMPARE(entry.standing, BlockStanding::Blocked); // looking changes nothing of ours
}

void BlockServerTest::anAccountThatCannotListSaysSo()
{
    BlockWorld &world = *m_world;
    world.open.window().setCurrentAccount(world.node);
    QAction *reconcile = world.open.window().actions().at(Act::Reconcile);
    QVERIFY(!reconcile->isEnabled());
    QVERIFY2(Actions::whyDisabled(*reconcile).contains(QStringLiteral("list"), Qt::CaseInsensitive),
        qPrintable(Actions::whyDisabled(*reconcile)));
    world.addPeople(1);
    QVERIFY(world.choose("contacts", 1));
    QVERIFY(world.blockChosen());
    QVERIFY(world.lastRun(1));
    world.open.window().showPage(Act::ShowBlocked);
    QVERIFY(world.choose("blocked", 1));
    QVERIFY(
        eventually([&] { return world.cell(0, BlockedColumn::Block) == QStringLiteral("Blocked, not confirmed"); }));
    QVERIFY(world.run(Act::BlockDetails));
    QWidget *details = dialogNamed(QStringLiteral("blockDetails"));
    QVERIFY(details);
    QVERIFY(eventually(
        [&] { return named<QLabel>(*details, "sightings")->text().contains(QStringLiteral("cannot list")); }));
}

void BlockServerTest::aFullListIsForetold()
{
    BlockWorld &world = *m_world;
    world.sandbox.server().fillBlockList(300);
    world.open.window().showPage(Act::ShowBlocked);
    auto *unread = named<QLabel>(world.open.window(), "capacity");
    QVERIFY(unread); // what nobody has read has no number
    QVERIFY2(
        eventually([&] { return unread->text() == QStringLiteral("Block list: never read, it holds 64,000 people."); }),
        qPrintable(unread->text()));
    QVERIFY(!named<QWidget>(world.open.window(), "capacityBar")->isVisible());
    QWidget *dialog = reconciled();
    QVERIFY(dialog);
    close(dialog);
    world.open.window().showPage(Act::ShowBlocked);
    auto *gauge = named<QLabel>(world.open.window(), "capacity");
    QVERIFY(gauge);
    QVERIFY2(eventually([&] { return gauge->text().startsWith(QStringLiteral("Block list: 300 of 64,000")); }),
        qPrintable(gauge->text()));
    world.addPeople(1);
    world.open.window().showPage(Act::ShowContacts);
    QVERIFY(world.choose("contacts", 1));
    QVERIFY(world.run(Act::Block));
    QWidget *plan = world.toPlan(dialogNamed(QStringLiteral("blockDialog")), QStringLiteral("Spam"));
    QVERIFY(plan);
    QVERIFY2(wordsOf(plan).contains(QStringLiteral("300 of 64,000")), qPrintable(wordsOf(plan)));
}

QTEST_MAIN(BlockServerTest)
#include "blockserver_test.moc"
