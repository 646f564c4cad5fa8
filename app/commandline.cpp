// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline.h"

#include "app/process.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

namespace rollcall {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

Failure wrong(const QString &sentence)
{
    return {Failure::Kind::BadInput, QStringLiteral("command line"), {}, 0, sentence};
}

QString absolute(const QString &path)
{
    return QDir::cleanPath(QFileInfo(path).absoluteFilePath());
}

} // namespace

Result<CommandLine> readCommandLine(const QStringList &arguments)
{
    const QCommandLineOption profile(
        QStringLiteral("profile"), Text::tr("The profile to open."), QStringLiteral("NAME"), QStringLiteral("default"));
    const QCommandLineOption dataDir(QStringLiteral("data-dir"),
        Text::tr("Keeps everything of the profile (database, settings, logs) in DIR."), QStringLiteral("DIR"));
    const QCommandLineOption sandbox(QStringLiteral("sandbox"), Text::tr("Starts with the built-in sandbox account."));
    QCommandLineOption tour(
        QStringLiteral("tour"), QStringLiteral("Works the main job by itself."), QStringLiteral("DIR"));
    tour.setFlags(QCommandLineOption::HiddenFromHelp);
    QCommandLineParser parser;
    parser.setApplicationDescription(Text::tr("Desktop console for WhatsApp contact lists"));
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")}, Text::tr("Shows this text and ends."));
    const QCommandLineOption version = parser.addVersionOption();
    parser.addOptions({help, profile, dataDir, sandbox, tour});
    parser.addPositionalArgument(
        QStringLiteral("file"), Text::tr("A list to import (CSV)."), QStringLiteral("[file.csv …]"));
    if (!parser.parse(arguments))
        return wrong(parser.errorText());

    CommandLine line;
    line.sandbox = parser.isSet(sandbox);
    if (parser.isSet(version))
        line.want = CommandLine::Want::Version;
    if (parser.isSet(help)) {
        line.want = CommandLine::Want::Help;
        // Qt takes the name from the application, which need not be there yet, or from the path it was started by.
        static const QRegularExpression usage(QStringLiteral("^([^:]+: ).*?( \\[)"));
        line.helpText = parser.helpText().replace(usage, QStringLiteral("\\1rollcall\\2"));
    }
    if (parser.isSet(tour)) {
        line.want = CommandLine::Want::Tour;
        line.tourFolder = absolute(parser.value(tour));
        line.sandbox = true;
    }
    if (parser.isSet(profile) && parser.isSet(dataDir))
        return wrong(Text::tr("Use either --profile or --data-dir, not both."));
    line.folder = parser.isSet(dataDir) ? absolute(parser.value(dataDir)) : profileFolder(parser.value(profile));
    if (line.folder.isEmpty() || (parser.isSet(dataDir) && parser.value(dataDir).isEmpty()))
        return wrong(Text::tr("A profile's name is made of letters, digits, “-” and “_”."));
    const QStringList files = parser.positionalArguments();
    for (const QString &file : files)
        line.files << absolute(file);
    return line;
}

} // namespace rollcall
