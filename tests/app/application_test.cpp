// SPDX-License-Identifier: GPL-3.0-or-later
// The whole program as a person has it: the real window over a real profile with the built-in sandbox, driven by the
// names of its actions and controls.
#include "app/application.h"
#include "models/domain/person.h"
#include "models/settings/settings.h"
#include "models/store/journal.h"
#include "tests/app/openapp.h"
#include "tests/support/answer.h"
#include "tests/support/nobody.h"
#include "ui/parts/banners.h"
#include "ui/shell/actions.h"
#include "ui/shell/jobsdock.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/windowdialogs.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QDirIterator>
#include <QFile>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QTableView>
#include <QToolButton>
#include <unistd.h>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

QTableView &contacts(OpenApp &open)
{
    return *named<QTableView>(open.window(), "contacts");
}

QString cell(OpenApp &open, int row, PersonColumn column)
{
    return contacts(open).model()->index(row, int(column)).data().toString();
}

/// Triggers it once it can be used.
bool run(OpenApp &open, const char *name)
{
    for (QAction *each : open.window().actions().all()) {
        if (each->objectName() == QStringLiteral("action.") + QLatin1String(name)) {
            if (!eventually([each] { return each->isEnabled(); }))
                return false;
            each->trigger();
            return true;
        }
    }
    return false;
}

bool hasRows(OpenApp &open, int rows)
{
    return eventually([&] { return contacts(open).model()->rowCount() == rows; });
}

