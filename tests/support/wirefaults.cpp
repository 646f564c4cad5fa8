// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/wirefaults.h"

#include <QDateTime>
#include <QLocale>
#include <QUrl>

namespace rollcall::tests {

namespace {

using Stated = WireFault::Stated;
using Random = QRandomGenerator;

const std::vector<WireAct> everything{WireAct::Block, WireAct::Unblock, WireAct::List, WireAct::Check};
const std::vector<WireAct> writes{WireAct::Block, WireAct::Unblock};

bool isWrite(WireAct act)
{
    return act == WireAct::Block || act == WireAct::Unblock;
}

template <class T> T one(Random &random, const std::vector<T> &of)
{
    return of[std::size_t(random.bounded(int(of.size())))];
}

WireFault answered(const QByteArray &raw, Stated write, bool readRecovers = false)
{
    WireFault fault;
    fault.act.answer = raw;
    fault.act.closeAfter = true;
    fault.write = write;
    fault.readRecovers = readRecovers;
    return fault;
}

WireFault unreachable(Random &, WireAct, const QStringList &, const QUrl &)
{
    return {.unreachable = true, .write = Stated::Done, .readRecovers = true}; // nothing left: sent on Resume
}

WireFault noAnswer(Random &random, WireAct, const QStringList &, const QUrl &)
{
    WireFault fault;
    fault.readRecovers = true;
    fault.write = Stated::NotDone;
    switch (random.bounded(4)) {
    case 0:
        fault.act.silent = true;
        break;
    case 1:
        fault.act.reset = true;
        break;
    case 2:
        fault.act.close = true;
        break;
    default: // done, and not a byte of the answer
        fault.act.forward = true;
        fault.act.cutAfter = 0;
        fault.write = Stated::Done;
    }
    return fault;
}

WireFault slowLoris(Random &random, WireAct, const QStringList &, const QUrl &)
{
    WireFault fault;
    fault.act.forward = true;
    fault.act.dripFrom = one<qint64>(random, {0, 1, 12, 40});
    fault.act.dripMs = 25;
    fault.write = Stated::Done; // it did as it was told; only we cannot know before the list says so
    fault.readRecovers = true;
    return fault;
}

WireFault unauthorised(Random &random, WireAct, const QStringList &, const QUrl &)
{
    const int status = one<int>(random, {401, 403});
    return answered(Relay::http(status, "{\"error\":{\"code\":190,\"message\":\"no\"},\"errors\":[{\"code\":1005}]}"),
        Stated::Done, true);
}

WireFault throttled(Random &random, WireAct act, const QStringList &, const QUrl &)
{
    const QDateTime soon = QDateTime::currentDateTimeUtc().addSecs(2);
    const QByteArray date = QLocale::c().toString(soon, QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'")).toLatin1();
    const QByteArray after = one<QByteArray>(random, {"2", "0", "-5", "1000000000000", "soon", "", date});
    const QByteArrayList headers = after.isEmpty() ? QByteArrayList() : QByteArrayList{"Retry-After: " + after};
    // A pause of an hour is handed back to whoever asked for the list, and told; a run waits it out.
    const bool handedBack = act == WireAct::List && after == "1000000000000";
    return answered(
        Relay::http(429, "{\"error\":{\"code\":130429,\"message\":\"slow\"}}", headers), Stated::Done, !handedBack);
}

WireFault serverError(Random &random, WireAct act, const QStringList &, const QUrl &)
{
    WireFault fault
        = answered(Relay::http(one<int>(random, {500, 502, 503, 504}), "{\"error\":{\"message\":\"oops\"}}"),
            Stated::NotDone, true);
    fault.times = isWrite(act) ? 1 : one<int>(random, {1, 2, 5});
    fault.readRecovers = fault.times <= 3;
    return fault;
}

/// Cut within what a Content-Length announced; or without one, which Qt takes for a whole answer (M7).
WireFault truncated(Random &random, WireAct, const QStringList &, const QUrl &)
{
    if (random.bounded(2) == 0) {
        WireFault fault;
        fault.act.forward = true;
        fault.act.cutAfter = 60 + random.bounded(100);
        fault.write = Stated::Done;
        return fault;
    }
    const QByteArray body("{\"messaging_product\":\"whatsapp\",\"block_users\":{\"added_users\":[{\"input\":\"+49");
    return answered(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" + body, Stated::NotDone);
}

WireFault otherContent(Random &random, WireAct, const QStringList &, const QUrl &)
{
    const QByteArray page("<!doctype html><html><title>Sign in</title><body>Please sign in</body></html>");
    const QByteArray type = one<QByteArray>(random, {"text/html", "application/json", "text/plain", "image/png"});
    return answered("HTTP/1.1 200 OK\r\nContent-Type: " + type
            + "\r\nContent-Length: " + QByteArray::number(page.size()) + "\r\n\r\n" + page,
        Stated::NotDone);
}

WireFault errorBody(Random &random, WireAct, const QStringList &, const QUrl &)
{
    const QByteArray body = one<QByteArray>(random,
        {"{\"error\":{\"code\":100,\"message\":\"no\"}}", "{\"errors\":[{\"code\":1011,\"title\":\"no\"}]}",
            "{\"status\":\"failed\"}", "{}", "[]", "null", "\"ok\""});
    // An error in the gateway's own words refuses the request whole: its people are tried in smaller ones.
    return answered(Relay::http(200, body), body.contains("\"error") ? Stated::Either : Stated::NotDone);
}

QByteArray deep(int depth)
{
    return "{\"contacts\":" + QByteArray(depth, '[') + QByteArray(depth, ']') + '}';
}

QByteArray manyKeys()
{
    QByteArray body("{");
    for (int i = 0; i < 600'000; ++i)
        body += "\"" + QByteArray::number(i) + "\":0,";
    return body + "\"x\":0}";
}

WireFault badJson(Random &random, WireAct, const QStringList &ask, const QUrl &)
{
    const QByteArray who = ask.isEmpty() ? QByteArray("+491") : ask.front().toLatin1();
    QByteArray body;
    switch (random.bounded(8)) {
    case 0: // the last one wins in Qt's reader (M8)
        body = "{\"contacts\":[{\"input\":\"" + who
            + "\",\"status\":\"invalid\",\"status\":\"valid\"}],\"block_users\":{"
              "\"added_users\":[],\"added_users\":[{\"input\":\""
            + who + "\",\"wa_id\":\"1\"}]},\"data\":[],\"data\":[]}";
        break;
    case 1:
        body = "{\"contacts\":[NaN],\"data\":NaN,\"block_users\":NaN}";
        break;
    case 2:
        body = "{\"contacts\":1e400,\"data\":1e400,\"block_users\":1e400}";
        break;
    case 3:
        body = "{\"contacts\":[{\"input\":1,\"status\":2}],\"data\":[{\"wa_id\":5}],\"block_users\":{\"added_users\":["
               "7]}}";
        break;
    case 4:
        body = deep(1025);
        break;
    case 5:
        body = deep(100'000);
        break;
    case 6:
        body = manyKeys();
        break;
    default:
        body = QByteArray("{\"contacts\":\"\xff\xfe\",\"data\":\"\xc3\"}");
    }
    return answered(Relay::http(200, body), Stated::NotDone);
}

WireFault huge(Random &random, WireAct, const QStringList &, const QUrl &)
{
    if (random.bounded(2) == 0) {
        const QByteArray bomb = qCompress(QByteArray(20 << 20, ' '), 9).mid(4); // the length in front is Qt's own
        return answered(Relay::http(200, bomb, {"Content-Encoding: deflate"}), Stated::NotDone);
    }
    WireFault fault = answered(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 314572800\r\n\r\n", Stated::NotDone);
    fault.act.filler = 314'572'800;
    return fault;
}

WireFault redirect(Random &random, WireAct, const QStringList &, const QUrl &other)
{
    const QByteArray where = one<QByteArray>(random,
        {"/elsewhere", other.toString().toLatin1() + "/d360/block_users", "http://example.invalid/x",
            "file:///etc/passwd", "//" + other.authority().toLatin1() + "/x"});
    return answered(
        Relay::http(one<int>(random, {301, 302, 303, 307, 308}), "{}", {"Location: " + where}), Stated::NotDone);
}

QByteArray blockAnswer(const QByteArrayList &rows)
{
    return "{\"messaging_product\":\"whatsapp\",\"block_users\":{\"added_users\":[" + rows.join(',')
        + "],\"removed_users\":[" + rows.join(',') + "]}}";
}

QByteArray blockRow(const QString &input, const QString &waId)
{
    return "{\"input\":\"" + input.toLatin1() + "\",\"wa_id\":\"" + waId.toLatin1() + "\"}";
}

QByteArray checkRow(const QString &input, const char *status)
{
    return "{\"input\":\"" + input.toLatin1() + "\",\"status\":\"" + status + "\",\"wa_id\":\""
        + input.mid(1).toLatin1() + "\"}";
}

/// The answer speaks of others, or leaves somebody out; what it leaves open is not known, whatever the rest says.
WireFault otherEcho(Random &random, WireAct act, const QStringList &ask, const QUrl &)
{
    QByteArrayList rows;
    const int kind = random.bounded(3);
    for (qsizetype i = 0; i < ask.size(); ++i) {
        if (kind == 0 && i == 0)
            continue; // left out
        const QString who = kind == 1 ? QString(u"+999" + ask[i].mid(4)) : ask[i]; // somebody else
        rows << (act == WireAct::Check ? checkRow(who, kind == 2 ? "unheard-of" : "processing")
                                       : blockRow(who, who.mid(1)));
    }
    if (kind == 2 && act != WireAct::Check) // and somebody we never spoke of
        rows << blockRow(QStringLiteral("+9990001112222"), QStringLiteral("9990001112222"));
    if (act == WireAct::Check)
        return answered(Relay::http(200, "{\"contacts\":[" + rows.join(',') + "],\"meta\":{\"version\":\"v2.53\"}}"),
            Stated::Either);
    WireFault fault = answered(Relay::http(200, blockAnswer(rows)), Stated::Done);
    fault.happensAnyway = true;
    return fault;
}

WireFault paging(Random &random, WireAct, const QStringList &, const QUrl &)
{
    if (random.bounded(2) == 0) // 139102: the list changed, read it anew
        return answered(
            Relay::http(400, "{\"error\":{\"message\":\"(#139102)\",\"code\":139102}}"), Stated::Either, true);
    // A full page of one person again and again, with a cursor that never ends.
    QByteArrayList rows;
    for (int i = 0; i < 100; ++i)
        rows << "{\"messaging_product\":\"whatsapp\",\"wa_id\":\"4474009" + QByteArray::number(10000 + i) + "\"}";
    WireFault fault
        = answered(Relay::http(200,
                       "{\"data\":[" + rows.join(',')
                           + "],\"paging\":{\"cursors\":{\"after\":\"same\",\"before\":\"b\"},\"next\":\"x\"}}"),
            Stated::Either);
    fault.times = 50;
    return fault;
}

} // namespace

const char *nameOf(WireAct act)
{
    static const char *const names[] = {"block", "unblock", "list", "check"};
    return names[int(act)];
}

const std::vector<FaultRow> &faultRows()
{
    static const std::vector<FaultRow> rows{{"unreachable", everything, unreachable},
        {"no answer", everything, noAnswer}, {"slow loris", everything, slowLoris},
        {"401, 403", everything, unauthorised}, {"429", everything, throttled}, {"5xx", everything, serverError},
        {"truncated", everything, truncated}, {"not JSON", everything, otherContent},
        {"200 with an error", everything, errorBody}, {"bad JSON", everything, badJson}, {"huge", everything, huge},
        {"redirect", everything, redirect},
        {"other echo", {WireAct::Block, WireAct::Unblock, WireAct::Check}, otherEcho},
        {"paging", {WireAct::List}, paging}};
    return rows;
}

} // namespace rollcall::tests
