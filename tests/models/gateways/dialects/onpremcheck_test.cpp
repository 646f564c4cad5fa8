// SPDX-License-Identifier: GPL-3.0-or-later
// Check, login and health of the on-premises node against golden files written from vendor page A ("contacts node") and
// gateways.md 1.1, 1.2, 1.5 and 6.2. Order of keys: as the page lists them.
#include "models/gateways/dialects/dialect.h"
#include "tests/models/gateways/dialects/goldencase.h"
#include "tests/models/gateways/dialects/goldenread.h"
#include "tests/support/golden.h"

#include <QTest>

using namespace rollcall;

namespace {

const QString kind = QStringLiteral("onprem");
const QString a = QStringLiteral("16315551000");
const QString b = QStringLiteral("+1 631 555 1001");

const Dialect &node()
{
    return dialectOf(GatewayKind::OnPrem);
}

Credentials session()
{
    Credentials credentials;
    credentials.token = Secret(QByteArrayLiteral("eyJhbGciOiJIUzI1NiJ9.e30.abc"));
    return credentials;
}

HttpReply reply()
{
    return goldenReply(kind, QString::fromLatin1(QTest::currentDataTag()));
}

QByteArray inWords(const Result<Session> &login)
{
    if (!login)
        return golden::told(login.failure());
    if (login->mustChangePassword)
        return login->token.isEmpty() ? "password must change" : "a token although the password must change";
    return login->token.reveal() + " until " + QByteArray::number(login->expiresAtMs) + ' ' + login->version.toUtf8();
}

} // namespace

class OnPremCheckTest final : public QObject {
    Q_OBJECT

private slots:
    void requestsAreByteExact_data();
    void requestsAreByteExact();
    void readsChecks_data();
    void readsChecks();
    void readsLogins_data();
    void readsLogins();
    void readsHealth_data();
    void readsHealth();
    void everyGoldenFileIsRead();
};

void OnPremCheckTest::requestsAreByteExact_data()
{
    QTest::addColumn<HttpRequest>("request");
    // The same input twice is sent once: what a node does with it is not documented.
    const std::vector<QString> inputs{b, QStringLiteral("+1 (631) 555-1004"), b};
    QTest::newRow("request-check") << node().checkRequest(session(), inputs, {});
    const std::vector<QString> odd{QString::fromUtf8("\"\\\nü")};
    QTest::newRow("request-check-wait") << node().checkRequest(session(), odd, {.forceCheck = true, .wait = true});
    Credentials admin;
    admin.user = QStringLiteral("admin");
    admin.password = Secret(QByteArrayLiteral("sEcrét:1"));
    QTest::newRow("request-login") << node().loginRequest(admin);
    QTest::newRow("request-health") << node().healthRequest(session());
}

void OnPremCheckTest::requestsAreByteExact()
{
    QFETCH(HttpRequest, request);
    QCOMPARE(goldenForm(request), goldenText(kind, QString::fromLatin1(QTest::currentDataTag())));
    QVERIFY(!request.write); // may be asked again
}

