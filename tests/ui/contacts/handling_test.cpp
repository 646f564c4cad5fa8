// SPDX-License-Identifier: GPL-3.0-or-later
// What a new user does first with the list: search, keys, undo, a window of 1280.
#include "models/domain/filter.h"
#include "models/store/people.h"
#include "models/tables/contactsmodel.h"
#include "tests/support/answer.h"
#include "tests/support/checkplace.h"
#include "tests/support/manypeople.h"
#include "ui/contacts/contactspage.h"
#include "ui/contacts/peopleview.h"
#include "ui/parts/theme.h"

#include <QAction>
#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

struct Window {
    explicit Window(CheckPlace &place)
    {
        Asks asks;
        asks.confirm = [this](QWidget *, const Question &asked, const std::function<void(bool)> &then) {
            questions << asked.text;
            question = asked;
            if (meanwhile)
                meanwhile();
            then(answer);
        };
        asks.tell = [this](QWidget *, const Notice &notice) { notices << notice.text; };
        ContactsActions actions;
        actions.undo = &undo;
        actions.redo = &redo;
        page = std::make_unique<ContactsPage>(
            ContactsNeeds{*place.store, place.clock, *place.settings, *place.desk, *place.runner,
                [&place](AccountId id) { return place.account(id); }, asks},
            actions);
        page->resize(1090, 700); // what a window of 1280 has beside the navigation
        page->show();
        if (!QTest::qWaitForWindowActive(page.get())) // else nothing has the focus
            qFatal("the window does not become active");
        page->setAccount(place.accountId);
        if (!eventually([this] { return page->model().isSettled(); }))
            qFatal("the page shows no answer");
        search = page->findChild<QLineEdit *>(QStringLiteral("search"));
        table = static_cast<PeopleView *>(page->findChild<QTableView *>(QStringLiteral("contacts")));
        if (!search || !table)
            qFatal("no search or no table");
    }
    [[nodiscard]] QString detailsTitle() const
    {
        const QWidget *details = page->findChild<QWidget *>(QStringLiteral("details"));
        for (const QLabel *label : details->findChildren<QLabel *>())
            if (label->isVisible() && label->property("look") == QStringLiteral("title"))
                return label->text();
        return {};
    }

    QAction undo;
    QAction redo;
    bool answer = true;
    Question question;
    QStringList questions;
    std::function<void()> meanwhile; ///< while a question stands open
    QStringList notices;
    std::unique_ptr<ContactsPage> page;
    QLineEdit *search = nullptr;
    PeopleView *table = nullptr;
};

} // namespace

class ContactsHandlingTest final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void init()
    {
        m_place = std::make_unique<CheckPlace>();
        QVERIFY(addPeople(*m_place->store, m_place->folder.path(), people).ok());
    }
    void cleanup() { m_place.reset(); }
    void ctrlAInTheEmptySearch();
    void keysLeadFromTheSearchToTheList_data();
    void keysLeadFromTheSearchToTheList();
    void detailsForgetWhomTheFilterHides();
    void manyAreTakenBackOnlyAfterAQuestion();
    void whatIsNoLongerNewestStays();
    void fewAreTakenBackAtOnce();
    void filtersDoNotWidenTheWindow();
    void fiveColumnsAreWhole();

private:
    static constexpr int people = 30;
    std::unique_ptr<CheckPlace> m_place;
};

