// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/dialects/internal/graph.h"

#include "models/gateways/dialects/internal/replies.h"

#include <QRegularExpression>
#include <algorithm>
#include <array>

namespace rollcall {

namespace {

using Kind = Failure::Kind;

bool isThrottle(const GraphError &error)
{
    // 4 and 80007 are Graph's own "too many calls" of an app and of a business account.
    static constexpr std::array codes{4, 80007, graphcode::tooMany, graphcode::pairRate};
    return std::find(codes.begin(), codes.end(), error.code) != codes.end();
}

bool isAboutTheKey(int code)
{
    // 3 and 10: no permission; 200 to 299: no permission for one part of the API.
    return code == graphcode::tokenExpired || code == 3 || code == 10 || (code >= 200 && code <= 299);
}

bool isTheirTrouble(const GraphError &error)
{
    // 1, 2: Graph's "unknown" and "service"; 131000: something went wrong; 131016: unavailable; 133004: overloaded.
    static constexpr std::array codes{graphcode::internal, 1, 2, 131000, 131016, 133004};
    return error.isTransient || std::find(codes.begin(), codes.end(), error.code) != codes.end();
}

Kind kindOfGraph(int status, const GraphError &error)
{
    if (status == 429 || isThrottle(error))
        return Kind::RateLimited;
    if (status == 401 || status == 403 || isAboutTheKey(error.code))
        return Kind::Unauthorised;
    if (status >= 500 || isTheirTrouble(error))
        return Kind::GatewayError;
    return Kind::Refused;
}

/// 360dialog's own words; its list of messages is gateways.md 5.4 and the page it names there (E4).
Failure dialog360Failure(int status, const GraphError &error)
{
    const auto says = [&error](QLatin1String words) { return error.words.contains(words, Qt::CaseInsensitive); };
    Failure failure;
    failure.code = status;
    if (status == 429 || says(QLatin1String("rate limit")) || says(QLatin1String("exceeded the limit"))) {
        failure.kind = Kind::RateLimited;
        static const QRegularExpression every(QStringLiteral("every ([0-9]{1,4}) second"));
        if (const QRegularExpressionMatch match = every.match(error.words); match.hasMatch())
            failure.retryAfter = std::chrono::seconds(std::min(match.captured(1).toInt(), 3600));
    } else if (status == 401 || says(QLatin1String("invalid api"))) {
        failure.kind = Kind::Unauthorised; // also where the body claims httpCode 404
    } else if (status >= 500) {
        failure.kind = Kind::GatewayError;
    } else {
        failure.kind = Kind::Refused;
        if (says(QLatin1String("payment")) || says(QLatin1String("invoice")))
            failure.code = 402;
        else if (says(QLatin1String("disabled")))
            failure.code = 403;
        failure.aboutAccount = failure.code == 402 || failure.code == 403;
    }
    return failure;
}

std::optional<GraphError> readError(const Json &error)
{
    if (!error.isObject())
        return std::nullopt;
    GraphError read;
    read.code = codeOf(error[u"code"]);
    // The note of the vendor's page says 135002 where its example's code says 139102.
    if (read.code == 135002)
        read.code = graphcode::listChanged;
    for (const Json *words :
        {&error[u"error_data"][u"details"], &error[u"details"], &error[u"message"], &error[u"title"]})
        if (read.words.isEmpty())
            read.words = ownWords(words->toString());
    read.isTransient = error[u"is_transient"].toBool();
    return read;
}

} // namespace

std::optional<GraphError> graphErrorIn(const Json &body)
{
    if (auto error = readError(body[u"error"]))
        return error;
    // One client models the key as `errors`; rows of a block answer have a list of that name.
    if (auto error = readError(body[u"errors"]))
        return error;
    for (const Json &entry : body[u"errors"].array())
        if (auto error = readError(entry))
            return error;
    const Json &meta = body[u"meta"];
    GraphError own;
    own.envelope = GraphError::Envelope::Dialog360;
    for (const Json *words : {&meta[u"developerMessage"], &meta[u"developer_message"]})
        if (own.words.isEmpty())
            own.words = ownWords(words->toString(), 200);
    const bool saidYes = meta[u"success"].toBool(false);
    const bool saidNo = !meta[u"success"].toBool(true);
    if (saidNo || (!own.words.isEmpty() && !saidYes))
        return own;
    return std::nullopt;
}

Failure graphFailure(int status, const GraphError &error)
{
    Failure failure;
    if (error.envelope == GraphError::Envelope::Dialog360) {
        failure = dialog360Failure(status, error);
    } else {
        failure.kind = kindOfGraph(status, error);
        failure.code = error.code != 0 ? error.code : status;
    }
    failure.detail = QStringLiteral("HTTP %1, code %2, %3").arg(status).arg(error.code).arg(error.words);
    if (failure.kind == Kind::Refused)
        failure.subject = error.words;
    return failure;
}

QString graphId(const Json &value)
{
    if (value.isString())
        return value.toString();
    const std::optional<qint64> number = value.toInteger();
    return number && *number > 0 ? QString::number(*number) : QString();
}

QString graphWaId(const Json &value)
{
    const QString id = graphId(value);
    return graphDigits(id) == id ? id : QString();
}

bool isUserId(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("\\A[A-Z]{2}\\.[0-9A-Za-z]{1,120}\\z"));
    return form.match(text).hasMatch();
}

QString graphDigits(const QString &person)
{
    QString digits;
    for (const QChar c : withoutJid(person)) {
        if (c >= u'0' && c <= u'9')
            digits += c;
        else if (!QStringView(u"+ -().\u00a0").contains(c))
            return {};
    }
    return digits;
}

} // namespace rollcall
