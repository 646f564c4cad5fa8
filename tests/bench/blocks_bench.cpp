// SPDX-License-Identifier: GPL-3.0-or-later
// Everybody of a list is chosen in the real window and blocked at the sandbox's 360dialog: how long until the flight
// plan, how long until all is done, the longest time the window could not answer, and the memory it takes. Of 100,000
// the gateway takes 64,000; the plan has to foretell the rest. Then the gateway's list is emptied behind our back,
// twice: Reconcile compares all of it and blocks everybody again, and the memory must not grow with the runs.
#include "app/application.h"
#include "app/process.h"
#include "models/exchange/importplan.h"
#include "models/exchange/stagingfile.h"
#include "models/store/imports.h"
#include "tests/app/blockworld.h"
#include "tests/bench/figures.h"
#include "tests/support/answer.h"
#include "tests/support/rushclock.h"
#include "ui/parts/theme.h"
#include "ui/shell/actions.h"

#include <QDialog>
#include <QElapsedTimer>
#include <QFile>
#include <QPushButton>
#include <QThread>
#include <utility>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

/// Times every event from its delivery to its end: what takes 50 ms here is 50 ms of a dead window.
class TimedApplication final : public QApplication {
public:
    using QApplication::QApplication;
    bool notify(QObject *receiver, QEvent *event) override
    {
        if (QThread::currentThread() != thread() || m_depth > 0)
            return QApplication::notify(receiver, event);
        QElapsedTimer timer;
        timer.start();
        ++m_depth;
        const QByteArray who = receiver->metaObject()->className();
        const bool done = QApplication::notify(receiver, event);
        --m_depth;
        if (timer.nsecsElapsed() > m_longest) {
            m_longest = timer.nsecsElapsed();
            m_where = who + " event " + QByteArray::number(int(event->type()));
        }
        return done;
    }
    double takeLongestMs() { return double(std::exchange(m_longest, 0)) / 1e6; }
    [[nodiscard]] QByteArray where() const { return m_where; }
    /// Runs `step` as an event of its own, so that it is timed like a person's click.
    void run(const std::function<void()> &step)
    {
        const int outer = std::exchange(m_depth, 0);
        bool done = false;
        QMetaObject::invokeMethod(
            this,
            [&] {
                step();
                done = true;
            },
            Qt::QueuedConnection);
        eventually([&] { return done; }, 60'000);
        m_depth = outer;
    }

private:
    int m_depth = 0;
    qint64 m_longest = 0;
    QByteArray m_where;
};

double residentMiB()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.simplified().split(' ').value(1).toDouble() / 1024;
    }
    return 0;
}

struct Bench {
    Figures &figures;
    TimedApplication &app;
    BlockWorld &world;
    int people;
    int most; ///< what the gateway's list holds
    QStringList numbers = {};
    double peak = 0; ///< MiB, while a run runs
    double afterFirst = 0; ///< MiB

