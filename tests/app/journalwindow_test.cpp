// SPDX-License-Identifier: GPL-3.0-or-later
// What the Journal page shows, checks and writes, and the commands that record or erase: in the whole program, by the
// names of its actions and controls, looked up afterwards in the store.
#include "app/application.h"
#include "models/store/consents.h"
#include "models/tables/journalmodel.h"
#include "tests/app/blockworld.h"
#include "tests/support/answer.h"
#include "ui/parts/banners.h"
#include "ui/shell/actions.h"

#include <QCheckBox>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTableWidget>
#include <QToolButton>

using namespace rollcall;
using namespace rollcall::tests;

class JournalWindowTest final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_world.reset(); }
    void aBlockIsWrittenInWordsVerifiedAndExported();
    void theFilterDecidesWhatIsExported();
    void anOptInIsRecorded();
    void anOptOutNamesWhomItIsAbout();
    void aNameFindsEntriesAndReturnOpensOne();
    void theOpenMenuKeepsItsEntry();
    void stopsInAPastedTextAreConfirmed();
    void whoAnEntryIsAboutIsBlocked();
    void aBlockIsOfThePageAndTheAccountOfItsClick();
    void anErasedPersonStaysSuppressed();
    void manyAreErasedOneAfterAnother();

private:
    [[nodiscard]] QStringList column(JournalColumn which) const
    {
        const QAbstractItemModel &model = *m_world->table("journal.table").model();
        QStringList cells;
        for (int row = 0; row < model.rowCount(); ++row)
            cells << model.index(row, int(which)).data().toString();
        return cells;
    }
    [[nodiscard]] bool journalHas(const QString &what) const
    {
        return eventually([&] { return column(JournalColumn::Act).contains(what); });
    }
    std::unique_ptr<BlockWorld> m_world;
};

void JournalWindowTest::init()
{
    m_world = std::make_unique<BlockWorld>();
    QVERIFY(m_world->start());
}

void JournalWindowTest::aBlockIsWrittenInWordsVerifiedAndExported()
{
    BlockWorld &world = *m_world;
    world.addPeople(2);
    QVERIFY(world.choose("contacts", 2));
    QVERIFY(world.blockChosen());
    QVERIFY(world.lastRun(1));
    world.open.window().showPage(Act::ShowJournal);
    QVERIFY(journalHas(QStringLiteral("Block finished")));
    QVERIFY(journalHas(QStringLiteral("Do not contact")));
    for (const QString &act : column(JournalColumn::Act))
        QVERIFY2(!act.contains(u'.'), qPrintable(act)); // no stable id is shown to a person
    const QStringList outcomes = column(JournalColumn::Outcome);
    QVERIFY2(outcomes.filter(QStringLiteral("from: Chosen people")).size() == 1,
        qPrintable(outcomes.join(QStringLiteral(" / "))));
    shot(&world.open.window(), "journal-page");

    QVERIFY(world.run(Act::VerifyJournal));
    auto *banners = world.open.window().findChild<QWidget *>(QStringLiteral("banner.chain"));
    QVERIFY(eventually([&] {
        banners = world.open.window().findChild<QWidget *>(QStringLiteral("banner.chain"));
        return banners && wordsOf(banners).contains(QStringLiteral("The journal is sound"));
    }));

    world.open.saveTo = world.open.folder.filePath(QStringLiteral("journal.json"));
    auto *write = named<QPushButton>(world.open.window(), "journal.export");
    QVERIFY(write);
    write->click();
    QVERIFY(eventually([&] { return QFile::exists(world.open.saveTo); }));
    QFile file(world.open.saveTo);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(json.value(QStringLiteral("rollcall_journal")).toInt(), 1);
    QStringList acts;
    const QJsonArray entries = json.value(QStringLiteral("entries")).toArray();
    for (const auto entry : entries)
        acts << entry.toObject().value(QStringLiteral("act")).toString();
    QVERIFY(acts.contains(QStringLiteral("block.run")) && acts.contains(QStringLiteral("stop")));
    QVERIFY(journalHas(QStringLiteral("Export"))); // which is itself noted
}

