// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QString>

namespace rollcall {

/// What happened, in one sentence, with the subject (host, path, column) where there is one.
[[nodiscard]] QString whatHappened(const Failure &failure);
/// What to do about it.
[[nodiscard]] QString nextStep(const Failure &failure);
/// What a person reads: what happened, what was kept, what to do. Shown as Qt::PlainText.
[[nodiscard]] QString failureSentence(const Failure &failure);

} // namespace rollcall
