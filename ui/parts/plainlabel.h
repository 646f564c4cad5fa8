// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLabel;
class QString;
class QWidget;

namespace rollcall {

/// A label of plain text that wraps and can be selected and copied. `look`: "title", "heading", "muted" or empty, as in
/// the style sheet.
[[nodiscard]] QLabel *plainLabel(QWidget *parent, const char *objectName, const char *look);
[[nodiscard]] QLabel *plainLabel(QWidget *parent, const QString &words, const char *look);

} // namespace rollcall
