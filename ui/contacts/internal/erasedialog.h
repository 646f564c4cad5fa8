// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/people/eraserun.h"

#include <QDialog>
#include <QElapsedTimer>

class QLabel;
class QProgressBar;
class QPushButton;

namespace rollcall {

/// Erases many people and shows how far it is: Pause and Cancel take hold between two people, closing the window is
/// Cancel. At the end it says what became of all of them and stays until it is closed. Begins when it is made.
class EraseDialog final : public QDialog {
    Q_OBJECT
public:
    EraseDialog(Store &store, const std::vector<PersonId> &people, QWidget *parent = nullptr);

signals:
    void told(const QString &sentence); ///< the result, once

protected:
    void reject() override;

private:
    void build();
    void follow();
    void end();

    EraseRun m_run;
    const qint64 m_total;
    QLabel *m_title;
    QProgressBar *m_bar;
    QLabel *m_line;
    QPushButton *m_pause;
    QPushButton *m_stop;
    QElapsedTimer m_clock;
    qint64 m_pausedMs = 0;
    qint64 m_pausedAt = -1; ///< of m_clock; -1 = it runs
    bool m_over = false;
};

} // namespace rollcall
