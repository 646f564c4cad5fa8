// SPDX-License-Identifier: GPL-3.0-or-later
// What no golden file holds of check, login and health (those are read by onpremcheck_test): tables of odd words,
// versions, times and codes from vendor page A ("contacts node") and gateways.md section 1.
#include "models/gateways/dialects/dialect.h"
#include "models/gateways/dialects/onprem.h"

#include <QDateTime>
#include <QTest>

using namespace rollcall;

namespace {

HttpReply reply(int status, const QByteArray &body)
{
    return {status, {}, body};
}

const QString a = QStringLiteral("16315551000");

Result<CheckReply> checked(const QByteArray &body, const std::vector<QString> &inputs = {a}, int status = 200)
{
    return OnPremDialect().readCheck(reply(status, body), inputs);
}

NumberAnswer one(const QByteArray &rows, const QByteArray &version = "v2.33.4")
{
    const auto result = checked(R"({"contacts":[)" + rows + R"(],"meta":{"version":")" + version + R"("}})");
    return result ? result->numbers.at(0) : NumberAnswer{QStringLiteral("failure"), {}, {}, {}, {}, 0};
}

Failure::Kind kindOf(int status, const QByteArray &body)
{
    return OnPremDialect().readFailure(reply(status, body)).kind;
}

} // namespace

class OnPremTest final : public QObject {
    Q_OBJECT

private slots:
    void checkDeadlineGrowsWithTheBatch();
    void onlyTheWordDecides_data();
    void onlyTheWordDecides();
    void aLongWordIsCut();
    void fromVersion243ValidIsUnverified_data();
    void fromVersion243ValidIsUnverified();
    void whatIsNoAnswerIsBadReply_data();
    void whatIsNoAnswerIsBadReply();
    void loginWithoutOneUsableToken();
    void readsTheEndOfASession_data();
    void readsTheEndOfASession();
    void failuresByCodeAndStatus_data();
    void failuresByCodeAndStatus();
};

