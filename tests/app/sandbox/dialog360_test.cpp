// SPDX-License-Identifier: GPL-3.0-or-later
// Expected forms: gateways.md section 5 and vendor page E.
#include "tests/support/sandboxclient.h"
#include "tests/support/sandboxfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QUrlQuery>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr qint64 dayMs = 24LL * 3600 * 1000;

QJsonObject at(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1String(name)).toObject();
}

QJsonArray list(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1String(name)).toArray();
}

QString text(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1String(name)).toString();
}

int code(const WireAnswer &answer)
{
    return at(answer.json(), "error").value(QLatin1String("code")).toInt();
}

QByteArray users(const QStringList &numbers)
{
    QByteArray rows;
    for (const QString &number : numbers)
        rows += (rows.isEmpty() ? "" : ",") + QByteArray("{\"user\":\"") + number.toUtf8() + "\"}";
    return "{\"messaging_product\":\"whatsapp\",\"block_users\":[" + rows + "]}";
}

} // namespace

class Dialog360Test : public QObject {
    Q_OBJECT

private slots:
    void init();
    void keyIsAHeaderAnd401Says404();
    void cloudApiIsTheSameBehindABearer();
    void blocksWhoWroteLately();
    void mixedResultsComeWith400();
    void mixedResultsComeWith200OnDemand();
    void everybodyRefused();
    void ownNumberAndNonsense();
    void unblockKnowsNoWindow();
    void unblockInTheOldForm();
    void looseRows();
    void tooManyInOneCall();
    void listIsFull();
    void badBlockRequests_data();
    void badBlockRequests();
    void listPages();
    void lastPageCanBeFollowedForEver();
    void listInTheOldForm();
    void listChangesWhilePaging();
    void badCursors();
    void throttles();
    void otherFaults();
    void oneListForBothDoors();
    void deleteWithoutLength();

private:
    [[nodiscard]] WireAnswer block(const QStringList &numbers) const;
    [[nodiscard]] WireAnswer unblock(const QStringList &numbers) const;
    [[nodiscard]] WireAnswer page(const QByteArray &query = {}) const;

    std::unique_ptr<SandboxFixture> m_sandbox;
    std::unique_ptr<SandboxClient> m_client;
    QStringList m_near; ///< wrote within 24 hours
    QStringList m_far; ///< on WhatsApp, did not
    QString m_nobody;
    QByteArray m_key = "D360-API-KEY: sandbox-d360-key\r\n";
};

void Dialog360Test::init()
{
    m_client.reset();
    m_sandbox = std::make_unique<SandboxFixture>();
    m_client = std::make_unique<SandboxClient>(m_sandbox->server().port());
    m_near = m_sandbox->people(5, true);
    m_far = m_sandbox->people(2, false);
    m_nobody = m_sandbox->numbers(1, false).first();
}

WireAnswer Dialog360Test::block(const QStringList &numbers) const
{
    return m_client->post("/d360/block_users", users(numbers), m_key);
}

WireAnswer Dialog360Test::unblock(const QStringList &numbers) const
{
    return m_client->sendBody("DELETE", "/d360/block_users", users(numbers), m_key);
}

WireAnswer Dialog360Test::page(const QByteArray &query) const
{
    return m_client->get("/d360/block_users" + query, m_key);
}

void Dialog360Test::keyIsAHeaderAnd401Says404()
{
    QCOMPARE(QString::fromStdString(m_sandbox->server().dialog360Address()),
        QString::fromStdString(m_sandbox->server().origin()) + QStringLiteral("/d360"));
    for (const char *header : {"", "D360-API-KEY: other\r\n", "Authorization: Bearer sandbox-d360-key\r\n",
             "Authorization: D360-API-KEY sandbox-d360-key\r\n"}) {
        const WireAnswer answer = m_client->get("/d360/block_users", header);
        QCOMPARE(answer.status, 401);
        const QJsonObject meta = at(answer.json(), "meta");
        QCOMPARE(meta.value(QLatin1String("httpCode")).toInt(), 404);
        QCOMPARE(text(meta, "developerMessage"), QStringLiteral("Invalid api_key or token expired"));
        QCOMPARE(meta.value(QLatin1String("success")), QJsonValue(false));
    }
    QCOMPARE(page().status, 200);
    QCOMPARE(m_client->get("/d360/v1/configs/webhook", m_key).status, 404);
}

