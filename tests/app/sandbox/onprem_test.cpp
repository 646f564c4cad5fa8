// SPDX-License-Identifier: GPL-3.0-or-later
// Expected forms: gateways.md section 1 and vendor page A.
#include "tests/support/sandboxclient.h"
#include "tests/support/sandboxfixture.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr qint64 dayMs = 24LL * 3600 * 1000;

QJsonObject firstError(const WireAnswer &answer)
{
    return answer.json().value(QLatin1String("errors")).toArray().first().toObject();
}

QJsonObject row(const WireAnswer &answer, int n)
{
    return answer.json().value(QLatin1String("contacts")).toArray().at(n).toObject();
}

QString text(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1String(name)).toString();
}

SandboxOptions everyNumberIsSlow()
{
    SandboxOptions options;
    options.slowPercent = 100;
    options.decideAfterMs = 3000;
    return options;
}

} // namespace

class OnPremTest : public QObject {
    Q_OBJECT

private slots:
    void loginAnswersInTheDocumentedForm();
    void loginWithoutBodyLengthWorksToo();
    void loginRefusals();
    void firstLoginWantsANewPassword();
    void passwordRule_data();
    void passwordRule();
    void tokensEnd();
    void logoutKillsTheToken();
    void checkAnswersOneRowPerInputInOrder();
    void numberRuleUsesTheRegisteredCountry();
    void waIdMayDiffer();
    void slowNumbersAreProcessingThenDecided();
    void waitDecidesAtOnce();
    void cacheLastsSevenDays();
    void forceCheckGoesPastTheCache();
    void badRequests_data();
    void badRequests();
    void tooManyNumbers();
    void healthForms();
    void newNodesCallEverybodyValid();
    void unknownEdges();
};

void OnPremTest::loginAnswersInTheDocumentedForm()
{
    SandboxFixture sandbox;
    SandboxClient client(sandbox.server().port());
    sandbox.server().setClock(
        QDateTime::fromString(QStringLiteral("2021-09-07T15:29:26Z"), Qt::ISODate).toMSecsSinceEpoch());
    const WireAnswer answer = client.login("admin", "Sandbox-2026");
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.header("content-type").startsWith("application/json"));
    const QJsonObject user = answer.json().value(QLatin1String("users")).toArray().first().toObject();
    QVERIFY(!text(user, "token").isEmpty());
    // Seven days on, a blank instead of the T, +00:00 (gateways.md 1.1); a second may have passed.
    QVERIFY2(QRegularExpression(QStringLiteral("^2021-09-14 15:29:(26|27|28)\\+00:00$"))
                 .match(text(user, "expires_after"))
                 .hasMatch(),
        qPrintable(text(user, "expires_after")));
    const QJsonObject meta = answer.json().value(QLatin1String("meta")).toObject();
    QCOMPARE(text(meta, "api_status"), QStringLiteral("stable"));
    QCOMPARE(text(meta, "version"), QStringLiteral("v2.41.2"));
}

void OnPremTest::loginWithoutBodyLengthWorksToo()
{
    SandboxFixture sandbox;
    SandboxClient client(sandbox.server().port());
    const WireAnswer answer = client.send("POST /v1/users/login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                          "Authorization: Basic "
        + QByteArray("admin:Sandbox-2026").toBase64() + "\r\n\r\n");
    QCOMPARE(answer.status, 200);
}

void OnPremTest::loginRefusals()
{
    SandboxFixture sandbox;
    SandboxClient client(sandbox.server().port());
    const WireAnswer missing = client.post("/v1/users/login", "");
    QCOMPARE(missing.status, 401);
    QCOMPARE(missing.header("www-authenticate"), QByteArray("Basic realm=\"Secured\""));
    QCOMPARE(client.login("admin", "wrong").status, 401);
    QCOMPARE(client.login("nobody", "Sandbox-2026").status, 401);
    QCOMPARE(client.login("admin", "").status, 401);
    const WireAnswer broken = client.login("admin", "Sandbox-2026", "Foo");
    QCOMPARE(broken.status, 400);
    QCOMPARE(firstError(broken).value(QLatin1String("code")).toInt(), 1025);
    QCOMPARE(text(firstError(broken), "title"), QStringLiteral("Request is not valid"));
    for (const SandboxLedgerEntry &entry : sandbox.ledger())
        QVERIFY(entry.asked.empty());
    QCOMPARE(sandbox.requests(QStringLiteral("/v1/users/login")), 5);
}

