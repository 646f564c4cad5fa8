// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/gateways/dialects/wawp.h"
#include "tests/support/golden.h"

// The golden files of Wawp's dialect are written by hand from vendor page D ("Contacts Management") and gateways.md
// sections 4 and 6; their form is told in tests/support/golden.h.
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

inline HttpReply reply(const QString &name)
{
    return goldenReply(QStringLiteral("wawp/replies"), name);
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
