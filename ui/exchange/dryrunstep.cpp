// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/dryrunstep.h"

#include "ui/exchange/countslist.h"
#include "ui/exchange/stepparts.h"
#include "ui/parts/fieldlist.h"
#include "ui/parts/theme.h"

#include <QVBoxLayout>

namespace rollcall {

DryRunStep::DryRunStep(QWidget *parent)
    : QWidget(parent)
    , m_counts(new FieldList(this))
    , m_rejectedTitle(stepLabel(this, "rejectedTitle", "heading", tr("Why rows are rejected")))
    , m_reasons(new FieldList(this))
    , m_notes(stepLabel(this, "dryRunNotes", "muted"))
{
    m_counts->setObjectName(QStringLiteral("dryRunCounts"));
    m_reasons->setObjectName(QStringLiteral("dryRunReasons"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Space::medium);
    column->addWidget(stepLabel(this, "dryRunTitle", "title", tr("This is what would happen")));
    column->addWidget(stepLabel(this, "dryRunHint", "muted",
        tr("The whole file was read; nothing is in your list yet. Rejected rows are kept for 30 days with their "
           "reason.")));
    column->addWidget(m_counts);
    column->addWidget(m_rejectedTitle);
    column->addWidget(m_reasons);
    column->addWidget(m_notes);
    column->addStretch(1);
}

void DryRunStep::showStaged(const StagedImport &staged)
{
    showCounts(*m_counts, staged.dryRun, staged.rows.rows);
    showReasons(*m_reasons, staged.rows.rejected);
    m_rejectedTitle->setVisible(!staged.rows.rejected.empty());
    QStringList notes;
    const NumberFindings &found = staged.rows.findings;
    if (staged.rows.repeated > 0)
        notes.append(tr("%n row(s) repeat a number of the same file.", nullptr, int(staged.rows.repeated)));
    if (found.possibleOnly > 0)
        notes.append(
            tr("%n number(s) are in no range we know; they are kept with a mark.", nullptr, int(found.possibleOnly)));
    if (found.unlikely > 0)
        notes.append(tr("%n number(s) could not be read as international numbers; they are kept as typed.", nullptr,
            int(found.unlikely)));
    if (found.unreadableDates > 0)
        notes.append(tr("%n opt-in date(s) could not be read for sure; the answer for the whole list holds there.",
            nullptr, int(found.unreadableDates)));
    m_notes->setText(notes.join(u'\n'));
    m_notes->setVisible(!notes.isEmpty());
}

} // namespace rollcall
