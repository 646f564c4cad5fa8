// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/dialects/onprem.h"

#include "models/gateways/dialects/internal/node.h"
#include "models/gateways/dialects/internal/replies.h"

#include <QDateTime>
#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTimeZone>
#include <algorithm>

namespace rollcall {

namespace {

constexpr qint64 longestWait = 300'000;
constexpr qsizetype mostKept = 60; ///< characters of a word or id: what comes may be megabytes, and is stored

QString versionIn(const Json &body)
{
    return body[u"meta"][u"version"].toString();
}

/// The body of a successful reply, or the failure it means. A body that carries errors beside `needed` is let through.
Result<Json> successBody(const Dialect &dialect, const HttpReply &reply, QStringView needed)
{
    if (!isSuccess(reply))
        return dialect.readFailure(reply);
    Result<Json> body = parseJson(reply.body);
    if (!body)
        return body;
    if (!(*body).isObject())
        return badReply(reply, QStringLiteral("the answer is not an object"));
    const Json &wanted = (*body)[needed];
    const bool something = !wanted.array().empty() || !wanted.object().empty();
    if (!something && nodeErrorIn(*body))
        return dialect.readFailure(reply);
    if (!body->has(needed))
        return badReply(reply, QStringLiteral("the answer has no \"%1\"").arg(needed));
    return body;
}

VerdictWord meaningOf(const QString &word)
{
    if (word == u"valid")
        return VerdictWord::Valid;
    if (word == u"invalid")
        return VerdictWord::Invalid;
    if (word == u"processing")
        return VerdictWord::Processing;
    return VerdictWord::Failed;
}

NumberAnswer answerOf(const Json &row, const QString &cannotTell)
{
    NumberAnswer answer;
    answer.input = row[u"input"].toString();
    answer.waId = row[u"wa_id"].toString().left(mostKept);
    const Json &status = row[u"status"];
    answer.rawWord = status.toString().left(mostKept);
    answer.word = meaningOf(status.toString());
    if (answer.word == VerdictWord::Failed)
        answer.reason = !status.isString() ? QStringLiteral("no-word")
            : answer.rawWord == u"failed"  ? QStringLiteral("failed")
                                           : QStringLiteral("unknown-word");
    // Such a node cannot tell: its "invalid" is no better than its "valid". What it said stays in rawWord.
    if ((answer.word == VerdictWord::Valid || answer.word == VerdictWord::Invalid) && !cannotTell.isEmpty()) {
        answer.word = VerdictWord::Unverified;
        answer.reason = cannotTell;
    }
    return answer;
}

/// Two rows for one input that do not say the same: neither is believed.
NumberAnswer contradiction(const NumberAnswer &first, const NumberAnswer &second)
{
    NumberAnswer answer;
    answer.input = first.input;
    answer.word = VerdictWord::Failed;
    answer.rawWord = first.rawWord + QStringLiteral(", ") + second.rawWord;
    answer.reason = QStringLiteral("contradiction");
    return answer;
}

/// "2021-09-14 15:29:26+00:00": not ISO 8601, a blank where the T would be (gateways.md 1.1). 0 when it is not that.
qint64 readExpiry(const QString &text)
{
    static const QRegularExpression form(
        QStringLiteral("\\A(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d)([+-])(\\d\\d):(\\d\\d)\\z"));
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return 0;
    const QDate date = QDate::fromString(match.captured(1), Qt::ISODate);
    const QTime time = QTime::fromString(match.captured(2), Qt::ISODate);
    const int offset = (match.captured(4).toInt() * 60 + match.captured(5).toInt()) * 60;
    if (!date.isValid() || !time.isValid() || offset > 14 * 3600)
        return 0;
    const qint64 ms = QDateTime(date, time, Qt::UTC).toMSecsSinceEpoch();
    return match.captured(3) == u"+" ? ms - offset * 1000LL : ms + offset * 1000LL;
}

} // namespace

HttpRequest OnPremDialect::loginRequest(const Credentials &credentials) const
{
    HttpRequest request;
    request.verb = QByteArrayLiteral("POST");
    request.path = QByteArrayLiteral("/users/login");
    const QByteArray pair = credentials.user.toUtf8() + ':' + credentials.password.reveal();
    request.secretHeaders.emplace_back(QByteArrayLiteral("Authorization"), Secret("Basic " + pair.toBase64()));
    // A node whose password must be changed answers 1025 to a body that is not JSON and 1024 to one that is.
    request.body = QByteArrayLiteral("{}");
    request.deadlineMs = usualDeadlineMs;
    return request;
}

Result<Session> OnPremDialect::readLogin(const HttpReply &reply) const
{
    if (!isSuccess(reply)) {
        Failure failure = readFailure(reply);
        if (failure.kind != Failure::Kind::Refused || failure.code != 1024)
            return failure;
        Session session;
        session.mustChangePassword = true;
        return session;
    }
    const Result<Json> body = successBody(*this, reply, u"users");
    if (!body)
        return body.failure();
    const Json::Array &users = (*body)[u"users"].array();
    if (users.size() != 1)
        return badReply(reply, QStringLiteral("the login answer has %1 users").arg(users.size()));
    const QString token = users.front()[u"token"].toString();
    if (!isVisibleAscii(token))
        return badReply(reply, QStringLiteral("the login answer has no usable token"));
    Session session;
    session.token = Secret(token.toLatin1());
    session.expiresAtMs = readExpiry(users.front()[u"expires_after"].toString());
    session.version = versionIn(*body);
    return session;
}

HttpRequest OnPremDialect::checkRequest(
    const Credentials &credentials, std::span<const QString> inputs, const CheckOptions &options) const
{
    // What a node does with the same input twice is not documented: each is sent once.
    Json::Array contacts;
    QSet<QString> seen;
    for (const QString &input : inputs) {
        if (seen.contains(input))
            continue;
        seen.insert(input);
        contacts.emplace_back(input);
    }
    HttpRequest request;
    request.verb = QByteArrayLiteral("POST");
    request.path = QByteArrayLiteral("/contacts");
    request.secretHeaders.push_back(bearer(credentials));
    request.deadlineMs = usualDeadlineMs;
    if (options.wait)
        request.deadlineMs = std::min(longestWait, usualDeadlineMs + 1000 * qint64(contacts.size()));
    Json::Object body;
    body.emplace_back(QStringLiteral("blocking"), options.wait ? QStringLiteral("wait") : QStringLiteral("no_wait"));
    body.emplace_back(QStringLiteral("contacts"), std::move(contacts));
    body.emplace_back(QStringLiteral("force_check"), options.forceCheck);
    request.body = Json(std::move(body)).toCompact();
    return request;
}

Result<CheckReply> OnPremDialect::readCheck(const HttpReply &reply, std::span<const QString> inputs) const
{
    const Result<Json> body = successBody(*this, reply, u"contacts");
    if (!body)
        return body.failure();
    if (!(*body)[u"contacts"].isArray())
        return badReply(reply, QStringLiteral("\"contacts\" is not a list"));
    CheckReply answer;
    answer.version = versionIn(*body);
    const QString whyNot = cannotTell(answer.version);
    QHash<QString, NumberAnswer> rows;
    for (const Json &row : (*body)[u"contacts"].array()) {
        // Rows are matched on `input`, echoed verbatim; their order is not promised. What cannot be matched is ignored.
        if (!row[u"input"].isString())
            continue;
        const NumberAnswer read = answerOf(row, whyNot);
        const auto known = rows.constFind(read.input);
        if (known == rows.constEnd())
            rows.insert(read.input, read);
        else if (known->rawWord != read.rawWord)
            rows.insert(read.input, contradiction(*known, read));
    }
    const std::optional<NodeError> error = nodeErrorIn(*body);
    answer.numbers.reserve(inputs.size());
    for (const QString &input : inputs) {
        NumberAnswer number = rows.value(input);
        if (number.word == VerdictWord::NotChecked) {
            number.input = input;
            number.reason = QStringLiteral("missing");
            number.code = error ? nodeFailure(reply.status, *error).code : 0;
        }
        answer.numbers.push_back(std::move(number));
    }
    return answer;
}

HttpRequest OnPremDialect::healthRequest(const Credentials &credentials) const
{
    HttpRequest request;
    request.verb = QByteArrayLiteral("GET");
    request.path = QByteArrayLiteral("/health");
    request.secretHeaders.push_back(bearer(credentials));
    request.deadlineMs = usualDeadlineMs;
    return request;
}

Result<Health> OnPremDialect::readHealth(const HttpReply &reply, const Credentials &) const
{
    const Result<Json> body = successBody(*this, reply, u"health");
    if (!body)
        return body.failure();
    const Json &health = (*body)[u"health"];
    QStringList words;
    if (health.has(u"gateway_status")) {
        words += health[u"gateway_status"].toString();
    } else {
        // High availability: one entry a container. All cores but one honestly say "disconnected".
        for (const auto &[node, state] : health.object())
            if (state[u"gateway_status"].isString())
                words += state[u"gateway_status"].toString();
    }
    words.removeAll(QString());
    if (words.isEmpty())
        return badReply(reply, QStringLiteral("the health answer has no status"));
    Health answer;
    answer.healthy = words.contains(u"connected"_qs) || words.contains(u"connecting"_qs);
    answer.status = words.join(QStringLiteral(", "));
    answer.version = versionIn(*body);
    return answer;
}

QString OnPremDialect::cannotTell(const QString &version) const
{
    static const QRegularExpression form(QStringLiteral("\\Av?(\\d{1,6})\\.(\\d{1,6})(?![0-9])"));
    const QRegularExpressionMatch match = form.match(version);
    if (!match.hasMatch())
        return {};
    const int major = match.captured(1).toInt();
    const int minor = match.captured(2).toInt();
    // From v2.43 on the node says "valid" to every number (gateways.md section 0, 2).
    return major > 2 || (major == 2 && minor >= 43) ? QStringLiteral("version>=2.43") : QString();
}

Failure OnPremDialect::readFailure(const HttpReply &reply) const
{
    const Result<Json> body = parseJson(reply.body);
    const std::optional<NodeError> error = body ? nodeErrorIn(*body) : std::nullopt;
    if (error)
        return nodeFailure(reply.status, *error);
    // Without the node's envelope (a proxy's page, a wrong address) only these statuses mean what they say.
    if (reply.status == 401 || reply.status == 403 || reply.status == 429 || reply.status >= 500)
        return nodeFailure(reply.status, {});
    return badReply(reply, QStringLiteral("HTTP %1 without the node's own error").arg(reply.status));
}

} // namespace rollcall
