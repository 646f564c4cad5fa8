// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/exchange/importplan.h"

#include <QWidget>

class QLabel;

namespace rollcall {

class CountryBox;
class FieldList;

/// Step 3: in which country numbers without '+' are to be read, and what was found in the number column.
class NumbersStep final : public QWidget {
    Q_OBJECT
public:
    explicit NumbersStep(const QString &region, QWidget *parent = nullptr);
    [[nodiscard]] QString region() const; ///< two letters, empty = none
    void showFindings(const NumberFindings &findings);

signals:
    void regionChanged();

private:
    CountryBox *m_region;
    FieldList *m_findings;
    QLabel *m_hint;
};

} // namespace rollcall
