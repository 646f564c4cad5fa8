// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/internal/cardlist.h"

namespace rollcall {

CardList::CardList(QWidget *parent)
    : QListView(parent)
{
    setDragDropMode(QAbstractItemView::DragDrop);
    setDefaultDropAction(Qt::MoveAction);
    setDropIndicatorShown(true);
}

void CardList::dropEvent(QDropEvent *event)
{
    QAbstractItemView::dropEvent(event);
}

} // namespace rollcall
