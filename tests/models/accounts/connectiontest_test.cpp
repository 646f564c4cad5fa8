// SPDX-License-Identifier: GPL-3.0-or-later
// The connection test of each kind of gateway, against scripted servers and the sandbox. No kind spends a check on it.
#include "models/accounts/accounts.h"
#include "models/secrets/secrets.h"
#include "models/store/accountbook.h"
#include "models/store/journal.h"
#include "models/store/store.h"
#include "tests/support/answer.h"
#include "tests/support/relay.h"
#include "tests/support/sandboxfixture.h"
#include "tests/support/temporarystore.h"

using namespace rollcall;
using namespace rollcall::tests;

namespace {

/// The steps of one test, each as id=state with O, W, F, - (not known) and C (cannot).
struct Tested {
    std::vector<TestStep> steps = {};
    bool ok = false;
    [[nodiscard]] QString states() const
    {
        QStringList words;
        for (const TestStep &step : steps)
            words += step.id + u'=' + QStringLiteral("OWF-C").at(int(step.state));
        return words.join(u' ');
    }
    [[nodiscard]] QString raw(const char *id) const
    {
        for (const TestStep &step : steps)
            if (step.id == QLatin1String(id))
                return step.outcome ? *step.outcome : QStringLiteral("failure");
        return QStringLiteral("no such step");
    }
};

struct Desk {
    Desk()
    {
        QVERIFY(answerOf<Nothing>([&](auto then) { return accounts.load(then); }));
    }
    Tested test(const Account &account, const char *key = "key")
    {
        Tested tested;
        tested.ok = answerOf<Nothing>([&](auto then) {
            return accounts.test(
                account, Secret(key), [&](const TestStep &step) { tested.steps.push_back(step); }, then);
        }).ok();
        return tested;
    }
    /// Of the newest journal entry.
    QString lastOutcome()
    {
        const auto seqs = answerOf<std::vector<qint64>>([&](auto then) { return store->journal().list({}, then); });
        if (!seqs || seqs->empty())
            return {};
        const auto rows
            = answerOf<std::vector<JournalEntry>>([&](auto then) { return store->journal().rows(*seqs, then); });
        return rows ? rows->front().outcome : QString();
    }
    static Account account(GatewayKind kind, const QUrl &address, const QString &sender = {})
    {
        Account account;
        account.name = QStringLiteral("Tested");
        account.kind = kind;
        account.address = address;
        account.sender = sender;
        return account;
    }
    TemporaryStore store;
    SystemClock clock;
    std::unique_ptr<Secrets> secrets = makeMemorySecrets();
    Accounts accounts{*store, *secrets, clock};
};

/// The vendor page's own form (gateways.md 2.1), with the limits of a plan.
QByteArray sessions()
{
    return "{\"data\":[{\"id\":\"sess_1\",\"name\":\"Shop\",\"status\":\"connected\"},"
           "{\"id\":\"sess_2\",\"name\":\"Old\",\"status\":\"pending\"}]}";
}
QByteArrayList growth()
{
    return {"X-RateLimit-Limit: 300", "X-RateLimit-Remaining: 299"};
}

QString everyStep(const QString &first, const QString &then)
{
    return first + u' ' + then;
}

} // namespace

class ConnectionTestTest final : public QObject {
    Q_OBJECT

private slots:
    void sendApi()
    {
        Relay relay;
        relay.always({Relay::http(200, sessions(), growth())});
        Desk desk;
        const Tested found = desk.test(Desk::account(GatewayKind::SendApi, relay.address(), QStringLiteral("sess_1")));
        QCOMPARE(found.states(),
            everyStep(QStringLiteral("address=O tls=O login=O health=O"),
                QStringLiteral("can-check=O can-tell=- can-block=C can-list=O limits=O clock=-")));
        QVERIFY(found.ok);
        QCOMPARE(found.raw("login"), QString()); // a key, not a user
        QCOMPARE(found.raw("health"), QStringLiteral("connected"));
        QCOMPARE(found.raw("can-check"), QStringLiteral("1"));
        QCOMPARE(found.raw("can-list"), QStringLiteral("contacts"));
        QCOMPARE(found.raw("limits"), QStringLiteral("per-minute=300 told left=299"));
        QCOMPARE(relay.deliveries(), 1);
        QVERIFY(relay.requests()[0].startsWith("GET /whatsapp/sessions "));
    }

