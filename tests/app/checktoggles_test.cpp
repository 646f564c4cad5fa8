// SPDX-License-Identifier: GPL-3.0-or-later
// The toggles Force check and Wait for all answers, from their actions in the window to what the gateway was asked.
#include "app/application.h"
#include "app/sandbox/sandboxserver.h"
#include "app/sandboxhost.h"
#include "tests/app/openapp.h"
#include "ui/shell/actions.h"

#include <QAction>
#include <QLineEdit>
#include <QTableView>
#include <optional>

using namespace rollcall;
using namespace rollcall::tests;

class CheckTogglesTest final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_open.reset(); }
    void theTogglesReachTheGateway_data() { toggles(); }
    void theTogglesReachTheGateway();
    void aSingleNumberIsAskedInTheSameWay_data() { toggles(); }
    void aSingleNumberIsAskedInTheSameWay();

private:
    static void toggles();
    [[nodiscard]] QAction &action(Act act) const { return *m_open->window().actions().at(act); }
    /// Sets both as a person does, by clicking those that stand otherwise.
    void choose(bool force, bool wait) const;
    /// E.164 of somebody on WhatsApp in the sandbox's world.
    [[nodiscard]] QString somebody() const;
    /// The first check that asked about this number. Later ones settle "processing" and never force.
    [[nodiscard]] std::optional<SandboxLedgerEntry> checkOf(const QString &number) const;

    std::unique_ptr<OpenApp> m_open;
};

void CheckTogglesTest::init()
{
    m_open = std::make_unique<OpenApp>();
    QVERIFY(m_open->start(true));
}

void CheckTogglesTest::toggles()
{
    QTest::addColumn<bool>("force");
    QTest::addColumn<bool>("wait");
    QTest::newRow("none") << false << false;
    QTest::newRow("force") << true << false;
    QTest::newRow("wait") << false << true;
    QTest::newRow("both") << true << true;
}

void CheckTogglesTest::choose(bool force, bool wait) const
{
    for (const auto &[act, on] : {std::pair{Act::ForceCheck, force}, std::pair{Act::WaitForAll, wait}}) {
        QVERIFY(action(act).isCheckable() && !action(act).isChecked()); // both are off at first
        QVERIFY(eventually([&, which = act] { return action(which).isEnabled(); }));
        if (on)
            action(act).trigger();
        QCOMPARE(action(act).isChecked(), on);
    }
}

QString CheckTogglesTest::somebody() const
{
    const SandboxServer &server = *m_open->app->sandbox().server();
    for (qint64 number = 447'400'100'000; number < 447'400'100'500; ++number) {
        const std::string digits = std::to_string(number);
        if (server.world().isSubscriber(digits))
            return u'+' + QString::number(number);
    }
    return {};
}

std::optional<SandboxLedgerEntry> CheckTogglesTest::checkOf(const QString &number) const
{
    for (const SandboxLedgerEntry &entry : m_open->app->sandbox().server()->ledger()) {
        for (const SandboxAsked &asked : entry.asked) {
            if (entry.path == "/v1/contacts" && asked.input == number.toStdString())
                return entry;
        }
    }
    return {};
}

void CheckTogglesTest::theTogglesReachTheGateway()
{
    QFETCH(const bool, force);
    QFETCH(const bool, wait);
    const QString number = somebody();
    QVERIFY(m_open->addPerson(QStringLiteral("Anna"), number));
    auto *table = named<QTableView>(m_open->window(), "contacts");
    QVERIFY(eventually([&] { return table->model()->rowCount() == 1; }));
    table->selectRow(0);
    choose(force, wait);
    action(Act::Validate).trigger();
    QVERIFY(pressed(dialogNamed(QStringLiteral("flightPlan")), "start"));
    QVERIFY(eventually([&] { return checkOf(number).has_value(); }));
    QCOMPARE(checkOf(number)->forceCheck, force);
    QCOMPARE(checkOf(number)->wait, wait);
}

void CheckTogglesTest::aSingleNumberIsAskedInTheSameWay()
{
    QFETCH(const bool, force);
    QFETCH(const bool, wait);
    const QString number = somebody();
    choose(force, wait);
    QVERIFY(eventually([&] { return action(Act::CheckNumber).isEnabled(); }));
    action(Act::CheckNumber).trigger();
    QWidget *dialog = dialogNamed(QStringLiteral("checkNumber"));
    QVERIFY(dialog);
    named<QLineEdit>(*dialog, "number")->setText(number);
    QVERIFY(pressed(dialog, "check"));
    QVERIFY(eventually([&] { return checkOf(number).has_value(); }));
    QCOMPARE(checkOf(number)->forceCheck, force);
    QCOMPARE(checkOf(number)->wait, wait);
}

QTEST_MAIN(CheckTogglesTest)
#include "checktoggles_test.moc"
