// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/phonenumber.h"

#include <phonenumbers/phonemetadata.pb.h>
#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace rollcall {

namespace {

using Util = i18n::phonenumbers::PhoneNumberUtil;
using Parsed = i18n::phonenumbers::PhoneNumber;

constexpr int longestE164 = 15;
constexpr qsizetype fewestOfJid = 7; // ITU-T E.164
constexpr std::size_t longestNational = 12;

const Util &util()
{
    return *Util::GetInstance();
}

/// A typed text reduced to what counts: decimal digits of every script as 0-9, whether a '+' leads them, whether
/// anything is in it that does not belong into a number. Blanks, punctuation and marks that cannot be seen are passed
/// over.
struct Plain {
    std::string digits = {}; ///< up to the extension
    bool letters = false; ///< anything that is no digit, punctuation or blank
    bool plus = false; ///< the first sign that counts is '+'
};

bool isUnseen(char32_t c)
{
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF
        || c == 0x00AD || c == 0x061C;
}

/// '0'-'9', '+', ' ' for what is passed over, 'a' for something that does not belong into a number.
char plainSign(char32_t c)
{
    if (c >= U'0' && c <= U'9')
        return char(c);
    if (c == U'+' || c == 0xFF0B || c == 0xFE62)
        return '+';
    switch (QChar::category(c)) {
    case QChar::Number_DecimalDigit:
        return char('0' + QChar::digitValue(c));
    case QChar::Punctuation_Dash:
    case QChar::Separator_Space:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
    case QChar::Punctuation_Open:
    case QChar::Punctuation_Close:
        return ' ';
    default:
        break;
    }
    // 2212 is the minus sign, 30FC the long vowel mark that Japanese keyboards give for a dash, 00B7 a raised dot.
    static constexpr std::u32string_view passedOver = U"\t\n\r./~*#,;:'\u2212\u30FC\u00B7";
    return passedOver.find(c) != std::u32string_view::npos ? ' ' : 'a';
}

/// "447400300015.0": the decimals a spreadsheet or a data frame writes behind a number it took for a quantity. One or
/// two zeros behind nothing but digits; "98765.0000" is a way to write a number.
QStringView withoutDecimals(QStringView text)
{
    const qsizetype point = text.lastIndexOf(u'.');
    const qsizetype zeros = text.size() - point - 1;
    if (point < fewestOfJid || zeros < 1 || zeros > 2)
        return text;
    const qsizetype from = text.startsWith(u'+') ? 1 : 0;
    const QStringView digits = text.sliced(from, point - from);
    const auto isDigit = [](QChar c) { return c >= u'0' && c <= u'9'; };
    const auto isZero = [](QChar c) { return c == u'0'; };
    const QStringView decimals = text.sliced(point + 1);
    return std::all_of(digits.begin(), digits.end(), isDigit) && std::all_of(decimals.begin(), decimals.end(), isZero)
        ? text.first(point)
        : text;
}

/// What spreadsheets and address books wrap around a number: ="+49…" (keeps Excel from calculating), '+49…, tel:+49…
QStringView unwrapped(QStringView typed)
{
    QStringView text = typed.trimmed();
    if (text.size() >= 3 && text.startsWith(u"=\"") && text.endsWith(u'"'))
        text = text.sliced(2, text.size() - 3).trimmed();
    if (text.startsWith(u'\''))
        text = text.sliced(1);
    if (text.startsWith(u"tel:", Qt::CaseInsensitive))
        text = text.sliced(4);
    return withoutDecimals(text);
}

/// "4915112345678@c.us", "…@s.whatsapp.net", as gateways and exports of chats write a number: the text before the '@';
/// empty for everything else (a LID is no number). A device ("…:12@s.whatsapp.net") is left out.
QStringView jidNumber(QStringView text)
{
    const qsizetype at = text.indexOf(u'@');
    if (at < 0)
        return {};
    const QStringView host = text.sliced(at + 1);
    if (host.compare(u"c.us", Qt::CaseInsensitive) != 0 && host.compare(u"s.whatsapp.net", Qt::CaseInsensitive) != 0)
        return {};
    QStringView digits = text.first(at);
    if (const qsizetype device = digits.indexOf(u':'); device >= 0)
        digits = digits.first(device);
    if (digits.startsWith(u'+'))
        digits = digits.sliced(1);
    const bool isNumber = digits.size() >= fewestOfJid && digits.size() <= longestE164
        && std::all_of(digits.begin(), digits.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    return isNumber ? digits : QStringView();
}

/// Where an extension ("ext. 12", "x12", "доб. 12", "#12") begins; the size of the text when there is none. The digits
/// after it belong to a switchboard, not to the number.
qsizetype extensionAt(QStringView text)
{
    static const QStringView words[] = {u"extension", u"ext", u"extn", u"доб", u"x", u"#"};
    qsizetype end = text.size();
    while (end > 0 && text[end - 1].isDigit())
        --end;
    const qsizetype digits = text.size() - end;
    if (digits == 0 || digits > 7)
        return text.size();
    while (end > 0 && (text[end - 1].isSpace() || text[end - 1] == u'.' || text[end - 1] == u':'))
        --end;
    for (const QStringView word : words) {
        if (!text.first(end).endsWith(word, Qt::CaseInsensitive))
            continue;
        const qsizetype at = end - word.size();
        if (at > 0 && !text[at - 1].isLetter())
            return at;
    }
    return text.size();
}

void append(Plain &plain, char sign)
{
    if (sign == 'a')
        plain.letters = true;
    if (sign == '+' && plain.digits.empty())
        plain.plus = true;
    if (sign >= '0' && sign <= '9')
        plain.digits += sign;
}

Plain plainOf(const QString &typed)
{
    QStringView text = unwrapped(typed);
    Plain plain;
    if (const QStringView digits = jidNumber(text); !digits.isEmpty()) {
        plain.digits = digits.toLatin1().toStdString();
        plain.plus = true; // always with its country code
        return plain;
    }
    text = text.first(extensionAt(text));
    plain.digits.reserve(std::size_t(text.size()));
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t c = text[i].unicode();
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            c = QChar::surrogateToUcs4(text[i], text[i + 1]);
            ++i;
        }
        if (!isUnseen(c))
            append(plain, plainSign(c));
    }
    return plain;
}

