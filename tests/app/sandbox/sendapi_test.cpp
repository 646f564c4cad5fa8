// SPDX-License-Identifier: GPL-3.0-or-later
// Expected forms: gateways.md section 2 and vendor page B.
#include "tests/support/sandboxclient.h"
#include "tests/support/sandboxfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr const char *session = "session_id=sess_01SANDBOXZ2T";

QString text(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1String(name)).toString();
}

QJsonObject error(const WireAnswer &answer)
{
    return answer.json().value(QLatin1String("error")).toObject();
}

QJsonArray data(const WireAnswer &answer)
{
    return answer.json().value(QLatin1String("data")).toArray();
}

} // namespace

class SendApiTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void keys();
    void sessions();
    void sessionMustBeThere();
    void checkAnswers();
    void checkPaths_data();
    void checkPaths();
    void checkFaults();
    void contactsInPages();
    void windowOfAMinute();
    void windowSlides();
    void documentedErrors_data();
    void documentedErrors();
    void generalFaults();

private:
    [[nodiscard]] WireAnswer get(const QByteArray &path) const
    {
        return m_client->get("/sendapi/v1/whatsapp/" + path, "Authorization: Bearer sk_live_sandbox\r\n");
    }
    [[nodiscard]] WireAnswer check(const QByteArray &number) const
    {
        return get("contacts/" + number + "/check?" + session);
    }

    std::unique_ptr<SandboxFixture> m_sandbox;
    std::unique_ptr<SandboxClient> m_client;
    QByteArray m_valid;
    QByteArray m_invalid;
};

void SendApiTest::init()
{
    m_client.reset();
    m_sandbox = std::make_unique<SandboxFixture>();
    m_client = std::make_unique<SandboxClient>(m_sandbox->server().port());
    m_valid = m_sandbox->numbers(1, true).first().toLatin1();
    m_invalid = m_sandbox->numbers(1, false).first().toLatin1();
}

void SendApiTest::keys()
{
    QCOMPARE(QString::fromStdString(m_sandbox->server().sendApiAddress()),
        QString::fromStdString(m_sandbox->server().origin()) + QStringLiteral("/sendapi/v1"));
    const WireAnswer none = m_client->get("/sendapi/v1/whatsapp/sessions");
    QCOMPARE(none.status, 401);
    QCOMPARE(none.json().value(QLatin1String("success")), QJsonValue(false));
    QCOMPARE(text(error(none), "type"), QStringLiteral("missing_api_key"));
    QCOMPARE(error(none).value(QLatin1String("code")).toInt(), 4010);
    const QJsonObject meta = none.json().value(QLatin1String("meta")).toObject();
    QVERIFY(text(meta, "request_id").startsWith(QStringLiteral("req_")));
    QCOMPARE(text(meta, "timestamp").size(), int(sizeof "2026-03-09T14:30:00.000000Z") - 1);
    const WireAnswer wrong = m_client->get("/sendapi/v1/whatsapp/sessions", "Authorization: Bearer sk_live_other\r\n");
    QCOMPARE(wrong.status, 401);
    QCOMPARE(error(wrong).value(QLatin1String("code")).toInt(), 4011);
}

void SendApiTest::sessions()
{
    const QJsonArray rows = data(get("sessions"));
    QCOMPARE(rows.size(), 2);
    const QJsonObject first = rows.first().toObject();
    QCOMPARE(text(first, "id"), QStringLiteral("sess_01SANDBOXZ2T"));
    QCOMPARE(text(first, "status"), QStringLiteral("connected"));
    QCOMPARE(text(first, "phone_number"), QStringLiteral("+447700900999"));
    QCOMPARE(text(rows.last().toObject(), "status"), QStringLiteral("pending"));
}

void SendApiTest::sessionMustBeThere()
{
    QCOMPARE(get("contacts").status, 422);
    QCOMPARE(get("contacts/%2B447400123456/check").status, 422);
    QCOMPARE(get("contacts?session_id=sess_other").status, 404);
    QCOMPARE(get("contacts?session_id=sess_01SANDBOXPEND").status, 409);
    QCOMPARE(get("groups").status, 404);
}

