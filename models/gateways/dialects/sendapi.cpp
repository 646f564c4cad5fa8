// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/dialects/sendapi.h"

#include "models/gateways/dialects/internal/replies.h"

#include <algorithm>
#include <array>

namespace rollcall {

namespace {

constexpr int mostPerPage = 100; // vendor page B: per_page, max
constexpr qint64 mostPages = 10'000; // a million people: a list that goes on beyond that does not end
constexpr qint64 firstPlausibleReset = 1'000'000'000; // unix seconds, 2001: less is no time of day
constexpr qint64 lastPlausibleReset = 253'402'300'799; // year 9999

struct KnownError {
    QLatin1StringView type;
    int code;
    Failure::Kind kind;
};

/// gateways.md 2.3. The type comes first: the code is an integer in the documents and text in the vendor's client.
constexpr std::array knownErrors{
    KnownError{QLatin1StringView("missing_api_key"), 4010, Failure::Kind::Unauthorised},
    KnownError{QLatin1StringView("invalid_api_key"), 4011, Failure::Kind::Unauthorised},
    KnownError{QLatin1StringView("revoked_api_key"), 4012, Failure::Kind::Unauthorised},
    KnownError{QLatin1StringView("expired_api_key"), 4013, Failure::Kind::Unauthorised},
    KnownError{QLatin1StringView("subscription_required"), 402, Failure::Kind::Refused},
    KnownError{QLatin1StringView("subscription_expired"), 402, Failure::Kind::Refused},
    KnownError{QLatin1StringView("email_quota_exceeded"), 402, Failure::Kind::Refused},
    KnownError{QLatin1StringView("sms_balance_low"), 4021, Failure::Kind::Refused},
    KnownError{QLatin1StringView("quota_exceeded"), 4028, Failure::Kind::Refused},
    KnownError{QLatin1StringView("insufficient_scope"), 4030, Failure::Kind::Refused},
    KnownError{QLatin1StringView("rate_limit_exceeded"), 4029, Failure::Kind::RateLimited},
};

/// Success is {"data": …} by the vendor's own client, and bare by the check's page: both are read everywhere.
const Json &unwrapped(const Json &body)
{
    return body.has(u"data") ? body[u"data"] : body;
}

bool saysFailure(const Json &body)
{
    return body[u"error"].isObject() || (body[u"success"].isBool() && !body[u"success"].toBool());
}

/// The body of a success, or the failure it means.
Result<Json> successBody(const Dialect &dialect, const HttpReply &reply)
{
    if (!isSuccess(reply))
        return dialect.readFailure(reply);
    Result<Json> body = parseJson(reply.body);
    if (body && saysFailure(*body))
        return dialect.readFailure(reply);
    return body;
}

bool isDigits(QStringView text)
{
    return !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() >= u'0' && c.unicode() <= u'9'; });
}

/// A number or id as text; integers keep every digit.
QString textOf(const Json &value)
{
    return value.isNumber() ? QString::fromLatin1(value.toCompact()) : value.toString();
}

QStringView digitsOf(QStringView number)
{
    return number.startsWith(u'+') ? number.mid(1) : number;
}

/// "447700900000" of "447700900000@s.whatsapp.net". What stands before a "@lid" is no number.
QString waIdOf(const QString &jid)
{
    const qsizetype at = jid.indexOf(u'@');
    const QStringView host = at < 0 ? QStringView() : QStringView(jid).mid(at + 1);
    if (host != u"s.whatsapp.net" && host != u"c.us")
        return {};
    const QString id = jid.left(at);
    return isDigits(id) && id.size() <= 20 ? id : QString();
}

std::optional<qint64> integerIn(const QByteArray &header)
{
    const QByteArray text = header.trimmed();
    if (text.isEmpty() || text.size() > 15 || !isDigits(QString::fromLatin1(text)))
        return std::nullopt;
    return text.toLongLong();
}

/// What it asks to wait, clamped to an hour (gateways.md 6.4): the header, and the field of the older revision. The
/// longer one counts. A header with a date needs a clock and is read above.
std::optional<std::chrono::seconds> pauseIn(const HttpReply &reply, const Json &body)
{
    std::optional<qint64> pause = integerIn(reply.header("retry-after"));
    for (const Json *field : {&body[u"error"][u"retry_after"], &body[u"retry_after"]})
        if (const std::optional<qint64> told = field->toInteger(true); told && *told >= 0)
            pause = std::max(pause.value_or(0), *told);
    if (!pause)
        return std::nullopt;
    return std::chrono::seconds(std::min<qint64>(*pause, 3600));
}

Failure::Kind kindOf(int status)
{
    if (status == 401 || status == 403)
        return Failure::Kind::Unauthorised;
    if (status == 429)
        return Failure::Kind::RateLimited;
    return status >= 500 ? Failure::Kind::GatewayError : Failure::Kind::Refused;
}