    void sendApiWithASessionThatIsNotConnected()
    {
        Relay relay;
        relay.always({Relay::http(200, sessions(), {"X-RateLimit-Limit: 60", "X-RateLimit-Remaining: 0"})});
        Desk desk;
        const Tested found = desk.test(Desk::account(GatewayKind::SendApi, relay.address(), QStringLiteral("sess_2")));
        QCOMPARE(found.states(),
            everyStep(QStringLiteral("address=O tls=O login=O health=W"),
                QStringLiteral("can-check=O can-tell=- can-block=C can-list=O limits=W clock=-")));
        QCOMPARE(found.raw("health"), QStringLiteral("pending"));
        QCOMPARE(found.raw("limits"), QStringLiteral("per-minute=60 told left=0"));
    }

    void aRefusedKeyStopsAtTheLogin()
    {
        Relay relay;
        relay.always({Relay::http(
            401, "{\"success\":false,\"error\":{\"type\":\"invalid_api_key\",\"message\":\"no\",\"code\":4011}}")});
        Desk desk;
        const Tested found = desk.test(Desk::account(GatewayKind::SendApi, relay.address(), QStringLiteral("sess_1")));
        QCOMPARE(found.states(),
            everyStep(QStringLiteral("address=O tls=O login=F health=-"),
                QStringLiteral("can-check=- can-tell=- can-block=- can-list=- limits=- clock=-")));
        QVERIFY(!found.ok);
    }

    void aDeadGatewayStopsAtTheConnection()
    {
        Relay relay;
        const QUrl address = relay.address();
        RelayAct hangUp; // when it was asked: a reset at once may come before anybody sees the connection
        hangUp.close = true;
        relay.always(hangUp);
        Desk desk;
        const Tested found = desk.test(Desk::account(GatewayKind::SendApi, QUrl(QStringLiteral("http://127.0.0.1:1"))));
        QVERIFY(address.isValid());
        QVERIFY(found.states().startsWith(QLatin1String("address=F tls=- login=- health=- can-check=-")));
        // Who hangs up was reached: what fails is the answer.
        const Tested rude = desk.test(Desk::account(GatewayKind::SendApi, address));
        QVERIFY2(rude.states().startsWith(QLatin1String("address=O")) && !rude.ok, qPrintable(rude.states()));
    }

    void commBoxProvesNothingAndSaysSo()
    {
        Relay relay;
        Desk desk;
        const Tested found = desk.test(Desk::account(GatewayKind::CommBox, relay.address(), QStringLiteral("x%3d")));
        QCOMPARE(found.states(),
            everyStep(QStringLiteral("address=- tls=- login=- health=-"),
                QStringLiteral("can-check=O can-tell=- can-block=C can-list=C limits=O clock=-")));
        QVERIFY(found.ok);
        QCOMPARE(found.raw("address"), QStringLiteral("first-check"));
        QCOMPARE(found.raw("login"), QStringLiteral("first-check"));
        QCOMPARE(found.raw("health"), QStringLiteral("none"));
        QCOMPARE(relay.connections(), 0); // its only call is the check, which costs
        QVERIFY(eventually([&] { return desk.lastOutcome() == QLatin1String("unsent"); })); // and the journal says so
    }

