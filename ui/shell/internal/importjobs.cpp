// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/internal/importjobs.h"

#include "ui/shell/jobsdock.h"
#include "ui/shell/windowdialogs.h"

namespace rollcall {

ImportJobs::ImportJobs(WindowDialogs &dialogs, JobsDock &dock, QObject *parent)
    : QObject(parent)
    , m_dialogs(dialogs)
    , m_dock(dock)
{
    connect(&dialogs, &WindowDialogs::imported, this, &ImportJobs::showImported);
    connect(&dialogs, &WindowDialogs::importWorking, this, &ImportJobs::showImporting);
    connect(&dialogs, &WindowDialogs::importRested, this, [this] { m_dock.forget(QStringLiteral("import")); });
}

void ImportJobs::showImported(BatchId batch, const QString &sentence, const ImportCounts &counts)
{
    JobLook look;
    look.state = counts.rejected == 0     ? JobLook::State::Done
        : counts.rejected == counts.sum() ? JobLook::State::Refused
                                          : JobLook::State::Mixed;
    look.title = tr("Import");
    look.line = sentence;
    JobHandles handles;
    handles.open = [this, batch] {
        Filter filter;
        filter.batch = batch;
        emit peopleWanted(filter);
    };
    m_dock.showJob(QStringLiteral("import-%1").arg(batch.value()), look, handles);
}

/// The import's own dialog may lie behind the window: its job shows the same, and brings it back.
void ImportJobs::showImporting(const QString &title, const QString &line, const Progress &progress)
{
    JobLook look;
    look.title = tr("Import: %1").arg(title);
    look.line = line;
    look.progress = progress;
    JobHandles handles;
    handles.open = [this] { m_dialogs.raiseImport(); };
    handles.cancel = [this] { m_dialogs.cancelImport(); };
    m_dock.showJob(QStringLiteral("import"), look, handles);
}

} // namespace rollcall
