// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sandboxclient.h"
#include "tests/support/sandboxfixture.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTcpSocket>
#include <QTest>
#include <atomic>
#include <thread>

using namespace rollcall;
using namespace rollcall::tests;

class FaultsTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void specsAreReadStrictly();
    void countsAndSkips();
    void throttled();
    void tokenDiesInTheMiddle();
    void serverErrors();
    void cutInTheAnswer();
    void pageOfHtml();
    void rowsGoWrong();
    void alwaysValid();
    void loginFaults();
    void slowAnswersAreCutShortByStop();
    void anotherPathCanBeHit();
    void resetForgetsEverything();
    void controlRoutes();
    void controlRefusesWebPages_data();
    void controlRefusesWebPages();
    void ledgerHoldsNoSecret();
    void stopsWhileConnectionsAreOpen();
    void portThatIsTaken();
    void manyAtOnce();

private:
    WireAnswer ask();
    [[nodiscard]] static QStringList words(const WireAnswer &answer);

    std::unique_ptr<SandboxFixture> m_sandbox;
    std::unique_ptr<SandboxClient> m_client;
    QByteArray m_valid;
    QByteArray m_invalid;
};

void FaultsTest::init()
{
    m_sandbox = std::make_unique<SandboxFixture>();
    m_client = std::make_unique<SandboxClient>(m_sandbox->server().port());
    m_valid = m_sandbox->numbers(1, true).first().toLatin1();
    m_invalid = m_sandbox->numbers(1, false).first().toLatin1();
    QVERIFY(m_client->logIn("admin", "Sandbox-2026"));
}

void FaultsTest::cleanup()
{
    m_client.reset();
    m_sandbox.reset();
}

WireAnswer FaultsTest::ask()
{
    return m_client->check(R"({"contacts":[")" + m_valid + "\",\"" + m_invalid + "\"]}");
}

QStringList FaultsTest::words(const WireAnswer &answer)
{
    QStringList words;
    for (const auto &row : answer.json().value(QLatin1String("contacts")).toArray())
        words.append(row.toObject().value(QLatin1String("status")).toString());
    return words;
}

void FaultsTest::specsAreReadStrictly()
{
    const auto fault = SandboxFault::parse("slow=1500:3@4");
    QVERIFY(fault);
    QCOMPARE(fault->name, std::string("slow"));
    QCOMPARE(fault->value, 1500);
    QCOMPARE(fault->count, 3);
    QCOMPARE(fault->skip, 4);
    QCOMPARE(SandboxFault::parse("429")->value, 2);
    QCOMPARE(SandboxFault::parse("429")->count, -1);
    for (const char *bad : {"", "fast", "429:", "429:x", "429:-1", "slow=", "slow=1s", "401@", "SLOW", "429:1:1", "=3"})
        QVERIFY2(!SandboxFault::parse(bad), bad);
    for (const std::string &name : SandboxFault::names())
        QVERIFY2(SandboxFault::parse(name) && !SandboxFault::meaning(name).empty(), name.c_str());
}

void FaultsTest::countsAndSkips()
{
    m_sandbox->fault(QStringLiteral("5xx=503:2@1"));
    QList<int> statuses;
    for (int n = 0; n < 5; ++n)
        statuses.append(ask().status);
    QCOMPARE(statuses, QList<int>({200, 503, 503, 200, 200}));
    QVERIFY(m_sandbox->server().faults().empty());
    m_sandbox->fault(QStringLiteral("5xx"));
    for (int n = 0; n < 3; ++n)
        QCOMPARE(ask().status, 500);
    m_sandbox->clearFaults();
    QCOMPARE(ask().status, 200);
}

void FaultsTest::throttled()
{
    m_sandbox->fault(QStringLiteral("429=7:1"));
    const WireAnswer told = ask();
    QCOMPARE(told.status, 429);
    QCOMPARE(told.header("retry-after"), QByteArray("7"));
    QCOMPARE(
        told.json().value(QLatin1String("errors")).toArray().first().toObject().value(QLatin1String("code")).toInt(),
        429);
    m_sandbox->fault(QStringLiteral("429-bare:1"));
    const WireAnswer bare = ask();
    QCOMPARE(bare.status, 429);
    QVERIFY(bare.header("retry-after").isEmpty());
    QVERIFY(m_sandbox->asked().isEmpty()); // nothing was checked
}

