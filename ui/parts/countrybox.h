// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QString>

namespace rollcall {

/// Chooses one of the regions libphonenumber knows, by name, in the order of the locale; typing finds one. The first
/// entry stands for "none". Give it a QLabel buddy: a combo box has no other accessible name.
class CountryBox final : public QComboBox {
    Q_OBJECT
public:
    /// `none`: the words of the first entry, e.g. tr("None: every number needs its +").
    explicit CountryBox(const QString &none, QWidget *parent = nullptr);
    /// Two letters, or empty for none. A region that is not known chooses none.
    void setRegion(const QString &region);
    [[nodiscard]] QString region() const;
};

} // namespace rollcall
