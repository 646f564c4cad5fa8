// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tour.h"

#include "app/application.h"
#include "app/sandbox/sandboxserver.h"
#include "app/sandboxhost.h"
#include "models/runs/runner.h"
#include "models/settings/settings.h"
#include "models/tables/sentmodel.h"
#include "ui/shell/actions.h"
#include "ui/shell/jobsdock.h"
#include "ui/shell/mainwindow.h"

#include <QDialog>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QRadioButton>
#include <QStackedWidget>
#include <QTableView>
#include <cstdio>

namespace rollcall {

namespace {

constexpr int tickMs = 100;
constexpr int mostTicks = 600; // a minute a step

void say(const QString &text)
{
    std::printf("%s\n", qUtf8Printable(text));
    std::fflush(stdout);
}

} // namespace

Tour::Tour(Application &application, const QString &folder)
    : m_application(application)
    , m_folder(folder)
{
    m_timer.setInterval(tickMs);
    connect(&m_timer, &QTimer::timeout, this, &Tour::tick);
    plan();
}

void Tour::start()
{
    QDir().mkpath(m_folder);
    m_application.settings().setValue(
        Keys::operatorName, QStringLiteral("Tour")); // who the journal names; else a banner asks
    m_application.window().resize(1280, 800); // what a laptop shows; off screen the platform's own screen is smaller
    m_timer.start();
}

void Tour::add(const QString &says, std::function<void()> act, std::function<bool()> until)
{
    m_steps.push_back({says, std::move(act), std::move(until)});
}

QDialog *Tour::dialog(const char *name) const
{
    return m_application.window().findChild<QDialog *>(QLatin1String(name));
}

bool Tour::isEnabled(const char *dialogName, const char *button) const
{
    const QDialog *found = dialog(dialogName);
    const auto *push = found ? found->findChild<QPushButton *>(QLatin1String(button)) : nullptr;
    return push && push->isEnabled();
}

void Tour::click(const char *dialogName, const char *button)
{
    if (const QDialog *found = dialog(dialogName))
        if (auto *push = found->findChild<QPushButton *>(QLatin1String(button)))
            push->click();
}

void Tour::plan()
{
    add(
        tr("Opening the window with the sandbox account"), [] {}, [this] { return m_application.isReady(); });
    planImport();
    planValidate();
    planCompose();
    planBlocks();
    planDossier();
    planPictures();
}

void Tour::planImport()
{
    const auto page = [this](int wanted) {
        const QDialog *found = dialog("importDialog");
        return found && found->findChild<QStackedWidget *>()->currentIndex() == wanted
            && isEnabled("importDialog", "next");
    };
    const auto next = [this] { click("importDialog", "next"); };
    Actions &actions = m_application.window().actions();
    add(
        tr("Import: the sample list is opened and its columns are guessed"),
        [&actions] { actions.at(Act::ImportSample)->trigger(); }, [page] { return page(1); });
    add(
        tr("Import: columns accepted"),
        [this, next] {
            shoot(QStringLiteral("import"), dialog("importDialog"));
            next();
        },
        [page] { return page(2); });
    add(tr("Import: numbers looked at"), next, [this] {
        const QDialog *found = dialog("importDialog");
        return found && found->findChild<QStackedWidget *>()->currentIndex() == 3;
    });
    add(
        tr("Import: consent answered, dry run made"),
        [this, next] {
            dialog("importDialog")->findChild<QRadioButton *>(QStringLiteral("consentNone"))->click();
            next();
        },
        [page] { return page(5); });
    add(
        tr("Import: done"),
        [this, next] {
            shoot(QStringLiteral("import-dry-run"), dialog("importDialog"));
            next();
        },
        [this] {
            const QDialog *found = dialog("importDialog");
            return found && found->findChild<QStackedWidget *>()->currentIndex() == 6;
        });
    add(
        tr("The people are in the table"), [this] { dialog("importDialog")->close(); },
        [this] {
            const auto *table = m_application.window().findChild<QTableView *>(QStringLiteral("contacts"));
            return !dialog("importDialog") && table->model()->rowCount() > 0;
        });
}

void Tour::planValidate()
{
    Actions &actions = m_application.window().actions();
    const auto table = [this] { return m_application.window().findChild<QTableView *>(QStringLiteral("contacts")); };
    add(
        tr("Everybody is chosen"),
        [table] {
            table()->setFocus();
            table()->selectAll();
        },
        [&actions] { return actions.at(Act::Validate)->isEnabled(); });
    add(
        tr("Validate: the flight plan"), [&actions] { actions.at(Act::Validate)->trigger(); },
        [this] { return isEnabled("flightPlan", "start"); });
    add(
        tr("Validate: the run"),
        [this] {
            shoot(QStringLiteral("flight-plan"), dialog("flightPlan"));
            click("flightPlan", "start");
        },
        [this] {
            m_ran = m_ran || m_application.window().jobs().running() > 0;
            return m_ran && m_application.window().jobs().running() == 0;
        });
    add(
        tr("A verdict's details"),
        [table] {
            table()->clearSelection();
            table()->selectRow(1);
        },
        [waited = 0]() mutable { return ++waited > 10; });
    add(
        tr("Check a number: +44 7700 900123"),
        [this, &actions] {
            shoot(QStringLiteral("contacts"));
            printTable();
            actions.at(Act::CheckNumber)->trigger();
        },
        [this] { return dialog("checkNumber") != nullptr; });
    add(
        tr("Check a number: typed"),
        [this] {
            dialog("checkNumber")
                ->findChild<QLineEdit *>(QStringLiteral("number"))
                ->setText(QStringLiteral("+44 7700 900123"));
        },
        [this] { return isEnabled("checkNumber", "check"); });
    add(
        tr("Check a number: the verdict"),
        [this] {
            m_ran = false;
            click("checkNumber", "check");
        },
        [this] {
            m_ran = m_ran || m_application.window().jobs().running() > 0;
            return m_ran && m_application.window().jobs().running() == 0;
        });
    add(
        tr("Check a number: shown"), [] {}, [waited = 0]() mutable { return ++waited > 5; });
}

/// The chosen person becomes a card, somebody who wrote lately is the recipient, and the sandbox gets the message.
void Tour::planCompose()
{
    MainWindow &window = m_application.window();
    Actions &actions = window.actions();
    const auto rows = [&window](const char *list) {
        return window.findChild<QListView *>(QLatin1String(list))->model()->rowCount();
    };
    add(
        tr("Check a number: closed"),
        [this] {
            shoot(QStringLiteral("check-number"), dialog("checkNumber"));
            dialog("checkNumber")->close();
        },
        [&actions] { return actions.at(Act::Compose)->isEnabled(); });
    add(
        tr("Compose: the current person becomes a card"), [&actions] { actions.at(Act::Compose)->trigger(); },
        [rows] { return rows("cards") == 1; });
    add(
        tr("Compose: a recipient who wrote lately"),
        [this, &window] {
            auto *input = window.findChild<QLineEdit *>(QStringLiteral("recipientInput"));
            input->setText(recentWriter());
            emit input->returnPressed();
        },
        [rows, &actions] { return rows("recipients") == 1 && actions.at(Act::Send)->isEnabled(); });
    add(
        tr("Compose: the state of the recipient"), [] {}, [waited = 0]() mutable { return ++waited > 10; });
    add(
        tr("Send: the flight plan"),
        [this, &actions] {
            shoot(QStringLiteral("compose"));
            actions.at(Act::Send)->trigger();
        },
        [this] { return isEnabled("sendPlan", "start"); });
    add(
        tr("Send: the run"),
        [this] {
            shoot(QStringLiteral("send-plan"), dialog("sendPlan"));
            click("sendPlan", "start");
        },
        // One message is sent faster than anybody looks: what left is not in the composer any more.
        [this, rows] { return rows("cards") == 0 && m_application.window().jobs().running() == 0; });
    add(
        tr("Sent messages: the gateway's message ID"), [&actions] { actions.at(Act::SentMessages)->trigger(); },
        [this] {
            const QDialog *sent = dialog("sentDialog");
            const auto *table = sent ? sent->findChild<QTableView *>(QStringLiteral("sent")) : nullptr;
            return table && table->model()->rowCount() == 1
                && !table->model()->index(0, int(SentColumn::MessageId)).data().toString().isEmpty();
        });
    add(
        tr("Sent messages: closed"),
        [this] {
            shoot(QStringLiteral("sent"), dialog("sentDialog"));
            dialog("sentDialog")->close();
        },
        [this] { return !dialog("sentDialog"); });
}

QString Tour::recentWriter() const
{
    const SandboxServer *server = m_application.sandbox().server();
    for (qint64 digits = 447400000000; server && digits < 447400002000; ++digits) {
        const std::string number = std::to_string(digits);
        if (server->world().isSubscriber(number) && server->wroteLately("+" + number))
            return u'+' + QString::fromStdString(number);
    }
    return {};
}

void Tour::planPictures()
{
    Actions &actions = m_application.window().actions();
    const auto settle = [] { return [waited = 0]() mutable { return ++waited > 5; }; };
    const auto show = [this, &actions, settle](Act page, const QString &name) {
        add(
            tr("Picture: %1").arg(name), [&actions, page] { actions.at(page)->trigger(); }, settle());
        add(
            tr("Picture: %1 taken").arg(name), [this, name] { shoot(name); }, [] { return true; });
    };
    show(Act::ShowChecks, QStringLiteral("checks"));
    show(Act::ShowJournal, QStringLiteral("journal"));
    show(Act::ShowAccounts, QStringLiteral("accounts"));
    add(
        tr("Dark theme"), [&actions] { actions.at(Act::ThemeDark)->trigger(); }, settle());
    show(Act::ShowContacts, QStringLiteral("contacts-dark"));
    add(
        tr("Compose once more"), [&actions] { actions.at(Act::Compose)->trigger(); }, settle());
    show(Act::ShowCompose, QStringLiteral("compose-dark"));
    show(Act::ShowChecks, QStringLiteral("checks-dark"));
}

void Tour::tick()
{
    if (m_next == m_steps.size()) {
        m_timer.stop();
        say(tr("The pictures lie in %1").arg(m_folder));
        emit finished(m_shotFailed ? 1 : 0);
        return;
    }
    Step &step = m_steps[m_next];
    if (!std::exchange(m_acted, true)) {
        say(step.says);
        step.act();
        return;
    }
    if (step.until()) {
        ++m_next;
        m_acted = false;
        m_waited = 0;
    } else if (++m_waited > mostTicks) {
        m_timer.stop();
        shoot(QStringLiteral("failed"));
        say(tr("This step did not come to its end: %1").arg(step.says));
        emit finished(1);
    }
}

void Tour::shoot(const QString &name, QWidget *widget)
{
    QWidget &shown = widget ? *widget : m_application.window();
    const QString path = QDir(m_folder).filePath(name + QStringLiteral(".png"));
    if (!shown.grab().save(path)) {
        say(tr("The picture %1 could not be written").arg(path));
        m_shotFailed = true;
    }
}

void Tour::printTable()
{
    const auto *table = m_application.window().findChild<QTableView *>(QStringLiteral("contacts"));
    const QAbstractItemModel &model = *table->model();
    for (int row = 0; row < qMin(20, model.rowCount()); ++row) {
        QStringList cells;
        for (int column = 0; column < 4; ++column)
            cells << model.index(row, column).data().toString();
        say(QStringLiteral("  ") + cells.join(QStringLiteral(" | ")));
    }
    say(tr("  … %1 rows in all").arg(model.rowCount()));
}

} // namespace rollcall
