// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/gateways/dialects/wire.h"

#include <QFile>

namespace rollcall {

// Golden files lie in tests/models/gateways/dialects/golden/<kind>/<name>.http and are written by hand from the
// vendors' pages. One form for requests and replies:
//   first line: "POST /path" or the HTTP status
//   "Name: value" lines (of a request: its secret headers, in order)
//   an empty line, then the body; the newline at the end of the file is not part of it

inline QByteArray goldenText(const QString &kind, const QString &name)
{
    QFile file(QStringLiteral(ROLLCALL_SOURCE_DIR "/tests/models/gateways/dialects/golden/%1/%2.http").arg(kind, name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no golden file %s", qPrintable(file.fileName()));
    QByteArray text = file.readAll();
    if (text.endsWith('\n'))
        text.chop(1);
    return text;
}

/// A request in the form of a golden file, credentials included.
inline QByteArray goldenForm(const HttpRequest &request)
{
    QByteArray text = request.verb + ' ' + request.path + '\n';
    for (const auto &[name, value] : request.secretHeaders)
        text += name + ": " + value.reveal() + '\n';
    return text + '\n' + request.body;
}

inline HttpReply goldenReply(const QString &kind, const QString &name)
{
    const QByteArray text = goldenText(kind, name);
    const qsizetype end = text.indexOf("\n\n");
    const QByteArray head = end < 0 ? text.trimmed() : text.left(end);
    HttpReply reply;
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(": ");
        if (colon < 0)
            reply.status = line.toInt();
        else
            reply.headers.emplace_back(line.left(colon).toLower(), line.mid(colon + 2));
    }
    if (end >= 0)
        reply.body = text.mid(end + 2);
    if (reply.status == 0)
        qFatal("no status in golden file %s", qPrintable(name));
    return reply;
}

/// "Refused 2048": kind and code, for tables of expected readings.
inline QString failureInWords(const Failure &failure)
{
    using Kind = Failure::Kind;
    const auto word = [&failure]() -> QString {
        switch (failure.kind) {
        case Kind::RateLimited:
            return QStringLiteral("RateLimited");
        case Kind::Unauthorised:
            return QStringLiteral("Unauthorised");
        case Kind::GatewayError:
            return QStringLiteral("GatewayError");
        case Kind::Refused:
            return QStringLiteral("Refused");
        case Kind::BadReply:
            return QStringLiteral("BadReply");
        case Kind::BadInput:
            return QStringLiteral("BadInput");
        case Kind::Unsupported:
            return QStringLiteral("Unsupported");
        default:
            return QStringLiteral("kind-%1").arg(int(failure.kind));
        }
    };
    return QStringLiteral("%1 %2").arg(word()).arg(failure.code);
}

} // namespace rollcall
