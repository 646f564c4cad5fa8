// SPDX-License-Identifier: GPL-3.0-or-later
// The 24-hour rule, unknown outcomes, consent and reports in the whole program, as a person meets them.
#include "app/application.h"
#include "models/blocks/blockplan.h"
#include "tests/app/blockworld.h"
#include "tests/support/answer.h"
#include "ui/parts/badge.h"
#include "ui/parts/dialogs.h"
#include "ui/shell/actions.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScreen>
#include <QScrollBar>

using namespace rollcall;
using namespace rollcall::tests;

class BlockRuleTest final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_world.reset(); }
    void whoDidNotWriteIsArmedAndOfferedWhenTheyWrite();
    void tryNowAndArmAreBothOffered();
    void anArmedLineIsDisarmed();
    void anUnknownOutcomeIsSettledNotSentAgain();
    void unblockingAnOptOutAsksForANewConsent();
    void aboveTenPeopleTheDefaultIsCancel();
    void aReportIsSentOnceAndBlocksNobody();

private:
    std::unique_ptr<BlockWorld> m_world;
};

void BlockRuleTest::init()
{
    m_world = std::make_unique<BlockWorld>();
    QVERIFY(m_world->start());
}

void BlockRuleTest::whoDidNotWriteIsArmedAndOfferedWhenTheyWrite()
{
    BlockWorld &world = *m_world;
    const QStringList numbers = world.addPeople(1, false);
    QVERIFY(world.choose("contacts", 1));
    QVERIFY(world.blockChosen());
    QVERIFY(world.lastRun(1));
    QCOMPARE(world.blockedAtGateway(numbers), 0);
    // 131047 is explained as what it is, with its next step.
    named<QAbstractButton>(world.open.window().jobs(), "job.open")->click();
    QWidget *results = dialogNamed(QStringLiteral("blockResult"));
    QVERIFY(results);
    QVERIFY(eventually([&] { return named<QAbstractButton>(*results, "arm") != nullptr; }));
    const QString words = wordsOf(results);
    QVERIFY2(words.contains(QStringLiteral("within the last 24 hours")), qPrintable(words));
    QVERIFY2(words.contains(QStringLiteral("not on WhatsApp")), qPrintable(words)); // the code says both
    QVERIFY(pressed(results, "show"));
    auto *items = named<QTableView>(*results, "items");
    QVERIFY(eventually([&] { return items->isVisible() && items->model()->rowCount() == 1; }));
    shot(results, "result-items");
    named<QLineEdit>(*results, "itemsSearch")->setText(QStringLiteral("99999999"));
    QCOMPARE(items->model()->rowCount(), 0);
    named<QLineEdit>(*results, "itemsSearch")->setText(numbers[0].right(4));
    QCOMPARE(items->model()->rowCount(), 1);
    QVERIFY(pressed(results, "arm"));
    world.open.window().showPage(Act::ShowBlocked);
    QVERIFY(eventually([&] { return world.cell(0, BlockedColumn::Block) == QStringLiteral("Armed"); }));
    QCOMPARE(world.cell(0, BlockedColumn::Window), QStringLiteral("Not known"));

    // They write; the operator says so; the block is offered, and now it goes through.
    world.sandbox.server().writeInbound(numbers[0].toStdString());
    QVERIFY(world.choose("blocked", 1));
    QVERIFY(world.run(Act::WroteNow));
    QWidget *dialog = dialogNamed(QStringLiteral("blockDialog"));
    QVERIFY(dialog);
    QCOMPARE(world.writes("POST", "block_users"), 1); // offered, not sent
    QWidget *plan = world.toPlan(dialog, QStringLiteral("Spam"));
    QVERIFY(plan);
    QVERIFY(!named<QComboBox>(*plan, "notKnownChoice")->isVisible()); // it is known now
    QVERIFY(pressed(plan, "start"));
    QVERIFY(world.lastRun(2));
    QCOMPARE(world.blockedAtGateway(numbers), 1);
    QVERIFY2(
        eventually([&] { return world.cell(0, BlockedColumn::Window).startsWith(QStringLiteral("Open for 23 h")); }),
        qPrintable(world.cell(0, BlockedColumn::Window)));
}

