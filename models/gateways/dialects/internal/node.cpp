// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/dialects/internal/node.h"

#include "models/gateways/dialects/internal/replies.h"

#include <algorithm>

namespace rollcall {

namespace {

bool isThrottle(const NodeError &error)
{
    // 429, 471 and 1015 are all one throttle in a large customer's own mapping (gateways.md 1.6).
    return error.code == 429 || error.code == 471 || error.code == 1015
        || error.title.contains(QLatin1String("rate limit"), Qt::CaseInsensitive);
}

} // namespace

std::optional<NodeError> nodeErrorIn(const Json &body)
{
    for (const Json &error : body[u"errors"].array()) {
        if (!error.isObject())
            continue;
        // The same field is a number on one version and a string on another (gateways.md 6.6).
        return NodeError{error[u"code"].toInteger(true).value_or(0), error[u"title"].toString()};
    }
    return std::nullopt;
}

Failure nodeFailure(int status, const NodeError &error)
{
    const int code = int(std::clamp<qint64>(error.code, 0, 999'999));
    Failure failure;
    failure.code = code != 0 ? code : status;
    failure.detail = QStringLiteral("HTTP %1, code %2, %3").arg(status).arg(error.code).arg(ownWords(error.title));
    if (status == 429 || isThrottle(error))
        failure.kind = Failure::Kind::RateLimited;
    else if (error.code == 1024 || error.code == 1031)
        failure.kind = Failure::Kind::Refused; // also under 401: another login would change nothing
    else if (status == 401 || status == 403)
        failure.kind = Failure::Kind::Unauthorised;
    else if (status >= 500 || error.code == 500)
        failure.kind = Failure::Kind::GatewayError;
    else
        failure.kind = Failure::Kind::Refused;
    if (failure.kind == Failure::Kind::Refused)
        failure.subject = ownWords(error.title);
    // Password change required, request not valid as such, account locked by policy, payment (gateways.md 1.1, 1.6).
    failure.aboutAccount = failure.kind == Failure::Kind::Refused
        && (error.code == 1024 || error.code == 1025 || error.code == 1031 || failure.code == 402);
    return failure;
}

} // namespace rollcall
