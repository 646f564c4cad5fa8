// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QString>

namespace rollcall {

/// A label of the import dialog: plain text, wrapped, selectable. `look`: "title", "heading", "muted" or "".
[[nodiscard]] QLabel *stepLabel(QWidget *parent, const char *name, const char *look, const QString &text = {});

} // namespace rollcall