void BlockRuleTest::tryNowAndArmAreBothOffered()
{
    BlockWorld &world = *m_world;
    const QStringList numbers = world.addPeople(1, true);
    QVERIFY(world.choose("contacts", 1));
    QVERIFY(world.run(Act::Block));
    QWidget *plan = world.toPlan(dialogNamed(QStringLiteral("blockDialog")), QStringLiteral("Spam"));
    QVERIFY(plan);
    auto *choice = named<QComboBox>(*plan, "notKnownChoice");
    QVERIFY(choice->isVisible());
    // There is room on the screen: nothing has to be scrolled for, the choice least of all.
    const auto *body = plan->findChild<DialogBody *>();
    QVERIFY(plan->height() < plan->screen()->availableSize().height());
    QVERIFY(body && eventually([&] { return body->verticalScrollBar()->maximum() == 0; }));
    QStringList offered;
    for (int i = 0; i < choice->count(); ++i)
        offered << choice->itemText(i);
    QVERIFY(offered.filter(QStringLiteral("Try now")).size() == 1 && offered.filter(QStringLiteral("Arm")).size() == 1);
    auto *start = named<QPushButton>(*plan, "start");
    QCOMPARE(start->text(), QStringLiteral("Block 1"));
    choice->setCurrentIndex(choice->findData(int(WindowChoice::Arm)));
    emit choice->activated(choice->currentIndex());
    QVERIFY(eventually([&] { return start->text() == QStringLiteral("Arm 1") && start->isEnabled(); }));
    QVERIFY(pressed(plan, "start"));
    QVERIFY(eventually([&] { return world.stopped() == 1; }));
    world.open.window().showPage(Act::ShowBlocked);
    QVERIFY(eventually([&] { return world.cell(0, BlockedColumn::Block) == QStringLiteral("Armed"); }));
    QCOMPARE(world.writes("POST", "block_users"), 0);

    // Try now, after all: the armed line is chosen, and the gateway decides.
    QVERIFY(world.choose("blocked", 1));
    QVERIFY(world.run(Act::Block));
    QVERIFY(pressed(world.toPlan(dialogNamed(QStringLiteral("blockDialog")), QStringLiteral("Spam")), "start"));
    QVERIFY(world.lastRun(1));
    QCOMPARE(world.blockedAtGateway(numbers), 1);
}

void BlockRuleTest::anArmedLineIsDisarmed()
{
    BlockWorld &world = *m_world;
    world.addPeople(1, false);
    QVERIFY(world.choose("contacts", 1));
    QVERIFY(world.blockChosen());
    QVERIFY(world.lastRun(1));
    named<QAbstractButton>(world.open.window().jobs(), "job.open")->click();
    QWidget *results = dialogNamed(QStringLiteral("blockResult"));
    QVERIFY(results);
    QVERIFY(eventually([&] { return named<QAbstractButton>(*results, "arm") != nullptr; }));
    QVERIFY(pressed(results, "arm"));
    world.open.window().showPage(Act::ShowBlocked);
    QVERIFY(eventually([&] { return world.cell(0, BlockedColumn::Block) == QStringLiteral("Armed"); }));
    QVERIFY(world.choose("blocked", 1));
    QVERIFY(world.run(Act::Disarm));
    QVERIFY(eventually([&] { return world.table("blocked").model()->rowCount() == 0; }));
    QCOMPARE(lightOf(world.ledgerAt(world.cloud).at(0)), BlockLight::None);
    QCOMPARE(world.stopped(), 1); // do-not-contact stays
}

