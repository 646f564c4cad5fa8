// SPDX-License-Identifier: GPL-3.0-or-later
// The ways a send can take in the window: paused and resumed, cancelled, refused by everybody, checked first, held up
// by consent.
#include "app/application.h"
#include "app/sandbox/sandboxserver.h"
#include "models/cards/sendrun.h"
#include "models/store/erasures.h"
#include "models/store/journal.h"
#include "models/store/messages.h"
#include "tests/app/composeplace.h"
#include "tests/app/openapp.h"

#include <QDialog>
#include <QRadioButton>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

/// The card of the newest job in the dock.
QWidget *job(OpenApp &open)
{
    for (QWidget *card : open.window().jobs().findChildren<QWidget *>())
        if (card->objectName().startsWith(QLatin1String("job.send-")))
            return card;
    return nullptr;
}

QString jobBadge(OpenApp &open)
{
    QStringList words;
    if (QWidget *card = job(open))
        for (const QLabel *label : card->findChildren<QLabel *>())
            words << label->text() << label->accessibleName();
    if (QWidget *card = job(open))
        for (const QWidget *part : card->findChildren<QWidget *>())
            words << part->accessibleName();
    return words.join(u'|');
}

} // namespace

class SendWaysTest final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_open.reset(); }
    void pausedResumedCancelled();
    void refusedByAllComesBack();
    void whoWasErasedDoesNotComeBack();
    void whatWasJustTypedGoesWithThem();
    void newWordsAreNotOverwritten();
    void checkedFirst_data();
    void checkedFirst();
    void consentHoldsItUp_data();
    void consentHoldsItUp();
    void strangersNeedAReason();

private:
    bool compose(const QStringList &to);
    bool sendNow();
    std::vector<OperationState> states();
    void reachPeople();
    int journalled(const char *act);
    std::unique_ptr<OpenApp> m_open;
};

void SendWaysTest::init()
{
    m_open = std::make_unique<OpenApp>();
    QVERIFY(m_open->start(true));
    QVERIFY(toPage(*m_open));
}

bool SendWaysTest::compose(const QStringList &to)
{
    page(*m_open).addCards({cardNamed(QStringLiteral("Ada Example"), QStringLiteral("+447700900123"))});
    return std::all_of(to.begin(), to.end(), [this](const QString &number) { return addRecipient(*m_open, number); });
}

bool SendWaysTest::sendNow()
{
    return pressed(toPlan(*m_open), "start");
}

std::vector<OperationState> SendWaysTest::states()
{
    Store &store = m_open->app->store();
    std::vector<OperationState> all;
    const auto ids
        = answerOf<std::vector<OperationId>>([&](auto then) { return store.messages().history({}, std::move(then)); });
    if (!ids)
        return all;
    const auto rows
        = answerOf<std::vector<SentRow>>([&](auto then) { return store.messages().rows(*ids, std::move(then)); });
    if (rows)
        for (const SentRow &row : *rows)
            all.push_back(row.item.state);
    return all;
}

/// The current account stands for one at a real gateway: nobody listens at its address.
void SendWaysTest::reachPeople()
{
    Account account;
    account.kind = GatewayKind::Dialog360;
    account.name = QStringLiteral("Real");
    account.address = QUrl(QStringLiteral("https://127.0.0.1:1"));
    QVERIFY(answerOf<Accounts::Saved>([&](auto then) {
        return m_open->app->accounts().save(account, Secret::fromTyped(QStringLiteral("key")), then);
    }));
    for (const Account &one : m_open->app->accounts().all())
        if (one.name == account.name)
            m_open->window().setCurrentAccount(one.id);
}

int SendWaysTest::journalled(const char *act)
{
    const auto found = answerOf<std::vector<qint64>>(
        [&](auto then) { return m_open->app->store().journal().chosen({.act = QLatin1String(act)}, std::move(then)); });
    return found ? int(found->size()) : -1;
}

