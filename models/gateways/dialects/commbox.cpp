// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/dialects/commbox.h"

#include "models/gateways/dialects/internal/replies.h"

#include <algorithm>

namespace rollcall {

namespace {

constexpr qsizetype mostDigits = 20; // gateways.md section 3, from CommBox's own User.Phone1

/// The stream id for the path, encoded exactly once. The console shows it encoded ("…%3d%3d"), other places decoded
/// ("…=="), and a copied address may hold it encoded twice; '%' itself is no character of an id.
QByteArray streamInPath(const QString &typed)
{
    QByteArray id = typed.trimmed().toUtf8();
    for (int round = 0; round < 3; ++round) {
        const QByteArray decoded = QByteArray::fromPercentEncoding(id);
        if (decoded == id)
            break;
        id = decoded;
    }
    return id.toPercentEncoding();
}

} // namespace

bool CommBoxDialect::canAsk(const QString &input) const
{
    if (!input.startsWith(u'+') || input.size() < 2 || input.size() > 1 + mostDigits)
        return false;
    const QStringView digits = QStringView(input).mid(1);
    // Country code first, and no 00 before it: no country code begins with 0.
    return digits.front() != u'0' && std::all_of(digits.begin(), digits.end(), [](QChar c) {
        return c.unicode() >= u'0' && c.unicode() <= u'9';
    });
}

HttpRequest CommBoxDialect::checkRequest(
    const Credentials &credentials, std::span<const QString> inputs, const CheckOptions &) const
{
    if (inputs.size() != 1 || !canAsk(inputs.front()))
        return {};
    HttpRequest request;
    request.verb = QByteArrayLiteral("GET");
    request.path
        = "/whatsapp/validatecontact/" + streamInPath(credentials.sender) + '/' + inputs.front().mid(1).toLatin1();
    request.secretHeaders.push_back(bearer(credentials));
    request.deadlineMs = usualDeadlineMs;
    return request;
}

Result<CheckReply> CommBoxDialect::readCheck(const HttpReply &reply, std::span<const QString> inputs) const
{
    if (inputs.size() != 1)
        return Failure{Failure::Kind::BadInput, QStringLiteral("%1 numbers in one check").arg(inputs.size())};
    if (!isSuccess(reply))
        return readFailure(reply);
    const Result<Json> body = parseJson(reply.body);
    if (!body)
        return body.failure();
    const Json &valid = (*body)[u"data"][u"valid"];
    if (!valid.isBool())
        return badReply(reply, QStringLiteral("the answer has no boolean \"data.valid\""));
    NumberAnswer answer;
    answer.input = inputs.front();
    answer.word = valid.toBool() ? VerdictWord::Valid : VerdictWord::Invalid;
    answer.rawWord = valid.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    CheckReply result;
    result.numbers.push_back(answer);
    return result;
}

Failure CommBoxDialect::readFailure(const HttpReply &reply) const
{
    const Result<Json> body = parseJson(reply.body);
    const QString description = body ? ownWords((*body)[u"description"].toString()) : QString();
    Failure failure;
    failure.code = reply.status;
    failure.detail = QStringLiteral("HTTP %1, %2").arg(reply.status).arg(description);
    if (reply.status == 401 || reply.status == 403) {
        failure.kind = Failure::Kind::Unauthorised;
    } else if (reply.status == 429) {
        // Whether a Retry-After comes is not documented; where it does, it is read above.
        failure.kind = Failure::Kind::RateLimited;
    } else if (reply.status == 501) {
        failure.kind = Failure::Kind::Unsupported; // an older revision lists it: this channel cannot do the call
    } else if (reply.status >= 500) {
        failure.kind = Failure::Kind::GatewayError;
    } else if (reply.status >= 400 && (reply.body.isEmpty() || (body && (*body).isObject()))) {
        // An older revision answers errors without a body (gateways.md section 3).
        failure.kind = Failure::Kind::Refused;
        failure.subject = description;
        // A number that is not on WhatsApp is `valid:false`; what is not found here is the channel of the stream id.
        failure.aboutAccount = reply.status == 404 || reply.status == 402;
    } else {
        return badReply(reply, QStringLiteral("HTTP %1 without the gateway's own error").arg(reply.status));
    }
    return failure;
}

} // namespace rollcall
