// SPDX-License-Identifier: GPL-3.0-or-later
// The sandbox's other gateways in the whole program: one click adds them, a person writes in, a block is read back.
#include "app/application.h"
#include "app/sandbox/sandboxserver.h"
#include "app/sandboxhost.h"
#include "models/accounts/accounts.h"
#include "models/store/blocks.h"
#include "models/tables/blocksmodel.h"
#include "tests/app/openapp.h"
#include "ui/shell/actions.h"
#include "ui/text/words.h"

#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QStatusBar>
#include <QTableView>
#include <algorithm>

using namespace rollcall;
using namespace rollcall::tests;

class SandboxGatewaysTest final : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_open.reset(); }
    void oneClickAddsThem();
    void theyAreThereAfterARestart();
    void aBlockIsReadBackAfterTheyWroteIn();
    void whoIsNotOnWhatsAppCannotWriteIn();

private:
    bool run(Act act)
    {
        QAction *action = m_open->window().actions().at(act);
        if (!eventually([action] { return action->isEnabled(); }))
            return false;
        action->trigger();
        return true;
    }
    [[nodiscard]] const std::vector<Account> &all() const { return m_open->app->accounts().all(); }
    [[nodiscard]] const Account *of(GatewayKind kind) const
    {
        const auto found
            = std::find_if(all().begin(), all().end(), [kind](const Account &one) { return one.kind == kind; });
        return found == all().end() ? nullptr : &*found;
    }
    bool addGateways()
    {
        return run(Act::AddSandboxGateways) && eventually([this] { return all().size() == 5; });
    }
    /// E.164 of a British mobile that is (or is not) on WhatsApp in this world and did not write lately.
    [[nodiscard]] QString somebody(bool onWhatsApp) const
    {
        const SandboxServer &server = *m_open->app->sandbox().server();
        for (qint64 number = 447'400'100'000; number < 447'400'100'500; ++number) {
            const std::string digits = std::to_string(number);
            if (server.world().isSubscriber(digits) == onWhatsApp && !server.wroteLately(digits))
                return u'+' + QString::number(number);
        }
        return {};
    }
    [[nodiscard]] QTableView &table(const char *name) const { return *named<QTableView>(m_open->window(), name); }
    bool blockAlice()
    {
        m_open->window().showPage(Act::ShowContacts);
        table("contacts").selectRow(0);
        if (!run(Act::Block))
            return false;
        QWidget *dialog = dialogNamed(QStringLiteral("blockDialog"));
        if (!dialog)
            return false;
        named<QComboBox>(*dialog, "reason")->setEditText(QStringLiteral("Spam"));
        return pressed(dialog, "next") && pressed(dialogNamed(QStringLiteral("blockPlan")), "start");
    }
    [[nodiscard]] QString blockedCell(BlockedColumn column) const
    {
        return table("blocked").model()->index(0, int(column)).data().toString();
    }
    [[nodiscard]] QString line(const char *name) const { return named<QLineEdit>(m_open->window(), name)->text(); }

    std::unique_ptr<OpenApp> m_open;
};

void SandboxGatewaysTest::init()
{
    m_open = std::make_unique<OpenApp>();
    QVERIFY(m_open->start(true));
}

void SandboxGatewaysTest::oneClickAddsThem()
{
    MainWindow &window = m_open->window();
    QCOMPARE(all().size(), size_t(1));
    window.showPage(Act::ShowAccounts);
    auto *button = named<QAbstractButton>(window, "accounts.action.addSandboxGateways");
    QVERIFY(button && eventually([&] { return button->isVisible() && button->isEnabled(); }));
    button->click();
    QVERIFY(eventually([this] { return all().size() == 5; }));
    for (const GatewayKind kind :
        {GatewayKind::OnPrem, GatewayKind::SendApi, GatewayKind::CommBox, GatewayKind::Wawp, GatewayKind::Dialog360}) {
        const Account *account = of(kind);
        QVERIFY(account && account->sandbox);
        QVERIFY2(Words::account(*account).contains(QStringLiteral("sandbox"), Qt::CaseInsensitive),
            qPrintable(account->name));
        QVERIFY(!account->hasStoredSecret); // memory only
        const Done works = answerOf<Nothing>([&](auto then) {
            return m_open->app->accounts().test(
                *account, {}, [](const TestStep &) {}, then);
        });
        QVERIFY2(works.ok(), qPrintable(account->name));
    }
    QCOMPARE(window.currentAccount(), of(GatewayKind::OnPrem)->id); // the one it starts with stays chosen
    QVERIFY(line("budgetLeft").contains(QStringLiteral("left")));
    QVERIFY(eventually([&] { return !button->isVisible(); })); // nothing is left to add
    QVERIFY(Actions::whyDisabled(*window.actions().at(Act::AddSandboxGateways)).contains(QStringLiteral("already")));

    window.setCurrentAccount(of(GatewayKind::Dialog360)->id);
    QCOMPARE(line("budgetLeft"), QStringLiteral("No checks")); // not a number of what it cannot do
    QVERIFY(named<QLineEdit>(window, "budgetLeft")->toolTip().contains(QStringLiteral("no call that tells")));
    QVERIFY(line("currentAccount").contains(QStringLiteral("Sandbox")));

    // The first stays, the others may go and come again.
    table("accounts.table").selectRow(0);
    QAction *remove = window.actions().at(Act::RemoveAccount);
    QVERIFY(!remove->isEnabled());
    QVERIFY(Actions::whyDisabled(*remove).contains(QStringLiteral("stays")));
    table("accounts.table").selectRow(4);
    QVERIFY(remove->isEnabled());
    remove->trigger();
    QVERIFY(eventually([this] { return all().size() == 4; }));
    QVERIFY(eventually([&] { return button->isVisible(); }));
    QVERIFY(addGateways());
}

