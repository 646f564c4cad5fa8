// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/contactswords.h"

#include "models/store/store.h"
#include "ui/text/age.h"
#include "ui/text/blockwords.h"
#include "ui/text/foreign.h"
#include "ui/text/words.h"

#include <QCoreApplication>

namespace rollcall {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ContactsWords)
};

/// What the words are made from besides the row.
struct Present {
    const Store &store;
    std::function<bool()> hasInboundRule;
    [[nodiscard]] qint64 nowMs() const { return store.clock().now().wallMs; }
    [[nodiscard]] bool hasRule() const { return hasInboundRule && hasInboundRule(); }
};

QString cell(const Present &present, const PersonRow &row, PersonColumn column, const Freshness &freshness)
{
    const Store &store = present.store;
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
        return row.doNotContact ? BlockWords::doNotContact() : QString();
    case PersonColumn::Block:
        return BlockWords::light(row.block);
    case PersonColumn::Marketing:
        return BlockWords::marketing(row.marketing);
    case PersonColumn::Consent:
        return row.consent == ConsentState::None ? QString() : Words::consent(row.consent);
    case PersonColumn::Tags:
        return oneLine(fields.tags.join(QStringLiteral(", ")));
    case PersonColumn::Organisation:
        return oneLine(fields.organisation);
    case PersonColumn::Email:
        return oneLine(fields.email);
    case PersonColumn::LastInbound:
        return lastInboundWords(row.lastInboundMs, present.nowMs(), present.hasRule()).sentence();
    case PersonColumn::Created:
        return moment(row.createdMs);
    case PersonColumn::Note:
        return oneLine(fields.note);
    }
    return {};
}

/// The second half of a tip: what the light means and since when.
QStringList lightLines(const PersonRow &row, PersonColumn column)
{
    QStringList lines;
    if (column == PersonColumn::Stops && row.doNotContact)
        lines << BlockWords::stopTip();
    if (column == PersonColumn::Block && row.block != BlockLight::None)
        lines << BlockWords::lightTip(row.block) << Text::tr("Since %1").arg(moment(row.blockAtMs));
    if (column == PersonColumn::Marketing && row.marketing != MarketingState::NotTold)
        lines << BlockWords::marketingMeaning(row.marketing) << Text::tr("Since %1").arg(moment(row.marketingAtMs));
    if (column == PersonColumn::LastInbound && row.lastInboundMs > 0)
        lines << Text::tr("Wrote to us %1").arg(moment(row.lastInboundMs));
    return lines;
}

QString about(PersonColumn column)
{
    switch (column) {
    case PersonColumn::Verdict:
        return Text::tr("What the current account says about the number, with its age.");
    case PersonColumn::Stops:
        return Text::tr("Ours: nothing is sent to these people and no check is spent on them, at any account.");
    case PersonColumn::Block:
        return Text::tr("The gateway's block at the current account. Done is shown only after its answer; confirmed "
                        "after its list was read.");
    case PersonColumn::Marketing:
        return Text::tr("WhatsApp's own: people stop marketing messages inside WhatsApp, and only they can allow them "
                        "again. It is no do-not-contact.");
    case PersonColumn::Consent:
        return Text::tr("The newest opt-in or opt-out on record.");
    case PersonColumn::LastInbound:
        return Text::tr("When the person last wrote to us, as far as it was told, and whether the 24-hour window is "
                        "open.");
    case PersonColumn::Name:
    case PersonColumn::Number:
    case PersonColumn::Country:
    case PersonColumn::Tags:
    case PersonColumn::Organisation:
    case PersonColumn::Email:
    case PersonColumn::Created:
    case PersonColumn::Note:
        break;
    }
    return Words::personColumn(column);
}

QString tip(const Present &present, const PersonRow &row, PersonColumn column, const Freshness &freshness)
{
    QStringList lines{cell(present, row, column, freshness)};
    lines += lightLines(row, column);
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

LastInboundWords lastInboundWords(qint64 lastInboundMs, qint64 nowMs, bool hasInboundRule)
{
    LastInboundWords words;
    const InboundWindow window = inboundWindow(lastInboundMs, nowMs);
    if (window == InboundWindow::NotKnown)
        return words;
    words.open = window == InboundWindow::Open;
    //: when somebody last wrote to us
    words.age = Text::tr("%1 ago").arg(shortDuration(nowMs - lastInboundMs));
    if (hasInboundRule)
        words.window = words.open
            //: the 24-hour window; %1 such as "5 h"
            ? Text::tr("Open for %1").arg(timeLeft(lastInboundMs + inboundWindowMs - nowMs))
            : Text::tr("Closed");
    return words;
}

QString LastInboundWords::sentence() const
{
    return window.isEmpty() ? age : window + QStringLiteral(", ") + age;
}

ContactsWords contactsWords(const Store &store, std::function<bool()> hasInboundRule)
{
    const Present present{store, std::move(hasInboundRule)};
    ContactsWords words;
    words.title = [](PersonColumn column) { return Words::personColumn(column); };
    words.about = [](PersonColumn column) { return plainTip(about(column)); };
    words.cell = [present](const PersonRow &row, PersonColumn column, const Freshness &freshness) {
        return cell(present, row, column, freshness);
    };
    words.tip = [present](const PersonRow &row, PersonColumn column, const Freshness &freshness) {
        return tip(present, row, column, freshness);
    };
    return words;
}

} // namespace rollcall
