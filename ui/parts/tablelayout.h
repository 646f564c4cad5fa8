// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

class QMenu;
class QTableView;

namespace rollcall {

class Settings;

/// The columns of a table as the operator left them (order, widths, which are shown, sort order), and the menu that
/// chooses them: a right click on the header, or the widget the menu is given to. Lives as long as the table.
class TableLayout final : public QObject {
    Q_OBJECT
public:
    /// `widths`: one a column in model order, 0 = not shown at first. Call after the table has its model, and before
    /// sorting is switched on: the remembered sort order is then in the header.
    TableLayout(QTableView &table, Settings &settings, const QString &name, int version, const QList<int> &widths);
    ~TableLayout() override;
    /// Fills and answers the column menu; owned by the table.
    QMenu *menu();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fillMenu();
    void toDefaults();
    void restore();
    void save();

    QTableView &m_table;
    Settings &m_settings;
    QString m_name;
    int m_version;
    QList<int> m_widths;
    QMenu *m_menu;
    QTimer m_saveSoon; ///< a dragged column edge moves many times a second
};

} // namespace rollcall
