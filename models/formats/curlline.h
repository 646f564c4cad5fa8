// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/masked.h"
#include "models/base/result.h"

#include <QString>
#include <QUrl>
#include <optional>
#include <utility>
#include <vector>

namespace rollcall {

/// A `curl …` command as somebody copied it from a vendor's page, a shell or a browser. What may hold a key is a
/// Secret; the address may hold one too (Wawp), so it is not for showing before it was cut to a base address.
struct CurlLine {
    QByteArray verb = {}; ///< of -X; else what curl would take: GET, or POST with a body
    QUrl url = {}; ///< http or https, with a host and without user name
    QString path = {}; ///< of the address as it was written: QUrl changes "%3d" to "%3D"
    std::vector<std::pair<QString, Secret>> headers = {}; ///< names in lower case; UTF-8
    QString user = {}; ///< of -u, or of the address
    Secret password = {};
    Secret body = {}; ///< all -d joined as curl does; what a file would hold is left out
    QString caFile = {}; ///< of --cacert
    bool insecure = false; ///< -k: the certificate was not looked at
    [[nodiscard]] const Secret *header(QStringView lowerName) const; ///< the first one; null when absent
};

inline constexpr qsizetype longestCurlLine = 64 * 1024; ///< characters

/// Reads the first curl command in `text`: POSIX quotes with '\' at the line's end, $'…', and the Windows form with '^'
/// and \" (a browser's "Copy as cURL (cmd)"). Nothing is expanded, run or read from a file. Any thread. BadInput whose
/// detail names the trouble and quotes nothing: "long", "no curl", "quote" (one stays open), "no address", "address"
/// (not one of http or https).
[[nodiscard]] Result<CurlLine> readCurlLine(const QString &text);

/// Does the text look as if a curl command was meant? For a field into which something was pasted.
[[nodiscard]] bool looksLikeCurl(QStringView text);

} // namespace rollcall
