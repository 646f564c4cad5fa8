// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/formats/vcardreader.h"

#include "models/formats/vcardedges.h"

#include <QDate>
#include <QHash>
#include <QStringDecoder>
#include <algorithm>
#include <array>

namespace rollcall {

namespace {

// A file may hold anything: what no card of a person has is left out and named, before a window has to draw it.
constexpr qsizetype longestValue = 16 * 1024; ///< bytes
constexpr std::size_t mostEntries = 100; ///< of one kind on one card
constexpr qsizetype mostDropped = 100; ///< names

/// One property, unfolded: "item1.TEL;TYPE=CELL;waid=1:+1".
struct Property {
    QString group = {}; ///< upper case
    QString name = {}; ///< upper case
    QStringList types = {}; ///< as typed; a quoted value is one type whatever is in it
    QString waId = {};
    QString charset = {};
    bool quotedPrintable = false;
    bool base64 = false;
    QByteArray value = {};
    bool cut = false; ///< it was to go on in the next line, where the card ends
};

std::string_view viewOf(const QByteArray &bytes, qsizetype from = 0)
{
    return {bytes.constData() + from, std::size_t(bytes.size() - from)};
}

/// First or last line of a card: goes on in no other, and nothing goes on in it.
bool isEdge(std::string_view line)
{
    return beginsVCard(line) || endsVCard(line);
}

/// Lines end with CRLF, LF or CR. Folding is undone on bytes: it may stand inside a character.
class Lines {
public:
    explicit Lines(const QByteArray &bytes)
        : m_bytes(bytes)
    {
    }
    bool next(QByteArray &line)
    {
        line.clear();
        if (m_at >= m_bytes.size())
            return false;
        take(line);
        const bool whole = isEdge(viewOf(line));
        while (!whole && m_at < m_bytes.size() && (m_bytes[m_at] == ' ' || m_bytes[m_at] == '\t')) {
            ++m_at;
            take(line);
        }
        return true;
    }
    /// The next line as it stands behind `line`: what follows a soft break of quoted-printable. False when none does.
    bool raw(QByteArray &line)
    {
        const qsizetype at = m_at;
        const qsizetype size = line.size();
        if (at >= m_bytes.size())
            return false;
        take(line);
        if (!isEdge(viewOf(line, size)))
            return true;
        line.truncate(size);
        m_at = at;
        return false;
    }

private:
    void take(QByteArray &line)
    {
        qsizetype end = m_at;
        while (end < m_bytes.size() && m_bytes[end] != '\r' && m_bytes[end] != '\n')
            ++end;
        line += QByteArrayView(m_bytes).sliced(m_at, end - m_at);
        if (end < m_bytes.size() && m_bytes[end] == '\r')
            ++end;
        if (end < m_bytes.size() && m_bytes[end] == '\n' && (end == m_at || m_bytes[end - 1] != '\n'))
            ++end;
        m_at = std::max(end, m_at + 1);
    }
    const QByteArray &m_bytes;
    qsizetype m_at = 0;
};

bool is(const QString &text, QLatin1String word)
{
    return text.compare(word, Qt::CaseInsensitive) == 0;
}

void addParameter(Property &property, const QString &parameter)
{
    const qsizetype equals = parameter.indexOf(u'=');
    const QString key = equals < 0 ? QStringLiteral("TYPE") : parameter.left(equals).trimmed();
    QString value = parameter.mid(equals + 1).trimmed();
    const bool quoted = value.size() >= 2 && value.startsWith(u'"') && value.endsWith(u'"');
    if (quoted)
        value = value.mid(1, value.size() - 2);
    if (is(value, QLatin1String("QUOTED-PRINTABLE"))) {
        property.quotedPrintable = true;
    } else if (is(key, QLatin1String("ENCODING")) || (equals < 0 && is(value, QLatin1String("BASE64")))) {
        property.base64 = true;
    } else if (is(key, QLatin1String("CHARSET"))) {
        property.charset = value;
    } else if (is(key, QLatin1String("WAID"))) {
        property.waId = value;
    } else if (is(key, QLatin1String("TYPE"))) {
        if (quoted)
            property.types += value;
        else
            property.types += value.split(u',', Qt::SkipEmptyParts);
    }
}

/// False when the line is no property.
bool readProperty(const QByteArray &line, Property &property)
{
    bool quoted = false;
    qsizetype colon = -1;
    std::vector<qsizetype> ends;
    for (qsizetype i = 0; i < line.size() && colon < 0; ++i) {
        if (line[i] == '"')
            quoted = !quoted;
        else if (!quoted && line[i] == ';')
            ends.push_back(i);
        else if (!quoted && line[i] == ':')
            colon = i;
    }
    if (colon < 0 || colon > longestValue)
        return false;
    ends.push_back(colon);
    QString name = QString::fromLatin1(line.left(ends.front())).trimmed().toUpper();
    if (const qsizetype dot = name.lastIndexOf(u'.'); dot >= 0) {
        property.group = name.left(dot);
        name = name.mid(dot + 1);
    }
    property.name = name;
    for (std::size_t i = 1; i < ends.size(); ++i)
        addParameter(property, QString::fromUtf8(line.mid(ends[i - 1] + 1, ends[i] - ends[i - 1] - 1)));
    property.value = line.mid(colon + 1);
    return !name.isEmpty();
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char upper = c >= 'a' && c <= 'f' ? char(c - 'a' + 'A') : c;
    return upper >= 'A' && upper <= 'F' ? upper - 'A' + 10 : -1;
}

QByteArray fromQuotedPrintable(const QByteArray &text)
{
    QByteArray out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool code
            = text[i] == '=' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 && hexDigit(text[i + 2]) >= 0;
        if (!code) {
            out += text[i];
            continue;
        }
        out += char(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]));
        i += 2;
    }
    return out;
}

