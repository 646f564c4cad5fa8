// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/dialects/wawp.h"

#include "models/base/json.h"
#include "models/formats/vcardwriter.h"
#include "models/gateways/dialects/internal/replies.h"
#include "models/gateways/dialects/internal/wawperror.h"
#include "models/gateways/dialects/internal/wawpid.h"

#include <algorithm>

namespace rollcall {

namespace {

// A session that does not work makes the gateway wait before it says so (gateways.md 4.3).
constexpr qint64 deadline = 90'000;
constexpr int mostRows = 100; ///< per page; Capabilities::pageSize
constexpr qint64 mostOffset = 10'000'000;

using Parameters = std::initializer_list<std::pair<const char *, QString>>;

/// A GET: instance_id, access_token, then the parameters in the order given, all in the query. The token goes as a
/// header too: the vendor's sources differ in where it is read (gateways.md 4.1).
/// `route` may hold "{}", which becomes `segment` in the path.
HttpRequest reading(
    const Credentials &credentials, QByteArray route, const Parameters &parameters, const QString &segment = {})
{
    HttpRequest request;
    request.verb = QByteArrayLiteral("GET");
    request.shownPath = route;
    request.path = route.replace("{}", percentEncoded(segment));
    request.path += "?instance_id=" + percentEncoded(credentials.sender);
    request.path += "&access_token=" + credentials.token.reveal().toPercentEncoding();
    for (const auto &[name, value] : parameters) {
        request.path += QByteArray("&") + name + '=' + percentEncoded(value);
        request.shownPath += QByteArray(request.shownPath.contains('?') ? "&" : "?") + name;
    }
    request.secretHeaders.emplace_back(QByteArrayLiteral("access-token"), credentials.token);
    request.deadlineMs = deadline;
    return request;
}

/// A POST that writes: instance_id, access_token, then `more`, all in the JSON body.
HttpRequest writing(const Credentials &credentials, const QByteArray &route, Json::Object more)
{
    HttpRequest request;
    request.verb = QByteArrayLiteral("POST");
    request.path = route;
    request.shownPath = route;
    request.secretHeaders.emplace_back(QByteArrayLiteral("access-token"), credentials.token);
    Json::Object body;
    body.emplace_back(QStringLiteral("instance_id"), credentials.sender);
    body.emplace_back(QStringLiteral("access_token"), QString::fromUtf8(credentials.token.reveal()));
    for (Json::Member &member : more)
        body.push_back(std::move(member));
    request.body = Json(std::move(body)).toCompact();
    request.write = true;
    request.deadlineMs = deadline;
    return request;
}

/// A GET about one person, by chat id; none when `who` is no person.
HttpRequest readingOf(const Credentials &credentials, const QByteArray &route, const QString &who)
{
    const QString chat = wawpChat(who);
    return chat.isEmpty() ? HttpRequest{} : reading(credentials, route, {{"contactId", chat}});
}

HttpRequest blocking(const Credentials &credentials, const QByteArray &route, std::span<const QString> people)
{
    const QString chat = people.size() == 1 ? wawpChat(people.front()) : QString();
    if (chat.isEmpty())
        return {};
    Json::Object body;
    body.emplace_back(QStringLiteral("contactId"), chat);
    return writing(credentials, route, std::move(body));
}

int rowsAsked(const PageAsk &page)
{
    return std::clamp(page.limit, 1, mostRows);
}

/// The cursor is the offset as text.
std::optional<qint64> offsetOf(const PageAsk &page)
{
    if (page.cursor.isEmpty())
        return 0;
    const qint64 offset = isWawpDigits(page.cursor) ? page.cursor.toLongLong() : 0;
    return offset > 0 && offset <= mostOffset ? std::optional(offset) : std::nullopt;
}

/// WAHA puts these texts into a vCard as they are: what means something there must not be in them.
bool isPlain(const QString &text)
{
    return std::none_of(text.begin(), text.end(), [](QChar c) {
        return c < u' ' || c == u'\\' || c == u',' || c == u';' || c == QChar(0x7f) || c == QChar(0x85)
            || c == QChar(0x2028) || c == QChar(0x2029);
    });
}

/// Does a card hold no more than the gateway's simple form: one name, one company, one mobile number?
bool isSimple(const Card &card)
{
    QStringList parts{card.name.prefix, card.name.first, card.name.middle, card.name.last, card.name.suffix};
    parts.removeAll(QString());
    const bool oneName = !card.name.formatted.isEmpty() && (parts.isEmpty() || parts.join(u' ') == card.name.formatted);
    const bool onePhone = card.phones.size() == 1 && !card.phones.front().phone.isEmpty()
        && (card.phones.front().type.isEmpty() || card.phones.front().type == u"CELL")
        && isPlain(card.phones.front().phone);
    return oneName && onePhone && card.org.department.isEmpty() && card.org.title.isEmpty() && card.emails.empty()
        && card.urls.empty() && card.addresses.empty() && card.birthday.isEmpty() && isPlain(card.name.formatted)
        && isPlain(card.org.company);
}

/// {fullName, organization, phoneNumber, whatsappId} without those that are empty, or {vcard}.
Json contactOf(const Card &card)
{
    Json::Object row;
    if (!isSimple(card)) {
        row.emplace_back(QStringLiteral("vcard"), QString::fromUtf8(vCardOf(card)));
        return row;
    }
    row.emplace_back(QStringLiteral("fullName"), card.name.formatted);
    if (!card.org.company.isEmpty())
        row.emplace_back(QStringLiteral("organization"), card.org.company);
    row.emplace_back(QStringLiteral("phoneNumber"), card.phones.front().phone);
    if (isWawpDigits(card.phones.front().waId))
        row.emplace_back(QStringLiteral("whatsappId"), card.phones.front().waId);
    return row;
}

Failure notAnObject(const HttpReply &reply)
{
    return badReply(reply, QStringLiteral("the answer is not an object"));
}

} // namespace

bool WawpDialect::canAsk(const QString &input) const
{
    // "00…" is no international prefix here, and E.164 ends at 15 digits.
    return input.size() >= 2 && input.size() <= 16 && input[0] == u'+' && input[1] != u'0'
        && isWawpDigits(QStringView(input).sliced(1));
}

HttpRequest WawpDialect::checkRequest(
    const Credentials &credentials, std::span<const QString> inputs, const CheckOptions &) const
{
    if (inputs.size() != 1 || !canAsk(inputs.front()))
        return {};
    // Digits alone: a '+' that anybody on the way decodes once too often is a blank.
    return reading(credentials, "/v2/contacts/check-exists", {{"phone", inputs.front().mid(1)}});
}

Result<CheckReply> WawpDialect::readCheck(const HttpReply &reply, std::span<const QString> inputs) const
{
    const Result<Json> body = wawpBody(reply);
    if (!body)
        return body.failure();
    if (!body->isObject())
        return notAnObject(reply);
    if (!body->has(u"numberExists"))
        return badReply(reply, QStringLiteral("the answer has no \"numberExists\""));
    CheckReply answer;
    for (const QString &input : inputs) {
        NumberAnswer number;
        number.input = input;
        number.reason = QStringLiteral("missing");
        answer.numbers.push_back(number);
    }
    if (answer.numbers.size() != 1)
        return answer; // whose number exists cannot be told
    NumberAnswer &number = answer.numbers.front();
    const Json &exists = (*body)[u"numberExists"];
    number.rawWord = QString::fromUtf8(exists.toCompact()).left(60);
    number.reason.clear();
    if (!exists.isBool()) {
        number.word = VerdictWord::Failed;
        number.reason = QStringLiteral("unknown-word");
        return answer;
    }
    number.word = exists.toBool() ? VerdictWord::Valid : VerdictWord::Invalid;
    if (exists.toBool()) {
        // Often not the digits asked (Brazil). A LID is kept as it stands: its digits are no number.
        const QString chat = wawpIdIn((*body)[u"chatId"]);
        number.waId = wawpNumber(chat).isEmpty() ? wawpLid(chat) : wawpNumber(chat);
    }
    return answer;
}

HttpRequest WawpDialect::healthRequest(const Credentials &credentials) const
{
    return reading(credentials, "/v2/session/info", {});
}

Result<Health> WawpDialect::readHealth(const HttpReply &reply, const Credentials &) const
{
    const Result<Json> body = wawpBody(reply);
    if (!body)
        return body.failure();
    Health health;
    health.status = (*body)[u"status"].toString().left(60);
    if (health.status.isEmpty())
        return badReply(reply, QStringLiteral("the session has no status"));
    health.healthy = health.status == u"WORKING";
    return health;
}

HttpRequest WawpDialect::contactsRequest(const Credentials &credentials, const PageAsk &page) const
{
    const std::optional<qint64> offset = offsetOf(page);
    if (!offset)
        return {};
    // In a fixed order: what comes and goes between two pages moves as few rows as it can.
    return reading(credentials, "/v2/contacts/all",
        {{"limit", QString::number(rowsAsked(page))}, {"offset", QString::number(*offset)},
            {"sortBy", QStringLiteral("id")}, {"sortOrder", QStringLiteral("asc")}});
}

Result<GatewayContactsPage> WawpDialect::readContacts(const HttpReply &reply, const PageAsk &page) const
{
    const Result<Json> body = wawpBody(reply);
    if (!body)
        return body.failure();
    if (!body->isArray())
        return badReply(reply, QStringLiteral("the answer is not a list"));
    GatewayContactsPage answer;
    for (const Json &row : body->array())
        if (row.isObject())
            answer.contacts.push_back(wawpContactOf(row));
    const std::optional<qint64> offset = offsetOf(page);
    if (offset && body->array().size() == size_t(rowsAsked(page)) && *offset + rowsAsked(page) <= mostOffset)
        answer.next = QString::number(*offset + rowsAsked(page));
    return answer;
}

HttpRequest WawpDialect::contactRequest(const Credentials &credentials, const QString &who) const
{
    return readingOf(credentials, "/v2/contacts", who);
}

Result<GatewayContact> WawpDialect::readContact(const HttpReply &reply) const
{
    const Result<Json> body = wawpBody(reply);
    if (!body)
        return body.failure();
    if (!body->isObject())
        return notAnObject(reply);
    return wawpContactOf(*body);
}

HttpRequest WawpDialect::aboutRequest(const Credentials &credentials, const QString &who) const
{
    return readingOf(credentials, "/v2/contacts/about", who);
}

Result<QString> WawpDialect::readAbout(const HttpReply &reply) const
{
    const Result<Json> body = wawpBody(reply);
    if (!body)
        return body.failure();
    if (!body->isObject() && !body->isNull())
        return notAnObject(reply);
    const Json &about = (*body)[u"about"];
    if (!about.isString() && !about.isNull())
        return badReply(reply, QStringLiteral("\"about\" is no text"));
    return about.toString();
}

HttpRequest WawpDialect::photoRequest(const Credentials &credentials, const QString &who) const
{
    return readingOf(credentials, "/v2/contacts/profile-picture", who);
}

Result<QUrl> WawpDialect::readPhoto(const HttpReply &reply) const
{
    const Result<Json> body = wawpBody(reply);
    if (!body) {
        const WawpTrouble trouble = wawpTrouble(reply);
        const bool hidden = body.failure().kind == Failure::Kind::Refused && body.failure().code == 404;
        return hidden && !trouble.aboutSession ? Result<QUrl>(QUrl()) : body.failure();
    }
    if (!body->isObject() && !body->isNull())
        return notAnObject(reply);
    for (const QStringView name : {QStringView(u"url"), QStringView(u"profilePictureURL")}) {
        const Json &link = (*body)[name];
        if (link.isNull() || (link.isString() && link.toString().isEmpty()))
            continue;
        const QUrl url = wawpLinkIn(link);
        return url.isEmpty() ? badReply(reply, QStringLiteral("the picture's link is none")) : Result<QUrl>(url);
    }
    return QUrl();
}

HttpRequest WawpDialect::lidOfRequest(const Credentials &credentials, const QString &number) const
{
    const QString digits = wawpNumber(number);
    return digits.isEmpty() ? HttpRequest{} : reading(credentials, "/v2/lids/pn/{}", {}, digits);
}

HttpRequest WawpDialect::numberOfRequest(const Credentials &credentials, const QString &lid) const
{
    return wawpLid(lid).isEmpty() ? HttpRequest{} : reading(credentials, "/v2/lids/{}", {}, lid);
}

Result<LidPair> WawpDialect::readLid(const HttpReply &reply) const
{
    const Result<Json> body = wawpBody(reply);
    if (!body)
        return body.failure();
    if (!body->isObject())
        return notAnObject(reply);
    if (!body->has(u"lid") && !body->has(u"number") && !body->has(u"pn"))
        return badReply(reply, QStringLiteral("the answer has neither a LID nor a number"));
    LidPair pair;
    const QString lid = (*body)[u"lid"].toString();
    pair.lid = isWawpDigits(lid) ? QString(lid + QLatin1String("@lid")) : wawpLid(lid);
    pair.number = wawpNumber((*body)[u"number"].toString());
    if (pair.number.isEmpty())
        pair.number = wawpNumber((*body)[u"pn"].toString());
    return pair;
}

HttpRequest WawpDialect::blockRequest(const Credentials &credentials, std::span<const QString> people) const
{
    return blocking(credentials, "/v2/contacts/block", people);
}

HttpRequest WawpDialect::unblockRequest(const Credentials &credentials, std::span<const QString> people) const
{
    return blocking(credentials, "/v2/contacts/unblock", people);
}

Result<BlockReply> WawpDialect::readBlock(const HttpReply &reply, std::span<const QString> people, bool) const
{
    BlockReply answer;
    for (const QString &input : people)
        answer.people.push_back({.input = input});
    const Result<Json> body = wawpBody(reply);
    if (!body) {
        const bool refused = body.failure().kind == Failure::Kind::Refused && !wawpTrouble(reply).aboutSession;
        if (!refused || answer.people.size() != 1)
            return body.failure();
        answer.people.front().outcome = BlockAnswer::Outcome::Refused;
        answer.people.front().code = body.failure().code;
        answer.people.front().detail = body.failure().detail;
        return answer;
    }
    // An empty 201 is all a success says. Any other JSON without an error is one too, unless its result is no boolean.
    const Json &result = (*body)[u"result"];
    const bool clear = body->isNull() || body->toBool() || (body->isObject() && (result.isNull() || result.toBool()));
    if (clear && answer.people.size() == 1)
        answer.people.front().outcome = BlockAnswer::Outcome::Done;
    return answer;
}

HttpRequest WawpDialect::sendCardsRequest(
    const Credentials &credentials, const QString &to, std::span<const Card> cards, const QString &replyTo) const
{
    const QString chat = wawpChat(to);
    if (chat.isEmpty() || cards.empty())
        return {};
    Json::Array contacts;
    for (const Card &card : cards)
        contacts.push_back(contactOf(card));
    Json::Object body;
    body.emplace_back(QStringLiteral("chatId"), chat);
    body.emplace_back(QStringLiteral("contacts"), std::move(contacts));
    if (!replyTo.isEmpty())
        body.emplace_back(QStringLiteral("reply_to"), replyTo);
    return writing(credentials, "/v2/send/contact", std::move(body));
}

Result<SendReply> WawpDialect::readSend(const HttpReply &reply) const
{
    const Result<Json> body = wawpBody(reply);
    if (!body)
        return body.failure();
    // The form of the message object is not documented: the engines behind it name the id in these three ways.
    const bool several = body->isArray() && !body->array().empty();
    const Json &message = several ? body->array().front() : *body;
    if (!message.isObject() && !body->isNull())
        return notAnObject(reply);
    SendReply answer;
    answer.messageId = wawpIdIn(message[u"id"]);
    if (answer.messageId.isEmpty())
        answer.messageId = message[u"key"][u"id"].toString();
    answer.waId = wawpNumber(wawpIdIn(message[u"to"]));
    answer.status = message[u"status"].toString().left(60);
    return answer;
}

Failure WawpDialect::readFailure(const HttpReply &reply) const
{
    const Result<Json> body = parseJson(reply.body);
    if (isSuccess(reply) && !(body && hasWawpError(*body)))
        return badReply(reply, QStringLiteral("HTTP %1 without an error").arg(reply.status));
    return wawpTrouble(reply).failure;
}

bool WawpDialect::isEngineWord(const HttpReply &reply) const
{
    return wawpTrouble(reply).engineSaysNo;
}

} // namespace rollcall
