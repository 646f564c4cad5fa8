// SPDX-License-Identifier: GPL-3.0-or-later
// The Contacts page over a million people, in the real window off screen: search, scroll, select, sort, and the longest
// time the window could not answer (performance.md, section 3).
#include "models/base/clock.h"
#include "models/checks/checkdesk.h"
#include "models/runs/runner.h"
#include "models/settings/settings.h"
#include "models/store/blocks.h"
#include "models/store/consents.h"
#include "models/store/people.h"
#include "models/store/store.h"
#include "models/tables/contactsmodel.h"
#include "tests/bench/figures.h"
#include "tests/bench/timedapplication.h"
#include "tests/support/answer.h"
#include "tests/support/manypeople.h"
#include "ui/contacts/contactspage.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/theme.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QThread>
#include <algorithm>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

/// Tells when a widget was painted.
class PaintWatch final : public QObject {
public:
    explicit PaintWatch(QWidget *watched) { watched->installEventFilter(this); }
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            ++paints;
        return false;
    }
    int paints = 0;
};

double percentile(std::vector<double> values, double part)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[std::min(values.size() - 1, std::size_t(double(values.size()) * part))];
}

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
    Store &store;
    ContactsPage &page;
    ContactsModel &model;
    QTableView &table;
    QLineEdit &search;

    double searchOnce(const QString &text)
    {
        PaintWatch watch(table.viewport());
        QElapsedTimer timer;
        timer.start();
        bool settled = false;
        bool unpainted = false; // another text may find the same people: then there is nothing to paint
        const auto connections = {QObject::connect(&model, &ContactsModel::settled, &watch, [&] { settled = true; }),
            QObject::connect(&model, &ContactsModel::modelReset, &watch, [&] {
                unpainted = model.rowCount() > 0;
                watch.paints = 0;
            })};
        app.run([&] { search.setText(text); });
        const bool painted = eventually([&] { return settled && (!unpainted || watch.paints > 0); });
        const double ms = double(timer.nsecsElapsed()) / 1e6;
        for (const auto &connection : connections)
            QObject::disconnect(connection);
        if (!painted)
            figures.broken("search", "no page was painted for " + text.toStdString());
        return ms;
    }

    void searches()
    {
        const QStringList words{QStringLiteral("ali"), QStringLiteral("555"), QStringLiteral("gmail"),
            QStringLiteral("müller"), QStringLiteral("walesa"), QStringLiteral("+49 151"), QStringLiteral("user12"),
            QStringLiteral("0631/00"), QStringLiteral("zzzz"), QStringLiteral("größe")};
        std::vector<double> all;
        app.forget();
        for (int round = 0; round < 3; ++round) {
            for (const QString &word : words) {
                for (int length = 1; length <= word.size(); ++length)
                    all.push_back(searchOnce(word.left(length)));
                all.push_back(searchOnce({}));
            }
        }
        figures.atMost("search: key to painted page, p50", percentile(all, 0.5), "ms", 30, 16);
        figures.atMost("search: key to painted page, p99", percentile(all, 0.99), "ms", 60, 33);
        figures.atMost("search: longest stall", app.takeLongestMs(), "ms", 50, 16);
    }

    void counts()
    {
        SearchBuffer buffer(store);
        QElapsedTimer timer;
        timer.start();
        app.forget();
        buffer.load();
        if (!eventually([&] { return buffer.isReady(); }, 60'000))
            return figures.broken("search", "the texts were not loaded");
        figures.note("search: texts loaded", double(timer.elapsed()), "ms");
        figures.atMost("search: longest stall while loading", app.takeLongestMs(), "ms", 50, 16);
        const auto everybody = std::make_shared<const Spine>(model.spine());
        std::vector<double> worst;
        for (const char *text : {"ali", "555", "gmail", "no such text", "a", "al"}) {
            std::vector<double> times;
            for (int round = 0; round < 9; ++round) {
                std::size_t found = 0;
                bool done = false;
                timer.restart();
                const Call call = buffer.search(QString::fromLatin1(text), everybody, [&](auto matches) {
                    found = matches->size();
                    done = true;
                });
                eventually([&] { return done; });
                times.push_back(double(timer.nsecsElapsed()) / 1e6);
                if (found == 0 && qstrcmp(text, "no such text") != 0)
                    figures.broken("search", std::string("nothing found for ") + text);
            }
            worst.push_back(percentile(times, 0.5));
        }
        figures.atMost(
            "search: every match, slowest text", *std::max_element(worst.begin(), worst.end()), "ms", 60, 20);
    }

    void scroll()
    {
        std::vector<double> frames;
        QScrollBar &bar = *table.verticalScrollBar();
        QRandomGenerator random(3);
        const auto frame = [&](int value) {
            app.run([&] {
                QElapsedTimer timer;
                timer.start();
                bar.setValue(value);
                table.viewport()->repaint();
                frames.push_back(double(timer.nsecsElapsed()) / 1e6);
            });
            const QModelIndex top = table.indexAt({5, 5});
            eventually([&] { return top.data(ContactsModel::LoadedRole).toBool(); });
            app.run([&] { // and again with the rows in it
                QElapsedTimer timer;
                timer.start();
                table.viewport()->repaint();
                frames.push_back(double(timer.nsecsElapsed()) / 1e6);
            });
        };
        app.forget();
        for (int step = 0; step < 200; ++step)
            frame(bar.value() + 1);
        for (int step = 0; step < 200; ++step)
            frame(bar.value() + bar.pageStep());
        for (int step = 0; step < 200; ++step)
            frame(random.bounded(bar.maximum()));
        figures.note("scroll: frame, p50", percentile(frames, 0.5), "ms");
        figures.atMost("scroll: frame, p99", percentile(frames, 0.99), "ms", 16, 8);
        figures.atMost("scroll: longest stall", app.takeLongestMs(), "ms", 50, 16);
    }

    void selectAndSort()
    {
        app.forget();
        app.run([&] {
            table.selectAll();
            table.viewport()->repaint();
        });
        if (page.chosenCount() != model.rowCount())
            figures.broken("select all", "not everybody was chosen");
        figures.atMost("select all: longest stall", app.takeLongestMs(), "ms", 50, 16);
        app.run([&] { table.clearSelection(); });
        app.forget();
        for (const PersonColumn column : {PersonColumn::Number, PersonColumn::Verdict, PersonColumn::Name}) {
            QElapsedTimer timer;
            timer.start();
            app.run([&] { table.sortByColumn(int(column), Qt::AscendingOrder); });
            eventually([&] { return model.isSettled(); }, 60'000);
            if (column == PersonColumn::Name)
                figures.note("sort: by name until shown", double(timer.elapsed()), "ms");
        }
        figures.atMost("sort: longest stall", app.takeLongestMs(), "ms", 50, 16);
    }

    void filterByLights()
    {
        app.forget();
        const std::pair<const char *, Filter> filters[]
            = {{"filter: armed, until shown", {.blocks = {BlockView::Armed}}},
                {"filter: marketing stop, until shown", {.marketingStopped = true}},
                {"filter: no opt-in, until shown", {.noOptIn = true}}, {"filter: none again, until shown", {}}};
        for (const auto &[name, filter] : filters) {
            QElapsedTimer timer;
            timer.start();
            app.run([&page = page, filter = filter] { page.setFilter(filter); });
            if (!eventually([&] { return model.isSettled(); }, 60'000) || model.rowCount() == 0)
                figures.broken("filter", name);
            figures.note(name, double(timer.elapsed()), "ms");
        }
        QElapsedTimer timer;
        timer.start();
        const auto counts
            = answerOf<StopCounts>([&](auto then) { return store.people().stopCounts(AccountId(1), then); }, 60'000);
        if (!counts || counts->everybody == 0)
            figures.broken("filter", "its choices were not counted");
        figures.note("filter: how many each choice shows", double(timer.elapsed()), "ms");
        figures.atMost("filter: longest stall", app.takeLongestMs(), "ms", 50, 16);
    }

    QDialog *flightPlan()
    {
        QDialog *plan = nullptr;
        eventually(
            [&] {
                plan = page.findChild<QDialog *>(QStringLiteral("flightPlan"));
                return plan && plan->isVisible();
            },
            120'000);
        return plan;
    }
    /// What the dialog says is why its run did not start.
    static std::string problemOf(const QDialog &plan)
    {
        const auto *problem = plan.findChild<QLabel *>(QStringLiteral("problem"));
        return problem ? problem->text().toStdString() : std::string();
    }
    /// Everybody is to be checked, nobody agreed: the list of a million without consent is made off the window's
    /// thread.
    void validateEverybody(QAction &validate)
    {
        app.forget();
        QElapsedTimer timer;
        timer.start();
        app.run([&] { validate.trigger(); });
        QDialog *plan = flightPlan();
        if (!plan || !plan->findChild<QWidget *>(QStringLiteral("consentGate"))->isVisible())
            return figures.broken("flight plan", "it was not shown, or does not ask for consent");
        figures.note("flight plan of everybody: until shown", double(timer.elapsed()), "ms");
        figures.atMost("flight plan of everybody: longest stall", app.takeLongestMs(), "ms", 50, 16);
        plan->findChild<QRadioButton *>(QStringLiteral("consentGate.override"))->click();
        plan->findChild<QLineEdit *>(QStringLiteral("consentGate.reason"))->setText(QStringLiteral("bench"));
        auto *start = plan->findChild<QPushButton *>(QStringLiteral("start"));
        bool started = false;
        const auto connection = QObject::connect(&page, &ContactsPage::runStarted, &page, [&] { started = true; });
        app.forget();
        timer.restart();
        app.run([&] { start->click(); });
        if (!eventually([&] { return started; }, 120'000))
            return figures.broken("flight plan", "the run did not start: " + problemOf(*plan));
        QObject::disconnect(connection);
        figures.note("flight plan of everybody: click to stored run", double(timer.elapsed()), "ms");
        figures.atMost("flight plan of everybody: longest stall at the start", app.takeLongestMs(), "ms", 50, 16);
    }
};

/// Lights for the rows that are painted: a full block list (64,000, gateways.md 5.1), and one in fifty stopped
/// marketing.
bool lightUp(Figures &figures, Store &store, int rows)
{
    constexpr AccountId account(1);
    constexpr int mostBlocked = 64'000;
    const auto spine = answerOf<Spine>([&](auto then) { return store.people().spine({}, {}, account, then); }, 60'000);
    if (!spine) {
        figures.broken("lights", spine.failure().detail.toStdString());
        return false;
    }
    OperationOrder order;
    order.account = account;
    order.reason = QStringLiteral("spam");
    std::vector<OperationItem> armed;
    std::vector<PersonId> stopped;
    for (std::size_t i = 0; i < spine->size(); ++i) {
        if (i % 50 == 0)
            stopped.push_back((*spine)[i]);
        if (int(i) % std::max(1, rows / mostBlocked) == 0 && int(armed.size()) < mostBlocked)
            armed.push_back({.person = (*spine)[i]});
    }
    std::vector<PersonId> people;
    for (const OperationItem &item : armed)
        people.push_back(item.person);
    const auto candidates = answerOf<std::vector<BlockCandidate>>(
        [&](auto then) { return store.blocks().candidates(people, account, then); }, 60'000);
    armed.clear();
    for (const BlockCandidate &one : candidates ? *candidates : std::vector<BlockCandidate>())
        if (!one.alias.isNull())
            armed.push_back({.alias = one.alias, .person = one.person});
    const auto done = answerOf<qint64>([&](auto then) { return store.blocks().arm(order, armed, then); }, 300'000);
    const auto noted = answerOf<qint64>(
        [&](auto then) {
            return store.marketing().noteByHand(stopped, {.account = account, .state = MarketingState::Stopped}, then);
        },
        300'000);
    if (!done || !noted)
        figures.broken("lights", "they could not be stored");
    figures.note("lights: people armed", done ? double(*done) : 0, "");
    return done && noted;
}

bool makePeople(Figures &figures, const QString &folder, int rows)
{
    SystemClock clock;
    auto store = Store::open(folder, clock);
    if (!store || !answerOf<Nothing>([&](auto then) { return (*store)->checkFile(false, then); })) {
        figures.broken("people", "the store could not be opened");
        return false;
    }
    QElapsedTimer timer;
    timer.start();
    const auto outcome = addPeople(**store, folder, rows, 300'000);
    if (!outcome || outcome->counts.added != rows) {
        figures.broken("people", outcome ? "too few" : outcome.failure().detail.toStdString());
        return false;
    }
    figures.note("people staged and moved in", double(timer.elapsed()) / 1000, "s");
    return lightUp(figures, **store, rows);
}

int bench(Figures &figures, TimedApplication &app, const QString &folder, int rows)
{
    SystemClock clock;
    QElapsedTimer timer;
    timer.start();
    app.forget();
    auto store = Store::open(folder, clock);
    if (!store) {
        figures.broken("open", store.failure().detail.toStdString());
        return figures.exitCode();
    }
    // As the program does: reading begins at once, writing when the file was looked through.
    const Call looked = (*store)->checkFile(false, [&figures](const Done &done) {
        if (!done)
            figures.broken("open", "the file did not pass its check");
    });
    Settings settings(folder);
    Runner runner(
        **store, Runner::CheckerOf([](AccountId) { return std::nullopt; }), [](AccountId) { return CheckBudget{}; },
        clock);
    CheckDesk desk(**store, runner);
    Account account; // reaches people; nothing is asked, since there is no gateway behind it
    account.id = AccountId(1);
    account.name = QStringLiteral("Bench");
    account.address = QUrl(QStringLiteral("https://127.0.0.1:1/v1"));
    account.budget = {10'000'000, 10'000'000, 60};
    QAction validate;
    ContactsActions actions;
    actions.validate = &validate;
    ContactsPage page({**store, clock, settings, desk, runner,
                          [&account](AccountId id) { return id == account.id ? &account : nullptr; }, realAsks()},
        actions);
    auto *table = page.findChild<QTableView *>(QStringLiteral("contacts"));
    auto *search = page.findChild<QLineEdit *>(QStringLiteral("search"));
    page.resize(1400, 900);
    page.show();
    page.setAccount(account.id);
    PaintWatch watch(table->viewport());
    if (!eventually([&] { return page.model().isSettled() && watch.paints > 0; }, 60'000)) {
        figures.broken("open", "nothing was shown");
        return figures.exitCode();
    }
    figures.note("open: store to people on screen", double(timer.elapsed()), "ms");
    figures.note("open: longest stall", app.takeLongestMs(), "ms");
    if (page.model().rowCount() != rows)
        figures.broken("open", "not everybody is shown");

    Bench run{figures, app, **store, page, page.model(), *table, *search};
    run.counts();
    page.loadSearch();
    eventually([&] { return page.model().isSearchReady(); }, 60'000);
    figures.note("memory with everybody loaded", residentMiB(), "MiB");
    run.searches();
    run.scroll();
    run.selectAndSort();
    run.filterByLights();
    run.validateEverybody(validate);
    return figures.exitCode();
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    Figures figures(argc, argv);
    TimedApplication app(argc, argv);
    applyTheme(app, ThemeChoice::Light);
    const int rows = figures.isShort() ? 10'000 : 1'000'000;
    QTemporaryDir folder;
    if (!makePeople(figures, folder.path(), rows))
        return figures.exitCode();
    return bench(figures, app, folder.path(), rows);
}
