// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/checks/checkswords.h"

#include "ui/text/age.h"
#include "ui/text/capabilitywords.h"
#include "ui/text/foreign.h"
#include "ui/text/gatewaycodes.h"
#include "ui/text/words.h"

#include <QCoreApplication>

namespace rollcall {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ChecksWords)
};

QString accountName(const AccountOf &accountOf, AccountId id)
{
    const Account *account = accountOf(id);
    if (!account)
        return Text::tr("(removed account)");
    return Words::account(*account);
}

QString title(CheckColumn column)
{
    switch (column) {
    case CheckColumn::Person:
        return Text::tr("Person");
    case CheckColumn::Asked:
        return Text::tr("Number asked");
    case CheckColumn::Verdict:
        return Text::tr("Verdict");
    case CheckColumn::Age:
        return Text::tr("Age");
    case CheckColumn::Expires:
        return Text::tr("Expires in");
    case CheckColumn::Source:
        return Text::tr("Source");
    case CheckColumn::Account:
        return Text::tr("Account");
    case CheckColumn::RawAnswer:
        return Text::tr("Raw answer");
    case CheckColumn::Error:
        return Text::tr("Error");
    }
    return {};
}

QString error(const AccountOf &accountOf, const Verdict &verdict)
{
    const Account *account = accountOf(verdict.account);
    QString reason = verdict.reason.isEmpty() ? QString() : Words::reason(verdict.reason);
    if (account && verdict.reason == QLatin1String(probeReason) && account->cannotTell == verdict.reason)
        reason = CapabilityWords::doubt(*account); // with the date of the probe
    if (verdict.code == 0)
        return oneLine(reason);
    if (const auto vendor = account ? wordsOfCode(account->kind, verdict.code) : std::nullopt)
        reason = vendor->happened;
    return reason.isEmpty() ? Text::tr("Code %1").arg(verdict.code)
                            : Text::tr("Code %1: %2").arg(verdict.code).arg(oneLine(reason));
}

QString cell(const AccountOf &accountOf, const StoredVerdict &row, CheckColumn column, const Freshness &freshness)
{
    const Verdict &verdict = row.verdict;
    switch (column) {
    case CheckColumn::Person:
        return row.person.isNull() ? Text::tr("(not in the list)") : oneLine(row.name);
    case CheckColumn::Asked:
        return numberText(oneLine(verdict.asked));
    case CheckColumn::Verdict:
        return Words::verdict(verdict.word);
    case CheckColumn::Age:
        return freshness.ageMs ? shortDuration(*freshness.ageMs) : Text::tr("unknown, the clock moved");
    case CheckColumn::Expires:
        if (verdict.word == VerdictWord::Processing || verdict.word == VerdictWord::Failed)
            return {};
        return freshness.fresh ? timeLeft(freshness.leftMs()) : Text::tr("expired");
    case CheckColumn::Source:
        return Words::source(verdict.source);
    case CheckColumn::Account:
        return accountName(accountOf, verdict.account);
    case CheckColumn::RawAnswer:
        return oneLine(verdict.rawWord);
    case CheckColumn::Error:
        return error(accountOf, verdict);
    }
    return {};
}

QString runTitle(RunColumn column)
{
    switch (column) {
    case RunColumn::Started:
        return Text::tr("Started");
    case RunColumn::State:
        return Text::tr("State");
    case RunColumn::Done:
        return Text::tr("Answered");
    case RunColumn::Failed:
        return Text::tr("Failed");
    case RunColumn::Cached:
        return Text::tr("Cached");
    case RunColumn::Account:
        return Text::tr("Account");
    case RunColumn::By:
        return Text::tr("By");
    }
    return {};
}

QString runState(const RunSummary &run)
{
    if (run.notAsked == 0)
        return Words::runState(run.state);
    //: %1 the state of a run, %2 how many numbers were not asked
    return Text::tr("%1, %2 not asked").arg(Words::runState(run.state), count(run.notAsked));
}

QString runCell(const AccountOf &accountOf, const RunSummary &run, RunColumn column)
{
    switch (column) {
    case RunColumn::Started:
        return moment(run.startedMs);
    case RunColumn::State:
        return runState(run);
    case RunColumn::Done:
        //: answered of all numbers of a run
        return Text::tr("%1 of %2").arg(count(run.answered), count(run.total));
    case RunColumn::Failed:
        return run.failed == 0 ? QString() : count(run.failed);
    case RunColumn::Cached:
        return run.cached == 0 ? QString() : count(run.cached);
    case RunColumn::Account:
        return accountName(accountOf, run.account);
    case RunColumn::By:
        return oneLine(run.by);
    }
    return {};
}

} // namespace

ChecksWords checksWords(AccountOf accountOf)
{
    ChecksWords words;
    words.title = title;
    words.keepSeconds = [accountOf](AccountId id) {
        const Account *account = accountOf(id);
        return account ? account->keepSeconds : secondsFresh;
    };
    words.cell = [accountOf = std::move(accountOf)](const StoredVerdict &row, CheckColumn column,
                     const Freshness &freshness) { return cell(accountOf, row, column, freshness); };
    return words;
}

RunsWords runsWords(AccountOf accountOf)
{
    RunsWords words;
    words.title = runTitle;
    words.cell = [accountOf = std::move(accountOf)](
                     const RunSummary &run, RunColumn column) { return runCell(accountOf, run, column); };
    return words;
}

} // namespace rollcall
