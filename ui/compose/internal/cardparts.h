// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cards/cardcheck.h"
#include "models/domain/card.h"
#include "ui/compose/internal/section.h"

#include <array>
#include <optional>

namespace rollcall {

/// The parts of a card as the form shows them, in this order.
enum class CardPart { Name, Phones, Emails, Addresses, Organisation, Birthday, Urls };
inline constexpr std::array cardParts{CardPart::Name, CardPart::Phones, CardPart::Emails, CardPart::Addresses,
    CardPart::Organisation, CardPart::Birthday, CardPart::Urls};

/// What the section of a part is made of. The fields' ids are those of the contacts object (vendor page E).
[[nodiscard]] SectionSpec sectionOf(CardPart part);
/// The part's values, a row an entry, in the order of the section's fields.
[[nodiscard]] std::vector<QStringList> rowsOf(const Card &card, CardPart part);
void setRows(Card &card, CardPart part, const std::vector<QStringList> &rows);

/// What stands beside one field of a card.
struct CardRemark {
    CardPart part = CardPart::Name;
    FieldRemark remark = {};
};
/// Where a notice of one card stands in the form, in words; nothing for those of the message.
[[nodiscard]] std::optional<CardRemark> remarkOf(const CardNotice &notice);

} // namespace rollcall
