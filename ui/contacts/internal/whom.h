// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/domain/person.h"

#include <QLabel>
#include <vector>

class QDialog;

namespace rollcall {

class Store;

/// Whom a command is about: name and number, a line a person, the first `mostNamed` of them in the order they were
/// chosen, and how many more. Read from the store once; empty until then.
class Whom final : public QLabel {
    Q_OBJECT
public:
    static constexpr int mostNamed = 8;
    Whom(Store &store, const std::vector<PersonId> &people, QWidget *parent = nullptr);
    /// Name and number a line, and how many more of `total`.
    [[nodiscard]] static QString words(const std::vector<PersonRow> &rows, qint64 total);
    /// Puts one under the title of a dialog whose layout is a column.
    static void addTo(QDialog &dialog, Store &store, const std::vector<PersonId> &people);

private:
    Call m_read;
};

} // namespace rollcall
