// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/person.h"
#include "models/store/imports.h"

#include <QString>

namespace rollcall {
class Store;
}

namespace rollcall::tests {

/// Person number `index` of a made-up list: always the same one. Names with and without diacritics in several scripts,
/// numbers in several spellings, every 40th without a readable number, every 25th without any.
[[nodiscard]] PersonFields madePerson(int index);

/// Puts persons 0 … count-1 into the store as one import (the last step only: no file is read). `folder`: where the
/// staging file may lie. Waits for the answer in the test's event loop.
Result<ImportOutcome> addPeople(Store &store, const QString &folder, int count, int timeoutMs = 10'000);

} // namespace rollcall::tests
