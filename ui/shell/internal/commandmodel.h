// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QList>

class QAction;

namespace rollcall {

/// The actions whose name holds every typed word, best first: those that begin with the text before those that hold it,
/// usable ones before the others.
class CommandModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { ShortcutRole = Qt::UserRole + 1, WhyRole };
    explicit CommandModel(const QList<QAction *> &actions, QObject *parent = nullptr);
    void search(const QString &text);
    [[nodiscard]] QAction *actionAt(int row) const { return m_shown.at(row); }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    /// Disabled commands can be chosen, so that their reason can be read; they are only not run.
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] static QString nameOf(const QAction &action);

private:
    QList<QAction *> m_all;
    QList<QAction *> m_shown;
};

} // namespace rollcall
