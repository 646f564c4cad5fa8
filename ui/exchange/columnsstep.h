// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/exchange/importer.h"

#include <QWidget>
#include <vector>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QSpinBox;
class QTableView;

namespace rollcall {

class PreviewModel;

/// Step 2: how the file is to be read and what its columns are. Everything guessed is shown as a guess and can be
/// changed.
class ColumnsStep final : public QWidget {
    Q_OBJECT
public:
    explicit ColumnsStep(QWidget *parent = nullptr);
    /// The first look at a file: fills everything.
    void showLook(const FileLook &look);
    /// The same file in another format: the choices of the format stay, the columns are guessed anew.
    void showAgain(const FileLook &look);

    [[nodiscard]] CsvFormat format() const;
    [[nodiscard]] const ColumnMap &columns() const { return m_columns; }
    [[nodiscard]] const CsvSample &sample() const { return m_look.sample; }
    /// That further columns look like phone numbers and are not imported, as a sentence; empty when there are none.
    [[nodiscard]] QString otherPhones() const;
    /// Why these columns cannot be imported, as a sentence; empty when they can.
    [[nodiscard]] QString problem() const;

signals:
    void changed(); ///< the columns
    /// The operator chose another way of reading; `replace`: guess the place of the table and its header anew.
    void formatWanted(const rollcall::CsvFormat &format, bool replace);

private:
    QWidget *buildFormat();
    QWidget *buildColumns();
    void fillFormat();
    void fillCards();
    void fillColumns();
    void showOtherPhones();
    [[nodiscard]] QString nameOf(std::size_t column) const;
    void setColumn(std::size_t column, ImportField field);

    FileLook m_look;
    ColumnMap m_columns;
    bool m_filling = false;
    QLabel *m_guess;
    QLabel *m_phones;
    QComboBox *m_encoding;
    QComboBox *m_delimiter;
    QSpinBox *m_firstLine;
    QCheckBox *m_header;
    QWidget *m_formatBox = nullptr;
    QWidget *m_columnBox;
    QFormLayout *m_columnForm;
    std::vector<QComboBox *> m_fields;
    PreviewModel *m_model;
    QTableView *m_preview;
};

} // namespace rollcall