/// Subscription, balance, quota, scope; and a session that is gone: its types are not documented (gateways.md 2.3), but
/// what names a session names no number.
bool isAboutAccount(const Failure &failure, const QString &word, const Json &error, bool isKnown)
{
    if (failure.kind != Failure::Kind::Refused)
        return false;
    const QString told = word.isEmpty() ? error[u"message"].toString().left(200) : word;
    return isKnown || failure.code == 402 || failure.code == 410 || told.contains(u"session", Qt::CaseInsensitive);
}

/// Page of a cursor, from 1; 0 = it is none of ours.
qint64 pageOf(const PageAsk &page)
{
    if (page.cursor.isEmpty())
        return 1;
    return isDigits(page.cursor) && page.cursor.size() <= 6 ? page.cursor.toLongLong() : 0;
}

int perPageOf(const PageAsk &page)
{
    return std::clamp(page.limit, 1, mostPerPage);
}

GatewayContact contactOf(const Json &row)
{
    GatewayContact contact;
    const QString phone = textOf(row[u"phone"]);
    if (phone.contains(u'@')) {
        contact.chatId = phone;
        contact.number = waIdOf(phone);
        contact.other = phone.endsWith(u"@g.us") || phone.endsWith(u"@newsletter") || phone.endsWith(u"@broadcast");
    } else if (isDigits(digitsOf(phone))) {
        contact.number = phone;
    }
    contact.name = row[u"name"].toString(); // may be null for somebody who is not saved (gateways.md 2.1)
    contact.saved = !contact.name.isEmpty();
    // null, absent or "": none, or hidden.
    const QUrl photo(row[u"profile_picture_url"].toString(), QUrl::StrictMode);
    if (photo.isValid() && photo.scheme() == u"https" && !photo.host().isEmpty())
        contact.photo = photo;
    const Json &user = row[u"is_whatsapp_user"];
    if (user.isBool())
        contact.onWhatsApp = user.toBool();
    return contact;
}

HttpRequest read(const Credentials &credentials, const QByteArray &path)
{
    HttpRequest request;
    request.verb = QByteArrayLiteral("GET");
    request.path = path;
    request.secretHeaders.push_back(bearer(credentials));
    request.deadlineMs = usualDeadlineMs;
    return request;
}

} // namespace

bool SendApiDialect::canAsk(const QString &input) const
{
    // No country code begins with 0: "+0049…" is a number that was put together wrongly.
    return input.startsWith(u'+') && input.size() <= 16 && isDigits(digitsOf(input)) && input.at(1) != u'0';
}

HttpRequest SendApiDialect::checkRequest(
    const Credentials &credentials, std::span<const QString> inputs, const CheckOptions &) const
{
    if (inputs.size() != 1 || !canAsk(inputs.front()))
        return {};
    // The page shows a raw '+'; %2B is the same in a path and safer (gateways.md 6.6).
    return read(credentials,
        "/whatsapp/contacts/" + percentEncoded(inputs.front())
            + "/check?session_id=" + percentEncoded(credentials.sender));
}

Result<CheckReply> SendApiDialect::readCheck(const HttpReply &reply, std::span<const QString> inputs) const
{
    if (inputs.size() != 1)
        return Failure{Failure::Kind::BadInput, QStringLiteral("%1 numbers in one check").arg(inputs.size())};
    const Result<Json> body = successBody(*this, reply);
    if (!body)
        return body.failure();
    const Json &told = unwrapped(*body);
    const Json &user = told[u"is_whatsapp_user"];
    if (!user.isBool())
        return badReply(reply, QStringLiteral("the answer has no boolean \"is_whatsapp_user\""));
    // `phone` is the question's echo (whatsapp_id is the one that may differ, gateways.md 6.2): another number's answer
    // is nobody's verdict.
    const QString echo = textOf(told[u"phone"]);
    if (!echo.isEmpty() && digitsOf(echo) != digitsOf(inputs.front()))
        return badReply(reply, QStringLiteral("the answer is about another number"));
    NumberAnswer answer;
    answer.input = inputs.front();
    answer.word = user.toBool() ? VerdictWord::Valid : VerdictWord::Invalid;
    answer.rawWord = user.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    if (user.toBool())
        answer.waId = waIdOf(told[u"whatsapp_id"].toString());
    CheckReply result;
    result.numbers.push_back(answer);
    return result;
}

HttpRequest SendApiDialect::healthRequest(const Credentials &credentials) const
{
    return read(credentials, QByteArrayLiteral("/whatsapp/sessions"));
}

Result<Health> SendApiDialect::readHealth(const HttpReply &reply, const Credentials &credentials) const
{
    const Result<Json> body = successBody(*this, reply);
    if (!body)
        return body.failure();
    const Json &sessions = unwrapped(*body);
    if (!sessions.isArray())
        return badReply(reply, QStringLiteral("the answer has no list of sessions"));
    Health health;
    for (const Json &session : sessions.array()) {
        // "sess_…" in the documents, an integer in the vendor's own client (gateways.md 2.2).
        if (credentials.sender.isEmpty() || textOf(session[u"id"]) != credentials.sender)
            continue;
        const QString status = session[u"status"].toString();
        if (status.isEmpty())
            return badReply(reply, QStringLiteral("the session has no status"));
        health.status = ownWords(status);
        health.healthy = status == u"connected";
        return health;
    }
    const qint64 total = (*body)[u"meta"][u"total"].toInteger(true).value_or(-1);
    health.status
        = total > qint64(sessions.array().size()) ? QStringLiteral("not-on-first-page") : QStringLiteral("not-found");
    return health;
}

