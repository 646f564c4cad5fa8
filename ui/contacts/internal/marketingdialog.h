// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/lights.h"

#include <QDialog>

class QDateEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace rollcall {

/// What the operator was told about WhatsApp's own marketing preference of somebody: stopped, or allowed again. Enter
/// records it at once. It is no do-not-contact.
class MarketingDialog final : public QDialog {
    Q_OBJECT
public:
    /// `people`: how many it is about; above ten the default button is Cancel. `account`: its name.
    MarketingDialog(qint64 people, const QString &account, QWidget *parent = nullptr);
    [[nodiscard]] MarketingNote note() const; ///< state, atMs (0 = now) and raw
    void setBusy(bool busy);
    void showProblem(const QString &sentence);

signals:
    void recordWanted(); ///< the dialog stays open until accept()

private:
    QRadioButton *m_stopped;
    QRadioButton *m_resumed;
    QLineEdit *m_words;
    QDateEdit *m_day;
    QLabel *m_problem;
    QPushButton *m_record;
};

} // namespace rollcall
