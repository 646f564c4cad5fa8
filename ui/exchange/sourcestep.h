// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/parts/dialogs.h"

#include <QWidget>

class QLineEdit;

namespace rollcall {

/// Step 1: which file.
class SourceStep final : public QWidget {
    Q_OBJECT
public:
    explicit SourceStep(Asks asks, QWidget *parent = nullptr);
    [[nodiscard]] QString file() const;
    void setFile(const QString &file);
    void focusFirst();

signals:
    void changed();
    void chosen(); ///< picked in the file dialog: go on
    void pasted(const QString &text); ///< a list out of the clipboard

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void browse();
    void paste();
    Asks m_asks;
    QLineEdit *m_file;
};

} // namespace rollcall
