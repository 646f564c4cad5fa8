// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ids.h"

#include <QString>
#include <QStringList>
#include <optional>

namespace rollcall {

/// What libphonenumber thinks of a text. Its "invalid" warns, never drops (its metadata is of 2022, and
/// +447700900000 and old-form Brazilian ids are real inputs).
enum class NumberState {
    Valid, ///< in a known range
    PossibleOnly, ///< the length fits, the range is not known to the library: kept, with a warning
    Unlikely, ///< digits, but no number of that length: kept as typed, no E.164
    NotANumber, ///< no digits, letters in it, or scientific notation
};

/// A phone number as typed and, where it could be read, as E.164. `typed` is never changed.
struct PhoneNumber {
    QString typed = {};
    qint64 e164 = 0; ///< digits of the E.164 form without '+', 0 = not known
    QString region = {}; ///< ISO 3166 region of the number, empty = not known
    NumberState state = NumberState::NotANumber;
    bool explicitPlus = false; ///< typed with + (or full-width +, or 00/011 read as international)

    [[nodiscard]] bool hasE164() const { return e164 > 0; }
    [[nodiscard]] AliasKey key() const { return AliasKey(e164); }
    [[nodiscard]] QString e164Text() const; ///< "+16315551004", empty when not known
    friend bool operator==(const PhoneNumber &, const PhoneNumber &) = default;
};

/// Reads one number. `region`: two-letter default for texts without '+', empty = none. A text with an explicit '+' is
/// never reinterpreted. Any thread. 13-15 us a call (libphonenumber), see performance.md.
[[nodiscard]] PhoneNumber parsePhoneNumber(const QString &typed, const QString &region);

/// "4.917E+12": what a spreadsheet leaves of a number; the missing digits cannot be had back. Any thread.
[[nodiscard]] bool looksScientific(const QString &typed);

/// "+1 631-555-1004" for reading; not for wires or files. Any thread.
[[nodiscard]] QString displayNumber(qint64 e164);

/// What an on-premises node registered in country code `ownCountryCode` makes of a text (vendor page A, "Phone Number
/// Formats"): with a leading '+' the digits after it; without, its own country code in front of whatever is there.
/// The result is E.164 digits with '+', not checked for validity.
[[nodiscard]] QString asOnPremReads(const QString &typed, int ownCountryCode);

/// "49" for "DE"; 0 when unknown.
[[nodiscard]] int countryCodeOf(const QString &region);
/// All regions libphonenumber knows, sorted.
[[nodiscard]] QStringList supportedRegions();

} // namespace rollcall
