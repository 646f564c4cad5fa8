// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/peopleview.h"

#include "models/tables/contactsmodel.h"
#include "ui/parts/rowdelegate.h"

#include <QHeaderView>
#include <QItemSelectionModel>
#include <algorithm>
#include <unordered_set>

namespace rollcall {

namespace {

// A table painted over ten thousand separate ranges takes 45 ms a frame (performance.md, model and view).
constexpr int mostRanges = 1000;
constexpr std::size_t mostKept = 20'000;

struct Rows {
    int first = 0;
    int last = 0;
};

std::vector<Rows> chosenRows(const QItemSelection &selection)
{
    std::vector<Rows> rows;
    for (const QItemSelectionRange &range : selection)
        rows.push_back({range.top(), range.bottom()});
    std::sort(rows.begin(), rows.end(), [](const Rows &a, const Rows &b) { return a.first < b.first; });
    return rows;
}

} // namespace

PeopleView::PeopleView(ContactsModel &model, QWidget *parent)
    : QTableView(parent)
    , m_people(model)
{
    setObjectName(QStringLiteral("contacts"));
    setUpTable(*this, tr("Contacts"));
    // Before setModel: the selection model forgets on the same signal, and slots run in the order they were connected.
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, &PeopleView::keepChoice);
    setModel(&model);
    connect(&model, &QAbstractItemModel::modelReset, this, &PeopleView::restoreChoice);
    // A header looks at every row of the selection to draw its titles: 100 ms for a million chosen people.
    horizontalHeader()->setSelectionModel(new QItemSelectionModel(&model, this));
    verticalHeader()->setSelectionModel(new QItemSelectionModel(&model, this));
}

qint64 PeopleView::chosenCount() const
{
    qint64 count = 0;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        count += range.height();
    return count;
}

Selection PeopleView::chosen() const
{
    const auto &spine = m_people.spine();
    const qint64 count = chosenCount();
    Selection choice;
    if (count == 0 || spine.empty())
        return choice;
    choice.wholeFilter = 2 * count > static_cast<qint64>(spine.size());
    const auto take
        = [&](int from, int to) { choice.ids.insert(choice.ids.end(), spine.begin() + from, spine.begin() + to); };
    int next = 0;
    for (const Rows &rows : chosenRows(selectionModel()->selection())) {
        if (!choice.wholeFilter)
            take(rows.first, rows.last + 1);
        else if (rows.first > next)
            take(next, rows.first);
        next = std::max(next, rows.last + 1);
    }
    if (choice.wholeFilter)
        take(next, static_cast<int>(spine.size()));
    return choice;
}

PersonId PeopleView::currentPerson() const
{
    const QModelIndex current = currentIndex();
    return current.isValid() ? m_people.keyAt(current.row()) : PersonId();
}

void PeopleView::makeCurrent(PersonId person)
{
    const int row = m_people.rowOf(person);
    if (row >= 0)
        setCurrentIndex(m_people.index(row, std::max(0, columnAt(0))));
}

void PeopleView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    followChoice();
    emit choiceChanged();
}

/// A screen reader chooses a row without making it the current one: the one chosen person becomes it.
void PeopleView::followChoice()
{
    const QItemSelection chosen = selectionModel()->selection();
    if (chosen.isEmpty() || chosenCount() != 1 || selectionModel()->isRowSelected(currentIndex().row()))
        return;
    selectionModel()->setCurrentIndex(
        m_people.index(chosen.first().top(), std::max(0, columnAt(0))), QItemSelectionModel::NoUpdate);
}

void PeopleView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    emit personChanged(current.isValid() ? m_people.keyAt(current.row()) : PersonId());
}

void PeopleView::keepChoice()
{
    m_kept = chosen();
    if (m_kept.ids.size() > mostKept)
        m_kept = {};
    m_keptCurrent = currentPerson();
}

void PeopleView::restoreChoice()
{
    const Selection kept = std::exchange(m_kept, {});
    const int size = m_people.rowCount();
    const std::unordered_set<PersonId> named(kept.ids.begin(), kept.ids.end());
    QItemSelection ranges;
    if ((kept.wholeFilter || !named.empty()) && size > 0) {
        const auto &spine = m_people.spine();
        int from = -1;
        for (int row = 0; row <= size && ranges.size() <= mostRanges; ++row) {
            const bool in = row < size && named.contains(spine[static_cast<std::size_t>(row)]) != kept.wholeFilter;
            if (in && from < 0)
                from = row;
            if (!in && from >= 0) {
                ranges.append({m_people.index(from, 0), m_people.index(row - 1, ContactsModel::columns - 1)});
                from = -1;
            }
        }
    }
    if (!m_keptCurrent.isNull()) {
        const int row = m_people.rowOf(std::exchange(m_keptCurrent, {}));
        if (row >= 0)
            selectionModel()->setCurrentIndex(m_people.index(row, 0), QItemSelectionModel::NoUpdate);
    }
    if (ranges.size() <= mostRanges)
        selectionModel()->select(ranges, QItemSelectionModel::ClearAndSelect);
    if (!currentIndex().isValid()) // a reset forgets the current person silently
        emit personChanged({});
    emit choiceChanged();
}

} // namespace rollcall
