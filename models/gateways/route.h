// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace rollcall {

/// How the last request went to the wire, for the connection line.
struct Route {
    QString proxy = {}; ///< "host:port", empty = direct
    QString tls = {}; ///< "TLSv1.3 TLS_AES_256_GCM_SHA384", empty = plain (loopback) or nothing sent yet
    qint64 clockSkewMs = 0; ///< gateway's Date minus ours, to the second; meaningful when skewKnown
    bool skewKnown = false;
};

} // namespace rollcall
