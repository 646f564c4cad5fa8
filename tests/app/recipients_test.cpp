// SPDX-License-Identifier: GPL-3.0-or-later
// To whom a message goes, in the whole program: what is typed under To, what is known of each, Check now, Fill in,
// opt-in, and that the JSON names only who would get it.
#include "app/application.h"
#include "app/sandbox/sandboxserver.h"
#include "models/store/consents.h"
#include "models/store/stops.h"
#include "tests/app/composeplace.h"
#include "tests/app/openapp.h"

#include <QSignalSpy>

using namespace rollcall;
using namespace rollcall::tests;

class RecipientsTest final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_open.reset(); }
    void focusBeginsUnderTo();
    void whatIsNoRecipientIsTold();
    void twoOfOneNameDiffer();
    void jsonNamesWhoGetsIt();
    void checkNowAtTheRecipient();
    void checkNowAndFillInAtTheCard();
    void optInFromTheLine();
    void replyIsOfOnePersonWhereItIsKnown();

private:
    [[nodiscard]] std::vector<PersonId> everybody() const;
    [[nodiscard]] QString json() const;
    std::unique_ptr<OpenApp> m_open;
};

void RecipientsTest::init()
{
    m_open = std::make_unique<OpenApp>();
    QVERIFY(m_open->start(true));
    QVERIFY(toPage(*m_open));
}

std::vector<PersonId> RecipientsTest::everybody() const
{
    const Result<Spine> all = answerOf<Spine>(
        [&](auto then) { return m_open->app->store().people().spine({}, {}, AccountId(0), std::move(then)); });
    return all ? std::vector<PersonId>(all->begin(), all->end()) : std::vector<PersonId>();
}

QString RecipientsTest::json() const
{
    return on<QPlainTextEdit>(*m_open, "json")->toPlainText();
}

void RecipientsTest::focusBeginsUnderTo()
{
    OpenApp &open = *m_open;
    open.window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&open.window()));
    open.window().showPage(Act::ShowContacts);
    named<QTableView>(open.window(), "contacts")->setFocus();
    QTest::keyClick(&open.window(), Qt::Key_4, Qt::ControlModifier);
    QVERIFY(eventually([&] { return page(open).isVisible(); }));
    QVERIFY(eventually([&] { return QApplication::focusWidget() == on<QLineEdit>(open, "recipientInput"); }));
    // From there as one reads: to whom, the cards, the form, Send, the preview.
    page(open).addCards({cardNamed(QStringLiteral("Ada Example"), QStringLiteral("+447700900123"))});
    spin(100); // the form's rows come into view from the event loop
    on<QLineEdit>(open, "recipientInput")->setFocus();
    QStringList way;
    for (int i = 0; i < 80 && QApplication::focusWidget() && page(open).isAncestorOf(QApplication::focusWidget());
         ++i) {
        way << QApplication::focusWidget()->objectName();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    const QStringList stations{QStringLiteral("recipientInput"), QStringLiteral("recipientsPaste"),
        QStringLiteral("cards"), QStringLiteral("cardAdd"), QStringLiteral("name.formatted_name"),
        QStringLiteral("phones.0.phone"), QStringLiteral("showProblem"), QStringLiteral("previewPhone")};
    qsizetype last = -1;
    for (const QString &station : stations) {
        const qsizetype at = way.indexOf(station);
        QVERIFY2(at > last, qPrintable(station + QStringLiteral(" behind ") + way.mid(last).join(u' ')));
        last = at;
    }
}

void RecipientsTest::whatIsNoRecipientIsTold()
{
    OpenApp &open = *m_open;
    const QString writer = recentWriter(open);
    page(open).addCards({cardNamed(QStringLiteral("Ada Example"), QStringLiteral("+447700900123"))});
    QVERIFY(addRecipient(open, writer));
    QAction *send = open.window().actions().at(Act::Send);
    QVERIFY(eventually([&] { return send->isEnabled(); }));
    auto *input = on<QLineEdit>(open, "recipientInput");
    type(input, QStringLiteral("Bob"));
    QVERIFY(!send->isEnabled());
    auto *problem = on<QLabel>(open, "composeProblem");
    QVERIFY2(problem->text().contains(QStringLiteral("“Bob”")), qPrintable(problem->text()));
    on<QLineEdit>(open, "name.first_name")->setFocus();
    QCOMPARE(input->text(), QStringLiteral("Bob")); // nothing is thrown away behind one's back
    on<QPushButton>(open, "showProblem")->click();
    QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("recipientInput"));
    QTest::keyClick(input, Qt::Key_Escape);
    QCOMPARE(input->text(), QString());
    QVERIFY(send->isEnabled());
    QVERIFY(problem->text().isEmpty());
    // A whole number is taken by going on, too.
    type(input, QLatin1String(alice));
    QTest::keyClick(input, Qt::Key_Tab);
    QCOMPARE(page(open).recipients().numbers.size(), std::size_t(2));
    QCOMPARE(input->text(), QString());
    QVERIFY(send->isEnabled());
}

