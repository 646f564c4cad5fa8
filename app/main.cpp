// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline.h"
#include "app/process.h"
#include "ui/parts/emptystate.h"
#include "ui/parts/icons.h"
#include "ui/parts/theme.h"

#include <QApplication>
#include <QMainWindow>
#include <cstdio>
#include <optional>

using namespace rollcall;

namespace {

int say(FILE *where, const QString &text, int code)
{
    std::fprintf(where, "%s\n", qUtf8Printable(text));
    return code;
}

/// The text options need neither a display nor a profile.
std::optional<int> answerWithoutWindow(const Result<CommandLine> &line)
{
    if (!line)
        return say(stderr, QStringLiteral("rollcall: ") + line.failure().subject, 2);
    if (line->want == CommandLine::Want::Version)
        return say(stdout, QStringLiteral("rollcall " ROLLCALL_VERSION), 0);
    if (line->want == CommandLine::Want::Help)
        return say(stdout, line->helpText.trimmed(), 0);
    return std::nullopt;
}

/// Qt ends a program without a display by abort(); this says it in a sentence first. The tour works off screen then.
bool hasDisplay(const CommandLine &line)
{
#if defined(Q_OS_LINUX)
    if (qEnvironmentVariableIsSet("QT_QPA_PLATFORM") || !qEnvironmentVariableIsEmpty("DISPLAY")
        || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY"))
        return true;
    if (line.want != CommandLine::Want::Tour)
        return false;
    qputenv("QT_QPA_PLATFORM", "offscreen");
#endif
    return true;
}

QStringList argumentsOf(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    return arguments;
}

} // namespace

int main(int argc, char **argv)
{
    hardenProcess();
    QCoreApplication::setApplicationName(QStringLiteral("rollcall"));
    QCoreApplication::setApplicationVersion(QStringLiteral(ROLLCALL_VERSION));
    const Result<CommandLine> line = readCommandLine(argumentsOf(argc, argv));
    if (const std::optional<int> code = answerWithoutWindow(line))
        return *code;
    if (!hasDisplay(*line))
        return say(
            stderr, QStringLiteral("rollcall: there is no display here (DISPLAY and WAYLAND_DISPLAY are empty)."), 1);
    QApplication app(argc, argv);
    QApplication::setApplicationDisplayName(QStringLiteral("Rollcall"));
    QApplication::setDesktopFileName(QStringLiteral("org.rollcall.Rollcall"));
    applyTheme(app, ThemeChoice::System);
    QApplication::setWindowIcon(programIcon());
    QMainWindow window;
    window.setCentralWidget(new EmptyState(QStringLiteral("contacts"), QStringLiteral("Rollcall"),
        QStringLiteral("The parts of this window are being put together.")));
    window.resize(1280, 800);
    window.show();
    return QApplication::exec();
}