    void wawpAtTheSandbox()
    {
        SandboxFixture node;
        const SandboxOptions &options = node.server().options();
        Desk desk;
        Account account = Desk::account(GatewayKind::Wawp, QUrl(QString::fromStdString(node.server().wawpAddress())),
            QString::fromStdString(options.wawpInstance));
        const Tested found = desk.test(account, options.wawpToken.c_str());
        QCOMPARE(found.states(),
            everyStep(QStringLiteral("address=O tls=O login=O health=O"),
                QStringLiteral("can-check=O can-tell=- can-block=O can-list=O limits=O clock=O")));
        QCOMPARE(found.raw("health"), QStringLiteral("WORKING"));
        QCOMPARE(found.raw("can-list"), QStringLiteral("contacts tell"));
        QVERIFY(node.asked().isEmpty());
        QCOMPARE(
            desk.test(account, "wrong").states().left(38), QStringLiteral("address=O tls=O login=F health=- can-c"));
        node.fault(QStringLiteral("scan-qr"));
        const Tested waiting = desk.test(account, options.wawpToken.c_str());
        QVERIFY2(waiting.states().startsWith(QLatin1String("address=O tls=O login=O health=W can-check=O")),
            qPrintable(waiting.states()));
        QCOMPARE(waiting.raw("health"), QStringLiteral("SCAN_QR_CODE"));
    }

    void dialog360AndCloudApiAtTheSandbox()
    {
        SandboxFixture node;
        const SandboxOptions &options = node.server().options();
        Desk desk;
        const QString expected = everyStep(QStringLiteral("address=O tls=O login=O health=-"),
            QStringLiteral("can-check=C can-tell=C can-block=O can-list=O limits=O clock=O"));
        const Tested dialog = desk.test(
            Desk::account(GatewayKind::Dialog360, QUrl(QString::fromStdString(node.server().dialog360Address()))),
            options.dialog360Key.c_str());
        QCOMPARE(dialog.states(), expected);
        QCOMPARE(dialog.raw("can-block"), QStringLiteral("1000"));
        QCOMPARE(dialog.raw("can-list"), QStringLiteral("blocked"));
        QCOMPARE(dialog.raw("limits"), QStringLiteral("per-minute=60 blocks=1000 blocked-most=64000"));
        const Tested cloud = desk.test(
            Desk::account(GatewayKind::CloudApi, QUrl(QString::fromStdString(node.server().cloudApiAddress()))),
            options.cloudToken.c_str());
        QCOMPARE(cloud.states(), expected);
        for (const SandboxLedgerEntry &entry : node.ledger())
            QCOMPARE(QString::fromStdString(entry.method), QStringLiteral("GET")); // nobody was blocked by a test
    }

    void whatWasLearnedShowsInTheTest()
    {
        SandboxFixture node;
        const SandboxOptions &options = node.server().options();
        Desk desk;
        const auto saved = answerOf<Accounts::Saved>([&](auto then) {
            return desk.accounts.save(
                Desk::account(GatewayKind::Wawp, QUrl(QString::fromStdString(node.server().wawpAddress())),
                    QString::fromStdString(options.wawpInstance)),
                Secret(options.wawpToken.c_str()), then);
        });
        QVERIFY(saved);
        QVERIFY(answerOf<bool>([&](auto then) {
            return desk.store->accounts().addRefusal(saved->id, {Capability::Block, 422, 1}, then);
        }));
        QVERIFY(answerOf<Nothing>([&](auto then) {
            return desk.store->accounts().setProbe(saved->id, {TruthProbe::Outcome::CannotTell, 1234}, then);
        }));
        QVERIFY(answerOf<Nothing>([&](auto then) { return desk.accounts.load(then); }));
        const Account known = *desk.accounts.find(saved->id);
        const Tested found = desk.test(known, options.wawpToken.c_str());
        QVERIFY2(found.states().contains(QLatin1String("can-check=O can-tell=W can-block=C can-list=O")),
            qPrintable(found.states()));
        QCOMPARE(found.raw("can-tell"), QStringLiteral("probe 1234"));
        QCOMPARE(found.raw("can-block"), QStringLiteral("422"));
        Account elsewhere = known; // edited, not saved: another gateway of which nothing is known
        elsewhere.sender = QStringLiteral("OTHER0000000");
        const Tested other = desk.test(elsewhere, options.wawpToken.c_str());
        QVERIFY2(!other.states().contains(QLatin1String("can-tell=W")), qPrintable(other.states()));
    }
};

QTEST_GUILESS_MAIN(ConnectionTestTest)
#include "connectiontest_test.moc"
