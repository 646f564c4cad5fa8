// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

class QTableView;

namespace rollcall {

/// Rows of our tables: a hair line between them, a quiet selection, a visible frame around the current cell, text never
/// interpreted as markup.
class RowDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    static constexpr int cellPadding = 12;
    explicit RowDelegate(QObject *parent = nullptr);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    /// Background, hair line and focus frame; what a derived delegate paints comes on top.
    static void paintGround(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index);
};

/// What all tables share: row height, no grid, whole rows selected, headers that can be moved and sorted, a
/// RowDelegate, and the accessible name (one of those in design.md section 4).
void setUpTable(QTableView &table, const QString &accessibleName);

} // namespace rollcall
