// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/cardwords.h"

#include "ui/text/age.h"
#include "ui/text/foreign.h"
#include "ui/text/words.h"

#include <QStringList>
#include <algorithm>
#include <iterator>

namespace rollcall {

QString CardWords::cardName(const Card &card)
{
    const CardName &name = card.name;
    if (!name.formatted.trimmed().isEmpty())
        return name.formatted;
    QStringList parts{name.prefix, name.first, name.middle, name.last, name.suffix};
    parts.removeAll(QString());
    if (!parts.isEmpty())
        return parts.join(u' ');
    if (!card.org.company.isEmpty())
        return card.org.company;
    for (const CardPhone &phone : card.phones)
        if (!phone.phone.isEmpty())
            return phone.phone;
    return tr("Without a name");
}

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CardWords)
};

/// "U+202E U+200B" → "right-to-left override (U+202E), zero width space (U+200B)".
QString marks(const QString &codes)
{
    struct Mark {
        const char *code;
        const char *name;
    };
    static constexpr Mark names[] = {
        {"U+200B", QT_TRANSLATE_NOOP("CardWords", "zero width space")},
        {"U+200E", QT_TRANSLATE_NOOP("CardWords", "left-to-right mark")},
        {"U+200F", QT_TRANSLATE_NOOP("CardWords", "right-to-left mark")},
        {"U+061C", QT_TRANSLATE_NOOP("CardWords", "Arabic letter mark")},
        {"U+202A", QT_TRANSLATE_NOOP("CardWords", "left-to-right embedding")},
        {"U+202B", QT_TRANSLATE_NOOP("CardWords", "right-to-left embedding")},
        {"U+202C", QT_TRANSLATE_NOOP("CardWords", "end of a direction")},
        {"U+202D", QT_TRANSLATE_NOOP("CardWords", "left-to-right override")},
        {"U+202E", QT_TRANSLATE_NOOP("CardWords", "right-to-left override")},
        {"U+2060", QT_TRANSLATE_NOOP("CardWords", "word joiner")},
        {"U+2066", QT_TRANSLATE_NOOP("CardWords", "left-to-right isolate")},
        {"U+2067", QT_TRANSLATE_NOOP("CardWords", "right-to-left isolate")},
        {"U+2068", QT_TRANSLATE_NOOP("CardWords", "first strong isolate")},
        {"U+2069", QT_TRANSLATE_NOOP("CardWords", "end of an isolate")},
        {"U+FEFF", QT_TRANSLATE_NOOP("CardWords", "byte order mark")},
    };
    QStringList words;
    for (const QString &code : codes.split(u' ', Qt::SkipEmptyParts)) {
        const auto *known = std::find_if(
            std::begin(names), std::end(names), [&code](const Mark &mark) { return code == QLatin1String(mark.code); });
        words << (known == std::end(names) ? Text::tr("control character (%1)").arg(oneLine(code))
                                           : QString(Text::tr(known->name) + QStringLiteral(" (%1)").arg(code)));
    }
    return words.join(QStringLiteral(", "));
}

QString ofMessage(const CardNotice &notice)
{
    switch (notice.code) {
    case CardCode::NoCard:
        return Text::tr("A message has at least one card.");
    case CardCode::ManyCards:
        return Text::tr("More than %1 cards: some gateways refuse that, and people rarely read so many.")
            .arg(count(warnCards - 1));
    case CardCode::TooManyCards:
        return Text::tr("More than %1 cards: no gateway takes that.").arg(count(mostCards));
    case CardCode::SameCard:
        return Text::tr("The same card is in this message already.");
    case CardCode::NoPhone:
        return Text::tr("Without a number nobody can be reached by this card.");
    default:
        return {};
    }
}

