// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/filter.h"
#include "models/store/people.h"
#include "models/store/stops.h"
#include "models/tables/contactsmodel.h"
#include "tests/support/answer.h"
#include "tests/support/checkplace.h"
#include "tests/support/manypeople.h"
#include "ui/contacts/contactspage.h"
#include "ui/contacts/peopleview.h"
#include "ui/parts/theme.h"
#include "ui/text/words.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

struct Window {
    explicit Window(CheckPlace &place)
    {
        for (QAction *action :
            {&newPerson, &edit, &remove, &checkNumber, &validate, &forceCheck, &waitForAll, &undo, &redo, &import})
            action->setText(QStringLiteral("action"));
        forceCheck.setCheckable(true);
        waitForAll.setCheckable(true);
        Asks asks;
        asks.confirm = [this](QWidget *, const Question &asked, const std::function<void(bool)> &then) {
            question = asked;
            then(answer);
        };
        asks.tell = [this](QWidget *, const Notice &notice) { told << notice.text; };
        ContactsActions actions;
        actions.newPerson = &newPerson;
        actions.edit = &edit;
        actions.remove = &remove;
        actions.checkNumber = &checkNumber;
        actions.validate = &validate;
        actions.forceCheck = &forceCheck;
        actions.waitForAll = &waitForAll;
        actions.undo = &undo;
        actions.redo = &redo;
        actions.import = &import;
        actions.contextMenu = {&edit, nullptr, &validate};
        page = std::make_unique<ContactsPage>(
            ContactsNeeds{*place.store, place.clock, *place.settings, *place.desk, *place.runner,
                [&place](AccountId id) { return place.account(id); }, asks},
            actions);
        page->resize(1300, 800);
        page->show();
        page->setAccount(place.accountId);
        settle();
    }
    void settle()
    {
        if (!eventually([this] { return page->model().isSettled(); }))
            qFatal("the page shows no answer");
    }
    template <class T = QWidget> T *part(const char *name) const
    {
        T *found = page->findChild<T *>(QLatin1String(name));
        if (!found)
            qFatal("no %s", name);
        return found;
    }
    /// A dialog of that name, once it is there.
    QDialog *dialog(const char *name) const
    {
        QDialog *found = nullptr;
        eventually([&] {
            found = page->findChild<QDialog *>(QLatin1String(name));
            return found && found->isVisible();
        });
        if (!found)
            qFatal("no dialog %s", name);
        return found;
    }
    PeopleView *table() const { return static_cast<PeopleView *>(part<QTableView>("contacts")); }
    QString cell(int row, PersonColumn column)
    {
        const QModelIndex index = page->model().index(row, int(column));
        eventually([&] {
            index.data();
            return index.data(ContactsModel::LoadedRole).toBool();
        });
        return index.data().toString();
    }

    QAction newPerson, edit, remove, checkNumber, validate, forceCheck, waitForAll, undo, redo, import;
    bool answer = true;
    Question question;
    QStringList told;
    std::unique_ptr<ContactsPage> page;
};

PersonId add(CheckPlace &place, const QString &name, const QString &number)
{
    PersonFields fields;
    fields.name = name;
    fields.number = parsePhoneNumber(number, QStringLiteral("GB"));
    const auto id = answerOf<PersonId>([&](auto then) { return place.store->people().add(fields, then); });
    if (!id)
        qFatal("%s", qPrintable(id.failure().detail));
    return *id;
}

template <class T> T *in(const QWidget *window, const char *name)
{
    T *found = window->findChild<T *>(QLatin1String(name));
    if (!found)
        qFatal("no %s", name);
    return found;
}

/// All the text a person can read in a window.
QString textOf(const QWidget *window)
{
    QStringList lines;
    for (const QLabel *label : window->findChildren<QLabel *>())
        lines << label->text();
    return lines.join(QLatin1Char('\n'));
}

} // namespace

class ContactsPageTest final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void init() { m_place = std::make_unique<CheckPlace>(); }
    void cleanup() { m_place.reset(); }
    void anEmptyListSaysWhatToDo();
    void aNewPersonByDialog();
    void aNumberIsReadWhileItIsTyped();
    void anEditIsUndoneAndRedone();
    void deletingAsksFirst();
    void everybodyButTwo();
    void aChoiceFollowsThePeople();
    void theOneChosenIsShown();
    void headingsAreNotCut();
    void anotherFilterForgetsTheChoice();
    void searchAsYouType();
    void filtersByChips();
    void theLayoutIsRemembered();
    void detailsCanBeClosed();
    void foreignTextStaysPlain();
    void everyControlHasAName();

