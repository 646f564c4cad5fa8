// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/cards/message.h"

#include <QByteArray>
#include <QStringList>
#include <functional>

namespace rollcall {

// Files and texts are read and written on worker threads. GUI thread; dropping the Call silences it.

inline constexpr qint64 largestCardFile = 32 * 1024 * 1024;

/// The cards of these files, .vcf or the JSON of a message, one behind the other. Failures: NotFound, TooLarge
/// (above largestCardFile), BadInput; subject = the file's name.
Call readCardFiles(const QStringList &paths, std::function<void(Result<CardsRead>)> then);
/// cardsFromText() of a paste.
Call readCardText(const QString &text, const QString &region, std::function<void(Result<CardsRead>)> then);
/// Written whole or not at all. Failures: DiskFull, ReadOnly, Storage; subject = the path.
Call writeFile(const QString &path, const QByteArray &bytes, std::function<void(Done)> then);

} // namespace rollcall
