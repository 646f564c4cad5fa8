// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/progress.h"

#include <QElapsedTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace rollcall {

/// What runs: title, bar, rows, rate, time that remains, Pause. Cancel is the dialog's.
class WorkStep final : public QWidget {
    Q_OBJECT
public:
    explicit WorkStep(QWidget *parent = nullptr);
    void begin(const QString &title, bool canPause);
    /// `progress` moves the bar; `rows` is what the line counts.
    void showProgress(const Progress &progress, qint64 rows);
    /// The work paused or went on by itself.
    void setPaused(bool paused);
    void setTitle(const QString &title);
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString line() const;

signals:
    void pauseToggled(bool paused);

private:
    QLabel *m_title;
    QProgressBar *m_bar;
    QLabel *m_line;
    QPushButton *m_pause;
    QElapsedTimer m_clock;
    qint64 m_pausedMs = 0;
    qint64 m_pausedAt = -1;
};

} // namespace rollcall
