// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/application.h"
#include "app/sandbox/sandboxfault.h"
#include "app/sandbox/sandboxserver.h"
#include "app/sandboxhost.h"
#include "models/accounts/accounts.h"
#include "models/store/stops.h"
#include "tests/app/openapp.h"
#include "ui/compose/composepage.h"
#include "ui/shell/actions.h"
#include "ui/shell/jobsdock.h"
#include "ui/shell/pages.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDropEvent>
#include <QFile>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSet>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <algorithm>

namespace rollcall::tests {

// The Compose page of a whole program, worked as a person does.

inline const char alice[] = "+16315551001";
inline const char bob[] = "+16315551002";

inline ComposePage &page(OpenApp &open)
{
    return open.window().pages().compose();
}

template <class T> T *on(OpenApp &open, const char *name)
{
    return named<T>(page(open), name);
}

inline bool run(OpenApp &open, Act act)
{
    QAction *action = open.window().actions().at(act);
    if (!eventually([action] { return action->isEnabled(); }))
        return false;
    action->trigger();
    return true;
}

inline void shot(QWidget *widget, const char *name)
{
    if (widget && qEnvironmentVariableIsSet("ROLLCALL_SHOTS")) {
        spin(150); // rows come into view from the event loop
        widget->grab().save(
            qEnvironmentVariable("ROLLCALL_SHOTS") + u'/' + QLatin1String(name) + QStringLiteral(".png"));
    }
}

inline QString preview(OpenApp &open)
{
    return on<QWidget>(open, "messagePreview")->accessibleDescription();
}

/// People of the sandbox's world who wrote within the last day; `slow`: a check of them is *processing* at first.
inline QStringList recentWriters(OpenApp &open, int howMany, bool slow = false)
{
    const SandboxServer &server = *open.app->sandbox().server();
    QStringList numbers;
    for (qint64 digits = 447400000000; digits < 447400009000 && numbers.size() < howMany; ++digits) {
        const std::string number = std::to_string(digits);
        if (server.world().isSubscriber(number) && server.wroteLately("+" + number)
            && server.world().isSlow(number, server.options().slowPercent) == slow)
            numbers << u'+' + QString::number(digits);
    }
    return numbers;
}

inline QString recentWriter(OpenApp &open)
{
    return recentWriters(open, 1).value(0);
}

/// The requests for messages that the sandbox got.
inline std::vector<SandboxLedgerEntry> sendsOf(OpenApp &open)
{
    std::vector<SandboxLedgerEntry> sends = open.app->sandbox().server()->ledger();
    std::erase_if(
        sends, [](const SandboxLedgerEntry &entry) { return entry.path.find("messages") == std::string::npos; });
    return sends;
}

inline QString recipientText(OpenApp &open, int row)
{
    return on<QListView>(open, "recipients")->model()->index(row, 0).data().toString();
}

inline void type(QWidget *into, const QString &text)
{
    into->setFocus();
    for (const QChar c : text) // keyClicks() knows ASCII only
        QTest::sendKeyEvent(QTest::Click, into, Qt::Key_unknown, QString(c), Qt::NoModifier);
}

inline bool dropFile(QWidget &target, const QString &path)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    data.setText(path); // as file managers do
    const QPoint middle = target.rect().center();
    QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&target, &enter);
    if (!enter.isAccepted())
        return false;
    QDropEvent drop(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&target, &drop);
    return true;
}

inline QString written(const QTemporaryDir &folder, const char *name, const QByteArray &bytes)
{
    const QString path = folder.filePath(QLatin1String(name));
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? path : QString();
}

inline Card cardNamed(const QString &name, const QString &phone)
{
    Card card;
    card.name.formatted = name;
    card.name.first = QStringLiteral("First");
    card.phones.push_back({phone, QStringLiteral("CELL"), {}});
    return card;
}

inline bool toPage(OpenApp &open)
{
    open.window().showPage(Act::ShowCompose);
    return page(open).isVisible();
}

inline bool addRecipient(OpenApp &open, const QString &number)
{
    auto *input = on<QLineEdit>(open, "recipientInput");
    const int before = on<QListView>(open, "recipients")->model()->rowCount();
    type(input, number);
    QTest::keyClick(input, Qt::Key_Return);
    return eventually([&] { return on<QListView>(open, "recipients")->model()->rowCount() == before + 1; });
}

inline QWidget *toPlan(OpenApp &open)
{
    return run(open, Act::Send) ? dialogNamed(QStringLiteral("sendPlan")) : nullptr;
}

} // namespace rollcall::tests
