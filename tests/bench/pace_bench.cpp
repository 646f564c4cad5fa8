// SPDX-License-Identifier: GPL-3.0-or-later
// A paced run in simulated time: it spends at least 98 % of the allowed rate and never exceeds it, once limited by the
// pace of the gateway and once by the budget.
#include "tests/bench/figures.h"
#include "tests/support/pacesimulation.h"

#include <QCoreApplication>

using namespace rollcall;
using namespace rollcall::tests;

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    Figures figures(argc, argv);
    constexpr qint64 minuteMs = 60'000;
    constexpr qint64 hourMs = 60 * minuteMs;

    {
        // 60 requests a minute, one number each, for a simulated hour (short: five minutes); budget out of the way.
        const int minutes = figures.isShort() ? 5 : 60;
        PaceSimulation run({{1'000'000, 10'000'000, 60}, 60 * minutes + 100, 1, 60, 200});
        run.create();
        run.runFor(minutes * minuteMs);
        const double allowed = 60.0 * minutes;
        figures.atLeast("paced run: rate spent / allowed", double(run.requestsMs().size()) / allowed, "", 0.98);
        figures.atMost("paced run: most requests in a sliding minute / allowed",
            PaceSimulation::mostWithin(run.requestsMs(), minuteMs) / 60.0, "", 1.0);
    }
    {
        // 500 checks an hour, batches of 50; over five (short: two) simulated hours, counted from the first.
        const int hours = figures.isShort() ? 2 : 5;
        PaceSimulation run({{500, 100'000, 60}, 500 * hours + 500, 50, 60, 200});
        run.create();
        run.runFor(hours * hourMs);
        figures.atLeast(
            "budgeted run: checks spent / allowed", double(run.sentMs().size()) / (500.0 * hours), "", 0.98);
        figures.atMost("budgeted run: most checks in a sliding hour / allowed",
            PaceSimulation::mostWithin(run.sentMs(), hourMs) / 500.0, "", 1.0);
        if (run.mostTimesOneNumber() != 1)
            figures.broken("budgeted run", "a number was asked twice");
    }
    return figures.exitCode();
}
