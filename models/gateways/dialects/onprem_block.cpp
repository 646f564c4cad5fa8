// SPDX-License-Identifier: GPL-3.0-or-later
// What an on-premises node writes: block, unblock, report, contacts message (gateways.md 1.4, 1.8). No call tells whom
// it has blocked: our own ledger is the list.
#include "models/gateways/dialects/onprem.h"

#include "models/gateways/dialects/cardjson.h"
#include "models/gateways/dialects/internal/node.h"
#include "models/gateways/dialects/internal/replies.h"

namespace rollcall {

namespace {

constexpr qsizetype longestReason = 59; ///< "less than 60 characters"

HttpRequest writeTo(const Credentials &credentials, const QByteArray &path)
{
    HttpRequest request;
    request.verb = QByteArrayLiteral("POST");
    request.path = path;
    request.secretHeaders.push_back(bearer(credentials));
    request.deadlineMs = usualDeadlineMs;
    request.write = true;
    return request;
}

/// `who` in any dialable form: blanks, '+' and brackets must not stand in a path as they are, and the number itself
/// must not stand in a log.
HttpRequest contactAct(const Credentials &credentials, const QString &who, const QByteArray &act)
{
    if (who.isEmpty())
        return {};
    // Before digits without '+' the node may put the country code of its own number (vendor page A): a wa_id would
    // become somebody else.
    QString phone = withoutJid(who);
    if (isDigits(phone))
        phone.prepend(QLatin1Char('+'));
    HttpRequest request = writeTo(credentials, "/contacts/" + percentEncoded(phone) + '/' + act);
    request.shownPath = "/contacts/{phone}/" + act;
    return request;
}

/// 200 without `errors` is done, with `{"meta":…}` or with no body at all. Nothing = done, else the failure.
std::optional<Failure> failureOf(const Dialect &dialect, const HttpReply &reply)
{
    if (!isSuccess(reply))
        return dialect.readFailure(reply);
    if (reply.body.trimmed().isEmpty())
        return std::nullopt;
    const Result<Json> body = parseJson(reply.body);
    if (!body)
        return body.failure();
    if (nodeErrorIn(*body))
        return dialect.readFailure(reply);
    const Json &errors = (*body)[u"errors"];
    const bool noErrors = errors.isNull() || (errors.isArray() && errors.array().empty());
    if (!(body->isObject() || body->isNull()) || !noErrors)
        return badReply(reply, QStringLiteral("neither an empty answer nor the node's own error"));
    return std::nullopt;
}

/// Is the refusal about this person, and not about the account or the request as such? These two are documented.
bool isAboutThePerson(const Failure &failure)
{
    return failure.kind == Failure::Kind::Refused && (failure.code == 2048 || failure.code == 1009);
}

QString cutReason(const QString &reason)
{
    QString cut = reason.left(longestReason);
    if (!cut.isEmpty() && cut.back().isHighSurrogate())
        cut.chop(1); // half a character is no text
    return cut;
}

} // namespace

HttpRequest OnPremDialect::blockRequest(const Credentials &credentials, std::span<const QString> people) const
{
    // The `reason` of a block is for another business as its target only: not sent.
    return people.size() == 1 ? contactAct(credentials, people.front(), QByteArrayLiteral("block")) : HttpRequest{};
}

HttpRequest OnPremDialect::unblockRequest(const Credentials &credentials, std::span<const QString> people) const
{
    return people.size() == 1 ? contactAct(credentials, people.front(), QByteArrayLiteral("unblock")) : HttpRequest{};
}

Result<BlockReply> OnPremDialect::readBlock(const HttpReply &reply, std::span<const QString> people, bool) const
{
    const std::optional<Failure> failure = failureOf(*this, reply);
    if (failure && !isAboutThePerson(*failure))
        return *failure;
    BlockReply answer;
    for (const QString &person : people) {
        BlockAnswer &said = answer.people.emplace_back();
        said.input = person;
        said.outcome = failure ? BlockAnswer::Outcome::Refused : BlockAnswer::Outcome::Done;
        said.code = failure ? failure->code : 0;
        said.detail = failure ? ownWords(failure->subject) : QString();
    }
    return answer;
}

HttpRequest OnPremDialect::reportRequest(
    const Credentials &credentials, const QString &who, const QString &reason, bool block) const
{
    HttpRequest request = contactAct(credentials, who, QByteArrayLiteral("report"));
    if (request.verb.isEmpty())
        return request;
    // Without message_id the node sends the last five messages along.
    Json::Object body;
    if (!reason.isEmpty())
        body.emplace_back(QStringLiteral("reason"), cutReason(reason));
    body.emplace_back(QStringLiteral("block"), block);
    request.body = Json(std::move(body)).toCompact();
    return request;
}

Result<Nothing> OnPremDialect::readReport(const HttpReply &reply) const
{
    if (const std::optional<Failure> failure = failureOf(*this, reply))
        return *failure;
    return Nothing{};
}

HttpRequest OnPremDialect::sendCardsRequest(
    const Credentials &credentials, const QString &to, std::span<const Card> cards, const QString &replyTo) const
{
    // The node's message has no `context` (gateways.md 1.8): a reply that would arrive as no reply is not sent at all.
    if (!replyTo.isEmpty() || to.isEmpty() || cards.empty() || cards.size() > std::size_t(mostCards))
        return {};
    HttpRequest request = writeTo(credentials, QByteArrayLiteral("/messages"));
    Json::Object body;
    body.emplace_back(QStringLiteral("to"), withoutJid(to));
    body.emplace_back(QStringLiteral("recipient_type"), QStringLiteral("individual"));
    body.emplace_back(QStringLiteral("type"), QStringLiteral("contacts"));
    body.emplace_back(QStringLiteral("contacts"), contactsJson(cards));
    request.body = Json(std::move(body)).toCompact();
    return request;
}

Result<SendReply> OnPremDialect::readSend(const HttpReply &reply) const
{
    if (!isSuccess(reply))
        return readFailure(reply);
    const Result<Json> body = parseJson(reply.body);
    if (!body)
        return body.failure();
    const Json::Array &messages = (*body)[u"messages"].array();
    SendReply answer;
    if (!messages.empty())
        answer.messageId = messages.front()[u"id"].toString();
    if (answer.messageId.isEmpty())
        return readFailure(reply);
    return answer;
}

} // namespace rollcall
