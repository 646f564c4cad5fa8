// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/formats/csvsniffer.h"

#include "models/formats/bytestatistics.h"
#include "models/formats/csvreader.h"
#include "models/formats/textsource.h"

#include <QFile>
#include <algorithm>
#include <cmath>
#include <map>

namespace rollcall {

namespace {

constexpr qint64 sampleBytes = 256 * 1024;
constexpr std::size_t sampleRecords = 300;
constexpr std::size_t longestPreamble = 30; ///< records

QString text(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));
}

struct Table {
    std::vector<CsvRow> records = {}; ///< not blank
    std::size_t spaced = 0; ///< fields that begin with a blank
    std::size_t fields = 0;
};

/// The first records of `sample`; what is cut off by its end is left out.
Table split(const QByteArray &sample, bool whole, char delimiter)
{
    qsizetype at = 0;
    CsvReader reader(
        [&](char *to, qint64 size) -> Result<qint64> {
            const qsizetype n = std::min<qsizetype>(size, sample.size() - at);
            std::copy_n(sample.constData() + at, n, to);
            at += n;
            return qint64(n);
        },
        delimiter);
    Table table;
    CsvRecord record;
    while (table.records.size() < sampleRecords) {
        const auto more = reader.next(record);
        if (!more || !*more)
            break;
        if (!whole && record.offset + qint64(record.raw.size()) >= sample.size())
            break;
        if (record.blank())
            continue;
        CsvRow row{record.line, {}};
        for (const std::string_view field : record.fields) {
            row.fields.append(text(field));
            table.spaced += std::size_t(field.starts_with(' '));
        }
        table.fields += record.fields.size();
        table.records.push_back(std::move(row));
    }
    return table;
}

qsizetype usualWidth(const Table &table, std::size_t *howMany = nullptr)
{
    std::map<qsizetype, std::size_t> widths;
    for (const CsvRow &row : table.records)
        ++widths[row.fields.size()];
    const auto usual = std::max_element(
        widths.begin(), widths.end(), [](const auto &a, const auto &b) { return a.second < b.second; });
    if (howMany)
        *howMany = usual == widths.end() ? 0 : usual->second;
    return usual == widths.end() ? 0 : usual->first;
}

/// How much the text looks like a table with this delimiter: the share of rows of one width counts twice, more columns
/// count more, blanks behind the delimiter (as in prose and "Last, First") speak against it.
double score(const Table &table)
{
    std::size_t same = 0;
    const qsizetype width = usualWidth(table, &same);
    if (width < 2 || table.records.empty())
        return 0;
    const double share = double(same) / double(table.records.size());
    const double spaced = double(table.spaced) / double(table.fields);
    return share * share * std::log2(double(width)) * (1.0 - 0.6 * spaced);
}

bool looksLikeData(const QString &field)
{
    if (field.contains(u'@'))
        return true;
    const auto digits = std::count_if(field.begin(), field.end(), [](QChar c) { return c.isDigit(); });
    bool number = false;
    field.trimmed().toDouble(&number);
    return digits >= 5 || number;
}

qsizetype filled(const CsvRow &row)
{
    return std::count_if(
        row.fields.begin(), row.fields.end(), [](const QString &field) { return !field.trimmed().isEmpty(); });
}

/// Titles above the table: fewer columns than it has, or a single one filled in of many.
std::size_t preambleOf(const Table &table)
{
    const qsizetype width = usualWidth(table);
    if (width < 2)
        return 0;
    std::size_t at = 0;
    const std::size_t end = std::min(table.records.size(), longestPreamble);
    for (; at < end; ++at) {
        const CsvRow &row = table.records[at];
        if (filled(row) >= 2 && row.fields.size() * 2 > width)
            break;
        // A row that holds nothing but a number may well be a person.
        if (filled(row) == 1 && std::any_of(row.fields.begin(), row.fields.end(), looksLikeData))
            break;
    }
    return at == end ? 0 : at;
}

void placeTable(const Table &table, CsvFormat &format)
{
    format.firstLine = 1;
    format.header = false;
    if (table.records.empty())
        return;
    const std::size_t first = preambleOf(table);
    const CsvRow &top = table.records[first];
    if (first > 0)
        format.firstLine = top.line;
    format.header = std::none_of(top.fields.begin(), top.fields.end(), looksLikeData);
}

struct Sample {
    QByteArray text = {};
    bool whole = false;
};

