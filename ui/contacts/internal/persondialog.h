// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/domain/account.h"
#include "models/domain/person.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace rollcall {

/// How a typed number will be read, shown while typing: the number it becomes, what the library thinks of it, and what
/// an on-premises gateway would make of it when there is no + in front. Empty for an empty text.
[[nodiscard]] QString numberReading(const PhoneNumber &number, const Account *account);

/// A person's fields, for a new one or an existing one. The number is kept as typed beside what it was read as.
class PersonDialog final : public QDialog {
    Q_OBJECT
public:
    /// `account` (may be null) decides the warning about numbers without +; `region` is the default country.
    PersonDialog(const PersonFields &fields, const QString &region, const Account *account, bool isNew,
        QWidget *parent = nullptr);
    [[nodiscard]] PersonFields fields() const;
    void setBusy(bool busy); ///< while it is being saved
    void showProblem(const QString &sentence);

signals:
    void saveWanted(); ///< OK was pressed and something is filled in; the dialog stays open until accept()

private:
    void readNumber();
    void confirm();
    QString m_region;
    std::optional<Account> m_account;
    PersonFields m_before;
    PhoneNumber m_number;
    QString m_shownTyped; ///< the typed number as the field shows it at first
    QLineEdit *m_name;
    QLineEdit *m_typed;
    QComboBox *m_country;
    QLabel *m_reading;
    QLineEdit *m_email;
    QLineEdit *m_organisation;
    QLineEdit *m_tags;
    QPlainTextEdit *m_note;
    QLabel *m_problem;
    QPushButton *m_save;
};

} // namespace rollcall
