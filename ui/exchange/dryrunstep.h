// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/exchange/importer.h"

#include <QWidget>

class QLabel;

namespace rollcall {

class FieldList;

/// Step 5: what the import would do. Nothing is in the store yet.
class DryRunStep final : public QWidget {
    Q_OBJECT
public:
    explicit DryRunStep(QWidget *parent = nullptr);
    void setHint(const QString &sentence); ///< where the rows come from another place than a file
    void setWarnings(const QStringList &sentences); ///< shown with the notes of the next showStaged()
    void showStaged(const StagedImport &staged);

private:
    FieldList *m_counts;
    QLabel *m_hint;
    QLabel *m_rejectedTitle;
    FieldList *m_reasons;
    QLabel *m_notes;
    QStringList m_warnings;
};

} // namespace rollcall
