// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace rollcall {

/// A field for pasting any text. One line of a megabyte would hold up the window for seconds while Qt lays it out, so
/// what is pasted or dropped is broken into lines of a size that people write, between words where there are any.
class PasteEdit final : public QPlainTextEdit {
    Q_OBJECT
public:
    using QPlainTextEdit::QPlainTextEdit;

protected:
    void insertFromMimeData(const QMimeData *source) override;
};

/// Lines longer than 2,000 characters are broken at a blank, comma, semicolon or tab; where none is near, in the middle
/// of what no person has written.
[[nodiscard]] QString withoutEndlessLines(const QString &text);

} // namespace rollcall
