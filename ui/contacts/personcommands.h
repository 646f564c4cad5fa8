// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/person.h"
#include "ui/contacts/contactsneeds.h"

#include <QObject>
#include <QPointer>
#include <vector>

class QWidget;

namespace rollcall {

class PersonDialog;

/// New person…, Edit… and Delete…: each is one batch that can be undone.
class PersonCommands final : public QObject {
    Q_OBJECT
public:
    PersonCommands(const ContactsNeeds &needs, QWidget *window);

    void add(AccountId account);
    void edit(PersonId person, AccountId account);
    void remove(std::vector<PersonId> people);

signals:
    void added(rollcall::PersonId person);
    void told(const QString &sentence);

private:
    void open(const PersonFields &fields, PersonId person, AccountId account);
    void save(PersonId person);
    void tell(const QString &title, const Failure &failure);
    [[nodiscard]] QString regionOf(const Account *account) const;

    const ContactsNeeds &m_needs;
    QWidget *m_window;
    QPointer<PersonDialog> m_dialog;
    Call m_call;
    Call m_remove;
};

} // namespace rollcall
