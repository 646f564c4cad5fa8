// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QFormLayout;
class QLabel;
class QLineEdit;
class QString;
class QVBoxLayout;
class QWidget;

namespace rollcall {

// The parts that the account dialog's sections are made of.

[[nodiscard]] QLineEdit *lineField(QWidget *parent, const char *name);
/// Quiet text below a field: plain, wrapped.
[[nodiscard]] QLabel *note(QWidget *parent, const char *name);
/// A title over a form, without the frame of a group box.
[[nodiscard]] QFormLayout *section(QWidget *parent, QVBoxLayout *column, const QString &title);

} // namespace rollcall
