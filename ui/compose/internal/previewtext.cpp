// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cards/message.h"
#include "ui/compose/internal/messagepreview.h"
#include "ui/text/cardwords.h"
#include "ui/text/foreign.h"

#include <QCoreApplication>
#include <algorithm>

namespace rollcall {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(MessagePreview)
};

constexpr std::size_t mostLines = 60; // a card with more is told of, not drawn
constexpr qsizetype longest = 400; // characters of one line; it is elided far before

QString shown(const QString &foreign)
{
    return oneLine(foreign.left(longest));
}

bool hasWaId(const Card &card)
{
    return std::any_of(
        card.phones.begin(), card.phones.end(), [](const CardPhone &phone) { return !phone.waId.isEmpty(); });
}

QString joined(std::initializer_list<QString> parts, QChar with)
{
    QStringList filled;
    for (const QString &part : parts)
        if (!part.isEmpty())
            filled << part;
    return filled.join(QString(with) + QLatin1Char(' '));
}

std::vector<PreviewText::Line> linesOf(const Card &card)
{
    std::vector<PreviewText::Line> lines;
    const auto add = [&lines](const QString &label, const QString &value) {
        if (!value.isEmpty())
            lines.push_back({shown(label), shown(value)});
    };
    for (const CardPhone &phone : card.phones)
        add(phone.type.isEmpty() ? Text::tr("Phone") : phone.type, phone.phone);
    for (const CardEmail &email : card.emails)
        add(email.type.isEmpty() ? Text::tr("E-mail") : email.type, email.email);
    for (const CardAddress &address : card.addresses)
        add(address.type.isEmpty() ? Text::tr("Address") : address.type,
            joined({address.street, joined({address.zip, address.city}, QLatin1Char(' ')).simplified(), address.state,
                       address.country.isEmpty() ? address.countryCode : address.country},
                u','));
    add(Text::tr("Birthday"), card.birthday);
    for (const CardUrl &url : card.urls)
        add(url.type.isEmpty() ? Text::tr("Web") : url.type, url.url);
    return lines;
}

} // namespace

PreviewText previewText(const std::vector<Card> &cards, int current)
{
    PreviewText text;
    if (cards.empty())
        return text;
    const auto at = std::size_t(std::clamp(current, 0, int(cards.size()) - 1));
    const Card card = filledIn({cards[at]}).front();
    const auto contact
        = [](const Card &of) { return CardWords::button(hasWaId(of) ? CardButton::Message : CardButton::Invite); };
    text.bubble = shown(CardWords::cardName(cards.front()));
    text.others = CardWords::others(int(cards.size()) - 1);
    text.avatars = int(std::min<std::size_t>(cards.size(), 3));
    text.bubbleButtons
        = cards.size() == 1 ? QStringList{contact(card), Text::tr("Save contact")} : QStringList{Text::tr("View all")};
    text.name = shown(CardWords::cardName(card));
    text.about = shown(joined({card.org.title, card.org.department, card.org.company}, u','));
    text.lines = linesOf(card);
    if (text.lines.size() > mostLines) {
        text.more = int(text.lines.size() - mostLines);
        text.lines.resize(mostLines);
    }
    text.profileButtons = {contact(card), Text::tr("Save contact")};
    return text;
}

QString PreviewText::toString() const
{
    QStringList parts{others.isEmpty() ? bubble : bubble + u' ' + others};
    parts += bubbleButtons;
    parts << name << about;
    for (const Line &line : lines)
        parts << line.label + QStringLiteral(": ") + line.value;
    parts += profileButtons;
    parts.removeAll(QString());
    return parts.join(u'\n');
}

} // namespace rollcall
