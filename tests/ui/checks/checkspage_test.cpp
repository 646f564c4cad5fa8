// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/accountbook.h"
#include "models/store/people.h"
#include "models/tables/checksmodel.h"
#include "models/tables/runsmodel.h"
#include "tests/support/answer.h"
#include "tests/support/checkplace.h"
#include "ui/checks/checkspage.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

class ChecksPageTest final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void init();
    void cleanup();
    void anEmptyPageSaysWhatToDo();
    void aRunAndItsVerdicts();
    void doubtOfAProbeTellsItsDate();
    void newVerdictsComeInOnTop();
    void filters();
    void pauseResumeCancel();
    void retryFailed();
    void failedIsNeverFresh();
    void everyControlHasAName();

private:
    void open();
    RunId check(const QStringList &numbers);
    bool isDone(RunId run);
    QString cell(int row, CheckColumn column);
    QString runCell(int row, RunColumn column);
    QTableView *table(const char *name) { return m_page->findChild<QTableView *>(QLatin1String(name)); }

    std::unique_ptr<CheckPlace> m_place;
    QAction m_pause, m_resume, m_cancel, m_retry;
    std::unique_ptr<ChecksPage> m_page;
    bool m_answer = true;
    Question m_question;
};

void ChecksPageTest::init()
{
    m_place = std::make_unique<CheckPlace>();
    Asks asks;
    asks.confirm = [this](QWidget *, const Question &question, const std::function<void(bool)> &then) {
        m_question = question;
        then(m_answer);
    };
    m_page = std::make_unique<ChecksPage>(
        ChecksNeeds{*m_place->store, m_place->clock, *m_place->settings, *m_place->runner,
            [this](AccountId id) { return m_place->account(id); }, asks},
        ChecksActions{&m_pause, &m_resume, &m_cancel, &m_retry, nullptr});
    m_page->resize(1200, 700);
    m_page->show();
}

void ChecksPageTest::cleanup()
{
    m_page.reset();
    m_place.reset();
}

void ChecksPageTest::open()
{
    QSignalSpy counted(m_page.get(), &ChecksPage::countsChanged);
    m_page->load();
    QVERIFY(eventually([&] { return counted.count() >= 2; })); // runs and verdicts
}

RunId ChecksPageTest::check(const QStringList &numbers)
{
    std::vector<PersonId> people;
    for (const QString &number : numbers) {
        PersonFields fields;
        fields.name = QStringLiteral("Person ") + number;
        fields.number = parsePhoneNumber(number, QString());
        const auto id = answerOf<PersonId>([&](auto then) { return m_place->store->people().add(fields, then); });
        if (!id)
            qFatal("nobody was added");
        people.push_back(*id);
    }
    const Account account = *m_place->account(m_place->accountId);
    const auto plan = answerOf<CheckPlan>([&](auto then) { return m_place->desk->plan(people, account, {}, then); });
    if (!plan)
        qFatal("no plan");
    const auto run = answerOf<RunId>([&](auto then) { return m_place->desk->start(*plan, account, {}, then); });
    if (!run)
        qFatal("no run: %s", qPrintable(run.failure().detail));
    return *run;
}

bool ChecksPageTest::isDone(RunId run)
{
    return eventually([&] {
        const auto summary = answerOf<RunSummary>([&](auto then) { return m_place->store->runs().summary(run, then); });
        return summary.ok() && summary->state == RunState::Done;
    });
}

QString ChecksPageTest::cell(int row, CheckColumn column)
{
    const QModelIndex index = table("checks")->model()->index(row, int(column));
    eventually([&] { return index.isValid() && index.data(ChecksModel::VerdictRole).isValid(); });
    return index.data().toString();
}

QString ChecksPageTest::runCell(int row, RunColumn column)
{
    return table("runs")->model()->index(row, int(column)).data().toString();
}

void ChecksPageTest::anEmptyPageSaysWhatToDo()
{
    open();
    bool said = false;
    for (const QLabel *label : m_page->findChildren<QLabel *>())
        said = said || (label->isVisible() && label->text() == QStringLiteral("Nothing was checked yet"));
    QVERIFY(said);
    for (const QAction *action : {&m_pause, &m_resume, &m_cancel, &m_retry})
        QVERIFY(!action->isEnabled());
}

