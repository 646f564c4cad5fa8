// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a block list, or the numbers of any file.
#include "models/base/json.h"
#include "models/exchange/blocklistfile.h"
#include "models/exchange/internal/blocklistwords.h"
#include "models/formats/csvreader.h"
#include "models/formats/csvsniffer.h"
#include "models/formats/numbersintext.h"
#include "models/formats/textsource.h"

#include <unordered_set>

namespace rollcall {

namespace {

constexpr qsizetype mostReason = 100; // as the dialog takes it

/// The whole file as UTF-8.
Result<QByteArray> textOf(const QString &file)
{
    const Result<CsvGuess> guess = guessCsv(file);
    if (!guess)
        return guess.failure();
    Result<std::unique_ptr<TextSource>> source = TextSource::open(file, guess->format.encoding);
    if (!source)
        return source.failure();
    if ((*source)->bytes() > mostBlockListBytes)
        return Failure{.kind = Failure::Kind::TooLarge, .subject = file};
    QByteArray text;
    constexpr qint64 piece = 256 * 1024;
    for (;;) {
        const qsizetype before = text.size();
        text.resize(before + piece);
        const Result<qint64> got = (*source)->read(text.data() + before, piece);
        if (!got)
            return got.failure();
        text.resize(before + qsizetype(*got));
        if (*got == 0)
            return text;
        if (text.size() > 2 * mostBlockListBytes) // UTF-16 grows
            return Failure{.kind = Failure::Kind::TooLarge, .subject = file};
    }
}

/// Collects the lines of our own format: each number once, the first line counts.
class Collector {
public:
    explicit Collector(QString region)
        : m_region(std::move(region))
    {
        m_list.own = true;
    }
    void add(const QString &number, const QString &reason)
    {
        const PhoneNumber parsed = parsePhoneNumber(number.trimmed(), m_region);
        if (!parsed.hasE164()) {
            if (!number.trimmed().isEmpty())
                m_list.notNumbers << number;
        } else if (!m_met.insert(parsed.e164).second) {
            ++m_list.repeated;
        } else {
            m_list.numbers.push_back({parsed, reason.simplified().left(mostReason)});
        }
    }
    BlockList take() { return std::move(m_list); }

private:
    const QString m_region;
    BlockList m_list;
    std::unordered_set<qint64> m_met;
};

Failure notAList(const QString &file)
{
    return {.kind = Failure::Kind::BadInput, .detail = QStringLiteral("list"), .subject = file};
}

Result<BlockList> readJson(const QByteArray &text, const QString &file, const QString &region)
{
    const Result<Json> json = parseJson(text);
    if (!json || (*json)[u"rollcall_block_list"].toInteger() != 1 || !(*json)[u"lines"].isArray())
        return notAList(file);
    Collector collector(region);
    for (const Json &line : (*json)[u"lines"].array())
        collector.add(line[u"number"].toString(), line[u"reason"].toString());
    return collector.take();
}

/// Takes back the apostrophe that the export put before what a spreadsheet would calculate.
QString plainCell(std::string_view cell)
{
    const QString text = QString::fromUtf8(cell.data(), qsizetype(cell.size()));
    const bool defused = text.size() > 1 && text[0] == u'\'' && QStringView(u"=+-@\t\r").contains(text[1]);
    return defused ? text.mid(1) : text;
}

/// A spreadsheet that saved the list again may have chosen another one.
char delimiterOf(const QByteArray &text)
{
    const qsizetype header = text.indexOf('\n') + 1;
    const QByteArray line = text.mid(header, std::max<qsizetype>(text.indexOf('\n', header) - header, 0));
    for (const char delimiter : csvDelimiters)
        if (line.contains(delimiter))
            return delimiter;
    return csvDelimiters[0];
}

Result<BlockList> readCsv(const QByteArray &text, const QString &file, const QString &region)
{
    qsizetype at = 0;
    CsvReader reader(
        [&text, &at](char *to, qint64 size) -> Result<qint64> {
            const qsizetype part = std::min<qsizetype>(size, text.size() - at);
            std::copy_n(text.constData() + at, part, to);
            at += part;
            return qint64(part);
        },
        delimiterOf(text));
    CsvRecord record;
    Collector collector(region);
    constexpr std::size_t needed = std::size(blockListColumns);
    for (int number = 0;; ++number) {
        const Result<bool> more = reader.next(record);
        if (!more)
            return more.failure();
        if (!*more)
            return number > 1 ? Result<BlockList>(collector.take()) : Result<BlockList>(notAList(file));
        if (number == 1 && (record.fields.size() < needed || record.fields[0] != blockListColumns[0]))
            return notAList(file);
        if (number < 2 || record.blank())
            continue;
        if (record.fields.size() < needed || record.trouble != CsvRecord::Trouble::None)
            return notAList(file); // another program wrote into it: half a list is no list
        collector.add(plainCell(record.fields[0]), plainCell(record.fields[4]));
    }
}

BlockList readAny(const QByteArray &text, const QString &region)
{
    NumbersInText found = findNumbers(QString::fromUtf8(text), region);
    BlockList list;
    list.numbers.reserve(found.ready.size());
    for (PhoneNumber &number : found.ready)
        list.numbers.push_back({std::move(number), {}});
    list.needCountry = std::move(found.needCountry);
    list.notNumbers = std::move(found.notNumbers);
    list.repeated = found.repeated;
    list.truncated = found.truncated;
    return list;
}

} // namespace

Result<BlockList> readBlockList(const QString &file, const QString &region)
{
    const Result<QByteArray> text = textOf(file);
    if (!text)
        return text.failure();
    const QByteArray begin = text->left(200).trimmed();
    if (begin.startsWith("{\"rollcall_block_list\""))
        return readJson(*text, file, region);
    if (begin.startsWith(QByteArray(QByteArray("\"") + blockListMark)) || begin.startsWith(blockListMark))
        return readCsv(*text, file, region);
    return readAny(*text, region);
}

} // namespace rollcall
