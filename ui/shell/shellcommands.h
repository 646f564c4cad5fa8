// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "ui/shell/shellneeds.h"

#include <QObject>

class QWidget;

namespace rollcall {

class Actions;
class Banners;
class StatusLine;

/// The small commands of the window that belong to no page: backup now, theme, profile folder, about, and confirming
/// the time after the computer's clock went back.
class ShellCommands final : public QObject {
    Q_OBJECT
public:
    ShellCommands(ShellNeeds needs, Actions &actions, StatusLine &status, Banners &banners, QWidget *window);
    /// Shows or removes the banner about the clock; also asked once a minute.
    void lookAtClock();

private:
    void connectThemes();
    void backUp();
    void confirmTime();
    void showAbout();
    ShellNeeds m_needs;
    Actions &m_actions;
    StatusLine &m_status;
    Banners &m_banners;
    QWidget *m_window;
    Call m_backup;
    Call m_confirm;
};

} // namespace rollcall