void BlockRuleTest::anUnknownOutcomeIsSettledNotSentAgain()
{
    BlockWorld &world = *m_world;
    world.open.window().setCurrentAccount(world.node); // cannot list: only the operator can say
    const QStringList numbers = world.addPeople(1, true);
    world.sandbox.server().addFault({.name = "cut", .count = 1, .path = "/v1/contacts/"});
    QVERIFY(world.choose("contacts", 1));
    QVERIFY(world.blockChosen());
    world.open.window().showPage(Act::ShowBlocked);
    QVERIFY(eventually([&] { return world.cell(0, BlockedColumn::Block) == QStringLiteral("Unknown"); }));
    const int sent = world.writes("POST", "/block");
    QCOMPARE(sent, 1);
    QVERIFY(eventually([&] {
        const QList<Badge *> badges = world.open.window().jobs().findChildren<Badge *>();
        return std::any_of(badges.cbegin(), badges.cend(),
            [](const Badge *badge) { return badge->text() == QStringLiteral("Outcome unknown"); });
    })); // nobody stopped it
    QVERIFY(world.run(Act::Settle));
    QWidget *settle = dialogNamed(QStringLiteral("settleDialog"));
    QVERIFY(settle);
    shot(settle, "settle-window");
    QVERIFY(wordsOf(settle).contains(QStringLiteral("cannot tell who is blocked")));
    QVERIFY(!named<QPushButton>(*settle, "settle")->isEnabled()); // nothing is proposed
    QVERIFY(!named<QPushButton>(*settle, "settle")->isDefault());
    settle->resize(settle->width(), 300); // a low screen: the choices scroll, the buttons stay in sight
    QCOMPARE(settle->height(), 300);
    const auto *body = settle->findChild<DialogBody *>();
    QVERIFY(body && eventually([&] { return body->verticalScrollBar()->maximum() > 0; }));
    const auto *cancel = settle->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Cancel);
    QVERIFY(cancel->mapTo(settle, cancel->rect().bottomRight()).y() < settle->height());
    named<QRadioButton>(*settle, "worked")->setChecked(true);
    named<QLineEdit>(*settle, "note")->setText(QStringLiteral("seen on the phone"));
    QVERIFY(pressed(settle, "settle"));
    QVERIFY(
        eventually([&] { return world.cell(0, BlockedColumn::Block) == QStringLiteral("Blocked, not confirmed"); }));
    QCOMPARE(world.writes("POST", "/block"), sent);
    QCOMPARE(world.blockedAtGateway(numbers), 1); // the cut hit the answer only
}

void BlockRuleTest::unblockingAnOptOutAsksForANewConsent()
{
    BlockWorld &world = *m_world;
    const QStringList numbers = world.addPeople(1, true);
    QVERIFY(world.choose("contacts", 1));
    QVERIFY(world.run(Act::OptOut));
    QWidget *consent = dialogNamed(QStringLiteral("consentDialog"));
    QVERIFY(consent);
    named<QLineEdit>(*consent, "source")->setText(QStringLiteral("wrote STOP"));
    QVERIFY(pressed(consent, "record"));
    QVERIFY(eventually([&] { return world.stopped() == 1; }));
    QVERIFY(world.blockChosen(QStringLiteral("Opt-out")));
    QVERIFY(world.lastRun(1));
    world.open.window().showPage(Act::ShowBlocked);
    QVERIFY(world.choose("blocked", 1));

    QVERIFY(world.run(Act::Unblock));
    QWidget *dialog = dialogNamed(QStringLiteral("unblockDialog"));
    QVERIFY(dialog);
    QVERIFY(!named<QWidget>(*dialog, "consent")->isVisible()); // an unblock alone lifts nothing
    named<QCheckBox>(*dialog, "here")->setChecked(true);
    QVERIFY(named<QWidget>(*dialog, "consent")->isVisible());
    spin(50); // it grows with what it asks
    auto *source = named<QLineEdit>(*dialog, "consentSource");
    QVERIFY2(source->height() >= source->minimumSizeHint().height(), "squeezed");
    shot(dialog, "unblock-consent");
    auto *next = named<QPushButton>(*dialog, "next");
    auto *reason = named<QComboBox>(*dialog, "reason");
    QVERIFY(reason->currentText().isEmpty()); // the reason of the block is none for the unblock
    QVERIFY(reason->findText(QStringLiteral("Spam")) < 0);
    QVERIFY2(next->toolTip().contains(QStringLiteral("reason")), qPrintable(next->toolTip()));
    reason->setCurrentIndex(reason->findText(QStringLiteral("Wants to hear from us again")));
    QVERIFY(!next->isEnabled());
    QVERIFY2(next->toolTip().contains(QStringLiteral("consent")), qPrintable(next->toolTip()));
    named<QLineEdit>(*dialog, "consentSource")->setText(QStringLiteral("web form"));
    named<QLineEdit>(*dialog, "consentWording")->setText(QStringLiteral("I want your offers again"));
    QVERIFY(pressed(world.toPlan(dialog, {}), "start"));
    QVERIFY(world.lastRun(2));
    QCOMPARE(world.blockedAtGateway(numbers), 0);
    QVERIFY(eventually([&] { return world.stopped() == 0; }));
    const auto people = answerOf<Spine>(
        [&](auto then) { return world.open.app->store().people().spine(Filter{}, SortOrder{}, AccountId(0), then); });
    QVERIFY(people);
    const auto details = answerOf<PersonDetails>(
        [&](auto then) { return world.open.app->store().people().details(people->at(0), {}, then); });
    QVERIFY(details);
    QCOMPARE(details->row.consent, ConsentState::OptIn);
    QCOMPARE(details->consents.size(), std::size_t(2)); // the opt-out is not forgotten
}

