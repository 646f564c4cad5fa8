// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/dryrunstep.h"

#include "ui/exchange/countslist.h"
#include "ui/exchange/stepparts.h"
#include "ui/parts/fieldlist.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"

#include <QVBoxLayout>

namespace rollcall {

DryRunStep::DryRunStep(QWidget *parent)
    : QWidget(parent)
    , m_counts(new FieldList(this))
    , m_hint(stepLabel(this, "dryRunHint", "muted",
          tr("The whole file was read; nothing is in your list yet. Rejected rows are kept for 30 days with their "
             "reason.")))
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
    column->addWidget(m_hint);
    column->addWidget(m_counts);
    column->addWidget(m_rejectedTitle);
    column->addWidget(m_reasons);
    column->addWidget(m_notes);
    column->addStretch(1);
}

void DryRunStep::setHint(const QString &sentence)
{
    m_hint->setText(sentence);
}

void DryRunStep::setWarnings(const QStringList &sentences)
{
    m_warnings = sentences;
}

void DryRunStep::showStaged(const StagedImport &staged)
{
    showCounts(*m_counts, staged.dryRun, staged.rows.rows);
    showReasons(*m_reasons, staged.rows);
    m_rejectedTitle->setVisible(!staged.rows.rejected.empty());
    const QStringList notes = m_warnings + notesOf(staged.rows);
    m_notes->setText(notes.join(u'\n'));
    m_notes->setVisible(!notes.isEmpty());
}

} // namespace rollcall
