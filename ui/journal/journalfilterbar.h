// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/domain/journalentry.h"

#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QLineEdit;
class QToolButton;

namespace rollcall {

class Clock;
class Store;

/// Search, act, operator, time, and one person, account or run to which the list was narrowed: what of the journal is
/// shown and exported.
class JournalFilterBar final : public QWidget {
    Q_OBJECT
public:
    JournalFilterBar(Store &store, Clock &clock, QWidget *parent = nullptr);
    [[nodiscard]] JournalFilter filter() const;
    void readChoices(); ///< acts and operators there are; the present choice stays
    /// Only entries of the person, account or run that `to` names (its other members are not looked at); `words` for
    /// the chip. An empty filter takes the chip away.
    void narrow(const JournalFilter &to, const QString &words);
    void focusSearch();
    void clear();
    void addAtEnd(QWidget *widget);

signals:
    void changed();

private:
    QComboBox *addBox(const char *name, const QString &accessible);
    Store &m_store;
    Clock &m_clock;
    QHBoxLayout *m_row;
    QLineEdit *m_search;
    QToolButton *m_only; ///< the chip of what the list was narrowed to
    QComboBox *m_act;
    QComboBox *m_operator;
    QComboBox *m_time;
    QStringList m_acts; ///< every act that has an entry
    JournalFilter m_narrowed;
    Call m_facets;
    Call m_soon;
};

} // namespace rollcall
