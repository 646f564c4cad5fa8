// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

namespace rollcall {

/// The words of the journal's details.
class DetailWords final {
    Q_DECLARE_TR_FUNCTIONS(DetailWords)
public:
    DetailWords() = delete;

    /// `{"name":"Anna","number":"+49…"}` → "Name: Anna; Number: +49…", on one line, marks of direction shown. Empty
    /// members are left out, a key without words is shown as it is, and so is a text that is no such object.
    [[nodiscard]] static QString text(const QString &stored);
};

} // namespace rollcall
