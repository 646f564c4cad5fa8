// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/resultstep.h"

#include "models/exchange/stagejob.h"
#include "ui/exchange/countslist.h"
#include "ui/exchange/stepparts.h"
#include "ui/parts/fieldlist.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/undowords.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace rollcall {

ResultStep::ResultStep(QWidget *parent)
    : QWidget(parent)
    , m_title(stepLabel(this, "resultTitle", "title"))
    , m_counts(new FieldList(this))
    , m_reasonsTitle(stepLabel(this, "resultReasonsTitle", "heading", tr("Why rows were rejected")))
    , m_reasons(new FieldList(this))
    , m_said(stepLabel(this, "resultSaid", "muted"))
    , m_export(new QPushButton(tr("&Export rejected rows…"), this))
    , m_undo(new QPushButton(tr("&Undo this import"), this))
{
    m_counts->setObjectName(QStringLiteral("resultCounts"));
    m_reasons->setObjectName(QStringLiteral("resultReasons"));
    m_export->setObjectName(QStringLiteral("exportRejected"));
    m_undo->setObjectName(QStringLiteral("undoImport"));
    m_export->setAutoDefault(false);
    m_undo->setAutoDefault(false);
    auto *line = new QHBoxLayout;
    line->setSpacing(Space::small);
    line->addWidget(m_export);
    line->addWidget(m_undo);
    line->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Space::medium);
    column->addWidget(m_title);
    column->addWidget(m_counts);
    column->addWidget(m_reasonsTitle);
    column->addWidget(m_reasons);
    column->addLayout(line);
    column->addWidget(m_said);
    column->addStretch(1);
    connect(m_export, &QPushButton::clicked, this, &ResultStep::exportWanted);
    connect(m_undo, &QPushButton::clicked, this, &ResultStep::undoWanted);
}

void ResultStep::speakOfFetch()
{
    m_fetch = true;
    m_undo->setText(tr("&Undo this fetch"));
}

QString ResultStep::titleOf(const ImportCounts &counts) const
{
    const QString rejected = count(counts.rejected);
    if (counts.sum() == 0)
        return m_fetch ? tr("Nothing fetched: there were no contacts") : tr("Nothing imported: there were no rows");
    if (counts.rejected == counts.sum())
        return (m_fetch ? tr("Nothing fetched; not taken: %1") : tr("Nothing imported; rejected rows: %1"))
            .arg(rejected);
    if (counts.rejected > 0)
        return (m_fetch ? tr("Contacts fetched; not taken: %1") : tr("Imported; rejected rows: %1")).arg(rejected);
    return m_fetch ? tr("Contacts fetched") : tr("Imported");
}

void ResultStep::showOutcome(const ImportOutcome &outcome, const StagedRows &rows)
{
    // Never "success" when something was refused.
    m_rejected = outcome.counts.rejected > 0;
    m_title->setText(titleOf(outcome.counts));
    showCounts(*m_counts, outcome.counts, rows.rows);
    showReasons(*m_reasons, rows);
    m_reasonsTitle->setVisible(m_rejected);
    m_reasons->setVisible(m_rejected);
    m_undone = false;
    say(notesOf(rows).join(u'\n'));
    setBusy(false);
}

void ResultStep::showUndone(const UndoReport &report)
{
    m_undone = true;
    m_title->setText(m_fetch ? tr("Fetch undone") : tr("Import undone"));
    say(undoSentence(report, true));
    setBusy(false);
}

void ResultStep::say(const QString &sentence)
{
    m_said->setText(sentence);
}

void ResultStep::setBusy(bool busy)
{
    m_export->setEnabled(!busy && m_rejected);
    m_undo->setEnabled(!busy && !m_undone);
}

} // namespace rollcall