QString ofName(const CardNotice &notice)
{
    switch (notice.code) {
    case CardCode::NoFormattedName:
        return Text::tr("The full name is missing. It is what the recipient reads.");
    case CardCode::OnlyFormattedName:
        return Text::tr("One more part of the name is needed: first, last or middle name, prefix or suffix.");
    case CardCode::BirthdayForm:
        return Text::tr("Write the date as YYYY-MM-DD, such as 1990-12-31.");
    case CardCode::NoSuchDay:
        return Text::tr("There is no such day.");
    case CardCode::BirthdayAhead:
        return Text::tr("This day is still to come.");
    case CardCode::CountryCodeForm:
        return Text::tr("A country code has two letters, such as DE.");
    case CardCode::CountryCodeUnknown:
        return Text::tr("No country has this code.");
    case CardCode::OtherType:
        return Text::tr("“%1” is no standard type: it is sent as typed and may be ignored.").arg(oneLine(notice.text));
    case CardCode::OnlyType:
        return Text::tr("Only the type is filled in.");
    default:
        return {};
    }
}

QString ofNumber(const CardNotice &notice)
{
    const QString number = numberText(oneLine(notice.text));
    switch (notice.code) {
    case CardCode::PhoneFromWaId:
        return Text::tr("Without a phone the WhatsApp ID is shown and sent as the number: %1.").arg(number);
    case CardCode::PhoneUnread:
        return Text::tr("No phone number can be read here. It is sent as typed.");
    case CardCode::PhoneNoCountry:
        return Text::tr("Without + and country code it may be taken for another person's number.");
    case CardCode::WaIdForm:
        return Text::tr("A WhatsApp ID is digits only, without + and blanks.");
    case CardCode::WaIdDiffers:
        return Text::tr("The WhatsApp ID is another number than the phone. That may be right: in some countries they "
                        "differ.");
    case CardCode::SamePhone:
        return Text::tr("This number stands on the card already.");
    case CardCode::EmailForm:
        return Text::tr("This does not look like an e-mail address.");
    case CardCode::UrlForm:
        return Text::tr("This does not look like a web address; it begins with https://.");
    case CardCode::LongText:
        return Text::tr("Longer than %1 characters: phones cut it.").arg(count(longCardText));
    case CardCode::HiddenMarks:
        return Text::tr("Holds marks that cannot be seen and may turn the direction of the text: %1. They are sent as "
                        "they are.")
            .arg(marks(notice.text));
    default:
        return {};
    }
}

} // namespace

QString CardWords::notice(const CardNotice &notice)
{
    for (const auto of : {&ofMessage, &ofName, &ofNumber})
        if (const QString words = of(notice); !words.isEmpty())
            return words;
    return {};
}

QString CardWords::others(int number)
{
    //: behind the name of the first of several cards, on a line of its own
    return number <= 0 ? QString() : tr("and %1 other contacts", nullptr, number).arg(count(number));
}

QString CardWords::bubble(const std::vector<Card> &cards)
{
    if (cards.empty())
        return {};
    const QString first = oneLine(cardName(cards.front()));
    const QString rest = others(int(cards.size()) - 1);
    //: what is sent: %1 the first card's name, %2 "and 2 other contacts"
    return rest.isEmpty() ? first : tr("%1 %2").arg(first, rest);
}

QString CardWords::obstacle(SendObstacle obstacle)
{
    switch (obstacle) {
    case SendObstacle::NoNumber:
        return tr("There is no number that this gateway could send to.");
    case SendObstacle::DoNotContact:
        return tr("Do not contact: nothing is sent.");
    case SendObstacle::Blocked:
        return tr("Blocked: nothing is sent.");
    case SendObstacle::Unsettled:
        return tr("The outcome of the message before is unknown: settle it first.");
    case SendObstacle::None:
        break;
    }
    return {};
}