void OnPremTest::firstLoginWantsANewPassword()
{
    SandboxOptions options = SandboxFixture::quick();
    options.password = "secret";
    options.passwordMustChange = true;
    SandboxFixture sandbox(options);
    SandboxClient client(sandbox.server().port());
    for (const QByteArray body : {"", "{}", R"({"foo":"bar"})"}) {
        const WireAnswer answer = client.login("admin", "secret", body);
        QCOMPARE(answer.status, 401);
        QCOMPARE(firstError(answer).value(QLatin1String("code")).toInt(), 1024);
        QCOMPARE(text(firstError(answer), "title"), QStringLiteral("Password change required"));
        QCOMPARE(text(firstError(answer), "details"), QStringLiteral("Password must be changed"));
    }
    QCOMPARE(client.login("admin", "secret", "{\"new_password\":\"Pass123-qwerty\"}").status, 200);
    QCOMPARE(client.login("admin", "secret").status, 401);
    QCOMPARE(client.login("admin", "Pass123-qwerty").status, 200);
    QCOMPARE(sandbox.password(), QStringLiteral("Pass123-qwerty"));
}

void OnPremTest::passwordRule_data()
{
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<int>("status");
    QTest::newRow("8 characters of all kinds") << QByteArray("Abcde-1x") << 200;
    QTest::newRow("64 characters") << "Ab1-" + QByteArray(60, 'x') << 200;
    QTest::newRow("7 characters") << QByteArray("Abcd-1x") << 400;
    QTest::newRow("65 characters") << "Ab1-" + QByteArray(61, 'x') << 400;
    QTest::newRow("no digit") << QByteArray("Abcdefg-h") << 400;
    QTest::newRow("no upper case") << QByteArray("abcdefg-1") << 400;
    QTest::newRow("no lower case") << QByteArray("ABCDEFG-1") << 400;
    QTest::newRow("no special") << QByteArray("Abcdefgh1") << 400;
}

void OnPremTest::passwordRule()
{
    QFETCH(QByteArray, password);
    QFETCH(int, status);
    SandboxFixture sandbox;
    SandboxClient client(sandbox.server().port());
    const WireAnswer answer = client.login("admin", "Sandbox-2026", R"({"new_password":")" + password + "\"}");
    QCOMPARE(answer.status, status);
    if (status == 400)
        QCOMPARE(firstError(answer).value(QLatin1String("code")).toInt(), 1009);
}