void SendApiTest::checkAnswers()
{
    QCOMPARE(check(m_valid).body,
        QByteArray("{\"phone\":\"" + m_valid + "\",\"is_whatsapp_user\":true,\"whatsapp_id\":\"" + m_valid.mid(1)
            + "@s.whatsapp.net\"}"));
    const QJsonObject no = check(m_invalid).json();
    QCOMPARE(no.value(QLatin1String("is_whatsapp_user")), QJsonValue(false));
    QVERIFY(no.value(QLatin1String("whatsapp_id")).isNull());
    QCOMPARE(m_sandbox->asked(), QStringList({QString::fromLatin1(m_valid), QString::fromLatin1(m_invalid)}));
    // The same world as everywhere: an id may differ from what was dialled (gateways.md 6.2).
    QByteArray mexican;
    for (int n = 10; mexican.isEmpty() || m_sandbox->truth(QString::fromLatin1(mexican)) != QStringLiteral("valid");
         ++n)
        mexican = "+5256396918" + QByteArray::number(n);
    QCOMPARE(text(check(mexican).json(), "whatsapp_id"),
        QStringLiteral("521") + QString::fromLatin1(mexican.mid(3)) + QStringLiteral("@s.whatsapp.net"));
}

void SendApiTest::checkPaths_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<int>("status");
    QTest::newRow("plus as the docs print it") << QByteArray("+") << 200;
    QTest::newRow("plus encoded") << QByteArray("%2B") << 200;
    QTest::newRow("no plus") << QByteArray() << 422;
    QTest::newRow("plus encoded twice") << QByteArray("%252B") << 422;
    QTest::newRow("zeros") << QByteArray("00") << 422;
}

void SendApiTest::checkPaths()
{
    QFETCH(QByteArray, before);
    QFETCH(int, status);
    QCOMPARE(check(before + m_valid.mid(1)).status, status);
}

void SendApiTest::checkFaults()
{
    m_sandbox->fault(QStringLiteral("wrapped:1"));
    const QJsonObject inner = check(m_valid).json().value(QLatin1String("data")).toObject();
    QCOMPARE(inner.value(QLatin1String("is_whatsapp_user")), QJsonValue(true));
    m_sandbox->fault(QStringLiteral("missing-rows:1"));
    QVERIFY(!check(m_valid).json().contains(QLatin1String("is_whatsapp_user")));
    m_sandbox->fault(QStringLiteral("unknown-word:1"));
    QCOMPARE(text(check(m_valid).json(), "is_whatsapp_user"), QStringLiteral("yes"));
    m_sandbox->fault(QStringLiteral("duplicate-keys:1"));
    QCOMPARE(check(m_valid).body.count("\"is_whatsapp_user\""), 2);
    m_sandbox->fault(QStringLiteral("always-valid:1"));
    QCOMPARE(check(m_invalid).json().value(QLatin1String("is_whatsapp_user")), QJsonValue(true));
}

void SendApiTest::contactsInPages()
{
    const QByteArray query = QByteArray("contacts?") + session;
    const WireAnswer first = get(query);
    QCOMPARE(data(first).size(), 25); // the default
    const QJsonObject meta = first.json().value(QLatin1String("meta")).toObject();
    QCOMPARE(meta.value(QLatin1String("page")).toInt(), 1);
    QCOMPARE(meta.value(QLatin1String("per_page")).toInt(), 25);
    const int total = meta.value(QLatin1String("total")).toInt();
    QVERIFY(total > 100);
    QJsonArray all;
    for (int page = 1; page <= 3; ++page) {
        for (const auto &row : data(get(query + "&per_page=100&page=" + QByteArray::number(page))))
            all.append(row);
    }
    QCOMPARE(all.size(), total);
    bool hidden = false;
    bool unsaved = false;
    bool notThere = false;
    for (const auto &value : all) {
        const QJsonObject row = value.toObject();
        const QString phone = text(row, "phone");
        const bool truth = m_sandbox->truth(phone) == QStringLiteral("valid");
        QCOMPARE(row.value(QLatin1String("is_whatsapp_user")), QJsonValue(truth));
        hidden = hidden || row.value(QLatin1String("profile_picture_url")).isNull();
        unsaved = unsaved || row.value(QLatin1String("name")).isNull();
        notThere = notThere || !truth;
    }
    QVERIFY(hidden && unsaved && notThere);
    for (const char *bad : {"&page=0", "&page=x", "&per_page=0", "&per_page=101"})
        QCOMPARE(get(query + bad).status, 422);
    QCOMPARE(data(get(query + "&page=900")).size(), 0);
    m_sandbox->fault(QStringLiteral("bare:1"));
    QCOMPARE(QJsonDocument::fromJson(get(query).body).array().size(), 25);
}