void JournalWindowTest::theFilterDecidesWhatIsExported()
{
    BlockWorld &world = *m_world;
    const QStringList numbers = world.addPeople(2);
    world.open.window().showPage(Act::ShowJournal);
    QVERIFY(journalHas(QStringLiteral("New person")));
    auto *act = named<QComboBox>(world.open.window(), "journal.act");
    QVERIFY(act);
    QVERIFY(eventually([&] { return act->findText(QStringLiteral("New person")) > 0; }));
    act->setCurrentIndex(act->findText(QStringLiteral("New person")));
    QVERIFY(eventually([&] { return column(JournalColumn::Act).size() == 2; }));
    world.open.saveTo = world.open.folder.filePath(QStringLiteral("journal.csv"));
    named<QPushButton>(world.open.window(), "journal.export")->click();
    QVERIFY(eventually([&] { return QFile::exists(world.open.saveTo); }));
    QFile file(world.open.saveTo);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArrayList lines = file.readAll().trimmed().split('\n');
    QCOMPARE(lines.size(), 4); // how it was made, the header, two people
    QVERIFY(lines[0].contains("Rollcall journal"));
    QVERIFY(lines[2].contains("person.add") && lines[3].contains("person.add"));
    // As the page says it, for somebody who has no Rollcall.
    QVERIFY2(lines[2].contains(QByteArray(",New person,\"P0, " + numbers[0].toUtf8() + "\",")), lines[2].constData());
}

void JournalWindowTest::anOptInIsRecorded()
{
    BlockWorld &world = *m_world;
    world.addPeople(1);
    QVERIFY(world.choose("contacts", 1));
    QVERIFY(world.run(Act::OptIn));
    QWidget *dialog = dialogNamed(QStringLiteral("consentDialog"));
    QVERIFY(dialog);
    shot(dialog, "consent");
    QVERIFY(!named<QPushButton>(*dialog, "record")->isEnabled()); // without a source it proves nothing
    named<QLineEdit>(*dialog, "source")->setText(QStringLiteral("web form"));
    QVERIFY(pressed(dialog, "record"));
    world.open.window().showPage(Act::ShowJournal);
    QVERIFY(journalHas(QStringLiteral("Opt-in recorded")));
    const auto people = answerOf<Spine>(
        [&](auto then) { return world.open.app->store().people().spine(Filter{}, SortOrder{}, AccountId(0), then); });
    QVERIFY(people);
    const auto details = answerOf<PersonDetails>(
        [&](auto then) { return world.open.app->store().people().details(people->front(), {}, then); });
    QVERIFY(details);
    QCOMPARE(details->consents.size(), std::size_t(1));
    QCOMPARE(details->consents[0].source, QStringLiteral("web form"));
    QCOMPARE(details->row.consent, ConsentState::OptIn);
}

void JournalWindowTest::anOptOutNamesWhomItIsAbout()
{
    BlockWorld &world = *m_world;
    const QStringList numbers = world.addPeople(10);
    QVERIFY(world.choose("contacts", 10));
    QVERIFY(world.run(Act::OptOut));
    QWidget *dialog = dialogNamed(QStringLiteral("consentDialog"));
    QVERIFY(dialog);
    auto *whom = named<QLabel>(*dialog, "whom");
    QVERIFY(whom);
    QVERIFY(eventually([&] { return whom->isVisible(); }));
    shot(dialog, "optout");
    const QStringList lines = whom->text().split(u'\n');
    QCOMPARE(lines.size(), 9); // eight, and how many more
    QCOMPARE(lines[0], QStringLiteral("P0, ") + numbers[0]);
    QCOMPARE(lines[8], QStringLiteral("and 2 more"));
    QVERIFY(pressed(dialog, "record"));
    QVERIFY(eventually([&] { return world.stopped() == 10; }));
    world.open.window().showPage(Act::ShowJournal);
    QVERIFY(journalHas(QStringLiteral("Opt-out recorded"))); // not "consent", which is the contrary
}

