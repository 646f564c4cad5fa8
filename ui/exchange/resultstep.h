// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/batches.h"
#include "models/store/imports.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace rollcall {

class FieldList;
struct StagedRows;

/// The last step: what the import did, its rejected rows, and its undoing.
class ResultStep final : public QWidget {
    Q_OBJECT
public:
    explicit ResultStep(QWidget *parent = nullptr);
    void speakOfFetch(); ///< a gateway's contacts, not a file
    /// `rows`: what the dry run found, for the number of rows and why some were rejected.
    void showOutcome(const ImportOutcome &outcome, const StagedRows &rows);
    void showUndone(const UndoReport &report);
    void say(const QString &sentence); ///< outcome of an export, or a failure
    void setBusy(bool busy);

signals:
    void undoWanted();
    void exportWanted();

private:
    [[nodiscard]] QString titleOf(const ImportCounts &counts) const;

    QLabel *m_title;
    FieldList *m_counts;
    QLabel *m_reasonsTitle;
    FieldList *m_reasons;
    QLabel *m_said;
    QPushButton *m_export;
    QPushButton *m_undo;
    bool m_fetch = false;
    bool m_undone = false;
    bool m_rejected = false;
};

} // namespace rollcall
