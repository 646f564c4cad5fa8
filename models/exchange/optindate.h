// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

namespace rollcall {

/// A day as lists write it, as UTC milliseconds of its beginning (of the moment, where a time stands with it):
/// 2024-03-31, 2024/03/31, 20240331, 31.03.2024, 2024-03-31T10:00Z, and with slashes only what can be read in one way
/// (31/03/2024; 03/04/2024 could be March or April and is not read). Years 1990 to 2199.
[[nodiscard]] std::optional<qint64> readOptInDate(const QString &cell);

} // namespace rollcall
