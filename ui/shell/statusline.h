// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <QStatusBar>

namespace rollcall {

/// A field of the status line. Its accessible name says what it is, its text what it shows: a label could carry only
/// one of the two. It can be selected and copied, and stays out of the tab order.
class StatusField final : public QLineEdit {
    Q_OBJECT
public:
    StatusField(const QString &objectName, const QString &accessibleName, QWidget *parent);
    void say(const QString &text, const QString &tip = {});
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }
};

/// Rows, selection, account and its reachability, budget left.
class StatusLine final : public QStatusBar {
    Q_OBJECT
public:
    explicit StatusLine(QWidget *parent = nullptr);
    void showRows(qint64 rows);
    void showSelection(qint64 chosen, qint64 rows);
    void showNoRows(); ///< a page without a table
    void showAccount(const QString &name, bool sandbox);
    void showBudget(const QString &text, const QString &tip);
    enum class Reach { Unknown, Online, Offline, Trouble };
    /// Whether the account answers. `brief`: a few words in the place of the usual one ("Login refused").
    struct ReachView {
        Reach reach = Reach::Unknown;
        QString why = {}; ///< one sentence, as tool tip
        QString brief = {};
    };
    void showReach(const ReachView &view);
    /// What just happened, for some seconds.
    void tell(const QString &sentence);

private:
    StatusField *m_rows;
    StatusField *m_chosen;
    StatusField *m_account;
    StatusField *m_reach;
    StatusField *m_budget;
};

} // namespace rollcall
