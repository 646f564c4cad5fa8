// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QPoint>
#include <QStringList>
#include <vector>

class QGridLayout;
class QLabel;
class QLineEdit;
class QToolButton;

namespace rollcall {

/// One field of an entry: a line to type in, or a box with standard values that takes any other text too.
struct EntryField {
    QString id = {}; ///< part of the object name
    QString label = {};
    QStringList standard = {}; ///< values that are offered; empty = a plain line
    QString hint = {}; ///< placeholder
    int line = 0; ///< fields of one line stand side by side
    int stretch = 1; ///< of 12 in their line
    bool number = false; ///< written left-to-right whatever the language
};

/// What stands beside a field: sentences, the worst of them decides the colour.
struct FieldRemark {
    int row = 0;
    int field = 0;
    QString words = {};
    bool problem = false; ///< keeps the message from being sent; else it is a warning
};

/// The fields of one entry (a phone, an address, the name), and where it is one of several its handle and its button
/// Remove. What was not touched comes back as it was set, however long it is.
class EntryRow final : public QFrame {
    Q_OBJECT
public:
    EntryRow(const QString &id, const std::vector<EntryField> &fields, bool several, QWidget *parent = nullptr);
    void setNumber(int number); ///< of several, counted from 0: object and accessible names
    void setValues(const QStringList &values);
    [[nodiscard]] const QStringList &values() const { return m_values; }
    void setRemarks(const std::vector<FieldRemark> &remarks); ///< all of this row
    void focusFirst();
    void focusField(int field);
    [[nodiscard]] int focusedField() const; ///< -1 = none

    [[nodiscard]] std::vector<QWidget *> keyboardOrder() const;

signals:
    void edited();
    void removeWanted();
    void moveWanted(int steps); ///< -1 up, +1 down

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeField(int index, const EntryField &field);
    void buildHandles();
    bool dragHandle(QEvent *event);

    QString m_id;
    std::vector<EntryField> m_fields;
    QStringList m_values;
    QGridLayout *m_grid;
    std::vector<QLineEdit *> m_edits; ///< also those inside the boxes
    std::vector<QWidget *> m_widgets;
    std::vector<QLabel *> m_labels;
    std::vector<QLabel *> m_remarks; ///< one a line of fields
    QToolButton *m_handle = nullptr;
    QToolButton *m_remove = nullptr;
    bool m_dragging = false;
};

/// A file that is dropped on the field goes to the page, which reads it: the field would take its path for text.
void letFilesPass(QLineEdit *field);

} // namespace rollcall
