// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/actions.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/internal/bars.h"
#include "ui/shell/internal/commandmodel.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QListView>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QSet>
#include <QTest>
#include <QToolBar>

using namespace rollcall;

namespace {

/// design.md section 4, those that this version has: text without mnemonic.
QStringList handles()
{
    return {QStringLiteral("New person…"), QStringLiteral("Edit…"), QStringLiteral("Delete…"),
        QStringLiteral("Check a number…"), QStringLiteral("Import…"), QStringLiteral("Export…"),
        QStringLiteral("Validate"), QStringLiteral("Force check"), QStringLiteral("Wait for all answers"),
        QStringLiteral("Block…"), QStringLiteral("Unblock…"), QStringLiteral("Settle…"), QStringLiteral("Reconcile"),
        QStringLiteral("Compose"), QStringLiteral("Undo"), QStringLiteral("Redo"), QStringLiteral("Pause"),
        QStringLiteral("Resume"), QStringLiteral("Cancel"), QStringLiteral("Verify journal"),
        QStringLiteral("Add account…"), QStringLiteral("Test connection"), QStringLiteral("Back up now…"),
        QStringLiteral("Restore…"), QStringLiteral("Preferences…")};
}

QSet<QAction *> menuActions(const QMainWindow &window)
{
    QSet<QAction *> found;
    for (QAction *title : window.menuBar()->actions())
        for (QAction *entry : title->menu()->actions())
            if (!entry->isSeparator())
                found.insert(entry);
    return found;
}

} // namespace

class ActionsTest final : public QObject {
    Q_OBJECT
private slots:
    void namesOfTheDesign();
    void everyActionIsComplete();
    void shortcutsDoNotCollide();
    void everyActionIsInAMenu();
    void mnemonicsOfAMenuDiffer();
    void reasons();
    void togglesAreOffAtFirst();
    void paletteFindsByWords();
    void paletteRunsOnlyWhatIsUsable();
    void paletteIsWorkedByKeys();
};

void ActionsTest::namesOfTheDesign()
{
    Actions actions;
    QStringList names;
    for (const QAction *action : actions.all())
        names << CommandModel::nameOf(*action);
    for (const QString &handle : handles())
        QVERIFY2(names.count(handle) == 1, qPrintable(handle));
}

void ActionsTest::everyActionIsComplete()
{
    Actions actions;
    QSet<QString> ids;
    for (const QAction *action : actions.all()) {
        QVERIFY2(action->objectName().startsWith(QStringLiteral("action.")), qPrintable(action->text()));
        QVERIFY2(!ids.contains(action->objectName()), qPrintable(action->objectName()));
        ids.insert(action->objectName());
        QVERIFY2(!action->icon().isNull(), qPrintable(action->objectName()));
        QVERIFY2(action->toolTip().contains(action->statusTip()), qPrintable(action->objectName()));
        QVERIFY2(action->statusTip().endsWith(QLatin1Char('.')), qPrintable(action->objectName()));
        if (!action->shortcut().isEmpty())
            QVERIFY2(action->toolTip().contains(action->shortcut().toString(QKeySequence::NativeText)),
                qPrintable(action->objectName()));
        if (!action->isEnabled())
            QVERIFY2(Actions::whyDisabled(*action).endsWith(QLatin1Char('.')), qPrintable(action->objectName()));
    }
}

void ActionsTest::shortcutsDoNotCollide()
{
    Actions actions;
    QSet<QKeySequence> seen;
    for (const QAction *action : actions.all())
        for (const QKeySequence &key : action->shortcuts()) {
            if (key.isEmpty())
                continue;
            QVERIFY2(!seen.contains(key), qPrintable(key.toString()));
            seen.insert(key);
        }
    // ux.md d2
    QCOMPARE(actions.at(Act::Search)->shortcut(), QKeySequence(QStringLiteral("Ctrl+F")));
    QCOMPARE(actions.at(Act::Commands)->shortcut(), QKeySequence(QStringLiteral("Ctrl+K")));
    QCOMPARE(actions.at(Act::Refresh)->shortcut(), QKeySequence(QStringLiteral("F5")));
    QCOMPARE(actions.at(Act::Import)->shortcut(), QKeySequence(QStringLiteral("Ctrl+I")));
    QCOMPARE(actions.at(Act::Validate)->shortcut(), QKeySequence(QStringLiteral("Ctrl+R")));
    QCOMPARE(actions.at(Act::ForceCheck)->shortcut(), QKeySequence(QStringLiteral("Ctrl+Shift+R")));
    QCOMPARE(actions.at(Act::Undo)->shortcut(), QKeySequence(QStringLiteral("Ctrl+Z")));
    QCOMPARE(actions.at(Act::DeletePerson)->shortcut(), QKeySequence(QStringLiteral("Del")));
    QCOMPARE(actions.at(Act::EditPerson)->shortcut(), QKeySequence(QStringLiteral("F2")));
}

