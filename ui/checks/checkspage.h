// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/domain/account.h"
#include "models/domain/run.h"
#include "ui/parts/dialogs.h"

#include <QWidget>
#include <functional>

class QAction;
class QComboBox;
class QLabel;
class QLayout;
class QLineEdit;
class QSplitter;
class QStackedWidget;
class QTableView;

namespace rollcall {

class ChecksModel;
class Clock;
class EmptyState;
class Runner;
class RunsModel;
class Settings;
class Store;

/// What the Checks page works with. All of it outlives the page.
struct ChecksNeeds {
    Store &store;
    Clock &clock;
    Settings &settings;
    Runner &runner;
    std::function<const Account *(AccountId)> accountOf;
    Asks asks;
};

/// The shell's actions that this page carries out on the chosen run (or the only one under way); it enables them while
/// it is visible and they make sense. A null action is passed over.
struct ChecksActions {
    QAction *pause = nullptr;
    QAction *resume = nullptr;
    QAction *cancel = nullptr;
    QAction *retryFailed = nullptr;
    QAction *validate = nullptr; ///< not carried out here; offered by the empty page
};

/// The runs, and every verdict with its source.
class ChecksPage final : public QWidget {
    Q_OBJECT
public:
    ChecksPage(ChecksNeeds needs, ChecksActions actions, QWidget *parent = nullptr);
    ~ChecksPage() override;

    void load(); ///< reads runs and verdicts: once after opening
    void showRun(RunId run); ///< chooses the run and lists its verdicts
    [[nodiscard]] qint64 shownCount() const;
    [[nodiscard]] qint64 chosenCount() const;
    [[nodiscard]] std::vector<qint64> chosen() const; ///< ids of the chosen verdicts

signals:
    void countsChanged();
    void told(const QString &sentence); ///< for the status line; plain text

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void buildRuns();
    void buildVerdicts();
    QLayout *buildFilters();
    void buildLayout();
    void connectActions();
    void cancelRun();
    void fillRunFilter();
    void clearFilters();
    void applyFilter();
    void showState();
    void updateActions();
    void onFailed(const Failure &failure);
    [[nodiscard]] const RunSummary *chosenRun() const;

    ChecksNeeds m_needs;
    ChecksActions m_actions;
    RunsModel *m_runs;
    ChecksModel *m_verdicts;
    QTableView *m_runTable = nullptr;
    QTableView *m_table = nullptr;
    QComboBox *m_runFilter = nullptr;
    QComboBox *m_wordFilter = nullptr;
    QLineEdit *m_search = nullptr;
    QLabel *m_problem = nullptr;
    QSplitter *m_splitter = nullptr;
    QStackedWidget *m_stack = nullptr;
    QStackedWidget *m_verdictStack = nullptr;
    EmptyState *m_empty = nullptr;
    EmptyState *m_noMatch = nullptr;
    RunId m_shownRun;
};

} // namespace rollcall