void OnPremCheckTest::readsChecks_data()
{
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<QStringList>("inputs");
    QTest::addColumn<int>("code"); // of the numbers without a row
    const auto row = [](const char *file, const char *expected, const QStringList &inputs = {a, b}, int code = 0) {
        QTest::newRow(file) << QByteArray(expected) << inputs << code;
    };
    row("check-documented",
        "16315551000 Valid raw=valid waId=16315551000\n+1 631 555 1001 Processing raw=processing waId=16315551001\n"
        "6315551002 Invalid raw=invalid waId=\n+163155588 Failed raw=failed waId= reason=failed",
        {a, b, QStringLiteral("6315551002"), QStringLiteral("+163155588")});
    const char *const firstMissing
        = "16315551000 NotChecked raw= waId= reason=missing\n+1 631 555 1001 Invalid raw=invalid waId=";
    const char *const nobody = "16315551000 NotChecked raw= waId= reason=missing";
    row("check-row-missing", firstMissing);
    row("check-nobody", nobody, {a});
    row("check-webhook-rows", nobody, {a}); // an inbound message's contacts look alike
    row("check-processing",
        "16315551000 Processing raw=processing waId=\n+1 631 555 1001 Processing raw=processing waId=16315551001");
    row("check-unknown-word",
        "16315551000 Failed raw=unchecked waId=16315551000 reason=unknown-word\n"
        "+1 631 555 1001 Failed raw=VALID waId= reason=unknown-word");
    row("check-wa-id-not-valid",
        "16315551000 Invalid raw=invalid waId=16315551000\n"
        "+1 631 555 1001 Failed raw=failed waId=16315551001 reason=failed");
    row("check-contradiction",
        "16315551000 Failed raw=invalid, valid waId= reason=contradiction\n"
        "+1 631 555 1001 Valid raw=valid waId=16315551001");
    row("check-duplicate-key", "BadReply code=0", {a});
    row("check-v2.45.1",
        "16315551000 Unverified raw=valid waId=16315551000 reason=version>=2.43\n"
        "+1 631 555 1001 Unverified raw=invalid waId= reason=version>=2.43"); // every verdict of such a node
    row("check-errors-beside",
        "16315551000 Valid raw=valid waId=16315551000\n+1 631 555 1001 NotChecked raw= waId= reason=missing", {a, b},
        1009);
    row("check-errors-only", "Refused code=1009 subject=Parameter value is not valid");
    row("check-throttled-1015", "RateLimited code=1015");
    const char *const both = "16315551000 Valid raw=valid waId=16315551000\n+1 631 555 1001 ";
    row("check-other-order", QByteArray(both + QByteArray("Valid raw=valid waId=16315551001")).constData());
    row("check-unknown-fields", QByteArray(both + QByteArray("Invalid raw=invalid waId=")).constData());
    // gateways.md 6.2: the id may differ from the question; that is no error and no other person.
    row("check-other-id",
        "+52 56 3969 1841 Valid raw=valid waId=5215639691841\n+54 11 5874 9895 Valid raw=valid waId=5491158749895\n"
        "+55 92 98172 3241 Valid raw=valid waId=559281723241",
        {QStringLiteral("+52 56 3969 1841"), QStringLiteral("+54 11 5874 9895"), QStringLiteral("+55 92 98172 3241")});
}

void OnPremCheckTest::readsChecks()
{
    QFETCH(QStringList, inputs);
    QFETCH(int, code);
    const std::vector<QString> asked(inputs.cbegin(), inputs.cend());
    const Result<CheckReply> answer = node().readCheck(reply(), asked);
    QTEST(golden::told(answer), "expected");
    if (!answer)
        return;
    for (const NumberAnswer &number : answer->numbers)
        QCOMPARE(number.code, number.word == VerdictWord::NotChecked ? code : 0);
}

void OnPremCheckTest::readsLogins_data()
{
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *file, const char *expected) { QTest::newRow(file) << QByteArray(expected); };
    // date -u -d '2021-09-14 15:29:26' +%s, and the same of 2018-03-01: a past end is told, not repaired.
    row("login-documented", "eyJhbGciOiJIUzI1NiJ9.e30.abc until 1631633366000 v2.45.1");
    row("login-past", "eyJhbGciOiJIUzI1NiJ9.e30.abc until 1519918166000 v2.41.2");
    row("login-iso-expiry", "eyJhbGciOiJIUzI1NiJ9.e30.abc until 0 "); // another form: the end is not known
    row("login-no-token", "BadReply code=0");
    row("login-password-change", "password must change");
    row("login-not-json", "Refused code=1025 subject=Request is not valid");
    row("login-weak-password", "Refused code=1009 subject=Parameter value is not valid");
    row("login-401", "Unauthorised code=401");
    row("health-documented", "BadReply code=0");
}

void OnPremCheckTest::readsLogins()
{
    QTEST(inWords(node().readLogin(reply())), "expected");
}

void OnPremCheckTest::readsHealth_data()
{
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *file, const char *expected) { QTest::newRow(file) << QByteArray(expected); };
    row("health-documented", "healthy connected");
    row("health-connecting", "healthy connecting");
    row("health-disconnected", "not healthy disconnected");
    row("health-uninitialized", "not healthy uninitialized");
    row("health-unregistered", "not healthy unregistered");
    // High availability: exactly one core is connected, the others honestly say that they are not.
    row("health-ha", "healthy disconnected, connected, disconnected");
    row("health-ha-down", "not healthy disconnected, disconnected");
    row("health-no-word", "BadReply code=0");
    row("health-401", "Unauthorised code=401");
}

void OnPremCheckTest::readsHealth()
{
    QTEST(golden::told(node().readHealth(reply(), session())), "expected");
}

void OnPremCheckTest::everyGoldenFileIsRead()
{
    QCOMPARE(golden::unread(kind, QStringLiteral("onprem*_test.cpp")), QStringList());
}

QTEST_GUILESS_MAIN(OnPremCheckTest)
#include "onpremcheck_test.moc"
