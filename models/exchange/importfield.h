// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace rollcall {

/// What a column of the file is taken for.
enum class ImportField {
    Ignore = 0,
    Name,
    GivenName, ///< joined with FamilyName where there is no Name
    FamilyName,
    Phone,
    Country, ///< the region in which this row's number is to be read: ISO code or name
    Email,
    Organisation,
    Tags, ///< separated by ; or ,
    Note,
    OptInDate,
};

/// One entry a column of the table, from the left.
using ColumnMap = std::vector<ImportField>;

} // namespace rollcall