qint64 toNumber(const std::string &digits)
{
    if (digits.empty() || digits.size() > std::size_t(longestE164))
        return 0;
    qint64 number = 0;
    for (const char c : digits)
        number = number * 10 + (c - '0');
    return number;
}

QString latin(const std::string &text)
{
    return QString::fromLatin1(text.data(), qsizetype(text.size()));
}

/// GetRegionCodeForNumber is half of IsValidNumber, so it is asked once and serves both.
void judge(const Parsed &parsed, PhoneNumber &number)
{
    std::string region;
    util().GetRegionCodeForNumber(parsed, &region);
    const bool known = !region.empty() && region != "ZZ";
    if (known && util().IsValidNumberForRegion(parsed, region)) {
        number.state = NumberState::Valid;
    } else {
        const auto length = util().IsPossibleNumberWithReason(parsed);
        number.state = length == Util::IS_POSSIBLE ? NumberState::PossibleOnly : NumberState::Unlikely;
    }
    if (!known)
        util().GetRegionCodeForCountryCode(parsed.country_code(), &region);
    if (number.state != NumberState::Unlikely && region != "ZZ")
        number.region = latin(region);
}

std::string e164Digits(const Parsed &parsed)
{
    std::string text;
    util().Format(parsed, Util::E164, &text);
    return text.empty() ? text : text.substr(1);
}

/// Length of the country code at the front of `digits`, 0 = none is known. No code is the beginning of another.
std::size_t countryCodeLength(const std::string &digits)
{
    static const std::array<bool, 1000> known = [] {
        std::array<bool, 1000> codes{};
        std::set<int> calling;
        util().GetSupportedCallingCodes(&calling);
        for (const int code : calling)
            codes.at(std::size_t(code)) = true;
        return codes;
    }();
    std::size_t code = 0;
    for (std::size_t i = 0; i < 3 && i < digits.size(); ++i) {
        code = code * 10 + std::size_t(digits[i] - '0');
        if (known[code])
            return i + 1;
    }
    return 0;
}

