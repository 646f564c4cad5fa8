// SPDX-License-Identifier: GPL-3.0-or-later
// Sending in the whole program: the sandbox gets the very bytes that the JSON tab showed, once.
#include "app/application.h"
#include "app/sandbox/sandboxserver.h"
#include "models/store/stops.h"
#include "tests/app/composeplace.h"
#include "tests/app/openapp.h"
#include "ui/compose/composepage.h"
#include "ui/shell/actions.h"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

/// Zoé's card, typed; what is said beside the fields is looked at on the way.
void typeCard(OpenApp &open)
{
    on<QToolButton>(open, "cardAdd")->click();
    type(on<QLineEdit>(open, "name.formatted_name"), QStringLiteral("Zoé \"Quote\" Example"));
    QVERIFY(!open.window().actions().at(Act::Send)->isEnabled());
    QVERIFY(on<QLabel>(open, "name.remark1")->isVisible()); // one more part of the name is missing
    on<QPushButton>(open, "showProblem")->click(); // leads to the field
    QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("name.first_name"));
    type(on<QLineEdit>(open, "name.first_name"), QStringLiteral("Zoé"));
    on<QToolButton>(open, "phones.add")->click();
    type(on<QLineEdit>(open, "phones.0.phone"), QStringLiteral("+44 7700 900123"));
    auto *kind = on<QComboBox>(open, "phones.0.type");
    QVERIFY(kind->isEditable());
    QCOMPARE(kind->itemText(0), QStringLiteral("CELL"));
    type(kind->lineEdit(), QStringLiteral("mobile")); // no standard value: sent as typed, with a warning
    QVERIFY(on<QLabel>(open, "phones.0.remark0")->text().contains(QStringLiteral("mobile")));
}

} // namespace

class SendingTest final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_open.reset(); }
    void sentBytesAreTheShownOnes();
    void severalRecipients();
    void unknownIsSettled();

private:
    std::unique_ptr<OpenApp> m_open;
};

void SendingTest::init()
{
    m_open = std::make_unique<OpenApp>();
    QVERIFY(m_open->start(true));
}

void SendingTest::sentBytesAreTheShownOnes()
{
    OpenApp &open = *m_open;
    QVERIFY(toPage(open));
    typeCard(open);
    QVERIFY(!QTest::currentTestFailed());
    const QString to = recentWriter(open);
    QVERIFY(!to.isEmpty());
    QVERIFY(addRecipient(open, to));
    on<QTabWidget>(open, "composeTabs")->setCurrentIndex(1);
    auto *json = on<QPlainTextEdit>(open, "json");
    const QString ending
        = QStringLiteral("[{\"name\":{\"formatted_name\":\"Zoé \\\"Quote\\\" Example\",\"first_name\":\"Zoé\"},"
                         "\"phones\":[{\"phone\":\"+44 7700 900123\",\"type\":\"mobile\"}]}]");
    QVERIFY2(
        eventually([&] { return json->toPlainText().contains(ending) && json->toPlainText().contains(to.mid(1)); }),
        qPrintable(json->toPlainText()));
    const QByteArray shown = json->toPlainText().toUtf8();
    shot(&open.window(), "compose-json");

    QWidget *plan = toPlan(open);
    QVERIFY(plan);
    shot(plan, "compose-plan");
    QVERIFY(named<QPushButton>(*plan, "start")->isDefault()); // one recipient
    QVERIFY(pressed(plan, "start"));
    std::vector<SandboxLedgerEntry> sends;
    QVERIFY(eventually([&] {
        sends = open.app->sandbox().server()->ledger();
        std::erase_if(
            sends, [](const SandboxLedgerEntry &entry) { return entry.path.find("messages") == std::string::npos; });
        return !sends.empty();
    }));
    QCOMPARE(sends.size(), std::size_t(1));
    QCOMPARE(sends.front().status, 200);
    QCOMPARE(QByteArray::fromStdString(sends.front().body), shown);
    QVERIFY(eventually([&] { return page(open).cards().empty(); })); // it left: the composer is free again

    QVERIFY(run(open, Act::SentMessages));
    QWidget *sent = dialogNamed(QStringLiteral("sentDialog"));
    QVERIFY(sent);
    auto *table = named<QTableView>(*sent, "sent");
    QVERIFY(eventually([&] {
        return table->model()->rowCount() == 1
            && table->model()->index(0, 4).data().toString() == QStringLiteral("Taken by the gateway");
    }));
    QVERIFY(!table->model()->index(0, 5).data().toString().isEmpty()); // the message ID
    shot(sent, "compose-sent");
    QVERIFY(pressed(sent, "compose"));
    QVERIFY(eventually([&] { return page(open).cards().size() == 1; }));
    QCOMPARE(page(open).cards().front().name.formatted, QStringLiteral("Zoé \"Quote\" Example"));
}