void OnPremTest::tokensEnd()
{
    SandboxFixture sandbox;
    SandboxClient client(sandbox.server().port());
    QCOMPARE(client.check("{\"contacts\":[\"+447400123456\"]}").status, 401);
    QVERIFY(client.logIn("admin", "Sandbox-2026"));
    QCOMPARE(client.check("{\"contacts\":[\"+447400123456\"]}").status, 200);
    sandbox.server().advanceClock(7 * dayMs - 60'000);
    QCOMPARE(client.check("{\"contacts\":[\"+447400123456\"]}").status, 200);
    sandbox.server().advanceClock(60'000);
    const WireAnswer late = client.check(R"({"contacts":["+447400123456"]})");
    QCOMPARE(late.status, 401);
    QVERIFY(late.json().contains(QLatin1String("errors")) && late.json().contains(QLatin1String("meta")));
    sandbox.server().advanceClock(-dayMs); // the node forgot it, going back does not help
    QCOMPARE(client.check("{\"contacts\":[\"+447400123456\"]}").status, 401);
}

void OnPremTest::logoutKillsTheToken()
{
    SandboxFixture sandbox;
    SandboxClient client(sandbox.server().port());
    QVERIFY(client.logIn("admin", "Sandbox-2026"));
    QCOMPARE(client.post("/v1/users/logout", "", client.bearer()).status, 200);
    QCOMPARE(client.check("{\"contacts\":[\"+447400123456\"]}").status, 401);
}

void OnPremTest::checkAnswersOneRowPerInputInOrder()
{
    SandboxFixture sandbox;
    SandboxClient client(sandbox.server().port());
    QVERIFY(client.logIn("admin", "Sandbox-2026"));
    const QString valid = sandbox.numbers(1, true).first();
    const QString invalid = sandbox.numbers(1, false).first();
    // Echoed verbatim: punctuation, a number twice, other scripts.
    const QStringList inputs{
        valid, invalid, QStringLiteral("+163155588"), QStringLiteral(" ") + valid, QStringLiteral("٠١٢ \"x\""), valid};
    const QJsonObject question{{QStringLiteral("contacts"), QJsonArray::fromStringList(inputs)},
        {QStringLiteral("blocking"), QStringLiteral("no_wait")}, {QStringLiteral("force_check"), false}};
    const WireAnswer answer = client.check(QJsonDocument(question).toJson());
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json().value(QLatin1String("contacts")).toArray().size(), 6);
    const QStringList words{QStringLiteral("valid"), QStringLiteral("invalid"), QStringLiteral("failed"),
        QStringLiteral("valid"), QStringLiteral("failed"), QStringLiteral("valid")};
    for (int n = 0; n < 6; ++n) {
        QCOMPARE(text(row(answer, n), "input"), inputs.at(n));
        QCOMPARE(text(row(answer, n), "status"), words.at(n));
        QCOMPARE(row(answer, n).contains(QLatin1String("wa_id")), words.at(n) == QLatin1String("valid"));
    }
    QCOMPARE(text(row(answer, 0), "wa_id"), valid.mid(1));
    QVERIFY(answer.json().contains(QLatin1String("meta")));
    QVERIFY(!answer.json().contains(QLatin1String("errors")));
    QCOMPARE(sandbox.asked(), inputs);
    QCOMPARE(sandbox.server().timesAsked(valid.toStdString()), 2);
}

void OnPremTest::numberRuleUsesTheRegisteredCountry()
{
    SandboxOptions options = SandboxFixture::quick();
    options.countryCode = "91";
    SandboxFixture sandbox(options);
    SandboxClient client(sandbox.server().port());
    QVERIFY(client.logIn("admin", "Sandbox-2026"));
    const WireAnswer answer = client.check(R"({"contacts":["16315551002","+91 81234 56789","8123456789"]})");
    QCOMPARE(text(row(answer, 0), "status"), QStringLiteral("invalid")); // +9116315551002 on the vendor page
    QCOMPARE(text(row(answer, 1), "status"), text(row(answer, 2), "status"));
    QCOMPARE(text(row(answer, 1), "wa_id"), text(row(answer, 2), "wa_id"));
}

void OnPremTest::waIdMayDiffer()
{
    SandboxFixture sandbox;
    SandboxClient client(sandbox.server().port());
    QVERIFY(client.logIn("admin", "Sandbox-2026"));
    for (int n = 0; n < 40; ++n) {
        const QByteArray tail = QByteArray::number(81723241 + n);
        if (sandbox.truth(QString::fromLatin1("+55929" + tail)) != QLatin1String("valid"))
            continue;
        const WireAnswer answer = client.check(R"({"contacts":["+55929)" + tail + "\"]}");
        QCOMPARE(text(row(answer, 0), "wa_id"), QString::fromLatin1("5592" + tail));
        QCOMPARE(text(row(answer, 0), "input"), QString::fromLatin1("+55929" + tail));
        return;
    }
    QFAIL("no Brazilian subscriber among forty");
}

void OnPremTest::slowNumbersAreProcessingThenDecided()
{
    SandboxFixture sandbox(everyNumberIsSlow());
    SandboxClient client(sandbox.server().port());
    QVERIFY(client.logIn("admin", "Sandbox-2026"));
    const QString number = sandbox.numbers(1).first();
    const QByteArray question = R"({"contacts":[")" + number.toLatin1() + "\"]}"; // blocking defaults to no_wait
    sandbox.server().setClock(1'700'000'000'000);
    QCOMPARE(text(row(client.check(question), 0), "status"), QStringLiteral("processing"));
    QCOMPARE(text(row(client.check(question), 0), "status"), QStringLiteral("processing"));
    sandbox.server().advanceClock(3001);
    const WireAnswer decided = client.check(question);
    QCOMPARE(text(row(decided, 0), "status"), QStringLiteral("valid"));
    const auto ledger = sandbox.ledger();
    QCOMPARE(ledger.size(), 4U); // the login is the first
    QVERIFY(ledger.at(1).asked.at(0).live);
    QVERIFY(!ledger.at(2).asked.at(0).live);
    QVERIFY(!ledger.at(3).asked.at(0).live); // asking again was free
}