/// The digits as they stand, without the parser: half the time, and for numbers that are known so all there is to say.
/// Leading zeros are the parser's (Italy).
bool readKnownInternational(const std::string &digits, PhoneNumber &number)
{
    const std::size_t code = countryCodeLength(digits);
    if (code == 0 || digits.size() > std::size_t(longestE164) || digits.size() < code + 4 || digits[code] == '0')
        return false;
    Parsed parsed;
    parsed.set_country_code(int(toNumber(digits.substr(0, code))));
    parsed.set_national_number(std::uint64_t(toNumber(digits.substr(code))));
    std::string region;
    util().GetRegionCodeForNumber(parsed, &region);
    if (region.empty() || region == "ZZ" || !util().IsValidNumberForRegion(parsed, region))
        return false;
    number.state = NumberState::Valid;
    number.region = latin(region);
    number.e164 = toNumber(digits);
    return true;
}

/// A '+' was typed: the digits after it are the number. The library also takes out what it holds to be a trunk prefix
/// (the 1 of +52 1 …, the 15 of +54 11 15 …); a stranger may have the shorter number, so only a trunk zero goes.
void readInternational(const Plain &plain, PhoneNumber &number)
{
    if (readKnownInternational(plain.digits, number))
        return;
    Parsed parsed;
    if (util().Parse("+" + plain.digits, "ZZ", &parsed) != Util::NO_PARSING_ERROR)
        return;
    judge(parsed, number);
    if (number.state == NumberState::Unlikely)
        return;
    std::string digits = e164Digits(parsed);
    if (digits != plain.digits) {
        const std::string code = std::to_string(parsed.country_code());
        const std::string withZero = code + "0" + digits.substr(code.size());
        if (plain.digits != withZero) {
            digits = plain.digits;
            number.state = NumberState::PossibleOnly;
        }
    }
    number.e164 = toNumber(digits);
    if (number.e164 == 0)
        number.state = NumberState::Unlikely;
}

/// The country's own code stands in front, only the '+' is missing: "4915123456789" in a German list. Read so when the
/// digits are no known number of the country but are one with the '+'; the library doubles the code there.
bool readWithoutPlus(const Plain &plain, const std::string &region, PhoneNumber &number)
{
    const std::string code = std::to_string(util().GetCountryCodeForRegion(region));
    if (code == "0" || plain.digits.compare(0, code.size(), code) != 0)
        return false;
    PhoneNumber other;
    other.typed = number.typed;
    if (!readKnownInternational(plain.digits, other))
        return false;
    number = other;
    return true;
}

/// "0055 62 …" in a Brazilian list is Brazil's own code behind the usual prefix, though Brazil dials abroad with a
/// carrier in it, and 55 is one: the library finds an Indonesian number there.
bool readOwnCountry(const Plain &plain, const std::string &region, PhoneNumber &number)
{
    const std::string code = "00" + std::to_string(util().GetCountryCodeForRegion(region));
    if (code == "000" || plain.digits.compare(0, code.size(), code) != 0)
        return false;
    PhoneNumber other;
    other.typed = number.typed;
    if (!readKnownInternational(plain.digits.substr(2), other))
        return false;
    number = other;
    number.explicitPlus = true;
    return true;
}

