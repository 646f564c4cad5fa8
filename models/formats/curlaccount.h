// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/masked.h"
#include "models/domain/account.h"
#include "models/formats/curlline.h"

#include <optional>

namespace rollcall {

/// What a pasted curl line tells of an account. Empty = the line does not tell it.
struct CurlAccount {
    std::optional<GatewayKind> kind = {}; ///< nothing: none of ours was recognised, address is then scheme and host
    QUrl address = {}; ///< as Account::address: without the call's own path, query and credentials
    QString user = {}; ///< on-premises
    QString sender = {}; ///< sendapi: session id; CommBox: stream id as in the line; Wawp: instance id
    QString caFile = {};
    Secret secret = {}; ///< password, API key or token
    bool sample = false; ///< a key or an id was a vendor's placeholder ("sk_live_...", "<token>") and was left out
    bool insecure = false; ///< curl was told not to look at the certificate
};

/// Which of our gateways the line speaks to, by header, host, path and field names (gateways.md 1.1, 2, 3, 4.1, 5.1).
/// Pure; any thread.
[[nodiscard]] CurlAccount curlAccountOf(const CurlLine &line);

} // namespace rollcall
