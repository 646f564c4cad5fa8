// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/compose/internal/entryrow.h"

#include <QWidget>
#include <vector>

class QToolButton;
class QVBoxLayout;

namespace rollcall {

/// What a section of the form is made of.
struct SectionSpec {
    QString id = {};
    QString title = {};
    QString add = {}; ///< what + adds, "Add a phone"; empty = there is always exactly one entry
    std::vector<EntryField> fields = {};
    bool open = false; ///< at first; a section that holds something opens by itself
};

/// One part of a card under a heading that folds: entries that can be added, removed and put in order, by dragging or
/// with Alt+Up and Alt+Down.
class Section final : public QWidget {
    Q_OBJECT
public:
    explicit Section(SectionSpec spec, QWidget *parent = nullptr);
    /// Another card's values. Rows that are there are used again. `mayFold`: an empty section folds.
    void setRows(const std::vector<QStringList> &rows, bool mayFold);
    [[nodiscard]] std::vector<QStringList> rows() const;
    void setRemarks(const std::vector<FieldRemark> &remarks);
    void setOpen(bool open);
    [[nodiscard]] bool isOpen() const;
    void focusField(int row, int field); ///< opens it
    [[nodiscard]] QToolButton *header() const { return m_header; }

signals:
    void edited();

private:
    EntryRow *append();
    void addEntry();
    void removeEntry(EntryRow *row);
    void moveEntry(EntryRow *row, int steps);
    void renumber();
    void chainKeys();
    void showHeader();

    SectionSpec m_spec;
    QToolButton *m_header;
    QToolButton *m_add = nullptr;
    QWidget *m_body;
    QVBoxLayout *m_column;
    std::vector<EntryRow *> m_rows;
    int m_problems = 0;
};

} // namespace rollcall
