// SPDX-License-Identifier: GPL-3.0-or-later
// A scanner of our own: libphonenumber's matcher leaves out what its metadata calls invalid (numbers reserved for
// fiction, new ranges) or, when it is told not to, takes dates and amounts.
#include "models/formats/numbersintext.h"

#include <QRegularExpression>
#include <QSet>
#include <algorithm>

namespace rollcall {

namespace {

constexpr int fewestDigits = 7; // of a subscriber's number with its area
constexpr int mostDigits = 15; // ITU-T E.164
constexpr int worthTelling = 5; // fewer digits are hardly meant as a phone number
constexpr qsizetype longestPiece = 200;

bool isPlus(QChar c)
{
    return c == u'+' || c == QChar(0xFF0B) || c == QChar(0xFE62);
}

bool isUnseen(QChar c)
{
    const ushort u = c.unicode();
    return (u >= 0x200B && u <= 0x200F) || (u >= 0x202A && u <= 0x202E) || (u >= 0x2060 && u <= 0x2069) || u == 0xFEFF
        || u == 0x00AD;
}

/// Stands between the digits of one number.
bool joins(QChar c)
{
    if (isUnseen(c) || c == u' ' || c == QChar(0x00A0) || c == QChar(0x202F) || c == QChar(0x2009))
        return true;
    return c == u'-' || c == u'.' || c == u'/' || c == u'(' || c == u')' || c == QChar(0x2010) || c == QChar(0x2011)
        || c == QChar(0x2012) || c == QChar(0x2013) || c == QChar(0x2212);
}

QStringList wordsOf(const QString &piece)
{
    static const QRegularExpression blanks(QStringLiteral("[\\s\\x{00A0}\\x{2009}\\x{202F}]+"));
    return piece.split(blanks, Qt::SkipEmptyParts);
}

int digitsIn(QStringView text)
{
    return int(std::count_if(text.begin(), text.end(), [](QChar c) { return c.isDigit(); }));
}

QRegularExpression anchored(const QString &pattern, const QString &behind)
{
    return QRegularExpression(QStringLiteral("^(?:") + pattern + u')' + behind);
}

QString datePattern()
{
    return QStringLiteral("(?:19|20)\\d\\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\\d|3[01])"
                          "|(?:0?[1-9]|[12]\\d|3[01])[-./](?:0?[1-9]|[12]\\d|3[01])[-./](?:(?:19|20)\\d\\d|\\d\\d)");
}

/// 2026-11-21, 21.11.2026, 11/21/26, perhaps with the hour behind it; 10.20.30.40; 1.234.567; 1234567.89. Such pieces
/// are no phone number, however many digits they have.
bool isDateOrAmount(const QString &piece)
{
    static const QRegularExpression other = anchored(
        QString(datePattern() + QStringLiteral("|\\d{1,3}(?:\\.\\d{1,3}){3}|\\d{1,3}(?:\\.\\d{3})+|\\d+\\.\\d{1,2}")),
        QStringLiteral("(?: +\\d{1,2}(?:[.]\\d{2})*)?$"));
    return other.match(piece).hasMatch();
}

/// "21.11.2026 0151 …": what is behind the date.
QString withoutLeadingDate(const QString &piece)
{
    static const QRegularExpression date = anchored(datePattern(), QStringLiteral(" +"));
    const QRegularExpressionMatch match = date.match(piece);
    return match.hasMatch() ? piece.mid(match.capturedEnd()) : piece;
}

class Finder {
public:
    explicit Finder(QString region)
        : m_region(std::move(region))
    {
    }

    void readLine(QStringView line);
    NumbersInText take() { return std::move(m_found); }

private:
    void readRun(QStringView line, qsizetype from, qsizetype to);
    bool readWhole(const QString &piece, bool international);
    void readWords(const QString &piece);
    void keep(PhoneNumber number);
    void keepApart(QStringList &list, const QString &piece);
    [[nodiscard]] PhoneNumber parsed(const QString &piece, bool international) const;

