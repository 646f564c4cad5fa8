// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/dialects/dialog360.h"

#include "models/gateways/dialects/cardjson.h"
#include "models/gateways/dialects/internal/graph.h"
#include "models/gateways/dialects/internal/replies.h"

#include <QUrl>
#include <QUrlQuery>
#include <algorithm>

namespace rollcall {

namespace {

constexpr qsizetype longestCursor = 4096;

QByteArray blockedPath(const QString &cursor, int limit)
{
    QByteArray path = "/block_users?limit=" + QByteArray::number(limit);
    if (!cursor.isEmpty())
        path += "&after=" + percentEncoded(cursor);
    return path;
}

constexpr qsizetype shortestNumber = 5; // no country has shorter ones with its code

int limitOf(const PageAsk &page)
{
    return std::max(page.limit, 1);
}

/// `{messaging_product, wa_id}` today, `{input, wa_id}` inside `block_users` before, `user_id` for people without a
/// number. Nothing when it names nobody.
std::optional<BlockedRow> blockedRow(const Json &json)
{
    BlockedRow row;
    row.input = graphId(json[u"input"]);
    row.userId = graphId(json[u"user_id"]);
    row.waId = graphWaId(json[u"wa_id"]);
    if (row.waId.size() < shortestNumber) // {"wa_id":5}: nobody's
        row.waId.clear();
    if (row.userId.isEmpty() && isUserId(json[u"wa_id"].toString()))
        row.userId = json[u"wa_id"].toString();
    if (row.waId.isEmpty() && row.userId.isEmpty() && row.input.isEmpty())
        return std::nullopt;
    return row;
}

std::optional<std::vector<BlockedRow>> blockedRows(const Json::Array &data)
{
    std::vector<BlockedRow> rows;
    const auto add = [&rows](const Json &json) {
        std::optional<BlockedRow> row = blockedRow(json);
        if (row)
            rows.push_back(*std::move(row));
        return row.has_value();
    };
    for (const Json &json : data) {
        const Json &older = json[u"block_users"];
        const bool read = older.isArray() ? std::all_of(older.array().begin(), older.array().end(), add) : add(json);
        if (!read)
            return std::nullopt;
    }
    return rows;
}

/// Where the list goes on. The link in `next` may lead to another host, where the key would leak: only its `after` is
/// taken, never the link.
QString cursorIn(const Json &paging)
{
    const QUrlQuery next(QUrl(paging[u"next"].toString()).query(QUrl::FullyEncoded));
    const QString after = next.queryItemValue(QStringLiteral("after"), QUrl::FullyDecoded);
    return after.isEmpty() ? paging[u"cursors"][u"after"].toString() : after;
}

} // namespace

HttpRequest Dialog360Dialect::request(
    const QByteArray &verb, const QByteArray &path, const Credentials &credentials) const
{
    HttpRequest request;
    request.verb = verb;
    request.path = path;
    if (m_flavour == Flavour::CloudApi)
        request.secretHeaders.push_back(bearer(credentials));
    else
        request.secretHeaders.emplace_back(QByteArrayLiteral("D360-API-KEY"), credentials.token);
    request.deadlineMs = usualDeadlineMs;
    return request;
}

HttpRequest Dialog360Dialect::healthRequest(const Credentials &credentials) const
{
    return request(QByteArrayLiteral("GET"), blockedPath({}, 1), credentials);
}

Result<Health> Dialog360Dialect::readHealth(const HttpReply &reply, const Credentials &) const
{
    const Result<BlockedPage> page = readBlocked(reply, {{}, 1});
    if (!page && page.failure().code != graphcode::listChanged)
        return page.failure();
    return Health{true, QStringLiteral("answered"), {}};
}

HttpRequest Dialog360Dialect::blockedRequest(const Credentials &credentials, const PageAsk &page) const
{
    return request(QByteArrayLiteral("GET"), blockedPath(page.cursor, limitOf(page)), credentials);
}

Result<BlockedPage> Dialog360Dialect::readBlocked(const HttpReply &reply, const PageAsk &page) const
{
    const Result<Json> body = parseJson(reply.body);
    if (!isSuccess(reply) || (body && graphErrorIn(*body)))
        return readFailure(reply);
    if (!body)
        return body.failure();
    const Json &data = (*body)[u"data"];
    if (!data.isArray())
        return badReply(reply, QStringLiteral("the answer has no list"));
    std::optional<std::vector<BlockedRow>> rows = blockedRows(data.array());
    if (!rows)
        return badReply(reply, QStringLiteral("a row of the list has no id"));
    BlockedPage answer;
    answer.rows = *std::move(rows);
    const Json &paging = (*body)[u"paging"];
    const bool hasNext = !paging[u"next"].toString().isEmpty();
    if (answer.rows.empty() || (!hasNext && answer.rows.size() < std::size_t(limitOf(page))))
        return answer;
    const QString cursor = cursorIn(paging);
    if (cursor.size() > longestCursor || (hasNext && cursor.isEmpty()))
        return badReply(reply, QStringLiteral("a cursor of %1 characters").arg(cursor.size()));
    // Meta's own example repeats the cursor though there is no further page: that would never end. A whole page with a
    // link to more is no end, though: the reader is told, and takes the list for doubtful.
    const bool promisesMore = hasNext && answer.rows.size() >= std::size_t(limitOf(page));
    if (cursor != page.cursor || promisesMore)
        answer.next = cursor;
    return answer;
}

HttpRequest Dialog360Dialect::sendCardsRequest(
    const Credentials &credentials, const QString &to, std::span<const Card> cards, const QString &replyTo) const
{
    if (to.isEmpty() || cards.empty() || cards.size() > std::size_t(mostCards))
        return {};
    HttpRequest send = request(QByteArrayLiteral("POST"), QByteArrayLiteral("/messages"), credentials);
    send.write = true;
    Json::Object body;
    body.emplace_back(QStringLiteral("messaging_product"), QStringLiteral("whatsapp"));
    // Page E leaves it out, Meta's published schema demands it (gateways.md 5.3).
    body.emplace_back(QStringLiteral("recipient_type"), QStringLiteral("individual"));
    body.emplace_back(QStringLiteral("to"), withoutJid(to));
    body.emplace_back(QStringLiteral("type"), QStringLiteral("contacts"));
    if (!replyTo.isEmpty())
        body.emplace_back(QStringLiteral("context"), Json::Object{{QStringLiteral("message_id"), replyTo}});
    body.emplace_back(QStringLiteral("contacts"), contactsJson(cards));
    send.body = Json(std::move(body)).toCompact();
    return send;
}

Result<SendReply> Dialog360Dialect::readSend(const HttpReply &reply) const
{
    if (!isSuccess(reply))
        return readFailure(reply);
    const Result<Json> body = parseJson(reply.body);
    if (!body)
        return body.failure();
    SendReply answer;
    const Json::Array &messages = (*body)[u"messages"].array();
    if (!messages.empty()) {
        answer.messageId = messages.front()[u"id"].toString();
        answer.status = messages.front()[u"message_status"].toString();
    }
    if (answer.messageId.isEmpty())
        return readFailure(reply);
    const Json::Array &contacts = (*body)[u"contacts"].array();
    if (!contacts.empty())
        answer.waId = graphWaId(contacts.front()[u"wa_id"]);
    return answer;
}

std::optional<RateHint> Dialog360Dialect::rateHint(const HttpReply &reply) const
{
    // {"<account>":[{"type":…,"call_count":28,…,"estimated_time_to_regain_access":0}]}
    const Result<Json> usage = parseJson(reply.header("x-business-use-case-usage"));
    if (!usage)
        return std::nullopt;
    for (const auto &[account, uses] : usage->object())
        for (const Json &use : uses.array())
            if (use[u"estimated_time_to_regain_access"].toInteger(true).value_or(0) > 0)
                return RateHint{.remaining = 0};
    return std::nullopt;
}

Failure Dialog360Dialect::readFailure(const HttpReply &reply) const
{
    const Result<Json> body = parseJson(reply.body);
    if (const std::optional<GraphError> error = body ? graphErrorIn(*body) : std::nullopt)
        return graphFailure(reply.status, *error);
    // Without an envelope (a proxy's page, a wrong address) only these statuses mean what they say.
    if (reply.status == 401 || reply.status == 403 || reply.status == 429 || reply.status >= 500)
        return graphFailure(reply.status, {});
    return badReply(reply, QStringLiteral("HTTP %1 without the gateway's own error").arg(reply.status));
}

} // namespace rollcall
