// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "app/commandline.h"
#include "app/instancedoor.h"
#include "app/process.h"
#include "app/tour.h"
#include "models/secrets/secrets.h"
#include "models/store/backups.h"
#include "ui/parts/icons.h"
#include "ui/parts/theme.h"
#include "ui/text/failuretext.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTranslator>
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

/// A refused opening: on stderr, and in a window that ends the program when it is closed.
int tellRefusal(const Failure &failure)
{
    const QString sentence = failureSentence(failure);
    say(stderr, QStringLiteral("rollcall: ") + sentence, 1);
    Notice notice;
    notice.kind = Notice::Kind::Problem;
    notice.title = QCoreApplication::translate("main", "Rollcall cannot open this profile");
    notice.text = sentence;
    realAsks().tell(nullptr, notice);
    QApplication::exec();
    return 1;
}

int tellRaised()
{
    return say(stdout,
        QCoreApplication::translate(
            "main", "Rollcall already runs with this profile; its window was brought to the front."),
        0);
}

/// Opens the profile and works until the window is closed; opens it anew after a restore.
int run(CommandLine line)
{
    QTemporaryDir tourProfile; // the tour never works in a person's own profile
    if (line.want == CommandLine::Want::Tour)
        line.folder = tourProfile.path();
    SystemClock clock;
    for (;;) {
        Application::Options options;
        options.folder = line.folder;
        options.sandbox = line.sandbox;
        options.files = line.files;
        options.asks = realAsks();
        if (line.want == CommandLine::Want::Tour)
            options.asks.saveFile = [file = Tour::dossierFile(line.tourFolder)](QWidget *, const FileWish &,
                                        const std::function<void(QString)> &then) { then(file); };
        Result<std::unique_ptr<Application>> opened = Application::open(std::move(options), clock);
        if (!opened) {
            if (opened.failure().kind == Failure::Kind::AlreadyOpen && InstanceDoor::knock(line.folder, line.files))
                return tellRaised();
            return tellRefusal(opened.failure());
        }
        Application &application = **opened;
        QObject::connect(&application, &Application::restoreChosen, qApp, &QCoreApplication::quit);
        std::unique_ptr<Tour> tour;
        if (line.want == CommandLine::Want::Tour) {
            tour = std::make_unique<Tour>(application, line.tourFolder);
            QObject::connect(tour.get(), &Tour::finished, qApp, [](int result) { QCoreApplication::exit(result); });
            tour->start();
        }
        application.show();
        const int code = QApplication::exec();
        tour.reset();
        const QString backup = application.backupToRestore();
        opened = Failure{}; // ends the application: the store must be closed for a restore
        if (backup.isEmpty())
            return code;
        if (const Done restored = Backups::restore(line.folder, backup); !restored)
            return tellRefusal(restored.failure());
    }
}

/// English is built in; its translation holds only the plural forms. Qt's own words follow the system's language.
void installWords(QApplication &app)
{
    auto *words = new QTranslator(&app);
    if (words->load(QStringLiteral(":/i18n/rollcall_en.qm")))
        QApplication::installTranslator(words);
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
    keepLargeBlocksApart();
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
    QApplication::setWindowIcon(programIcon());
    installWords(app);
    applyTheme(app, ThemeChoice::System);
    return run(*line);
}
