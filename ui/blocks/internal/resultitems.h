// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/store/blocks.h"

#include <QWidget>
#include <optional>

class QAbstractTableModel;
class QLabel;
class QLineEdit;
class QTableView;

namespace rollcall {

class Store;

/// The numbers of a run that ended alike, one a line, to be looked through and searched. Nothing is read before show().
class ResultItems final : public QWidget {
    Q_OBJECT
public:
    explicit ResultItems(Store &store, QWidget *parent = nullptr);
    ~ResultItems() override;
    /// `title`: the cause's words. Another call takes the place of the one before.
    void show(RunId run, const OperationCause &cause, const QString &title);

    using QWidget::show;

signals:
    void failed(const rollcall::Failure &failure);
    void shown(); ///< its height may have changed

private:
    class Model;
    Store &m_store;
    Model *m_model;
    QLabel *m_title;
    QLineEdit *m_search;
    QTableView *m_table;
    Call m_read;
};

} // namespace rollcall
