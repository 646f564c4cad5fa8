// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/personcommands.h"

#include "models/settings/settings.h"
#include "models/store/people.h"
#include "models/store/store.h"
#include "ui/contacts/internal/persondialog.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"

namespace rollcall {

PersonCommands::PersonCommands(const ContactsNeeds &needs, QWidget *window)
    : QObject(window)
    , m_needs(needs)
    , m_window(window)
{
}

QString PersonCommands::regionOf(const Account *account) const
{
    return account && !account->region.isEmpty() ? account->region : m_needs.settings.value(Keys::defaultRegion);
}

void PersonCommands::add(AccountId account)
{
    if (!m_dialog)
        open({}, {}, account);
}

void PersonCommands::edit(PersonId person, AccountId account)
{
    if (m_dialog || person.isNull())
        return;
    m_call = m_needs.store.people().details(person, account, [this, person, account](Result<PersonDetails> details) {
        if (details)
            open(details->row.fields, person, account);
        else
            tell(tr("Edit person"), details.failure());
    });
}

void PersonCommands::open(const PersonFields &fields, PersonId person, AccountId account)
{
    const Account *gateway = m_needs.accountOf(account);
    m_dialog = new PersonDialog(fields, regionOf(gateway), gateway, person.isNull(), m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &PersonDialog::saveWanted, this, [this, person] { save(person); });
    m_dialog->open();
}

void PersonCommands::save(PersonId person)
{
    m_dialog->setBusy(true);
    const PersonFields fields = m_dialog->fields();
    if (person.isNull()) {
        m_call = m_needs.store.people().add(fields, [this](Result<PersonId> id) {
            if (!id) {
                if (m_dialog)
                    m_dialog->showProblem(failureSentence(id.failure()));
                return;
            }
            if (m_dialog)
                m_dialog->accept();
            emit told(tr("Added one person."));
            emit added(*id);
        });
        return;
    }
    m_call = m_needs.store.people().update(person, fields, [this](const Done &done) {
        if (!done) {
            if (m_dialog)
                m_dialog->showProblem(failureSentence(done.failure()));
            return;
        }
        if (m_dialog)
            m_dialog->accept();
        emit told(tr("Saved."));
    });
}

void PersonCommands::remove(std::vector<PersonId> people)
{
    if (people.empty())
        return;
    const auto number = static_cast<qint64>(people.size());
    Question question;
    question.title = tr("Delete people");
    question.text = number == 1 ? tr("Delete this person from the list?")
                                : tr("Delete %1 people from the list?").arg(count(number));
    question.details
        = tr("Their verdicts and the journal stay. Do-not-contact stays in force for their numbers. Undo brings "
             "them back for 30 days.");
    question.confirm = number == 1 ? tr("Delete one person") : tr("Delete %1 people").arg(count(number));
    question.dangerous = true;
    m_needs.asks.confirm(m_window, question, [this, people = std::move(people)](bool yes) {
        if (!yes)
            return;
        m_remove = m_needs.store.people().remove(people, [this](Result<qint64> removed) {
            if (!removed)
                return tell(tr("Delete people"), removed.failure());
            emit told(*removed == 1 ? tr("Deleted one person. Undo brings them back.")
                                    : tr("Deleted %1 people. Undo brings them back.").arg(count(*removed)));
        });
    });
}

void PersonCommands::tell(const QString &title, const Failure &failure)
{
    m_needs.asks.tell(m_window, {Notice::Kind::Problem, title, failureSentence(failure), {}});
}

} // namespace rollcall
