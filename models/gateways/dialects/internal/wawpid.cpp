// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/dialects/internal/wawpid.h"

#include <algorithm>

namespace rollcall {

namespace {

constexpr auto person = QLatin1String("@c.us");
constexpr auto person2 = QLatin1String("@s.whatsapp.net");
constexpr auto lidSuffix = QLatin1String("@lid");

/// The first text that is there and not empty: versions name the same member differently.
QString firstText(const Json &row, std::initializer_list<QStringView> names)
{
    for (const QStringView name : names)
        if (const QString text = row[name].toString(); !text.isEmpty())
            return text;
    return {};
}

QString numberIn(const Json &row, const QString &id)
{
    // A number may come as a JSON number: its text is kept, it never goes through double.
    const Json &told = row[u"number"];
    const QString text = told.isNumber() ? QString::fromLatin1(told.toCompact()) : told.toString();
    if (wawpLid(id).isEmpty())
        return wawpNumber(text).isEmpty() || text.contains(u'@') ? wawpNumber(id) : text;
    // WAHA fills `number` of a LID's row with the digits of the LID.
    return text.contains(u'@') || wawpNumber(text) == id.chopped(lidSuffix.size()) ? QString() : wawpNumber(text);
}

} // namespace

bool isWawpDigits(QStringView text)
{
    return !text.isEmpty() && text.size() <= 20
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

QString wawpNumber(const QString &who)
{
    QString number = who;
    if (number.endsWith(person))
        number.chop(person.size());
    else if (number.endsWith(person2))
        number.chop(person2.size());
    else if (number.startsWith(u'+'))
        number.remove(0, 1);
    return isWawpDigits(number) ? number : QString();
}

QString wawpLid(const QString &who)
{
    return who.endsWith(lidSuffix) && isWawpDigits(QStringView(who).chopped(lidSuffix.size())) ? who : QString();
}

QString wawpChat(const QString &who)
{
    const QString number = wawpNumber(who);
    return number.isEmpty() ? wawpLid(who) : QString(number + person);
}

QString wawpIdIn(const Json &value)
{
    if (value.isString())
        return value.toString();
    const QString whole = value[u"_serialized"].toString();
    const QString user = value[u"user"].toString();
    const QString server = value[u"server"].toString();
    if (!whole.isEmpty() || user.isEmpty() || server.isEmpty())
        return whole;
    return user + u'@' + server;
}

QUrl wawpLinkIn(const Json &value)
{
    const QUrl link(value.toString(), QUrl::StrictMode);
    const bool web = link.scheme() == u"https" || link.scheme() == u"http";
    return link.isValid() && web && !link.host().isEmpty() ? link : QUrl();
}

GatewayContact wawpContactOf(const Json &row)
{
    GatewayContact contact;
    contact.chatId = wawpIdIn(row[u"id"]);
    contact.number = numberIn(row, contact.chatId);
    contact.name = row[u"name"].toString();
    contact.profileName = firstText(row, {u"pushname", u"pushName"});
    contact.about = row[u"about"].toString();
    contact.photo = wawpLinkIn(row[u"profilePicUrl"]);
    if (contact.photo.isEmpty())
        contact.photo = wawpLinkIn(row[u"profilePic"]);
    contact.saved = row[u"isMyContact"].toBool();
    if (row[u"isBlocked"].isBool())
        contact.blocked = row[u"isBlocked"].toBool();
    contact.me = row[u"isMe"].toBool();
    // "@g.us", "@newsletter", "@broadcast" and whatever server comes next is no person.
    const bool foreign = contact.chatId.contains(u'@') && wawpChat(contact.chatId).isEmpty()
        && !contact.chatId.endsWith(person) && !contact.chatId.endsWith(person2) && !contact.chatId.endsWith(lidSuffix);
    contact.other = row[u"isGroup"].toBool() || foreign;
    if (contact.other)
        contact.number.clear(); // of a group it is the group's own id
    return contact;
}

} // namespace rollcall
