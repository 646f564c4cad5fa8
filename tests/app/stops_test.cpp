// SPDX-License-Identifier: GPL-3.0-or-later
// Who says STOP, in the whole program: the block that is offered with one key, the rule that makes it (off by default,
// named in the journal), and that an opt-out is lifted by a new consent only.
#include "app/application.h"
#include "models/accounts/accounts.h"
#include "models/store/blocks.h"
#include "models/store/consents.h"
#include "models/store/journal.h"
#include "models/tables/contactsmodel.h"
#include "tests/app/openapp.h"
#include "ui/contacts/peopleview.h"
#include "ui/shell/actions.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTableWidget>
#include <algorithm>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

const char alice[] = "+16315551001";
const char bob[] = "+16315551002";
const char pasted[]
    = "[05.10.26, 10:12:33] +1 631-555-1001: STOP\n[05.10.26, 10:12:34] +1 631-555-1009: Stop, thank you";

bool run(OpenApp &open, Act act)
{
    QAction *action = open.window().actions().at(act);
    if (!eventually([action] { return action->isEnabled(); }))
        return false;
    action->trigger();
    return true;
}

} // namespace

class StopsTest final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_open.reset(); }
    void theRuleIsOffAndTheBlockIsOfferedWithOneKey();
    void theRuleActsAndIsNamed();
    void spamGoesStraightToThePlan();
    void unblockingAnOptOutAsksForNewConsent();
    void aPastedOptOutAsksForItToo();

private:
    PeopleView &contacts() { return static_cast<PeopleView &>(*named<QTableView>(m_open->window(), "contacts")); }
    QString cell(int row, PersonColumn column) { return contacts().model()->index(row, int(column)).data().toString(); }
    QWidget *findStops();
    std::vector<BlockEntry> ledger();
    std::vector<OperationRun> runs()
    {
        return *answerOf<std::vector<OperationRun>>(
            [&](auto then) { return m_open->app->store().blocks().runs(then); });
    }
    void optOut(int row);

    std::unique_ptr<OpenApp> m_open;
};

void StopsTest::init()
{
    m_open = std::make_unique<OpenApp>();
    QVERIFY(m_open->start(true));
    QVERIFY(m_open->addPerson(QStringLiteral("Alice"), QLatin1String(alice)));
    QVERIFY(m_open->addPerson(QStringLiteral("Bob"), QLatin1String(bob)));
    QVERIFY(eventually([&] { return contacts().model()->rowCount() == 2; }));
}

/// The dialog with the pasted chat read: two messages, both ticked.
QWidget *StopsTest::findStops()
{
    if (!run(*m_open, Act::FindStops))
        return nullptr;
    QWidget *dialog = dialogNamed(QStringLiteral("findStopsDialog"));
    if (!dialog)
        return nullptr;
    named<QPlainTextEdit>(*dialog, "findStops.text")->setPlainText(QLatin1String(pasted));
    named<QPushButton>(*dialog, "findStops.find")->click();
    auto *table = named<QTableWidget>(*dialog, "findStops.table");
    return eventually([&] { return table->rowCount() == 2; }) ? dialog : nullptr;
}

std::vector<BlockEntry> StopsTest::ledger()
{
    return *answerOf<std::vector<BlockEntry>>([&](auto then) {
        return m_open->app->store().blocks().entries(m_open->app->accounts().all().front().id, then);
    });
}

void StopsTest::optOut(int row)
{
    contacts().selectRow(row);
    QVERIFY(run(*m_open, Act::OptOut));
    QVERIFY(pressed(dialogNamed(QStringLiteral("consentDialog")), "record"));
    QVERIFY(eventually([&] { return cell(row, PersonColumn::Stops) == QStringLiteral("Do not contact"); }));
    spin(5); // a consent of the same millisecond would be as new as the stop
}

void StopsTest::theRuleIsOffAndTheBlockIsOfferedWithOneKey()
{
    QVERIFY(!m_open->app->settings().value(Keys::blockOnStop)); // product.md, rule 3
    QWidget *dialog = findStops();
    QVERIFY(dialog);
    auto *block = named<QCheckBox>(*dialog, "findStops.block");
    QVERIFY(block->isVisible() && block->isEnabled() && !block->isChecked());
    QVERIFY(pressed(dialog, "findStops.record"));
    QVERIFY(eventually([&] { return cell(0, PersonColumn::Stops) == QStringLiteral("Do not contact"); }));
    spin(300);
    QVERIFY(ledger().empty()); // a stop blocks nobody by itself
    QVERIFY(runs().empty());

    dialog = findStops();
    QVERIFY(dialog);
    auto *offer = named<QCheckBox>(*dialog, "findStops.block");
    QCOMPARE(offer->shortcut(), QKeySequence(QStringLiteral("Alt+B"))); // one key
    offer->click();
    QVERIFY(named<QCheckBox>(*dialog, "findStops.block")->isChecked());
    QVERIFY(pressed(dialog, "findStops.record"));
    QWidget *plan = dialogNamed(QStringLiteral("blockPlan"));
    QVERIFY(plan); // nothing left yet
    QVERIFY(runs().empty());
    QVERIFY(pressed(plan, "start"));
    QVERIFY(eventually([&] { return ledger().size() == 2; })); // also the number of nobody here
    QCOMPARE(ledger().front().source, QStringLiteral("paste"));
    QCOMPARE(ledger().front().reason, QStringLiteral("opt-out"));
}

