// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/domain/journalentry.h"

#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QLineEdit;

namespace rollcall {

class Clock;
class Store;

/// Search, act, operator, time, and the number of a person or run: what of the journal is shown and exported.
class JournalFilterBar final : public QWidget {
    Q_OBJECT
public:
    JournalFilterBar(Store &store, const Clock &clock, QWidget *parent = nullptr);
    [[nodiscard]] JournalFilter filter() const;
    void readChoices(); ///< acts and operators there are; the present choice stays
    void focusSearch();
    void clear();
    void addAtEnd(QWidget *widget);

signals:
    void changed();

private:
    QComboBox *addBox(const char *name, const QString &accessible);
    Store &m_store;
    const Clock &m_clock;
    QHBoxLayout *m_row;
    QLineEdit *m_search;
    QComboBox *m_act;
    QComboBox *m_operator;
    QComboBox *m_time;
    QLineEdit *m_about;
    Call m_facets;
};

} // namespace rollcall