void BlockRuleTest::aboveTenPeopleTheDefaultIsCancel()
{
    BlockWorld &world = *m_world;
    const QStringList numbers = world.addPeople(11, true);
    QVERIFY(world.choose("contacts", 11));
    QVERIFY(world.run(Act::Block));
    QWidget *plan = world.toPlan(dialogNamed(QStringLiteral("blockDialog")), QStringLiteral("Spam"));
    QVERIFY(plan);
    QVERIFY(named<QPushButton>(*plan, "cancel")->isDefault());
    QTest::keyClick(plan, Qt::Key_Return);
    QVERIFY(eventually([&] { return dialogNamed(QStringLiteral("blockPlan"), 0) == nullptr; }));
    QCOMPARE(world.runs().size(), std::size_t(0));
    QVERIFY(world.blockChosen());
    QVERIFY(world.lastRun(1));
    QCOMPARE(world.blockedAtGateway(numbers), 11);

    QVERIFY(world.run(Act::Unblock));
    plan = world.toPlan(dialogNamed(QStringLiteral("unblockDialog")), {});
    QVERIFY(plan);
    QVERIFY(named<QPushButton>(*plan, "cancel")->isDefault());
    QVERIFY(!named<QPushButton>(*plan, "start")->isDefault());
    QTest::keyClick(plan, Qt::Key_Return);
    spin(100);
    QCOMPARE(world.runs().size(), std::size_t(1));
    QCOMPARE(world.blockedAtGateway(numbers), 11);
}

void BlockRuleTest::aReportIsSentOnceAndBlocksNobody()
{
    BlockWorld &world = *m_world;
    QAction *report = world.open.window().actions().at(Act::Report);
    QVERIFY(!report->isEnabled()); // 360dialog has no such call
    QVERIFY(Actions::whyDisabled(*report).size() > 10);
    world.open.window().setCurrentAccount(world.node);
    const QStringList numbers = world.addPeople(1, true);
    QVERIFY(world.choose("contacts", 1));
    QVERIFY(world.run(Act::Report));
    QWidget *dialog = dialogNamed(QStringLiteral("reportDialog"));
    QVERIFY(dialog);
    shot(dialog, "report");
    QVERIFY(!named<QCheckBox>(*dialog, "here")->isVisible());
    QVERIFY(!named<QPushButton>(*dialog, "next")->isEnabled()); // a reason is required
    QWidget *plan = world.toPlan(dialog, QStringLiteral("Fraud"));
    QVERIFY(plan);
    shot(plan, "report-plan");
    QVERIFY(named<QPushButton>(*plan, "cancel")->isDefault()); // also for one person: it cannot be taken back
    QVERIFY(wordsOf(plan).contains(QStringLiteral("cannot be taken back")));
    QCOMPARE(world.writes("POST", "/report"), 0);
    QVERIFY(pressed(plan, "start"));
    const auto run = world.lastRun(1);
    QVERIFY(run);
    QCOMPARE(run->kind, OperationKind::Report);
    QCOMPARE(run->done, 1);
    QCOMPARE(world.writes("POST", "/report"), 1);
    QCOMPARE(world.blockedAtGateway(numbers), 0);
    QCOMPARE(world.stopped(), 0);
    QVERIFY(world.ledgerAt(world.node).empty());
    named<QAbstractButton>(world.open.window().jobs(), "job.open")->click();
    QWidget *results = dialogNamed(QStringLiteral("blockResult"));
    QVERIFY(eventually([&] { return wordsOf(results).contains(QStringLiteral("took the report")); }));
    QVERIFY(!named<QAbstractButton>(*results, "undo")->isVisible());
}

QTEST_MAIN(BlockRuleTest)
#include "blockrule_test.moc"
