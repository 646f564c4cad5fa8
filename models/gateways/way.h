// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QNetworkProxy>
#include <QSslConfiguration>
#include <QUrl>
#include <optional>

namespace rollcall {

/// How an address may be reached: TLS settings, proxy, or why not at all.
struct Way {
    QSslConfiguration tls = {};
    QNetworkProxy proxy = QNetworkProxy(QNetworkProxy::NoProxy);
    std::optional<Failure> refusal = {}; ///< nothing may be sent
    [[nodiscard]] QString proxyText() const; ///< "host:port", empty = direct; never its password
};

/// Why nothing may be sent to this address at all: no host, a login or query in it, or plain http that is not literal
/// loopback. Pure. Also told by the first step of a connection test.
[[nodiscard]] std::optional<Failure> addressProblem(const QUrl &address);

/// https only, but for literal loopback addresses (a name like "localhost" may lead elsewhere). TLS 1.2 or newer with
/// ECDHE and AEAD; `caFile` (PEM) is trusted besides the system's roots. The system's proxy is asked for https.
/// Reads files and may ask the desktop: not for the GUI thread.
[[nodiscard]] Way findWay(const QUrl &address, const QString &caFile);

} // namespace rollcall
