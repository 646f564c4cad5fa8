// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/previewmodel.h"

#include "ui/exchange/importwords.h"
#include "ui/text/foreign.h"

#include <QFont>
#include <QPalette>

namespace rollcall {

namespace {

// A table as wide as a spreadsheet would only be scrolled, and costs.
constexpr qsizetype shownColumns = 200;

} // namespace

void PreviewModel::show(const CsvSample &sample, const ColumnMap &columns)
{
    beginResetModel();
    m_sample = sample;
    m_columns = columns;
    endResetModel();
}

void PreviewModel::setColumns(const ColumnMap &columns)
{
    m_columns = columns;
    if (columnCount() > 0) {
        emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
        if (rowCount() > 0)
            emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }
}

int PreviewModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_sample.rows.size());
}

int PreviewModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(std::min(m_sample.columns, shownColumns));
}

QVariant PreviewModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return oneLine(m_sample.rows[std::size_t(index.row())].fields.value(index.column()).left(200));
    return {};
}

QVariant PreviewModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Vertical)
        return QString::number(m_sample.rows[std::size_t(section)].line);
    const ImportField field
        = std::size_t(section) < m_columns.size() ? m_columns[std::size_t(section)] : ImportField::Ignore;
    const QString own = oneLine(m_sample.header.value(section)).left(60);
    const QString taken = field == ImportField::Ignore ? tr("ignored") : ImportWords::field(field);
    return own.isEmpty() ? taken : own + u'\n' + taken;
}

} // namespace rollcall
