// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/application.h"
#include "models/base/clock.h"
#include "models/secrets/secrets.h"
#include "models/settings/settings.h"
#include "models/store/people.h"
#include "models/store/store.h"
#include "tests/support/answer.h"
#include "ui/shell/mainwindow.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

namespace rollcall::tests {

/// The whole program on a profile of its own: real window (off screen), real store, secrets in memory. Dialogs that
/// only tell something are kept in `told`.
struct OpenApp {
    QTemporaryDir folder = {};
    std::unique_ptr<Clock> clock = std::make_unique<SystemClock>();
    QString operatorName = QStringLiteral("Ada"); ///< empty: nobody has said who they are yet
    QStringList told = {};
    QStringList asked = {}; ///< questions; each was answered with yes
    QString saveTo = {}; ///< what a person chooses in a file dialog
    QString openFrom = {};
    std::unique_ptr<Application> app = {};

    /// False when the program did not become ready in time. It may be ended (app.reset()) and started again.
    [[nodiscard]] bool start(bool sandbox = false)
    {
        Application::Options options;
        options.folder = folder.filePath(QStringLiteral("profile"));
        options.sandbox = sandbox;
        options.secrets = makeMemorySecrets();
        options.asks = realAsks();
        options.asks.confirm = [this](QWidget *, const Question &question, const std::function<void(bool)> &then) {
            asked << question.text;
            then(true);
        };
        options.asks.tell = [this](QWidget *, const Notice &notice) { told << notice.text; };
        options.asks.saveFile
            = [this](QWidget *, const FileWish &, const std::function<void(QString)> &then) { then(saveTo); };
        options.asks.openFile
            = [this](QWidget *, const FileWish &, const std::function<void(QString)> &then) { then(openFrom); };
        Result<std::unique_ptr<Application>> opened = Application::open(std::move(options), *clock);
        if (!opened)
            return false;
        app = *std::move(opened);
        app->settings().setValue(Keys::operatorName, operatorName);
        if (qEnvironmentVariableIsSet("ROLLCALL_SHOTS_DARK"))
            app->settings().setValue(Keys::theme, QStringLiteral("dark"));
        app->settings().setValue(Keys::firstRunDone, true); // no welcome over what a test looks at
        app->show();
        return eventually([this] { return app->isReady(); }, 20'000);
    }

    [[nodiscard]] MainWindow &window() const { return app->window(); }

    [[nodiscard]] qint64 people() const
    {
        const Result<qint64> count = answerOf<qint64>(
            [this](auto then) { return app->store().people().count(Filter{}, AccountId(0), std::move(then)); });
        return count ? *count : -1;
    }

    /// Adds one person through the store, as a command would.
    [[nodiscard]] bool addPerson(const QString &name, const QString &number) const
    {
        PersonFields fields;
        fields.name = name;
        fields.number = parsePhoneNumber(number, {});
        return bool(answerOf<PersonId>([&](auto then) { return app->store().people().add(fields, std::move(then)); }));
    }

    /// Alive: visible, its event loop turns, and the store behind it takes a change.
    [[nodiscard]] bool windowLives() const
    {
        const qint64 before = people();
        return window().isVisible() && before >= 0
            && addPerson(QStringLiteral("Still alive"), QStringLiteral("+442079460999")) && people() == before + 1;
    }
};

template <class T> T *named(QWidget &in, const char *name)
{
    return in.findChild<T *>(QLatin1String(name));
}

/// The visible dialog of this object name, once it is there.
inline QWidget *dialogNamed(const QString &name, int timeoutMs = 10'000)
{
    QWidget *found = nullptr;
    (void)eventually(
        [&] {
            for (QWidget *widget : QApplication::topLevelWidgets()) {
                if (widget->objectName() == name && widget->isVisible())
                    found = widget;
            }
            return found != nullptr;
        },
        timeoutMs);
    return found;
}

/// Presses a button of a dialog as soon as it can be pressed.
inline bool pressed(QWidget *dialog, const char *button)
{
    auto *found = dialog ? named<QAbstractButton>(*dialog, button) : nullptr;
    if (!found || !eventually([&] { return found->isEnabled() && found->isVisible(); }))
        return false;
    found->click();
    return true;
}

/// Every word that a person can read in any window now: labels, one a line.
inline QString wordsOnScreen()
{
    QStringList words;
    for (const QWidget *window : QApplication::topLevelWidgets()) {
        if (!window->isVisible())
            continue;
        for (const QLabel *label : window->findChildren<QLabel *>()) {
            if (label->isVisible())
                words << label->text();
        }
    }
    return words.join(u'\n');
}

} // namespace rollcall::tests
