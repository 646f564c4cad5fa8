// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/rowdelegate.h"

#include "ui/parts/theme.h"

#include <QHeaderView>
#include <QIcon>
#include <QPainter>
#include <QTableView>

namespace rollcall {

RowDelegate::RowDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
{
}

void RowDelegate::paintGround(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const Tokens &tokens = tokensOf(option.palette);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QVariant own = index.data(Qt::BackgroundRole);
    if (selected)
        painter.fillRect(option.rect, tokens.selection);
    else if (own.canConvert<QBrush>())
        painter.fillRect(option.rect, own.value<QBrush>());
    painter.setPen(QPen(tokens.border, 1));
    painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(tokens.accent, 2));
        painter.drawRoundedRect(QRectF(option.rect).adjusted(2, 2, -2, -3), 4, 4);
        painter.restore();
    }
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    paintGround(*painter, item, index);
    QRect cell = item.rect.adjusted(cellPadding, 0, -cellPadding, -1);
    painter->save();
    if (!item.icon.isNull()) {
        const QRect place(cell.left(), cell.top() + (cell.height() - Space::icon) / 2, Space::icon, Space::icon);
        item.icon.paint(painter, place, Qt::AlignCenter,
            item.state.testFlag(QStyle::State_Enabled) ? QIcon::Normal : QIcon::Disabled);
        cell.setLeft(cell.left() + Space::icon + Space::small);
    }
    const QVariant ink = index.data(Qt::ForegroundRole);
    painter->setFont(item.font);
    painter->setPen(ink.canConvert<QBrush>() ? ink.value<QBrush>().color() : item.palette.color(QPalette::Text));
    QString text = QFontMetrics(item.font).elidedText(item.text, item.textElideMode, cell.width());
    if (text.isRightToLeft())
        text.prepend(QChar(0x2067)); // right-to-left isolate: what stands in a name keeps its order in this table
    painter->drawText(
        cell, int(item.displayAlignment & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter | Qt::TextSingleLine, text);
    painter->restore();
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const int picture = item.icon.isNull() ? 0 : Space::icon + Space::small;
    return {QFontMetrics(item.font).horizontalAdvance(item.text) + picture + 2 * cellPadding, Space::row};
}

void setUpTable(QTableView &table, const QString &accessibleName)
{
    table.setAccessibleName(accessibleName);
    table.setShowGrid(false);
    table.setAlternatingRowColors(false);
    table.setWordWrap(false);
    table.setFrameShape(QFrame::NoFrame);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setSelectionMode(QAbstractItemView::ExtendedSelection);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.setTabKeyNavigation(false); // Tab leaves the table; arrows move in it
    table.setItemDelegate(new RowDelegate(&table));
    QHeaderView *rows = table.verticalHeader();
    rows->hide();
    rows->setSectionResizeMode(QHeaderView::Fixed);
    rows->setDefaultSectionSize(Space::row);
    rows->setMinimumSectionSize(Space::row);
    QHeaderView *columns = table.horizontalHeader();
    columns->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    columns->setHighlightSections(false);
    columns->setSectionsMovable(true);
    columns->setStretchLastSection(true);
    columns->setMinimumSectionSize(48);
}

} // namespace rollcall
