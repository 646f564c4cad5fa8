// SPDX-License-Identifier: GPL-3.0-or-later
// Typing in a message of 257 full cards, in the real page off screen: from the key to the painted preview, against the
// 50 ms after which a person feels a stall (issue "composer"; performance.md, section 3).
#include "models/base/clock.h"
#include "models/cards/drafts.h"
#include "models/cards/senddesk.h"
#include "models/cards/sendrun.h"
#include "models/checks/checkdesk.h"
#include "models/runs/runner.h"
#include "models/settings/settings.h"
#include "models/store/store.h"
#include "tests/bench/figures.h"
#include "tests/bench/timedapplication.h"
#include "tests/support/answer.h"
#include "ui/compose/composepage.h"
#include "ui/parts/dialogs.h"
#include "ui/parts/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QListView>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

constexpr double limitMs = 50;

Card fullCard(int number)
{
    Card card;
    const QString text = QString::number(number);
    card.name = {QStringLiteral("Person ") + text, QStringLiteral("Person"), text, QStringLiteral("Middle"), {}, {}};
    card.org = {QStringLiteral("Company ") + text, QStringLiteral("Department"), QStringLiteral("Title")};
    card.birthday = QStringLiteral("1990-12-31");
    for (int i = 0; i < 3; ++i) {
        const QString digits = QStringLiteral("4477009%1").arg(number * 3 + i, 5, 10, QLatin1Char('0'));
        card.phones.push_back({u'+' + digits, QStringLiteral("CELL"), digits});
        card.emails.push_back({QStringLiteral("a%1@example.org").arg(i), QStringLiteral("WORK")});
        card.urls.push_back({QStringLiteral("https://example.org/") + text, QStringLiteral("WORK")});
    }
    card.addresses.push_back({QStringLiteral("Street 1"), QStringLiteral("City"), QStringLiteral("ST"),
        QStringLiteral("12345"), QStringLiteral("Germany"), QStringLiteral("DE"), QStringLiteral("HOME")});
    return card;
}

/// Everything one key causes until the window is painted: its event, what it posted, and the paint.
double keyMs(QWidget &edit, QWidget &window, char key)
{
    QElapsedTimer timer;
    timer.start();
    QTest::keyClick(&edit, key);
    QCoreApplication::sendPostedEvents();
    window.repaint();
    return double(timer.nsecsElapsed()) / 1e6;
}

double worstOf(std::vector<double> all, double share)
{
    std::sort(all.begin(), all.end());
    return all[std::min(all.size() - 1, std::size_t(double(all.size()) * share))];
}

struct Page {
    TimedApplication &app;
    Figures &figures;
    ComposePage &page;
    QLineEdit *name;
    QListView *list;
    int keys;
};

void typeInACard(const Page &on)
{
    on.list->setCurrentIndex(on.list->model()->index(128, 0));
    std::vector<double> typed;
    for (int i = 0; i < on.keys; ++i) {
        typed.push_back(keyMs(*on.name, on.page, char('a' + i % 26)));
        spin(2);
    }
    if (!on.page.cards()[128].name.formatted.contains(QStringLiteral("abcd")))
        on.figures.broken("compose: typing", "what was typed is not in the card");
    on.figures.note("257 cards: one key to the painted preview, median", worstOf(typed, 0.5), "ms");
    on.figures.note("257 cards: one key to the painted preview, worst", worstOf(typed, 1), "ms");
    on.figures.atMost("257 cards: worst key / 50 ms", worstOf(typed, 1) / limitMs, "x", 1, 0.5);
}

void chooseOthers(const Page &on)
{
    std::vector<double> chosen;
    for (int i = 0; i < on.keys / 4 + 1; ++i) {
        QElapsedTimer timer;
        timer.start();
        on.list->setCurrentIndex(on.list->model()->index(i * 5 % mostCards, 0));
        QCoreApplication::sendPostedEvents();
        on.page.repaint();
        chosen.push_back(double(timer.nsecsElapsed()) / 1e6);
        spin(2);
    }
    on.figures.atMost("257 cards: another card in the form, worst / 50 ms", worstOf(chosen, 1) / limitMs, "x", 1, 0.5);
}

void typeUnderTheJson(const Page &on)
{
    on.page.findChild<QTabWidget *>(QStringLiteral("composeTabs"))->setCurrentIndex(1);
    spin(500);
    on.app.forget();
    for (int i = 0; i < on.keys / 20 + 2; ++i) {
        on.app.run([&] { QTest::keyClick(on.name, 'x'); });
        spin(300); // the JSON follows when the typing rests
    }
    on.figures.atMost("257 cards, JSON shown: longest event / 50 ms", on.app.takeLongestMs() / limitMs, "x", 1, 0.5);
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    TimedApplication app(argc, argv);
    Figures figures(argc, argv);
    applyTheme(app, ThemeChoice::Light);
    QTemporaryDir folder;
    SystemClock clock;
    Settings settings(folder.path());
    Result<std::unique_ptr<Store>> opened = Store::open(folder.filePath(QStringLiteral("profile")), clock);
    if (!opened) {
        figures.broken("compose: opening", "the store did not open");
        return figures.exitCode();
    }
    Store &store = **opened;
    (void)answerOf<Nothing>([&](auto then) { return store.checkFile(false, std::move(then)); });
    Runner runner(
        store, Runner::GatewayOf([](AccountId) { return nullptr; }), [](AccountId) { return CheckBudget(); }, clock);
    CheckDesk checks(store, runner);
    SendRunner sends(store, SendRunner::GatewayOf([](AccountId) { return nullptr; }), clock);
    SendDesk desk(store, sends, &runner, clock);
    DraftKeeper drafts(store, clock);
    Account account;
    account.id = AccountId(1);
    account.kind = GatewayKind::Dialog360;
    ComposePage page(
        {store, clock, settings, desk, drafts, checks, runner, [&](AccountId) { return &account; }, Asks()}, {});
    page.resize(1280, 800);
    page.show();
    page.load();
    page.setAccount(account.id);
    page.setWritable(true, {});
    std::vector<Card> cards;
    cards.reserve(mostCards);
    for (int i = 0; i < mostCards; ++i)
        cards.push_back(fullCard(i));
    page.addCards(cards);
    spin(500);
    if (page.cards().size() != std::size_t(mostCards))
        figures.broken("compose: cards", "not all cards are there");
    const Page on{app, figures, page, page.findChild<QLineEdit *>(QStringLiteral("name.formatted_name")),
        page.findChild<QListView *>(QStringLiteral("cards")), figures.isShort() ? 20 : 300};
    typeInACard(on);
    chooseOthers(on);
    typeUnderTheJson(on);
    return figures.exitCode();
}