void OnPremTest::waitDecidesAtOnce()
{
    SandboxOptions options = everyNumberIsSlow();
    options.decideAfterMs = 50;
    SandboxFixture sandbox(options);
    SandboxClient client(sandbox.server().port());
    QVERIFY(client.logIn("admin", "Sandbox-2026"));
    const QByteArray number = sandbox.numbers(1).first().toLatin1();
    const WireAnswer answer = client.check(R"({"blocking":"wait","contacts":[")" + number + "\"]}");
    QCOMPARE(text(row(answer, 0), "status"), QStringLiteral("valid"));
    QVERIFY(sandbox.ledger().back().wait);
}

void OnPremTest::cacheLastsSevenDays()
{
    SandboxFixture sandbox;
    SandboxClient client(sandbox.server().port());
    const QByteArray question = R"({"contacts":[")" + sandbox.numbers(1).first().toLatin1() + "\"]}";
    const auto live = [&] {
        client.logIn("admin", "Sandbox-2026");
        client.check(question);
        return sandbox.ledger().back().asked.at(0).live;
    };
    QVERIFY(live());
    QVERIFY(!live());
    sandbox.server().advanceClock(7 * dayMs - 60'000);
    QVERIFY(!live());
    sandbox.server().advanceClock(60'000);
    QVERIFY(live());
}

void OnPremTest::forceCheckGoesPastTheCache()
{
    SandboxFixture sandbox;
    SandboxClient client(sandbox.server().port());
    QVERIFY(client.logIn("admin", "Sandbox-2026"));
    const QByteArray list = R"("contacts":[")" + sandbox.numbers(1).first().toLatin1() + "\"]}";
    client.check("{" + list);
    client.check("{\"force_check\":true," + list);
    QVERIFY(sandbox.ledger().back().asked.at(0).live);
    QVERIFY(sandbox.ledger().back().forceCheck);
    client.check("{\"force_check\":false," + list);
    QVERIFY(!sandbox.ledger().back().asked.at(0).live);
}

void OnPremTest::badRequests_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("code");
    QTest::newRow("empty body") << QByteArray("") << 1025;
    QTest::newRow("no JSON") << QByteArray("contacts=+44") << 1025;
    QTest::newRow("a list") << QByteArray("[\"+447400123456\"]") << 1025;
    QTest::newRow("something behind") << QByteArray(R"({"contacts":["+447400123456"]} x)") << 1025;
    QTest::newRow("comment") << QByteArray(R"({"contacts":["+447400123456"] /* */ })") << 1025;
    QTest::newRow("member twice") << QByteArray(R"({"contacts":["+447400123456"],"contacts":[]})") << 1025;
    QTest::newRow("unknown member") << QByteArray(R"({"contacts":["+447400123456"],"forcecheck":true})") << 1025;
    QTest::newRow("contacts missing") << QByteArray(R"({"blocking":"wait"})") << 1025;
    QTest::newRow("bad UTF-8") << QByteArray("{\"contacts\":[\"\xff\"]}") << 1025;
    QTest::newRow("empty list") << QByteArray("{\"contacts\":[]}") << 1009;
    QTest::newRow("a string") << QByteArray(R"({"contacts":"+447400123456"})") << 1009;
    QTest::newRow("a number in the list") << QByteArray("{\"contacts\":[447400123456]}") << 1009;
    QTest::newRow("blocking unknown") << QByteArray(R"({"contacts":["+447400123456"],"blocking":"yes"})") << 1009;
    QTest::newRow("blocking no string") << QByteArray(R"({"contacts":["+447400123456"],"blocking":true})") << 1009;
    QTest::newRow("force as text") << QByteArray(R"({"contacts":["+447400123456"],"force_check":"true"})") << 1009;
    QTest::newRow("force null") << QByteArray(R"({"contacts":["+447400123456"],"force_check":null})") << 1009;
}

