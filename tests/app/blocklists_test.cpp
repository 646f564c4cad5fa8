// SPDX-License-Identifier: GPL-3.0-or-later
// Block lists in the whole program: out into a file and in again, from one account to another. Everything that comes in
// is planned only: nothing is sent before the flight plan's last button.
#include "app/application.h"
#include "models/exchange/blocklistfile.h"
#include "tests/app/blockworld.h"
#include "tests/support/answer.h"
#include "ui/shell/actions.h"

#include <QCheckBox>
#include <QFile>
#include <QPushButton>

using namespace rollcall;
using namespace rollcall::tests;

class BlockListsTest final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_world.reset(); }
    void aListGoesOutAndComesInAgain();
    void aTextOfNumbersBecomesAPlan();
    void aListIsCarriedToAnotherAccount();
    void aFileWithoutNumbers();

private:
    QString path(const char *name) const { return m_world->open.folder.filePath(QLatin1String(name)); }
    std::unique_ptr<BlockWorld> m_world;
};

void BlockListsTest::init()
{
    m_world = std::make_unique<BlockWorld>();
    QVERIFY(m_world->start());
}

void BlockListsTest::aListGoesOutAndComesInAgain()
{
    BlockWorld &world = *m_world;
    const QStringList numbers = world.addPeople(3);
    QVERIFY(world.choose("contacts", 3));
    world.table("contacts").selectRow(0);
    QVERIFY(world.blockChosen(QStringLiteral("Fraud")));
    QVERIFY(world.lastRun(1));
    QVERIFY(world.choose("contacts", 3));
    QVERIFY(world.blockChosen(QStringLiteral("Told us by phone"))); // who is blocked already is not asked about again
    QVERIFY(world.lastRun(2));
    QCOMPARE(world.blockedAtGateway(numbers), 3);
    world.open.window().showPage(Act::ShowBlocked);
    QVERIFY(world.choose("blocked", 3));
    shot(&world.open.window(), "blocked-page");

    const QString file = path("list.csv");
    world.open.saveTo = file;
    QVERIFY(world.run(Act::ExportBlocks));
    QVERIFY(eventually([&] { return QFile::exists(file); }));
    const Result<BlockList> list = readBlockList(file, {});
    QVERIFY(list);
    QCOMPARE(list->numbers.size(), std::size_t(3));

    // Unblock all of them, then bring the list in again.
    QVERIFY(world.run(Act::Unblock));
    QVERIFY(pressed(world.toPlan(dialogNamed(QStringLiteral("unblockDialog")), {}), "start"));
    QVERIFY(world.lastRun(3));
    QCOMPARE(world.blockedAtGateway(numbers), 0);
    const auto before = world.sandbox.ledger().size();
    world.open.openFrom = file;
    QVERIFY(world.run(Act::ImportBlocks));
    QWidget *dialog = dialogNamed(QStringLiteral("blockDialog"));
    QVERIFY(dialog);
    shot(dialog, "import-dialog");
    QVERIFY2(wordsOf(dialog).contains(QStringLiteral("3 numbers from “list.csv”")), qPrintable(wordsOf(dialog)));
    QVERIFY2(named<QComboBox>(*dialog, "reason")->currentText().startsWith(QStringLiteral("As in the list")),
        qPrintable(named<QComboBox>(*dialog, "reason")->currentText()));
    QWidget *plan = world.toPlan(dialog, {});
    QVERIFY(plan);
    shot(plan, "import-plan");
    QVERIFY(wordsOf(plan).contains(QStringLiteral("Everybody keeps the reason of the list")));
    QCOMPARE(world.sandbox.ledger().size(), before); // planned, not sent
    QVERIFY(pressed(plan, "start"));
    QVERIFY(eventually([&] { return world.runs().size() == 5; })); // one for each reason
    QVERIFY(world.lastRun(5));
    QVERIFY(eventually([&] { return world.blockedAtGateway(numbers) == 3; }));
    QMap<QString, int> reasons;
    for (const BlockEntry &entry : world.ledgerAt(world.cloud)) {
        ++reasons[entry.reason];
        QCOMPARE(entry.source, QStringLiteral("file"));
    }
    QCOMPARE(reasons, (QMap<QString, int>{{QStringLiteral("fraud"), 1}, {QStringLiteral("Told us by phone"), 2}}));
}