void SendWaysTest::pausedResumedCancelled()
{
    OpenApp &open = *m_open;
    QVERIFY(compose(recentWriters(open, 4)));
    auto slow = SandboxFault::parse("slow=3000"); // time to press Pause, also under a sanitizer
    slow->path = "/v1/messages";
    open.app->sandbox().server()->addFault(*slow);
    QVERIFY(sendNow());
    QVERIFY(eventually([&] { return sendsOf(open).size() == 1 && job(open); }));
    QVERIFY(pressed(job(open), "job.pause"));
    QVERIFY(eventually([&] { return named<QAbstractButton>(*job(open), "job.resume")->isVisible(); }));
    // The one in the air is answered and stored; nothing follows it.
    QVERIFY(eventually([&] {
        const std::vector<OperationState> all = states();
        return std::count(all.begin(), all.end(), OperationState::Done) == 1;
    }));
    spin(900);
    QCOMPARE(sendsOf(open).size(), std::size_t(1));
    QVERIFY(pressed(job(open), "job.resume"));
    QVERIFY(eventually([&] { return sendsOf(open).size() == 2; }));
    QVERIFY(pressed(job(open), "job.cancel"));
    QVERIFY(eventually([&] { return open.window().jobs().running() == 0; }));
    QVERIFY(eventually([&] { return states().size() == 4; }));
    std::vector<OperationState> all = states();
    QCOMPARE(std::count(all.begin(), all.end(), OperationState::Done), 2);
    QCOMPARE(std::count(all.begin(), all.end(), OperationState::NotSent), 2);
    QCOMPARE(sendsOf(open).size(), std::size_t(2)); // each once
    QVERIFY(page(open).cards().empty()); // some got it: Sent messages has the rest
}

void SendWaysTest::refusedByAllComesBack()
{
    OpenApp &open = *m_open;
    const QStringList nobody{QStringLiteral("+447700900555"), QStringLiteral("+447700900556")};
    QVERIFY(compose(nobody));
    QVERIFY(sendNow());
    QVERIFY(eventually([&] { return states() == std::vector<OperationState>(2, OperationState::Refused); }));
    QVERIFY(eventually([&] { return page(open).cards().size() == 1; }));
    QCOMPARE(page(open).cards().front().name.formatted, QStringLiteral("Ada Example"));
    QCOMPARE(page(open).recipients().numbers.size(), std::size_t(2));
    QVERIFY(eventually([&] { return on<QLabel>(open, "draftState")->text() == QStringLiteral("Draft saved"); }));
    // The job does not say Done.
    QVERIFY(eventually([&] { return jobBadge(open).contains(QStringLiteral("Refused")); }));
    QVERIFY2(!jobBadge(open).split(u'|').contains(QStringLiteral("Done")), qPrintable(jobBadge(open)));
    shot(&open.window(), "compose-refused");
}

/// A message on its way waits to come back; the card in it may be of somebody who is erased meanwhile.
void SendWaysTest::whoWasErasedDoesNotComeBack()
{
    OpenApp &open = *m_open;
    Store &store = open.app->store();
    QVERIFY(open.addPerson(QStringLiteral("Ada Example"), QStringLiteral("+447700900123")));
    QVERIFY(compose({QStringLiteral("+447700900555"), QStringLiteral("+447700900556")})); // who do not get it
    auto slow = SandboxFault::parse("slow=3000"); // time to press Pause
    slow->path = "/v1/messages";
    open.app->sandbox().server()->addFault(*slow);
    QVERIFY(sendNow());
    QVERIFY(eventually([&] { return sendsOf(open).size() == 1 && job(open); }));
    QVERIFY(pressed(job(open), "job.pause"));
    QVERIFY(eventually([&] {
        const std::vector<OperationState> all = states();
        return std::count(all.begin(), all.end(), OperationState::Refused) == 1;
    }));
    Filter hers;
    hers.text = QStringLiteral("Ada Example");
    const auto found = answerOf<Spine>(
        [&](auto then) { return store.people().spine(hers, SortOrder{}, AccountId(0), std::move(then)); });
    QVERIFY(found && found->size() == 1);
    const auto report
        = answerOf<EraseReport>([&](auto then) { return store.erasures().erase(found->front(), std::move(then)); });
    QVERIFY(report && report->erased);
    QVERIFY(pressed(job(open), "job.cancel"));
    QVERIFY(eventually([&] { return open.window().jobs().running() == 0; }));
    spin(600); // longer than the composer waits before it keeps what stands in it
    const std::vector<OperationState> all = states();
    QCOMPARE(std::count(all.begin(), all.end(), OperationState::NotSent), 1);
    QVERIFY(page(open).cards().empty());
    const auto drafts
        = answerOf<std::vector<StoredDraft>>([&](auto then) { return store.drafts().list(std::move(then)); });
    QVERIFY(drafts && drafts->empty());
}

