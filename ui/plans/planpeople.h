// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/ids.h"

#include <QString>
#include <QWidget>
#include <functional>

class QLabel;
class QTableView;

namespace rollcall {

class Store;

/// One line of a plan.
struct PlannedPerson {
    PersonId person = {}; ///< null: a number that belongs to nobody here
    AliasKey alias = {}; ///< null: the person's main number
    QString text = {}; ///< of an alias that is no number; foreign text
    QString what = {}; ///< what will be done about them
};

/// Everybody a flight plan is about, with name and number, to be looked at before the start. A line is made when it is
/// seen and its name read by the window, so that a list of 100,000 costs what a list of ten does.
class PlanPeople final : public QWidget {
    Q_OBJECT
public:
    explicit PlanPeople(Store &store, QWidget *parent = nullptr);
    /// `at`: the lines, 0 to `number` - 1; kept and called as they are looked at. `withWhat`: a column for `what`.
    void setPeople(qint64 number, std::function<PlannedPerson(qint64)> at, bool withWhat);

private:
    class Model;
    Model *m_model;
    QLabel *m_title;
    QTableView *m_table;
};

} // namespace rollcall