void JournalWindowTest::aNameFindsEntriesAndReturnOpensOne()
{
    BlockWorld &world = *m_world;
    const QStringList numbers = world.addPeople(3);
    QVERIFY(world.choose("contacts", 3));
    QVERIFY(world.run(Act::OptOut));
    QVERIFY(pressed(dialogNamed(QStringLiteral("consentDialog")), "record"));
    QVERIFY(eventually([&] { return world.stopped() == 3; }));
    world.open.window().showPage(Act::ShowJournal);
    auto *search = named<QLineEdit>(world.open.window(), "journal.search");
    QVERIFY(search);
    search->setText(QStringLiteral("p1"));
    const QStringList hers{
        QStringLiteral("Do not contact"), QStringLiteral("New person"), QStringLiteral("Opt-out recorded")};
    const auto shown = [&] {
        QStringList acts = column(JournalColumn::Act);
        acts.sort();
        return acts;
    };
    QVERIFY2(eventually([&] { return shown() == hers; }), qPrintable(shown().join(u'/')));
    const QStringList subjects = column(JournalColumn::Subject);
    QVERIFY2(subjects.contains(QStringLiteral("P1, ") + numbers[1]), qPrintable(subjects.join(u'/')));
    QCOMPARE(subjects.filter(QRegularExpression(QStringLiteral("^3 p"))).size(), 2); // people, by their count

    // Return on the entry about three opens it, and it names them.
    QTableView &table = world.table("journal.table");
    const auto row = int(column(JournalColumn::Act).indexOf(QStringLiteral("Opt-out recorded")));
    table.setCurrentIndex(table.model()->index(row, 1));
    QTest::keyClick(&table, Qt::Key_Return);
    QWidget *dialog = dialogNamed(QStringLiteral("journalEntry"));
    QVERIFY(dialog);
    auto *people = dialog->findChild<QListWidget *>(QStringLiteral("people"));
    QVERIFY(eventually([&] { return people->count() == 3; }));
    QCOMPARE(people->item(1)->text(), QStringLiteral("P1, ") + numbers[1]);
    shot(dialog, "journal-entry");
    QTest::keyClick(dialog, Qt::Key_Escape);
    QVERIFY(eventually([&] { return !dialogNamed(QStringLiteral("journalEntry"), 0); }));

    // From the entry about her alone the journal is narrowed to her, and back.
    search->clear();
    QVERIFY(eventually([&] { return shown().count(QStringLiteral("New person")) == 3; }));
    search->setText(QStringLiteral("new PERSON")); // the words of the window find acts too
    QVERIFY(eventually([&] { return shown() == QStringList(3, QStringLiteral("New person")); }));
    table.setCurrentIndex(table.model()->index(1, 0));
    QTest::keyClick(&table, Qt::Key_Return);
    QVERIFY(pressed(dialogNamed(QStringLiteral("journalEntry")), "only1"));
    search->clear();
    QVERIFY2(eventually([&] { return shown() == hers; }), qPrintable(shown().join(u'/')));
    auto *only = world.open.window().findChild<QToolButton *>(QStringLiteral("journal.only"));
    QVERIFY(only && only->isVisible() && only->text().contains(QStringLiteral("P1")));
    only->click();
    QVERIFY(eventually([&] { return shown().count(QStringLiteral("New person")) == 3; }));
}

/// An entry that comes in while the context menu is open shifts the rows under it.
void JournalWindowTest::theOpenMenuKeepsItsEntry()
{
    BlockWorld &world = *m_world;
    const QStringList numbers = world.addPeople(1);
    world.open.window().showPage(Act::ShowJournal);
    QVERIFY(journalHas(QStringLiteral("New person")));
    QTableView &table = world.table("journal.table");
    const auto row = int(column(JournalColumn::Act).indexOf(QStringLiteral("New person")));
    emit table.customContextMenuRequested(table.visualRect(table.model()->index(row, 1)).center());
    QWidget *menu = dialogNamed(QStringLiteral("journal.menu"));
    QVERIFY(menu);
    const qsizetype before = column(JournalColumn::Act).size();
    QVERIFY(world.open.addPerson(QStringLiteral("Later"), QStringLiteral("+447700900777")));
    QVERIFY(eventually([&] {
        const QStringList subjects = column(JournalColumn::Subject);
        return subjects.size() == before + 1 && subjects.value(row).startsWith(QStringLiteral("Later"));
    }));
    QVERIFY(menu->isVisible());
    menu->actions().front()->trigger();
    QWidget *dialog = dialogNamed(QStringLiteral("journalEntry"));
    QVERIFY(dialog);
    QVERIFY2(wordsOf(dialog).contains(numbers[0]), qPrintable(wordsOf(dialog)));
    menu->close();
}

