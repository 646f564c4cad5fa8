// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/operation.h"
#include "models/domain/person.h"
#include "ui/parts/theme.h"

class QAbstractItemDelegate;
class QObject;

namespace rollcall {

[[nodiscard]] Tone toneOf(BlockLight light);
[[nodiscard]] Tone toneOf(MarketingState state);
[[nodiscard]] QString marketingIcon(MarketingState state);
[[nodiscard]] Tone toneOf(ConsentState state);
[[nodiscard]] QString consentIcon(ConsentState state);

/// Paints the block light of a cell as a badge; `role` of the model holds int(BlockLight), invalid = not read yet. The
/// model's display text must be BlockWords::light, so that a screen reader and a picture say one thing.
[[nodiscard]] QAbstractItemDelegate *lightDelegate(int role, QObject *parent);

/// The same for do-not-contact: `role` holds a bool.
[[nodiscard]] QAbstractItemDelegate *stopDelegate(int role, QObject *parent);

/// The same for WhatsApp's own marketing stop (int(MarketingState)) and for consent (int(ConsentState)).
[[nodiscard]] QAbstractItemDelegate *marketingDelegate(int role, QObject *parent);
[[nodiscard]] QAbstractItemDelegate *consentDelegate(int role, QObject *parent);

} // namespace rollcall
