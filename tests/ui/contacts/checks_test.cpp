// SPDX-License-Identifier: GPL-3.0-or-later
// Validate and "Check a number…" from the click to the stored verdict, against the sandbox.
#include "models/store/journal.h"
#include "models/store/people.h"
#include "models/store/stops.h"
#include "models/tables/contactsmodel.h"
#include "tests/support/answer.h"
#include "tests/support/checkplace.h"
#include "ui/contacts/contactspage.h"
#include "ui/contacts/flightplandialog.h"
#include "ui/contacts/peopleview.h"
#include "ui/parts/fieldlist.h"
#include "ui/parts/theme.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

template <class T> T *in(const QWidget *window, const char *name)
{
    T *found = window->findChild<T *>(QLatin1String(name));
    if (!found)
        qFatal("no %s", name);
    return found;
}

QString textOf(const QWidget *window)
{
    QStringList lines;
    for (const QLabel *label : window->findChildren<QLabel *>()) {
        if (label->isVisibleTo(window))
            lines << label->text();
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

class ContactsChecksTest final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void init();
    void cleanup();
    void theChosenAreValidated();
    void nobodyChosenMeansEverybody();
    void freshVerdictsAreNotAskedAgain();
    void cancelledAsksNothing();
    void oneNumberAndItsVerdict();
    void oneNumberAgainIsFromTheCache();
    void oneNumberCoolsDown();
    void oneNumberWithoutBudget();
    void oneNumberThatSaidStop();
    void aDeadGatewayIsSaid();
    void withoutAnOptInNobodyIsAsked();
    void oneNumberWithoutAnOptInIsNotAsked();
    void oneNumberOfNobodyNeedsAReason();
    void theSandboxAsksNothing();
    void withoutAnAccount();
    void thePlanSaysEverything();
    void withoutPlusIsSaidBefore();
    void aMovedClockMustBeConfirmed();

private:
    PersonId add(const QString &name, const QString &number);
    QString verdictOf(int row);
    QDialog *dialog(const char *name);
    void reachPeople();
    ConsentState consentOf(PersonId person);
    int overrides();
    QDialog *checkNumber(const QString &number);
    std::unique_ptr<CheckPlace> m_place;
    std::unique_ptr<QAction> m_validate, m_force, m_wait, m_check;
    std::unique_ptr<ContactsPage> m_page;
    QStringList m_told;
};

void ContactsChecksTest::init()
{
    m_place = std::make_unique<CheckPlace>();
    m_validate = std::make_unique<QAction>();
    m_check = std::make_unique<QAction>();
    m_force = std::make_unique<QAction>();
    m_force->setCheckable(true);
    m_wait = std::make_unique<QAction>();
    m_wait->setCheckable(true);
    Asks asks;
    asks.tell = [this](QWidget *, const Notice &notice) { m_told << notice.text; };
    ContactsActions actions;
    actions.validate = m_validate.get();
    actions.checkNumber = m_check.get();
    actions.forceCheck = m_force.get();
    actions.waitForAll = m_wait.get();
    m_page = std::make_unique<ContactsPage>(
        ContactsNeeds{*m_place->store, m_place->clock, *m_place->settings, *m_place->desk, *m_place->runner,
            [this](AccountId id) { return m_place->account(id); }, asks},
        actions);
    m_page->resize(1200, 700);
    m_page->show();
    m_page->setAccount(m_place->accountId);
    QVERIFY(eventually([&] { return m_page->model().isSettled(); }));
}

void ContactsChecksTest::cleanup()
{
    m_page.reset();
    m_place.reset();
    m_told.clear();
}

PersonId ContactsChecksTest::add(const QString &name, const QString &number)
{
    PersonFields fields;
    fields.name = name;
    fields.number = parsePhoneNumber(number, QString());
    const qint64 before = m_page->shownCount();
    const auto id = answerOf<PersonId>([&](auto then) { return m_place->store->people().add(fields, then); });
    if (!id || !eventually([&] { return m_page->shownCount() == before + 1 && m_page->model().isSettled(); }))
        qFatal("nobody was added");
    return *id;
}

QString ContactsChecksTest::verdictOf(int row)
{
    const QModelIndex index = m_page->model().index(row, int(PersonColumn::Verdict));
    eventually([&] {
        index.data();
        return index.data(ContactsModel::LoadedRole).toBool();
    });
    return index.data().toString();
}

QDialog *ContactsChecksTest::dialog(const char *name)
{
    QDialog *found = nullptr;
    eventually([&] {
        found = m_page->findChild<QDialog *>(QLatin1String(name));
        return found && found->isVisible();
    });
    if (!found)
        qFatal("no dialog %s", name);
    return found;
}

QDialog *ContactsChecksTest::checkNumber(const QString &number)
{
    m_check->trigger();
    QDialog *window = dialog("checkNumber");
    in<QLineEdit>(window, "number")->setText(number);
    in<QPushButton>(window, "check")->click();
    return window;
}

void ContactsChecksTest::theChosenAreValidated()
{
    const QString valid = m_place->sandbox.numbers(1, true).first();
    const QString invalid = m_place->sandbox.numbers(1, false).first();
    add(QStringLiteral("Anna"), valid);
    add(QStringLiteral("Berta"), invalid);
    add(QStringLiteral("Carla"), m_place->sandbox.numbers(3, true).last());
    auto *table = static_cast<PeopleView *>(in<QTableView>(m_page.get(), "contacts"));
    table->selectRow(0);
    table->selectionModel()->select(
        m_page->model().index(1, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QSignalSpy started(m_page.get(), &ContactsPage::runStarted);
    m_validate->trigger();
    QDialog *plan = dialog("flightPlan");
    QVERIFY2(textOf(plan).contains(QStringLiteral("Validate 2 people at “Sandbox”")), qPrintable(textOf(plan)));
    QVERIFY(!textOf(plan).contains(QStringLiteral("Nobody is selected")));
    QVERIFY(in<QPushButton>(plan, "start")->isDefault());
    QCOMPARE(m_place->sandbox.asked(), QStringList()); // the plan spends nothing
    QTest::keyClick(plan, Qt::Key_Return);
    QVERIFY(eventually([&] { return started.count() == 1; }));
    QVERIFY(eventually([&] { return verdictOf(0).startsWith(QStringLiteral("Valid, just now, expires in 7 d")); }));
    QVERIFY(eventually([&] { return verdictOf(1).startsWith(QStringLiteral("Invalid, just now")); }));
    QCOMPARE(verdictOf(2), QStringLiteral("Not checked"));
    QStringList asked = m_place->sandbox.asked();
    asked.sort();
    QStringList expected{valid, invalid};
    expected.sort();
    QCOMPARE(asked, expected);

    table->makeCurrent(m_page->model().keyAt(0));
    QVERIFY(eventually([&] { return textOf(m_page.get()).contains(QStringLiteral("Raw answer")); }));
    const QString details = textOf(in<QWidget>(m_page.get(), "details"));
    for (const QString &fact : {QStringLiteral("Sandbox"), QStringLiteral("live"), QStringLiteral("valid"), valid,
             QStringLiteral("Rule used")})
        QVERIFY2(details.contains(fact), qPrintable(fact + QStringLiteral(" in ") + details));
}

void ContactsChecksTest::nobodyChosenMeansEverybody()
{
    const QStringList numbers = m_place->sandbox.numbers(4, true);
    for (const QString &number : numbers)
        add(QStringLiteral("P"), number);
    in<QTableView>(m_page.get(), "contacts")->clearSelection();
    m_validate->trigger();
    QVERIFY(textOf(dialog("flightPlan")).contains(QStringLiteral("Validate 4 people")));
    QVERIFY(textOf(dialog("flightPlan"))
                .contains(QStringLiteral("Nobody is selected, so everybody the list shows is meant.")));
}

void ContactsChecksTest::freshVerdictsAreNotAskedAgain()
{
    add(QStringLiteral("Anna"), m_place->sandbox.numbers(1, true).first());
    m_validate->trigger();
    in<QPushButton>(dialog("flightPlan"), "start")->click();
    QVERIFY(eventually([&] { return verdictOf(0).startsWith(QStringLiteral("Valid")); }));
    QVERIFY(eventually([&] { return !m_page->findChild<QDialog *>(QStringLiteral("flightPlan")); }));
    m_validate->trigger();
    QDialog *plan = dialog("flightPlan");
    QVERIFY(textOf(plan).contains(QStringLiteral("Nothing has to be asked")));
    QVERIFY(!in<QPushButton>(plan, "start")->isEnabled());
    plan->reject();
    QCOMPARE(m_place->sandbox.asked().size(), 1);
}

void ContactsChecksTest::cancelledAsksNothing()
{
    add(QStringLiteral("Anna"), m_place->sandbox.numbers(1, true).first());
    m_validate->trigger();
    QTest::keyClick(dialog("flightPlan"), Qt::Key_Escape);
    spin(50);
    QCOMPARE(m_place->sandbox.asked(), QStringList());
    QVERIFY(m_place->runner->active().empty());
}

void ContactsChecksTest::oneNumberAndItsVerdict()
{
    const QString number = m_place->sandbox.numbers(1, false).first();
    QDialog *window = checkNumber(number);
    auto *verdict = in<QWidget>(window, "verdict");
    QVERIFY(eventually([&] { return verdict->isVisible(); }));
    QVERIFY2(verdict->accessibleName().startsWith(QStringLiteral("Invalid, just now")),
        qPrintable(verdict->accessibleName()));
    QVERIFY(textOf(verdict).contains(QStringLiteral("live")));
    QVERIFY(textOf(verdict).contains(QStringLiteral("invalid")));
    QCOMPARE(m_place->sandbox.asked(), QStringList{number});
    QCOMPARE(m_page->shownCount(), 0); // asking about a number adds nobody
}

void ContactsChecksTest::oneNumberAgainIsFromTheCache()
{
    const QString number = m_place->sandbox.numbers(1, true).first();
    QDialog *window = checkNumber(number);
    QVERIFY(eventually([&] { return in<QWidget>(window, "verdict")->isVisible(); }));
    QVERIFY(eventually([&] { return in<QPushButton>(window, "check")->isEnabled(); }));
    in<QPushButton>(window, "check")->click();
    auto *state = in<QLabel>(window, "state");
    QVERIFY(eventually([&] { return state->text().contains(QStringLiteral("A fresh verdict was here")); }));
    QVERIFY(in<QWidget>(window, "verdict")->isVisible());
    QCOMPARE(m_place->sandbox.asked().size(), 1);
}

void ContactsChecksTest::oneNumberCoolsDown()
{
    const QString number = m_place->sandbox.numbers(1, true).first();
    QDialog *first = checkNumber(number);
    QVERIFY(eventually([&] { return in<QWidget>(first, "verdict")->isVisible(); }));
    QTimer::singleShot(0, first, &QDialog::reject);
    QVERIFY(eventually([&] { return !m_page->findChild<QDialog *>(QStringLiteral("checkNumber")); }));
    m_force->setChecked(true); // asks anew, but not within a minute
    QDialog *second = checkNumber(number);
    QVERIFY(
        eventually([&] { return in<QLabel>(second, "state")->text().contains(QStringLiteral("asked a moment ago")); }));
    QCOMPARE(m_place->sandbox.asked().size(), 1);
}

void ContactsChecksTest::oneNumberWithoutBudget()
{
    m_place->change([](Account &account) { account.budget.perHour = 0; });
    QDialog *window = checkNumber(m_place->sandbox.numbers(1, true).first());
    QVERIFY(eventually([&] { return in<QLabel>(window, "state")->text().contains(QStringLiteral("budget")); }));
    QVERIFY(m_place->sandbox.asked().isEmpty());
    in<QLineEdit>(window, "number")->setText(QStringLiteral("<b>x</b> +44 7700 900123"));
    QVERIFY(!in<QPushButton>(window, "check")->isEnabled()); // no number, whatever the budget
}

void ContactsChecksTest::oneNumberThatSaidStop()
{
    const QString number = m_place->sandbox.numbers(1, true).first();
    const PersonId person = add(QStringLiteral("Anna"), number);
    QVERIFY(answerOf<Nothing>([&](auto then) {
        return m_place->store->stops().stop({person}, {}, QStringLiteral("STOP"), then);
    }).ok());
    QDialog *window = checkNumber(number);
    QVERIFY(eventually([&] { return in<QLabel>(window, "state")->text().contains(QStringLiteral("do-not-contact")); }));
    QVERIFY(m_place->sandbox.asked().isEmpty());
}

void ContactsChecksTest::aDeadGatewayIsSaid()
{
    m_place->change([](Account &account) { account.address = QUrl(QStringLiteral("http://127.0.0.1:1/v1")); });
    QDialog *window = checkNumber(QStringLiteral("+447700900123"));
    auto *state = in<QLabel>(window, "state");
    QVERIFY2(eventually([&] { return state->text().contains(QStringLiteral("127.0.0.1")); }, 20'000),
        qPrintable(state->text()));
    QVERIFY(!in<QWidget>(window, "verdict")->isVisible()); // no answer is no verdict
}

void ContactsChecksTest::withoutAnOptInNobodyIsAsked()
{
    add(QStringLiteral("Anna"), m_place->sandbox.numbers(1, true).first());
    reachPeople();
    m_validate->trigger();
    QDialog *plan = dialog("flightPlan");
    auto *start = in<QPushButton>(plan, "start");
    QVERIFY(eventually([&] { return in<QWidget>(plan, "consentGate")->isVisible(); }));
    QVERIFY(!start->isEnabled());
    in<QRadioButton>(plan, "consentGate.override")->click();
    QVERIFY(!start->isEnabled()); // a reason is typed, or nothing leaves
    in<QLineEdit>(plan, "consentGate.reason")->setText(QStringLiteral("They wrote to us today"));
    QVERIFY(start->isEnabled());
    start->click();
    QVERIFY(eventually([&] { return !m_page->findChild<QDialog *>(QStringLiteral("flightPlan")); }));
    QCOMPARE(overrides(), 1);
}

void ContactsChecksTest::oneNumberWithoutAnOptInIsNotAsked()
{
    const QString number = m_place->sandbox.numbers(1, true).first();
    const PersonId anna = add(QStringLiteral("Anna"), number);
    reachPeople();
    QSignalSpy started(m_page.get(), &ContactsPage::runStarted);
    QDialog *window = checkNumber(number);
    auto *gate = in<QWidget>(window, "consentGate");
    auto *check = in<QPushButton>(window, "check");
    QVERIFY(eventually([&] { return gate->isVisible(); }));
    QVERIFY(!check->isEnabled()); // refused by default
    QCOMPARE(started.count(), 0);
    in<QRadioButton>(window, "consentGate.record")->click();
    QVERIFY(!check->isEnabled());
    in<QLineEdit>(window, "consentGate.source")->setText(QStringLiteral("web form"));
    QVERIFY(check->isEnabled());
    check->click();
    QVERIFY(eventually([&] { return started.count() == 1; }));
    QVERIFY(!gate->isVisible());
    QCOMPARE(consentOf(anna), ConsentState::OptIn); // on record before the question left
}

void ContactsChecksTest::oneNumberOfNobodyNeedsAReason()
{
    reachPeople();
    QSignalSpy started(m_page.get(), &ContactsPage::runStarted);
    const QString number = m_place->sandbox.numbers(1, true).first();
    QDialog *window = checkNumber(number);
    auto *gate = in<QWidget>(window, "consentGate");
    auto *check = in<QPushButton>(window, "check");
    QVERIFY(eventually([&] { return gate->isVisible(); }));
    QVERIFY(!in<QRadioButton>(window, "consentGate.record")->isEnabled()); // there is no person to record it of
    in<QRadioButton>(window, "consentGate.override")->click();
    QVERIFY(!check->isEnabled());
    in<QLineEdit>(window, "consentGate.reason")->setText(QStringLiteral("they called us"));
    QVERIFY(check->isEnabled());
    in<QLineEdit>(window, "number")->setText(m_place->sandbox.numbers(2, true).last()); // another number: asked anew
    QVERIFY(!gate->isVisible());
    in<QPushButton>(window, "check")->click();
    QVERIFY(eventually([&] { return gate->isVisible(); }));
    QVERIFY(!check->isEnabled());
    QCOMPARE(started.count(), 0);
    in<QRadioButton>(window, "consentGate.override")->click();
    in<QLineEdit>(window, "consentGate.reason")->setText(QStringLiteral("they called us"));
    check->click();
    QVERIFY(eventually([&] { return started.count() == 1; }));
    QCOMPARE(overrides(), 1);
}

void ContactsChecksTest::theSandboxAsksNothing()
{
    QDialog *window = checkNumber(m_place->sandbox.numbers(1, true).first());
    QVERIFY(eventually([&] { return in<QWidget>(window, "verdict")->isVisible(); }));
    QVERIFY(!in<QWidget>(window, "consentGate")->isVisible());
}

/// A gateway that reaches people; nobody listens there.
void ContactsChecksTest::reachPeople()
{
    m_place->change([](Account &account) {
        account.sandbox = false;
        account.address = QUrl(QStringLiteral("https://127.0.0.1:1/v1"));
    });
    m_page->setAccount(m_place->accountId);
}

ConsentState ContactsChecksTest::consentOf(PersonId person)
{
    const auto rows = answerOf<std::vector<PersonRow>>(
        [&](auto then) { return m_place->store->people().rows({person}, {}, then); });
    return rows && !rows->empty() ? rows->front().consent : ConsentState::None;
}

int ContactsChecksTest::overrides()
{
    const auto found = answerOf<std::vector<qint64>>(
        [&](auto then) { return m_place->store->journal().chosen({.act = QStringLiteral("consent.override")}, then); });
    return found ? int(found->size()) : -1;
}

void ContactsChecksTest::withoutAnAccount()
{
    add(QStringLiteral("Anna"), m_place->sandbox.numbers(1, true).first());
    m_page->setAccount({});
    QVERIFY(eventually([&] { return m_page->model().isSettled(); }));
    m_validate->trigger();
    m_check->trigger();
    QCOMPARE(m_told.size(), 2);
    QVERIFY(m_told.first().contains(QStringLiteral("Accounts page")));
    QVERIFY(m_place->sandbox.ledger().empty());
}

void ContactsChecksTest::thePlanSaysEverything()
{
    CheckPlan plan;
    plan.people = 1204;
    plan.ask.resize(3);
    for (RunItem &item : plan.ask)
        item.ask = QStringLiteral("+447700900123");
    plan.requests = 2;
    plan.cached = 1000;
    plan.sameNumber = 50;
    plan.doNotContact = 40;
    plan.coolingDown = 30;
    plan.noNumber = 81;
    plan.overBudgetNow = 1;
    plan.estimatedMs = 125'000;
    FlightPlanDialog dialog(*m_place->account(m_place->accountId), {true, true}, CheckScope::Chosen);
    dialog.setPlan(plan, 0);
    dialog.show();
    const QString text = textOf(&dialog);
    for (const char *words : {"Validate 1,204 people", "1,000 – a fresh verdict", "50 – share a number",
             "40 – no check", "30 – asked a moment ago", "81 – there is nothing", "1 – wait until", "2 min 5 s",
             "on: fresh verdicts", "on: each request", "5,000 an hour"})
        QVERIFY2(text.contains(QString::fromUtf8(words)), words);
    QVERIFY(in<QPushButton>(&dialog, "start")->isEnabled());
    in<QPushButton>(&dialog, "copy")->click();
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("Cached: 1,000")));

    plan.estimatedMs = -1;
    dialog.setPlan(plan, 0);
    QVERIFY(!in<QPushButton>(&dialog, "start")->isEnabled());
    QVERIFY(textOf(&dialog).contains(QStringLiteral("allows no live checks")));
}

void ContactsChecksTest::withoutPlusIsSaidBefore()
{
    CheckPlan plan;
    plan.people = 1;
    plan.withoutPlus = 1;
    plan.ask.resize(1);
    plan.ask[0].ask = QStringLiteral("6315551000");
    Account account = *m_place->account(m_place->accountId);
    account.registeredCountryCode = 44;
    FlightPlanDialog dialog(account, {}, CheckScope::Chosen);
    dialog.setPlan(plan, 0);
    dialog.show();
    // Vendor page A, "Phone Number Formats": the registered number's country code is put in front.
    QVERIFY2(textOf(&dialog).contains(QStringLiteral("“6315551000” is asked as +446315551000")),
        qPrintable(textOf(&dialog)));
    account.registeredCountryCode = 0;
    FlightPlanDialog unknown(account, {}, CheckScope::Chosen);
    unknown.setPlan(plan, 0);
    unknown.show();
    QVERIFY(textOf(&unknown).contains(QStringLiteral("such as “6315551000”")));
}

void ContactsChecksTest::aMovedClockMustBeConfirmed()
{
    CheckPlan plan;
    plan.people = 1;
    plan.ask.resize(1);
    plan.clockMoved = true;
    FlightPlanDialog dialog(*m_place->account(m_place->accountId), {}, CheckScope::Chosen);
    dialog.setPlan(plan, 1'700'000'000'000);
    dialog.show();
    QVERIFY(!in<QPushButton>(&dialog, "start")->isEnabled());
    QSignalSpy confirmed(&dialog, &FlightPlanDialog::timeConfirmed);
    in<QPushButton>(&dialog, "confirmTime")->click();
    QCOMPARE(confirmed.count(), 1);
    plan.clockMoved = false;
    dialog.setPlan(plan, 0);
    QVERIFY(in<QPushButton>(&dialog, "start")->isEnabled());
    QVERIFY(!in<QPushButton>(&dialog, "confirmTime")->isVisible());
}

QTEST_MAIN(ContactsChecksTest)
#include "checks_test.moc"
