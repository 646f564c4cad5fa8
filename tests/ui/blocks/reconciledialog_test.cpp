// SPDX-License-Identifier: GPL-3.0-or-later
// Reconcile and Settle… against the sandbox's 360dialog: a list that can be read, and people blocked elsewhere.
#include "models/blocks/blockdesk.h"
#include "models/blocks/blockrun.h"
#include "models/store/blocks.h"
#include "tests/support/answer.h"
#include "tests/support/checkplace.h"
#include "ui/blocks/blocksneeds.h"
#include "ui/blocks/reconciledialog.h"
#include "ui/blocks/settledialog.h"
#include "ui/parts/theme.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

class ReconcileDialogTest final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void init();
    void cleanup();
    void blockedElsewhereIsTakenIn();
    void nothingDiffers();
    void anUnknownOutcomeIsSettledByTheOperator();

private:
    BlocksNeeds needs();
    std::vector<BlockRow> rows();

    std::unique_ptr<CheckPlace> m_place;
    std::unique_ptr<BlockRunner> m_runner;
    std::unique_ptr<BlockDesk> m_desk;
    AccountId m_account;
};

void ReconcileDialogTest::init()
{
    m_place = std::make_unique<CheckPlace>();
    Account account;
    account.kind = GatewayKind::Dialog360;
    account.name = QStringLiteral("Cloud");
    account.address = m_place->sandbox.address().resolved(QUrl(QStringLiteral("/d360")));
    const auto saved = answerOf<Accounts::Saved>([&](auto then) {
        return m_place->accounts->save(account, Secret::fromTyped(QStringLiteral("sandbox-d360-key")), then);
    });
    QVERIFY(saved.ok());
    for (const Account &one : m_place->accounts->all())
        if (one.kind == GatewayKind::Dialog360)
            m_account = one.id;
    m_runner = std::make_unique<BlockRunner>(*m_place->store,
        BlockRunner::GatewayOf([this](AccountId id) { return m_place->accounts->gateway(id); }), m_place->clock);
    m_desk = std::make_unique<BlockDesk>(*m_place->store, *m_runner);
}

void ReconcileDialogTest::cleanup()
{
    m_desk.reset();
    m_runner.reset();
    m_place.reset();
}

BlocksNeeds ReconcileDialogTest::needs()
{
    return {*m_place->store, m_place->clock, *m_place->settings, *m_desk, *m_runner,
        [this](AccountId id) { return m_place->account(id); }, [this] { return m_place->accounts->all(); }, {}};
}

std::vector<BlockRow> ReconcileDialogTest::rows()
{
    const auto ids = answerOf<std::vector<BlockId>>(
        [&](auto then) { return m_place->store->blocks().spine(BlockFilter{}, BlockOrder{}, then); });
    if (!ids)
        return {};
    const auto rows
        = answerOf<std::vector<BlockRow>>([&](auto then) { return m_place->store->blocks().rows(*ids, then); });
    return rows ? *rows : std::vector<BlockRow>{};
}

void ReconcileDialogTest::blockedElsewhereIsTakenIn()
{
    // Somebody else blocks at the gateway: another program with the same account.
    const QString number = m_place->sandbox.people(1, true).first();
    const auto blocker = m_runner->blocker(m_account);
    QVERIFY(blocker.has_value());
    const auto reply
        = answerOf<BlockReply>([&](auto then) { return blocker->block({number}, then, [] { return true; }); });
    QVERIFY(reply.ok());

    const BlocksNeeds with = needs();
    ReconcileDialog dialog(with, *m_place->account(m_account));
    dialog.open();
    auto *apply = dialog.findChild<QPushButton *>(QStringLiteral("apply"));
    auto *table = dialog.findChild<QTableView *>(QStringLiteral("differences"));
    QVERIFY(eventually([&] { return table->model()->rowCount() == 1; }));
    QCOMPARE(table->model()->index(0, 1).data().toString(), QStringLiteral("Blocked there, unknown to us"));
    QCOMPARE(table->model()->index(0, 2).data().toString(), QStringLiteral("Take into our ledger"));
    QVERIFY(apply->isEnabled());
    if (qEnvironmentVariableIsSet("ROLLCALL_SHOTS"))
        dialog.grab().save(qEnvironmentVariable("ROLLCALL_SHOTS") + QStringLiteral("/reconcile.png"));
    QSignalSpy told(&dialog, &ReconcileDialog::told);
    apply->click();
    QVERIFY(eventually([&] { return told.count() == 1; }));
    const std::vector<BlockRow> all = rows();
    QCOMPARE(all.size(), std::size_t(1));
    QCOMPARE(all.front().entry.standing, BlockStanding::Blocked);
    QCOMPARE(all.front().entry.source, QStringLiteral("server"));
    QVERIFY(!all.front().doNotContact); // reconciling adds no stop
}

void ReconcileDialogTest::nothingDiffers()
{
    const BlocksNeeds with = needs();
    ReconcileDialog dialog(with, *m_place->account(m_account));
    dialog.open();
    auto *again = dialog.findChild<QPushButton *>(QStringLiteral("readAgain"));
    QVERIFY(eventually([&] { return again->isEnabled(); }));
    QVERIFY(!dialog.findChild<QPushButton *>(QStringLiteral("apply"))->isEnabled());
    QVERIFY(dialog.findChild<QLabel *>(QStringLiteral("snapshots"))->text().contains(QStringLiteral("first read")));
}

void ReconcileDialogTest::anUnknownOutcomeIsSettledByTheOperator()
{
    const QString number = m_place->sandbox.people(1, true).first();
    OperationOrder order;
    order.account = m_account;
    order.reason = QStringLiteral("spam");
    OperationItem item;
    item.alias = AliasKey(number.mid(1).toLongLong());
    item.ask = number;
    Blocks &blocks = m_place->store->blocks();
    const auto run = answerOf<RunId>([&](auto then) { return blocks.start(order, {item}, then); });
    QVERIFY(run.ok());
    const auto items
        = answerOf<std::vector<OperationItem>>([&](auto then) { return blocks.nextItems(*run, 10, then); });
    QVERIFY(items.ok());
    const auto sent
        = answerOf<std::vector<OperationItem>>([&](auto then) { return blocks.send(*run, {items->front().id}, then); });
    QVERIFY(sent.ok());
    QVERIFY(answerOf<qint64>([&](auto then) { return blocks.recover(then); }).ok()); // as after a crash
    const std::vector<BlockRow> unknown = rows();
    QCOMPARE(unknown.size(), std::size_t(1));
    QCOMPARE(lightOf(unknown.front().entry), BlockLight::Unknown);

    const BlocksNeeds with = needs();
    SettleDialog dialog(with, unknown);
    dialog.open();
    auto *settle = dialog.findChild<QPushButton *>(QStringLiteral("settle"));
    QVERIFY(!settle->isEnabled()); // nothing is chosen
    if (qEnvironmentVariableIsSet("ROLLCALL_SHOTS"))
        dialog.grab().save(qEnvironmentVariable("ROLLCALL_SHOTS") + QStringLiteral("/settle.png"));
    dialog.findChild<QRadioButton *>(QStringLiteral("worked"))->setChecked(true);
    QSignalSpy told(&dialog, &SettleDialog::told);
    settle->click();
    QVERIFY(eventually([&] { return told.count() == 1; }));
    QCOMPARE(lightOf(rows().front().entry), BlockLight::Blocked);
}

QTEST_MAIN(ReconcileDialogTest)
#include "reconciledialog_test.moc"
