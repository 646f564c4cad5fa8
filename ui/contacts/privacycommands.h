// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/person.h"
#include "ui/contacts/contactsneeds.h"

#include <QObject>
#include <QPointer>
#include <QThreadPool>
#include <vector>

class QWidget;

namespace rollcall {

class ConsentDialog;
class EraseDialog;
class MarketingDialog;
struct DossierFacts;
struct EraseReport;

/// What people are entitled to: their opt-in and opt-out on record, a dossier of what is held of them, and being
/// erased.
class PrivacyCommands final : public QObject {
    Q_OBJECT
public:
    PrivacyCommands(const ContactsNeeds &needs, QWidget *window);
    ~PrivacyCommands() override;

    /// `account`: where a block is offered along with an opt-out; null = nowhere.
    void record(ConsentState what, std::vector<PersonId> people, AccountId account);
    void marketing(std::vector<PersonId> people, AccountId account);
    void dossier(PersonId person, AccountId account);
    /// Asks, then erases; with more than one, a dialog shows how far it is.
    void erase(const std::vector<PersonId> &people);

signals:
    void told(const QString &sentence);
    /// Somebody opted out and the operator took the offer to block them too.
    void blockWanted(const std::vector<rollcall::PersonId> &people);

private:
    void save(const DossierFacts &facts, const QString &file);
    void eraseOne(PersonId person);
    void eraseMany(const std::vector<PersonId> &people);
    void askToErase(const QString &question, const QString &whom, std::function<void()> then);
    void eraseNow(PersonId person);
    void tellErased(const EraseReport &report);
    void onRecorded(ConsentState what, const std::vector<PersonId> &people);
    void tell(const QString &title, const Failure &failure);

    const ContactsNeeds &m_needs;
    QWidget *m_window;
    QPointer<ConsentDialog> m_dialog;
    QPointer<MarketingDialog> m_marketingDialog;
    QPointer<EraseDialog> m_eraseDialog;
    QString m_lastSource; ///< of an opt-in, offered again in this session
    Call m_record;
    Call m_read;
    Call m_erase;
    Call m_note;
    QThreadPool m_pool; ///< last: waits for what it still writes
};

} // namespace rollcall