void OnPremTest::checkDeadlineGrowsWithTheBatch()
{
    // design.md, transport: default 30 s; wait 30 s + 1 s a number, at most 5 min.
    CheckOptions wait;
    wait.wait = true;
    const auto deadline = [](int numbers, const CheckOptions &options) {
        std::vector<QString> inputs;
        for (int i = 0; i < numbers; ++i)
            inputs.push_back(QString::number(1000 + i));
        return OnPremDialect().checkRequest({}, inputs, options).deadlineMs;
    };
    QCOMPARE(deadline(50, {}), 30'000);
    QCOMPARE(deadline(1, wait), 31'000);
    QCOMPARE(deadline(50, wait), 80'000);
    QCOMPARE(deadline(270, wait), 300'000);
    QCOMPARE(deadline(1000, wait), 300'000);
}

void OnPremTest::onlyTheWordDecides_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<VerdictWord>("word");
    QTest::addColumn<QString>("raw");
    QTest::addColumn<QString>("reason");
    const auto row
        = [](const char *rest) -> QByteArray { return QByteArray(R"({"input":"16315551000",)") + rest + '}'; };
    QTest::newRow("wa_id on invalid") << row(R"("status":"invalid","wa_id":"1")") << VerdictWord::Invalid << "invalid"
                                      << "";
    QTest::newRow("wa_id on processing") << row(R"("status":"processing","wa_id":"1")") << VerdictWord::Processing
                                         << "processing"
                                         << "";
    QTest::newRow("wa_id on failed") << row(R"("status":"failed","wa_id":"1")") << VerdictWord::Failed << "failed"
                                     << "failed";
    QTest::newRow("valid without wa_id") << row(R"("status":"valid")") << VerdictWord::Valid << "valid"
                                         << "";
    QTest::newRow("a reseller's word") << row(R"("status":"unchecked")") << VerdictWord::Failed << "unchecked"
                                       << "unknown-word";
    QTest::newRow("other case") << row(R"("status":"Valid")") << VerdictWord::Failed << "Valid"
                                << "unknown-word";
    QTest::newRow("blank after") << row(R"("status":"valid ")") << VerdictWord::Failed << "valid "
                                 << "unknown-word";
    QTest::newRow("no word") << row(R"("wa_id":"16315551000")") << VerdictWord::Failed << ""
                             << "no-word";
    QTest::newRow("number for word") << row(R"("status":1)") << VerdictWord::Failed << ""
                                     << "no-word";
    QTest::newRow("bool for word") << row(R"("status":true)") << VerdictWord::Failed << ""
                                   << "no-word";
    QTest::newRow("null for word") << row(R"("status":null)") << VerdictWord::Failed << ""
                                   << "no-word";
    QTest::newRow("number for wa_id") << row(R"("status":"valid","wa_id":16315551000)") << VerdictWord::Valid << "valid"
                                      << "";
    QTest::newRow("number for input") << QByteArray(R"({"input":16315551000,"status":"valid"})")
                                      << VerdictWord::NotChecked << ""
                                      << "missing";
    QTest::newRow("row is no object") << QByteArray(R"("16315551000")") << VerdictWord::NotChecked << ""
                                      << "missing";
    QTest::newRow("inbound webhook's row")
        << QByteArray(R"({"profile":{"name":"Kerry"},"wa_id":"16315551000"})") << VerdictWord::NotChecked << ""
        << "missing";
}

void OnPremTest::onlyTheWordDecides()
{
    QFETCH(QByteArray, row);
    const NumberAnswer answer = one(row);
    QCOMPARE(answer.input, a);
    QTEST(answer.word, "word");
    QTEST(answer.rawWord, "raw");
    QTEST(answer.reason, "reason");
}

void OnPremTest::aLongWordIsCut()
{
    const QByteArray longWord(100'000, 'v');
    const auto reply = checked("{\"contacts\":[{\"input\":\"" + a.toUtf8() + "\",\"status\":\"" + longWord
            + "\",\"wa_id\":\"" + longWord + "\"}]}",
        {a});
    QVERIFY(reply);
    QCOMPARE(reply->numbers[0].word, VerdictWord::Failed);
    QVERIFY(reply->numbers[0].rawWord.size() <= 60);
    QVERIFY(reply->numbers[0].waId.size() <= 60);
}

void OnPremTest::fromVersion243ValidIsUnverified_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<bool>("unverified");
    for (const char *old : {"v2.33.4", "v2.42.9", "2.42", "v2.9.1", "v1.99", "", "stable", "v2", "v2.x", "vv2.45"})
        QTest::addRow("old %s", old) << QByteArray(old) << false;
    for (const char *late : {"v2.43", "v2.43.0", "v2.45.1", "2.45.1", "v2.100.1", "v3.0", "v10.1", "v2.43-rc1"})
        QTest::addRow("late %s", late) << QByteArray(late) << true;
}

void OnPremTest::fromVersion243ValidIsUnverified()
{
    QFETCH(QByteArray, version);
    QFETCH(bool, unverified);
    const NumberAnswer answer = one(R"({"input":"16315551000","status":"valid","wa_id":"16315551000"})", version);
    QCOMPARE(answer.word, unverified ? VerdictWord::Unverified : VerdictWord::Valid);
    QCOMPARE(answer.reason, unverified ? QStringLiteral("version>=2.43") : QString());
    QCOMPARE(answer.rawWord, QStringLiteral("valid"));
    const NumberAnswer other = one(R"({"input":"16315551000","status":"invalid"})", version);
    QCOMPARE(other.word, unverified ? VerdictWord::Unverified : VerdictWord::Invalid); // every verdict
    QCOMPARE(other.rawWord, QStringLiteral("invalid"));
}

void OnPremTest::whatIsNoAnswerIsBadReply_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("HTML") << QByteArray("<!DOCTYPE html><html><title>Sign in to WiFi</title></html>");
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("list") << QByteArray("[]");
    QTest::newRow("no contacts") << QByteArray(R"({"meta":{"version":"v2.33.4"}})");
    QTest::newRow("contacts is an object") << QByteArray(R"({"contacts":{"input":"16315551000","status":"valid"}})");
    QTest::newRow("contacts is text") << QByteArray(R"({"contacts":"valid"})");
    QTest::newRow("cut") << QByteArray(R"({"contacts":[{"input":"16315551000","status":"valid"})");
    QTest::newRow("duplicate key") << QByteArray(
        R"({"contacts":[{"input":"16315551000","status":"invalid","status":"valid"}]})");
    QTest::newRow("two contacts keys") << QByteArray(
        R"({"contacts":[],"contacts":[{"input":"16315551000","status":"valid"}]})");
    QTest::newRow("NaN") << QByteArray(R"({"contacts":[],"x":NaN})");
    QTest::newRow("text after") << QByteArray(R"({"contacts":[]} {})");
    QTest::newRow("nested 1025") << QByteArray(R"({"contacts":)" + QByteArray(1025, '[') + QByteArray(1025, ']') + '}');
    QTest::newRow("lone surrogate") << QByteArray(R"({"contacts":[{"input":"16315551000","status":"valid\ud800"}]})");
}

void OnPremTest::whatIsNoAnswerIsBadReply()
{
    QFETCH(QByteArray, body);
    const auto result = checked(body);
    QVERIFY(!result);
    QCOMPARE(result.failure().kind, Failure::Kind::BadReply);
    const auto login = OnPremDialect().readLogin(reply(200, body));
    QVERIFY(!login);
    QCOMPARE(login.failure().kind, Failure::Kind::BadReply);
    QCOMPARE(OnPremDialect().readHealth(reply(200, body), {}).failure().kind, Failure::Kind::BadReply);
}

void OnPremTest::loginWithoutOneUsableToken()
{
    for (const char *bad : {R"({"users":[]})", R"({"users":[{"token":""}]})", R"({"users":[{"token":5}]})",
             R"({"users":[{"token":"a\r\nX-Injected: yes"}]})", R"({"users":[{"token":"a b"}]})",
             R"({"users":[{"token":"ü"}]})", R"({"users":[{"token":"a"},{"token":"b"}]})",
             R"({"users":{"token":"a"}})"}) {
        const auto refused = OnPremDialect().readLogin(reply(200, bad));
        QVERIFY2(!refused, bad);
        QCOMPARE(refused.failure().kind, Failure::Kind::BadReply);
    }
    const auto withToken
        = [](int length) { return reply(200, "{\"users\":[{\"token\":\"" + QByteArray(length, 'x') + "\"}]}"); };
    QCOMPARE(OnPremDialect().readLogin(withToken(4096))->token.reveal(), QByteArray(4096, 'x'));
    QCOMPARE(OnPremDialect().readLogin(withToken(4097)).failure().kind, Failure::Kind::BadReply);
}

void OnPremTest::readsTheEndOfASession_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("ms");
    QTest::newRow("documented") << "2021-09-14 15:29:26+00:00" << qint64(1'631'633'366'000);
    QTest::newRow("offset") << "2021-09-14 17:29:26+02:00" << qint64(1'631'633'366'000);
    QTest::newRow("negative offset") << "2021-09-14 10:59:26-04:30" << qint64(1'631'633'366'000);
    for (const char *other : {"2021-09-14T15:29:26+00:00", "2021-09-14 15:29:26", "2021-02-30 15:29:26+00:00",
             "2021-09-14 25:29:26+00:00", "1631633366", "", "2021-09-14 15:29:26+99:00", " 2021-09-14 15:29:26+00:00"})
        QTest::addRow("not told: %s", other) << QString::fromLatin1(other) << qint64(0);
}

void OnPremTest::readsTheEndOfASession()
{
    QFETCH(QString, text);
    const auto result = OnPremDialect().readLogin(
        reply(200, R"({"users":[{"token":"t","expires_after":")" + text.toUtf8() + R"("}]})"));
    QVERIFY(result);
    QTEST(result->expiresAtMs, "ms");
}

void OnPremTest::failuresByCodeAndStatus_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Failure::Kind>("kind");
    QTest::addColumn<int>("code");
    using K = Failure::Kind;
    const auto error = [](int code, const char *title) -> QByteArray {
        return QByteArray(R"({"errors":[{"code":)") + QByteArray::number(code) + R"(,"title":")" + title + R"("}]})";
    };
    QTest::newRow("429 status") << 429 << QByteArray() << K::RateLimited << 429;
    QTest::newRow("429 code") << 400 << error(429, "Rate limit hit") << K::RateLimited << 429;
    QTest::newRow("471 code") << 400 << error(471, "Spam rate limit hit") << K::RateLimited << 471;
    QTest::newRow("1015 code") << 503 << error(1015, "x") << K::RateLimited << 1015;
    QTest::newRow("by title") << 400 << error(80007, "Rate limit issues") << K::RateLimited << 80007;
    QTest::newRow("1024") << 401 << error(1024, "Password change required") << K::Refused << 1024;
    QTest::newRow("1025") << 400 << error(1025, "Request is not valid") << K::Refused << 1025;
    QTest::newRow("1009") << 400 << error(1009, "Parameter value is not valid") << K::Refused << 1009;
    QTest::newRow("1031") << 403 << error(1031, "Account locked") << K::Refused << 1031;
    QTest::newRow("1013") << 400 << error(1013, "User is not valid") << K::Refused << 1013;
    QTest::newRow("1014") << 404 << error(1014, "Internal error") << K::Refused << 1014;
    QTest::newRow("402") << 402 << error(402, "Payment required") << K::Refused << 402;
    QTest::newRow("code as text") << 400 << QByteArray(R"({"errors":[{"code":"1009"}]})") << K::Refused << 1009;
    QTest::newRow("401") << 401 << QByteArray() << K::Unauthorised << 401;
    QTest::newRow("401 with code") << 401 << error(1005, "Access denied") << K::Unauthorised << 1005;
    QTest::newRow("403 HTML") << 403 << QByteArray("<html>") << K::Unauthorised << 403;
    QTest::newRow("500") << 500 << error(500, "Generic error") << K::GatewayError << 500;
    QTest::newRow("502 HTML") << 502 << QByteArray("<html>Bad gateway</html>") << K::GatewayError << 502;
    QTest::newRow("500 code, 400 status") << 400 << error(500, "Generic error") << K::GatewayError << 500;
    QTest::newRow("404 HTML") << 404 << QByteArray("<html>") << K::BadReply << 404;
    QTest::newRow("a title with a number") << 400 << error(1009, "+447700900123 is no id") << K::Refused << 1009;
    QTest::newRow("400 duplicate keys") << 400 << QByteArray(R"({"errors":[{"code":1009,"code":429}]})") << K::BadReply
                                        << 400;
}

void OnPremTest::failuresByCodeAndStatus()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    const Failure failure = OnPremDialect().readFailure(reply(status, body));
    QTEST(failure.kind, "kind");
    QTEST(failure.code, "code");
    for (const QString &words : {failure.detail, failure.subject})
        QVERIFY2(!words.contains(QStringLiteral("7700900")), qPrintable(words));
    const auto check = checked(body, {a}, status);
    QVERIFY(!check);
    QCOMPARE(check.failure().kind, kindOf(status, body));
}

QTEST_GUILESS_MAIN(OnPremTest)
#include "onprem_test.moc"
