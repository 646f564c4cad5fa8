// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QByteArray>

namespace rollcall {

class Connection;

/// The numbered .sql files of models/store/schema. Internal to models/store.
namespace schema {

inline constexpr qint64 applicationId = 0x524C434C; // "RLCL"

/// Steps there are; user_version of a file with this schema.
[[nodiscard]] int newest();
/// Text of step `number` (1 = first), or of "staging".
[[nodiscard]] QByteArray step(int number);
[[nodiscard]] QByteArray staging();
/// Brings the file from its user_version to `target` (0 = newest), each step with its new user_version in one
/// transaction. Stops at the first error, which leaves the file at the last whole step.
[[nodiscard]] Done migrate(Connection &db, int target = 0);

} // namespace schema

} // namespace rollcall