void Dialog360Test::cloudApiIsTheSameBehindABearer()
{
    const QByteArray path = "/graph/v21.0/106540352242922/block_users";
    QCOMPARE(QString::fromStdString(m_sandbox->server().cloudApiAddress()),
        QString::fromStdString(m_sandbox->server().origin()) + QStringLiteral("/graph/v21.0/106540352242922"));
    const QByteArray bearer = "Authorization: Bearer sandbox-cloud-token\r\n";
    QCOMPARE(m_client->get(path, bearer).body, QByteArray("{\"data\":[]}"));
    QCOMPARE(m_client->get("/graph/v23.0/106540352242922/block_users", bearer).status, 200);
    const WireAnswer stranger = m_client->get(path, m_key);
    QCOMPARE(stranger.status, 401);
    QCOMPARE(code(stranger), 190);
    QCOMPARE(text(at(stranger.json(), "error"), "type"), QStringLiteral("OAuthException"));
    const WireAnswer otherNumber = m_client->get("/graph/v21.0/1/block_users", bearer);
    QCOMPARE(otherNumber.status, 400);
    QCOMPARE(code(otherNumber), 100);
    QCOMPARE(m_client->post(path, users({m_near[0]}), bearer).status, 200);
    QVERIFY(m_sandbox->server().isBlocked(m_near[0].toStdString()));
}

