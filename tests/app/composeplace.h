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
    if (widget && qEnvironmentVariableIsSet("ROLLCALL_SHOTS"))
        widget->grab().save(
            qEnvironmentVariable("ROLLCALL_SHOTS") + u'/' + QLatin1String(name) + QStringLiteral(".png"));
}

inline QString preview(OpenApp &open)
{
    return on<QWidget>(open, "messagePreview")->accessibleDescription();
}

/// Somebody of the sandbox's world who wrote within the last day.
inline QString recentWriter(OpenApp &open)
{
    const SandboxServer &server = *open.app->sandbox().server();
    for (qint64 digits = 447400000000; digits < 447400002000; ++digits) {
        const QString number = QString::number(digits);
        if (server.world().isSubscriber(number.toStdString()) && server.wroteLately("+" + number.toStdString()))
            return u'+' + number;
    }
    return {};
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
