// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/exchange/importfield.h"
#include "models/formats/csvsniffer.h"

namespace rollcall {

/// What each column seems to be: by the words of the header (English, German, French, Spanish, Portuguese, Italian,
/// Dutch, Polish, Turkish, Russian, Arabic, Hindi, Indonesian), and where they say nothing by the content of the rows.
/// A header whose cells deny it is believed only where no other is left. Every field at most once. Pure.
[[nodiscard]] ColumnMap guessColumns(const CsvSample &sample);

/// The columns that are ignored and look like phone numbers too, from the left: by their header and their content, or,
/// where the header says something else, because most cells begin with a +. Pure.
[[nodiscard]] std::vector<std::size_t> otherPhoneColumns(const CsvSample &sample, const ColumnMap &columns);

/// Two maps are equal in use when each field but Ignore stands in one column only and there is a Phone column.
enum class ColumnProblem { None, NoPhone, Twice };
[[nodiscard]] ColumnProblem problemOf(const ColumnMap &columns);

} // namespace rollcall
