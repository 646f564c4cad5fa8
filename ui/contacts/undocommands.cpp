// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/undocommands.h"

#include "models/store/store.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"
#include "ui/text/words.h"

#include <QAction>
#include <QWidget>

namespace rollcall {

UndoCommands::UndoCommands(const ContactsNeeds &needs, QAction *undo, QAction *redo, QWidget *window)
    : QObject(window)
    , m_needs(needs)
    , m_window(window)
    , m_undo(undo)
    , m_redo(redo)
    , m_undoTip(undo ? undo->toolTip() : QString())
    , m_redoTip(redo ? redo->toolTip() : QString())
{
    if (m_undo)
        connect(m_undo, &QAction::triggered, this, &UndoCommands::undo);
    if (m_redo)
        connect(m_redo, &QAction::triggered, this, &UndoCommands::redo);
    connect(&m_needs.store, &Store::changed, this, [this](const Change &change) {
        if ((change.kinds & Change::PeopleChanged) != 0)
            refresh();
    });
    show(m_undo, {});
    show(m_redo, {});
}

void UndoCommands::refresh()
{
    // What was newest may not be any more: undoing must not hit the batch before the one the person means.
    m_undoable.reset();
    m_redoable.reset();
    show(m_undo, {});
    show(m_redo, {});
    using Batch = Result<std::optional<BatchSummary>>;
    m_readUndo = m_needs.store.batches().newestUndoable([this](Batch batch) {
        m_undoable = batch ? *batch : std::nullopt;
        show(m_undo, m_undoable);
    });
    m_readRedo = m_needs.store.batches().newestRedoable([this](Batch batch) {
        m_redoable = batch ? *batch : std::nullopt;
        show(m_redo, m_redoable);
    });
}

void UndoCommands::show(QAction *action, const std::optional<BatchSummary> &batch)
{
    if (!action)
        return;
    action->setEnabled(batch.has_value() && !m_busy);
    const QString &usual = action == m_undo ? m_undoTip : m_redoTip;
    if (!batch) {
        action->setToolTip(usual);
        return;
    }
    //: what Undo or Redo would take back: "Import, 1,204 people, 5 Oct 2026 10:12"
    const QString what = tr("%1, %2 people, %3", nullptr, forPlural(batch->people))
                             .arg(Words::act(batch->act), count(batch->people), moment(batch->atMs));
    action->setToolTip(usual + QLatin1Char('\n') + what);
}

void UndoCommands::undo()
{
    if (!m_undoable || std::exchange(m_busy, true))
        return;
    m_undo->setEnabled(false);
    m_act = m_needs.store.batches().undo(
        m_undoable->id, [this](const Result<UndoReport> &report) { finish(report, true); });
}

void UndoCommands::redo()
{
    if (!m_redoable || std::exchange(m_busy, true))
        return;
    m_redo->setEnabled(false);
    m_act = m_needs.store.batches().redo(
        m_redoable->id, [this](const Result<UndoReport> &report) { finish(report, false); });
}

void UndoCommands::finish(const Result<UndoReport> &report, bool undone)
{
    m_busy = false;
    refresh();
    if (!report) {
        m_needs.asks.tell(
            m_window, {Notice::Kind::Problem, undone ? tr("Undo") : tr("Redo"), failureSentence(report.failure()), {}});
        return;
    }
    QString sentence = (undone ? tr("Undone: %1, %2 people.", nullptr, forPlural(report->restored))
                               : tr("Done again: %1, %2 people.", nullptr, forPlural(report->restored)))
                           .arg(Words::act(report->act), count(report->restored));
    if (report->kept > 0)
        sentence += QLatin1Char(' ')
            + tr("%1 were left alone because something changed them later.").arg(count(report->kept));
    emit told(sentence);
}

} // namespace rollcall
