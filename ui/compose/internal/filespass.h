// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLineEdit;

namespace rollcall {

/// A file that is dropped on the field goes to the page, which reads it: the field would take its path for text.
void letFilesPass(QLineEdit *field);

} // namespace rollcall