/// The card was typed a moment ago and no draft holds it yet.
void SendWaysTest::whatWasJustTypedGoesWithThem()
{
    OpenApp &open = *m_open;
    Store &store = open.app->store();
    QVERIFY(open.addPerson(QStringLiteral("Ada Example"), QStringLiteral("+447700900123")));
    Filter hers;
    hers.text = QStringLiteral("Ada Example");
    const auto found = answerOf<Spine>(
        [&](auto then) { return store.people().spine(hers, SortOrder{}, AccountId(0), std::move(then)); });
    QVERIFY(found && found->size() == 1);
    QVERIFY(compose({}));
    const auto report
        = answerOf<EraseReport>([&](auto then) { return store.erasures().erase(found->front(), std::move(then)); });
    QVERIFY(report && report->erased);
    QVERIFY(eventually([&] { return page(open).cards().empty(); }));
    spin(1'200); // longer than it takes to keep what stands there
    const auto drafts
        = answerOf<std::vector<StoredDraft>>([&](auto then) { return store.drafts().list(std::move(then)); });
    QVERIFY(drafts && drafts->empty());
}

void SendWaysTest::newWordsAreNotOverwritten()
{
    OpenApp &open = *m_open;
    QVERIFY(compose({QStringLiteral("+447700900555")}));
    auto slow = SandboxFault::parse("slow=3000");
    slow->path = "/v1/messages";
    open.app->sandbox().server()->addFault(*slow);
    QVERIFY(sendNow());
    QVERIFY(eventually([&] { return page(open).cards().empty(); }));
    page(open).addCards({cardNamed(QStringLiteral("Next Example"), QStringLiteral("+447700900124"))});
    QVERIFY(eventually([&] { return states() == std::vector<OperationState>{OperationState::Refused}; }));
    QVERIFY(eventually([&] { return jobBadge(open).contains(QStringLiteral("Refused")); })); // the run is over
    spin(300);
    QCOMPARE(page(open).cards().size(), std::size_t(1));
    QCOMPARE(page(open).cards().front().name.formatted, QStringLiteral("Next Example"));
}

void SendWaysTest::checkedFirst_data()
{
    QTest::addColumn<QString>("answer");
    QTest::newRow("valid") << QStringLiteral("valid");
    QTest::newRow("processing at first") << QStringLiteral("processing");
    QTest::newRow("invalid") << QStringLiteral("invalid");
}

/// The setting lets Send… do one lazy check of who was never checked: before the message, once, and not of others.
void SendWaysTest::checkedFirst()
{
    QFETCH(QString, answer);
    OpenApp &open = *m_open;
    open.app->settings().setValue(Keys::checkBeforeSend, true);
    const bool invalid = answer == QLatin1String("invalid");
    const QString to = invalid ? QStringLiteral("+447700900555")
                               : recentWriters(open, 1, answer == QLatin1String("processing")).value(0);
    QVERIFY(compose({to}));
    open.app->sandbox().server()->clearLedger();
    QWidget *plan = toPlan(open);
    QVERIFY(plan);
    QVERIFY(named<QAbstractButton>(*plan, "checkFirst")->isChecked());
    QVERIFY(pressed(plan, "start"));
    if (invalid) {
        auto *problem = named<QLabel>(*plan, "problem");
        QVERIFY(eventually([&] { return problem->isVisible() && !problem->text().isEmpty(); }));
        QVERIFY(sendsOf(open).empty());
        QCOMPARE(page(open).cards().size(), std::size_t(1)); // what was written stays
        static_cast<QDialog *>(plan)->reject();
    } else {
        QVERIFY(eventually([&] { return sendsOf(open).size() == 1; }, 20'000));
        QVERIFY(eventually([&] { return page(open).cards().empty(); }));
    }
    QStringList order;
    for (const SandboxLedgerEntry &entry : open.app->sandbox().server()->ledger())
        if (entry.path.find("contacts") != std::string::npos || entry.path.find("messages") != std::string::npos)
            order << QString::fromStdString(entry.path).section(u'/', -1);
    QCOMPARE(order.first(), QStringLiteral("contacts"));
    QCOMPARE(order.count(QStringLiteral("messages")), invalid ? 0 : 1);
    // A question that is repeated because it was *processing* is the same question.
    const SandboxServer &server = *open.app->sandbox().server();
    const bool slow = server.world().isSlow(to.mid(1).toStdString(), server.options().slowPercent);
    QVERIFY(slow || answer != QLatin1String("processing"));
    QCOMPARE(order.count(QStringLiteral("contacts")) > 1, slow);
}

void SendWaysTest::consentHoldsItUp_data()
{
    QTest::addColumn<bool>("record");
    QTest::newRow("their opt-in is recorded") << true;
    QTest::newRow("on, with a reason") << false;
}

void SendWaysTest::consentHoldsItUp()
{
    QFETCH(bool, record);
    OpenApp &open = *m_open;
    reachPeople();
    QVERIFY(open.addPerson(QStringLiteral("Alice"), QLatin1String(alice)));
    const Result<Spine> people = answerOf<Spine>(
        [&](auto then) { return open.app->store().people().spine({}, {}, AccountId(0), std::move(then)); });
    QVERIFY(people && people->size() == 1);
    QVERIFY(compose({}));
    page(open).addRecipients(*people);
    QWidget *plan = toPlan(open);
    QVERIFY(plan);
    QVERIFY(named<QWidget>(*plan, "consentGate")->isVisible());
    QVERIFY(!named<QPushButton>(*plan, "start")->isEnabled());
    shot(plan, "compose-consent");
    named<QRadioButton>(*plan, record ? "consentGate.record" : "consentGate.override")->click();
    type(named<QLineEdit>(*plan, record ? "consentGate.source" : "consentGate.reason"), QStringLiteral("by phone"));
    QVERIFY(pressed(plan, "start"));
    QVERIFY(eventually([&] { return states().size() == 1; })); // the run is on disk
    const auto rows = answerOf<std::vector<PersonRow>>(
        [&](auto then) { return open.app->store().people().rows(*people, AccountId(0), std::move(then)); });
    QVERIFY(rows && rows->size() == 1);
    QCOMPARE(rows->front().consent, record ? ConsentState::OptIn : ConsentState::None);
    QCOMPARE(journalled("consent.override"), record ? 0 : 1);
}

/// A number of nobody in the list has no consent that could be recorded.
void SendWaysTest::strangersNeedAReason()
{
    OpenApp &open = *m_open;
    reachPeople();
    QVERIFY(compose({QLatin1String(bob)}));
    QWidget *plan = toPlan(open);
    QVERIFY(plan);
    QVERIFY(!named<QPushButton>(*plan, "start")->isEnabled());
    QVERIFY(!named<QRadioButton>(*plan, "consentGate.record")->isEnabled());
    named<QRadioButton>(*plan, "consentGate.override")->click();
    type(named<QLineEdit>(*plan, "consentGate.reason"), QStringLiteral("wrote to us by mail"));
    QVERIFY(pressed(plan, "start"));
    QVERIFY(eventually([&] { return states().size() == 1; }));
    QCOMPARE(journalled("consent.override"), 1);
}

QTEST_MAIN(SendWaysTest)
#include "sendways_test.moc"
