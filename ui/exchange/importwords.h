// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/exchange/importfield.h"
#include "models/formats/csvformat.h"

#include <QCoreApplication>
#include <QString>

namespace rollcall {

/// The words of an import.
class ImportWords final {
    Q_DECLARE_TR_FUNCTIONS(ImportWords)
public:
    ImportWords() = delete;

    /// What happened, what was kept, what to do. `file` is the file being imported.
    [[nodiscard]] static QString failure(const Failure &failure, const QString &file);
    /// Why a row was rejected, with what to do; an unknown id is shown as it is.
    [[nodiscard]] static QString reason(const QString &stableId);
    [[nodiscard]] static QString field(ImportField field);
    [[nodiscard]] static QString delimiter(char delimiter);
    [[nodiscard]] static QString encoding(const QByteArray &encoding);

private:
    static QString badFile(const Failure &failure, const QString &name);
};

/// The fields in the order in which a combo box offers them.
[[nodiscard]] const std::vector<ImportField> &offeredFields();

} // namespace rollcall