void RecipientsTest::twoOfOneNameDiffer()
{
    OpenApp &open = *m_open;
    QVERIFY(open.addPerson(QStringLiteral("Sam Same"), QLatin1String(alice)));
    QVERIFY(open.addPerson(QStringLiteral("Sam Same"), QLatin1String(bob)));
    page(open).addRecipients(everybody());
    QVERIFY(eventually([&] { return recipientText(open, 1).contains(QStringLiteral("Sam Same")); }));
    QSet<QString> numbers;
    for (int row = 0; row < 2; ++row) {
        QString digits = recipientText(open, row).section(u'–', 0, 0);
        digits.removeIf([](QChar c) { return !c.isDigit(); });
        numbers << digits;
    }
    QCOMPARE(numbers, (QSet<QString>{QStringLiteral("16315551001"), QStringLiteral("16315551002")}));
    page(open).addCards({cardNamed(QStringLiteral("Ada Example"), QStringLiteral("+447700900123"))});
    QWidget *plan = toPlan(open);
    QVERIFY(plan);
    QString first = named<QListWidget>(*plan, "planRecipients")->item(0)->text();
    QVERIFY2(first.removeIf([](QChar c) { return !c.isDigit(); }).startsWith(QStringLiteral("1631555100")),
        qPrintable(first));
}

void RecipientsTest::jsonNamesWhoGetsIt()
{
    OpenApp &open = *m_open;
    QVERIFY(open.addPerson(QStringLiteral("Alice"), QLatin1String(alice)));
    const std::vector<PersonId> people = everybody();
    QVERIFY(answerOf<Nothing>([&](auto then) {
        return open.app->store().stops().stop(people, {}, QStringLiteral("opt-out"), std::move(then));
    }));
    page(open).addCards({cardNamed(QStringLiteral("Ada Example"), QStringLiteral("+447700900123"))});
    page(open).addRecipients(people); // the first of the list
    on<QTabWidget>(open, "composeTabs")->setCurrentIndex(1);
    auto *where = on<QLabel>(open, "jsonWhere");
    QVERIFY(eventually([&] { return where->text().startsWith(QStringLiteral("Nothing goes out")); }));
    QVERIFY(!json().contains(QStringLiteral("16315551001")));
    const QString writer = recentWriter(open);
    QVERIFY(addRecipient(open, writer));
    QVERIFY(eventually([&] { return json().contains(writer.mid(1)); }));
    QVERIFY(!json().contains(QStringLiteral("16315551001"))); // nothing is sent to who said STOP
    QVERIFY2(where->text().startsWith(QStringLiteral("Exactly what goes out")), qPrintable(where->text()));
}

void RecipientsTest::checkNowAtTheRecipient()
{
    OpenApp &open = *m_open;
    const QString writer = recentWriter(open);
    QVERIFY(addRecipient(open, writer));
    QVERIFY(eventually([&] { return recipientText(open, 0).contains(QStringLiteral("Never checked")); }));
    QCOMPARE(open.app->sandbox().server()->timesAsked(writer.toStdString()), 0); // showing it asks nothing
    auto *check = on<QPushButton>(open, "recipientCheckNow");
    QVERIFY(check->isVisible());
    check->click();
    QVERIFY2(eventually([&] { return recipientText(open, 0).contains(QStringLiteral("Valid")); }),
        qPrintable(recipientText(open, 0)));
    QCOMPARE(open.app->sandbox().server()->timesAsked(writer.toStdString()), 1);
    QVERIFY(eventually([&] { return !check->isVisible(); })); // it is known now
    QVERIFY(sendsOf(open).empty());
}

void RecipientsTest::checkNowAndFillInAtTheCard()
{
    OpenApp &open = *m_open;
    const QString writer = recentWriter(open);
    page(open).addCards({cardNamed(QStringLiteral("Ada Example"), writer)});
    auto *check = on<QPushButton>(open, "cardCheckNow");
    QVERIFY(eventually([&] { return check->isVisible(); }));
    QVERIFY(on<QLabel>(open, "sight")->text().contains(QStringLiteral("Invite")));
    check->click();
    auto *take = on<QPushButton>(open, "takeWaId");
    QVERIFY(eventually([&] { return take->isVisible(); }));
    QVERIFY(page(open).cards().front().phones.front().waId.isEmpty()); // offered, not written
    take->click();
    QCOMPARE(page(open).cards().front().phones.front().waId, writer.mid(1));
    QCOMPARE(on<QLineEdit>(open, "phones.0.wa_id")->text(), writer.mid(1)); // the form shows it
    QVERIFY(eventually(
        [&] { return on<QLabel>(open, "sight")->text().startsWith(QStringLiteral("Recipient will see Message")); }));
    QVERIFY(!take->isVisible());
    QVERIFY(!check->isVisible());
    QCOMPARE(open.app->sandbox().server()->timesAsked(writer.toStdString()), 1);
}

