// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/domain/filter.h"

#include <QWidget>

class QHBoxLayout;
class QLineEdit;
class QMenu;
class QToolButton;

namespace rollcall {

class SavedFilters;
class Settings;
class Store;
struct StopCounts;

/// Search field and filter chips over the Contacts table. A chip shows what it filters by; one button clears all.
class FilterBar final : public QWidget {
    Q_OBJECT
public:
    FilterBar(Store &store, Settings &settings, QWidget *parent = nullptr);
    [[nodiscard]] const Filter &filter() const { return m_filter; }
    void setFilter(const Filter &filter);
    /// At which account block and marketing stop are looked up, and its name (empty = none).
    void setAccount(AccountId account, const QString &name);
    void focusSearch();
    /// Adds a widget at the right end (column chooser, details).
    void addAtEnd(QWidget *widget);

signals:
    void changed(const rollcall::Filter &filter);
    void leftDown(); ///< Down or Enter in the search field, or Esc while it is empty: on to the table
    void everybodyWanted(); ///< Ctrl+A in the empty search field: there is no text that could be meant

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QToolButton *chip(const QString &objectName, QMenu *menu);
    void fillVerdicts();
    void fillStops(const StopCounts *counts);
    void addBlockChoices(QMenu *menu, const StopCounts *counts);
    void fillCountries();
    void fillTags();
    void fillListed(QMenu *menu, const QStringList &all, QStringList Filter::*chosen, const QString &nothing);
    QAction *addChoice(QMenu *menu, const QString &words, bool on, std::function<void(bool)> then);
    void change(const std::function<void(Filter &)> &edit);
    void showChips();

    Store &m_store;
    Filter m_filter;
    QLineEdit *m_search;
    QToolButton *m_verdict;
    QToolButton *m_country;
    QToolButton *m_tag;
    QToolButton *m_stops;
    QToolButton *m_batch;
    QToolButton *m_own; ///< the operator's saved filters
    QToolButton *m_clear;
    QHBoxLayout *m_row;
    Call m_countries;
    Call m_tags;
    Call m_counts;
    SavedFilters *m_saved;
    AccountId m_account;
    QString m_accountName;
};

} // namespace rollcall