void StopsTest::theRuleActsAndIsNamed()
{
    QVERIFY(run(*m_open, Act::Preferences));
    QWidget *preferences = dialogNamed(QStringLiteral("preferences"));
    QVERIFY(preferences);
    auto *rule = named<QCheckBox>(*preferences, "preferences.blockOnStop");
    QVERIFY(!rule->isChecked());
    rule->click();
    QVERIFY(pressed(preferences, "preferences.save"));
    QVERIFY(m_open->app->settings().value(Keys::blockOnStop));

    QWidget *dialog = findStops();
    QVERIFY(dialog);
    auto *block = named<QCheckBox>(*dialog, "findStops.block");
    QVERIFY(block->text().contains(QStringLiteral("rule")) && block->isChecked() && !block->isEnabled());
    QVERIFY(pressed(dialog, "findStops.record"));
    QVERIFY(eventually([&] { return ledger().size() == 2; }));
    QCOMPARE(ledger().front().source, QStringLiteral("rule:block-on-stop"));
    QVERIFY(eventually([&] { return runs().size() == 1; }));
    QCOMPARE(runs().front().source, QStringLiteral("rule:block-on-stop"));
    m_open->window().showPage(Act::ShowJournal);
    auto *journal = named<QTableView>(m_open->window(), "journal.table");
    QVERIFY(journal);
    QVERIFY(eventually([&] {
        for (int row = 0; row < journal->model()->rowCount(); ++row)
            for (int column = 0; column < journal->model()->columnCount(); ++column)
                if (journal->model()
                        ->index(row, column)
                        .data()
                        .toString()
                        .contains(QStringLiteral("block who writes STOP")))
                    return true;
        return false;
    }));
}

void StopsTest::spamGoesStraightToThePlan()
{
    contacts().selectRow(1);
    QVERIFY(run(*m_open, Act::BlockSpam)); // one key
    QWidget *plan = dialogNamed(QStringLiteral("blockPlan"));
    QVERIFY(plan);
    QVERIFY(named<QPushButton>(*plan, "start")->isDefault());
    QVERIFY(ledger().empty());
    QTest::keyClick(plan, Qt::Key_Return);
    QVERIFY(eventually([&] { return ledger().size() == 1; }));
    QCOMPARE(ledger().front().reason, QStringLiteral("spam"));
    QVERIFY(eventually([&] { return cell(1, PersonColumn::Stops) == QStringLiteral("Do not contact"); }));
    // The gateway's light says what became of it: nobody of this world called Bob wrote lately.
    QVERIFY(eventually([&] { return cell(1, PersonColumn::Block) == QStringLiteral("Not done"); }));
}

void StopsTest::unblockingAnOptOutAsksForNewConsent()
{
    optOut(0);
    contacts().selectRow(0);
    QVERIFY(run(*m_open, Act::Unblock));
    QWidget *dialog = dialogNamed(QStringLiteral("unblockDialog"));
    QVERIFY(dialog);
    for (QCheckBox *box : dialog->findChildren<QCheckBox *>())
        box->setChecked(box->objectName() == QStringLiteral("here")); // only here
    named<QComboBox>(*dialog, "reason")->setCurrentIndex(0);
    auto *next = named<QPushButton>(*dialog, "next");
    QVERIFY(!next->isEnabled());
    named<QLineEdit>(*dialog, "consentSource")->setText(QStringLiteral("signed paper"));
    QVERIFY(next->isEnabled());
    next->click();
    QVERIFY(pressed(dialogNamed(QStringLiteral("blockPlan")), "start"));
    QVERIFY(eventually([&] { return cell(0, PersonColumn::Stops).isEmpty(); }));
    QCOMPARE(cell(0, PersonColumn::Consent), QStringLiteral("Opt-in")); // on record
    QVERIFY(runs().empty()); // no gateway was asked
}

void StopsTest::aPastedOptOutAsksForItToo()
{
    optOut(0);
    contacts().clearSelection();
    QVERIFY(run(*m_open, Act::Unblock));
    QWidget *dialog = dialogNamed(QStringLiteral("unblockDialog"));
    QVERIFY(dialog);
    for (QCheckBox *box : dialog->findChildren<QCheckBox *>())
        box->setChecked(box->objectName() == QStringLiteral("here"));
    named<QComboBox>(*dialog, "reason")->setCurrentIndex(0);
    named<QPlainTextEdit>(*dialog, "pasteText")->setPlainText(QLatin1String(alice));
    QVERIFY(pressed(dialog, "next"));
    auto *problem = named<QLabel>(*dialog, "problem");
    QVERIFY(eventually([&] { return problem->isVisible(); }));
    QVERIFY2(problem->text().contains(QStringLiteral("opted out")), qPrintable(problem->text()));
    QCOMPARE(cell(0, PersonColumn::Stops), QStringLiteral("Do not contact"));
    named<QLineEdit>(*dialog, "consentSource")->setText(QStringLiteral("signed paper"));
    QVERIFY(pressed(dialog, "next"));
    QVERIFY(pressed(dialogNamed(QStringLiteral("blockPlan")), "start"));
    QVERIFY(eventually([&] { return cell(0, PersonColumn::Stops).isEmpty(); }));
}

QTEST_MAIN(StopsTest)
#include "stops_test.moc"