void SendApiTest::windowOfAMinute()
{
    const WireAnswer first = check(m_valid);
    QCOMPARE(first.header("x-ratelimit-limit"), QByteArray("60"));
    QCOMPARE(first.header("x-ratelimit-remaining"), QByteArray("59"));
    const qint64 now = m_sandbox->server().nowMs();
    const qint64 reset = first.header("x-ratelimit-reset").toLongLong();
    QVERIFY(reset * 1000 > now && reset * 1000 <= now + 61'000);
    for (int n = 1; n < 60; ++n)
        QCOMPARE(get(n % 2 == 0 ? "sessions" : "groups").header("x-ratelimit-remaining"), QByteArray::number(59 - n));
    const WireAnswer late = check(m_valid);
    QCOMPARE(late.status, 429);
    QCOMPARE(late.header("x-ratelimit-remaining"), QByteArray("0"));
    const int wait = late.header("retry-after").toInt();
    QVERIFY(wait >= 1 && wait <= 60);
    QCOMPARE(text(error(late), "type"), QStringLiteral("rate_limit_exceeded"));
    QCOMPARE(error(late).value(QLatin1String("code")).toInt(), 4029);
    QVERIFY(!late.json().contains(QLatin1String("meta"))); // as on the page about limits
    QCOMPARE(m_sandbox->asked().size(), 1);
    m_sandbox->server().advanceClock(wait * 1000);
    QCOMPARE(check(m_valid).status, 200);
}

void SendApiTest::windowSlides()
{
    m_client.reset();
    SandboxOptions options = SandboxFixture::quick();
    options.sendApiPerMinute = 2;
    m_sandbox = std::make_unique<SandboxFixture>(options);
    m_client = std::make_unique<SandboxClient>(m_sandbox->server().port());
    QCOMPARE(check(m_valid).status, 200);
    m_sandbox->server().advanceClock(40'000);
    QCOMPARE(check(m_valid).status, 200);
    QCOMPARE(check(m_valid).status, 429);
    m_sandbox->server().advanceClock(20'500); // the first has left the window, the second has not
    QCOMPARE(check(m_valid).status, 200);
    QCOMPARE(check(m_valid).status, 429);
}

void SendApiTest::documentedErrors_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("type");
    QTest::newRow("revoked") << 4012 << 401 << QStringLiteral("revoked_api_key");
    QTest::newRow("expired") << 4013 << 401 << QStringLiteral("expired_api_key");
    QTest::newRow("subscription") << 402 << 402 << QStringLiteral("subscription_required");
    QTest::newRow("sms balance") << 4021 << 402 << QStringLiteral("sms_balance_low");
    QTest::newRow("older quota") << 4028 << 402 << QStringLiteral("quota_exceeded");
    QTest::newRow("scope") << 4030 << 403 << QStringLiteral("insufficient_scope");
    QTest::newRow("rate") << 4029 << 429 << QStringLiteral("rate_limit_exceeded");
}

void SendApiTest::documentedErrors()
{
    QFETCH(int, code);
    QFETCH(int, status);
    QFETCH(QString, type);
    m_sandbox->fault(QStringLiteral("api-error=%1:1").arg(code));
    const WireAnswer answer = check(m_valid);
    QCOMPARE(answer.status, status);
    QCOMPARE(error(answer).value(QLatin1String("code")).toInt(), code);
    QCOMPARE(text(error(answer), "type"), type);
    QVERIFY(m_sandbox->asked().isEmpty());
}

void SendApiTest::generalFaults()
{
    m_sandbox->fault(QStringLiteral("429=9:1"));
    const WireAnswer throttled = check(m_valid);
    QCOMPARE(throttled.status, 429);
    QCOMPARE(throttled.header("retry-after"), QByteArray("9"));
    QCOMPARE(throttled.header("x-ratelimit-remaining"), QByteArray("0"));
    m_sandbox->fault(QStringLiteral("429-bare:1"));
    QVERIFY(check(m_valid).header("retry-after").isEmpty());
    m_sandbox->fault(QStringLiteral("5xx=503:1"));
    QCOMPARE(check(m_valid).status, 503);
    m_sandbox->fault(QStringLiteral("5xx=404:1"));
    QCOMPARE(text(error(check(m_valid)), "type"), QStringLiteral("not_found"));
    m_sandbox->fault(QStringLiteral("401:1"));
    QCOMPARE(check(m_valid).status, 401);
    m_sandbox->fault(QStringLiteral("html:1"));
    QVERIFY(check(m_valid).body.startsWith("<!DOCTYPE html>"));
    m_sandbox->fault(QStringLiteral("cut:1"));
    QVERIFY(check(m_valid).cut);
}

QTEST_GUILESS_MAIN(SendApiTest)
#include "sendapi_test.moc"
