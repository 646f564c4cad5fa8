// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/accountcommands.h"

#include "models/settings/settings.h"
#include "ui/accounts/accountdialog.h"
#include "ui/accounts/accountswords.h"
#include "ui/accounts/testdialog.h"
#include "ui/text/capabilitywords.h"
#include "ui/text/failuretext.h"
#include "ui/text/words.h"

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
    const AccountReach tested = m_dialog->tested();
    m_dialog->setBusy(true);
    m_save = m_needs.accounts.save(
        account, m_dialog->secret(), [this, account, tested](const Result<Accounts::Saved> &result) {
            if (!result) {
                if (m_dialog)
                    m_dialog->showProblem(failureSentence(result.failure()));
                return;
            }
            if (m_dialog)
                m_dialog->accept();
            afterSave(account, *result);
            if (tested.state != AccountReach::State::NotTested)
                emit reached(result->id, tested); // what is saved is what was tested
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
    if (!account || AccountsText::staysHere(*account))
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

void AccountCommands::addSandbox()
{
    if (m_sandbox.isOpen())
        return;
    const auto number = int(m_needs.accounts.sandboxKindsMissing().size());
    m_sandbox = m_needs.accounts.addSandboxAccounts([this, number](const Result<AccountId> &first) {
        if (!first)
            return m_needs.asks.tell(m_window,
                {Notice::Kind::Problem, tr("Add the sandbox's other gateways"), failureSentence(first.failure()), {}});
        emit told(tr("%n account(s) of the sandbox were added. Choose one in the toolbar; all know the same people.",
            nullptr, number));
    });
}

void AccountCommands::probe(AccountId id)
{
    const Account *account = found(id);
    if (!account || !m_needs.probe || m_probe.isOpen())
        return;
    Question question;
    question.title = tr("Truth probe");
    question.text = tr("Ask “%1” about two numbers that nobody can have?").arg(Words::account(*account));
    question.details
        = tr("It costs two live checks of this account's budget: one number from the British and one from the American "
             "range that is reserved for fiction. If the gateway calls one of them valid, it cannot tell: from then on "
             "every “valid” of this account is shown as unverified. Nobody is disturbed by it.");
    question.confirm = tr("Spend two checks");
    m_needs.asks.confirm(m_window, question, [this, id](bool yes) {
        if (yes)
            startProbe(id);
    });
}

void AccountCommands::startProbe(AccountId id)
{
    const Account *account = found(id);
    if (!account)
        return;
    emit told(tr("Truth probe of “%1”: asking two numbers…").arg(account->name));
    m_probe = m_needs.probe(id, [this, id](const Result<TruthProbe> &outcome) {
        const Account *asked = found(id);
        if (!asked)
            return;
        if (outcome) {
            Account now = *asked;
            now.probe = *outcome;
            emit told(CapabilityWords::probe(now));
            return;
        }
        m_needs.asks.tell(
            m_window, {Notice::Kind::Problem, tr("Truth probe"), failureSentence(outcome.failure(), asked->kind), {}});
    });
}

void AccountCommands::tryAgain(AccountId id)
{
    if (!found(id) || !m_needs.forgetRefusals)
        return;
    m_forget = m_needs.forgetRefusals(id, [this, id](const Done &done) {
        const Account *account = found(id);
        if (!account)
            return;
        if (done)
            emit told(tr("What the engine of “%1” refused is offered again; the next attempt shows whether it can now.")
                          .arg(account->name));
        else
            m_needs.asks.tell(m_window,
                {Notice::Kind::Problem, tr("Try again what was refused"), failureSentence(done.failure()), {}});
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
