// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/progress.h"
#include "models/domain/filter.h"
#include "models/domain/ids.h"
#include "models/store/imports.h"

#include <QObject>

namespace rollcall {

class JobsDock;
class WindowDialogs;

/// Brings imports into the jobs dock: while one reads and saves, and its result.
class ImportJobs final : public QObject {
    Q_OBJECT
public:
    ImportJobs(WindowDialogs &dialogs, JobsDock &dock, QObject *parent);

signals:
    void peopleWanted(const rollcall::Filter &filter); ///< of one import

private:
    void showImported(BatchId batch, const QString &sentence, const ImportCounts &counts);
    void showImporting(const QString &title, const QString &line, const Progress &progress);
    WindowDialogs &m_dialogs;
    JobsDock &m_dock;
};

} // namespace rollcall
