// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QString>
#include <QStringList>

namespace rollcall {

/// `rollcall [--profile NAME] [--data-dir DIR] [--sandbox] [--version] [file.csv …]`
struct CommandLine {
    enum class Want { Window, Version, Help, Tour };
    Want want = Want::Window;
    QString folder = {}; ///< of the profile: database, settings and logs lie in it
    bool sandbox = false; ///< skip the welcome; the sandbox account is the current one
    QStringList files = {}; ///< to be imported, absolute
    QString tourFolder = {};
    QString helpText = {};
};

/// Failure: BadInput, subject = a sentence for stderr.
[[nodiscard]] Result<CommandLine> readCommandLine(const QStringList &arguments);

} // namespace rollcall