void ContactsHandlingTest::ctrlAInTheEmptySearch()
{
    Window window(*m_place);
    window.search->setFocus();
    QTest::keyClick(window.search, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(window.page->chosenCount(), people);
    QVERIFY(window.table->hasFocus());
    window.table->clearSelection();
    // A text is what Ctrl+A means where there is one.
    window.search->setFocus();
    QTest::keyClicks(window.search, QStringLiteral("a"));
    QTest::keyClick(window.search, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(window.search->selectedText(), QStringLiteral("a"));
    QCOMPARE(window.page->chosenCount(), 0);
    QVERIFY(window.search->hasFocus());
}

void ContactsHandlingTest::keysLeadFromTheSearchToTheList_data()
{
    QTest::addColumn<int>("key");
    QTest::newRow("down") << int(Qt::Key_Down);
    QTest::newRow("return") << int(Qt::Key_Return);
    QTest::newRow("escape") << int(Qt::Key_Escape);
}

void ContactsHandlingTest::keysLeadFromTheSearchToTheList()
{
    QFETCH(int, key);
    Window window(*m_place);
    window.search->setFocus();
    QTest::keyClick(window.search, Qt::Key(key));
    QVERIFY(window.table->hasFocus());
    QCOMPARE(window.page->chosenCount(), 1); // seen, not only the current one
    QCOMPARE(window.table->currentPerson(), window.page->model().keyAt(0));
    QTest::keyClick(window.table, Qt::Key_Down);
    QCOMPARE(window.table->currentPerson(), window.page->model().keyAt(1));
}

void ContactsHandlingTest::detailsForgetWhomTheFilterHides()
{
    Window window(*m_place);
    window.page->loadSearch();
    window.table->makeCurrent(window.page->model().keyAt(0));
    QVERIFY(eventually([&] { return !window.detailsTitle().isEmpty(); }));
    QTest::keyClicks(window.search, QStringLiteral("nobody is called so"));
    QVERIFY(eventually([&] { return window.page->shownCount() == 0; }));
    QCOMPARE(window.detailsTitle(), QString());
}

void ContactsHandlingTest::manyAreTakenBackOnlyAfterAQuestion()
{
    Window window(*m_place);
    QSignalSpy told(window.page.get(), &ContactsPage::told);
    QVERIFY(eventually([&] { return window.undo.isEnabled(); }));
    window.answer = false;
    window.undo.trigger();
    QVERIFY(eventually([&] { return !window.questions.isEmpty(); }));
    QVERIFY2(window.question.text.startsWith(QStringLiteral("Take back the newest command: Import, 30 people")),
        qPrintable(window.question.text));
    QVERIFY(window.question.dangerous); // Return declines
    QCOMPARE(window.page->shownCount(), people);
    QVERIFY(eventually([&] { return window.undo.isEnabled(); }));
    window.answer = true;
    window.undo.trigger();
    QVERIFY(eventually([&] { return window.page->shownCount() == 0 && !told.isEmpty(); }));
    const QString sentence = told.last().first().toString();
    QVERIFY2(sentence.startsWith(QStringLiteral("Undone: Import, 30 people taken back out.")), qPrintable(sentence));
}

/// While the question stands open another command is stored: neither it nor the one asked about is undone.
void ContactsHandlingTest::whatIsNoLongerNewestStays()
{
    Window window(*m_place);
    window.answer = true;
    window.meanwhile = [this] {
        PersonFields fields;
        fields.name = QStringLiteral("One more");
        QVERIFY(answerOf<PersonId>([&](auto then) { return m_place->store->people().add(fields, then); }).ok());
    };
    QVERIFY(eventually([&] { return window.undo.isEnabled(); }));
    window.undo.trigger();
    QVERIFY(eventually([&] { return !window.notices.isEmpty(); }));
    QCOMPARE(window.questions.size(), 1);
    QVERIFY2(window.notices.first().startsWith(QStringLiteral("Nothing was taken back")),
        qPrintable(window.notices.first()));
    QVERIFY(eventually([&] { return window.page->shownCount() == people + 1 && window.undo.isEnabled(); }));
}

void ContactsHandlingTest::fewAreTakenBackAtOnce()
{
    PersonFields fields;
    fields.name = QStringLiteral("One more");
    QVERIFY(answerOf<PersonId>([&](auto then) { return m_place->store->people().add(fields, then); }).ok());
    Window window(*m_place);
    QVERIFY(eventually([&] { return window.undo.isEnabled(); }));
    window.undo.trigger();
    QVERIFY(eventually([&] { return window.page->shownCount() == people; }));
    QVERIFY(window.questions.isEmpty());
}

/// A row of filters that does not fit would make the window wider than the screen.
void ContactsHandlingTest::filtersDoNotWidenTheWindow()
{
    Window window(*m_place);
    Filter filter;
    for (int chips = 1; chips <= 4; ++chips) {
        if (chips == 1)
            filter.countries = {QStringLiteral("AE"), QStringLiteral("GB")};
        else if (chips == 2)
            filter.verdicts = {VerdictWord::NotChecked, VerdictWord::Valid, VerdictWord::Unverified};
        else if (chips == 3)
            filter.tags = {QStringLiteral("a very long tag that nobody would read")};
        else
            filter.doNotContact = true;
        window.page->setFilter(filter);
        QVERIFY(eventually([&] { return window.page->model().isSettled(); }));
        const int needed = window.page->minimumSizeHint().width();
        QVERIFY2(needed <= 1090, qPrintable(QStringLiteral("%1 chips: %2").arg(chips).arg(needed)));
    }
}

void ContactsHandlingTest::fiveColumnsAreWhole()
{
    Window window(*m_place);
    const QHeaderView &header = *window.table->horizontalHeader();
    int whole = 0;
    for (int visual = 0; visual < header.count(); ++visual) {
        const int column = header.logicalIndex(visual);
        if (!header.isSectionHidden(column)
            && header.sectionPosition(column) + header.sectionSize(column) <= window.table->viewport()->width())
            ++whole;
    }
    QVERIFY2(whole >= 5, qPrintable(QString::number(whole)));
}

QTEST_MAIN(ContactsHandlingTest)
#include "handling_test.moc"
