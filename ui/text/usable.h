// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QAction;

namespace rollcall {

// Why an action cannot be used: a sentence that stands in its tooltip and in the command palette.

/// What usually keeps it from being used; for actions that are disabled without a reason of the moment.
void setUsualReason(QAction &action, const QString &why);
/// Enables it, or disables it with a reason of its own (empty = the usual one).
void setUsable(QAction &action, bool usable, const QString &why = {});
/// As a sentence; empty when it is enabled.
[[nodiscard]] QString whyDisabled(const QAction &action);

} // namespace rollcall
