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
        //: how long a verdict of this account stays fresh
        return tr("Fresh for");
    case AccountColumn::Password:
        //: where the password or key of an account is kept
        return tr("Secret");
    }
    return {};
}

QString AccountsText::cell(const Account &account, const AccountReach &known, AccountColumn column, qint64 nowMs)
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
        //: how the last connection test ended, and when: "Works, tested 2 h ago"
        return known.atMs > 0 && known.state != AccountReach::State::Unproved
            ? tr("%1, %2").arg(reach(known.state), testedWhen(known.atMs, nowMs))
            : reach(known.state);
    case AccountColumn::Abilities:
        return abilities(account.capabilities());
    case AccountColumn::Budget:
        if (!account.capabilities().checkOne)
            return tr("Checks nothing");
        return tr("%1 an hour, %2 a day").arg(count(account.budget.perHour), count(account.budget.perDay));
    case AccountColumn::Fresh:
        if (!account.capabilities().checkOne)
            return {};
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
    case AccountReach::State::Unproved:
        //: the state of a connection whose test could send nothing
        return tr("First check shows it");
    }
    return {};
}

QString AccountsText::testedWhen(qint64 atMs, qint64 nowMs)
{
    const qint64 ageMs = nowMs - atMs;
    if (nowMs == 0 || ageMs < 0) // the computer's clock went back since
        return tr("tested %1").arg(moment(atMs));
    return ageMs < 60'000 ? tr("tested just now") : tr("tested %1 ago").arg(shortDuration(ageMs));
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
    case TestStep::State::Cannot:
        return tr("no");
    case TestStep::State::Skipped:
        return tr("not known");
    }
    return {};
}

QString AccountsText::stepWord(const TestStep &step)
{
    if (isProved(step))
        return stepState(step.state);
    return step.id == u"tls" ? tr("not needed") : tr("assumed");
}

bool AccountsText::isProved(const TestStep &step)
{
    if (step.state != TestStep::State::Ok || !step.outcome)
        return true;
    if (step.id == u"tls")
        return !step.outcome->isEmpty(); // plain, on this computer
    return step.id != u"limits" || step.outcome->contains(u"told");
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
    if (step.state == TestStep::State::Skipped)
        return skippedStep(step);
    if (step.state == TestStep::State::Cannot)
        return cannotStep(step);
    if (step.id.startsWith(u"can-") || step.id == u"limits")
        return abilityStep(step);
    const QString &raw = *step.outcome;
    const bool warning = step.state == TestStep::State::Warning;
    if (step.id == u"tls")
        return raw.isEmpty() ? tr("Not needed: the gateway runs on this computer.") : raw;
    if (step.id == u"login")
        return raw.isEmpty() ? tr("The key is accepted.") : tr("As %1").arg(raw);
    if (step.id == u"health" && warning && raw == u"not-on-first-page")
        return tr(
            "It lists many sessions, and the one with this id is not among the first of them. Compare the id with "
            "the gateway's own console; the first check shows whether it works.");
    if (step.id == u"health" && warning)
        return raw.isEmpty() || raw == u"not-found"
            ? tr("It does not know this session or instance. Compare its id with the gateway's own console.")
            : tr("It says “%1”: it is not connected to WhatsApp, so it cannot be used now. Look at it in the gateway's "
                 "own console.")
                  .arg(raw);
    if (step.id == u"health")
        return tr("It says “%1”").arg(raw);
    if (step.id == u"clock")
        return warning
            ? tr("The gateway's clock differs from this computer's by %1 s. Set the clock that is wrong.").arg(raw)
            : tr("Within %1 s").arg(qAbs(raw.toLongLong()));
    return raw;
}

QString AccountsText::nothingSent()
{
    return tr("Nothing was sent: the first check shows whether the connection works.");
}

QString AccountsText::briefly(const TestStep &step)
{
    if (!step.outcome)
        return rollcall::briefly(step.outcome.failure());
    if (step.id == u"health")
        return *step.outcome == u"not-found" ? tr("Session not known") : tr("Not connected to WhatsApp");
    if (step.id == u"limits")
        return tr("None left now");
    if (step.id == u"clock")
        return tr("Clocks differ");
    return {}; // that it cannot tell valid from invalid does not keep it from being online
}

