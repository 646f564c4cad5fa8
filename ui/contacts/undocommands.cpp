// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/undocommands.h"

#include "models/base/clock.h"
#include "models/store/store.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"
#include "ui/text/foreign.h"
#include "ui/text/undowords.h"
#include "ui/text/usable.h"
#include "ui/text/words.h"

#include <QAction>
#include <QWidget>

namespace rollcall {

namespace {

constexpr qint64 pauseMs = 300;
constexpr qint64 manyPeople = 10; // as for blocks: above it the default button is Cancel

QString actOf(const BatchSummary &batch)
{
    return batch.stays == BatchSummary::Stays::OptOut ? UndoCommands::tr("Opt-out") : Words::act(batch.act);
}

/// "Ana, Ben, Cleo and 4 more"; empty when nobody of them is here.
QString whomOf(const BatchSummary &batch)
{
    QStringList names;
    names.reserve(batch.names.size());
    for (const QString &name : batch.names)
        names << oneLine(name);
    const qint64 more = batch.people - names.size();
    if (names.isEmpty() || more <= 0)
        return names.join(QStringLiteral(", "));
    //: %1 some names, %2 how many others
    return UndoCommands::tr("%1 and %2 more", nullptr, forPlural(more))
        .arg(names.join(QStringLiteral(", ")), count(more));
}

} // namespace

UndoCommands::UndoCommands(const ContactsNeeds &needs, QAction *undo, QAction *redo, QWidget *window)
    : QObject(window)
    , m_needs(needs)
    , m_window(window)
    , m_undo(undo)
    , m_redo(redo)
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
    m_readUndo = m_needs.store.batches().newest([this](Batch batch) {
        m_undoable = batch ? *batch : std::nullopt;
        show(m_undo, m_undoable);
    });
    m_readRedo = m_needs.store.batches().newestRedoable([this](Batch batch) {
        m_redoable = batch ? *batch : std::nullopt;
        show(m_redo, m_redoable);
    });
}

void UndoCommands::setWritable(bool writable, const QString &why)
{
    m_writable = writable;
    m_whyNot = why;
    show(m_undo, m_undoable);
    show(m_redo, m_redoable);
}

void UndoCommands::show(QAction *action, const std::optional<BatchSummary> &batch)
{
    if (!action)
        return;
    setUsable(*action, batch.has_value() && !m_busy && m_writable, m_whyNot); // with the tooltip it has by itself
    if (!batch || !m_writable)
        return;
    //: what Undo or Redo would take back: "Import, 1,204 people, 5 Oct 2026 10:12"
    QString what = tr("%1, %2 people, %3", nullptr, forPlural(batch->people))
                       .arg(actOf(*batch), count(batch->people), moment(batch->atMs));
    if (const QString whom = whomOf(*batch); !whom.isEmpty())
        what += QLatin1Char('\n') + whom;
    const QString how = batch->stays == BatchSummary::Stays::OptOut ? tr("It is lifted by a new consent only.")
        : batch->stays == BatchSummary::Stays::Consent              ? tr("A consent is kept for good.")
        : batch->run.isNull()                                       ? QString()
                              : tr("By the opposite requests, after their flight plan.");
    action->setToolTip(QStringList{action->toolTip(), what, how}.join(QLatin1Char('\n')).trimmed());
}

