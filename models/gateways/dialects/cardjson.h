// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/json.h"
#include "models/base/result.h"
#include "models/domain/card.h"

#include <span>
#include <vector>

namespace rollcall {

/// The "contacts" list of a contacts message, the same at 360dialog, Meta's Cloud API and the on-premises node
/// (vendor page E, gateways.md 1.8 and 5.3). Pure; any thread.
///
/// Keys stand in the order of vendor page E:
///   contact: addresses, birthday, emails, name, org, phones, urls
///   address: street, city, state, zip, country, country_code, type
///   email: email, type        url: url, type        phone: phone, type, wa_id
///   name: formatted_name, first_name, last_name, middle_name, suffix, prefix
///   org: company, department, title
/// An empty field, an entry of empty fields and an empty list are left out; `name` is always there, since it is
/// required. No other keys: Meta's published schema forbids them. Texts are written as they are: nothing is trimmed,
/// composed or corrected, that is the composer's to warn of.
[[nodiscard]] Json contactsJson(std::span<const Card> cards);

/// Back from a "contacts" list, or from a whole message that has one. Missing fields and null are empty, unknown keys
/// (also the on-premises node's "ims") are passed over, one object where a list is meant counts as a list of one.
/// BadInput: a value of another type (a number is no text: it may have lost digits) or more than 257 contacts; detail
/// names the place ("contacts[0].phones[1].phone"), never the value.
[[nodiscard]] Result<std::vector<Card>> cardsFromJson(const Json &json);

} // namespace rollcall
