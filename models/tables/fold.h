// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <string>

namespace rollcall {

/// Appends `text` as it is compared in a search: case, diacritics, compatibility forms and invisible marks do not
/// count, digits of every script are ASCII. UTF-8. Pure, any thread.
void appendFolded(std::string &out, QStringView text);
[[nodiscard]] std::string folded(QStringView text);

/// The digits of `text` (every script) as ASCII, in order; empty when there are none.
[[nodiscard]] std::string digitsOf(QStringView text);

/// What is looked for: the folded text and, when it reads like a part of a phone number, its digits alone, so that
/// "555-10" finds a number however it was written.
struct Needle {
    std::string text = {};
    std::string digits = {}; ///< empty when it is no number or the same as `text`
    [[nodiscard]] bool isEmpty() const { return text.empty() && digits.empty(); }
};
[[nodiscard]] Needle needleOf(const QString &typed);

} // namespace rollcall
