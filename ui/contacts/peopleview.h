// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/filter.h"

#include <QTableView>

namespace rollcall {

class ContactsModel;

/// The Contacts table. A choice is ranges, never a list of indexes: "everybody" is one range of a million rows, and
/// becomes "the whole filter but these". It is kept by person when the order changes.
class PeopleView final : public QTableView {
    Q_OBJECT
public:
    explicit PeopleView(ContactsModel &model, QWidget *parent = nullptr);

    [[nodiscard]] qint64 chosenCount() const;
    /// As chosen now. More than half of a filter counts as "the whole filter but …".
    [[nodiscard]] Selection chosen() const;
    [[nodiscard]] PersonId currentPerson() const; ///< null when there is none
    void makeCurrent(PersonId person); ///< also chooses it; nothing when it is not shown

signals:
    void choiceChanged();
    void personChanged(rollcall::PersonId person);

protected:
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void followChoice();
    void keepChoice();
    void restoreChoice();
    ContactsModel &m_people;
    Selection m_kept;
    PersonId m_keptCurrent;
};

} // namespace rollcall