void ChecksPageTest::aRunAndItsVerdicts()
{
    QAbstractItemModelTester tester(table("checks")->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester runs(table("runs")->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    open();
    const QString valid = m_place->sandbox.numbers(1, true).first();
    const QString invalid = m_place->sandbox.numbers(1, false).first();
    QVERIFY(isDone(check({valid, invalid})));
    QVERIFY(eventually([&] { return m_page->shownCount() == 2; }));
    QVERIFY(eventually([&] { return table("runs")->model()->rowCount() == 1; }));
    QVERIFY(table("checks")->isVisible());
    const int row = cell(0, CheckColumn::Asked) == valid ? 0 : 1;
    QCOMPARE(cell(row, CheckColumn::Asked), valid);
    QCOMPARE(cell(row, CheckColumn::Person), QStringLiteral("Person ") + valid);
    QCOMPARE(cell(row, CheckColumn::Verdict), QStringLiteral("Valid"));
    QCOMPARE(cell(row, CheckColumn::Age), QStringLiteral("just now"));
    QCOMPARE(cell(row, CheckColumn::Expires), QStringLiteral("7 d"));
    QCOMPARE(cell(row, CheckColumn::Source), QStringLiteral("live"));
    QCOMPARE(cell(row, CheckColumn::Account), QStringLiteral("Sandbox"));
    QCOMPARE(cell(row, CheckColumn::RawAnswer), QStringLiteral("valid"));
    QCOMPARE(cell(row, CheckColumn::Error), QString());
    QCOMPARE(cell(1 - row, CheckColumn::Verdict), QStringLiteral("Invalid"));
    QVERIFY(eventually([&] { return runCell(0, RunColumn::State) == QStringLiteral("Done"); }));
    QCOMPARE(runCell(0, RunColumn::Done), QStringLiteral("2 of 2"));
    QCOMPARE(runCell(0, RunColumn::Failed), QString());
}

void ChecksPageTest::doubtOfAProbeTellsItsDate()
{
    open();
    QVERIFY(isDone(check(m_place->sandbox.numbers(1, true))));
    QVERIFY(eventually([&] { return m_page->shownCount() == 1; }));
    QCOMPARE(cell(0, CheckColumn::Verdict), QStringLiteral("Valid"));
    const auto probe = [this](TruthProbe::Outcome outcome) {
        const qint64 tenMinutesAgo = m_place->clock.now().wallMs - qint64(10 * 60'000);
        const auto done = answerOf<Nothing>([&](auto then) {
            return m_place->store->accounts().setProbe(m_place->accountId, {outcome, tenMinutesAgo}, then);
        });
        const auto told = answerOf<Nothing>([&](auto then) { return m_place->accounts->load(then); });
        return done.ok() && told.ok() ? moment(tenMinutesAgo) : QString();
    };
    const QString when = probe(TruthProbe::Outcome::CannotTell);
    QVERIFY(!when.isEmpty());
    QVERIFY(eventually([&] { return cell(0, CheckColumn::Verdict) == QStringLiteral("Unverified"); }));
    QVERIFY(eventually([&] { return cell(0, CheckColumn::Error).contains(when); }));
    QVERIFY(!probe(TruthProbe::Outcome::CanTell).isEmpty()); // a later one that saw the difference ends the doubt
    QVERIFY(eventually([&] { return cell(0, CheckColumn::Verdict) == QStringLiteral("Valid"); }));
    QVERIFY(eventually([&] { return cell(0, CheckColumn::Error).isEmpty(); }));
}

void ChecksPageTest::newVerdictsComeInOnTop()
{
    const QStringList numbers = m_place->sandbox.numbers(3, true);
    QVERIFY(isDone(check({numbers[0]})));
    open();
    QCOMPARE(m_page->shownCount(), 1);
    table("checks")->selectRow(0);
    QSignalSpy reset(table("checks")->model(), &QAbstractItemModel::modelReset);
    QSignalSpy inserted(table("checks")->model(), &QAbstractItemModel::rowsInserted);
    QVERIFY(isDone(check({numbers[1]})));
    QVERIFY(eventually([&] { return m_page->shownCount() == 2; }));
    QCOMPARE(reset.count(), 0);
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(cell(0, CheckColumn::Asked), numbers[1]);
    QCOMPARE(table("checks")->currentIndex().row(), 1); // the choice stays with its row
}

void ChecksPageTest::filters()
{
    const QString valid = m_place->sandbox.numbers(1, true).first();
    const QString invalid = m_place->sandbox.numbers(1, false).first();
    const RunId first = check({valid});
    QVERIFY(isDone(first));
    QVERIFY(isDone(check({invalid})));
    open();
    QCOMPARE(m_page->shownCount(), 2);
    auto *words = m_page->findChild<QComboBox *>(QStringLiteral("verdictFilter"));
    words->setCurrentIndex(words->findText(QStringLiteral("Invalid")));
    QVERIFY(eventually([&] { return m_page->shownCount() == 1; }));
    QCOMPARE(cell(0, CheckColumn::Asked), invalid);
    words->setCurrentIndex(words->findText(QStringLiteral("Failed")));
    QVERIFY(eventually([&] { return m_page->shownCount() == 0; }));
    QVERIFY(!table("checks")->isVisible()); // says why it is empty
    words->setCurrentIndex(0);
    m_page->showRun(first);
    QVERIFY(eventually([&] { return m_page->shownCount() == 1; }));
    QCOMPARE(cell(0, CheckColumn::Asked), valid);
    m_page->showRun({});
    QVERIFY(eventually([&] { return m_page->shownCount() == 2; }));
    m_page->findChild<QLineEdit *>(QStringLiteral("search"))->setText(QStringLiteral("Person ") + invalid);
    QVERIFY(eventually([&] { return m_page->shownCount() == 1; }));
    QCOMPARE(cell(0, CheckColumn::Asked), invalid);
}

void ChecksPageTest::pauseResumeCancel()
{
    m_place->sandbox.fault(QStringLiteral("slow=300"));
    open();
    check(m_place->sandbox.numbers(5, true));
    QVERIFY(eventually([&] { return m_pause.isEnabled(); }));
    QVERIFY(!m_resume.isEnabled());
    m_pause.trigger();
    QVERIFY(eventually([&] { return runCell(0, RunColumn::State).startsWith(QStringLiteral("Paused")); }));
    QVERIFY(eventually([&] { return m_resume.isEnabled() && !m_pause.isEnabled(); }));
    m_answer = false;
    m_cancel.trigger();
    QVERIFY(m_question.dangerous);
    spin(50);
    QVERIFY(runCell(0, RunColumn::State).startsWith(QStringLiteral("Paused")));
    m_answer = true;
    m_cancel.trigger();
    QVERIFY(eventually([&] { return runCell(0, RunColumn::State).startsWith(QStringLiteral("Cancelled")); }));
    QVERIFY(eventually([&] { return !m_cancel.isEnabled(); }));
}

void ChecksPageTest::retryFailed()
{
    m_place->change([](Account &account) { account.budget.coolDownSeconds = 0; });
    const QString number = m_place->sandbox.numbers(1, true).first();
    m_place->sandbox.fault(QStringLiteral("unknown-word"));
    open();
    const RunId run = check({number});
    QVERIFY(eventually([&] { return runCell(0, RunColumn::Failed) == QStringLiteral("1"); }));
    QVERIFY(isDone(run));
    QVERIFY(eventually([&] { return m_retry.isEnabled(); }));
    m_place->sandbox.clearFaults();
    m_retry.trigger();
    QVERIFY(eventually(
        [&] { return m_page->shownCount() > 0 && cell(0, CheckColumn::Verdict) == QStringLiteral("Valid"); }));
    QVERIFY(eventually([&] { return runCell(0, RunColumn::Done) == QStringLiteral("1 of 1"); }));
    QVERIFY(eventually([&] { return !m_retry.isEnabled(); }));
}

void ChecksPageTest::failedIsNeverFresh()
{
    // The world calls a text failed that cannot be a number there (vendor page A: "+163155588").
    QVERIFY(isDone(check({QStringLiteral("+163155588")})));
    open();
    QVERIFY(eventually([&] { return cell(0, CheckColumn::Verdict) == QStringLiteral("Failed"); }));
    QCOMPARE(cell(0, CheckColumn::Expires), QString());
}

void ChecksPageTest::everyControlHasAName()
{
    QVERIFY(isDone(check(m_place->sandbox.numbers(1, true))));
    open();
    QCOMPARE(table("checks")->accessibleName(), QStringLiteral("Checks"));
    QCOMPARE(table("runs")->accessibleName(), QStringLiteral("Runs"));
    for (const QComboBox *box : m_page->findChildren<QComboBox *>()) {
        bool buddy = false;
        for (const QLabel *label : m_page->findChildren<QLabel *>())
            buddy = buddy || label->buddy() == box;
        QVERIFY2(buddy, qPrintable(box->objectName()));
    }
}

QTEST_MAIN(ChecksPageTest)
#include "checkspage_test.moc"