void OnPremTest::badRequests()
{
    QFETCH(QByteArray, body);
    QFETCH(int, code);
    SandboxFixture sandbox;
    SandboxClient client(sandbox.server().port());
    QVERIFY(client.logIn("admin", "Sandbox-2026"));
    const WireAnswer answer = client.check(body);
    QCOMPARE(answer.status, 400);
    QCOMPARE(firstError(answer).value(QLatin1String("code")).toInt(), code);
    QCOMPARE(text(firstError(answer), "title"),
        code == 1025 ? QStringLiteral("Request is not valid") : QStringLiteral("Parameter value is not valid"));
    QVERIFY(sandbox.asked().isEmpty());
}

void OnPremTest::tooManyNumbers()
{
    SandboxOptions options = SandboxFixture::quick();
    options.maxBatch = 3;
    SandboxFixture sandbox(options);
    SandboxClient client(sandbox.server().port());
    QVERIFY(client.logIn("admin", "Sandbox-2026"));
    QCOMPARE(client.check("{\"contacts\":[\"1\",\"2\",\"3\"]}").status, 200);
    const WireAnswer four = client.check(R"({"contacts":["1","2","3","4"]})");
    QCOMPARE(four.status, 400);
    QCOMPARE(firstError(four).value(QLatin1String("code")).toInt(), 1009);
    QCOMPARE(client.check("{\"contacts\":[\"" + QByteArray(qsizetype{2} * 1024 * 1024, '1') + "\"]}").status, 413);
}

void OnPremTest::healthForms()
{
    SandboxFixture sandbox;
    SandboxClient client(sandbox.server().port());
    QCOMPARE(client.get("/v1/health").status, 401);
    QCOMPARE(client.get("/v1/health", "Authorization: Apikey wrong\r\n").status, 401);
    QVERIFY(client.logIn("admin", "Sandbox-2026"));
    const auto health = [&](const QByteArray &header) {
        return client.get("/v1/health", header).json().value(QLatin1String("health")).toObject();
    };
    QCOMPARE(text(health(client.bearer()), "gateway_status"), QStringLiteral("connected"));
    QCOMPARE(
        text(health("Authorization: Apikey sandbox-health-key\r\n"), "gateway_status"), QStringLiteral("connected"));
    sandbox.fault(QStringLiteral("health-disconnected:1"));
    QCOMPARE(text(health(client.bearer()), "gateway_status"), QStringLiteral("disconnected"));
    sandbox.fault(QStringLiteral("health-cluster:1"));
    const QJsonObject cluster = health(client.bearer());
    QStringList words;
    for (const auto &node : cluster)
        words.append(text(node.toObject(), "gateway_status"));
    words.sort();
    QCOMPARE(words, QStringList({QStringLiteral("connected"), QStringLiteral("disconnected")}));
}

void OnPremTest::newNodesCallEverybodyValid()
{
    for (const char *version : {"v2.42.9", "v2.43", "v2.45.1", "v2.110.0"}) {
        SandboxOptions options = SandboxFixture::quick();
        options.apiVersion = version;
        SandboxFixture sandbox(options);
        SandboxClient client(sandbox.server().port());
        QVERIFY(client.logIn("admin", "Sandbox-2026"));
        const QByteArray nobody = sandbox.numbers(1, false).first().toLatin1();
        const WireAnswer answer = client.check(R"({"contacts":[")" + nobody + "\"]}");
        const bool old = QByteArray(version) == "v2.42.9";
        QCOMPARE(text(row(answer, 0), "status"), old ? QStringLiteral("invalid") : QStringLiteral("valid"));
        QCOMPARE(text(answer.json().value(QLatin1String("meta")).toObject(), "version"), QLatin1String(version));
    }
}

void OnPremTest::unknownEdges()
{
    SandboxFixture sandbox;
    SandboxClient client(sandbox.server().port());
    QCOMPARE(client.get("/v1/nothing").status, 404);
    QCOMPARE(client.get("/").status, 404);
    QCOMPARE(client.get("/v1/contacts").status, 404);
    QCOMPARE(sandbox.requests(QStringLiteral("/v1/nothing")), 1);
}

QTEST_GUILESS_MAIN(OnPremTest)
#include "onprem_test.moc"