/// The sample list, through every step of the dialog; how many people the table holds then.
int importSample(OpenApp &open)
{
    if (!run(open, "importSample"))
        return -1;
    QWidget *dialog = dialogNamed(QStringLiteral("importDialog"));
    auto *trail = dialog ? named<QLabel>(*dialog, "trail") : nullptr;
    if (!trail)
        return -1;
    for (const QString &step :
        {QStringLiteral("Columns"), QStringLiteral("Numbers"), QStringLiteral("Consent"), QStringLiteral("Dry run")}) {
        if (!eventually([&] { return trail->text().contains(step); }, 20'000))
            return -1;
        if (step == QLatin1String("Consent"))
            named<QRadioButton>(*dialog, "consentNone")->setChecked(true);
        if (!pressed(dialog, "next"))
            return -1;
    }
    auto *next = named<QAbstractButton>(*dialog, "next");
    if (!eventually([&] { return next->text().contains(QLatin1String("Close")); }, 20'000))
        return -1;
    next->click();
    (void)eventually([&] { return contacts(open).model()->rowCount() > 0; });
    return contacts(open).model()->rowCount();
}

QStringList verdicts(OpenApp &open, int rows)
{
    QStringList words;
    for (int row = 0; row < rows; ++row)
        words << cell(open, row, PersonColumn::Name) + u'='
                + cell(open, row, PersonColumn::Verdict).section(u',', 0, 0);
    return words;
}

QMap<QString, QByteArray> filesOf(const QString &folder)
{
    QMap<QString, QByteArray> files;
    QDirIterator each(folder, {QStringLiteral("rollcall.db")}, QDir::Files);
    while (each.hasNext()) {
        QFile file(each.next());
        if (file.open(QIODevice::ReadOnly))
            files.insert(file.fileName(), file.readAll());
    }
    return files;
}

/// What a person would use and a screen reader could not name, or the keyboard not reach.
QStringList unnamed(QWidget &window)
{
    QStringList found;
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        const auto *line = qobject_cast<QLineEdit *>(widget);
        const bool interactive = qobject_cast<QAbstractButton *>(widget) || line || qobject_cast<QComboBox *>(widget)
            || qobject_cast<QAbstractSpinBox *>(widget) || qobject_cast<QPlainTextEdit *>(widget)
            || (qobject_cast<QAbstractItemView *>(widget) && !qobject_cast<QHeaderView *>(widget));
        const bool inner = qobject_cast<QComboBox *>(widget->parentWidget())
            || qobject_cast<QAbstractSpinBox *>(widget->parentWidget());
        if (!interactive || inner || !widget->isVisible())
            continue;
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
        const QString what = QStringLiteral("%1 %2 in %3")
                                 .arg(QLatin1String(widget->metaObject()->className()), widget->objectName(),
                                     widget->parentWidget()->objectName());
        if (!accessible || accessible->text(QAccessible::Name).isEmpty())
            found << QStringLiteral("no name: ") + what;
        // Escape clears a search field, Ctrl+J closes the dock; what only shows (status line) is read, not used.
        const bool hasKeys = qobject_cast<QLineEdit *>(widget->parentWidget())
            || widget->objectName().startsWith(QLatin1String("qt_dockwidget")) || (line && line->isReadOnly());
        if (!hasKeys && widget->isEnabled() && !(widget->focusPolicy() & Qt::TabFocus))
            found << QStringLiteral("not by Tab: ") + what;
    }
    return found;
}

} // namespace

class ApplicationTest final : public QObject {
    Q_OBJECT
private slots:
    void theMainJobAndAfterARestart();
    void anImportIsAJob();
    void aPersonIsAddedDeletedAndBroughtBack();
    void everyActionIsNamedAndReachable();
    void everyControlIsNamedAndReachable();
    void aNamelessOperatorIsAskedForANameOnce();
    void whoClosesTheWelcomeIsToldWhoseNameIsWritten();
    void nothingIsWrittenWhereNothingMayBe();
    void themesSwitch();
    void aDamagedFileIsTold();
    void aForeignFileIsRefused();
    void aReadOnlyProfileIsShown();
};

void ApplicationTest::theMainJobAndAfterARestart()
{
    OpenApp open;
    QVERIFY(open.start(true));
    const int people = importSample(open);
    QVERIFY2(people > 20, qPrintable(QString::number(people)));
    constexpr int chosen = 12;
    QTableView &table = contacts(open);
    table.setFocus();
    table.setCurrentIndex(table.model()->index(0, 0));
    table.selectionModel()->select(
        QItemSelection(table.model()->index(0, 0), table.model()->index(chosen - 1, table.model()->columnCount() - 1)),
        QItemSelectionModel::ClearAndSelect);
    QVERIFY(run(open, "validate"));
    QVERIFY(pressed(dialogNamed(QStringLiteral("flightPlan")), "start"));
    const auto checked = [](const QStringList &words) {
        return words.filter(QStringLiteral("=Valid")).size() + words.filter(QStringLiteral("=Invalid")).size();
    };
    QVERIFY(eventually([&] { return checked(verdicts(open, chosen)) >= 6; }, 15'000));
    QVERIFY(eventually([&] { return open.window().jobs().running() == 0; }, 15'000));
    const QStringList before = verdicts(open, people);
    QVERIFY(!before.filter(QStringLiteral("=Valid")).isEmpty());
    table.horizontalHeader()->setSectionHidden(int(PersonColumn::Country), true);
    table.horizontalHeader()->resizeSection(int(PersonColumn::Name), 222);
    open.window().close();
    open.app.reset();

    QVERIFY(open.start(true));
    QVERIFY(hasRows(open, people));
    QVERIFY2(
        eventually([&] { return verdicts(open, people) == before; }), qPrintable(verdicts(open, people).join(u'\n')));
    QVERIFY(contacts(open).horizontalHeader()->isSectionHidden(int(PersonColumn::Country)));
    QCOMPARE(contacts(open).horizontalHeader()->sectionSize(int(PersonColumn::Name)), 222);
    int row = 3;
    while (cell(open, row, PersonColumn::Name).isEmpty()) // some of the list have none
        ++row;
    const QString name = cell(open, row, PersonColumn::Name);
    for (auto *search : open.window().findChildren<QLineEdit *>(QStringLiteral("search"))) {
        if (search->isVisible()) // each page has one
            search->setText(name);
    }
    QVERIFY(eventually([&] { return contacts(open).model()->rowCount() < people; }));
    QVERIFY(contacts(open).model()->rowCount() >= 1);
    QVERIFY(eventually([&] { return cell(open, 0, PersonColumn::Name).contains(name); }));
    open.app.reset();
}

void ApplicationTest::anImportIsAJob()
{
    OpenApp open;
    QVERIFY(open.start(true));
    auto *dialogs = open.app->window().findChild<WindowDialogs *>();
    QVERIFY(dialogs);
    const auto card = [&] { return open.app->window().findChild<QWidget *>(QStringLiteral("job.import")); };
    QVERIFY(!card());
    emit dialogs->importWorking(QStringLiteral("Reading the file"), QStringLiteral("12 rows"), Progress{12, 100});
    QVERIFY(card() && card()->isVisible());
    auto *line = card()->findChild<QLabel *>(QStringLiteral("job.line"));
    QVERIFY(line);
    QCOMPARE(line->text(), QStringLiteral("12 rows"));
    // What runs is not cleared with what is finished.
    QVERIFY(pressed(&open.app->window(), "jobs.clear"));
    QVERIFY(card() && card()->isVisible());
    emit dialogs->importRested();
    QVERIFY(eventually([&] { return !card(); }));
}

void ApplicationTest::aPersonIsAddedDeletedAndBroughtBack()
{
    OpenApp open;
    QVERIFY(open.start());
    QVERIFY(run(open, "newPerson"));
    QWidget *dialog = dialogNamed(QStringLiteral("newPerson"));
    QVERIFY(dialog);
    named<QLineEdit>(*dialog, "name")->setText(QStringLiteral("Grace"));
    named<QLineEdit>(*dialog, "number")->setText(QStringLiteral("+442079460007"));
    QVERIFY(pressed(dialog, "save"));
    QVERIFY(hasRows(open, 1));
    contacts(open).setCurrentIndex(contacts(open).model()->index(0, 0));
    contacts(open).selectRow(0);
    QVERIFY(run(open, "deletePerson"));
    QVERIFY(hasRows(open, 0));
    QCOMPARE(open.asked.size(), 1);
    QVERIFY(run(open, "undo"));
    QVERIFY(hasRows(open, 1));
    QVERIFY(eventually([&] { return cell(open, 0, PersonColumn::Name) == QStringLiteral("Grace"); }));
    QVERIFY(open.windowLives());
    open.app.reset();
}

void ApplicationTest::everyActionIsNamedAndReachable()
{
    OpenApp open;
    QVERIFY(open.start(true));
    QSet<QAction *> inMenus;
    const QList<QAction *> menus = open.window().menuBar()->actions();
    for (const QAction *menu : menus) {
        const QList<QAction *> entries = menu->menu()->actions();
        inMenus += QSet<QAction *>(entries.begin(), entries.end());
    }
    QSet<QKeySequence> keys;
    for (QAction *each : open.window().actions().all()) {
        QVERIFY(each->objectName().startsWith(QStringLiteral("action.")));
        QVERIFY2(!each->text().isEmpty() && !each->toolTip().isEmpty(), qPrintable(each->objectName()));
        QVERIFY2(inMenus.contains(each), qPrintable(each->objectName()));
        QVERIFY2(each->isEnabled() || !Actions::whyDisabled(*each).isEmpty(), qPrintable(each->objectName()));
        if (!each->shortcut().isEmpty()) {
            QVERIFY2(!keys.contains(each->shortcut()), qPrintable(each->objectName()));
            keys.insert(each->shortcut());
        }
    }
    open.app.reset();
}

void ApplicationTest::everyControlIsNamedAndReachable()
{
    OpenApp open;
    QVERIFY(open.start(true));
    QVERIFY(open.addPerson(QStringLiteral("Ada"), QStringLiteral("+442079460001")));
    QVERIFY(hasRows(open, 1));
    for (const char *page : {"showContacts", "showChecks", "showJournal", "showAccounts"}) {
        QVERIFY(run(open, page));
        spin(50);
        for (auto *search : open.window().findChildren<QLineEdit *>(QStringLiteral("search")))
            search->setText(QStringLiteral("a")); // its clear button appears
        const QStringList found = unnamed(open.window());
        QVERIFY2(found.isEmpty(), qPrintable(QLatin1String(page) + u'\n' + found.join(u'\n')));
    }
    const std::pair<const char *, const char *> dialogs[] = {{"newPerson", "newPerson"}, {"import", "importDialog"},
        {"checkNumber", "checkNumber"}, {"addAccount", "newAccount"}, {"preferences", "preferences"}};
    for (const auto &each : dialogs) {
        QVERIFY(run(open, each.first));
        QWidget *dialog = dialogNamed(QLatin1String(each.second));
        QVERIFY2(dialog, each.first);
        const QStringList found = unnamed(*dialog);
        QVERIFY2(found.isEmpty(), qPrintable(QLatin1String(each.first) + u'\n' + found.join(u'\n')));
        dialog->close();
        QVERIFY(eventually([&] { return !dialogNamed(QLatin1String(each.second), 0); }));
    }
    open.app.reset();
}

void ApplicationTest::aNamelessOperatorIsAskedForANameOnce()
{
    OpenApp open;
    open.operatorName.clear();
    QVERIFY(open.start());
    auto *banner = named<QWidget>(open.window(), "banner.operator");
    QVERIFY(banner && banner->isVisible());
    named<QAbstractButton>(*banner, "banner.act")->click();
    auto *preferences = named<QWidget>(open.window(), "preferences");
    QVERIFY(preferences && preferences->isVisible());
    named<QLineEdit>(*preferences, "preferences.operator")->setText(QStringLiteral("Grace"));
    named<QAbstractButton>(*preferences, "preferences.save")->click();
    QCOMPARE(open.app->settings().value(Keys::operatorName), QStringLiteral("Grace"));
    QTRY_VERIFY(!named<QWidget>(open.window(), "banner.operator"));

    QVERIFY(open.addPerson(QStringLiteral("Somebody"), QStringLiteral("+442079460999")));
    const auto newest = answerOf<std::vector<qint64>>(
        [&](auto then) { return open.app->store().journal().list({}, std::move(then)); });
    QVERIFY(newest && !newest->empty());
    const auto entries = answerOf<std::vector<JournalEntry>>(
        [&](auto then) { return open.app->store().journal().rows({newest->front()}, std::move(then)); });
    QVERIFY(entries && !entries->empty());
    QCOMPARE(entries->front().operatorName, QStringLiteral("Grace"));
    open.app.reset();
}

void ApplicationTest::whoClosesTheWelcomeIsToldWhoseNameIsWritten()
{
    OpenApp open;
    QVERIFY(open.start());
    open.app->settings().setValue(Keys::operatorName, QString());
    QVERIFY(open.window().banners().sentence(QStringLiteral("operator")).isEmpty());
    QVERIFY(run(open, "welcome"));
    QWidget *welcome = dialogNamed(QStringLiteral("welcome"));
    QVERIFY(welcome);
    QTest::keyClick(welcome, Qt::Key_Escape);
    const QString sentence = open.window().banners().sentence(QStringLiteral("operator"));
    QVERIFY2(sentence.contains(QStringLiteral("The journal names")), qPrintable(sentence));
}

/// As in a profile that cannot be written: what would store something is off, with the reason in its tooltip.
void ApplicationTest::nothingIsWrittenWhereNothingMayBe()
{
    OpenApp open;
    QVERIFY(open.start(true));
    QVERIFY(importSample(open) > 20);
    QTableView &table = contacts(open);
    table.setFocus();
    table.selectRow(0);
    const Act writing[] = {Act::NewPerson, Act::EditPerson, Act::DeletePerson, Act::OptIn, Act::OptOut,
        Act::MarketingStop, Act::ErasePerson, Act::CheckNumber, Act::ForceCheck, Act::WaitForAll, Act::Validate,
        Act::Undo, Act::Import, Act::Block, Act::Unblock, Act::BlockSpam, Act::WroteNow};
    const Actions &actions = open.window().actions();
    for (const Act act : writing)
        QVERIFY2(eventually([&] { return actions.at(act)->isEnabled(); }), qPrintable(actions.at(act)->objectName()));
    const QString why = QStringLiteral("This profile cannot be written.");
    open.window().setWritable(false, why);
    table.selectRow(1); // a new choice switches nothing on again
    for (const Act act : writing) {
        const QAction &action = *actions.at(act);
        QVERIFY2(!action.isEnabled(), qPrintable(action.objectName()));
        QVERIFY2(action.toolTip().endsWith(why), qPrintable(action.toolTip()));
        QCOMPARE(Actions::whyDisabled(action), why);
    }
    open.window().setWritable(true, {});
    for (const Act act : writing)
        QVERIFY2(actions.at(act)->isEnabled(), qPrintable(actions.at(act)->objectName()));
}

void ApplicationTest::themesSwitch()
{
    OpenApp open;
    QVERIFY(open.start());
    const auto lightness = [] { return QApplication::palette().color(QPalette::Window).lightness(); };
    QVERIFY(run(open, "themeDark"));
    QVERIFY(lightness() < 100);
    QVERIFY(open.window().palette().color(QPalette::WindowText).lightness() > 180);
    QVERIFY(run(open, "themeLight"));
    QVERIFY(lightness() > 200);
    QVERIFY(open.window().palette().color(QPalette::WindowText).lightness() < 80);
    open.app.reset();
}

void ApplicationTest::aDamagedFileIsTold()
{
    OpenApp open;
    QVERIFY(open.start());
    for (int i = 0; i < 40; ++i)
        QVERIFY(open.addPerson(QStringLiteral("Person %1").arg(i), QStringLiteral("+4420794600%1").arg(10 + i)));
    open.app.reset();
    const QString folder = open.folder.filePath(QStringLiteral("profile"));
    QFile file(folder + QStringLiteral("/rollcall.db"));
    QVERIFY(file.open(QIODevice::ReadWrite));
    const qint64 row = file.readAll().indexOf("Person 39"); // its page loses its head
    QVERIFY(row > 4096);
    QVERIFY(file.seek(row / 4096 * 4096));
    QCOMPARE(file.write(QByteArray(64, '\x5a')), 64);
    file.close();
    const auto before = filesOf(folder);

    QVERIFY(open.start());
    QVERIFY2(wordsOnScreen().contains(QStringLiteral("is damaged")), qPrintable(wordsOnScreen()));
    QVERIFY(wordsOnScreen().contains(QStringLiteral("Restore a backup")));
    QVERIFY(!open.window().actions().at(Act::Import)->isEnabled());
    QVERIFY(!Actions::whyDisabled(*open.window().actions().at(Act::Import)).isEmpty());
    QVERIFY(open.window().isVisible());
    open.app.reset();
    QCOMPARE(filesOf(folder), before);
}

void ApplicationTest::aForeignFileIsRefused()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("rollcall.db")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.write(QByteArray("Dear diary, this is no database. ").repeated(200)) > 0);
    file.close();
    const auto before = filesOf(folder.path());
    SystemClock clock;
    Application::Options options;
    options.folder = folder.path();
    options.secrets = makeMemorySecrets();
    options.asks = realAsks();
    const auto opened = Application::open(std::move(options), clock);
    QVERIFY(!opened);
    QCOMPARE(opened.failure().kind, Failure::Kind::Foreign);
    QCOMPARE(filesOf(folder.path()), before);
}

void ApplicationTest::aReadOnlyProfileIsShown()
{
    if (geteuid() == 0) { // root may write everything: the same once more as nobody
        const NobodyRun run = runAsNobody(QStringLiteral("aReadOnlyProfileIsShown"));
        QVERIFY2(run.passed("ApplicationTest::aReadOnlyProfileIsShown()"), run.output.constData());
        return;
    }
    OpenApp open;
    QVERIFY(open.start());
    QVERIFY(open.addPerson(QStringLiteral("Ada"), QStringLiteral("+442079460001")));
    open.app.reset();
    const QString folder = open.folder.filePath(QStringLiteral("profile"));
    const auto before = filesOf(folder);
    const auto readOnly = QFile::ReadOwner | QFile::ExeOwner;
    QVERIFY(QFile::setPermissions(folder + QStringLiteral("/rollcall.db"), QFile::ReadOwner));
    QVERIFY(QFile::setPermissions(folder, readOnly));
    const bool started = open.start();
    const QString words = wordsOnScreen();
    const bool writable = started && open.window().actions().at(Act::NewPerson)->isEnabled();
    const bool shown = started && hasRows(open, 1);
    open.app.reset();
    QVERIFY(QFile::setPermissions(folder, readOnly | QFile::WriteOwner));
    QVERIFY(started && shown && !writable);
    QVERIFY2(words.contains(QStringLiteral("cannot be written")), qPrintable(words));
    QCOMPARE(filesOf(folder), before);
}

QTEST_MAIN(ApplicationTest)
#include "application_test.moc"
