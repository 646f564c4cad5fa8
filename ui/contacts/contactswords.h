// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/contactsmodel.h"

namespace rollcall {

class Store;

/// Titles and cell texts of the Contacts table, as a person reads them. `hasInboundRule`: whether the current account
/// can block only who wrote within 24 hours.
[[nodiscard]] ContactsWords contactsWords(const Store &store, std::function<bool()> hasInboundRule);

/// When somebody wrote last: a word about the 24-hour window where the account has such a rule, and the age. Nothing
/// when it is not known. `nowMs`: wall time.
struct LastInboundWords {
    QString window = {}; ///< "Open for 5 h", "Closed"; empty without the rule
    QString age = {}; ///< "2 h ago"
    bool open = false;
    [[nodiscard]] QString sentence() const; ///< both
};
[[nodiscard]] LastInboundWords lastInboundWords(qint64 lastInboundMs, qint64 nowMs, bool hasInboundRule);

/// "+1 631-555-1004", or the text as typed where it could not be read.
[[nodiscard]] QString shownNumber(const PhoneNumber &number);

} // namespace rollcall
