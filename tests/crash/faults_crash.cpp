// SPDX-License-Identifier: GPL-3.0-or-later
// The fault matrix of reliability.md C5: every fault at the first, middle and last request of block, unblock, list and
// check, 20 seeds each, with the sandbox's ledger as witness. The last line holds the figures.
//   faults_crash [--short] [--seeds N] [--seed S] [--row NAME] [--act NAME]
#include "tests/support/faultmatrix.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <cstdio>
#include <sys/resource.h>

using namespace rollcall::tests;

namespace {

void say(const QString &line)
{
    std::puts(qPrintable(line));
    std::fflush(stdout);
}

/// The most memory this process ever held, in MiB.
long peak()
{
    rusage use{};
    ::getrusage(RUSAGE_SELF, &use);
    return use.ru_maxrss / 1024;
}

} // namespace

int main(int count, char **words)
{
    QCoreApplication application(count, words);
    QCommandLineParser parser;
    const QCommandLineOption isShort(QStringLiteral("short"));
    const QCommandLineOption seeds(QStringLiteral("seeds"), {}, QStringLiteral("n"), QStringLiteral("20"));
    const QCommandLineOption seed(QStringLiteral("seed"), {}, QStringLiteral("s"), QStringLiteral("1"));
    const QCommandLineOption only(QStringLiteral("row"), {}, QStringLiteral("name"));
    const QCommandLineOption act(QStringLiteral("act"), {}, QStringLiteral("name"));
    const QCommandLineOption trials(QStringLiteral("trials"), {}, QStringLiteral("n"));
    parser.addOptions({isShort, seeds, seed, only, act, trials});
    parser.process(application);
    const int times = parser.isSet(isShort) ? 1 : parser.value(seeds).toInt();
    FaultMatrix matrix;
    QElapsedTimer elapsed;
    elapsed.start();
    qsizetype told = 0;
    int cells = 0;
    quint32 next = parser.value(seed).toUInt() * 1'000'000;
    for (const FaultRow &row : faultRows()) {
        if (parser.isSet(only) && parser.value(only) != QLatin1String(row.name))
            continue;
        for (const WireAct each : row.acts) {
            if (parser.isSet(act) && parser.value(act) != QLatin1String(nameOf(each)))
                continue;
            for (int position = 0; position < 3; ++position, ++cells)
                for (int i = 0; i < times; ++i)
                    matrix.trial(row, each, position, ++next);
        }
        for (; told < matrix.figures().wrong.size(); ++told)
            say(QStringLiteral("  ") + matrix.figures().wrong.at(told));
        say(QStringLiteral("%1, %2 s: %3")
                .arg(QLatin1String(row.name))
                .arg(elapsed.elapsed() / 1000)
                .arg(matrix.figures().line()));
    }
    say(QStringLiteral("cells %1, %2, peak memory %3 MiB").arg(cells).arg(matrix.figures().line()).arg(peak()));
    return matrix.figures().good() && cells > 0 ? 0 : 1;
}
