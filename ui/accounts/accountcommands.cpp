// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/accountcommands.h"

#include "models/settings/settings.h"
#include "ui/accounts/accountdialog.h"
#include "ui/accounts/accountswords.h"
#include "ui/accounts/testdialog.h"
#include "ui/text/failuretext.h"

namespace rollcall {

AccountCommands::AccountCommands(const AccountsNeeds &needs, QWidget *window)
    : QObject(window)
    , m_needs(needs)
    , m_window(window)
{
}

void AccountCommands::add()
{
    Account fresh;
    fresh.region = m_needs.settings.value(Keys::defaultRegion);
    fresh.keepSeconds = qint64(m_needs.settings.value(Keys::cacheDays)) * 86'400;
    open(fresh);
}

void AccountCommands::edit(AccountId id)
{
    if (const Account *account = found(id))
        open(*account);
}

void AccountCommands::open(const Account &account)
{
    if (m_dialog)
        return;
    m_dialog = new AccountDialog(m_needs.accounts, account, m_needs.asks, m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &AccountDialog::saveWanted, this, &AccountCommands::save);
    m_dialog->open();
}

void AccountCommands::save()
{
    const Account account = m_dialog->account();
    m_dialog->setBusy(true);
    m_save = m_needs.accounts.save(account, m_dialog->secret(), [this, account](const Result<Accounts::Saved> &result) {
        if (!result) {
            if (m_dialog)
                m_dialog->showProblem(failureSentence(result.failure()));
            return;
        }
        if (m_dialog)
            m_dialog->accept();
        afterSave(account, *result);
    });
}

void AccountCommands::afterSave(const Account &account, const Accounts::Saved &result)
{
    emit saved(result.id);
    if (result.keychain) {
        m_needs.asks.tell(m_window,
            {Notice::Kind::Warning, tr("Kept for this session only"), AccountsText::onlyInMemory(*result.keychain),
                {}});
        emit told(tr("Account “%1” was saved, its password or key for this session only.").arg(account.name));
    } else {
        emit told(tr("Account “%1” was saved.").arg(account.name));
    }
}

void AccountCommands::remove(AccountId id)
{
    const Account *account = found(id);
    if (!account || account->sandbox)
        return;
    Question question;
    question.title = tr("Delete account");
    question.text = tr("Delete the account “%1” from this list?").arg(account->name);
    question.details
        = tr("Its password or key is removed from the keychain. Its verdicts, runs and journal entries stay. At the "
             "gateway nothing changes.");
    question.confirm = tr("Delete account");
    question.dangerous = true;
    m_needs.asks.confirm(m_window, question, [this, id, name = account->name](bool yes) {
        if (!yes)
            return;
        m_remove = m_needs.accounts.remove(id, [this, name](const Done &done) {
            if (!done)
                m_needs.asks.tell(
                    m_window, {Notice::Kind::Problem, tr("Delete account"), failureSentence(done.failure()), {}});
            else
                emit told(tr("Account “%1” was deleted.").arg(name));
        });
    });
}

void AccountCommands::test(AccountId id)
{
    const Account *account = found(id);
    if (!account)
        return;
    auto *dialog = new TestDialog(m_needs.accounts, *account, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &TestDialog::reached, this, [this, id](const AccountReach &reach) { emit reached(id, reach); });
    // Closed in the middle: nothing is known.
    connect(dialog, &QDialog::finished, this, [this, id, dialog] {
        if (!dialog->isDone())
            emit reached(id, {});
    });
    dialog->open();
    dialog->start();
}

} // namespace rollcall
