// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/blocks/blockedwords.h"

#include "models/blocks/blockplan.h"
#include "models/domain/phonenumber.h"
#include "ui/text/age.h"
#include "ui/text/blockwords.h"
#include "ui/text/foreign.h"
#include "ui/text/words.h"

#include <QCoreApplication>

namespace rollcall {

namespace {

using AccountOf = std::function<const Account *(AccountId)>;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(BlockedWords)
};

QString title(BlockedColumn column)
{
    switch (column) {
    case BlockedColumn::Person:
        return Text::tr("Person");
    case BlockedColumn::Number:
        return Text::tr("Number");
    case BlockedColumn::DoNotContact:
        return Text::tr("Do not contact");
    case BlockedColumn::Block:
        return Text::tr("Block");
    case BlockedColumn::Marketing:
        return Text::tr("Marketing stop");
    case BlockedColumn::State:
        return Text::tr("State");
    case BlockedColumn::Window:
        return Text::tr("Window left");
    case BlockedColumn::Reason:
        return Text::tr("Reason");
    case BlockedColumn::Note:
        return Text::tr("Note");
    case BlockedColumn::Source:
        return Text::tr("Source");
    case BlockedColumn::By:
        return Text::tr("By");
    case BlockedColumn::At:
        return Text::tr("When");
    case BlockedColumn::LastSeen:
        return Text::tr("Last seen there");
    case BlockedColumn::Account:
        return Text::tr("Account");
    }
    return {};
}

QString personName(const BlockRow &row)
{
    if (row.person.isNull())
        return Text::tr("(not in the list)");
    const QString name = row.name.isEmpty() ? Text::tr("(no name)") : oneLine(row.name);
    if (row.people <= 1)
        return name;
    //: %1 one person's name, %2 how many others have the same number
    return Text::tr("%1 and %2 more").arg(name, count(row.people - 1));
}

QString lastSeen(const BlockEntry &entry)
{
    if (entry.lastSeenMs > 0)
        return moment(entry.lastSeenMs);
    return entry.readMs > 0 ? Text::tr("Never") : Text::tr("Not read");
}

QString window(const AccountOf &accountOf, const BlockRow &row, qint64 nowMs)
{
    const Account *account = accountOf(row.entry.account);
    return BlockWords::window(row.lastInboundMs, nowMs, account && hasInboundRule(account->kind));
}

QString cell(const AccountOf &accountOf, const BlockRow &row, BlockedColumn column, qint64 nowMs)
{
    const BlockEntry &entry = row.entry;
    const Account *account = accountOf(entry.account);
    switch (column) {
    case BlockedColumn::Person:
        return personName(row);
    case BlockedColumn::Number:
        return shownAlias(entry.alias, row.aliasText);
    case BlockedColumn::DoNotContact:
        return row.doNotContact ? BlockWords::doNotContact() : QString();
    case BlockedColumn::Block:
        return BlockWords::light(lightOf(entry));
    case BlockedColumn::Marketing:
        return row.marketing == MarketingState::NotTold ? BlockWords::marketingNotTold()
                                                        : BlockWords::marketing(row.marketing);
    case BlockedColumn::State:
        return BlockWords::state(entry, account ? std::optional(account->kind) : std::nullopt);
    case BlockedColumn::Window:
        return window(accountOf, row, nowMs);
    case BlockedColumn::Reason:
        return oneLine(BlockWords::reason(entry.reason));
    case BlockedColumn::Note:
        return oneLine(entry.note);
    case BlockedColumn::Source:
        return BlockWords::source(entry.source);
    case BlockedColumn::By:
        return oneLine(entry.by);
    case BlockedColumn::At:
        return moment(entry.atMs);
    case BlockedColumn::LastSeen:
        return lastSeen(entry);
    case BlockedColumn::Account:
        return account ? Words::account(*account) : Text::tr("(removed account)");
    }
    return {};
}

QString tip(const AccountOf &accountOf, const BlockRow &row, BlockedColumn column, qint64 nowMs)
{
    const BlockEntry &entry = row.entry;
    QStringList lines{cell(accountOf, row, column, nowMs)};
    if (column == BlockedColumn::Block || column == BlockedColumn::State) {
        lines << BlockWords::lightTip(lightOf(entry));
        if (entry.confirmedMs > 0)
            lines << Text::tr("Confirmed %1").arg(moment(entry.confirmedMs));
        if (!entry.detail.isEmpty())
            lines << Text::tr("The gateway's words: %1").arg(oneLine(entry.detail));
    }
    if (column == BlockedColumn::Marketing)
        lines << BlockWords::marketingMeaning(row.marketing)
              << (row.marketingAtMs > 0 ? Text::tr("Since %1").arg(moment(row.marketingAtMs)) : QString());
    if (column == BlockedColumn::DoNotContact && row.doNotContact)
        lines << Text::tr("Nothing is sent to this person and no check is spent on them.");
    if (column == BlockedColumn::Window && row.lastInboundMs > 0)
        lines << Text::tr("Wrote to us %1").arg(moment(row.lastInboundMs));
    lines.removeAll(QString());
    lines.removeDuplicates();
    return plainTip(lines.join(u'\n'));
}

} // namespace

QString shownAlias(AliasKey alias, const QString &text)
{
    return numberText(alias.value() > 0 ? displayNumber(alias.value()) : oneLine(text));
}

BlockedWords blockedWords(AccountOf accountOf)
{
    BlockedWords words;
    words.title = title;
    words.cell = [accountOf](const BlockRow &row, BlockedColumn column, qint64 nowMs) {
        return cell(accountOf, row, column, nowMs);
    };
    words.tip = [accountOf = std::move(accountOf)](const BlockRow &row, BlockedColumn column, qint64 nowMs) {
        return tip(accountOf, row, column, nowMs);
    };
    return words;
}

} // namespace rollcall
