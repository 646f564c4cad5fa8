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
class ReplyField;

/// To whom the message goes, and what is known of each: do-not-contact, blocked, the 24-hour window, the verdict,
/// consent. Showing it asks no gateway; Check now does, about one number.
class RecipientsPanel final : public QWidget {
    Q_OBJECT
public:
    RecipientsPanel(const ComposeNeeds &needs, QWidget *parent = nullptr);
    void setAccount(AccountId account);
    void setRecipients(const Recipients &recipients) { m_model->setRecipients(recipients); }
    [[nodiscard]] ReplyField &reply() { return *m_reply; }
    [[nodiscard]] const ReplyField &reply() const { return *m_reply; }
    [[nodiscard]] const Recipients &recipients() const { return m_model->recipients(); }
    [[nodiscard]] const RecipientsModel &model() const { return *m_model; }
    void add(const std::vector<PersonId> &people, const std::vector<PhoneNumber> &numbers);
    void focusInput();
    /// What is typed under "To" and is nobody yet; empty = nothing.
    [[nodiscard]] QString stray() const;

signals:
    void edited();
    void typed(); ///< stray() may be another
    void peopleWanted(); ///< those who are chosen in Contacts
    void optInWanted(rollcall::PersonId person); ///< their opt-in is to be recorded
    void told(const QString &sentence);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildInput(QBoxLayout &row);
    void buildList();
    void takeTyped();
    void takeLeft();
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
    QPushButton *m_optIn;
    QToolButton *m_remove;
    ReplyField *m_reply;
    Call m_read;
    Call m_soon;
};

} // namespace rollcall
