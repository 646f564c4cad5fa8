// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QString>
#include <QStringList>
#include <vector>

namespace rollcall {

/// A printable page of tables. The words come from ui; every text is plain here and is escaped when it is written.
struct DossierPage {
    struct Section {
        QString title = {};
        QString none = {}; ///< shown in place of a table without rows
        QStringList columns = {}; ///< empty = a table of two columns, label and value
        std::vector<QStringList> rows = {};
    };
    QString title = {};
    QString subtitle = {}; ///< when and by whom it was made
    std::vector<Section> sections = {};
    QString footer = {};
};

/// One HTML document, UTF-8, without scripts, links or pictures. Any thread.
[[nodiscard]] QByteArray dossierHtml(const DossierPage &page);
/// Writes it as PDF (A4) when the name ends in ".pdf", else as HTML; 0600; the file is replaced only when all was
/// written. Lays out text: not on the GUI thread for big ones. Failures: DiskFull, ReadOnly, Storage.
[[nodiscard]] Done writeDossier(const DossierPage &page, const QString &file);

} // namespace rollcall