private:
    std::unique_ptr<CheckPlace> m_place;
};

void ContactsPageTest::anEmptyListSaysWhatToDo()
{
    Window window(*m_place);
    QVERIFY(textOf(window.page.get()).contains(QStringLiteral("Nobody is here yet")));
    QVERIFY(!window.validate.isEnabled());
    QVERIFY(!window.remove.isEnabled());
    QVERIFY(!window.undo.isEnabled());
    const auto buttons = window.page->findChildren<QPushButton *>();
    QSignalSpy imported(&window.import, &QAction::triggered);
    for (QPushButton *button : buttons) {
        if (!button->isVisible())
            continue;
        button->click();
        break;
    }
    QCOMPARE(imported.count(), 1);
}

void ContactsPageTest::aNewPersonByDialog()
{
    Window window(*m_place);
    window.newPerson.trigger();
    QDialog *dialog = window.dialog("newPerson");
    in<QPushButton>(dialog, "save")->click();
    QVERIFY(in<QLabel>(dialog, "problem")->isVisible()); // nothing is filled in
    QTest::keyClicks(in<QLineEdit>(dialog, "name"), QStringLiteral("Anna"));
    QTest::keyClicks(in<QLineEdit>(dialog, "number"), QStringLiteral("+49 1512 3456789"));
    QTest::keyClicks(in<QLineEdit>(dialog, "tags"), QStringLiteral("vip, new,vip"));
    QTest::keyClick(dialog, Qt::Key_Return);
    QVERIFY(eventually([&] { return window.page->shownCount() == 1; }));
    QCOMPARE(window.cell(0, PersonColumn::Name), QStringLiteral("Anna"));
    QCOMPARE(window.cell(0, PersonColumn::Number), QStringLiteral("+49 1512 3456789"));
    QCOMPARE(window.cell(0, PersonColumn::Country), QStringLiteral("Germany"));
    QCOMPARE(window.cell(0, PersonColumn::Tags), QStringLiteral("vip, new"));
    QCOMPARE(window.cell(0, PersonColumn::Verdict), QStringLiteral("Not checked"));
    QVERIFY(eventually([&] { return !window.table()->currentPerson().isNull(); })); // the new one is chosen
    QVERIFY(
        eventually([&] { return textOf(window.page.get()).contains(QStringLiteral("+4915123456789")); })); // details
}

void ContactsPageTest::aNumberIsReadWhileItIsTyped()
{
    m_place->change([](Account &account) {
        account.region = QString();
        account.registeredCountryCode = 91;
        account.name = QStringLiteral("Delhi");
    });
    Window window(*m_place);
    window.newPerson.trigger();
    QDialog *dialog = window.dialog("newPerson");
    auto *number = in<QLineEdit>(dialog, "number");
    auto *reading = in<QLabel>(dialog, "reading");
    number->setText(QStringLiteral("07700 900123"));
    // Vendor page A: without '+' the node puts its own country code in front of whatever is there.
    QVERIFY2(reading->text().contains(QStringLiteral("+9107700900123")), qPrintable(reading->text()));
    auto *country = in<QComboBox>(dialog, "country");
    country->setCurrentIndex(country->findData(QStringLiteral("GB")));
    QVERIFY2(reading->text().contains(QStringLiteral("+44 7700 900123")), qPrintable(reading->text()));
    QVERIFY(!reading->text().contains(QStringLiteral("+91")));
    number->setText(QStringLiteral("+1 631-555-1004"));
    QVERIFY(reading->text().contains(QStringLiteral("+1 631-555-1004")));
    QVERIFY(!reading->text().contains(QStringLiteral("+44"))); // an explicit + is never reinterpreted
    number->setText(QStringLiteral("<b>x</b> +44 7700 900123"));
    QCOMPARE(reading->text(), QStringLiteral("This is not a phone number. It is kept as typed."));
}

void ContactsPageTest::anEditIsUndoneAndRedone()
{
    add(*m_place, QStringLiteral("Anna"), QStringLiteral("07700 900123"));
    Window window(*m_place);
    window.table()->makeCurrent(window.page->model().keyAt(0));
    QVERIFY(window.edit.isEnabled());
    window.edit.trigger();
    QDialog *dialog = window.dialog("editPerson");
    QCOMPARE(in<QLineEdit>(dialog, "number")->text(), QStringLiteral("07700 900123")); // as it was typed
    in<QLineEdit>(dialog, "name")->setText(QStringLiteral("Berta"));
    in<QPushButton>(dialog, "save")->click();
    QVERIFY(eventually([&] { return window.cell(0, PersonColumn::Name) == QStringLiteral("Berta"); }));
    QCOMPARE(window.cell(0, PersonColumn::Number), QStringLiteral("+44 7700 900123"));
    QVERIFY(eventually([&] { return window.undo.toolTip().contains(Words::act(QStringLiteral("person.edit"))); }));
    window.undo.trigger();
    QVERIFY(eventually([&] { return window.cell(0, PersonColumn::Name) == QStringLiteral("Anna"); }));
    QVERIFY(eventually([&] { return window.redo.isEnabled(); }));
    window.redo.trigger();
    QVERIFY(eventually([&] { return window.cell(0, PersonColumn::Name) == QStringLiteral("Berta"); }));
}

