// SPDX-License-Identifier: GPL-3.0-or-later
// Lines as they stand on the vendors' pages (vendor pages A-E, gateways.md 1-5) and as shells and browsers copy them.
#include "models/formats/curlaccount.h"

#include <QTest>

using namespace rollcall;

namespace {

constexpr int none = 0;
const int onPrem = int(GatewayKind::OnPrem), sendApi = int(GatewayKind::SendApi), commBox = int(GatewayKind::CommBox),
          wawp = int(GatewayKind::Wawp), dialog360 = int(GatewayKind::Dialog360), cloudApi = int(GatewayKind::CloudApi);

/// One line and what it tells.
void row(const char *name, const char *line, int kind, const char *address, const char *user, const char *sender,
    const char *secret)
{
    QTest::newRow(name) << QString::fromUtf8(line) << kind << QString::fromUtf8(address) << QString::fromUtf8(user)
                        << QString::fromUtf8(sender) << QByteArray(secret);
}

/// A: on-premises
void onPremLines()
{
    row("A login with -u", "curl -k -u admin:Secret1! -X POST https://10.0.0.5:9090/v1/users/login", onPrem,
        "https://10.0.0.5:9090/v1", "admin", "", "Secret1!");
    row("A login with a Basic header",
        "curl -X POST https://node.example/v1/users/login -H 'Authorization: Basic YWRtaW46c2VjcmV0'", onPrem,
        "https://node.example/v1", "admin", "", "secret");
    row("A check with a Bearer that is only a session",
        "curl -X POST 'https://node.example:9090/v1/contacts' -H 'Authorization: Bearer eyJhbGciOi' \\\n"
        "  -H 'Content-Type: application/json' -d '{\"blocking\":\"wait\",\"contacts\":[\"+16315551000\"]}'",
        onPrem, "https://node.example:9090/v1", "", "", "");
    row("A health", "curl https://node.example/v1/health -u 'admin:pa:ss word'", onPrem, "https://node.example/v1",
        "admin", "", "pa:ss word");
    row("A login in the address", "curl https://admin:secret@node.example/v1/contacts", onPrem,
        "https://node.example/v1", "admin", "", "secret");
    row("A with a path in front", "curl -uadmin:x1 https://proxy.example/wa/v1/contacts", onPrem,
        "https://proxy.example/wa/v1", "admin", "", "x1");
    row("A any path with -u", "curl --user admin:x1 https://node.example:9090/", onPrem, "https://node.example:9090/v1",
        "admin", "", "x1");
    row("A block", "curl -X POST https://node.example/v1/contacts/%2B16315551000/block", onPrem,
        "https://node.example/v1", "", "", "");
}

/// B: sendapi
void sendApiLines()
{
    row("B list",
        "curl \"https://sendapi.co/v1/whatsapp/contacts?session_id=sess_01H8BKFZ2T\" \\\n"
        "  -H \"Authorization: Bearer sk_live_abc123\"",
        sendApi, "https://sendapi.co/v1", "", "sess_01H8BKFZ2T", "sk_live_abc123");
    row("B check",
        "curl \"https://sendapi.co/v1/whatsapp/contacts/+447700900000/check?session_id=sess_01H8BKFZ2T\" \\\n"
        "  -H \"Authorization: Bearer sk_live_abc123\"",
        sendApi, "https://sendapi.co/v1", "", "sess_01H8BKFZ2T", "sk_live_abc123");
    row("B send, session in the body",
        "curl https://sendapi.co/v1/whatsapp/send --json "
        "'{\"session_id\":\"sess_9\",\"to\":\"+447700900000\",\"content\":\"Hi\",\"type\":\"text\"}' "
        "--oauth2-bearer sk_live_z",
        sendApi, "https://sendapi.co/v1", "", "sess_9", "sk_live_z");
    row("B session as a number", "curl https://sendapi.co/v1/whatsapp/send -d '{\"session_id\":12345678901234567}'",
        sendApi, "https://sendapi.co/v1", "", "12345678901234567", "");
    row("B older host", "curl -H 'Authorization: Bearer sk_live_q' https://api.sendapi.co/v1/whatsapp/sessions",
        sendApi, "https://api.sendapi.co/v1", "", "", "sk_live_q");
    row("B another host, known by its key",
        "curl -H 'authorization: bearer sk_live_q' https://mirror.example/v1/whatsapp/sessions", sendApi,
        "https://mirror.example/v1", "", "", "sk_live_q");
}

/// C: CommBox
void commBoxLines()
{
    row("C validate",
        "curl -X GET https://api.commbox.io/whatsapp/validatecontact/hNyRN_fLUy7rrOrN9jLpipA%3d%3d/447700900000 "
        "-H 'Authorization: Bearer cb-key-1'",
        commBox, "https://api.commbox.io", "", "hNyRN_fLUy7rrOrN9jLpipA%3d%3d", "cb-key-1");
    row("C stream id not encoded",
        "curl --request GET --url 'https://api.commbox.io/whatsapp/validatecontact/hNyRN_fLUy7==/447700900000' "
        "--header 'Accept: application/json' --header 'Authorization: Bearer cb-key-1'",
        commBox, "https://api.commbox.io", "", "hNyRN_fLUy7==", "cb-key-1");
    row("C another host, known by its path",
        "curl https://gw.example/cb/whatsapp/validatecontact/abc%3d/4477 -H 'Authorization: Bearer k'", commBox,
        "https://gw.example/cb", "", "abc%3d", "k");
}

/// D: Wawp
void wawpLines()
{
    row("D check-exists",
        "curl 'https://api.wawp.net/v2/contacts/check-exists?instance_id=ABCDEF123456&access_token=tok123&phone="
        "447700900000'",
        wawp, "https://api.wawp.net", "", "ABCDEF123456", "tok123");
    row("D block, credentials in the body",
        "curl -X POST https://api.wawp.net/v2/contacts/block -H 'Content-Type: application/json' "
        "-d '{\"instance_id\":\"ABCDEF123456\",\"access_token\":\"tok123\",\"contactId\":\"447700900000@c.us\"}'",
        wawp, "https://api.wawp.net", "", "ABCDEF123456", "tok123");
    row("D access-token header",
        "curl https://api.wawp.net/v2/session/info?instance_id=ABCDEF123456 -H 'access-token: tok123'", wawp,
        "https://api.wawp.net", "", "ABCDEF123456", "tok123");
    row("D as its Python package asks",
        "curl https://api.wawp.net/v2/session/info -H 'Authorization: Bearer tok123' -H 'X-Instance-ID: ABCDEF123456'",
        wawp, "https://api.wawp.net", "", "ABCDEF123456", "tok123");
    row("D older generation",
        "curl -G https://wawp.net/wp-json/awp/v1/contacts/all -d instance_id=ABCDEF123456 -d access_token=tok123", wawp,
        "https://api.wawp.net", "", "ABCDEF123456", "tok123");
    row("D another host, known by both fields",
        "curl 'https://waha.example/wawp/v2/contacts/all?access_token=tok%2B1&instance_id=I1'", wawp,
        "https://waha.example/wawp", "", "I1", "tok+1");
}

/// E: 360dialog and its parent
void metaLines()
{
    row("E block",
        "curl -X POST 'https://waba-v2.360dialog.io/block_users' -H 'D360-API-KEY: d360key' "
        "-H 'Content-Type: application/json' --data-raw "
        "'{\"messaging_product\":\"whatsapp\",\"block_users\":[{\"user\":\"+16505551234\"}]}'",
        dialog360, "https://waba-v2.360dialog.io", "", "", "d360key");
    row("E messages", "curl --location 'https://waba-v2.360dialog.io/messages' --header 'D360-API-KEY: d360key'",
        dialog360, "https://waba-v2.360dialog.io", "", "", "d360key");
    row("E another host, known by its header",
        "curl https://relay.example/d360/block_users?limit=10 -H 'd360-api-key:d360key'", dialog360,
        "https://relay.example/d360", "", "", "d360key");
    row("Meta block",
        "curl -X DELETE 'https://graph.facebook.com/v21.0/106540352242922/block_users' "
        "-H 'Authorization: Bearer EAAJB' -d '{}'",
        cloudApi, "https://graph.facebook.com/v21.0/106540352242922", "", "", "EAAJB");
    row("Meta with the token in the address",
        "curl -i -X POST 'https://graph.facebook.com/v20.0/106540352242922/messages?access_token=EAAJB'", cloudApi,
        "https://graph.facebook.com/v20.0/106540352242922", "", "", "EAAJB");
    row("Meta through another host",
        "curl https://relay.example/graph/v21.0/106540352242922/messages -H 'Authorization: Bearer EAAJB'", cloudApi,
        "https://relay.example/graph/v21.0/106540352242922", "", "", "EAAJB");
}

/// nobody of ours
void otherLines()
{
    row("unknown", "curl https://api.example/things/7?token=abc -H 'Authorization: Bearer t'", none,
        "https://api.example", "", "", "");
}

} // namespace