Result<Sample> readBeginning(const QString &path, const QByteArray &encoding)
{
    auto source = TextSource::open(path, encoding);
    if (!source)
        return source.failure();
    Sample sample{QByteArray(sampleBytes, Qt::Uninitialized), false};
    qint64 size = 0;
    while (size < sampleBytes) {
        const auto got = (*source)->read(sample.text.data() + size, sampleBytes - size);
        if (!got)
            return got.failure();
        sample.whole = *got == 0;
        if (sample.whole)
            break;
        size += *got;
    }
    sample.text.truncate(size);
    return sample;
}

Failure badInput(const QString &path, const char *detail)
{
    return {.kind = Failure::Kind::BadInput, .detail = QString::fromLatin1(detail), .subject = path};
}

/// Feeds the whole file to `statistics`. Answers its first bytes.
Result<QByteArray> scanBytes(const QString &path, const JobControl &control, ByteStatistics &statistics)
{
    // "UTF-8" hands the bytes over as they are, without a BOM.
    QFile file(path);
    if (const auto check = TextSource::open(path, "UTF-8"); !check)
        return check.failure();
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return Failure{.kind = Failure::Kind::Storage, .detail = file.errorString(), .subject = path};
    const qint64 size = file.size();
    QByteArray piece(sampleBytes, Qt::Uninitialized);
    QByteArray first;
    // No further than the size it had: a log that is being written would never end.
    for (qint64 done = 0; done < size;) {
        if (control.cancelled())
            return Failure{.kind = Failure::Kind::Cancelled};
        const qint64 got = file.read(piece.data(), std::min<qint64>(piece.size(), size - done));
        if (got < 0)
            return Failure{.kind = Failure::Kind::Storage, .detail = file.errorString(), .subject = path};
        if (got == 0)
            break;
        if (done == 0)
            first = piece.first(std::min<qint64>(got, 8));
        statistics.add(QByteArrayView(piece.constData(), got));
        done += got;
    }
    statistics.finish();
    return first;
}

} // namespace

Result<CsvGuess> guessCsv(const QString &path, const JobControl &control)
{
    ByteStatistics statistics;
    const auto first = scanBytes(path, control, statistics);
    if (!first)
        return first.failure();
    if (first->startsWith("PK\x03\x04"))
        return badInput(path, "workbook");
    if (statistics.isBinary())
        return badInput(path, "binary");
    CsvGuess guess;
    guess.encodings = statistics.encodings();
    guess.format.encoding = guess.encodings.first();
    guess.bom = statistics.hasBom();
    guess.brokenBytes = guess.format.encoding == "UTF-8" ? statistics.brokenUtf8() : 0;
    guess.bytes = QFile(path).size();
    const auto sample = readBeginning(path, guess.format.encoding);
    if (!sample)
        return sample.failure();
    if (sample->whole && sample->text.trimmed().isEmpty())
        return badInput(path, "empty");

    std::vector<std::pair<double, char>> scores;
    for (const char delimiter : csvDelimiters)
        scores.emplace_back(score(split(sample->text, sample->whole, delimiter)), delimiter);
    std::stable_sort(scores.begin(), scores.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    for (const auto &[points, delimiter] : scores)
        guess.delimiters.push_back(delimiter);
    guess.format.delimiter = guess.delimiters.front();
    placeTable(split(sample->text, sample->whole, guess.format.delimiter), guess.format);
    return guess;
}

Result<CsvFormat> guessTable(const QString &path, const QByteArray &encoding, char delimiter)
{
    const auto sample = readBeginning(path, encoding);
    if (!sample)
        return sample.failure();
    CsvFormat format{encoding, delimiter, false, 1};
    placeTable(split(sample->text, sample->whole, delimiter), format);
    return format;
}

Result<CsvSample> readSample(const QString &path, const CsvFormat &format, qsizetype limit)
{
    auto source = TextSource::open(path, format.encoding);
    if (!source)
        return source.failure();
    CsvReader reader([&source](char *to, qint64 size) { return (*source)->read(to, size); }, format.delimiter);
    CsvSample sample;
    CsvRecord record;
    bool header = format.header;
    while (qsizetype(sample.rows.size()) < limit) {
        const auto more = reader.next(record);
        if (!more)
            return more.failure();
        if (!*more)
            break;
        if (record.line < format.firstLine || record.blank())
            continue;
        CsvRow row{record.line, {}};
        for (const std::string_view field : record.fields)
            row.fields.append(text(field));
        if (sample.header.isEmpty())
            sample.columns = std::max(sample.columns, row.fields.size());
        if (std::exchange(header, false))
            sample.header = row.fields;
        else
            sample.rows.push_back(std::move(row));
    }
    return sample;
}

} // namespace rollcall
