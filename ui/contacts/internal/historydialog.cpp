// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/internal/historydialog.h"

#include "models/store/store.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/rowdelegate.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"
#include "ui/text/foreign.h"
#include "ui/text/undowords.h"
#include "ui/text/words.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr std::size_t mostShown = 1000; // older ones are past their 30 days, or stand in the journal

bool isBlock(const QString &act)
{
    return act == QLatin1String("block.run");
}

QString stateOf(const BatchSummary &batch)
{
    if (batch.underWay)
        return HistoryDialog::tr("Under way");
    if (batch.undone)
        return batch.run.isNull() ? HistoryDialog::tr("Undone") : HistoryDialog::tr("The opposite was asked for");
    if (!batch.run.isNull() && batch.undoable)
        return HistoryDialog::tr("Stands for %1 people", nullptr, forPlural(batch.standing)).arg(count(batch.standing));
    return batch.undoable ? HistoryDialog::tr("Can be undone") : HistoryDialog::tr("Stays");
}

/// What the button would do with the chosen line, or why it does nothing.
QString tipOf(const BatchSummary *batch)
{
    if (!batch)
        return HistoryDialog::tr("Choose a line first.");
    if (batch->underWay)
        return HistoryDialog::tr("Still under way: cancel it in Jobs first.");
    if (!batch->run.isNull() && batch->undoable)
        return HistoryDialog::tr(
            "The opposite requests, after a flight plan that names their price. Nothing is sent before.");
    if (batch->undoable)
        return HistoryDialog::tr("Takes back what this command changed.");
    if (batch->redoable)
        return HistoryDialog::tr("Does again what was undone.");
    return HistoryDialog::tr("Opt-outs, consents and erasures stay; so does everything older than 30 days.");
}

} // namespace

HistoryDialog::HistoryDialog(Store &store, QWidget *parent)
    : QDialog(parent)
    , m_store(store)
    , m_table(new QTableWidget(0, 5, this))
    , m_answer(new QLabel(this))
{
    setObjectName(QStringLiteral("historyDialog"));
    setWindowTitle(tr("History"));
    resize(760, 480);
    auto *hint = new QLabel(
        tr("Undo takes back only what still is as the command left it: later edits, verdicts, consents and "
           "stops stay, and are counted. Opt-outs, consents and erasures cannot be undone. What a gateway was asked "
           "is taken back by the opposite requests, after their flight plan."),
        this);
    hint->setTextFormat(Qt::PlainText);
    hint->setWordWrap(true);
    hint->setProperty("look", QStringLiteral("muted"));
    m_table->setObjectName(QStringLiteral("history.table"));
    m_table->setHorizontalHeaderLabels({tr("When"), tr("Who"), tr("What"), tr("People"), tr("State")});
    setUpTable(*m_table, tr("History"));
    m_table->setSortingEnabled(false);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    const int widths[] = {175, 130, 190, 80};
    for (int column = 0; column < int(std::size(widths)); ++column)
        m_table->setColumnWidth(column, widths[column]);
    m_answer->setObjectName(QStringLiteral("history.answer"));
    m_answer->setTextFormat(Qt::PlainText);
    m_answer->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setText(tr("Close"));
    m_undo = buttons->addButton(tr("&Undo this"), QDialogButtonBox::ActionRole);
    m_undo->setObjectName(QStringLiteral("history.undo"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_undo, &QPushButton::clicked, this, &HistoryDialog::act);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &HistoryDialog::follow);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::large, Space::large, Space::large, Space::medium);
    column->setSpacing(Space::medium);
    column->addWidget(hint);
    column->addWidget(m_table, 1);
    column->addWidget(m_answer);
    column->addWidget(buttons);
    follow();
    read();
}

void HistoryDialog::read()
{
    m_read = m_store.batches().list([this](Result<std::vector<BatchSummary>> batches) {
        if (!batches)
            return m_answer->setText(failureSentence(batches.failure()));
        show(*std::move(batches));
    });
}

void HistoryDialog::show(std::vector<BatchSummary> batches)
{
    const BatchSummary *before = chosen();
    const BatchId kept = before ? before->id : BatchId();
    const RunId keptRun = before ? before->run : RunId();
    m_batches = std::move(batches);
    if (m_batches.size() > mostShown)
        m_batches.resize(mostShown);
    m_table->setRowCount(int(m_batches.size()));
    int current = -1;
    for (int row = 0; row < int(m_batches.size()); ++row) {
        const BatchSummary &batch = m_batches[size_t(row)];
        const QString cells[]
            = {moment(batch.atMs), oneLine(batch.by), Words::act(batch.act), count(batch.people), stateOf(batch)};
        for (int column = 0; column < int(std::size(cells)); ++column)
            m_table->setItem(row, column, new QTableWidgetItem(cells[column]));
        const bool same = (!kept.isNull() && batch.id == kept) || (!keptRun.isNull() && batch.run == keptRun);
        if (same || (kept.isNull() && keptRun.isNull() && current < 0 && batch.undoable))
            current = row;
    }
    if (current >= 0)
        m_table->selectRow(current);
    follow();
}

const BatchSummary *HistoryDialog::chosen() const
{
    const QList<QTableWidgetSelectionRange> ranges = m_table->selectedRanges();
    const int row = ranges.isEmpty() ? -1 : ranges.constFirst().topRow();
    return row >= 0 && row < int(m_batches.size()) ? &m_batches[size_t(row)] : nullptr;
}

void HistoryDialog::follow()
{
    const BatchSummary *batch = chosen();
    const bool run = batch && !batch->run.isNull();
    const bool again = batch && !run && batch->undone;
    m_undo->setText(!run          ? (again ? tr("&Do again") : tr("&Undo this"))
            : isBlock(batch->act) ? tr("&Unblock these…")
                                  : tr("&Block these again…"));
    roomForBold(*m_undo);
    const bool readOnly = m_store.report().readOnly;
    m_undo->setEnabled(!m_busy && !readOnly && batch && (batch->undoable || batch->redoable));
    m_undo->setToolTip(readOnly ? tr("This profile cannot be written.") : tipOf(batch));
}

void HistoryDialog::act()
{
    const BatchSummary *batch = chosen();
    if (!batch || m_busy)
        return;
    if (!batch->run.isNull()) {
        const RunId run = batch->run;
        accept();
        return emit runUndoWanted(run);
    }
    m_busy = true;
    follow();
    const bool undo = !batch->undone;
    const auto then = [this, undo](const Result<UndoReport> &report) {
        m_busy = false;
        const QString sentence = report ? undoSentence(*report, undo) : failureSentence(report.failure());
        m_answer->setText(sentence);
        emit told(sentence);
        read();
    };
    m_act = undo ? m_store.batches().undo(batch->id, then) : m_store.batches().redo(batch->id, then);
}

} // namespace rollcall
