// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/blocks/blockdesk.h"
#include "models/blocks/blockrun.h"
#include "models/gateways/gateway.h"
#include "models/store/store.h"
#include "tests/support/answer.h"
#include "tests/support/relay.h"
#include "tests/support/rushclock.h"
#include "tests/support/sandboxfixture.h"

#include <QTemporaryDir>
#include <map>
#include <set>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr int patienceMs = 30'000;
constexpr int near = 4; ///< people who wrote lately; one more follows who did not

} // namespace

/// Block runs with the real store, the real gateway and the real sandbox: every fault of reliability.md C5 ends as
/// stated there, and what our ledger says is what the server's list says.
class BlockGatewayTest final : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<RushClock> m_clock;
    std::unique_ptr<SandboxFixture> m_sandbox;
    std::unique_ptr<Relay> m_relay;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<Gateway> m_gateway;
    std::unique_ptr<BlockRunner> m_runner;
    std::map<RunId, OperationProgress> m_told;
    std::set<RunId> m_over;
    QStringList m_numbers;

    void begin(GatewayKind kind, const QUrl &address)
    {
        Account account;
        account.id = AccountId(1);
        account.kind = kind;
        account.address = address;
        account.registeredCountryCode = 44;
        Credentials mine;
        const SandboxOptions &options = m_sandbox->server().options();
        const auto secret = [](const std::string &text) { return Secret(QByteArray::fromStdString(text)); };
        if (kind == GatewayKind::Wawp) {
            account.sender = QString::fromStdString(options.wawpInstance);
            mine.token = secret(options.wawpToken);
        } else if (kind == GatewayKind::OnPrem) {
            account.user = m_sandbox->user();
            mine.user = m_sandbox->user();
            mine.password = Secret::fromTyped(m_sandbox->password());
        } else {
            mine.token = secret(kind == GatewayKind::CloudApi ? options.cloudToken : options.dialog360Key);
        }
        mine.sender = account.sender;
        m_gateway = std::make_unique<Gateway>(
            account, [this, mine](auto then) { return m_clock->after(0, [mine, then] { then(mine); }); }, *m_clock);
        m_runner = std::make_unique<BlockRunner>(
            *m_store, BlockRunner::GatewayOf([this](AccountId) { return m_gateway.get(); }), *m_clock);
        connect(m_runner.get(), &BlockRunner::progressed, this,
            [this](const OperationProgress &progress) { m_told[progress.run.id] = progress; });
        connect(m_runner.get(), &BlockRunner::finished, this, [this](const OperationProgress &progress) {
            m_told[progress.run.id] = progress;
            m_over.insert(progress.run.id);
        });
    }
    void beginDialog360()
    {
        begin(GatewayKind::Dialog360, QUrl(QString::fromStdString(m_sandbox->server().dialog360Address())));
    }
    RunId create(OperationKind kind = OperationKind::Block)
    {
        OperationOrder order;
        order.account = AccountId(1);
        order.kind = kind;
        order.reason = QStringLiteral("spam");
        std::vector<OperationItem> items;
        for (const QString &number : m_numbers)
            items.push_back({.alias = AliasKey(number.mid(1).toLongLong()), .ask = number});
        return *answerOf<RunId>([&](auto then) {
            m_runner->create(order, items, then);
            return Call(std::make_shared<Call::State>());
        });
    }
    bool over(RunId run)
    {
        return eventually([&] { return m_over.contains(run); }, patienceMs);
    }
    std::vector<OperationItem> items(RunId run)
    {
        return *answerOf<std::vector<OperationItem>>([&](auto then) { return m_store->blocks().items(run, then); });
    }
    OperationRun run(RunId id)
    {
        return *answerOf<OperationRun>([&](auto then) { return m_store->blocks().run(id, then); });
    }
    int delivered(const QString &number, const std::string &outcome = "blocked") const
    {
        int count = 0;
        for (const SandboxLedgerEntry &entry : m_sandbox->ledger()) {
            for (const SandboxActed &acted : entry.acted)
                count += acted.waId == number.mid(1).toStdString() && acted.outcome == outcome;
        }
        return count;
    }
    [[nodiscard]] bool isBlocked(const QString &number) const
    {
        return m_sandbox->server().isBlocked(number.toStdString());
    }
    /// Done here is blocked there and the other way round, by one delivery each.
    void agrees(RunId id)
    {
        const std::vector<OperationItem> all = items(id);
        QCOMPARE(all.size(), std::size_t(m_numbers.size()));
        for (std::size_t i = 0; i < all.size(); ++i) {
            const QString &number = m_numbers[qsizetype(i)];
            QVERIFY2(all[i].state == OperationState::Done || all[i].state == OperationState::Refused,
                qPrintable(number + QStringLiteral(": %1").arg(int(all[i].state))));
            QCOMPARE(all[i].state == OperationState::Done, isBlocked(number));
            QVERIFY(delivered(number) <= 1);
        }
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_clock = std::make_unique<RushClock>();
        m_sandbox = std::make_unique<SandboxFixture>();
        m_numbers = m_sandbox->people(near, true) + m_sandbox->people(1, false);
        auto opened = Store::open(m_folder->filePath(QStringLiteral("profile")), *m_clock);
        QVERIFY(opened);
        m_store = *std::move(opened);
        QVERIFY(answerOf<Nothing>([&](auto then) { return m_store->checkFile(false, then); }));
    }
    void cleanup()
    {
        m_runner.reset();
        m_gateway.reset();
        m_relay.reset();
        m_store.reset();
        m_sandbox.reset();
        m_told.clear();
        m_over.clear();
    }

    void everyFaultEndsAsStated_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<int>("done");
        const auto row
            = [](const char *fault, int done) { QTest::newRow(fault) << QString::fromLatin1(fault) << done; };
        row("slow=50:1", near); // no fault at all: the way it should be
        row("429=2:1", near); // deferred: nothing was taken
        row("429-bare:1", near);
        row("throttle-400:1", near);
        row("graph-error=130429:1", near);
        row("graph-error=139103:1", 0); // unknown, and the list says: not done
        row("5xx=500:1", 0);
        row("5xx=502:1", 0);
        row("mixed-200:1", near);
        row("loose-rows:1", near);
        row("old-rows:2", near);
        row("no-paging:2", near);
        row("cut:1", near); // unknown, and the list says: done
    }
    void everyFaultEndsAsStated()
    {
        QFETCH(QString, fault);
        QFETCH(int, done);
        m_sandbox->fault(fault);
        beginDialog360();
        const RunId id = create();
        QVERIFY(over(id));
        QVERIFY(!m_told[id].notReadBack);
        agrees(id);
        QCOMPARE(run(id).done, done);
        QCOMPARE(run(id).confirmed, done);
        QCOMPARE(run(id).unknown, 0);
        if (done > 0 && fault != u"cut:1") {
            const OperationItem far = items(id).back();
            QCOMPARE(far.state, OperationState::Refused);
            if (fault != u"loose-rows:1")
                QCOMPARE(far.why, QString::fromLatin1(Why::outsideWindow));
        }
    }

    /// The server takes its time beyond the write's own deadline, and does it in the end: what was read before says
    /// that it did not happen, the next read shows it for what it is. Never is it sent again.
    void doneLongAfterItsDeadline()
    {
        m_sandbox->fault(QStringLiteral("slow=2500:1"));
        beginDialog360();
        const RunId id = create();
        QVERIFY(over(id));
        QCOMPARE(run(id).unknown, 0);
        QCOMPARE(run(id).done, 0);
        spin(2'500);
        const auto read = answerOf<BlockReadReport>([&](auto then) { return m_runner->readBack(AccountId(1), then); });
        QVERIFY(read);
        const auto entries = *answerOf<std::vector<BlockEntry>>(
            [&](auto then) { return m_store->blocks().entries(AccountId(1), then); });
        for (qsizetype i = 0; i < m_numbers.size(); ++i) {
            QVERIFY(delivered(m_numbers[i]) <= 1);
            QCOMPARE(lightOf(entries[std::size_t(i)]),
                isBlocked(m_numbers[i]) ? BlockLight::OnlyThere : BlockLight::Refused);
        }
    }

    void html()
    {
        m_sandbox->fault(QStringLiteral("html=200:1"));
        beginDialog360();
        const RunId id = create();
        QVERIFY(over(id));
        agrees(id); // whichever of the two it was
        QCOMPARE(run(id).unknown, 0);
    }

    void aDeadKeyStopsAtOnceAndNothingIsLost()
    {
        m_sandbox->fault(QStringLiteral("401"));
        beginDialog360();
        const RunId id = create();
        QVERIFY(eventually([&] { return m_told[id].halted.has_value(); }, patienceMs));
        QCOMPARE(m_told[id].halted->kind, Failure::Kind::Unauthorised);
        QCOMPARE(run(id).open(), m_numbers.size());
        m_sandbox->clearFaults();
        m_runner->resume(id);
        QVERIFY(over(id));
        agrees(id);
        QCOMPARE(run(id).done, near);
    }

    void theWireBreaks_data()
    {
        QTest::addColumn<bool>("arrives");
        QTest::addColumn<bool>("reset");
        QTest::addColumn<bool>("silent");
        QTest::newRow("closed without an answer") << false << false << false;
        QTest::newRow("reset") << false << true << false;
        QTest::newRow("silent") << false << false << true;
        QTest::newRow("done, then closed") << true << false << false;
    }
    void theWireBreaks()
    {
        QFETCH(bool, arrives);
        QFETCH(bool, reset);
        QFETCH(bool, silent);
        m_relay = std::make_unique<Relay>();
        m_relay->setUpstream(m_sandbox->server().port());
        RelayAct broken;
        broken.forward = arrives;
        broken.cutAfter = arrives ? 0 : -1;
        broken.close = !arrives && !reset && !silent;
        broken.reset = reset;
        broken.silent = silent;
        m_relay->next(broken);
        RelayAct through;
        through.forward = true;
        m_relay->always(through);
        begin(GatewayKind::Dialog360, m_relay->address(QStringLiteral("/d360")));
        const RunId id = create();
        QVERIFY(over(id));
        agrees(id);
        QCOMPARE(run(id).done, arrives ? near : 0);
        int posts = 0;
        for (const QByteArray &request : m_relay->requests())
            posts += request.startsWith("POST");
        QCOMPARE(posts, 1); // never sent again
    }

    void nobodyListens()
    {
        begin(GatewayKind::Dialog360, QUrl(QStringLiteral("http://127.0.0.1:1/d360")));
        const RunId id = create();
        QVERIFY(eventually([&] { return m_told[id].halted.has_value(); }, patienceMs));
        QCOMPARE(m_told[id].halted->kind, Failure::Kind::Offline);
        QCOMPARE(run(id).open(), m_numbers.size());
        QCOMPARE(items(id).front().attempts, 0);
    }

    void aListThatChangesWhileItIsRead()
    {
        m_sandbox->server().fillBlockList(250); // three pages
        m_sandbox->fault(QStringLiteral("list-changed:1"));
        beginDialog360();
        const RunId id = create();
        QVERIFY(over(id));
        QVERIFY(!m_told[id].notReadBack);
        agrees(id);
        QCOMPARE(run(id).confirmed, near);
        const auto use = *answerOf<BlockListUse>([&](auto then) { return m_store->blocks().use(AccountId(1), then); });
        QCOMPARE(use.there, 250 + near);
    }

    void unblockingIsReadBackToo_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::newRow("plain") << QString();
        QTest::newRow("old form") << QStringLiteral("old-unblock:1");
        QTest::newRow("cut") << QStringLiteral("cut:1");
    }
    void unblockingIsReadBackToo()
    {
        QFETCH(QString, fault);
        m_numbers.removeLast();
        for (const QString &number : m_numbers)
            m_sandbox->server().setBlocked(number.toStdString(), true);
        if (!fault.isEmpty())
            m_sandbox->fault(fault);
        beginDialog360();
        const RunId id = create(OperationKind::Unblock);
        QVERIFY(over(id));
        QCOMPARE(run(id).done, near);
        QCOMPARE(run(id).confirmed, near);
        for (const QString &number : m_numbers) {
            QVERIFY(!isBlocked(number));
            QCOMPARE(delivered(number, "unblocked"), 1);
        }
    }

    void theListIsFull()
    {
        SandboxOptions options = SandboxFixture::quick();
        options.blockListCap = 300; // reading 64,000 rows takes eleven minutes of its time
        m_sandbox = std::make_unique<SandboxFixture>(options);
        m_sandbox->server().fillBlockList(300 - 2);
        beginDialog360();
        const RunId id = create();
        QVERIFY(over(id));
        agrees(id);
        QCOMPARE(run(id).done, 2);
        const auto causes
            = *answerOf<std::vector<OperationCause>>([&](auto then) { return m_store->blocks().causes(id, then); });
        QVERIFY(std::any_of(causes.begin(), causes.end(), [](const OperationCause &cause) {
            return cause.why == QLatin1String(Why::listFull) && cause.code == 139101 && cause.count >= 2;
        }));
    }

    void metasOwnDoor()
    {
        begin(GatewayKind::CloudApi, QUrl(QString::fromStdString(m_sandbox->server().cloudApiAddress())));
        const RunId id = create();
        QVERIFY(over(id));
        agrees(id);
        QCOMPARE(run(id).confirmed, near);
    }

    void wawpTellsContactByContact()
    {
        begin(GatewayKind::Wawp, QUrl(QString::fromStdString(m_sandbox->server().wawpAddress())));
        const RunId id = create();
        QVERIFY(over(id));
        QVERIFY(!m_told[id].notReadBack);
        agrees(id);
        QCOMPARE(run(id).done, near + 1); // there is no 24-hour rule
        QCOMPARE(run(id).confirmed, near + 1);
    }

    /// The session needs its QR code scanned anew: that is nobody's refusal. The run stops at the first answer,
    /// everybody stays planned, and it goes on when the session is back.
    void aDroppedSessionRefusesNobody_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::newRow("404") << QStringLiteral("invalid-session");
        QTest::newRow("422") << QStringLiteral("scan-qr");
    }
    void aDroppedSessionRefusesNobody()
    {
        QFETCH(QString, fault);
        m_sandbox->fault(fault);
        begin(GatewayKind::Wawp, QUrl(QString::fromStdString(m_sandbox->server().wawpAddress())));
        const RunId id = create();
        QVERIFY(eventually([&] { return m_told[id].halted.has_value() && !m_runner->isStoring(); }, patienceMs));
        QCOMPARE(m_told[id].halted->kind, Failure::Kind::Refused);
        QVERIFY(m_told[id].halted->aboutAccount);
        for (const OperationItem &item : items(id))
            QCOMPARE(item.state, OperationState::Planned);
        QCOMPARE(m_sandbox->ledger().size(), 1U);
        m_sandbox->clearFaults();
        m_runner->resume(id);
        QVERIFY(over(id));
        agrees(id);
        QCOMPARE(run(id).done, near + 1);
    }

    /// A mixed answer whose rows say 130429: through the real gateway they are deferred, and the account pauses.
    void throttledRowsAreAskedAgain()
    {
        m_relay = std::make_unique<Relay>();
        m_relay->setUpstream(m_sandbox->server().port());
        RelayAct onward;
        onward.forward = true;
        m_relay->always(onward);
        QByteArray rows;
        for (const QString &number : m_numbers)
            rows += (rows.isEmpty() ? "" : ",") + QByteArray("{\"input\":\"") + number.toLatin1()
                + "\",\"errors\":[{\"message\":\"Rate limit hit\",\"code\":130429}]}";
        m_relay->next({Relay::http(400,
            "{\"messaging_product\":\"whatsapp\",\"block_users\":{\"failed_users\":[" + rows
                + "]},\"error\":{\"message\":\"(#139100) Failed\",\"code\":139100}}",
            {"Retry-After: 40"})});
        begin(GatewayKind::Dialog360, m_relay->address(QStringLiteral("/d360")));
        const qint64 begun = m_clock->now().wallMs;
        const RunId id = create();
        QVERIFY(over(id));
        QVERIFY(m_clock->now().wallMs - begun >= 40'000);
        agrees(id);
        QCOMPARE(run(id).done, near);
        QCOMPARE(run(id).refused, 1); // who did not write in the last 24 hours
    }

    void anEngineThatCannotBlockSaysSo()
    {
        m_sandbox->fault(QStringLiteral("engine-no-block"));
        begin(GatewayKind::Wawp, QUrl(QString::fromStdString(m_sandbox->server().wawpAddress())));
        const RunId id = create();
        QVERIFY(eventually([&] { return m_told[id].halted.has_value(); }, patienceMs));
        QCOMPARE(m_told[id].halted->kind, Failure::Kind::Unsupported);
        QCOMPARE(items(id).front().state, OperationState::Refused);
        QCOMPARE(items(id).front().why, QString::fromLatin1(Why::unsupported));
    }

    void onPremisesStopsAtDoneNotConfirmed()
    {
        begin(GatewayKind::OnPrem, m_sandbox->address());
        m_sandbox->fault(QStringLiteral("5xx=500:1@1"));
        const RunId id = create();
        QVERIFY(over(id));
        QCOMPARE(run(id).done, near - 1);
        QCOMPARE(run(id).confirmed, 0);
        QCOMPARE(run(id).unknown, 1); // nothing can be read: until the operator settles it
        QCOMPARE(run(id).refused, 1);
        QCOMPARE(items(id).back().code, 2048);
        QCOMPARE(items(id).back().why, QString::fromLatin1(Why::outsideWindow));
        for (const QString &number : m_numbers)
            QVERIFY(delivered(number) <= 1);
    }
};

QTEST_GUILESS_MAIN(BlockGatewayTest)
#include "blockgateway_test.moc"
