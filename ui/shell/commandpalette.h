// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QList>

class QAction;
class QLineEdit;
class QListView;

namespace rollcall {

class CommandModel;

/// Ctrl+K: all actions by name. Those that cannot be used now stay in the list, grey, with the reason.
class CommandPalette final : public QDialog {
    Q_OBJECT
public:
    explicit CommandPalette(const QList<QAction *> &actions, QWidget *parent = nullptr);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void search(const QString &text);
    void run(const QModelIndex &index);
    QLineEdit *m_field;
    QListView *m_list;
    CommandModel *m_model;
};

} // namespace rollcall
