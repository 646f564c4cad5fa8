// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/clock.h"
#include "models/base/result.h"
#include "models/gateways/dialects/dialect.h"
#include "models/gateways/route.h"

#include <QUrl>
#include <functional>
#include <memory>

namespace rollcall {

/// Sends one account's requests, each exactly once, by the rules of measured facts M1-M13: no redirect is followed, no
/// request is silently sent again, total deadline, byte cap, HTTP/2 off, no cookies, no cache, https but for loopback.
/// At most 6 in flight; a write goes alone, over a fresh connection. GUI thread; needs an event loop.
///
/// Answers every status but 3xx as a reply; what it means is the dialect's business. Failures: Offline and Tls (nothing
/// was sent), Redirected, Timeout, TooLarge, BadReply (cut), GatewayError (closed without an answer), BadInput (a
/// header value or address that must not be sent), OutcomeUnknown (a write that may have arrived). Dropping the Call
/// aborts.
class Transport final {
public:
    /// `address`: what request paths are put behind. `caFile`: see findWay().
    Transport(const QUrl &address, const QString &caFile, Clock &clock);
    ~Transport();
    Transport(const Transport &) = delete;
    Transport &operator=(const Transport &) = delete;

    /// `mayLeave`: asked once more when the request had to wait here (for the way, behind another write, for one of the
    /// places): false = Cancelled, nothing was sent. Who hands it over has asked it already.
    Call send(
        const HttpRequest &request, std::function<void(Result<HttpReply>)> then, std::function<bool()> mayLeave = {});
    [[nodiscard]] Route route() const;

private:
    struct Parts;
    std::shared_ptr<Parts> m_parts;
};

} // namespace rollcall