/// Windows-1252 where it differs from Latin-1: 0x80 to 0x9f, as the encoding standard of the web has it.
constexpr std::array<char16_t, 32> windows1252{0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,
    0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178};

QString decoded(const QByteArray &bytes, const QString &charset)
{
    const bool named = !charset.isEmpty() && !is(charset, QLatin1String("UTF-8"));
    if (named) {
        QStringDecoder decoder(charset.toLatin1().constData());
        if (decoder.isValid())
            return decoder.decode(bytes);
    }
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString text = utf8.decode(bytes);
    if (!utf8.hasError() || is(charset, QLatin1String("UTF-8")))
        return text;
    text = QString::fromLatin1(bytes);
    for (QChar &c : text)
        if (c.unicode() >= 0x80 && c.unicode() < 0xa0)
            c = windows1252[std::size_t(c.unicode() - 0x80)];
    return text;
}

/// The value's parts between unescaped `separator`s, without escapes.
QStringList partsOf(const QString &value, QChar separator)
{
    QStringList parts{QString()};
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (value[i] == u'\\' && i + 1 < value.size()) {
            const QChar next = value[++i];
            parts.back() += next == u'n' || next == u'N' ? QChar(u'\n') : next;
        } else if (!separator.isNull() && value[i] == separator) {
            parts += QString();
        } else {
            parts.back() += value[i];
        }
    }
    return parts;
}

QString textOf(const QString &value)
{
    return partsOf(value, {}).front();
}

/// Types that say nothing about what a person sees.
bool isNoise(const QString &type)
{
    static constexpr std::array noise{"VOICE", "PREF", "INTERNET", "TEXT", "MSG", "X-INTERNET"};
    return std::any_of(noise.begin(), noise.end(), [&](const char *word) { return is(type, QLatin1String(word)); });
}

/// The one type a card has room for; a documented one in upper case, another as it is.
QString typeOf(const QStringList &types, bool phone)
{
    static constexpr std::array standard{"CELL", "IPHONE", "MAIN", "HOME", "WORK"};
    for (const char *word : standard) {
        const bool known
            = phone || QLatin1String(word) == QLatin1String("HOME") || QLatin1String(word) == QLatin1String("WORK");
        for (const QString &type : types)
            if (known && is(type, QLatin1String(word)))
                return QString::fromLatin1(word);
    }
    for (const QString &type : types)
        if (!isNoise(type))
            return type;
    return {};
}

/// YYYY-MM-DD of "19900401", "1990-04-01T00:00:00Z"; empty without a year.
QString dayOf(const QString &value)
{
    QString text = value.trimmed();
    if (text.size() >= 8 && std::all_of(text.begin(), text.begin() + 8, [](QChar c) { return c >= u'0' && c <= u'9'; }))
        text = text.left(4) + u'-' + text.mid(4, 2) + u'-' + text.mid(6, 2);
    text = text.left(10);
    return QDate::fromString(text, QStringLiteral("yyyy-MM-dd")).isValid() ? text : QString();
}