void readNational(const Plain &plain, const QString &region, PhoneNumber &number)
{
    Parsed parsed;
    const std::string from = region.size() == 2 ? region.toUpper().toStdString() : std::string("ZZ");
    if (readOwnCountry(plain, from, number))
        return;
    // Raw input is kept for country_code_source: was an international prefix (00, 011) read?
    if (util().ParseAndKeepRawInput(plain.digits, from, &parsed) == Util::NO_PARSING_ERROR) {
        judge(parsed, number);
        number.explicitPlus = parsed.country_code_source() == Parsed::FROM_NUMBER_WITH_IDD;
        if (number.state != NumberState::Unlikely)
            number.e164 = toNumber(e164Digits(parsed));
        // The library holds some German numbers of 16 digits for valid; E.164 ends at 15.
        if (number.e164 == 0)
            number.state = NumberState::Unlikely;
    }
    // German and Austrian plans have room for nearly everything; nobody has a national number of 12 digits or more.
    const bool certain = number.state == NumberState::Valid && plain.digits.size() < longestNational;
    if (certain || readWithoutPlus(plain, from, number) || number.state == NumberState::Valid)
        return;
    if (plain.digits.size() < 3 || plain.digits.compare(0, 2, "00") != 0)
        return;
    // 00 is the international prefix nearly everywhere; in a region where it is not, it counts when the rest is a known
    // number.
    Plain abroad = plain;
    abroad.digits = plain.digits.substr(2);
    PhoneNumber other;
    other.typed = number.typed;
    other.state = NumberState::Unlikely;
    readInternational(abroad, other);
    if (other.state == NumberState::Valid || (other.hasE164() && !number.hasE164())) {
        number = other;
        number.explicitPlus = true;
    }
}

} // namespace

QString PhoneNumber::e164Text() const
{
    return hasE164() ? u'+' + QString::number(e164) : QString();
}

bool looksScientific(const QString &typed)
{
    const QStringView text = unwrapped(typed);
    qsizetype i = 0;
    const auto digits = [&] {
        const qsizetype from = i;
        while (i < text.size() && text[i].isDigit())
            ++i;
        return i > from;
    };
    if (i < text.size() && (text[i] == u'+' || text[i] == u'-'))
        ++i;
    if (!digits())
        return false;
    if (i < text.size() && (text[i] == u'.' || text[i] == u',')) {
        ++i;
        if (!digits())
            return false;
    }
    if (i >= text.size() || text[i].toLower() != u'e')
        return false;
    ++i;
    if (i < text.size() && (text[i] == u'+' || text[i] == u'-'))
        ++i;
    return digits() && i == text.size();
}

PhoneNumber parsePhoneNumber(const QString &typed, const QString &region)
{
    PhoneNumber number;
    number.typed = typed;
    if (looksScientific(typed))
        return number;
    const Plain plain = plainOf(typed);
    if (plain.letters || plain.digits.empty())
        return number;
    number.state = NumberState::Unlikely;
    number.explicitPlus = plain.plus;
    // Longer than any number with its prefixes: two numbers in one cell, or not a number at all.
    if (plain.digits.size() > 40)
        return number;
    if (plain.plus)
        readInternational(plain, number);
    else
        readNational(plain, region, number);
    return number;
}

QString displayNumber(qint64 e164)
{
    if (e164 <= 0)
        return {};
    const std::string digits = std::to_string(e164);
    Parsed parsed;
    std::string text;
    if (util().Parse("+" + digits, "ZZ", &parsed) == Util::NO_PARSING_ERROR)
        util().Format(parsed, Util::INTERNATIONAL, &text);
    std::string shown;
    std::copy_if(text.begin(), text.end(), std::back_inserter(shown), [](char c) { return c >= '0' && c <= '9'; });
    // The library may take out digits (see readInternational): then the plain form is the honest one.
    return shown == digits ? QString::fromStdString(text) : u'+' + latin(digits);
}

QString asOnPremReads(const QString &typed, int ownCountryCode)
{
    const Plain plain = plainOf(typed);
    if (plain.digits.empty())
        return {};
    if (plain.plus || ownCountryCode <= 0)
        return u'+' + latin(plain.digits);
    return u'+' + QString::number(ownCountryCode) + latin(plain.digits);
}

int countryCodeOf(const QString &region)
{
    return util().GetCountryCodeForRegion(region.toUpper().toStdString());
}

QStringList supportedRegions()
{
    std::set<std::string> regions;
    util().GetSupportedRegions(&regions);
    QStringList list;
    for (const std::string &region : regions)
        list.append(latin(region));
    list.sort();
    return list;
}

} // namespace rollcall