void SandboxGatewaysTest::theyAreThereAfterARestart()
{
    QVERIFY(addGateways());
    const AccountId wawp = of(GatewayKind::Wawp)->id;
    m_open->app.reset();
    QVERIFY(m_open->start(true));
    QVERIFY(eventually([this] { return all().size() == 5; }));
    const SandboxServer &server = *m_open->app->sandbox().server();
    QCOMPARE(of(GatewayKind::Wawp)->id, wawp);
    QCOMPARE(of(GatewayKind::Wawp)->address.toString(), QString::fromStdString(server.wawpAddress()));
    for (const Account &account : all()) {
        const Done works = answerOf<Nothing>([&](auto then) {
            return m_open->app->accounts().test(
                account, {}, [](const TestStep &) {}, then);
        });
        QVERIFY2(works.ok(), qPrintable(account.name));
    }
}

/// The whole round that a new user wants to see: refused outside 24 hours, written in, blocked, confirmed by the list.
void SandboxGatewaysTest::aBlockIsReadBackAfterTheyWroteIn()
{
    QVERIFY(addGateways());
    MainWindow &window = m_open->window();
    const Account cloud = *of(GatewayKind::Dialog360);
    window.setCurrentAccount(cloud.id);
    const QString number = somebody(true);
    QVERIFY(m_open->addPerson(QStringLiteral("Alice"), number));
    QVERIFY(eventually([&] { return table("contacts").model()->rowCount() == 1; }));
    QVERIFY(blockAlice());
    window.showPage(Act::ShowBlocked);
    QVERIFY(eventually([&] { return blockedCell(BlockedColumn::State) == QStringLiteral("Outside 24 hours"); }));
    QVERIFY(!m_open->app->sandbox().server()->isBlocked(number.toStdString()));

    window.showPage(Act::ShowContacts);
    table("contacts").selectRow(0);
    QVERIFY(window.actions().at(Act::LetWriteIn)->isVisible());
    QVERIFY(run(Act::LetWriteIn));
    QVERIFY(eventually([&] { return m_open->app->sandbox().server()->wroteLately(number.toStdString()); }));
    QVERIFY(blockAlice());
    window.showPage(Act::ShowBlocked);
    QVERIFY2(eventually([&] { return blockedCell(BlockedColumn::Block) == QStringLiteral("Blocked, confirmed"); }),
        qPrintable(blockedCell(BlockedColumn::Block)));
    QVERIFY(m_open->app->sandbox().server()->isBlocked(number.toStdString()));
    auto *gauge = named<QLabel>(window, "capacity");
    QVERIFY2(eventually([&] { return gauge->text().startsWith(QStringLiteral("Block list: 1 of 64,000, read")); }),
        qPrintable(gauge->text()));
}

void SandboxGatewaysTest::whoIsNotOnWhatsAppCannotWriteIn()
{
    const QString number = somebody(false);
    QVERIFY(m_open->addPerson(QStringLiteral("Nobody"), number));
    QVERIFY(eventually([&] { return table("contacts").model()->rowCount() == 1; }));
    table("contacts").selectRow(0);
    QVERIFY(run(Act::LetWriteIn));
    auto *status = m_open->window().statusBar();
    QVERIFY2(eventually([&] { return status->currentMessage().contains(QStringLiteral("nobody could write")); }),
        qPrintable(status->currentMessage()));
    QVERIFY(!m_open->app->sandbox().server()->wroteLately(number.toStdString()));
}

QTEST_MAIN(SandboxGatewaysTest)
#include "sandboxgateways_test.moc"
