// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/person.h"

#include <QDialog>

class QCheckBox;
class QDateEdit;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace rollcall {

class DialogBody;

/// Asks what is written down of an opt-in or opt-out: source, wording, day. Enter records it at once.
class ConsentDialog final : public QDialog {
    Q_OBJECT
public:
    /// `people`: how many it is about; above ten the default button is Cancel. `source`: the one used last, offered
    /// again, so that Enter records at once.
    ConsentDialog(ConsentState what, qint64 people, const QString &source = {}, QWidget *parent = nullptr);
    /// With an opt-out: offers the block at this account too (its name), with one key.
    void offerBlock(const QString &account);
    [[nodiscard]] ConsentEvent consentEvent() const;
    [[nodiscard]] bool liftsStop() const; ///< with an opt-in: do-not-contact is lifted as well
    [[nodiscard]] bool blocks() const; ///< the offer was taken
    void setBusy(bool busy);
    void showProblem(const QString &sentence);

signals:
    void recordWanted(); ///< the dialog stays open until accept()

protected:
    void showEvent(QShowEvent *event) override;

private:
    void fillBody(qint64 people, QFormLayout *form);
    void prepareFurther();
    void follow();
    const ConsentState m_what;
    DialogBody *m_body;
    QLineEdit *m_source;
    QPlainTextEdit *m_wording;
    QDateEdit *m_day;
    QCheckBox *m_further; ///< lift (opt-in), block as well (opt-out)
    QLabel *m_problem;
    QPushButton *m_record;
};

} // namespace rollcall
