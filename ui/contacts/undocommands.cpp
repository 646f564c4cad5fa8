// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/undocommands.h"

#include "models/base/clock.h"
#include "models/store/store.h"
#include "ui/contacts/internal/historydialog.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"
#include "ui/text/words.h"

#include <QAction>
#include <QWidget>

namespace rollcall {

namespace {

constexpr qint64 pauseMs = 300;

} // namespace

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
        else if ((change.kinds & Change::BlocksChanged) != 0 && !m_soon.isOpen())
            m_soon = m_needs.clock.after(pauseMs, [this] { readNewest(); }); // a run stores many times a second
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
    readNewest();
}

void UndoCommands::readNewest()
{
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
    const QString how = batch->run.isNull() ? QString() : tr("By the opposite requests, after their flight plan.");
    action->setToolTip(QStringList{usual, what, how}.join(QLatin1Char('\n')).trimmed());
}

void UndoCommands::undo()
{
    if (!m_undoable || std::exchange(m_busy, true))
        return;
    // What was newest when it was last read may have ended, or have a successor by now.
    m_act = m_needs.store.batches().newestUndoable([this](Result<std::optional<BatchSummary>> newest) {
        m_busy = false;
        m_undoable = newest ? *newest : std::nullopt;
        show(m_undo, m_undoable);
        if (m_undoable)
            take(*m_undoable);
    });
}

void UndoCommands::take(const BatchSummary &newest)
{
    if (newest.underWay)
        return m_needs.asks.tell(m_window,
            {Notice::Kind::Info, tr("Undo"),
                tr("The newest command is still under way: %1.").arg(Words::act(newest.act)),
                tr("Cancel it in Jobs; what was done by then can be taken back afterwards. Earlier commands stand in "
                   "History.")});
    if (!newest.run.isNull())
        return emit runUndoWanted(newest.run);
    m_busy = true;
    m_undo->setEnabled(false);
    m_act = m_needs.store.batches().undo(newest.id, [this](const Result<UndoReport> &report) { finish(report, true); });
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
    emit told(undoSentence(*report, undone));
}

} // namespace rollcall
