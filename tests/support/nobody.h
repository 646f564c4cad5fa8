// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

namespace rollcall::tests {

/// What a test program printed when one of its functions ran again as nobody.
struct NobodyRun {
    bool started = false; ///< false: setpriv (util-linux) is not here, or could not do it
    int exitCode = -1;
    QByteArray output = {};
    /// The function passed there; a skipped one did not.
    [[nodiscard]] bool passed(const QByteArray &function) const
    {
        return started && exitCode == 0 && output.contains(QByteArray("PASS   : " + function));
    }
};

/// Root may read and write everything, so that what is about rights proves nothing there: runs `function` of this
/// program as user 65534. Call as root only. Unix.
inline NobodyRun runAsNobody(const QString &function)
{
    NobodyRun run;
    const QString setpriv = QStandardPaths::findExecutable(QStringLiteral("setpriv"));
    const QTemporaryDir place;
    // The program may lie where nobody may not go: a copy beside the place.
    const QString copy = place.filePath(QStringLiteral("the_test"));
    if (setpriv.isEmpty() || !QFile::setPermissions(place.path(), QFile::Permissions(0x7777))
        || !QFile::copy(QCoreApplication::applicationFilePath(), copy)
        || !QFile::setPermissions(copy, QFile::Permissions(0x7755)))
        return run;
    QProcess child;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"TMPDIR", "HOME", "XDG_RUNTIME_DIR"})
        environment.insert(QString::fromLatin1(name), place.path());
    for (const char *name : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"})
        environment.remove(QString::fromLatin1(name)); // root's
    child.setProcessEnvironment(environment);
    child.setProcessChannelMode(QProcess::MergedChannels);
    child.start(setpriv,
        {QStringLiteral("--reuid=65534"), QStringLiteral("--regid=65534"), QStringLiteral("--clear-groups"), copy,
            function});
    run.started = child.waitForFinished(120'000) && child.exitStatus() == QProcess::NormalExit;
    run.exitCode = child.exitCode();
    run.output = child.readAll();
    return run;
}

} // namespace rollcall::tests
