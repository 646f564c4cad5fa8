// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/gateways/dialects/wawp.h"

#include <QFile>
#include <QString>

// The golden files of Wawp's dialect, golden/wawp: written by hand from vendor page D ("Contacts Management") and
// gateways.md sections 4 and 6. A request file is "VERB path", the header lines and an empty line; a reply file "HTTP
// status" and an empty line. Then the body, when there is one, and a line break that is not part of it.
namespace rollcall::tests::wawpgolden {

inline const QByteArray token = "Tok/en+1="; // '/', '+' and '=' mean something in a query
inline const QString instance = QStringLiteral("7C4A1B2D9E0F");
inline const QString typed = QStringLiteral("+16315551004");
inline const QString lid = QStringLiteral("123456789012345@lid");
inline const QString chat = QStringLiteral("16315551004@c.us");

inline Credentials account()
{
    Credentials credentials;
    credentials.token = Secret(token);
    credentials.sender = instance;
    return credentials;
}

inline QByteArray golden(const QString &name)
{
    QFile file(QStringLiteral(ROLLCALL_SOURCE_DIR "/tests/models/gateways/dialects/golden/wawp/%1.http").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return "no golden file " + name.toUtf8();
    return file.readAll();
}

inline HttpReply reply(const QString &name)
{
    const QByteArray bytes = golden(QStringLiteral("replies/") + name);
    const qsizetype end = bytes.indexOf("\n\n");
    HttpReply read;
    read.status = bytes.startsWith("HTTP ") && end > 0 ? bytes.mid(5, end - 5).toInt() : -1;
    read.body = bytes.mid(end + 2);
    if (read.body.endsWith('\n'))
        read.body.chop(1);
    return read;
}

inline QByteArray written(const HttpRequest &request)
{
    QByteArray text = request.verb + ' ' + request.path + '\n';
    for (const auto &[name, value] : request.secretHeaders)
        text += name + ": " + value.reveal() + '\n';
    text += '\n';
    return request.body.isEmpty() ? text : QByteArray(text + request.body + '\n');
}

inline const WawpDialect wawp;

inline Card simpleCard()
{
    Card card;
    card.name = {QStringLiteral("Jane Doe"), QStringLiteral("Jane"), QStringLiteral("Doe"), {}, {}, {}};
    card.org.company = QStringLiteral("Acme");
    card.phones = {{QStringLiteral("+91 12345 67890"), QStringLiteral("CELL"), QStringLiteral("911234567890")}};
    return card;
}

} // namespace rollcall::tests::wawpgolden
