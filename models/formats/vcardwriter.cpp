// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/formats/vcardwriter.h"

#include <QDate>
#include <QStringList>
#include <algorithm>
#include <string_view>

namespace rollcall {

namespace {

constexpr qsizetype longestLine = 75; // octets without CRLF, RFC 2426 section 2.6

bool isLineBreak(QChar c)
{
    // Some readers split lines at the last three too, which would make a new property of what follows them.
    return (c >= u'\n' && c <= u'\r') || c == QChar(0x85) || c == QChar(0x2028) || c == QChar(0x2029);
}

bool isControl(QChar c)
{
    return (c.unicode() < 0x20 && c != u'\t') || c.unicode() == 0x7f;
}

/// A text value, also as one component of N, ADR and ORG: RFC 2426 section 4, ESCAPED-CHAR.
QString escaped(const QString &text)
{
    QString out;
    out.reserve(text.size() + 8);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (isLineBreak(c)) {
            if (c == u'\r' && i + 1 < text.size() && text[i + 1] == u'\n')
                ++i;
            out += QLatin1String("\\n");
        } else if (c == u'\\' || c == u',' || c == u';') {
            out += u'\\';
            out += c;
        } else if (!isControl(c)) {
            out += c;
        }
    }
    return out;
}

/// A URI is no text value: it is not escaped, and what no URI may hold (RFC 3986) is percent-encoded.
QString uriOf(const QString &text)
{
    // Not QByteArray::toPercentEncoding: it encodes a '%' that already begins a code, whatever it is told to leave.
    constexpr std::string_view legal = "-._~!#$%&'()*+,/:;=?@[]";
    QString out;
    const QByteArray utf8 = text.trimmed().toUtf8();
    for (const char byte : utf8) {
        const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        if (letter || (byte >= '0' && byte <= '9') || legal.find(byte) != std::string_view::npos)
            out += QLatin1Char(byte);
        else
            out += u'%' + QString::fromLatin1(QByteArray(1, byte).toHex().toUpper());
    }
    return out;
}

/// ";TYPE=HOME". A parameter value has no escapes in 3.0: what would end it is put in quotes.
QString typeOf(const QString &typed)
{
    QString type;
    const QString trimmed = typed.trimmed();
    for (const QChar c : trimmed)
        if (!isControl(c) && !isLineBreak(c))
            type += c == u'"' ? QChar(u'\'') : c;
    if (type.isEmpty())
        return {};
    const bool quoted
        = std::any_of(type.begin(), type.end(), [](QChar c) { return c == u':' || c == u';' || c == u','; });
    return quoted ? QString(QLatin1String(";TYPE=\"") + type + u'"') : QString(QLatin1String(";TYPE=") + type);
}

bool isDigits(const QString &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

/// Adds one content line, folded: each further line begins with a blank, which counts.
void addLine(QByteArray &out, const QString &line)
{
    const QByteArray bytes = line.toUtf8();
    qsizetype used = 0;
    for (qsizetype at = 0; at < bytes.size();) {
        qsizetype next = at + 1;
        while (next < bytes.size() && (static_cast<unsigned char>(bytes[next]) & 0xc0) == 0x80)
            ++next;
        if (used + next - at > longestLine) {
            out += "\r\n ";
            used = 1;
        }
        out += QByteArrayView(bytes).sliced(at, next - at);
        used += next - at;
        at = next;
    }
    out += "\r\n";
}

QString components(const QStringList &parts)
{
    QStringList done;
    for (const QString &part : parts)
        done += escaped(part);
    return done.join(u';');
}

/// Nothing of it would be written.
bool isBlank(const QString &text)
{
    return std::all_of(text.begin(), text.end(), isControl) && !std::any_of(text.begin(), text.end(), isLineBreak);
}

/// As it is written; empty when there is none.
QString numberOf(const CardPhone &phone)
{
    if (!isBlank(phone.phone))
        return phone.phone;
    return isDigits(phone.waId) ? QString(u'+' + phone.waId) : QString();
}

QString shownName(const Card &card)
{
    const CardName &name = card.name;
    if (!isBlank(name.formatted))
        return name.formatted;
    QStringList parts{name.prefix, name.first, name.middle, name.last, name.suffix};
    parts.removeIf(isBlank);
    if (!parts.isEmpty())
        return parts.join(u' ');
    if (!isBlank(card.org.company))
        return card.org.company;
    for (const CardPhone &phone : card.phones)
        if (const QString number = numberOf(phone); !number.isEmpty())
            return number;
    return {};
}

void addName(QByteArray &out, const Card &card)
{
    const CardName &name = card.name;
    const QString shown = shownName(card);
    const QString parts = name.last + name.first + name.middle + name.prefix + name.suffix;
    // N is required too. Phones show N, not FN, so an empty one would be a person without a name.
    addLine(out,
        QLatin1String("N:")
            + components({name.last, isBlank(parts) ? shown : name.first, name.middle, name.prefix, name.suffix}));
    addLine(out, QLatin1String("FN:") + escaped(shown));
}

void addOrg(QByteArray &out, const CardOrg &org)
{
    if (!org.department.isEmpty())
        addLine(out, QLatin1String("ORG:") + components({org.company, org.department}));
    else if (!org.company.isEmpty())
        addLine(out, QLatin1String("ORG:") + escaped(org.company));
    if (!org.title.isEmpty())
        addLine(out, QLatin1String("TITLE:") + escaped(org.title));
}

void addPhone(QByteArray &out, const CardPhone &phone)
{
    const QString number = numberOf(phone);
    if (number.isEmpty())
        return;
    const QString waid = isDigits(phone.waId) ? QString(QLatin1String(";waid=") + phone.waId) : QString();
    addLine(out, QLatin1String("TEL") + typeOf(phone.type) + waid + u':' + escaped(number));
}

/// `group` counts the addresses that need one, from 1.
void addAddress(QByteArray &out, const CardAddress &address, int &group)
{
    // Post office box and extended address, the first two of the seven, are not asked for.
    const QString value
        = components({{}, {}, address.street, address.city, address.state, address.zip, address.country});
    const QString code = escaped(address.countryCode);
    if (value.size() == 6 && code.isEmpty())
        return;
    const QString item = code.isEmpty() ? QString() : QStringLiteral("item%1.").arg(++group);
    addLine(out, item + QLatin1String("ADR") + typeOf(address.type) + u':' + value);
    if (!code.isEmpty())
        addLine(out, item + QLatin1String("X-ABADR:") + code);
}

} // namespace

QByteArray vCardOf(const Card &card)
{
    QByteArray out;
    addLine(out, QStringLiteral("BEGIN:VCARD"));
    addLine(out, QStringLiteral("VERSION:3.0"));
    addName(out, card);
    addOrg(out, card.org);
    for (const CardPhone &phone : card.phones)
        addPhone(out, phone);
    for (const CardEmail &email : card.emails)
        if (!email.email.isEmpty())
            addLine(out, QLatin1String("EMAIL") + typeOf(email.type) + u':' + escaped(email.email));
    for (const CardUrl &url : card.urls)
        if (const QString uri = uriOf(url.url); !uri.isEmpty())
            addLine(out, QLatin1String("URL") + typeOf(url.type) + u':' + uri);
    int group = 0;
    for (const CardAddress &address : card.addresses)
        addAddress(out, address, group);
    if (card.birthday.size() == 10 && QDate::fromString(card.birthday, QStringLiteral("yyyy-MM-dd")).isValid())
        addLine(out, QLatin1String("BDAY:") + card.birthday);
    addLine(out, QStringLiteral("END:VCARD"));
    return out;
}

} // namespace rollcall
