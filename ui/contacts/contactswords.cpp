// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/contactswords.h"

#include "models/store/store.h"
#include "ui/text/age.h"
#include "ui/text/foreign.h"
#include "ui/text/words.h"

#include <QCoreApplication>

namespace rollcall {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ContactsWords)
};

QString cell(const Store &store, const PersonRow &row, PersonColumn column, const Freshness &freshness)
{
    const PersonFields &fields = row.fields;
    switch (column) {
    case PersonColumn::Name:
        return oneLine(fields.name);
    case PersonColumn::Number:
        return shownNumber(fields.number);
    case PersonColumn::Country:
        return fields.number.region.isEmpty() ? QString() : Words::country(fields.number.region);
    case PersonColumn::Verdict:
        return row.disagree ? disagreeSentence(row.verdict, store.time(), freshness.keepMs / 1000)
                            : verdictSentence(row.verdict, store.time(), freshness.keepMs / 1000);
    case PersonColumn::Stops:
        return row.doNotContact ? Text::tr("Do not contact") : QString();
    case PersonColumn::Consent:
        return row.consent == ConsentState::None ? QString() : Words::consent(row.consent);
    case PersonColumn::Tags:
        return oneLine(fields.tags.join(QStringLiteral(", ")));
    case PersonColumn::Organisation:
        return oneLine(fields.organisation);
    case PersonColumn::Email:
        return oneLine(fields.email);
    case PersonColumn::LastInbound:
        return moment(row.lastInboundMs);
    case PersonColumn::Created:
        return moment(row.createdMs);
    case PersonColumn::Note:
        return oneLine(fields.note);
    }
    return {};
}

QString tip(const Store &store, const PersonRow &row, PersonColumn column, const Freshness &freshness)
{
    QStringList lines{cell(store, row, column, freshness)};
    if (column == PersonColumn::Number) {
        const PhoneNumber &number = row.fields.number;
        if (number.hasE164() && number.typed != number.e164Text())
            lines << Text::tr("Typed as: %1").arg(oneLine(number.typed));
        if (const QString state = Words::numberState(number.state); !state.isEmpty())
            lines << state;
    }
    if (column == PersonColumn::Verdict && row.disagree)
        lines << Text::tr("One account says valid, another invalid. The details show both answers.");
    if (column == PersonColumn::Verdict && row.verdict.word != VerdictWord::NotChecked) {
        lines << Text::tr("Answered %1, %2").arg(moment(row.verdict.at.wallMs), Words::source(row.verdict.source));
        if (!row.verdict.rawWord.isEmpty())
            lines << Text::tr("The gateway's word: %1").arg(oneLine(row.verdict.rawWord));
        if (!row.verdict.reason.isEmpty())
            lines << Words::reason(row.verdict.reason);
    }
    lines.removeAll(QString());
    return plainTip(lines.join(QLatin1Char('\n')));
}

} // namespace

QString shownNumber(const PhoneNumber &number)
{
    return numberText(number.hasE164() ? displayNumber(number.e164) : oneLine(number.typed));
}

ContactsWords contactsWords(const Store &store)
{
    ContactsWords words;
    words.title = [](PersonColumn column) { return Words::personColumn(column); };
    words.cell = [&store](const PersonRow &row, PersonColumn column, const Freshness &freshness) {
        return cell(store, row, column, freshness);
    };
    words.tip = [&store](const PersonRow &row, PersonColumn column, const Freshness &freshness) {
        return tip(store, row, column, freshness);
    };
    return words;
}

} // namespace rollcall
