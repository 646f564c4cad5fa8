// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "ui/parts/dialogs.h"

#include <QWidget>

class QAction;
class QStackedWidget;
class QTableView;

namespace rollcall {

class Banners;
class Clock;
class EmptyState;
class JournalFilterBar;
class JournalModel;
class Settings;
class Store;
struct ChainReport;
struct JournalEntry;

struct JournalNeeds {
    Store &store;
    Clock &clock;
    Settings &settings;
    Asks asks = {};
};

/// Who did what, when, and with what outcome; read-only. Verify reads the whole chain, Export writes what is shown.
class JournalPage final : public QWidget {
    Q_OBJECT
public:
    /// Carries out `verify`.
    JournalPage(JournalNeeds needs, QAction *verify, QWidget *parent = nullptr);
    ~JournalPage() override;
    void load(); ///< once after opening
    void focusSearch();
    void exportShown(); ///< asks for a file, then writes the shown entries into it
    [[nodiscard]] qint64 shownCount() const;
    [[nodiscard]] qint64 chosenCount() const;
    [[nodiscard]] std::vector<qint64> chosen() const; ///< the numbers of the chosen entries

signals:
    void countsChanged();
    void told(const QString &sentence);

private:
    void build(QAction *verify);
    void verify();
    void exportTo(const QString &file);
    void showReport(const ChainReport &report);
    void showProblem(const Failure &failure);
    void showState();
    void showDetails(const JournalEntry &entry);
    void showContextMenu(const QPoint &at);
    JournalNeeds m_needs;
    JournalModel *m_model;
    QTableView *m_table;
    JournalFilterBar *m_filters;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    Banners *m_banners;
    Call m_verify;
    Call m_export;
};

} // namespace rollcall
