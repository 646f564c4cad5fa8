// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/store/blocks.h"
#include "ui/blocks/blocksneeds.h"

#include <QWidget>
#include <map>

class QComboBox;
class QLabel;
class QLayout;
class QLineEdit;
class QMenu;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace rollcall {

class Banners;
class BlocksModel;
class CapacityGauge;
class EmptyState;

/// Who is, was or is to be blocked, at which account, with the three lights side by side. Showing it asks no gateway.
class BlocksPage final : public QWidget {
    Q_OBJECT
public:
    BlocksPage(BlocksNeeds needs, BlocksActions actions, QWidget *parent = nullptr);
    ~BlocksPage() override;

    void load(); ///< reads the ledger: once after opening
    void setAccount(AccountId account); ///< the current one: whose block list the gauge shows
    void show(BlockView view); ///< with the other filters cleared
    void focusSearch();
    [[nodiscard]] qint64 shownCount() const;
    [[nodiscard]] qint64 chosenCount() const;
    [[nodiscard]] std::vector<BlockId> chosen() const; ///< in view order

    using QWidget::show;

signals:
    void countsChanged();
    void told(const QString &sentence); ///< for the status line; plain text

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void buildTable();
    QLayout *buildFilters();
    QToolButton *listButton();
    void buildLayout();
    void fillAccounts();
    void readCounts();
    void showCounts();
    void applyFilter();
    void clearFilters();
    void showState();
    void updateActions();
    void connectActions();
    void disarm();
    void openDetails();
    void exportShown();
    void exportTo(const QString &file);
    void onFailed(const Failure &failure);
    void showContextMenu(const QPoint &at);

    BlocksNeeds m_needs;
    BlocksActions m_actions;
    BlocksModel *m_model;
    QTableView *m_table;
    QLineEdit *m_search;
    QComboBox *m_view;
    QComboBox *m_accountFilter;
    CapacityGauge *m_gauge;
    Banners *m_banners;
    QLabel *m_problem;
    QStackedWidget *m_stack;
    EmptyState *m_nobody;
    EmptyState *m_noMatch;
    QMenu *m_columns = nullptr;
    std::map<BlockView, qint64> m_counts;
    bool m_loaded = false;
    Call m_count;
    Call m_countSoon;
    Call m_act;
    Call m_export;
};

} // namespace rollcall
