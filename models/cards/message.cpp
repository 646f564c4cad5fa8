// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cards/message.h"

#include "models/formats/numbersintext.h"
#include "models/formats/vcardreader.h"
#include "models/formats/vcardwriter.h"
#include "models/gateways/dialects/cardjson.h"
#include "models/gateways/dialects/dialect.h"

#include <QRegularExpression>
#include <algorithm>
#include <span>

namespace rollcall {

namespace {

Failure bad(const QString &detail)
{
    return {.kind = Failure::Kind::BadInput, .detail = detail};
}

constexpr qsizetype largestCard = 64 * 1024; // bytes as JSON
constexpr qsizetype longestLine = 2'000; // of a paste

bool isWaId(const QString &text)
{
    return !text.isEmpty() && text.size() <= 15
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

template <class T> void dropEmpty(std::vector<T> &entries)
{
    entries.erase(std::remove(entries.begin(), entries.end(), T()), entries.end());
}

/// One entry of Wawp's "contacts": its simple form or a vCard.
Result<Card> wawpCard(const Json &entry)
{
    if (entry[u"vcard"].isString()) {
        VCardsRead read = readVCards(entry[u"vcard"].toString().toUtf8(), 1);
        if (read.cards.empty())
            return bad(QStringLiteral("contacts: a vcard without a card"));
        guessNameParts(read.cards.front().name);
        return read.cards.front();
    }
    Card card;
    card.name.formatted = entry[u"fullName"].toString();
    card.org.company = entry[u"organization"].toString();
    const CardPhone phone{entry[u"phoneNumber"].toString(), {}, entry[u"whatsappId"].toString()};
    if (!(phone == CardPhone()))
        card.phones.push_back(phone);
    guessNameParts(card.name);
    return card;
}

bool isWawp(const Json &list)
{
    const Json::Array &entries = list.array();
    return std::any_of(entries.begin(), entries.end(),
        [](const Json &entry) { return entry.has(u"vcard") || entry.has(u"fullName"); });
}

void indent(QString &out, const Json &json, int depth)
{
    const QString margin(depth * 2 + 2, u' ');
    const QString end(depth * 2, u' ');
    if (json.isArray() && !json.array().empty()) {
        out += u'[';
        const char *separator = "\n";
        for (const Json &entry : json.array()) {
            out += QLatin1String(separator) + margin;
            indent(out, entry, depth + 1);
            separator = ",\n";
        }
        out += u'\n' + end + u']';
    } else if (json.isObject() && !json.object().empty()) {
        out += u'{';
        const char *separator = "\n";
        for (const auto &[key, value] : json.object()) {
            out += QLatin1String(separator) + margin + QString::fromUtf8(Json(key).toCompact()) + QLatin1String(": ");
            indent(out, value, depth + 1);
            separator = ",\n";
        }
        out += u'\n' + end + u'}';
    } else {
        out += QString::fromUtf8(json.toCompact());
    }
}

/// "Ann Bell, +44 7700 900000; mobile" without its numbers: what is left is the name.
QString nameIn(QString line, const NumbersInText &numbers)
{
    for (const PhoneNumber &number : numbers.ready)
        line.replace(number.typed, QStringLiteral(" "));
    for (const QString &number : numbers.needCountry)
        line.replace(number, QStringLiteral(" "));
    static const QRegularExpression edges(
        QStringLiteral("^[\\s,;:|<>()\\[\\]\"/+*\u2022\u2013\u2014-]+|[\\s,;:|<>()\\[\\]\"/+\u2013\u2014-]+$"));
    return line.remove(edges).simplified();
}

CardsRead cardsFromLines(const QString &text, const QString &region)
{
    CardsRead read;
    const QStringList lines = text.split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        if (line.trimmed().isEmpty())
            continue;
        if (line.size() > longestLine) {
            ++read.unread;
            continue;
        }
        const NumbersInText numbers = findNumbers(line, region);
        Card card;
        for (const PhoneNumber &number : numbers.ready)
            card.phones.push_back({displayNumber(number.e164), {}, {}});
        for (const QString &number : numbers.needCountry)
            card.phones.push_back({number, {}, {}});
        if (card.phones.empty()) {
            ++read.unread;
            continue;
        }
        const QString name = nameIn(line, numbers);
        card.name.formatted = name.isEmpty() ? card.phones.front().phone : name;
        guessNameParts(card.name);
        if (read.cards.size() < std::size_t(mostCards))
            read.cards.push_back(std::move(card));
        else
            ++read.leftOut;
    }
    return read;
}

} // namespace

std::vector<Card> filledIn(std::vector<Card> cards)
{
    for (Card &card : cards) {
        for (CardPhone &phone : card.phones)
            if (phone.phone.trimmed().isEmpty() && isWaId(phone.waId))
                phone.phone = displayNumber(phone.waId.toLongLong());
        dropEmpty(card.addresses);
        dropEmpty(card.emails);
        dropEmpty(card.phones);
        dropEmpty(card.urls);
    }
    return cards;
}

bool isOverfull(const Card &card)
{
    // As it leaves and is kept: filled in it may be larger than typed.
    return cardsAsJson({card}).size() > largestCard;
}

bool takesReplies(GatewayKind kind)
{
    return kind == GatewayKind::Dialog360 || kind == GatewayKind::CloudApi || kind == GatewayKind::Wawp;
}

Result<QByteArray> messageJson(
    GatewayKind kind, const QString &to, const std::vector<Card> &cards, const QString &replyTo)
{
    if (!capabilitiesOf(kind).sendCards)
        return Failure{.kind = Failure::Kind::Unsupported, .detail = QStringLiteral("this kind sends no cards")};
    Credentials shown;
    shown.token = Secret(QStringLiteral("\u2026").toUtf8());
    shown.sender = QStringLiteral("\u2026");
    const HttpRequest request = dialectOf(kind).sendCardsRequest(shown, to, filledIn(cards), replyTo);
    if (request.verb.isEmpty())
        return bad(QStringLiteral("nothing to send, nobody to send to, or a reply where the kind has none"));
    return request.body;
}

QByteArray cardsAsJson(const std::vector<Card> &cards)
{
    return contactsJson(filledIn(cards)).toCompact();
}

QString readableJson(const QByteArray &compact)
{
    const Result<Json> json = parseJson(compact);
    if (!json)
        return QString::fromUtf8(compact);
    QString out;
    indent(out, *json, 0);
    return out;
}

Result<std::vector<Card>> cardsFromMessage(const QByteArray &json)
{
    const Result<Json> read = parseJson(json);
    if (!read)
        return bad(read.failure().detail);
    const Json &list = read->isArray() ? *read : (*read)[u"contacts"];
    if (!isWawp(list)) {
        Result<std::vector<Card>> cards = cardsFromJson(*read);
        if (cards && std::any_of(cards->begin(), cards->end(), isOverfull))
            return bad(QStringLiteral("contacts: a card above 64 KiB"));
        return cards;
    }
    if (list.array().size() > std::size_t(mostCards))
        return bad(QStringLiteral("contacts: more than %1").arg(mostCards));
    std::vector<Card> cards;
    for (const Json &entry : list.array()) {
        const Result<Card> card = wawpCard(entry);
        if (!card)
            return card.failure();
        if (isOverfull(*card))
            return bad(QStringLiteral("contacts: a card above 64 KiB"));
        cards.push_back(*card);
    }
    return cards;
}

QByteArray cardsAsVcf(const std::vector<Card> &cards)
{
    QByteArray out;
    for (const Card &card : filledIn(cards))
        out += vCardOf(card);
    return out;
}

Result<CardsRead> cardsFromVcf(const QByteArray &bytes)
{
    VCardsRead vcards = readVCards(bytes, mostCards);
    if (vcards.cards.empty())
        return bad(QStringLiteral("no card in it"));
    CardsRead read{std::move(vcards.cards), int(vcards.leftOut),
        int(vcards.empty + vcards.open) + int(vcards.truncated), vcards.dropped};
    read.unread += int(std::erase_if(read.cards, isOverfull));
    if (read.cards.empty())
        return bad(QStringLiteral("no card of a person's size in it"));
    for (Card &card : read.cards) {
        if (card.name.formatted.trimmed().isEmpty())
            card.name.formatted
                = card.org.company.isEmpty() && !card.phones.empty() ? card.phones.front().phone : card.org.company;
        guessNameParts(card.name);
    }
    return read;
}

Result<CardsRead> cardsFromText(const QString &text, const QString &region)
{
    if (text.contains(QLatin1String("BEGIN:VCARD"), Qt::CaseInsensitive))
        return cardsFromVcf(text.toUtf8());
    const QString trimmed = text.trimmed();
    if (trimmed.startsWith(u'{') || trimmed.startsWith(u'[')) {
        Result<std::vector<Card>> cards = cardsFromMessage(trimmed.toUtf8());
        if (!cards)
            return cards.failure();
        if (cards->empty())
            return bad(QStringLiteral("no card in it"));
        return CardsRead{.cards = *std::move(cards)};
    }
    CardsRead read = cardsFromLines(text, region);
    if (read.cards.empty())
        return bad(QStringLiteral("no number in it"));
    return read;
}

void guessNameParts(CardName &name)
{
    if (!(name.first.isEmpty() && name.last.isEmpty() && name.middle.isEmpty() && name.prefix.isEmpty()
            && name.suffix.isEmpty()))
        return;
    const QString whole = name.formatted.trimmed();
    const qsizetype blank = whole.lastIndexOf(u' ');
    name.first = blank < 0 ? whole : whole.left(blank).trimmed();
    name.last = blank < 0 ? QString() : whole.mid(blank + 1);
}

Card cardOf(const PersonFields &person, const QString &waId)
{
    Card card;
    const QString number = person.number.hasE164() ? displayNumber(person.number.e164) : person.number.typed.trimmed();
    card.name.formatted = person.name.trimmed();
    if (card.name.formatted.isEmpty())
        card.name.formatted = person.organisation.trimmed().isEmpty() ? number : person.organisation.trimmed();
    guessNameParts(card.name);
    card.org.company = person.organisation;
    if (!number.isEmpty() || isWaId(waId))
        card.phones.push_back({number, {}, isWaId(waId) ? waId : QString()});
    if (!person.email.isEmpty())
        card.emails.push_back({person.email, {}});
    return card;
}

} // namespace rollcall