void BlockListsTest::aTextOfNumbersBecomesAPlan()
{
    BlockWorld &world = *m_world;
    const QStringList numbers = world.sandbox.people(2, true);
    QFile file(path("complaints.txt"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("21/11/2026 they wrote:\n" + numbers.join(QStringLiteral("\nand ")).toUtf8() + "\nand 07700 900003\n");
    file.close();
    world.open.openFrom = path("complaints.txt");
    QVERIFY(world.run(Act::ImportBlocks));
    QWidget *dialog = dialogNamed(QStringLiteral("blockDialog"));
    QVERIFY(dialog);
    QVERIFY2(wordsOf(dialog).contains(QStringLiteral("have no country code")), qPrintable(wordsOf(dialog)));
    QVERIFY(!named<QPushButton>(*dialog, "next")->isEnabled()); // such a file names no reason
    QVERIFY(pressed(world.toPlan(dialog, QStringLiteral("Abuse")), "start"));
    const auto run = world.lastRun(1);
    QVERIFY(run);
    QCOMPARE(run->done, 2);
    QCOMPARE(run->source, QStringLiteral("file"));
    QCOMPARE(world.blockedAtGateway(numbers), 2);
}

void BlockListsTest::aListIsCarriedToAnotherAccount()
{
    BlockWorld &world = *m_world;
    world.addPeople(2);
    QVERIFY(world.choose("contacts", 2));
    QVERIFY(world.blockChosen(QStringLiteral("Abuse")));
    QVERIFY(world.lastRun(1));
    const int nodeBlocks = world.writes("POST", "/v1/contacts/");
    QVERIFY(world.run(Act::CarryBlocks));
    QWidget *carry = dialogNamed(QStringLiteral("carryDialog"));
    QVERIFY(carry);
    auto *from = named<QComboBox>(*carry, "from");
    auto *to = named<QComboBox>(*carry, "to");
    QCOMPARE(AccountId(from->currentData().toLongLong()), world.cloud);
    QCOMPARE(to->findData(QVariant::fromValue(world.cloud.value())), -1); // not onto itself
    to->setCurrentIndex(to->findData(QVariant::fromValue(world.node.value())));
    QVERIFY(eventually([&] { return named<QPushButton>(*carry, "next")->isEnabled(); }));
    shot(carry, "carry");
    QVERIFY(pressed(carry, "next"));
    QWidget *dialog = dialogNamed(QStringLiteral("blockDialog"));
    QVERIFY(dialog);
    shot(dialog, "carry-dialog");
    QVERIFY(!named<QCheckBox>(*dialog, "here")->isChecked());
    const auto ticked = [&](AccountId id) {
        return named<QCheckBox>(*dialog, qPrintable(QStringLiteral("account-%1").arg(id.value())))->isChecked();
    };
    QVERIFY(ticked(world.node));
    QVERIFY(!ticked(world.cloud));
    QWidget *plan = world.toPlan(dialog, {});
    QVERIFY(plan);
    shot(plan, "carry-plan");
    QVERIFY2(wordsOf(plan).contains(QStringLiteral("At Node")), qPrintable(wordsOf(plan)));
    QCOMPARE(world.writes("POST", "/v1/contacts/"), nodeBlocks); // a dry run until here
    QVERIFY(pressed(plan, "start"));
    const auto run = world.lastRun(2);
    QVERIFY(run);
    QCOMPARE(run->account, world.node);
    QCOMPARE(run->source, QStringLiteral("carried"));
    QCOMPARE(run->done, 2);
    const std::vector<BlockEntry> there = world.ledgerAt(world.node);
    QCOMPARE(there.size(), std::size_t(2));
    for (const BlockEntry &entry : there)
        QCOMPARE(entry.reason, QStringLiteral("abuse"));
    QCOMPARE(world.ledgerAt(world.cloud).size(), std::size_t(2)); // the first list stays
}

void BlockListsTest::aFileWithoutNumbers()
{
    BlockWorld &world = *m_world;
    QFile file(path("nothing.txt"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("Dear diary, today nobody complained.\n");
    file.close();
    world.open.openFrom = path("nothing.txt");
    world.open.told.clear();
    QVERIFY(world.run(Act::ImportBlocks));
    QVERIFY(eventually([&] { return world.open.told.size() == 1; }));
    QVERIFY(world.open.told[0].contains(QStringLiteral("No phone number was found")));
    QVERIFY(QApplication::activeModalWidget() == nullptr);
}

QTEST_MAIN(BlockListsTest)
#include "blocklists_test.moc"
