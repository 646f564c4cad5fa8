// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "ui/compose/composeneeds.h"
#include "ui/compose/internal/recipientsmodel.h"

#include <QWidget>

class QBoxLayout;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QToolButton;

namespace rollcall {

class QuickCheck;

/// To whom the message goes, and what is known of each: do-not-contact, blocked, the 24-hour window, the verdict,
/// consent. Showing it asks no gateway; Check now does, about one number.
class RecipientsPanel final : public QWidget {
    Q_OBJECT
public:
    RecipientsPanel(const ComposeNeeds &needs, QWidget *parent = nullptr);
    void setAccount(AccountId account);
    void setRecipients(const Recipients &recipients) { m_model->setRecipients(recipients); }
    [[nodiscard]] const Recipients &recipients() const { return m_model->recipients(); }
    [[nodiscard]] const RecipientsModel &model() const { return *m_model; }
    void add(const std::vector<PersonId> &people, const std::vector<PhoneNumber> &numbers);
    void focusInput();

signals:
    void edited();
    void peopleWanted(); ///< those who are chosen in Contacts
    void told(const QString &sentence);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildInput(QBoxLayout &row);
    void buildList();
    void takeTyped();
    void openPaste(const QString &text);
    void read();
    void showCurrent();
    void removeCurrent();
    [[nodiscard]] QString region() const;

    const ComposeNeeds &m_needs;
    AccountId m_account;
    RecipientsModel *m_model;
    QuickCheck *m_check;
    QLabel *m_heading;
    QLineEdit *m_input;
    QListView *m_list;
    QLabel *m_state;
    QLabel *m_told;
    QPushButton *m_checkNow;
    QToolButton *m_remove;
    Call m_read;
    Call m_soon;
};

} // namespace rollcall