void UndoCommands::undo()
{
    if (!m_undoable || std::exchange(m_busy, true))
        return;
    // What was newest when it was last read may have ended, or have a successor by now.
    m_act = m_needs.store.batches().newest([this](Result<std::optional<BatchSummary>> newest) {
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
    if (newest.stays != BatchSummary::Stays::No)
        return tellStays(newest);
    if (!newest.run.isNull())
        return emit runUndoWanted(newest.run);
    if (newest.people > manyPeople)
        return askToTake(newest);
    takeBack(newest);
}

/// Ctrl+Z is pressed in passing; what a thousand people hang on is not done in passing.
void UndoCommands::askToTake(const BatchSummary &newest)
{
    const bool import = newest.act == QLatin1String("import") || newest.act == QLatin1String("fetch");
    QStringList details{whomOf(newest)};
    if (import)
        details << tr(
            "People it added leave the list; people it changed get their earlier values back. What was changed "
            "later stays. Redo brings all of it back.");
    details.removeAll(QString());
    Question question;
    question.title = tr("Undo");
    //: %1 the command ("Import"), %2 how many people, %3 when it was given
    question.text = tr("Take back the newest command: %1, %2 people, %3?", nullptr, forPlural(newest.people))
                        .arg(Words::act(newest.act), count(newest.people), moment(newest.atMs));
    question.details = details.join(QStringLiteral("\n\n"));
    question.confirm = tr("Take back");
    question.dangerous = true;
    m_needs.asks.confirm(m_window, question, [this, asked = newest.id](bool yes) {
        if (yes)
            takeBackIfNewest(asked);
    });
}

/// Runs and rules went on behind the question: what was asked about is taken back only while it is the newest.
void UndoCommands::takeBackIfNewest(BatchId asked)
{
    if (std::exchange(m_busy, true))
        return;
    m_act = m_needs.store.batches().newest([this, asked](const Result<std::optional<BatchSummary>> &newest) {
        m_busy = false;
        m_undoable = newest ? *newest : std::nullopt;
        show(m_undo, m_undoable);
        if (!newest)
            return m_needs.asks.tell(
                m_window, {Notice::Kind::Problem, tr("Undo"), failureSentence(newest.failure()), {}});
        if (m_undoable && m_undoable->run.isNull() && m_undoable->id == asked)
            return takeBack(BatchSummary(*m_undoable)); // a copy: reading anew replaces it
        m_needs.asks.tell(m_window,
            {Notice::Kind::Info, tr("Undo"),
                tr("Nothing was taken back: while the question stood open, something newer was done."),
                tr("Undo now means that. Earlier commands stand in History, where each can be taken back.")});
    });
}

void UndoCommands::takeBack(const BatchSummary &newest)
{
    m_busy = true;
    m_undo->setEnabled(false);
    m_whom = whomOf(newest);
    m_act = m_needs.store.batches().undo(newest.id, [this](const Result<UndoReport> &report) { finish(report, true); });
}

/// Nothing older is taken back instead: whoever presses Ctrl+Z means the newest.
void UndoCommands::tellStays(const BatchSummary &newest)
{
    const bool optOut = newest.stays == BatchSummary::Stays::OptOut;
    const QString whom = whomOf(newest);
    //: the newest command: %1 "Opt-out", %2 when, %3 whom
    const QString what = (whom.isEmpty() ? tr("Nothing was taken back. The newest command is: %1, %2.")
                                         : tr("Nothing was taken back. The newest command is: %1, %2: %3."))
                             .arg(actOf(newest), moment(newest.atMs));
    m_needs.asks.tell(m_window,
        {Notice::Kind::Info, tr("Undo"),
            (whom.isEmpty() ? what : what.arg(whom)) + QLatin1Char(' ')
                + (optOut ? tr("An opt-out is lifted only by a new consent of the person: record it with Opt-in…, or "
                               "state it in Unblock….")
                          : tr("A consent is kept for good. If it was withdrawn, or recorded by mistake, record an "
                               "opt-out.")),
            tr("Earlier commands stand in History, where each can be taken back.")});
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
    const QString whom = undone ? m_whom : QString();
    refresh();
    if (!report) {
        m_needs.asks.tell(
            m_window, {Notice::Kind::Problem, undone ? tr("Undo") : tr("Redo"), failureSentence(report.failure()), {}});
        return;
    }
    const QString sentence = undoSentence(*report, undone);
    //: %1 what was undone, %2 whom it was about
    emit told(whom.isEmpty() ? sentence : tr("%1 (%2)").arg(sentence, whom));
}

} // namespace rollcall