QString AccountsText::skippedStep(const TestStep &step)
{
    if (*step.outcome == u"first-check" && step.id == u"login")
        return tr(
            "This kind of gateway has no call but the check, so the key is proved by the first check. A test spends "
            "none.");
    if (*step.outcome == u"first-check")
        return tr("Nothing was sent: the first check shows it.");
    if (*step.outcome == u"nothing-sent")
        return tr("Nothing was sent, because the key is missing.");
    if (*step.outcome == u"answered")
        return tr("It answers; it tells no state.");
    if (*step.outcome == u"none")
        return tr("This kind of gateway does not tell its state.");
    if (step.id == u"can-tell")
        return tr("The gateway did not say its version. A truth probe finds out.");
    if (step.id == u"clock")
        return tr("The gateway did not say its time.");
    return tr("Not tried, because of the step before.");
}

QString AccountsText::cannotStep(const TestStep &step)
{
    if (!step.outcome->isEmpty())
        return tr("Its engine refused it (HTTP %1), so it is not offered and not asked any more, by this test neither. "
                  "If it can do it by now: Try again what was refused, on the Accounts page.")
            .arg(*step.outcome);
    if (step.id == u"can-check")
        return tr("This kind of gateway has no check. Validate with another account.");
    if (step.id == u"can-tell")
        return tr("It does not check, so it calls nobody valid.");
    if (step.id == u"can-block")
        return tr("This kind of gateway has no block. Do-not-contact works with every account.");
    return tr("This kind of gateway lists neither contacts nor the blocked.");
}

QString AccountsText::abilityStep(const TestStep &step)
{
    const QString &raw = *step.outcome;
    const bool warning = step.state == TestStep::State::Warning;
    if (step.id == u"can-check" || step.id == u"can-block")
        return raw == u"1" ? tr("One in each request.") : tr("Up to %1 in each request.").arg(count(raw.toLongLong()));
    if (step.id == u"can-tell") {
        static const QString probe = QStringLiteral("probe ");
        if (raw.startsWith(probe)) {
            const QString day = moment(raw.mid(probe.size()).toLongLong());
            return warning
                ? tr("In the truth probe of %1 it called a number valid that nobody can have, so its verdicts "
                     "are shown as unverified.")
                      .arg(day)
                : tr("Shown by the truth probe of %1").arg(day);
        }
        return warning
            ? tr("Version %1 answers “valid” to every number, so its verdicts are shown as unverified. A node "
                 "before v2.43 can tell.")
                  .arg(raw)
            : tr("Version %1").arg(raw);
    }
    const QStringList parts = raw.split(u' ', Qt::SkipEmptyParts);
    if (step.id == u"can-list") {
        QStringList words;
        if (parts.contains(u"contacts"))
            words << tr("Its contacts.");
        if (parts.contains(u"blocked"))
            words << tr("Everybody it blocks.");
        if (parts.contains(u"tell"))
            words << tr("Of one contact, whether it is blocked; not the whole block list.");
        return words.join(u' ');
    }
    return limitsFound(parts);
}

QString AccountsText::limitsFound(const QStringList &parts)
{
    const bool told = parts.contains(u"told");
    QStringList words;
    for (const QString &part : parts) {
        const QString number = count(part.section(u'=', 1).toLongLong());
        if (part.startsWith(u"per-minute="))
            words << (told ? tr("The gateway allows %1 requests a minute.").arg(number)
                           : tr("Rollcall sends at most %1 requests a minute.").arg(number));
        else if (part == u"left=0")
            words << tr("None is left now; Rollcall waits until there is room again.");
        else if (part.startsWith(u"left="))
            words << tr("%1 of them are left now.").arg(number);
        else if (part.startsWith(u"blocked-most="))
            words << tr("Its block list holds %1 people.").arg(number);
    }
    return words.join(u' ');
}

bool AccountsText::staysHere(const Account &account)
{
    return account.sandbox && account.kind == GatewayKind::OnPrem;
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
    return tr("This gateway takes numbers with + and country code only. A number without them is read as one of this "
              "country; without a country it is not sent.");
}

} // namespace rollcall
