// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace rollcall::log {

/// Writes the program's log below `folder` (created 0700, files 0600), 5 files of at most 10 MB, one line an event,
/// foreign control bytes escaped. Before the call, and when the folder cannot be written, lines go to stderr only.
/// Any thread. Callers pass masked numbers (maskedNumber) and never a Secret: it has no way into a QString here.
void start(const QString &folder);
void stop();

void info(const char *area, const QString &text);
void warning(const char *area, const QString &text);
/// Takes every line that holds one of these bytes out of the log and its older generations (an erased person's name
/// must not stay there). Any thread.
void dropLines(const QList<QByteArray> &needles);

} // namespace rollcall::log
