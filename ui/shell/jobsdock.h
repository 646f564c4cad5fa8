// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/progress.h"

#include <QDockWidget>
#include <QHash>
#include <functional>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace rollcall {

class JobCard;

/// What a job looks like at one moment. Words are made by whoever reports it.
struct JobLook {
    enum class State {
        Running,
        Waiting,
        Paused,
        Done,
        Mixed, ///< over: a part of it was done
        Refused, ///< over: nothing of it was done, each part was refused
        Unclear, ///< over: what became of a part of it is unknown, and is to be settled
        Failed ///< over, and somebody has to look after it
    };
    State state = State::Running;
    [[nodiscard]] bool isOver() const { return state >= State::Done; }
    QString title = {};
    QString line = {}; ///< done and total, rate, remaining time; or the result
    Progress progress = {};
    bool sandbox = false;
};

/// What can be done with a job; an empty function has no button.
struct JobHandles {
    std::function<void()> pause = {};
    std::function<void()> resume = {};
    std::function<void()> cancel = {};
    std::function<void()> open = {}; ///< shows its result
};

/// The running jobs with progress, rate, remaining time, Pause, Resume and Cancel; the newest result of each stays
/// until it is closed.
class JobsDock final : public QDockWidget {
    Q_OBJECT
public:
    explicit JobsDock(QWidget *parent = nullptr);
    /// Adds the job or brings it up to date. The dock shows itself when a job begins.
    void showJob(const QString &key, const JobLook &look, const JobHandles &handles);
    void forget(const QString &key);
    [[nodiscard]] int running() const;

signals:
    void runningChanged();

private:
    [[nodiscard]] QWidget *makeTitle();
    void showEmpty();
    void clearFinished();
    void place(JobCard *card);
    void fitHeight(int card);
    /// What the height was made for.
    struct Fitted {
        qsizetype cards = 0;
        int running = 0;
        bool operator==(const Fitted &) const = default;
    };
    Fitted m_fitted;
    QHash<QString, JobCard *> m_cards;
    QVBoxLayout *m_column;
    QLabel *m_empty;
    QToolButton *m_clear = nullptr;
};

} // namespace rollcall