HttpRequest SendApiDialect::contactsRequest(const Credentials &credentials, const PageAsk &page) const
{
    const qint64 number = pageOf(page);
    if (number == 0)
        return {};
    return read(credentials,
        "/whatsapp/contacts?session_id=" + percentEncoded(credentials.sender) + "&page=" + QByteArray::number(number)
            + "&per_page=" + QByteArray::number(perPageOf(page)));
}

Result<GatewayContactsPage> SendApiDialect::readContacts(const HttpReply &reply, const PageAsk &page) const
{
    const Result<Json> body = successBody(*this, reply);
    if (!body)
        return body.failure();
    const Json &rows = unwrapped(*body);
    if (!rows.isArray())
        return badReply(reply, QStringLiteral("the answer has no list of contacts"));
    const Json &meta = (*body)[u"meta"];
    const qint64 number = pageOf(page);
    if (number == 0 || meta[u"page"].toInteger(true).value_or(number) != number)
        return badReply(reply, QStringLiteral("the answer is another page than the one asked"));
    if (number >= mostPages)
        return badReply(reply, QStringLiteral("the list does not end"));
    // A gateway that gives fewer rows a page than asked says so; else the last pages would be lost.
    qint64 perPage = meta[u"per_page"].toInteger(true).value_or(0);
    if (perPage < 1 || perPage > perPageOf(page))
        perPage = perPageOf(page);
    GatewayContactsPage answer;
    answer.total = std::max<qint64>(meta[u"total"].toInteger(true).value_or(-1), -1);
    const qint64 came = qint64(rows.array().size());
    const bool more = answer.total >= 0 ? number * perPage < answer.total : came >= perPage;
    if (came > 0 && more)
        answer.next = QString::number(number + 1);
    answer.contacts.reserve(rows.array().size());
    for (const Json &row : rows.array())
        if (row.isObject())
            answer.contacts.push_back(contactOf(row));
    return answer;
}

std::optional<RateHint> SendApiDialect::rateHint(const HttpReply &reply) const
{
    const std::optional<qint64> limit = integerIn(reply.header("x-ratelimit-limit"));
    const std::optional<qint64> remaining = integerIn(reply.header("x-ratelimit-remaining"));
    const std::optional<qint64> reset = integerIn(reply.header("x-ratelimit-reset"));
    if (!limit && !remaining && !reset)
        return std::nullopt;
    constexpr qint64 most = 1'000'000;
    RateHint hint;
    hint.perMinute = int(std::min(limit.value_or(0), most));
    hint.remaining = int(std::min(remaining.value_or(-1), most));
    if (reset && *reset >= firstPlausibleReset && *reset <= lastPlausibleReset)
        hint.resetAtMs = *reset * 1000;
    return hint;
}

Failure SendApiDialect::readFailure(const HttpReply &reply) const
{
    const Result<Json> read = parseJson(reply.body);
    const Json body = read ? *read : Json();
    const Json &error = body[u"error"];
    const bool statusSpeaks = reply.status == 401 || reply.status == 402 || reply.status == 403 || reply.status == 429
        || reply.status >= 500;
    // Without sendapi's envelope (a proxy's page, a wrong address) only these statuses mean what they say.
    if (!error.isObject() && !statusSpeaks)
        return badReply(reply, QStringLiteral("HTTP %1 without the gateway's own error").arg(reply.status));
    const QString type = error[u"type"].toString();
    const int code = codeOf(error[u"code"]);
    const auto byType
        = std::find_if(knownErrors.begin(), knownErrors.end(), [&](const KnownError &e) { return e.type == type; });
    // The vendor's client takes `code` for a type when it is text.
    const QString codeWord = error[u"code"].toString();
    const auto byCode = std::find_if(knownErrors.begin(), knownErrors.end(),
        [&](const KnownError &e) { return (code != 0 && e.code == code) || e.type == codeWord; });
    const auto known = byType != knownErrors.end() ? byType : byCode;
    Failure failure;
    if (known != knownErrors.end()) {
        failure.kind = known->kind;
        failure.code = known->code;
    } else {
        failure.kind = kindOf(reply.status);
        failure.code = code != 0 ? code : reply.status;
    }
    const QString word = ownWords(type.isEmpty() ? codeWord : type);
    failure.detail = QStringLiteral("HTTP %1, code %2, %3").arg(reply.status).arg(code).arg(word);
    if (failure.kind == Failure::Kind::Refused)
        failure.subject = word.isEmpty() ? ownWords(error[u"message"].toString()) : word;
    if (failure.kind == Failure::Kind::RateLimited)
        failure.retryAfter = pauseIn(reply, body);
    failure.aboutAccount = isAboutAccount(failure, word, error, known != knownErrors.end()) || reply.status == 402;
    return failure;
}

} // namespace rollcall