class CurlLineTest final : public QObject {
    Q_OBJECT
private slots:
    void tellsTheAccount_data();
    void tellsTheAccount();
    void splitsAsAShellDoes_data();
    void splitsAsAShellDoes();
    void refuses_data();
    void refuses();
    void samplesAreLeftOut_data();
    void samplesAreLeftOut();
    void dataIsJoinedAsCurlDoes();
    void knowsACurlLineFromAnAddress();
};

void CurlLineTest::tellsTheAccount_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("sender");
    QTest::addColumn<QByteArray>("secret");
    onPremLines();
    sendApiLines();
    commBoxLines();
    wawpLines();
    metaLines();
    otherLines();
}

void CurlLineTest::tellsTheAccount()
{
    QFETCH(QString, line);
    QFETCH(int, kind);
    const Result<CurlLine> read = readCurlLine(line);
    QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.failure().detail));
    const CurlAccount account = curlAccountOf(*read);
    QCOMPARE(account.kind ? int(*account.kind) : none, kind);
    QTEST(account.address.toString(), "address");
    QTEST(account.user, "user");
    QTEST(account.sender, "sender");
    QTEST(account.secret.reveal(), "secret");
    QVERIFY(!account.sample);
    QVERIFY(account.address.userInfo().isEmpty() && !account.address.hasQuery());
}

