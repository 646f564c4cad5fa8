// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/person.h"

#include <QDialog>

class QDateEdit;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace rollcall {

/// Asks what is written down of an opt-in or opt-out: source, wording, day. Enter records it at once.
class ConsentDialog final : public QDialog {
    Q_OBJECT
public:
    /// `people`: how many it is about; above ten the default button is Cancel.
    ConsentDialog(ConsentState what, qint64 people, QWidget *parent = nullptr);
    [[nodiscard]] ConsentEvent consentEvent() const;
    void setBusy(bool busy);
    void showProblem(const QString &sentence);

signals:
    void recordWanted(); ///< the dialog stays open until accept()

private:
    void follow();
    const ConsentState m_what;
    QLineEdit *m_source;
    QPlainTextEdit *m_wording;
    QDateEdit *m_day;
    QLabel *m_problem;
    QPushButton *m_record;
};

} // namespace rollcall
