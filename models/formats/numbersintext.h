// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/phonenumber.h"

#include <QString>
#include <QStringList>
#include <vector>

namespace rollcall {

/// Longest text that is read, in UTF-16 units; what is behind it is told by `truncated`.
inline constexpr qsizetype mostPastedText = 8'000'000;

/// What a pasted text holds, in the order of the text.
struct NumbersInText {
    std::vector<PhoneNumber> ready = {}; ///< with E.164, each number once; `typed` is the piece of the text
    QStringList needCountry = {}; ///< as written, each once: digits enough, but no country code and no default country
    QStringList notNumbers = {}; ///< as written, each once: 5 digits or more that are no phone number
    qint64 repeated = 0; ///< found again under the same E.164
    bool truncated = false;
};

/// Finds phone numbers in any text: a list, a mail, an exported chat, JIDs ("447700900000@c.us") and wa.me links.
/// Dates, times, amounts, addresses of the Internet and numbers glued to letters are passed over. `region`: two-letter
/// default for numbers without country code, empty = none. Pure; any thread; about 20 us a number.
[[nodiscard]] NumbersInText findNumbers(const QString &text, const QString &region);

} // namespace rollcall