void JournalWindowTest::stopsInAPastedTextAreConfirmed()
{
    BlockWorld &world = *m_world;
    const QStringList numbers = world.addPeople(2);
    QVERIFY(world.run(Act::FindStops));
    QWidget *dialog = dialogNamed(QStringLiteral("findStopsDialog"));
    QVERIFY(dialog);
    named<QPlainTextEdit>(*dialog, "findStops.text")
        ->setPlainText(QStringLiteral("21/11/2026, 10:02 - %1: STOP\n21/11/2026, 10:03 - %2: when do you open?\n")
                           .arg(numbers[0], numbers[1]));
    QVERIFY(!named<QPushButton>(*dialog, "findStops.record")->isEnabled());
    QVERIFY(pressed(dialog, "findStops.find"));
    auto *table = named<QTableWidget>(*dialog, "findStops.table");
    QVERIFY(eventually([&] { return table->rowCount() == 1; }));
    shot(dialog, "findstops");
    QCOMPARE(world.stopped(), 0); // found is not recorded
    QVERIFY(pressed(dialog, "findStops.record"));
    QVERIFY(eventually([&] { return world.stopped() == 1; }));
    Filter filter;
    filter.doNotContact = true;
    const auto people = answerOf<Spine>(
        [&](auto then) { return world.open.app->store().people().spine(filter, SortOrder{}, AccountId(0), then); });
    QVERIFY(people);
    const auto details = answerOf<PersonDetails>(
        [&](auto then) { return world.open.app->store().people().details(people->front(), {}, then); });
    QVERIFY(details);
    QCOMPARE(details->row.fields.number.e164Text(), numbers[0]);
    QVERIFY(details->consents[0].wording.contains(QStringLiteral("STOP"))); // the quote is the proof
}

/// Block… is about whom the chosen entry, or the chosen verdict, is about.
void JournalWindowTest::whoAnEntryIsAboutIsBlocked()
{
    BlockWorld &world = *m_world;
    QVERIFY(!world.addPeople(3).isEmpty());
    MainWindow &window = world.open.window();
    window.showPage(Act::ShowJournal);
    QTableView &journal = world.table("journal.table");
    const auto rowAbout = [&](const QString &name) {
        for (int row = 0; row < journal.model()->rowCount(); ++row)
            for (int column = 0; column < journal.model()->columnCount(); ++column)
                if (journal.model()->index(row, column).data().toString().startsWith(name))
                    return row;
        return -1;
    };
    QVERIFY(eventually([&] { return rowAbout(QStringLiteral("P1")) >= 0; }));
    journal.selectRow(rowAbout(QStringLiteral("P1")));
    QVERIFY(world.run(Act::Block));
    QWidget *dialog = dialogNamed(QStringLiteral("blockDialog"));
    QVERIFY(dialog);
    QWidget *plan = world.toPlan(dialog, QStringLiteral("Spam"));
    QVERIFY(plan);
    const auto *people = named<QTableView>(*plan, "planPeople");
    QVERIFY(eventually([&] { return people->model()->index(0, 0).data().toString() == QStringLiteral("P1"); }));
    QCOMPARE(people->model()->rowCount(), 1);
    QVERIFY(pressed(plan, "cancel"));

    window.showPage(Act::ShowContacts);
    QVERIFY(world.choose("contacts", 3));
    window.setCurrentAccount(world.node);
    QVERIFY(world.run(Act::Validate));
    QVERIFY(pressed(dialogNamed(QStringLiteral("flightPlan")), "start"));
    window.showPage(Act::ShowChecks);
    QVERIFY(world.choose("checks", 3));
    world.table("checks").selectRow(0);
    QVERIFY(world.run(Act::Unblock));
    dialog = dialogNamed(QStringLiteral("unblockDialog"));
    QVERIFY(dialog);
    QVERIFY2(wordsOf(dialog).contains(QStringLiteral("Unblock 1 ")), qPrintable(wordsOf(dialog)));
    dialog->close();
}

