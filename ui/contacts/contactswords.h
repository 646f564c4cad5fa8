// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/contactsmodel.h"

namespace rollcall {

class Store;

/// Titles and cell texts of the Contacts table, as a person reads them.
[[nodiscard]] ContactsWords contactsWords(const Store &store);

/// "+1 631-555-1004", or the text as typed where it could not be read.
[[nodiscard]] QString shownNumber(const PhoneNumber &number);

} // namespace rollcall