void FaultsTest::tokenDiesInTheMiddle()
{
    m_sandbox->fault(QStringLiteral("401:1@1"));
    QCOMPARE(ask().status, 200);
    QCOMPARE(ask().status, 401);
    QCOMPARE(ask().status, 401); // the old token stays dead
    QVERIFY(m_client->logIn("admin", "Sandbox-2026"));
    QCOMPARE(ask().status, 200);
}

void FaultsTest::serverErrors()
{
    m_sandbox->fault(QStringLiteral("5xx=502:1"));
    const WireAnswer answer = ask();
    QCOMPARE(answer.status, 502);
    QVERIFY(answer.json().contains(QLatin1String("errors")));
    QVERIFY(m_sandbox->asked().isEmpty());
}

void FaultsTest::cutInTheAnswer()
{
    m_sandbox->fault(QStringLiteral("cut:1"));
    const WireAnswer answer = ask();
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.cut);
    QVERIFY(!answer.body.isEmpty());
    QVERIFY(answer.json().isEmpty());
    QCOMPARE(m_sandbox->asked().size(), 2); // it was looked up, the client only never learnt of it
    QCOMPARE(m_sandbox->ledger().back().fault, std::string("cut"));
    QVERIFY(!ask().cut);
}

void FaultsTest::pageOfHtml()
{
    m_sandbox->fault(QStringLiteral("html:1"));
    const WireAnswer answer = ask();
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.header("content-type").startsWith("text/html"));
    QVERIFY(answer.body.startsWith("<!DOCTYPE html>"));
    m_sandbox->fault(QStringLiteral("html=503:1"));
    QCOMPARE(ask().status, 503);
}

void FaultsTest::rowsGoWrong()
{
    m_sandbox->fault(QStringLiteral("missing-rows:1"));
    QCOMPARE(words(ask()), QStringList({QStringLiteral("invalid")}));
    m_sandbox->fault(QStringLiteral("unknown-word:1"));
    QCOMPARE(words(ask()), QStringList({QStringLiteral("unchecked"), QStringLiteral("unchecked")}));
    m_sandbox->fault(QStringLiteral("duplicate-keys:1"));
    const WireAnswer twice = ask();
    QCOMPARE(twice.body.count("\"status\""), 4);
    const QByteArray both = R"("status":"invalid","input":")" + m_valid + R"(","status":"valid")";
    QVERIFY(twice.body.contains(both));
}

void FaultsTest::alwaysValid()
{
    m_sandbox->fault(QStringLiteral("always-valid"));
    const WireAnswer answer = ask();
    QCOMPARE(words(answer), QStringList({QStringLiteral("valid"), QStringLiteral("valid")}));
    const QJsonObject meta = answer.json().value(QLatin1String("meta")).toObject();
    QCOMPARE(meta.value(QLatin1String("version")).toString(), QStringLiteral("v2.45.1"));
    const QJsonObject health = m_client->get("/v1/health", m_client->bearer()).json();
    QCOMPARE(health.value(QLatin1String("meta")).toObject().value(QLatin1String("version")).toString(),
        QStringLiteral("v2.45.1"));
}

void FaultsTest::loginFaults()
{
    m_sandbox->server().setClock(1'700'000'000'000); // 2023-11-14T22:13:20Z
    m_sandbox->fault(QStringLiteral("login-past-expiry:1"));
    const WireAnswer answer = m_client->login("admin", "Sandbox-2026");
    const QJsonObject user = answer.json().value(QLatin1String("users")).toArray().first().toObject();
    QVERIFY(user.value(QLatin1String("expires_after")).toString().startsWith(QStringLiteral("2023-11-13 22:13:2")));
    m_client->useToken(user.value(QLatin1String("token")).toString().toUtf8());
    QCOMPARE(ask().status, 200); // the token works all the same
    m_sandbox->fault(QStringLiteral("login-refused:1"));
    QCOMPARE(m_client->login("admin", "Sandbox-2026").status, 401);
    QCOMPARE(m_client->login("admin", "Sandbox-2026").status, 200);
}