void RecipientsTest::optInFromTheLine()
{
    OpenApp &open = *m_open;
    QVERIFY(open.addPerson(QStringLiteral("Alice"), QLatin1String(alice)));
    const std::vector<PersonId> people = everybody();
    page(open).addRecipients(people);
    auto *optIn = on<QPushButton>(open, "recipientOptIn");
    QVERIFY(eventually([&] { return optIn->isVisible(); }));
    optIn->click();
    QWidget *dialog = dialogNamed(QStringLiteral("consentDialog"));
    QVERIFY(dialog);
    type(named<QLineEdit>(*dialog, "source"), QStringLiteral("contract of 2026"));
    QVERIFY(pressed(dialog, "record"));
    auto *state = on<QLabel>(open, "recipientState");
    QVERIFY2(eventually([&] {
        return state->text().contains(QStringLiteral("opt-in")) && !state->text().contains(QStringLiteral("no opt-in"));
    }),
        qPrintable(state->text()));
    QVERIFY(!optIn->isVisible());
    const auto details = answerOf<PersonDetails>(
        [&](auto then) { return open.app->store().people().details(people.front(), AccountId(0), std::move(then)); });
    QVERIFY(details && details->consents.size() == 1);
    QCOMPARE(details->consents.front().what, ConsentState::OptIn);
    QCOMPARE(details->consents.front().source, QStringLiteral("contract of 2026"));
    // Of a number that is nobody's no consent can be kept.
    QVERIFY(addRecipient(open, recentWriter(open)));
    auto *list = on<QListView>(open, "recipients");
    list->setCurrentIndex(list->model()->index(1, 0));
    QVERIFY(eventually([&] { return on<QPushButton>(open, "recipientCheckNow")->isVisible(); }));
    QVERIFY(!optIn->isVisible());
}

void RecipientsTest::replyIsOfOnePersonWhereItIsKnown()
{
    OpenApp &open = *m_open;
    auto *reply = on<QLineEdit>(open, "replyTo");
    QVERIFY(!reply->isVisible()); // on-premises: no reply is documented
    const std::string address = open.app->sandbox().server()->dialog360Address();
    Account account;
    account.kind = GatewayKind::Dialog360;
    account.name = QStringLiteral("Cloud");
    account.address = QUrl(QString::fromStdString(address));
    QVERIFY(answerOf<Accounts::Saved>([&](auto then) {
        return open.app->accounts().save(account, Secret::fromTyped(QStringLiteral("sandbox-d360-key")), then);
    }));
    for (const Account &one : open.app->accounts().all())
        if (one.name == account.name)
            open.window().setCurrentAccount(one.id);
    QVERIFY(eventually([&] { return reply->isVisible(); }));
    const QStringList writers = recentWriters(open, 2);
    page(open).addCards({cardNamed(QStringLiteral("Ada Example"), QStringLiteral("+447700900123"))});
    QVERIFY(addRecipient(open, writers[0]));
    QVERIFY(addRecipient(open, writers[1]));
    type(reply, QStringLiteral("wamid.HBgL \"x\""));
    QAction *send = open.window().actions().at(Act::Send);
    QVERIFY(!send->isEnabled()); // a blank in it
    reply->setText(QStringLiteral("wamid.HBgL\"x\""));
    QVERIFY(!send->isEnabled()); // two people
    on<QListView>(open, "recipients")->setFocus();
    QTest::keyClick(on<QListView>(open, "recipients"), Qt::Key_Delete);
    QVERIFY2(eventually([&] { return send->isEnabled(); }), qPrintable(on<QLabel>(open, "composeProblem")->text()));
    on<QTabWidget>(open, "composeTabs")->setCurrentIndex(1);
    QVERIFY(eventually([&] { return json().contains(writers[1].mid(1)); }));
    // gateways.md 5.3
    QVERIFY2(
        json().contains(QStringLiteral("\"context\":{\"message_id\":\"wamid.HBgL\\\"x\\\"\"}")), qPrintable(json()));
    const QByteArray shown = json().toUtf8();
    QVERIFY(pressed(toPlan(open), "start"));
    QVERIFY(eventually([&] { return sendsOf(open).size() == 1; }));
    QCOMPARE(QByteArray::fromStdString(sendsOf(open).front().body), shown);
    QCOMPARE(sendsOf(open).front().status, 200);
    QVERIFY(eventually([&] { return page(open).replyTo().isEmpty(); })); // gone with the message
}

QTEST_MAIN(RecipientsTest)
#include "recipients_test.moc"
