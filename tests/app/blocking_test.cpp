// SPDX-License-Identifier: GPL-3.0-or-later
// Blocking in the whole program, as a person does it: chosen people or pasted text, flight plan, run, Blocked page.
#include "app/application.h"
#include "models/accounts/accounts.h"
#include "models/store/blocks.h"
#include "models/tables/blocksmodel.h"
#include "tests/app/openapp.h"
#include "ui/shell/actions.h"
#include "ui/shell/jobsdock.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <algorithm>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

const char alice[] = "+16315551001";
const char bob[] = "+16315551002";

QTableView &table(OpenApp &open, const char *name)
{
    return *named<QTableView>(open.window(), name);
}

QString cell(OpenApp &open, int row, BlockedColumn column)
{
    return table(open, "blocked").model()->index(row, int(column)).data().toString();
}

bool run(OpenApp &open, Act act)
{
    QAction *action = open.window().actions().at(act);
    if (!eventually([action] { return action->isEnabled(); }))
        return false;
    action->trigger();
    return true;
}

void shot(QWidget *widget, const char *name)
{
    if (widget && qEnvironmentVariableIsSet("ROLLCALL_SHOTS"))
        widget->grab().save(
            qEnvironmentVariable("ROLLCALL_SHOTS") + u'/' + QLatin1String(name) + QStringLiteral(".png"));
}

/// Chooses the reason in the dialog and goes on to the flight plan.
QWidget *toPlan(QWidget *dialog, const QString &reason)
{
    if (!dialog)
        return nullptr;
    named<QComboBox>(*dialog, "reason")->setEditText(reason);
    return pressed(dialog, "next") ? dialogNamed(QStringLiteral("blockPlan")) : nullptr;
}

} // namespace

class BlockingTest final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_open.reset(); }
    void chosenPeopleAreStoppedAndBlocked();
    void pastedNumbers();

private:
    std::unique_ptr<OpenApp> m_open;
};

void BlockingTest::init()
{
    m_open = std::make_unique<OpenApp>();
    QVERIFY(m_open->start(true));
    QVERIFY(m_open->addPerson(QStringLiteral("Alice"), QLatin1String(alice)));
    QVERIFY(m_open->addPerson(QStringLiteral("Bob"), QLatin1String(bob)));
    QVERIFY(eventually([&] { return table(*m_open, "contacts").model()->rowCount() == 2; }));
}

void BlockingTest::chosenPeopleAreStoppedAndBlocked()
{
    OpenApp &open = *m_open;
    table(open, "contacts").selectRow(0);
    shot(&open.window(), "contacts");
    QVERIFY(run(open, Act::Block));
    QWidget *dialog = dialogNamed(QStringLiteral("blockDialog"));
    QVERIFY(dialog);
    QVERIFY(!named<QPushButton>(*dialog, "next")->isEnabled()); // no reason yet
    shot(dialog, "block");
    QWidget *plan = toPlan(dialog, QStringLiteral("Spam"));
    QVERIFY(plan);
    QVERIFY(!dialog->isVisible());
    shot(plan, "plan");
    QVERIFY(named<QPushButton>(*plan, "start")->isDefault()); // one person
    QVERIFY(pressed(plan, "start"));
    open.window().showPage(Act::ShowBlocked);
    QVERIFY(eventually([&] { return table(open, "blocked").model()->rowCount() == 1; }));
    // Nobody of this world called Alice wrote lately, and a node says so with its code 2048.
    QVERIFY(eventually([&] { return cell(open, 0, BlockedColumn::State) == QStringLiteral("Outside 24 hours"); }));
    QCOMPARE(cell(open, 0, BlockedColumn::Person), QStringLiteral("Alice"));
    QCOMPARE(cell(open, 0, BlockedColumn::DoNotContact), QStringLiteral("Do not contact"));
    QCOMPARE(cell(open, 0, BlockedColumn::Reason), QStringLiteral("Spam"));
    QCOMPARE(cell(open, 0, BlockedColumn::By), QStringLiteral("Ada"));
    shot(&open.window(), "page");

    auto *show = named<QAbstractButton>(open.window().jobs(), "job.open");
    QVERIFY(show);
    show->click();
    QWidget *results = dialogNamed(QStringLiteral("blockResult"));
    QVERIFY(results);
    QVERIFY(eventually([&] { return named<QAbstractButton>(*results, "arm") != nullptr; }));
    QVERIFY(eventually([&] { // nothing is cut off
        const QList<QLabel *> labels = results->findChildren<QLabel *>();
        return std::all_of(labels.begin(), labels.end(), [](const QLabel *label) {
            return !label->isVisible() || !label->wordWrap()
                || label->height() >= label->heightForWidth(label->width());
        });
    }));
    shot(results, "results");
    QVERIFY(pressed(results, "arm"));
    QVERIFY(eventually([&] { return cell(open, 0, BlockedColumn::Block) == QStringLiteral("Armed"); }));
}

void BlockingTest::pastedNumbers()
{
    OpenApp &open = *m_open;
    QVERIFY(run(open, Act::Block)); // nobody is chosen
    QWidget *dialog = dialogNamed(QStringLiteral("blockDialog"));
    QVERIFY(dialog);
    named<QPlainTextEdit>(*dialog, "pasteText")
        ->setPlainText(QStringLiteral("Stop please! +1 631-555-1001\nand order 12345, or 631 555 1003"));
    auto *ready = named<QAbstractItemView>(*dialog, "pasteReady");
    QVERIFY(eventually([&] { return ready->model()->rowCount() == 1; }));
    shot(dialog, "paste");

    // Eleven people: nothing is blocked by a stray Enter.
    QStringList eleven;
    for (int i = 0; i < 11; ++i)
        eleven << QStringLiteral("+1631555%1").arg(1100 + i);
    named<QPlainTextEdit>(*dialog, "pasteText")->setPlainText(eleven.join(u'\n'));
    QVERIFY(eventually([&] { return ready->model()->rowCount() == 11; }));
    QWidget *plan = toPlan(dialog, QStringLiteral("Spam"));
    QVERIFY(plan);
    QVERIFY(named<QPushButton>(*plan, "cancel")->isDefault());
    QVERIFY(!named<QPushButton>(*plan, "start")->isDefault());
    QTest::keyClick(plan, Qt::Key_Return);
    QVERIFY(eventually([&] { return !plan->isVisible(); }));
    open.window().showPage(Act::ShowBlocked);
    spin(200);
    QCOMPARE(table(open, "blocked").model()->rowCount(), 0);
}

QTEST_MAIN(BlockingTest)
#include "blocking_test.moc"
