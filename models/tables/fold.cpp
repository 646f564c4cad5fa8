// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/fold.h"

#include <QByteArrayView>
#include <QList>
#include <algorithm>

namespace rollcall {
namespace {

// Marks that people leave out when they type. Marks of scripts where they are vowels (Devanagari, Thai) stay: without
// them other words would match.
bool isDiacritic(char32_t c)
{
    return (c >= 0x300 && c <= 0x36F) || (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x1DC0 && c <= 0x1DFF)
        || (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE20 && c <= 0xFE2F) || (c >= 0x64B && c <= 0x65F) || c == 0x670
        || (c >= 0x591 && c <= 0x5C7);
}

// Letters with a stroke that Unicode does not take apart; after case folding.
const char *strokeless(char32_t c)
{
    switch (c) {
    case 0xDF:
    case 0x1E9E: // Qt folds case letter by letter
        return "ss";
    case 0xE6:
        return "ae";
    case 0xF0:
    case 0x111:
        return "d";
    case 0xF8:
        return "o";
    case 0xFE:
        return "th";
    case 0x127:
        return "h";
    case 0x131:
        return "i";
    case 0x142:
        return "l";
    case 0x153:
        return "oe";
    case 0x167:
        return "t";
    default:
        return nullptr;
    }
}

void appendUtf8(std::string &out, char32_t c)
{
    const auto byte = [&out](char32_t value) { out.push_back(static_cast<char>(value)); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xC0 | (c >> 6));
        byte(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        byte(0xE0 | (c >> 12));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    } else {
        byte(0xF0 | (c >> 18));
        byte(0x80 | ((c >> 12) & 0x3F));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    }
}

void appendAnyFolded(std::string &out, QStringView text)
{
    const QString plain = text.toString().normalized(QString::NormalizationForm_KD).toCaseFolded();
    for (const char32_t c : plain.toUcs4()) {
        if (isDiacritic(c) || QChar::category(c) == QChar::Other_Format)
            continue;
        if (const int digit = QChar::digitValue(c); digit >= 0)
            out.push_back(static_cast<char>('0' + digit));
        else if (const char *letters = strokeless(c))
            out.append(letters);
        else
            appendUtf8(out, c);
    }
}

} // namespace

void appendFolded(std::string &out, QStringView text)
{
    // Most text is ASCII; only the runs that are not take the long way (normalising 1 us each).
    for (qsizetype at = 0; at < text.size();) {
        const char16_t c = text[at].unicode();
        if (c < 0x80) {
            const char byte = static_cast<char>(c);
            out.push_back(byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + ('a' - 'A')) : byte);
            ++at;
            continue;
        }
        qsizetype end = at + 1;
        while (end < text.size() && text[end].unicode() >= 0x80)
            ++end;
        appendAnyFolded(out, text.sliced(at, end - at));
        at = end;
    }
}

std::string folded(QStringView text)
{
    std::string out;
    appendFolded(out, text);
    return out;
}

std::string digitsOf(QStringView text)
{
    std::string out;
    for (const QChar c : text) {
        if (const int digit = c.digitValue(); digit >= 0 && c.isDigit())
            out.push_back(static_cast<char>('0' + digit));
    }
    return out;
}

Needle needleOf(const QString &typed)
{
    Needle needle;
    needle.text = folded(typed.trimmed());
    std::erase(needle.text, '\x1f'); // parts the fields in the buffer
    const bool likeANumber = std::all_of(needle.text.begin(), needle.text.end(),
        [](char c) { return (c >= '0' && c <= '9') || QByteArrayView("+-./() ").contains(c); });
    if (likeANumber)
        needle.digits = digitsOf(QString::fromStdString(needle.text));
    if (needle.digits == needle.text)
        needle.digits.clear();
    return needle;
}

} // namespace rollcall