void CurlLineTest::splitsAsAShellDoes_data()
{
    QTest::addColumn<QString>("line");
    const auto row = [](const char *name, const char *line) { QTest::newRow(name) << QString::fromUtf8(line); };
    // Each says: POST https://h.example/v1/contacts, header X-Note "a \"b\" c", body {"n":"it's"}, and -k.
    row("single quotes",
        "curl -k -X POST 'https://h.example/v1/contacts' -H 'X-Note: a \"b\" c' -d '{\"n\":\"it'\\''s\"}'");
    row("double quotes",
        "curl -k -X POST \"https://h.example/v1/contacts\" -H \"X-Note: a \\\"b\\\" c\" -d "
        "\"{\\\"n\\\":\\\"it's\\\"}\"");
    row("lines that go on",
        "curl -k \\\n  --request POST \\\r\n  --url https://h.example/v1/contacts \\\n --header 'X-Note: a \"b\" c' "
        "\\\n"
        " --data '{\"n\":\"it'\"'\"'s\"}'");
    row("lines that lost their backslash",
        "curl -k -X POST https://h.example/v1/contacts\n  -H 'X-Note: a \"b\" c'\n  -d \"{\\\"n\\\":\\\"it's\\\"}\"\n");
    row("$'…' as browsers write it",
        "curl 'https://h.example/v1/contacts' -H 'X-Note: a \"b\" c' --data-raw $'{\"n\":\"it\\'s\"}' --insecure");
    row("$'…' with \\u",
        "curl 'https://h.example/v1/contacts' -H 'X-Note: a \"b\" c' --data-raw $'{\"n\":\"it\\u0027s\"}' --insecure");
    row("Windows, carets before line ends",
        "curl -k -X POST \"https://h.example/v1/contacts\" ^\r\n  -H \"X-Note: a \\\"b\\\" c\" ^\r\n"
        "  -d \"{\\\"n\\\":\\\"it's\\\"}\"");
    row("Windows, as browsers write it",
        "curl ^\"https://h.example/v1/contacts^\" ^\n  -H ^\"X-Note: a ^\\^\"b^\\^\" c^\" ^\n"
        "  --data-raw ^\"^{^\\^\"n^\\^\":^\\^\"it's^\\^\"^}^\" ^\n  --insecure");
    row("PowerShell's backtick",
        "curl.exe -k -X POST https://h.example/v1/contacts `\n -H 'X-Note: a \"b\" c' `\n -d "
        "\"{\\\"n\\\":\\\"it's\\\"}\"");
    row("glued letters, a prompt and a pipe",
        "$ /usr/bin/curl -skXPOST https://h.example/v1/contacts -H'X-Note: a \"b\" c' "
        "-d\"{\\\"n\\\":\\\"it's\\\"}\" | jq .");
    row("words around it",
        "It's this one:\ncurl -k -X POST https://h.example/v1/contacts -H 'X-Note: a \"b\" c' "
        "-d \"{\\\"n\\\":\\\"it's\\\"}\"\n\nIt answers 'yes");
}

void CurlLineTest::splitsAsAShellDoes()
{
    QFETCH(QString, line);
    const Result<CurlLine> read = readCurlLine(line);
    QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.failure().detail));
    QCOMPARE(read->verb, QByteArray("POST"));
    QCOMPARE(read->url, QUrl(QStringLiteral("https://h.example/v1/contacts")));
    QVERIFY(read->header(u"x-note"));
    QCOMPARE(read->header(u"x-note")->reveal(), QByteArray("a \"b\" c"));
    QCOMPARE(read->body.reveal(), QByteArray("{\"n\":\"it's\"}"));
    QVERIFY(read->insecure);
}

