// SPDX-License-Identifier: GPL-3.0-or-later
// Bad gateways, end to end: an account is added in the real window, tested and validated at. A dead gateway, a wrong
// password and a gateway that answers HTML each end in one clear sentence; every number stays planned, nothing is
// judged, and the window goes on.
#include "app/application.h"
#include "models/domain/person.h"
#include "models/settings/settings.h"
#include "tests/app/openapp.h"
#include "tests/support/answer.h"
#include "tests/support/relay.h"
#include "tests/support/sandboxfixture.h"
#include "ui/shell/actions.h"
#include "ui/shell/mainwindow.h"

#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QTableView>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

/// The text of the one visible label of this name.
QString shownText(QWidget &in, const char *label)
{
    for (const QLabel *each : in.findChildren<QLabel *>(QLatin1String(label)))
        if (each->isVisible())
            return each->text();
    return {};
}

QStringList verdictCells(QWidget &window)
{
    const QAbstractItemModel &model = *named<QTableView>(window, "contacts")->model();
    QStringList cells;
    for (int row = 0; row < model.rowCount(); ++row)
        cells << model.index(row, int(PersonColumn::Verdict)).data().toString();
    return cells;
}

} // namespace

class BadGatewayTest final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void gateway_data();
    void gateway();
    void cleanupTestCase();

private:
    bool addAccount(const QString &name, const QUrl &address, const QString &user, const QString &password,
        const QString &testSentence);
    bool choose(const QString &account);
    QAction *action(Act act) { return m_open.window().actions().at(act); }

    OpenApp m_open;
    SandboxFixture m_node;
    Relay m_html;
};

void BadGatewayTest::initTestCase()
{
    m_html.always({Relay::http(200, "<!doctype html><html><title>Sign in</title><body>Please sign in</body></html>",
        {"Content-Type: text/html"})});
    QVERIFY(m_open.start());
    for (int i = 0; i < 3; ++i)
        QVERIFY(m_open.addPerson(QStringLiteral("Person %1").arg(i), QStringLiteral("+44207946000%1").arg(i)));
    QVERIFY(eventually([this] { return verdictCells(m_open.window()).size() == 3; }));
}

void BadGatewayTest::cleanupTestCase()
{
    m_open.app.reset();
}

/// Through the dialog, with its connection test; true when the test's checklist says the sentence.
bool BadGatewayTest::addAccount(
    const QString &name, const QUrl &address, const QString &user, const QString &password, const QString &testSentence)
{
    action(Act::AddAccount)->trigger();
    QWidget *dialog = dialogNamed(QStringLiteral("newAccount"));
    if (!dialog)
        return false;
    named<QLineEdit>(*dialog, "name")->setText(name);
    named<QLineEdit>(*dialog, "address")->setText(address.toString());
    named<QLineEdit>(*dialog, "user")->setText(user);
    named<QLineEdit>(*dialog, "password")->setText(password);
    if (!pressed(dialog, "test") || !eventually([&] { return wordsOnScreen().contains(testSentence); }, 15'000)) {
        qWarning("%s", qPrintable(wordsOnScreen()));
        return false;
    }
    return pressed(dialog, "save") && eventually([] { return !dialogNamed(QStringLiteral("newAccount"), 0); });
}

/// As a person does: from the box in the toolbar.
bool BadGatewayTest::choose(const QString &account)
{
    auto *box = named<QComboBox>(m_open.window(), "accountChooser");
    const int row = box->findText(account);
    if (row < 0)
        return false;
    box->setCurrentIndex(row);
    emit box->activated(row);
    return named<QLineEdit>(m_open.window(), "currentAccount")->text().contains(account);
}

void BadGatewayTest::gateway_data()
{
    QTest::addColumn<QUrl>("address");
    QTest::addColumn<QString>("password");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("brief"); // in the status line
    QTest::addColumn<bool>("waits"); // for the operator; else each request was tried and its numbers are failed
    quint16 nobody = 0;
    {
        const Relay gone;
        nobody = gone.port(); // listened a moment ago, and nobody does now
    }
    QTest::newRow("dead") << QUrl(QStringLiteral("http://127.0.0.1:%1/v1").arg(nobody)) << m_node.password()
                          << QStringLiteral("could not be reached") << QStringLiteral("Offline") << true;
    QTest::newRow("wrong password") << m_node.address() << QStringLiteral("not the password")
                                    << QStringLiteral("did not accept the login") << QStringLiteral("Login refused")
                                    << true;
    QTest::newRow("answers HTML") << m_html.address(QStringLiteral("/v1")) << m_node.password()
                                  << QStringLiteral("could not be read") << QStringLiteral("Answer not readable")
                                  << false;
}

void BadGatewayTest::gateway()
{
    QFETCH(QUrl, address);
    QFETCH(QString, password);
    QFETCH(QString, sentence);
    QFETCH(QString, brief);
    QFETCH(bool, waits);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    MainWindow &window = m_open.window();
    const qint64 before = m_open.people();
    QVERIFY(addAccount(name, address, m_node.user(), password, sentence));
    QVERIFY(choose(name));
    // The status line says what is wrong, from the test in the dialog on.
    const auto *reach = named<QLineEdit>(window, "reachability");
    QCOMPARE(reach->text(), brief);

    window.showPage(Act::ShowContacts);
    QVERIFY(eventually([&] { return action(Act::Validate)->isEnabled(); }));
    action(Act::Validate)->trigger();
    QVERIFY(pressed(dialogNamed(QStringLiteral("flightPlan")), "start"));

    // The job says why it stands still, and that it can go on.
    const auto line = [&] { return shownText(window, "job.line"); };
    QVERIFY2(eventually([&] { return line().contains(sentence); }, 15'000), qPrintable(line()));
    // Those who were added to see whether the window lives share one number, which is asked once.
    const QString begins = waits ? QStringLiteral("0 of %1 answered") : QStringLiteral("0 answered, %1 failed");
    QVERIFY2(line().startsWith(begins.arg(qMin<qint64>(before, 4))), qPrintable(line()));
    QVERIFY(!line().contains(QLatin1Char('<'))); // nothing of the page it answered
    QCOMPARE(reach->text(), brief); // and after the run; never "Online"
    QVERIFY(reach->toolTip().contains(sentence));
    QCOMPARE(named<QAbstractButton>(window, "job.resume")->isVisible(), waits);

    // Nothing is lost and nothing is judged.
    QCOMPARE(m_open.people(), before);
    const QStringList cells = verdictCells(window);
    QCOMPARE(cells.size(), int(before));
    QVERIFY2(
        cells.filter(QStringLiteral("alid")).isEmpty(), qPrintable(cells.join(u'\n'))); // neither Valid nor Invalid
    QCOMPARE(m_node.requests(QStringLiteral("/v1/contacts")), 0);
    QVERIFY(m_open.windowLives());

    if (waits)
        QVERIFY(pressed(&window, "job.cancel"));
    QVERIFY(pressed(&window, "job.close"));
    QVERIFY(eventually([&] { return line().isEmpty(); }));
}

QTEST_MAIN(BadGatewayTest)
#include "badgateway_test.moc"
