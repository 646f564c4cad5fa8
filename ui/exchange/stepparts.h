// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QString>

class QLayout;
class QPushButton;

namespace rollcall {

/// A label of the import dialog: plain text, wrapped, selectable. `look`: "title", "heading", "muted" or "".
[[nodiscard]] QLabel *stepLabel(QWidget *parent, const char *name, const char *look, const QString &text = {});

/// The buttons below the steps, in the order in which the platform's dialogs have theirs: Cancel stands last, or on the
/// far side.
[[nodiscard]] QLayout *stepButtons(const QWidget &dialog, QPushButton *cancel, QPushButton *back, QPushButton *next);

} // namespace rollcall
