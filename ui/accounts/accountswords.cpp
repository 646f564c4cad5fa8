// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/accountswords.h"

#include "models/domain/phonenumber.h"
#include "ui/text/age.h"
#include "ui/text/failuretext.h"
#include "ui/text/words.h"

namespace rollcall {

QString AccountsText::title(AccountColumn column)
{
    switch (column) {
    case AccountColumn::Name:
        return tr("Name");
    case AccountColumn::Kind:
        return tr("Kind");
    case AccountColumn::Address:
        return tr("Address");
    case AccountColumn::Reached:
        return tr("Connection");
    case AccountColumn::Abilities:
        return tr("Can");
    case AccountColumn::Budget:
        return tr("Budget of checks");
    case AccountColumn::Fresh:
        return tr("Verdicts stay fresh");
    case AccountColumn::Password:
        return tr("Password or key");
    }
    return {};
}

QString AccountsText::cell(const Account &account, const AccountReach &known, AccountColumn column)
{
    switch (column) {
    case AccountColumn::Name:
        return Words::account(account);
    case AccountColumn::Kind:
        return Words::gatewayKind(account.kind);
    case AccountColumn::Address:
        return account.address.toDisplayString();
    case AccountColumn::Reached:
        if (!account.cannotTell.isEmpty() && known.state == AccountReach::State::NotTested)
            return tr("Cannot tell valid from invalid");
        return reach(known.state);
    case AccountColumn::Abilities:
        return abilities(account.capabilities());
    case AccountColumn::Budget:
        return tr("%1 an hour, %2 a day").arg(count(account.budget.perHour), count(account.budget.perDay));
    case AccountColumn::Fresh:
        return account.keepSeconds == 86'400 ? tr("1 day") : tr("%1 days").arg(account.keepSeconds / 86'400);
    case AccountColumn::Password:
        if (account.sandbox)
            return tr("Made at each start");
        return account.hasStoredSecret ? tr("In the keychain") : tr("This session only");
    }
    return {};
}

QString AccountsText::reach(AccountReach::State state)
{
    switch (state) {
    case AccountReach::State::NotTested:
        return tr("Not tested yet");
    case AccountReach::State::Testing:
        return tr("Testing…");
    case AccountReach::State::Reached:
        return tr("Works");
    case AccountReach::State::Doubtful:
        return tr("Works, with a warning");
    case AccountReach::State::Failed:
        return tr("Does not work");
    }
    return {};
}

QString AccountsText::abilities(const Capabilities &can)
{
    QStringList words;
    if (can.checkMany)
        words << tr("check many numbers at once");
    else if (can.checkOne)
        words << tr("check one number at a time");
    if (can.listContacts)
        words << tr("list contacts");
    if (can.photo)
        words << tr("photos");
    if (can.block)
        words << tr("block");
    if (can.listBlocked)
        words << tr("list the blocked");
    if (can.sendCards)
        words << tr("send cards");
    return words.join(QStringLiteral(", "));
}

QString AccountsText::stepState(TestStep::State state)
{
    switch (state) {
    case TestStep::State::Ok:
        return tr("yes");
    case TestStep::State::Warning:
        return tr("warning");
    case TestStep::State::Failed:
        return tr("no");
    case TestStep::State::Skipped:
        return tr("not known");
    }
    return {};
}

QString AccountsText::stepFinding(const TestStep &step)
{
    if (!step.outcome) {
        const Failure &failure = step.outcome.failure();
        if (failure.code == 1024)
            return tr("The node wants a new password before it lets anybody in. Set one with its own tools, then enter "
                      "it here.");
        return failureSentence(failure);
    }
    const QString &raw = *step.outcome;
    const bool warning = step.state == TestStep::State::Warning;
    if (step.state == TestStep::State::Skipped) {
        if (step.id == u"can-tell")
            return tr("The gateway did not say its version.");
        if (step.id == u"clock")
            return tr("The gateway did not say its time.");
        return tr("Not tried, because of the step before.");
    }
    if (step.id == u"tls")
        return raw.isEmpty() ? tr("Not needed: the gateway runs on this computer.") : raw;
    if (step.id == u"login")
        return tr("As %1").arg(raw);
    if (step.id == u"health")
        return warning
            ? tr("It says “%1”: it is not connected to WhatsApp, so it cannot check numbers now. Look at the node.")
                  .arg(raw)
            : tr("It says “%1”").arg(raw);
    if (step.id == u"can-tell")
        return warning
            ? tr("Version %1 answers “valid” to every number, so its verdicts are shown as unverified. A node "
                 "before v2.43 can tell.")
                  .arg(raw)
            : tr("Version %1").arg(raw);
    if (step.id == u"clock")
        return warning
            ? tr("The gateway's clock differs from this computer's by %1 s. Set the clock that is wrong.").arg(raw)
            : tr("Within %1 s").arg(qAbs(raw.toLongLong()));
    return raw;
}

QString AccountsText::passwordPlace(const Account &account, const QString &keychain)
{
    if (account.sandbox)
        return tr("The sandbox makes its password anew at each start; it is kept in memory only.");
    if (account.hasStoredSecret)
        return tr("It is kept in the keychain (%1). Leave this empty to keep it.").arg(keychain);
    if (account.id.isNull())
        return tr(
            "It will be kept in the keychain (%1), never in a file. Where there is no keychain, or it stays locked, "
            "only in this session's memory.")
            .arg(keychain);
    return tr("It is not in the keychain (%1): it lies in this session's memory, or has to be entered anew after a "
              "start. Enter it again to try the keychain.")
        .arg(keychain);
}

QString AccountsText::onlyInMemory(const Failure &why)
{
    const QString next
        = tr("It is kept in this session's memory and forgotten when Rollcall ends. Everything else of the "
             "account was saved.");
    if (why.kind == Failure::Kind::KeychainLocked)
        return tr("The keychain is locked, so the password or key was not put there. %1 To keep it, unlock the "
                  "keychain, then enter it again.")
            .arg(next);
    return tr(
        "There is no keychain here, so the password or key was not put there. %1 To keep it, start a keychain such as "
        "GNOME Keyring or KWallet, then enter it again.")
        .arg(next);
}

QString AccountsText::countryCodeRule(int countryCode)
{
    const QString typed = QStringLiteral("16315551002");
    const QString rule
        = tr("The node puts the country code of its own number in front of every number that has no +, even "
             "of one that already has a country code.");
    if (countryCode <= 0)
        return tr("%1 Enter it here, so that Rollcall can say beforehand what becomes of such a number.").arg(rule);
    return tr("%1 So %2 becomes %3. Numbers with + stay as they are.")
        .arg(rule, typed, asOnPremReads(typed, countryCode));
}

QString AccountsText::plusRule()
{
    return tr("This gateway takes numbers with country code only. One without + is asked as a number of this country; "
              "without a country it is not asked at all.");
}

} // namespace rollcall