QString CardWords::knowledge(const RecipientLine &line, qint64 nowMs)
{
    const QString age = line.checkedMs > 0 ? shortDuration(nowMs - line.checkedMs) : QString();
    switch (line.knowledge) {
    case Knowledge::WroteLately:
        return tr("Wrote to us lately: no check is needed");
    case Knowledge::NeverChecked:
        return tr("Never checked");
    case Knowledge::Stale:
        return tr("Checked %1 ago: expired").arg(age);
    case Knowledge::Valid:
        return tr("Valid, %1").arg(age);
    case Knowledge::Invalid:
        return tr("Not on WhatsApp, %1").arg(age);
    case Knowledge::Unverified:
        return tr("Unverified, %1").arg(age);
    case Knowledge::Unclear:
        return tr("The last check gave no answer");
    }
    return {};
}

QString CardWords::window(const RecipientLine &line, qint64 nowMs)
{
    if (!line.hasWindow)
        return {};
    switch (line.window) {
    case InboundWindow::Open:
        return tr("Window open until %1, %2 left")
            .arg(moment(line.windowUntilMs), longDuration(std::max<qint64>(0, line.windowUntilMs - nowMs)));
    case InboundWindow::Closed:
        return tr("Window closed: wrote longer than 24 hours ago");
    case InboundWindow::NotKnown:
        break;
    }
    return tr("Last inbound not known");
}

QString CardWords::recipient(const RecipientLine &line, qint64 nowMs)
{
    QStringList parts;
    if (line.obstacle != SendObstacle::None)
        return obstacle(line.obstacle);
    if (const QString words = window(line, nowMs); !words.isEmpty())
        parts << words;
    parts << knowledge(line, nowMs);
    parts << (line.consent == ConsentState::OptIn ? tr("opt-in") : tr("no opt-in on record"));
    if (line.marketingStop)
        parts << tr("wants no marketing messages");
    if (line.otherWaId)
        parts << tr("sent to the WhatsApp number %1").arg(numberText(u'+' + line.waId));
    return parts.join(QStringLiteral(" · "));
}

QString CardWords::recipientBrief(const RecipientLine &line, qint64 nowMs)
{
    if (line.obstacle != SendObstacle::None)
        return obstacle(line.obstacle);
    return line.hasWindow && line.window != InboundWindow::NotKnown ? window(line, nowMs) : knowledge(line, nowMs);
}

QString CardWords::recipientName(const RecipientLine &line)
{
    return line.name.isEmpty() ? numberText(oneLine(line.number)) : oneLine(line.name);
}

QString CardWords::recipientAndNumber(const RecipientLine &line)
{
    const QString number = numberText(oneLine(line.number));
    if (line.name.isEmpty() || line.number.isEmpty() || line.name == line.number)
        return recipientName(line);
    //: a recipient: %1 the name, %2 the phone number
    return tr("%1, %2").arg(oneLine(line.name), number);
}

QString CardWords::button(CardButton button)
{
    return button == CardButton::Message ? tr("Message") : tr("Invite");
}

QString CardWords::sight(const PhoneSight &sight)
{
    if (sight.button == CardButton::Message)
        return tr("Recipient will see Message: the WhatsApp ID is on the card.");
    if (!sight.offered.isEmpty())
        return sight.offeredDiffers
            ? tr(
                "Recipient will see Invite until the WhatsApp ID is filled in. The gateway confirmed %1, which differs "
                "from the phone.")
                  .arg(numberText(sight.offered))
            : tr("Recipient will see Invite until the WhatsApp ID is filled in. The gateway confirmed %1.")
                  .arg(numberText(sight.offered));
    switch (sight.knowledge) {
    case Knowledge::Invalid:
        return tr("Recipient will see Invite: this number is not on WhatsApp.");
    case Knowledge::Unverified:
        return tr("Recipient will see Invite: the gateway cannot tell whether this number is on WhatsApp.");
    case Knowledge::Stale:
        return tr("Recipient will see Invite: the verdict of this number has expired.");
    default:
        return tr("Recipient will see Invite: no WhatsApp ID of this number is known.");
    }
}

} // namespace rollcall
