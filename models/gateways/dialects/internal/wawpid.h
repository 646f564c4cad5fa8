// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/json.h"
#include "models/gateways/dialects/wire.h"

namespace rollcall {

// WhatsApp Web's ids (gateways.md 6.1): "16315551004@c.us", "…@s.whatsapp.net" (the same account), "123@lid". A LID is
// never read as a number. All pure.

[[nodiscard]] bool isWawpDigits(QStringView text); ///< 1 to 20 ASCII digits

/// The digits of "+digits", digits, "digits@c.us" or "digits@s.whatsapp.net"; empty for everything else.
[[nodiscard]] QString wawpNumber(const QString &who);

/// "123@lid" as it stands; empty for everything else.
[[nodiscard]] QString wawpLid(const QString &who);

/// The chat id of one person: "digits@c.us" or "123@lid"; empty when `who` is none (a group, a text).
[[nodiscard]] QString wawpChat(const QString &who);

/// An id that is a string, or an object with _serialized, or with user and server. Empty when there is none.
[[nodiscard]] QString wawpIdIn(const Json &value);

/// A link to a picture: http(s) with a host. Else an empty one.
[[nodiscard]] QUrl wawpLinkIn(const Json &value);

/// One row of the contact list, or the details of one contact.
[[nodiscard]] GatewayContact wawpContactOf(const Json &row);

} // namespace rollcall