/// One card while it is read: labels of a group may stand before or after what they name.
class Reading {
public:
    void add(const Property &property)
    {
        // Half a number is none.
        if (property.value.size() > longestValue || (property.cut && property.name == u"TEL")) {
            drop(property.name);
            return;
        }
        const QString value = decoded(
            property.quotedPrintable ? fromQuotedPrintable(property.value) : property.value, property.charset);
        if (!simple(property, value) && !listed(property, value) && !value.trimmed().isEmpty())
            drop(property.name);
    }
    [[nodiscard]] Card card(QStringList &dropped)
    {
        for (std::size_t i = 0; i < m_card.phones.size(); ++i)
            m_card.phones[i].type = labelled(m_groups[0][i], m_card.phones[i].type);
        for (std::size_t i = 0; i < m_card.emails.size(); ++i)
            m_card.emails[i].type = labelled(m_groups[1][i], m_card.emails[i].type);
        for (std::size_t i = 0; i < m_card.urls.size(); ++i)
            m_card.urls[i].type = labelled(m_groups[2][i], m_card.urls[i].type);
        for (std::size_t i = 0; i < m_card.addresses.size(); ++i) {
            m_card.addresses[i].type = labelled(m_groups[3][i], m_card.addresses[i].type);
            m_card.addresses[i].countryCode = m_groups[3][i].isEmpty() ? QString() : m_codes.value(m_groups[3][i]);
        }
        const auto isEmpty = [](const CardAddress &address) {
            CardAddress bare = address;
            bare.type.clear();
            return bare == CardAddress();
        };
        m_card.addresses.erase(
            std::remove_if(m_card.addresses.begin(), m_card.addresses.end(), isEmpty), m_card.addresses.end());
        for (const QString &name : m_dropped)
            if (dropped.size() < mostDropped && !dropped.contains(name))
                dropped += name;
        if (m_card.name.formatted.isEmpty()) {
            QStringList parts{
                m_card.name.prefix, m_card.name.first, m_card.name.middle, m_card.name.last, m_card.name.suffix};
            parts.removeAll(QString());
            m_card.name.formatted = parts.join(u' ');
        }
        return m_card;
    }

private:
    bool simple(const Property &property, const QString &value)
    {
        if (property.name == u"FN") {
            m_card.name.formatted = textOf(value);
        } else if (property.name == u"N") {
            QStringList parts = partsOf(value, u';');
            parts.resize(5);
            m_card.name.last = parts[0];
            m_card.name.first = parts[1];
            m_card.name.middle = parts[2];
            m_card.name.prefix = parts[3];
            m_card.name.suffix = parts[4];
        } else if (property.name == u"ORG") {
            const QStringList parts = partsOf(value, u';');
            m_card.org.company = parts.front();
            m_card.org.department = parts.mid(1).join(QStringLiteral(", "));
        } else if (property.name == u"TITLE") {
            m_card.org.title = textOf(value);
        } else if (property.name == u"BDAY") {
            m_card.birthday = dayOf(value);
            return !m_card.birthday.isEmpty();
        } else if (property.name == u"X-ABLABEL") {
            QString label = textOf(value);
            if (label.startsWith(QLatin1String("_$!<")) && label.endsWith(QLatin1String(">!$_")))
                label = label.mid(4, label.size() - 8);
            m_labels.insert(property.group, label);
        } else if (property.name == u"X-ABADR") {
            m_codes.insert(property.group, textOf(value));
        } else {
            static constexpr std::array silent{
                "VERSION", "PRODID", "REV", "UID", "KIND"}; // of the file, not the person
            return std::any_of(
                silent.begin(), silent.end(), [&](const char *name) { return property.name == QLatin1String(name); });
        }
        return true;
    }
    bool listed(const Property &property, const QString &value)
    {
        static constexpr std::array kinds{"TEL", "EMAIL", "URL", "ADR"};
        for (std::size_t kind = 0; kind < kinds.size(); ++kind)
            if (property.name == QLatin1String(kinds[kind]) && m_groups[kind].size() >= mostEntries)
                return false;
        if (property.name == u"TEL") {
            QString number = textOf(value);
            qsizetype at = 0;
            while (QStringView(number).mid(at).startsWith(u"tel:", Qt::CaseInsensitive))
                at += 4;
            if (at > 0)
                number = number.mid(at).section(u';', 0, 0);
            const bool digits = !property.waId.isEmpty()
                && std::all_of(
                    property.waId.begin(), property.waId.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
            if (!number.trimmed().isEmpty() || digits) {
                m_card.phones.push_back({number, typeOf(property.types, true), digits ? property.waId : QString()});
                m_groups[0].push_back(property.group);
            }
        } else if (property.name == u"EMAIL") {
            if (const QString text = textOf(value); !text.trimmed().isEmpty()) {
                m_card.emails.push_back({text, typeOf(property.types, false)});
                m_groups[1].push_back(property.group);
            }
        } else if (property.name == u"URL") {
            // A URI is no text value, but 3.0 writers escape it all the same.
            QString text = value.trimmed();
            text.replace(QLatin1String("\\:"), QLatin1String(":")).replace(QLatin1String("\\,"), QLatin1String(","));
            text.replace(QLatin1String("\\;"), QLatin1String(";"));
            if (!text.isEmpty()) {
                m_card.urls.push_back({text, typeOf(property.types, false)});
                m_groups[2].push_back(property.group);
            }
        } else if (property.name == u"ADR") {
            addAddress(property, value);
        } else {
            return false;
        }
        return true;
    }
    void addAddress(const Property &property, const QString &value)
    {
        QStringList parts = partsOf(value, u';');
        parts.resize(7);
        QStringList street{parts[0], parts[1], parts[2]};
        street.removeAll(QString());
        const CardAddress address{street.join(QStringLiteral(", ")), parts[3], parts[4], parts[5], parts[6], {},
            typeOf(property.types, false)};
        m_card.addresses.push_back(address);
        m_groups[3].push_back(property.group);
    }
    [[nodiscard]] QString labelled(const QString &group, const QString &type) const
    {
        return type.isEmpty() && !group.isEmpty() ? m_labels.value(group) : type;
    }
    void drop(const QString &name)
    {
        const QString shown = name.left(60);
        if (m_dropped.size() < mostDropped && !m_dropped.contains(shown))
            m_dropped += shown;
    }

    Card m_card;
    std::array<std::vector<QString>, 4> m_groups; ///< of phones, e-mails, links, addresses
    QHash<QString, QString> m_labels;
    QHash<QString, QString> m_codes;
    QStringList m_dropped;
};

bool isEmptyCard(const Card &card)
{
    return card.name.formatted.trimmed().isEmpty() && card.org.company.trimmed().isEmpty() && card.phones.empty();
}

void take(VCardsRead &read, Card card, int most)
{
    if (isEmptyCard(card))
        ++read.empty;
    else if (read.cards.size() < std::size_t(std::max(most, 0)))
        read.cards.push_back(std::move(card));
    else
        ++read.leftOut;
}

/// Quoted-printable goes on in the next line where this one ends with '='.
void joinSoftBreaks(Lines &lines, Property &property)
{
    while (property.quotedPrintable && property.value.endsWith('=')) {
        property.value.chop(1);
        property.cut = !lines.raw(property.value);
        if (property.cut)
            return;
    }
}

void readInto(Reading &reading, const QByteArray &line, Lines &lines)
{
    Property property;
    if (!readProperty(line, property))
        return;
    joinSoftBreaks(lines, property);
    reading.add(property);
}

/// UTF-16 with a byte order mark as UTF-8; a mark of UTF-8 goes.
QByteArray asUtf8(const QByteArray &bytes)
{
    if (bytes.startsWith("\xff\xfe") || bytes.startsWith("\xfe\xff")) {
        QStringDecoder decoder(QStringDecoder::Utf16);
        return QString(decoder.decode(bytes)).toUtf8();
    }
    return bytes.startsWith("\xef\xbb\xbf") ? bytes.mid(3) : bytes;
}

} // namespace

VCardsRead readVCards(const QByteArray &bytes, int most)
{
    VCardsRead read;
    read.truncated = bytes.size() > mostVCardBytes;
    const QByteArray text = asUtf8(read.truncated ? bytes.left(mostVCardBytes) : bytes);
    Lines lines(text);
    QByteArray line;
    std::optional<Reading> reading;
    VCardEdges edges;
    while (lines.next(line)) {
        switch (edges.next(viewOf(line))) {
        case VCardEdges::Line::NextBegin:
            ++read.open;
            reading.emplace();
            break;
        case VCardEdges::Line::Begin:
            reading.emplace();
            break;
        case VCardEdges::Line::Inside:
            readInto(*reading, line, lines);
            break;
        case VCardEdges::Line::End:
            take(read, reading->card(read.dropped), most);
            break;
        case VCardEdges::Line::Outside:
        case VCardEdges::Line::Inner:
            break;
        }
    }
    read.open += edges.isOpen();
    return read;
}

} // namespace rollcall