void Dialog360Test::blocksWhoWroteLately()
{
    const WireAnswer answer = block({m_near[0]});
    QCOMPARE(answer.status, 200);
    QCOMPARE(QString::fromUtf8(answer.body),
        QStringLiteral(
            "{\"messaging_product\":\"whatsapp\",\"block_users\":{\"added_users\":[{\"input\":\"%1\",\"wa_id\":"
            "\"%2\"}]}}")
            .arg(m_near[0], m_near[0].mid(1)));
    QVERIFY(m_sandbox->server().isBlocked(m_near[0].toStdString()));
    QCOMPARE(block({m_near[0].mid(1)}).status, 200); // again, by WhatsApp id: converges
    QCOMPARE(m_sandbox->server().blockedCount(), std::size_t(1));
    QCOMPARE(m_sandbox->ledger().back().acted.front().outcome, std::string("blocked"));

    // The window closes 24 hours after they wrote and opens when they write again.
    m_sandbox->server().writeInbound(m_far[0].toStdString(), dayMs - 60'000);
    QCOMPARE(block({m_far[0]}).status, 200);
    QCOMPARE(unblock({m_far[0]}).status, 200);
    m_sandbox->server().advanceClock(60'000);
    QCOMPARE(block({m_far[0]}).status, 400);
}

void Dialog360Test::mixedResultsComeWith400()
{
    const WireAnswer answer = block({m_near[0], m_far[0], m_near[1]});
    QCOMPARE(answer.status, 400);
    const QJsonObject outcome = at(answer.json(), "block_users");
    QCOMPARE(list(outcome, "added_users").size(), 2);
    QCOMPARE(list(outcome, "failed_users").size(), 1);
    const QJsonObject row = list(outcome, "failed_users").first().toObject();
    QCOMPARE(text(row, "input"), m_far[0]);
    QCOMPARE(text(row, "wa_id"), m_far[0].mid(1));
    const QJsonObject reason = list(row, "errors").first().toObject();
    QCOMPARE(reason.value(QLatin1String("code")).toInt(), 131047);
    QCOMPARE(text(reason, "message"), QStringLiteral("Re-engagement required"));
    QCOMPARE(text(at(reason, "error_data"), "details"), QStringLiteral("User has not messaged in the last 24 hours"));
    const QJsonObject error = at(answer.json(), "error");
    QCOMPARE(text(error, "message"), QStringLiteral("(#139100) Failed to block/unblock users"));
    QCOMPARE(text(error, "type"), QStringLiteral("OAuthException"));
    QCOMPARE(error.value(QLatin1String("code")).toInt(), 139100);
    QCOMPARE(text(at(error, "error_data"), "details"),
        QStringLiteral("Failed to block some users, see the block_users response list for details"));
    QVERIFY(!text(error, "fbtrace_id").isEmpty());
    QVERIFY(m_sandbox->server().isBlocked(m_near[1].toStdString())); // a 400, and they are blocked all the same
    QVERIFY(!m_sandbox->server().isBlocked(m_far[0].toStdString()));
}

void Dialog360Test::mixedResultsComeWith200OnDemand()
{
    m_sandbox->fault(QStringLiteral("mixed-200:1"));
    const WireAnswer answer = block({m_near[0], m_far[0]});
    QCOMPARE(answer.status, 200);
    QCOMPARE(code(answer), 139100);
    QCOMPARE(list(at(answer.json(), "block_users"), "added_users").size(), 1);
}

void Dialog360Test::everybodyRefused()
{
    const WireAnswer answer = block({m_far[0], m_nobody});
    QCOMPARE(answer.status, 400);
    const QJsonObject outcome = at(answer.json(), "block_users");
    QVERIFY(!outcome.contains(QLatin1String("added_users")));
    QCOMPARE(list(outcome, "failed_users").size(), 2);
    // One code for "did not write" and "not on WhatsApp": no check can be made of it.
    for (const auto &row : list(outcome, "failed_users"))
        QCOMPARE(list(row.toObject(), "errors").first().toObject().value(QLatin1String("code")).toInt(), 131047);
    QVERIFY(!list(outcome, "failed_users").at(1).toObject().contains(QLatin1String("wa_id")));
}

void Dialog360Test::ownNumberAndNonsense()
{
    const QJsonObject outcome
        = at(block({QStringLiteral("+447700900999"), QStringLiteral("call me")}).json(), "block_users");
    const QJsonObject own = list(outcome, "failed_users").at(0).toObject();
    QCOMPARE(list(own, "errors").first().toObject().value(QLatin1String("code")).toInt(), 131021);
    const QJsonObject nonsense = list(outcome, "failed_users").at(1).toObject();
    QCOMPARE(text(nonsense, "input"), QStringLiteral("call me"));
    QVERIFY(!nonsense.contains(QLatin1String("wa_id")));
}

void Dialog360Test::unblockKnowsNoWindow()
{
    QCOMPARE(block({m_near[0], m_near[1]}).status, 200);
    m_sandbox->server().advanceClock(3 * dayMs);
    const WireAnswer answer = unblock({m_near[0]});
    QCOMPARE(answer.status, 200);
    QCOMPARE(QString::fromUtf8(answer.body),
        QStringLiteral("{\"messaging_product\":\"whatsapp\",\"block_users\":{\"removed_users\":[{\"input\":\"%1\","
                       "\"wa_id\":\"%2\"}]}}")
            .arg(m_near[0], m_near[0].mid(1)));
    QVERIFY(!m_sandbox->server().isBlocked(m_near[0].toStdString()));
    QVERIFY(m_sandbox->server().isBlocked(m_near[1].toStdString()));
    const WireAnswer mixed = unblock({m_near[1], m_nobody});
    QCOMPARE(mixed.status, 400);
    QCOMPARE(code(mixed), 139100);
    QCOMPARE(m_sandbox->server().blockedCount(), std::size_t(0));
}

void Dialog360Test::unblockInTheOldForm()
{
    QCOMPARE(block({m_near[0]}).status, 200);
    m_sandbox->fault(QStringLiteral("old-unblock"));
    const QJsonObject outcome = at(unblock({m_near[0]}).json(), "block_users");
    QCOMPARE(list(outcome, "added_users").size(), 1);
    QVERIFY(!outcome.contains(QLatin1String("removed_users")));
    QVERIFY(!m_sandbox->server().isBlocked(m_near[0].toStdString()));
}

void Dialog360Test::looseRows()
{
    m_sandbox->fault(QStringLiteral("loose-rows"));
    QVERIFY(block({m_near[0]}).body.contains("\"failed_users\":[]"));
    const QJsonArray failed = list(at(block({m_far[0], m_far[1]}).json(), "block_users"), "failed_users");
    QCOMPARE(failed.size(), 2);
    QVERIFY(!failed[0].toObject().contains(QLatin1String("wa_id")));
    QCOMPARE(list(failed[0].toObject(), "errors").first().toObject().value(QLatin1String("code")),
        QJsonValue(QStringLiteral("131047")));
    QVERIFY(!failed[1].toObject().contains(QLatin1String("errors")));
}

void Dialog360Test::tooManyInOneCall()
{
    const QStringList thousand = m_sandbox->numbers(1000);
    const WireAnswer most = block(thousand);
    QCOMPARE(most.status, 400); // most of them did not write
    QCOMPARE(code(most), 139100);
    m_sandbox->server().reset();
    const WireAnswer more = block(thousand + QStringList{m_nobody});
    QCOMPARE(more.status, 400);
    QCOMPARE(code(more), 130429);
    QVERIFY(!more.json().contains(QLatin1String("block_users")));
    QCOMPARE(m_sandbox->server().blockedCount(), std::size_t(0));
}

void Dialog360Test::listIsFull()
{
    QCOMPARE(
        m_client->post("/_sandbox/blocks", "{\"fill\":63999}").json().value(QLatin1String("count")).toInt(), 63999);
    const WireAnswer two = block({m_near[0], m_near[1]});
    QCOMPARE(two.status, 400);
    QCOMPARE(code(two), 139101);
    QVERIFY(!two.json().contains(QLatin1String("block_users")));
    QCOMPARE(block({m_near[0]}).status, 200);
    QCOMPARE(block({m_near[0]}).status, 200); // adds nobody
    QCOMPARE(code(block({m_near[1]})), 139101);
    QCOMPARE(unblock({m_near[0]}).status, 200);
    QCOMPARE(block({m_near[1]}).status, 200);
}

void Dialog360Test::badBlockRequests_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("no JSON") << QByteArray("{");
    QTest::newRow("no body") << QByteArray("");
    QTest::newRow("no product") << QByteArray("{\"block_users\":[{\"user\":\"+447400123456\"}]}");
    QTest::newRow("other product") << QByteArray(
        "{\"messaging_product\":\"signal\",\"block_users\":[{\"user\":\"+447400123456\"}]}");
    QTest::newRow("nobody") << QByteArray("{\"messaging_product\":\"whatsapp\",\"block_users\":[]}");
    QTest::newRow("number as number") << QByteArray(
        "{\"messaging_product\":\"whatsapp\",\"block_users\":[{\"user\":447400123456}]}");
    QTest::newRow("bare strings") << QByteArray(
        "{\"messaging_product\":\"whatsapp\",\"block_users\":[\"+447400123456\"]}");
    QTest::newRow("unknown key") << QByteArray(
        "{\"messaging_product\":\"whatsapp\",\"block_users\":[{\"user\":\"+447400123456\"}],\"reason\":\"spam\"}");
    QTest::newRow("unknown key in a row") << QByteArray(
        "{\"messaging_product\":\"whatsapp\",\"block_users\":[{\"user\":\"+447400123456\",\"reason\":\"spam\"}]}");
}

void Dialog360Test::badBlockRequests()
{
    QFETCH(QByteArray, body);
    for (const char *method : {"POST", "DELETE"}) {
        const WireAnswer answer = m_client->sendBody(method, "/d360/block_users", body, m_key);
        QCOMPARE(answer.status, 400);
        QCOMPARE(code(answer), 100);
        QVERIFY(!answer.json().contains(QLatin1String("block_users")));
    }
}

void Dialog360Test::listPages()
{
    QCOMPARE(page().body, QByteArray("{\"data\":[]}"));
    QCOMPARE(block(m_near).status, 200);
    QStringList seen;
    QByteArray query = "?limit=2";
    int pages = 0;
    for (; pages < 10; ++pages) {
        const QJsonObject answer = page(query).json();
        for (const auto &row : list(answer, "data")) {
            QCOMPARE(text(row.toObject(), "messaging_product"), QStringLiteral("whatsapp"));
            seen.append(QStringLiteral("+") + text(row.toObject(), "wa_id"));
        }
        const QJsonObject paging = at(answer, "paging");
        if (!paging.contains(QLatin1String("next")))
            break;
        // Meta's own host, whatever door was taken: a client reads the cursor and keeps its address.
        const QUrl next(text(paging, "next"));
        QCOMPARE(next.host(), QStringLiteral("graph.facebook.com"));
        const QString after = text(at(paging, "cursors"), "after");
        QCOMPARE(QUrlQuery(next).queryItemValue(QStringLiteral("after"), QUrl::FullyDecoded), after);
        QVERIFY(QByteArray::fromBase64(after.toUtf8()).startsWith("{\"offset\":"));
        query = "?limit=2&after=" + QUrl::toPercentEncoding(after);
    }
    QCOMPARE(pages, 2); // 2 + 2 + 1
    QCOMPARE(seen, m_near);
    const QJsonObject second = page("?limit=2&after="
        + QUrl::toPercentEncoding(text(at(at(page("?limit=2").json(), "paging"), "cursors"), "after")))
                                   .json();
    const QJsonObject back
        = page("?limit=2&before=" + QUrl::toPercentEncoding(text(at(at(second, "paging"), "cursors"), "before")))
              .json();
    QCOMPARE(text(list(back, "data").first().toObject(), "wa_id"), m_near[0].mid(1));
}

void Dialog360Test::lastPageCanBeFollowedForEver()
{
    QCOMPARE(block({m_near[0]}).status, 200);
    const QJsonObject first = page("?limit=10").json();
    const QJsonObject cursors = at(at(first, "paging"), "cursors");
    QVERIFY(!text(cursors, "after").isEmpty());
    QCOMPARE(text(cursors, "after"), text(cursors, "before"));
    QVERIFY(!at(first, "paging").contains(QLatin1String("next")));
    QCOMPARE(page("?limit=10&after=" + QUrl::toPercentEncoding(text(cursors, "after"))).json(), first);
    m_sandbox->fault(QStringLiteral("no-paging"));
    QVERIFY(!page().json().contains(QLatin1String("paging")));
}

void Dialog360Test::listInTheOldForm()
{
    QCOMPARE(block({m_near[0]}).status, 200);
    m_sandbox->fault(QStringLiteral("old-rows"));
    const QJsonObject row = list(page().json(), "data").first().toObject();
    const QJsonObject user = list(row, "block_users").first().toObject();
    QCOMPARE(text(user, "wa_id"), m_near[0].mid(1));
    QCOMPARE(text(user, "input"), m_near[0]);
    QVERIFY(!row.contains(QLatin1String("wa_id")));
}

void Dialog360Test::listChangesWhilePaging()
{
    QCOMPARE(block(m_near.mid(0, 3)).status, 200);
    const QByteArray after = "?limit=1&after="
        + QUrl::toPercentEncoding(text(at(at(page("?limit=1").json(), "paging"), "cursors"), "after"));
    QCOMPARE(page(after).status, 200);
    m_sandbox->server().setBlocked(m_near[4].toStdString(), true); // on the phone, say
    const WireAnswer answer = page(after);
    QCOMPARE(answer.status, 400);
    QCOMPARE(text(answer.json(), "messaging_product"), QStringLiteral("whatsapp"));
    QCOMPARE(code(answer), 139102);
    const QJsonObject error = at(answer.json(), "error");
    QCOMPARE(text(error, "message"), QStringLiteral("(#135002) Blocklist concurrent update"));
    QCOMPARE(text(at(error, "error_data"), "details"),
        QStringLiteral("Blocklist was updated during retrieval - retry with offset 0"));
    QCOMPARE(list(page("?limit=10").json(), "data").size(), 4);

    m_sandbox->fault(QStringLiteral("list-changed"));
    const WireAnswer first = page("?limit=1"); // only a page that has a cursor can be late
    QCOMPARE(first.status, 200);
    QCOMPARE(code(page("?limit=1&after="
                 + QUrl::toPercentEncoding(text(at(at(first.json(), "paging"), "cursors"), "after")))),
        139102);
}

void Dialog360Test::badCursors()
{
    QCOMPARE(block(m_near).status, 200);
    const QByteArray beyond = QByteArray("{\"offset\":70000,\"versionId\":\"1737679688383585\"}").toBase64();
    const QByteArray future = QByteArray("{\"offset\":0,\"versionId\":\"1737679688399999\"}").toBase64();
    for (const QByteArray &cursor : {QByteArray("nonsense"), beyond, future}) {
        const WireAnswer answer = page("?limit=2&after=" + cursor.toPercentEncoding());
        QCOMPARE(answer.status, 400);
        QCOMPARE(code(answer), 100);
    }
    for (const char *limit : {"?limit=0", "?limit=x", "?limit=-1", "?limit=1001"})
        QCOMPARE(page(limit).status, 400);
}

void Dialog360Test::throttles()
{
    m_sandbox->fault(QStringLiteral("throttle-400:1"));
    const WireAnswer own = block({m_near[0]});
    QCOMPARE(own.status, 400);
    QCOMPARE(own.body,
        QByteArray(
            "{\"meta\":{\"developerMessage\":\"You have exceeded the limit of 1 request every * seconds. Try again "
            "later.\",\"httpCode\":400,\"success\":false}}"));
    m_sandbox->fault(QStringLiteral("429=7:1"));
    const WireAnswer meta = block({m_near[0]});
    QCOMPARE(meta.status, 429);
    QCOMPARE(code(meta), 130429);
    QCOMPARE(meta.header("retry-after"), QByteArray("7"));
    m_sandbox->fault(QStringLiteral("429-bare:1"));
    QVERIFY(page().header("retry-after").isEmpty());
    QCOMPARE(m_sandbox->server().blockedCount(), std::size_t(0)); // nothing was taken
    QCOMPARE(block({m_near[0]}).status, 200);
}

void Dialog360Test::otherFaults()
{
    m_sandbox->fault(QStringLiteral("graph-error:1"));
    const WireAnswer internal = block({m_near[0]});
    QCOMPARE(internal.status, 500);
    QCOMPARE(code(internal), 139103);
    m_sandbox->fault(QStringLiteral("graph-error=131056:1"));
    QCOMPARE(code(block({m_near[0]})), 131056);
    m_sandbox->fault(QStringLiteral("5xx=502:1"));
    const WireAnswer down = page();
    QCOMPARE(down.status, 502);
    QCOMPARE(at(down.json(), "meta").value(QLatin1String("httpCode")).toInt(), 502);
    m_sandbox->fault(QStringLiteral("5xx=503:1"));
    m_sandbox->fault(QStringLiteral("no-body:1"));
    const WireAnswer bare = page();
    QCOMPARE(bare.status, 503);
    QVERIFY(bare.body.isEmpty());
    m_sandbox->fault(QStringLiteral("html:1"));
    QVERIFY(page().body.startsWith("<!DOCTYPE html>"));
    m_sandbox->fault(QStringLiteral("401:1"));
    QCOMPARE(page().status, 401);
    QCOMPARE(m_sandbox->server().blockedCount(), std::size_t(0));
    m_sandbox->fault(QStringLiteral("cut:1"));
    const WireAnswer cut = block({m_near[0]});
    QVERIFY(cut.cut);
    QVERIFY(m_sandbox->server().isBlocked(m_near[0].toStdString())); // done, and nobody was told: a read-back tells
}

void Dialog360Test::oneListForBothDoors()
{
    QCOMPARE(block({m_near[0]}).status, 200);
    const WireAnswer other
        = m_client->get("/graph/v21.0/106540352242922/block_users", "Authorization: Bearer sandbox-cloud-token\r\n");
    QCOMPARE(other.json(), page().json());
    m_sandbox->server().reset();
    QCOMPARE(page().body, QByteArray("{\"data\":[]}"));
}

void Dialog360Test::deleteWithoutLength()
{
    const WireAnswer answer
        = m_client->send("DELETE /d360/block_users HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + m_key + "\r\n");
    QCOMPARE(answer.status, 400);
    QCOMPARE(code(answer), 100); // the gateway's answer, not the HTTP library's
}

QTEST_GUILESS_MAIN(Dialog360Test)
#include "dialog360_test.moc"
