// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/exchange/importfield.h"
#include "models/formats/csvsniffer.h"

#include <QAbstractTableModel>

namespace rollcall {

/// The first rows of the file under what their columns are taken for.
class PreviewModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;
    void show(const CsvSample &sample, const ColumnMap &columns);
    void setColumns(const ColumnMap &columns);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    CsvSample m_sample;
    ColumnMap m_columns;
};

} // namespace rollcall