void FaultsTest::slowAnswersAreCutShortByStop()
{
    m_sandbox->fault(QStringLiteral("slow=60000:1"));
    std::atomic<bool> ended = false;
    std::thread asking([this, &ended] {
        ask();
        ended = true;
    });
    QTRY_VERIFY(m_sandbox->server().faults().empty()); // the request took it
    m_sandbox->server().stopAndWait();
    asking.join(); // would last a minute
    QVERIFY(ended);
    QVERIFY(!m_sandbox->server().running());
}

void FaultsTest::anotherPathCanBeHit()
{
    QCOMPARE(m_client->post("/_sandbox/faults", "{\"add\":\"5xx:1\",\"path\":\"/v1/health\"}").status, 200);
    QCOMPARE(ask().status, 200);
    QCOMPARE(m_client->get("/v1/health", m_client->bearer()).status, 500);
    QCOMPARE(m_client->get("/v1/health", m_client->bearer()).status, 200);
}

void FaultsTest::resetForgetsEverything()
{
    m_sandbox->fault(QStringLiteral("5xx"));
    m_sandbox->server().setClock(1000);
    ask();
    m_sandbox->server().reset();
    QVERIFY(m_sandbox->ledger().empty());
    QVERIFY(m_sandbox->server().faults().empty());
    QVERIFY(m_sandbox->server().nowMs() > 1'700'000'000'000);
    QCOMPARE(ask().status, 401);
}

void FaultsTest::controlRoutes()
{
    const auto now
        = [this] { return m_client->get("/_sandbox/clock").json().value(QLatin1String("now_ms")).toInteger(); };
    QCOMPARE(m_client->post("/_sandbox/clock", "{\"set_ms\":1700000000000}").status, 200);
    QVERIFY(now() >= 1'700'000'000'000 && now() < 1'700'000'060'000);
    QCOMPARE(m_client->post("/_sandbox/clock", "{\"advance_ms\":604800000}").status, 200);
    QVERIFY(now() >= 1'700'604'800'000 && now() < 1'700'604'860'000);
    QCOMPARE(m_client->post("/_sandbox/clock", "{\"set\":1}").status, 400);
    QCOMPARE(m_client->post("/_sandbox/clock", "{\"set_ms\":\"1\"}").status, 400);
    QCOMPARE(m_client->post("/_sandbox/clock", "nonsense").status, 400);

    QCOMPARE(m_client->post("/_sandbox/faults", "{\"add\":\"nonsense\"}").status, 400);
    QCOMPARE(m_client->post("/_sandbox/faults", "{\"add\":\"429=3:1\"}").status, 200);
    const QJsonArray faults = m_client->get("/_sandbox/faults").json().value(QLatin1String("faults")).toArray();
    QCOMPARE(faults.size(), 1);
    QCOMPARE(faults.first().toObject().value(QLatin1String("name")).toString(), QStringLiteral("429"));
    QCOMPARE(m_client->remove("/_sandbox/faults").status, 200);
    QVERIFY(m_sandbox->server().faults().empty());

    ask();
    const auto ledger = [this](const QByteArray &query) {
        return m_client->get("/_sandbox/ledger" + query).json().value(QLatin1String("ledger")).toArray();
    };
    const QJsonObject last = ledger("").last().toObject();
    QCOMPARE(last.value(QLatin1String("path")).toString(), QStringLiteral("/v1/contacts"));
    QCOMPARE(last.value(QLatin1String("asked")).toArray().size(), 2);
    QCOMPARE(ledger("?after=" + QByteArray::number(last.value(QLatin1String("number")).toInt() - 1)).size(), 1);
    QCOMPARE(m_client->remove("/_sandbox/ledger").status, 200);
    QVERIFY(ledger("").isEmpty());
    QVERIFY(m_client->get("/_sandbox/world.csv?rows=3").body.startsWith("name,phone,"));
    QCOMPARE(m_client->post("/_sandbox/reset", "").status, 200);
    QVERIFY(now() > 1'790'000'000'000);
}