void ActionsTest::everyActionIsInAMenu()
{
    Actions actions;
    QMainWindow window;
    buildMenus(window, actions);
    const QSet<QAction *> found = menuActions(window);
    for (QAction *action : actions.all())
        QVERIFY2(found.contains(action), qPrintable(action->objectName()));
    QWidget chooser;
    buildToolBar(window, actions, chooser);
    auto *bar = window.findChild<QToolBar *>(QStringLiteral("toolBar"));
    QVERIFY(bar);
    QVERIFY(bar->actions().contains(actions.at(Act::Validate)));
    QVERIFY(bar->actions().contains(actions.at(Act::CheckNumber)));
}

void ActionsTest::mnemonicsOfAMenuDiffer()
{
    Actions actions;
    QMainWindow window;
    buildMenus(window, actions);
    for (QAction *title : window.menuBar()->actions()) {
        QSet<QChar> keys;
        for (const QAction *entry : title->menu()->actions()) {
            const qsizetype at = entry->text().indexOf(QLatin1Char('&'));
            if (at < 0)
                continue;
            const QChar key = entry->text().at(at + 1).toLower();
            QVERIFY2(!keys.contains(key), qPrintable(title->text() + QStringLiteral(": ") + entry->text()));
            keys.insert(key);
        }
    }
}

void ActionsTest::reasons()
{
    Actions actions;
    const QAction *import = actions.at(Act::Import);
    QCOMPARE(Actions::whyDisabled(*import), QString());
    actions.setUsable(Act::Import, false, QStringLiteral("The file is still being checked."));
    QCOMPARE(Actions::whyDisabled(*import), QStringLiteral("The file is still being checked."));
    actions.setUsable(Act::Import, true);
    actions.at(Act::Import)->setEnabled(false); // by a page, without a reason of its own
    QVERIFY(!Actions::whyDisabled(*import).isEmpty());
    QVERIFY(Actions::whyDisabled(*import) != QStringLiteral("The file is still being checked."));
}

void ActionsTest::togglesAreOffAtFirst()
{
    Actions actions;
    for (const Act act : {Act::ForceCheck, Act::WaitForAll}) {
        QVERIFY(actions.at(act)->isCheckable());
        QVERIFY(!actions.at(act)->isChecked());
    }
}

void ActionsTest::paletteFindsByWords()
{
    Actions actions;
    CommandModel model(actions.all());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), actions.all().size());
    model.search(QStringLiteral("vali"));
    QCOMPARE(model.actionAt(0), actions.at(Act::Validate)); // begins with it, though it cannot be used now
    model.search(QStringLiteral("account test"));
    QCOMPARE(model.actionAt(0), actions.at(Act::TestConnection)); // both words, in the name or in what it does
    model.search(QStringLiteral("theme dark"));
    QCOMPARE(model.actionAt(0), actions.at(Act::ThemeDark)); // the light theme's sentence holds both words too
    model.search(QStringLiteral("no such command"));
    QCOMPARE(model.rowCount(), 0);
    model.search(QStringLiteral("undo"));
    const QModelIndex undo = model.index(0);
    QVERIFY(!undo.data(CommandModel::WhyRole).toString().isEmpty());
    QVERIFY(undo.data(Qt::AccessibleTextRole).toString().contains(undo.data(CommandModel::WhyRole).toString()));
}

void ActionsTest::paletteRunsOnlyWhatIsUsable()
{
    Actions actions;
    int validated = 0;
    connect(actions.at(Act::Validate), &QAction::triggered, this, [&validated] { ++validated; });
    auto *palette = new CommandPalette(actions.all());
    palette->open();
    auto *field = palette->findChild<QLineEdit *>(QStringLiteral("command"));
    field->setText(QStringLiteral("Validate"));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(palette->isVisible()); // disabled: stays open, the reason is in the row
    actions.setUsable(Act::Validate, true);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(validated, 1);
}

void ActionsTest::paletteIsWorkedByKeys()
{
    Actions actions;
    auto *palette = new CommandPalette(actions.all());
    palette->open();
    auto *field = palette->findChild<QLineEdit *>(QStringLiteral("command"));
    auto *list = palette->findChild<QListView *>(QStringLiteral("commands"));
    QVERIFY(!field->accessibleName().isEmpty());
    QVERIFY(!list->accessibleName().isEmpty());
    QCOMPARE(list->currentIndex().row(), 0);
    QTest::keyClick(field, Qt::Key_Down);
    QTest::keyClick(field, Qt::Key_Down);
    QCOMPARE(list->currentIndex().row(), 2);
    QTest::keyClick(field, Qt::Key_Up);
    QCOMPARE(list->currentIndex().row(), 1);
    QTest::keyClick(palette, Qt::Key_Escape);
    QVERIFY(!palette->isVisible());
}

QTEST_MAIN(ActionsTest)
#include "actions_test.moc"
