// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/json.h"
#include "models/gateways/dialects/wire.h"

namespace rollcall {

// What every dialect needs to write a request and to judge a reply. Pure; any thread.

inline constexpr qint64 usualDeadlineMs = 30'000; ///< of a call that has no reason of its own (design.md, transport)

[[nodiscard]] bool isSuccess(const HttpReply &reply); ///< 2xx

/// An answer came, but not one this gateway may give; `why` is for the log and quotes nothing of the body.
[[nodiscard]] Failure badReply(const HttpReply &reply, const QString &why);

/// Authorization: Bearer <token>
[[nodiscard]] std::pair<QByteArray, Secret> bearer(const Credentials &credentials);

/// 1 to 4096 characters, each visible ASCII: what may become a header or a token.
[[nodiscard]] bool isVisibleAscii(const QString &text);

/// A code that is a number in one version and a string of digits in another (gateways.md 6.6), within 0 … 999,999;
/// 0 = none, or not a code.
[[nodiscard]] int codeOf(const Json &value);

/// One path segment or query value: all but A-Z a-z 0-9 - . _ ~ becomes %XX (UTF-8), so '+', '@', '/', blank and '%'.
[[nodiscard]] QByteArray percentEncoded(const QString &text);

/// Not empty, and 0-9 only.
[[nodiscard]] bool isDigits(const QString &text);

/// The digits of a JID of a person ("16315551004@c.us", "447700900000@s.whatsapp.net"); everything else, a LID also, as
/// it is.
[[nodiscard]] QString withoutJid(const QString &person);

/// The gateway's own words as they may be kept and shown: at most `most` characters, on one line, and a run of seven or
/// more digits (a number, also one with blanks, dots, hyphens or brackets in it) becomes "…", so that they name no
/// person. So does a run of 24 or more characters with a digit as keys have them: Meta quotes a token it cannot read.
[[nodiscard]] QString ownWords(const QString &text, int most = 100);

} // namespace rollcall
