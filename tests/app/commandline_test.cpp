// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline.h"
#include "app/process.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace rollcall;

namespace {

Result<CommandLine> read(const QStringList &arguments)
{
    return readCommandLine(QStringList{QStringLiteral("rollcall")} + arguments);
}

unsigned modeOf(const QString &path)
{
    struct stat found = {};
    return stat(QFile::encodeName(path).constData(), &found) == 0 ? found.st_mode & 0777U : 0U;
}

} // namespace

class CommandLineTest final : public QObject {
    Q_OBJECT
private slots:
    void options();
    void profileNamesAreNotPaths_data();
    void profileNamesAreNotPaths();
    void wrongOptionsAreTold();
    void helpNamesTheProgram();
    void filesAreForTheOwnerOnly();
    void folderIsTightened();
    void linksAreRefused();
};

void CommandLineTest::options()
{
    const Result<CommandLine> line = read({QStringLiteral("--data-dir"), QStringLiteral("/x/../y"),
        QStringLiteral("--sandbox"), QStringLiteral("/a/list.csv")});
    QVERIFY(line);
    QCOMPARE(line->want, CommandLine::Want::Window);
    QCOMPARE(line->folder, QStringLiteral("/y"));
    QVERIFY(line->sandbox);
    QCOMPARE(line->files, QStringList{QStringLiteral("/a/list.csv")});
    QVERIFY(read({})->folder.endsWith(QStringLiteral("/rollcall/default")));
    QVERIFY(!read({})->sandbox);
    QVERIFY(read({QStringLiteral("--profile"), QStringLiteral("work_2")})
                ->folder.endsWith(QStringLiteral("/rollcall/work_2")));
    QCOMPARE(read({QStringLiteral("--version")})->want, CommandLine::Want::Version);
    const Result<CommandLine> relative = read({QStringLiteral("list.csv")});
    QCOMPARE(relative->files, QStringList{QDir::current().filePath(QStringLiteral("list.csv"))});
}

void CommandLineTest::profileNamesAreNotPaths_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"..", "../x", "a/b", "", "a b", "/etc"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void CommandLineTest::profileNamesAreNotPaths()
{
    QFETCH(QString, name);
    const Result<CommandLine> line = read({QStringLiteral("--profile"), name});
    QVERIFY(!line);
    QCOMPARE(line.failure().kind, Failure::Kind::BadInput);
    QVERIFY(!line.failure().subject.isEmpty());
}

void CommandLineTest::wrongOptionsAreTold()
{
    const Result<CommandLine> unknown = read({QStringLiteral("--colour")});
    QVERIFY(!unknown);
    QVERIFY2(unknown.failure().subject.contains(QStringLiteral("colour")), qPrintable(unknown.failure().subject));
    QVERIFY(
        !read({QStringLiteral("--profile"), QStringLiteral("a"), QStringLiteral("--data-dir"), QStringLiteral("b")}));
    QVERIFY(!read({QStringLiteral("--data-dir"), QString()}));
}

void CommandLineTest::helpNamesTheProgram()
{
    const QString help = read({QStringLiteral("--help")})->helpText;
    QVERIFY2(help.startsWith(QStringLiteral("Usage: rollcall ")), qPrintable(help));
    for (const char *option : {"--profile", "--data-dir", "--sandbox", "--version"})
        QVERIFY2(help.contains(QLatin1String(option)), option);
}

void CommandLineTest::filesAreForTheOwnerOnly()
{
    QTemporaryDir folder;
    const mode_t before = umask(0022);
    hardenProcess();
    QFile file(folder.filePath(QStringLiteral("new")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QCOMPARE(modeOf(file.fileName()), 0600U);
    rlimit core{1, 1};
    QCOMPARE(getrlimit(RLIMIT_CORE, &core), 0);
    QCOMPARE(core.rlim_cur, rlim_t(0));
    QCOMPARE(core.rlim_max, rlim_t(0));
    umask(before);
}

void CommandLineTest::folderIsTightened()
{
    QTemporaryDir folder;
    const QString fresh = folder.filePath(QStringLiteral("a/b"));
    const mode_t before = umask(0022); // even where main() did not run
    QVERIFY(prepareFolder(fresh));
    umask(before);
    QCOMPARE(modeOf(fresh), 0700U);
    const QString wide = folder.filePath(QStringLiteral("wide"));
    QVERIFY(QDir().mkpath(wide));
    QCOMPARE(chmod(QFile::encodeName(wide).constData(), 0777), 0);
    QVERIFY(prepareFolder(wide));
    QCOMPARE(modeOf(wide), 0700U);
}

void CommandLineTest::linksAreRefused()
{
    QTemporaryDir folder;
    const QString target = folder.filePath(QStringLiteral("target"));
    QVERIFY(QDir().mkpath(target));
    const QString link = folder.filePath(QStringLiteral("link"));
    QVERIFY(QFile::link(target, link));
    const Done prepared = prepareFolder(link);
    QVERIFY(!prepared);
    QCOMPARE(prepared.failure().kind, Failure::Kind::Foreign);
    QFile file(folder.filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(!prepareFolder(file.fileName()));
}

QTEST_GUILESS_MAIN(CommandLineTest)
#include "commandline_test.moc"
