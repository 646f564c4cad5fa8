// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QStringList>

namespace rollcall::golden {

/// Files of golden/<kind>/ that none of the tests `sources` (a pattern) names as "file": nobody reads them, so nothing
/// would be noticed if what they say were read wrongly. Never empty where there is no file at all.
inline QStringList unread(const QString &kind, const QString &sources)
{
    const QDir here(QStringLiteral(ROLLCALL_SOURCE_DIR "/tests/models/gateways/dialects"));
    QByteArray source;
    for (const QString &file : here.entryList({sources}, QDir::Files)) {
        QFile test(here.filePath(file));
        if (test.open(QIODevice::ReadOnly))
            source += test.readAll();
    }
    const QStringList files = QDir(here.filePath(QStringLiteral("golden/") + kind)).entryList(QDir::Files);
    QStringList unread;
    for (const QString &file : files)
        if (!file.endsWith(u".http") || !source.contains(QByteArray('"' + file.chopped(5).toLatin1() + '"')))
            unread += file;
    return files.isEmpty() ? QStringList{QStringLiteral("no file at all")} : unread;
}

} // namespace rollcall::golden
