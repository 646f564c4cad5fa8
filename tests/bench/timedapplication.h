// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/answer.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QThread>
#include <algorithm>
#include <functional>

namespace rollcall::tests {

/// Times every event from its delivery to its end: what takes 50 ms here is 50 ms of a dead window.
class TimedApplication final : public QApplication {
public:
    using QApplication::QApplication;
    bool notify(QObject *receiver, QEvent *event) override
    {
        if (QThread::currentThread() != thread() || m_depth > 0) // the store's threads come through here too
            return QApplication::notify(receiver, event);
        QElapsedTimer timer;
        timer.start();
        ++m_depth;
        const bool done = QApplication::notify(receiver, event);
        --m_depth;
        m_longest = std::max(m_longest, timer.nsecsElapsed());
        return done;
    }
    double takeLongestMs() { return double(std::exchange(m_longest, 0)) / 1e6; }
    void forget() { m_longest = 0; }
    /// Runs `step` as an event of its own, so that it is timed like a person's click.
    void run(const std::function<void()> &step)
    {
        const int outer = std::exchange(m_depth, 0);
        bool done = false;
        QMetaObject::invokeMethod(
            this,
            [&] {
                step();
                done = true;
            },
            Qt::QueuedConnection);
        eventually([&] { return done; });
        m_depth = outer;
    }

private:
    int m_depth = 0;
    qint64 m_longest = 0;
};

} // namespace rollcall::tests
