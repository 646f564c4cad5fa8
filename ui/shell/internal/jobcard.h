// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/jobsdock.h"

#include <QFrame>

class QLabel;
class QProgressBar;
class QToolButton;

namespace rollcall {

class Badge;

/// One job in the dock.
class JobCard final : public QFrame {
    Q_OBJECT
public:
    JobCard(const QString &key, QWidget *parent);
    void showJob(const JobLook &look, const JobHandles &handles);
    [[nodiscard]] JobLook::State state() const { return m_look.state; }
    [[nodiscard]] bool isOver() const { return m_look.isOver(); }

signals:
    void closed();

private:
    QToolButton *button(const QString &name, const QString &text, const QString &iconName);
    JobLook m_look;
    JobHandles m_handles;
    QLabel *m_title;
    Badge *m_state;
    Badge *m_sandbox;
    QLabel *m_line;
    QProgressBar *m_bar;
    QToolButton *m_open;
    QToolButton *m_pause;
    QToolButton *m_resume;
    QToolButton *m_cancel;
    QToolButton *m_close;
};

} // namespace rollcall