void FaultsTest::controlRefusesWebPages_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::newRow("origin") << QByteArray("Host: 127.0.0.1\r\nOrigin: https://evil.example\r\n");
    QTest::newRow("own origin") << QByteArray("Host: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\n");
    QTest::newRow("fetch metadata") << QByteArray("Host: 127.0.0.1\r\nSec-Fetch-Site: cross-site\r\n");
    QTest::newRow("name that points here") << QByteArray("Host: evil.example\r\n");
    QTest::newRow("name that looks like it") << QByteArray("Host: 127.0.0.1.evil.example\r\n");
    QTest::newRow("two hosts") << QByteArray("Host: 127.0.0.1\r\nHost: evil.example\r\n");
    QTest::newRow("no host") << QByteArray("");
}

void FaultsTest::controlRefusesWebPages()
{
    QFETCH(QByteArray, headers);
    const std::int64_t before = m_sandbox->server().nowMs();
    const QByteArray body = "{\"set_ms\":1}";
    const WireAnswer answer = m_client->send("POST /_sandbox/clock HTTP/1.1\r\nConnection: close\r\n" + headers
        + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QCOMPARE(answer.status, 403);
    QVERIFY(m_sandbox->server().nowMs() >= before);
    QCOMPARE(m_client->send("GET /_sandbox/ledger HTTP/1.1\r\nConnection: close\r\n" + headers + "\r\n").status, 403);
}

void FaultsTest::ledgerHoldsNoSecret()
{
    m_client->login("admin", "Wrong-Word-1");
    ask();
    const QByteArray ledger = m_client->get("/_sandbox/ledger").body;
    QVERIFY(ledger.contains(m_valid));
    for (const QByteArray &secret : {m_client->token(), QByteArray("Sandbox-2026"), QByteArray("Wrong-Word-1"),
             QByteArray("admin:Sandbox-2026").toBase64()})
        QVERIFY(!ledger.contains(secret));
}

void FaultsTest::stopsWhileConnectionsAreOpen()
{
    QTcpSocket idle;
    idle.connectToHost(QStringLiteral("127.0.0.1"), m_sandbox->server().port());
    QVERIFY(idle.waitForConnected(5000));
    idle.write("GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n"); // kept alive afterwards
    QVERIFY(idle.waitForReadyRead(5000));
    m_sandbox->server().stopAndWait();
    QVERIFY(idle.state() == QAbstractSocket::UnconnectedState || idle.waitForDisconnected(5000));
    QCOMPARE(m_client->get("/v1/health").status, 0);
    QVERIFY(!m_sandbox->server().start()); // one life; another one is another object
}

void FaultsTest::portThatIsTaken()
{
    SandboxOptions options;
    options.port = m_sandbox->server().port();
    SandboxServer second(options);
    QVERIFY(!second.start());
    QVERIFY(!second.running());
    QCOMPARE(ask().status, 200); // the first one is untouched
}

void FaultsTest::manyAtOnce()
{
    std::atomic<int> good = 0;
    std::vector<std::thread> clients;
    for (int n = 0; n < 8; ++n) {
        clients.emplace_back([this, &good] {
            SandboxClient client(m_sandbox->server().port());
            client.useToken(m_client->token());
            for (int round = 0; round < 10; ++round)
                good += client.check(R"({"contacts":[")" + m_valid + "\"]}").status == 200 ? 1 : 0;
        });
    }
    for (std::thread &client : clients)
        client.join();
    QCOMPARE(good.load(), 80);
    QCOMPARE(m_sandbox->server().timesAsked(m_valid.toStdString()), 80);
}

QTEST_GUILESS_MAIN(FaultsTest)
#include "faults_test.moc"
