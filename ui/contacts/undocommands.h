// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/store/batches.h"
#include "ui/contacts/contactsneeds.h"

#include <QObject>
#include <optional>

class QWidget;

namespace rollcall {

/// Undo and Redo of the newest command. Their tool tips name what they would take back, and whom. A block or unblock is
/// only offered to be taken back: by the opposite requests, over a flight plan of their own. Where the newest is an
/// opt-out or a consent that is said; nothing older is taken back instead. Above ten people it asks first.
class UndoCommands final : public QObject {
    Q_OBJECT
public:
    /// Null actions are passed over.
    UndoCommands(const ContactsNeeds &needs, QAction *undo, QAction *redo, QWidget *window);
    void refresh();
    void setWritable(bool writable, const QString &why); ///< `why`: why not, as a sentence

signals:
    void told(const QString &sentence);
    void runUndoWanted(rollcall::RunId run);

private:
    void undo();
    void take(const BatchSummary &newest);
    void askToTake(const BatchSummary &newest);
    void takeBackIfNewest(BatchId asked);
    void takeBack(const BatchSummary &newest);
    void tellStays(const BatchSummary &newest);
    void redo();
    void show(QAction *action, const std::optional<BatchSummary> &batch);
    void readNewest();
    void finish(const Result<UndoReport> &report, bool undone);

    const ContactsNeeds &m_needs;
    QWidget *m_window;
    QAction *m_undo;
    QAction *m_redo;
    std::optional<BatchSummary> m_undoable; ///< the newest command, also one that stays
    std::optional<BatchSummary> m_redoable;
    QString m_whom; ///< of what is being undone
    bool m_writable = true;
    QString m_whyNot;
    bool m_busy = false;
    Call m_readUndo;
    Call m_readRedo;
    Call m_act;
    Call m_soon;
};

} // namespace rollcall