void ContactsPageTest::deletingAsksFirst()
{
    add(*m_place, QStringLiteral("Anna"), QStringLiteral("07700 900123"));
    add(*m_place, QStringLiteral("Berta"), QStringLiteral("07700 900124"));
    Window window(*m_place);
    QVERIFY(!window.remove.isEnabled());
    window.table()->selectRow(0);
    QVERIFY(window.remove.isEnabled());
    window.answer = false;
    window.remove.trigger();
    QVERIFY(window.question.dangerous);
    spin(50);
    QCOMPARE(window.page->shownCount(), 2);
    window.answer = true;
    window.remove.trigger();
    QVERIFY(eventually([&] { return window.page->shownCount() == 1; }));
    QCOMPARE(window.cell(0, PersonColumn::Name), QStringLiteral("Berta"));
    QVERIFY(eventually([&] { return window.undo.isEnabled(); }));
    window.undo.trigger();
    QVERIFY(eventually([&] { return window.page->shownCount() == 2; }));
}

void ContactsPageTest::everybodyButTwo()
{
    QVERIFY(addPeople(*m_place->store, m_place->folder.path(), 900).ok());
    Window window(*m_place);
    ContactsModel &model = window.page->model();
    QTest::keyClick(window.table(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(window.page->chosenCount(), 900);
    QVERIFY(window.table()->chosen().wholeFilter);
    QVERIFY(window.table()->chosen().ids.empty());
    const PersonId third = model.keyAt(3);
    const PersonId other = model.keyAt(500);
    for (const int row : {3, 500})
        window.table()->selectionModel()->select(
            model.index(row, 0), QItemSelectionModel::Deselect | QItemSelectionModel::Rows);
    QCOMPARE(window.page->chosenCount(), 898);
    const Selection choice = window.table()->chosen();
    QVERIFY(choice.wholeFilter);
    QCOMPARE(choice.ids, (std::vector<PersonId>{third, other}));
    window.remove.trigger();
    QVERIFY(window.question.text.contains(QStringLiteral("898")));
    QVERIFY(eventually([&] { return window.page->shownCount() == 2; }));
    QVERIFY(model.rowOf(third) >= 0);
    QVERIFY(model.rowOf(other) >= 0);
}

void ContactsPageTest::aChoiceFollowsThePeople()
{
    QVERIFY(addPeople(*m_place->store, m_place->folder.path(), 300).ok());
    Window window(*m_place);
    ContactsModel &model = window.page->model();
    std::vector<PersonId> chosen;
    for (const int row : {1, 2, 3, 100, 250}) {
        window.table()->selectionModel()->select(
            model.index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        chosen.push_back(model.keyAt(row));
    }
    window.table()->horizontalHeader()->setSortIndicator(int(PersonColumn::Number), Qt::DescendingOrder);
    window.settle();
    auto now = model.resolve(window.table()->chosen());
    std::sort(now.begin(), now.end());
    std::sort(chosen.begin(), chosen.end());
    QCOMPARE(now, chosen);
}

void ContactsPageTest::theOneChosenIsShown()
{
    const PersonId anna = add(*m_place, QStringLiteral("Anna"), QStringLiteral("07700 900123"));
    add(*m_place, QStringLiteral("Berta"), QStringLiteral("07700 900124"));
    Window window(*m_place);
    // As a screen reader does it: a row is chosen, and no cell becomes the current one.
    window.table()->selectionModel()->select(window.page->model().index(window.page->model().rowOf(anna), 0),
        QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    QCOMPARE(window.table()->currentPerson(), anna);
    QCOMPARE(window.page->chosenCount(), 1);
    QVERIFY(eventually([&] { return textOf(window.part("details")).contains(QStringLiteral("+447700900123")); }));
}

void ContactsPageTest::headingsAreNotCut()
{
    add(*m_place, QStringLiteral("Anna"), QStringLiteral("07700 900123"));
    Window window(*m_place);
    const QHeaderView &header = *window.table()->horizontalHeader();
    QFont bold = header.font();
    bold.setBold(true);
    QVERIFY(header.count() - header.hiddenSectionCount() >= 5);
    for (int column = 0; column < header.count(); ++column) {
        const QString text = window.page->model().headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        const int needed = QFontMetrics(bold).horizontalAdvance(text) + 2 * 12 + 14; // padding, sign of sorting
        QVERIFY2(header.isSectionHidden(column) || header.sectionSize(column) >= needed, qPrintable(text));
    }
}

void ContactsPageTest::anotherFilterForgetsTheChoice()
{
    QVERIFY(addPeople(*m_place->store, m_place->folder.path(), 100).ok());
    Window window(*m_place);
    window.table()->selectAll();
    window.page->setFilter({.countries = {QStringLiteral("DE")}});
    window.settle();
    QVERIFY(window.page->shownCount() > 0);
    QCOMPARE(window.page->chosenCount(), 0);
}

void ContactsPageTest::searchAsYouType()
{
    add(*m_place, QStringLiteral("Jürgen Müller"), QStringLiteral("07700 900123"));
    add(*m_place, QStringLiteral("Anna Smith"), QStringLiteral("+1 631 555 1004"));
    Window window(*m_place);
    window.page->loadSearch();
    QVERIFY(eventually([&] { return window.page->model().isSearchReady(); }));
    auto *search = window.part<QLineEdit>("search");
    QCOMPARE(search->accessibleName(), QStringLiteral("Search"));
    QTest::keyClicks(search, QStringLiteral("MULLER"));
    QVERIFY(eventually([&] { return window.page->shownCount() == 1; }));
    QCOMPARE(window.cell(0, PersonColumn::Name), QStringLiteral("Jürgen Müller"));
    search->clear();
    QTest::keyClicks(search, QStringLiteral("(631)-555"));
    QVERIFY(eventually([&] {
        return window.page->shownCount() == 1 && window.cell(0, PersonColumn::Name) == QStringLiteral("Anna Smith");
    }));
    QTest::keyClick(search, Qt::Key_Down); // on to the table
    QVERIFY(!window.table()->currentPerson().isNull());
    QTest::keyClicks(search, QStringLiteral("xxx"));
    QVERIFY(eventually([&] { return window.page->shownCount() == 0; }));
    QVERIFY(eventually([&] { return textOf(window.page.get()).contains(QStringLiteral("Nobody matches")); }));
    QVERIFY(window.part<QToolButton>("clearFilters")->isVisible());
    window.part<QToolButton>("clearFilters")->click();
    QVERIFY(eventually([&] { return window.page->shownCount() == 2; }));
    QVERIFY(search->text().isEmpty());
}

void ContactsPageTest::filtersByChips()
{
    const PersonId stopped = add(*m_place, QStringLiteral("Anna"), QStringLiteral("07700 900123"));
    add(*m_place, QStringLiteral("Berta"), QStringLiteral("+49 1512 3456789"));
    QVERIFY(answerOf<Nothing>([&](auto then) {
        return m_place->store->stops().stop({stopped}, {}, QStringLiteral("asked for it"), then);
    }).ok());
    Window window(*m_place);
    const auto choose = [&](const char *chip, const QString &entry) {
        QMenu *menu = window.part<QToolButton>(chip)->menu();
        emit menu->aboutToShow();
        QAction *found = nullptr;
        eventually([&] {
            for (QAction *action : menu->actions())
                found = action->text().section(QStringLiteral(" ("), 0, 0) == entry ? action : found;
            return found != nullptr;
        });
        if (!found)
            qFatal("no %s", qPrintable(entry));
        found->trigger();
        window.settle();
    };
    choose("filterCountry", QStringLiteral("Germany"));
    QCOMPARE(window.page->shownCount(), 1);
    QCOMPARE(window.cell(0, PersonColumn::Name), QStringLiteral("Berta"));
    QCOMPARE(window.part<QToolButton>("filterCountry")->accessibleName(), QStringLiteral("Country: Germany"));
    choose("filterVerdict", QStringLiteral("Valid"));
    QCOMPARE(window.page->shownCount(), 0);
    window.part<QToolButton>("clearFilters")->click();
    window.settle();
    QCOMPARE(window.page->shownCount(), 2);
    choose("filterStops", QStringLiteral("Do not contact"));
    QCOMPARE(window.page->shownCount(), 1);
    QCOMPARE(window.cell(0, PersonColumn::Stops), QStringLiteral("Do not contact"));
}

void ContactsPageTest::theLayoutIsRemembered()
{
    {
        Window window(*m_place);
        QHeaderView *header = window.table()->horizontalHeader();
        QVERIFY(!header->isSectionHidden(int(PersonColumn::Tags)));
        QMenu *columns = window.part<QToolButton>("columnChooser")->menu();
        emit columns->aboutToShow();
        for (QAction *action : columns->actions()) {
            if (action->text() == Words::personColumn(PersonColumn::Tags)
                || action->text() == Words::personColumn(PersonColumn::Country))
                action->trigger();
        }
        header->moveSection(header->visualIndex(int(PersonColumn::Number)), 0);
        header->resizeSection(int(PersonColumn::Name), 333);
        header->setSortIndicator(int(PersonColumn::Number), Qt::DescendingOrder);
        window.part<QToolButton>("showDetails")->click();
        spin(400); // it is written a moment after the last movement
    }
    Window window(*m_place);
    const QHeaderView *header = window.table()->horizontalHeader();
    QVERIFY(header->isSectionHidden(int(PersonColumn::Tags)));
    QVERIFY(!header->isSectionHidden(int(PersonColumn::Country)));
    QCOMPARE(header->visualIndex(int(PersonColumn::Number)), 0);
    QCOMPARE(header->sectionSize(int(PersonColumn::Name)), 333);
    QCOMPARE(window.page->model().order(), (SortOrder{PersonColumn::Number, true}));
    QVERIFY(!window.part("details")->isVisible());
}

void ContactsPageTest::detailsCanBeClosed()
{
    add(*m_place, QStringLiteral("Anna"), QStringLiteral("07700 900123"));
    Window window(*m_place);
    QVERIFY(window.part("details")->isVisible());
    window.part<QToolButton>("closeDetails")->click();
    QVERIFY(!window.part("details")->isVisible());
    window.table()->makeCurrent(window.page->model().keyAt(0));
    QTest::keyClick(window.table(), Qt::Key_Return);
    QVERIFY(window.part("details")->isVisible());
    QVERIFY(eventually([&] { return textOf(window.part("details")).contains(QStringLiteral("+447700900123")); }));
}

void ContactsPageTest::foreignTextStaysPlain()
{
    add(*m_place, QStringLiteral("<b>x</b>\u202Egpj.exe\nsecond"), QStringLiteral("<i>7</i>"));
    Window window(*m_place);
    QCOMPARE(window.cell(0, PersonColumn::Name), QStringLiteral("<b>x</b>‹U+202E›gpj.exe second"));
    QCOMPARE(window.page->model().index(0, 0).data(Qt::ToolTipRole).toString(),
        QStringLiteral("&lt;b&gt;x&lt;/b&gt;‹U+202E›gpj.exe second"));
    window.table()->makeCurrent(window.page->model().keyAt(0));
    QVERIFY(eventually([&] { return textOf(window.part("details")).contains(QStringLiteral("‹U+202E›")); }));
    for (const QLabel *label : window.page->findChildren<QLabel *>())
        QCOMPARE(label->textFormat(), label->pixmap().isNull() ? Qt::PlainText : label->textFormat());
}

void ContactsPageTest::everyControlHasAName()
{
    add(*m_place, QStringLiteral("Anna"), QStringLiteral("07700 900123"));
    Window window(*m_place);
    QCOMPARE(window.table()->accessibleName(), QStringLiteral("Contacts"));
    for (QWidget *widget : window.page->findChildren<QWidget *>()) {
        const bool control = qobject_cast<QAbstractButton *>(widget) || qobject_cast<QLineEdit *>(widget);
        const bool inField = qobject_cast<QLineEdit *>(widget->parentWidget()) != nullptr; // its pictures
        if (!control || inField || !widget->isVisible() || widget->objectName().startsWith(QLatin1String("qt_")))
            continue;
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
        QVERIFY2(accessible && !accessible->text(QAccessible::Name).isEmpty(),
            qPrintable(widget->objectName() + QLatin1String(widget->metaObject()->className())));
        QVERIFY2(widget->focusPolicy() & Qt::TabFocus, qPrintable(widget->objectName()));
    }
    window.cell(0, PersonColumn::Verdict); // a cell's accessible text is what a person reads
    QAccessibleInterface *table = QAccessible::queryAccessibleInterface(window.table());
    QAccessibleInterface *cell = table->tableInterface()->cellAt(0, int(PersonColumn::Verdict));
    QCOMPARE(cell->text(QAccessible::Name), QStringLiteral("Not checked"));
}

QTEST_MAIN(ContactsPageTest)
#include "contactspage_test.moc"