    QString m_region;
    NumbersInText m_found;
    QSet<qint64> m_seen;
    QSet<QString> m_told;
};

/// A run is digits, a plus in front of them, and what joins them. Whatever else there is ends it.
void Finder::readLine(QStringView line)
{
    qsizetype at = 0;
    while (at < line.size()) {
        const bool opens = isPlus(line[at]) || line[at].isDigit() || line[at] == u'(';
        if (!opens) {
            ++at;
            continue;
        }
        qsizetype end = at + 1;
        while (end < line.size() && (line[end].isDigit() || joins(line[end])))
            ++end; // a second plus begins another number
        qsizetype last = end;
        while (last > at && !line[last - 1].isDigit())
            --last;
        if (last > at)
            readRun(line, at, last);
        at = end;
    }
}

/// Which side the run has its neighbours on tells what it is: letters glued to it make an identifier of it, a colon a
/// time, an @ a JID.
void Finder::readRun(QStringView line, qsizetype from, qsizetype to)
{
    const QStringView before = line.first(from);
    const QStringView behind = line.sliced(to);
    QString piece = line.sliced(from, to - from).trimmed().toString();
    const bool jid = behind.startsWith(u"@c.us") || behind.startsWith(u"@s.whatsapp.net");
    if (behind.startsWith(u'@') && !jid)
        return; // the name of a mail address, a LID, a group
    const bool link = before.endsWith(u"wa.me/") || before.endsWith(u"phone=") || before.endsWith(u"phone=%2B");
    if (jid || link) {
        readWhole(piece, true);
        return;
    }
    const bool gluedBefore = !before.isEmpty() && (before.back().isLetter() || before.back() == u'_');
    const bool gluedBehind = !behind.isEmpty() && (behind.front().isLetter() || behind.front() == u'_');
    if (gluedBefore || gluedBehind)
        return;
    if (behind.size() > 1 && behind[0] == u':' && behind[1].isDigit()) { // "21.11.2026 10" of 10:15
        const qsizetype hour = piece.lastIndexOf(u' ');
        if (hour < 0)
            return;
        piece.truncate(hour);
        piece = piece.trimmed();
    }
    if (!before.isEmpty() && before.back() == u':' && before.size() > 1 && before[before.size() - 2].isDigit()) {
        const qsizetype rest = piece.indexOf(u' '); // "15 +44…" of 10:15
        if (rest < 0)
            return;
        piece = piece.mid(rest).trimmed();
    }
    piece = withoutLeadingDate(piece);
    if (piece.isEmpty())
        return;
    const bool readable = piece.size() <= longestPiece && digitsIn(piece) >= fewestDigits
        && digitsIn(piece) <= mostDigits + 2 && !isDateOrAmount(piece);
    if (!readable || !readWhole(piece, false))
        readWords(piece);
}

PhoneNumber Finder::parsed(const QString &piece, bool international) const
{
    if (!international)
        return parsePhoneNumber(piece, m_region);
    PhoneNumber number = parsePhoneNumber(u'+' + piece, {});
    number.typed = piece;
    return number;
}

bool Finder::readWhole(const QString &piece, bool international)
{
    const PhoneNumber number = parsed(piece, international);
    if (!number.hasE164())
        return false;
    // Two numbers with a blank between them may together have a length that fits: only what is known counts then.
    const QStringList words = wordsOf(piece);
    const auto longWords
        = std::count_if(words.begin(), words.end(), [](const QString &word) { return digitsIn(word) >= fewestDigits; });
    if (longWords > 1 && !number.explicitPlus && number.state != NumberState::Valid)
        return false;
    keep(number);
    return true;
}

/// The pieces between blanks, each for itself.
void Finder::readWords(const QString &piece)
{
    const QStringList words = wordsOf(piece);
    // A number with blanks in it of which no country is known is one thing, not its pieces.
    const bool oneNumber = words.size() > 1 && digitsIn(piece) <= mostDigits
        && std::all_of(words.begin(), words.end(), [](const QString &word) { return digitsIn(word) < fewestDigits; });
    const QStringList parts = oneNumber ? QStringList{piece} : words;
    for (const QString &part : parts) {
        const int digits = digitsIn(part);
        if (digits < worthTelling || isDateOrAmount(part))
            continue;
        const PhoneNumber number
            = digits >= fewestDigits && part.size() <= longestPiece ? parsed(part, false) : PhoneNumber{};
        if (number.hasE164())
            keep(number);
        else if (digits >= fewestDigits && digits <= mostDigits && m_region.isEmpty() && !isPlus(part.front()))
            keepApart(m_found.needCountry, part);
        else
            keepApart(m_found.notNumbers, part.left(longestPiece));
    }
}

void Finder::keep(PhoneNumber number)
{
    if (m_seen.contains(number.e164)) {
        ++m_found.repeated;
        return;
    }
    m_seen.insert(number.e164);
    m_found.ready.push_back(std::move(number));
}

void Finder::keepApart(QStringList &list, const QString &piece)
{
    if (m_told.contains(piece))
        return;
    m_told.insert(piece);
    list << piece;
}

} // namespace

NumbersInText findNumbers(const QString &text, const QString &region)
{
    Finder finder(region);
    const QStringView whole = QStringView(text).first(std::min(text.size(), mostPastedText));
    qsizetype from = 0;
    for (qsizetype at = 0; at <= whole.size(); ++at) {
        const bool ends = at == whole.size() || whole[at] == u'\n' || whole[at] == u'\r' || whole[at] == u'\t'
            || whole[at] == QChar(0x2028) || whole[at] == QChar(0x2029);
        if (!ends)
            continue;
        finder.readLine(whole.sliced(from, at - from));
        from = at + 1;
    }
    NumbersInText found = finder.take();
    found.truncated = text.size() > mostPastedText;
    return found;
}

} // namespace rollcall