/// Whom an entry is about is read from the store: meanwhile the window goes on.
void JournalWindowTest::aBlockIsOfThePageAndTheAccountOfItsClick()
{
    BlockWorld &world = *m_world;
    QVERIFY(!world.addPeople(1).isEmpty());
    MainWindow &window = world.open.window();
    window.showPage(Act::ShowJournal);
    QVERIFY(journalHas(QStringLiteral("New person")));
    world.table("journal.table").selectRow(int(column(JournalColumn::Act).indexOf(QStringLiteral("New person"))));

    QVERIFY(world.run(Act::Block));
    window.showPage(Act::ShowAccounts);
    QCOMPARE(world.open.people(), 1); // read behind it
    QCOMPARE(dialogNamed(QStringLiteral("blockDialog"), 500), nullptr);

    window.showPage(Act::ShowJournal);
    QVERIFY(world.run(Act::Block));
    window.setCurrentAccount(world.node);
    QWidget *dialog = dialogNamed(QStringLiteral("blockDialog"));
    QVERIFY(dialog);
    const auto ticked = [dialog](AccountId id) {
        const auto *box = dialog->findChild<QCheckBox *>(QStringLiteral("account-%1").arg(id.value()));
        return box && box->isChecked();
    };
    QVERIFY(ticked(world.cloud));
    QVERIFY(!ticked(world.node));
    dialog->close();
}

void JournalWindowTest::anErasedPersonStaysSuppressed()
{
    BlockWorld &world = *m_world;
    const QStringList numbers = world.addPeople(1);
    QVERIFY(world.choose("contacts", 1));
    world.table("contacts").setCurrentIndex(world.table("contacts").model()->index(0, 0));
    world.open.asked.clear();
    QVERIFY(world.run(Act::ErasePerson));
    QVERIFY(eventually([&] { return world.open.people() == 0; }));
    QCOMPARE(world.open.asked.size(), 1); // it cannot be undone, so it is asked
    QVERIFY(world.open.asked[0].contains(QStringLiteral("P0")));
    world.open.window().showPage(Act::ShowJournal);
    QVERIFY(journalHas(QStringLiteral("Erase but keep suppressed")));
    QVERIFY(column(JournalColumn::Details).contains(QStringLiteral("erased")));
    QVERIFY(world.run(Act::VerifyJournal));
    QVERIFY(eventually([&] {
        auto *banner = world.open.window().findChild<QWidget *>(QStringLiteral("banner.chain"));
        return banner && wordsOf(banner).contains(QStringLiteral("The journal is sound"));
    }));
    // Whoever comes back under that number is stopped.
    QVERIFY(world.open.addPerson(QStringLiteral("Again"), numbers[0]));
    QCOMPARE(world.stopped(), 1);
    // And Ctrl+Z has nothing to bring them back with.
    QAction *undo = world.open.window().actions().at(Act::Undo);
    QVERIFY(eventually([&] { return undo->toolTip().contains(QStringLiteral("New person")); }));
}

void JournalWindowTest::manyAreErasedOneAfterAnother()
{
    BlockWorld &world = *m_world;
    world.addPeople(3);
    QVERIFY(world.choose("contacts", 3));
    world.open.asked.clear();
    QVERIFY(world.run(Act::ErasePerson));
    QWidget *dialog = dialogNamed(QStringLiteral("eraseDialog"));
    QVERIFY(dialog);
    QCOMPARE(world.open.asked.size(), 1);
    QVERIFY2(world.open.asked[0].contains(QStringLiteral("3")), qPrintable(world.open.asked[0]));
    shot(dialog, "erase-going");
    QVERIFY(eventually([&] { return world.open.people() == 0; }));
    QVERIFY(eventually([&] { return wordsOf(dialog).contains(QStringLiteral("3 people were erased")); }));
    shot(dialog, "erase-done");
    QVERIFY(pressed(dialog, "stop"));
    world.open.window().showPage(Act::ShowJournal);
    QVERIFY(
        eventually([&] { return column(JournalColumn::Act).count(QStringLiteral("Erase but keep suppressed")) == 3; }));
    QVERIFY(eventually([&] {
        return column(JournalColumn::Subject).filter(QStringLiteral("Erased person")).size()
            == 6; // and their additions
    }));
}

QTEST_MAIN(JournalWindowTest)
#include "journalwindow_test.moc"
