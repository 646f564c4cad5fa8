// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/operation.h"
#include "ui/parts/theme.h"

class QAbstractItemDelegate;
class QObject;

namespace rollcall {

[[nodiscard]] Tone toneOf(BlockLight light);

/// Paints the block light of a cell as a badge; `role` of the model holds int(BlockLight), invalid = not read yet. The
/// model's display text must be BlockWords::light, so that a screen reader and a picture say one thing.
[[nodiscard]] QAbstractItemDelegate *lightDelegate(int role, QObject *parent);

/// The same for do-not-contact: `role` holds a bool.
[[nodiscard]] QAbstractItemDelegate *stopDelegate(int role, QObject *parent);

} // namespace rollcall
