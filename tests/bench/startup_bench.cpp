// SPDX-License-Identifier: GPL-3.0-or-later
// The program itself, started as a person starts it (off screen): from exec to the first paint of its window, with an
// empty profile and with a million people, warm and after the page cache was dropped; what it holds in memory when
// everything is loaded and nothing happens; and the size of the file (performance.md, section 3).
#include "models/base/clock.h"
#include "models/store/store.h"
#include "tests/bench/figures.h"
#include "tests/support/answer.h"
#include "tests/support/manypeople.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <algorithm>
#include <fcntl.h>
#include <optional>
#include <unistd.h>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr int mostWaitMs = 60'000;

struct Start {
    double firstPaintMs = 0;
    double idleMiB = 0;
};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

double residentMiB(qint64 pid)
{
    for (const QByteArray &line : contentOf(QStringLiteral("/proc/%1/status").arg(pid)).split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.simplified().split(' ').value(1).toDouble() / 1024;
    }
    return 0;
}

/// User and system time of a process in clock ticks; -1 = it is gone.
qint64 ticksOf(qint64 pid)
{
    const QByteArray stat = contentOf(QStringLiteral("/proc/%1/stat").arg(pid));
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    return fields.size() > 12 ? fields[11].toLongLong() + fields[12].toLongLong() : -1;
}

/// Waits until the process has done nothing for 4.5 s: lists are read, the file is checked, the search is loaded.
bool waitIdle(QProcess &process)
{
    const qint64 pid = process.processId();
    QElapsedTimer whole;
    whole.start();
    QElapsedTimer still;
    still.start();
    qint64 last = ticksOf(pid);
    while (whole.elapsed() < mostWaitMs && last >= 0) {
        process.waitForFinished(50);
        const qint64 now = ticksOf(pid);
        if (now - last > 1)
            still.restart();
        last = now;
        if (still.elapsed() >= 4500)
            return true;
    }
    return false;
}

std::optional<Start> startOnce(const QString &program, const QString &folder, bool untilIdle)
{
    const QString log = QDir(folder).filePath(QStringLiteral("logs/rollcall.log"));
    QFile::remove(log);
    QProcess process;
    process.setStandardErrorFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice());
    QElapsedTimer timer;
    timer.start();
    process.start(program, {QStringLiteral("--data-dir"), folder, QStringLiteral("--sandbox")});
    std::optional<Start> result;
    while (timer.elapsed() < mostWaitMs && !result) {
        if (contentOf(log).contains("first paint"))
            result = Start{double(timer.nsecsElapsed()) / 1e6};
        else
            process.waitForFinished(1);
    }
    process.waitForStarted();
    if (result && untilIdle)
        result->idleMiB = waitIdle(process) ? residentMiB(process.processId()) : 0;
    process.terminate();
    if (!process.waitForFinished(5000)) {
        process.kill();
        process.waitForFinished();
    }
    return result;
}

/// The median of several starts.
std::optional<double> firstPaint(
    const QString &program, const QString &folder, int times, const std::function<void()> &before)
{
    std::vector<double> all;
    for (int i = 0; i < times; ++i) {
        before();
        const std::optional<Start> start = startOnce(program, folder, false);
        if (!start)
            return std::nullopt;
        all.push_back(start->firstPaintMs);
    }
    std::sort(all.begin(), all.end());
    return all[all.size() / 2];
}

/// As root the whole page cache; else only the profile's and the program's own files.
void dropCache(const QString &program, const QString &folder)
{
    ::sync();
    QFile drop(QStringLiteral("/proc/sys/vm/drop_caches"));
    if (drop.open(QIODevice::WriteOnly) && drop.write("1") == 1)
        return;
    QStringList paths{program};
    for (const QFileInfo &file : QDir(folder).entryInfoList(QDir::Files))
        paths += file.filePath();
    for (const QString &path : paths) {
        const int fd = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
        if (fd >= 0) {
            (void)::posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
            ::close(fd);
        }
    }
}

bool makePeople(const QString &folder, int rows)
{
    SystemClock clock;
    auto store = Store::open(folder, clock);
    if (!store || !answerOf<Nothing>([&](auto then) { return (*store)->checkFile(false, then); }))
        return false;
    const auto outcome = addPeople(**store, folder, rows, 300'000);
    return outcome && outcome->counts.added == rows;
}

} // namespace

int main(int argc, char **argv) // NOLINT(bugprone-exception-escape): then the benchmark fails, as it should
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    Figures figures(argc, argv);
    const QCoreApplication app(argc, argv);
    const QString bin = qEnvironmentVariable("ROLLCALL_BIN", QStringLiteral(ROLLCALL_BIN_DIR));
    const QString program = QDir(bin).filePath(QStringLiteral("rollcall"));
    const int rows = figures.isShort() ? 10'000 : 1'000'000;
    const int times = figures.isShort() ? 1 : 7;
    QTemporaryDir empty;
    QTemporaryDir full;
    if (!makePeople(full.path(), rows)) {
        figures.broken("people", "the list could not be put into the store");
        return figures.exitCode();
    }
    const auto none = [] {};
    const std::optional<Start> first = startOnce(program, empty.path(), true);
    const std::optional<Start> loaded = startOnce(program, full.path(), true);
    const auto emptyMs = firstPaint(program, empty.path(), times, none);
    const auto warmMs = firstPaint(program, full.path(), times, none);
    const auto coldMs
        = firstPaint(program, full.path(), figures.isShort() ? 1 : 3, [&] { dropCache(program, full.path()); });
    if (!first || !loaded || !emptyMs || !warmMs || !coldMs || first->idleMiB <= 0 || loaded->idleMiB <= 0) {
        figures.broken("start", "the program did not paint its window or never came to rest");
        return figures.exitCode();
    }
    figures.note("start to first paint, empty profile", *emptyMs, "ms");
    figures.atMost("start to first paint, 1,000,000 people, warm", *warmMs, "ms", 150, 100);
    figures.atMost("start to first paint, 1,000,000 people, cold cache", *coldMs, "ms", 400, 250);
    figures.atMost("memory idle, empty profile", first->idleMiB, "MiB", 70, 50);
    figures.atMost("memory idle, 1,000,000 people", loaded->idleMiB, "MiB", 220, 160);
    qint64 bytes = 0;
    for (const QFileInfo &file :
        QDir(full.path()).entryInfoList({QStringLiteral("*.db*"), QStringLiteral("*.sqlite*")}, QDir::Files))
        bytes += file.size();
    figures.atMost("database per 1,000,000 people", double(bytes) / 1048576 * 1'000'000 / rows, "MiB", 250, 150);
    return figures.exitCode();
}
