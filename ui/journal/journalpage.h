// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"

#include <QWidget>

class QAction;
class QLineEdit;
class QStackedWidget;
class QTableView;

namespace rollcall {

class Banners;
class Clock;
class EmptyState;
class JournalModel;
class Settings;
class Store;
struct ChainReport;

struct JournalNeeds {
    Store &store;
    Clock &clock;
    Settings &settings;
};

/// Who did what, when, and with what outcome; read-only. Verify reads the whole chain.
class JournalPage final : public QWidget {
    Q_OBJECT
public:
    /// Carries out `verify`.
    JournalPage(JournalNeeds needs, QAction *verify, QWidget *parent = nullptr);
    ~JournalPage() override;
    void load(); ///< once after opening
    void focusSearch();
    [[nodiscard]] qint64 shownCount() const;
    [[nodiscard]] qint64 chosenCount() const;

signals:
    void countsChanged();
    void told(const QString &sentence);

private:
    void build(QAction *verify);
    void verify();
    void showReport(const ChainReport &report);
    void showProblem(const Failure &failure);
    void showState();
    JournalNeeds m_needs;
    JournalModel *m_model;
    QTableView *m_table;
    QLineEdit *m_search;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    Banners *m_banners;
    Call m_verify;
};

} // namespace rollcall