    bool fill()
    {
        numbers = world.sandbox.numbers(people);
        auto staging = StagingFile::create(world.open.folder.path());
        if (!staging)
            return false;
        for (int i = 0; i < people; ++i) {
            PlannedRow row;
            row.number.typed = numbers[i];
            row.number.e164 = numbers[i].mid(1).toLongLong();
            row.number.region = QStringLiteral("GB");
            row.number.state = NumberState::Valid;
            row.number.explicitPlus = true;
            row.raw = numbers[i].toStdString();
            row.name = "Person " + std::to_string(i);
            if (!(*staging)->add(i + 1, row, 0))
                return false;
            world.sandbox.server().writeInbound(numbers[i].toStdString()); // else the rule refuses them
        }
        const auto path = (*staging)->close();
        ImportAbout about;
        about.fileName = QStringLiteral("made.csv");
        return path
            && answerOf<ImportOutcome>(
                [&](auto then) {
                    return world.open.app->store().imports().commit(
                        *path, about, std::make_shared<JobControl>(), [](Progress) {}, then);
                },
                300'000)
                   .ok()
            && eventually([&] { return world.table("contacts").model()->rowCount() == people; }, 60'000);
    }

    void stall(const char *name)
    {
        const QByteArray where = app.where();
        const double ms = app.takeLongestMs();
        figures.atMost(name, ms, "ms", 50, 16);
        if (ms > 50)
            std::printf("    %s: %s\n", name, where.constData());
    }

    /// Every person chosen, Block…, reason, flight plan.
    QWidget *toPlan()
    {
        app.takeLongestMs();
        QElapsedTimer timer;
        timer.start();
        app.run([&] { world.table("contacts").selectAll(); });
        app.run([&] { world.open.window().actions().at(Act::Block)->trigger(); });
        QWidget *dialog = dialogNamed(QStringLiteral("blockDialog"), 120'000);
        figures.note("block: click to the block dialog", double(timer.elapsed()), "ms");
        stall("block: longest stall to the dialog");
        if (!dialog)
            return nullptr;
        auto *next = named<QPushButton>(*dialog, "next");
        app.run([&] { named<QComboBox>(*dialog, "reason")->setEditText(QStringLiteral("Spam")); });
        timer.start();
        app.run([&] { next->click(); });
        QWidget *plan = dialogNamed(QStringLiteral("blockPlan"), 120'000);
        figures.atMost("block: dialog to flight plan", double(timer.elapsed()) / 1000, "s", 5, 1);
        stall("block: longest stall to the plan");
        return plan;
    }

    void foretold(QWidget &plan)
    {
        const qint64 over = std::max(0, people - most);
        if (over > 0 && !wordsOf(&plan).contains(QLocale().toString(over) + QStringLiteral(" – will be refused")))
            figures.broken("flight plan", "does not foretell who is refused: " + wordsOf(&plan).toStdString());
    }

    /// From the flight plan until the run is read back; `ofRuns` there are then.
    bool runFrom(QWidget &plan, std::size_t ofRuns)
    {
        app.run([&] { named<QPushButton>(plan, "start")->click(); });
        return eventually(
            [&] {
                spin(100); // looking must not be what is measured
                peak = std::max(peak, residentMiB());
                const std::vector<OperationRun> all = world.runs();
                return all.size() == ofRuns && all.front().state == OperationRunState::Done;
            },
            600'000);
    }

    void block(QWidget &plan)
    {
        const double before = peak = residentMiB();
        app.takeLongestMs();
        QElapsedTimer timer;
        timer.start();
        const bool over = runFrom(plan, 1);
        figures.note("block: all of it", double(timer.elapsed()) / 1000, "s");
        stall("block: longest stall while it runs");
        figures.atMost("block: memory above that of the plan", peak - before, "MiB", 200, 64);
        afterFirst = settled();
        figures.atMost("block: memory afterwards, above that of the plan", afterFirst - before, "MiB", 24, 0);
        const std::vector<OperationRun> all = world.runs();
        const int done = std::min(people, most);
        if (!over || all.empty() || all[0].done != done || all[0].refused != people - done)
            figures.broken("block",
                all.empty() ? "no run"
                            : "done " + std::to_string(all[0].done) + ", refused " + std::to_string(all[0].refused));
        else if (int(world.sandbox.server().blockedCount()) != done)
            figures.broken("block", "the gateway's list holds another number");
        app.takeLongestMs();
        app.run([&] { world.open.window().showPage(Act::ShowBlocked); });
        eventually([&] { return world.table("blocked").model()->rowCount() == people; }, 60'000);
        app.run([&] { world.table("blocked").selectAll(); });
        stall("blocked page: longest stall");
    }

    /// Memory once the dialogs are closed and what was freed is given back (some seconds after a large run). What the
    /// sandbox remembers of the requests is not the program's.
    double settled()
    {
        for (QWidget *widget : QApplication::topLevelWidgets())
            if (qobject_cast<QDialog *>(widget))
                widget->close();
        world.sandbox.server().clearLedger();
        double least = residentMiB();
        QElapsedTimer timer;
        for (timer.start(); timer.elapsed() < (figures.isShort() ? 500 : 8'000); spin(250))
            least = std::min(least, residentMiB());
        return least;
    }

    /// The gateway's list is emptied behind our back. Reconciling finds it out line by line, proposes to block
    /// everybody again, and does.
    bool again(std::size_t ofRuns)
    {
        for (const QString &number : std::as_const(numbers))
            world.sandbox.server().setBlocked(number.toStdString(), false);
        app.takeLongestMs();
        QElapsedTimer timer;
        timer.start();
        app.run([&] { world.open.window().actions().at(Act::Reconcile)->trigger(); });
        QWidget *dialog = dialogNamed(QStringLiteral("reconcileDialog"), 60'000);
        auto *apply = dialog ? named<QPushButton>(*dialog, "apply") : nullptr;
        if (!apply || !eventually([&] { return apply->isEnabled(); }, 120'000))
            return false;
        figures.note("reconcile: all of the list differs", double(timer.elapsed()) / 1000, "s");
        stall("reconcile: longest stall");
        app.run([&] { apply->click(); });
        QWidget *plan = dialogNamed(QStringLiteral("blockPlan"), 120'000);
        stall("reconcile: longest stall to the plan");
        const int differed = std::min(people, most);
        const bool over = plan && runFrom(*plan, ofRuns);
        stall("reconcile: longest stall while it runs");
        return over && world.runs().front().done == differed && int(world.sandbox.server().blockedCount()) == differed;
    }

    /// The same amount of work twice more: nothing adds up.
    void repeat()
    {
        for (const std::size_t run : {2U, 3U})
            if (!again(run))
                return figures.broken("reconcile", "run " + std::to_string(run) + " was not what it should be");
        const double afterThird = settled();
        figures.note("block: memory after the third run", afterThird, "MiB");
        figures.atMost("block: memory that two more runs add", std::max(0.0, afterThird - afterFirst), "MiB", 24, 8);
    }
};

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    keepLargeBlocksApart(); // as the program
    Figures figures(argc, argv);
    TimedApplication app(argc, argv);
    applyTheme(app, ThemeChoice::Light);
    SandboxOptions options = SandboxFixture::quick();
    if (figures.isShort())
        options.blockListCap = 64'000;
    BlockWorld world{.sandbox = SandboxFixture(options)};
    const int people = figures.isShort() ? 3'000 : 100'000;
    // 64,000 people are 64 requests, and 640 to read them back: what a real gateway paces to minutes takes seconds
    // here.
    world.open.clock = std::make_unique<RushClock>();
    if (!world.start()) {
        figures.broken("start", "the program did not become ready");
        return figures.exitCode();
    }
    Bench bench{.figures = figures, .app = app, .world = world, .people = people, .most = 64'000};
    if (!bench.fill()) {
        figures.broken("people", "could not be brought in");
        return figures.exitCode();
    }
    figures.note("block: memory before", residentMiB(), "MiB");
    QWidget *plan = bench.toPlan();
    if (!plan) {
        figures.broken("flight plan", "did not open");
        return figures.exitCode();
    }
    figures.note("block: memory with the plan open", residentMiB(), "MiB");
    bench.foretold(*plan);
    bench.block(*plan);
    bench.repeat();
    world.open.app.reset();
    return figures.exitCode();
}