void SendingTest::severalRecipients()
{
    OpenApp &open = *m_open;
    QVERIFY(open.addPerson(QStringLiteral("Alice"), QLatin1String(alice)));
    Result<Spine> everybody = answerOf<Spine>(
        [&](auto then) { return open.app->store().people().spine({}, {}, AccountId(0), std::move(then)); });
    QVERIFY(everybody && everybody->size() == 1);
    QVERIFY(answerOf<Nothing>([&](auto then) {
        return open.app->store().stops().stop(*everybody, {}, QStringLiteral("opt-out"), std::move(then));
    }));
    QVERIFY(toPage(open));
    page(open).addCards({cardNamed(QStringLiteral("Ada Example"), QStringLiteral("+447700900123"))});
    page(open).addRecipients(*everybody);
    QVERIFY(addRecipient(open, recentWriter(open)));
    QVERIFY(addRecipient(open, QStringLiteral("+447700900555"))); // nobody's number in this world
    auto *list = on<QListView>(open, "recipients");
    QVERIFY(eventually(
        [&] { return list->model()->index(0, 0).data().toString().contains(QStringLiteral("Do not contact")); }));
    list->setCurrentIndex(list->model()->index(0, 0));
    QVERIFY(!on<QPushButton>(open, "recipientCheckNow")->isVisible()); // no check is spent on them
    list->setCurrentIndex(list->model()->index(1, 0));
    QVERIFY(on<QPushButton>(open, "recipientCheckNow")->isVisible());
    shot(&open.window(), "compose-several");
    QWidget *plan = toPlan(open);
    QVERIFY(plan);
    shot(plan, "compose-several-plan");
    QCOMPARE(named<QPushButton>(*plan, "start")->text(), QStringLiteral("Send to 2"));
    QVERIFY(pressed(plan, "start"));
    QVERIFY(eventually([&] { return open.window().jobs().running() == 0 && page(open).cards().empty(); }));
    QVERIFY(run(open, Act::SentMessages));
    QWidget *sent = dialogNamed(QStringLiteral("sentDialog"));
    QVERIFY(sent);
    auto *table = named<QTableView>(*sent, "sent");
    const auto outcomes = [table] {
        QStringList all;
        for (int row = 0; row < table->model()->rowCount(); ++row)
            all << table->model()->index(row, 4).data().toString();
        all.sort();
        return all;
    };
    QVERIFY2(eventually([&] {
        return outcomes() == QStringList{QStringLiteral("Cannot be reached"), QStringLiteral("Taken by the gateway")};
    }),
        qPrintable(outcomes().join(u'|')));
    for (const SandboxLedgerEntry &entry : open.app->sandbox().server()->ledger()) // nothing left for who said STOP
        QVERIFY(entry.body.find("16315551001") == std::string::npos);
}

void SendingTest::unknownIsSettled()
{
    OpenApp &open = *m_open;
    QVERIFY(toPage(open));
    page(open).addCards({cardNamed(QStringLiteral("Ada Example"), QStringLiteral("+447700900123"))});
    QVERIFY(addRecipient(open, recentWriter(open)));
    auto fault = SandboxFault::parse("cut:1");
    fault->path = "/v1/messages";
    open.app->sandbox().server()->addFault(*fault);
    QWidget *plan = toPlan(open);
    QVERIFY(pressed(plan, "start"));
    QVERIFY(run(open, Act::Settle)); // enabled once the outcome is unknown
    QWidget *settle = dialogNamed(QStringLiteral("settleSend"));
    QVERIFY(settle);
    QCOMPARE(named<QListWidget>(*settle, "unknown")->count(), 1);
    QVERIFY(!named<QPushButton>(*settle, "settle")->isEnabled()); // nothing is chosen for the operator
    shot(settle, "compose-settle");
    named<QAbstractButton>(*settle, "arrived")->click();
    QVERIFY(pressed(settle, "settle"));
    QVERIFY(eventually([&] { return !open.window().actions().at(Act::Settle)->isEnabled(); }));
    int sends = 0;
    for (const SandboxLedgerEntry &entry : open.app->sandbox().server()->ledger())
        sends += entry.path.find("messages") != std::string::npos ? 1 : 0;
    QCOMPARE(sends, 1); // never by itself a second time
}

QTEST_MAIN(SendingTest)
#include "sending_test.moc"