void CurlLineTest::refuses_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("why");
    QTest::newRow("empty") << QString() << QStringLiteral("no curl");
    QTest::newRow("an address") << QStringLiteral("https://curl.example/v1") << QStringLiteral("no curl");
    QTest::newRow("nothing after it") << QStringLiteral("curl ") << QStringLiteral("no address");
    QTest::newRow("only options") << QStringLiteral("curl -X POST -k") << QStringLiteral("no address");
    QTest::newRow("open quote") << QStringLiteral("curl 'https://h.example/v1") << QStringLiteral("quote");
    QTest::newRow("a file") << QStringLiteral("curl file:///etc/hosts") << QStringLiteral("address");
    QTest::newRow("no host") << QStringLiteral("curl https:///v1") << QStringLiteral("address");
    QTest::newRow("too long") << QString(
        QStringLiteral("curl https://h.example/") + QString(longestCurlLine, QLatin1Char('a')))
                              << QStringLiteral("long");
}

void CurlLineTest::refuses()
{
    QFETCH(QString, line);
    const Result<CurlLine> read = readCurlLine(line);
    QVERIFY(!read.ok());
    QCOMPARE(read.failure().kind, Failure::Kind::BadInput);
    QTEST(read.failure().detail, "why");
}

void CurlLineTest::samplesAreLeftOut_data()
{
    QTest::addColumn<QString>("line");
    const auto row = [](const char *line) { QTest::newRow(line) << QString::fromUtf8(line); };
    row("curl \"https://sendapi.co/v1/whatsapp/contacts?session_id=sess_01H8BKF...Z2T\" "
        "-H \"Authorization: Bearer sk_live_...\"");
    row("curl https://waba-v2.360dialog.io/messages -H 'D360-API-KEY: <API_KEY>'");
    row("curl https://graph.facebook.com/v21.0/{PHONE_NUMBER_ID}/block_users -H 'Authorization: Bearer $TOKEN'");
    row("curl https://api.commbox.io/whatsapp/validatecontact/{ENCRYPTED_STREAM_ID}/{PHONE_NUMBER} "
        "-H 'Authorization: Bearer YOUR_API_KEY'");
    row("curl 'https://api.wawp.net/v2/contacts/all?instance_id={{instance}}&access_token={{token}}'");
    row("curl -u '<user>:<password>' https://node.example/v1/users/login");
}

void CurlLineTest::samplesAreLeftOut()
{
    QFETCH(QString, line);
    const Result<CurlLine> read = readCurlLine(line);
    QVERIFY(read.ok());
    const CurlAccount account = curlAccountOf(*read);
    QVERIFY(account.kind.has_value());
    QVERIFY(account.sample);
    QVERIFY(account.secret.isEmpty());
    QVERIFY(account.sender.isEmpty() && account.user.isEmpty());
}

void CurlLineTest::dataIsJoinedAsCurlDoes()
{
    const Result<CurlLine> post
        = readCurlLine(QStringLiteral("curl h.example -d a=1 --data b=2 --data-urlencode 'c=x y&z' -d @secrets.txt"));
    QVERIFY(post.ok());
    QCOMPARE(post->body.reveal(), QByteArray("a=1&b=2&c=x%20y%26z"));
    QCOMPARE(post->verb, QByteArray("POST"));
    QCOMPARE(post->url, QUrl(QStringLiteral("https://h.example")));
    const Result<CurlLine> get = readCurlLine(QStringLiteral("curl -G 'https://h.example/p?z=0' -d a=1 -d b=2"));
    QVERIFY(get.ok());
    QCOMPARE(get->url, QUrl(QStringLiteral("https://h.example/p?z=0&a=1&b=2")));
    QCOMPARE(get->verb, QByteArray("GET"));
    QVERIFY(get->body.isEmpty());
    const Result<CurlLine> ca
        = readCurlLine(QStringLiteral("curl --cacert ca.pem -u a:b https://node.example/v1/health"));
    QVERIFY(ca.ok());
    QCOMPARE(curlAccountOf(*ca).caFile, QStringLiteral("ca.pem"));
}

void CurlLineTest::knowsACurlLineFromAnAddress()
{
    QVERIFY(looksLikeCurl(u"curl https://h.example"));
    QVERIFY(looksLikeCurl(u"  $ curl \\\n -X POST"));
    QVERIFY(looksLikeCurl(u"C:\\bin\\curl.exe ^\"https://h.example^\""));
    QVERIFY(!looksLikeCurl(u"https://curl.example/curl"));
    QVERIFY(!looksLikeCurl(u"https://curl.se"));
    QVERIFY(!looksLikeCurl(u"curly brackets"));
}

QTEST_APPLESS_MAIN(CurlLineTest)
#include "curlline_test.moc"
