// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/formats/csvreader.h"

#include "models/formats/utf8check.h"

#include <algorithm>
#include <cstring>

namespace rollcall {

namespace {

constexpr std::size_t firstBuffer = 256 * 1024;
constexpr std::string_view replacement = "\xEF\xBF\xBD"; // U+FFFD

qint64 lineEndsIn(std::string_view text)
{
    qint64 count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')))
            ++count;
    }
    return count;
}

} // namespace

bool CsvRecord::blank() const
{
    return trouble == Trouble::None && std::all_of(fields.begin(), fields.end(), [](std::string_view field) {
        return field.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
    });
}

CsvReader::CsvReader(Source source, char delimiter, bool replacedIsTrouble, CsvLimits limits)
    : m_source(std::move(source))
    , m_delimiter(delimiter)
    , m_replacedIsTrouble(replacedIsTrouble)
    , m_limits(limits)
    , m_buffer(firstBuffer)
{
    for (const char stop : {delimiter, '\r', '\n', '\0'})
        m_stops[static_cast<unsigned char>(stop)] = true;
}

Failure CsvReader::failure(const char *detail) const
{
    return {.kind = Failure::Kind::BadInput, .detail = QString::fromLatin1(detail), .code = int(m_line)};
}

Result<bool> CsvReader::fill()
{
    if (m_begin > 0) {
        std::memmove(m_buffer.data(), m_buffer.data() + m_begin, m_end - m_begin);
        m_end -= m_begin;
        m_begin = 0;
    }
    if (m_end > m_limits.recordBytes)
        return failure(m_severalLines ? "quote-not-closed" : "line-too-long");
    if (m_end * 2 > m_buffer.size())
        m_buffer.resize(m_buffer.size() * 2);
    const auto got = m_source(m_buffer.data() + m_end, qint64(m_buffer.size() - m_end));
    if (!got)
        return got.failure();
    m_end += std::size_t(*got);
    m_atEnd = *got == 0;
    return !m_atEnd;
}

CsvReader::Scan CsvReader::endField(std::size_t &at)
{
    if (m_spans.size() > m_limits.columns)
        return Scan::TooManyColumns;
    m_rawEnd = at;
    if (at == m_end) {
        m_recordEnds = true;
        m_next = at;
        return m_atEnd ? Scan::Complete : Scan::NeedMore;
    }
    const char stop = m_buffer[at];
    if (stop == '\0')
        return Scan::Nul;
    ++at;
    m_recordEnds = stop != m_delimiter;
    if (stop == '\r' && m_recordEnds) {
        if (at == m_end && !m_atEnd)
            return Scan::NeedMore;
        if (at < m_end && m_buffer[at] == '\n')
            ++at;
    }
    m_next = at;
    return Scan::Complete;
}

CsvReader::Scan CsvReader::scanPlain(std::size_t &at, bool afterQuotes)
{
    const std::size_t from = at;
    while (at < m_end && !m_stops[static_cast<unsigned char>(m_buffer[at])])
        ++at;
    if (afterQuotes) {
        m_arena.append(m_buffer.data() + from, at - from);
        m_spans.back().size += at - from;
    } else {
        m_spans.push_back({false, from, at - from});
    }
    return endField(at);
}

CsvReader::Scan CsvReader::scanQuoted(std::size_t &at)
{
    ++at;
    Span span{false, at, 0};
    while (true) {
        const char *from = m_buffer.data() + at;
        const auto *quote = static_cast<const char *>(std::memchr(from, '"', m_end - at));
        const std::string_view part(from, quote ? std::size_t(quote - from) : m_end - at);
        if (part.find('\0') != std::string_view::npos)
            return Scan::Nul;
        m_severalLines = m_severalLines || part.find_first_of("\r\n") != std::string_view::npos;
        at += part.size();
        if (!quote)
            return m_atEnd ? Scan::OpenQuote : Scan::NeedMore;
        if (at + 1 == m_end && !m_atEnd)
            return Scan::NeedMore;
        const char next = at + 1 < m_end ? m_buffer[at + 1] : '\n';
        const bool doubled = next == '"';
        const bool textFollows = !doubled && !m_stops[static_cast<unsigned char>(next)];
        if (!span.inArena && (doubled || textFollows))
            span = {true, m_arena.size(), 0};
        span.size += part.size();
        if (span.inArena)
            m_arena.append(part);
        ++at;
        if (doubled) {
            m_arena += '"';
            ++span.size;
            ++at;
            continue;
        }
        m_spans.push_back(span);
        return textFollows ? scanPlain(at, true) : endField(at);
    }
}

CsvReader::Scan CsvReader::scan(bool quotesCount)
{
    m_spans.clear();
    m_arena.clear();
    m_severalLines = false;
    m_recordEnds = false;
    std::size_t at = m_begin;
    while (!m_recordEnds) {
        const bool quoted = quotesCount && at < m_end && m_buffer[at] == '"';
        const Scan result = quoted ? scanQuoted(at) : scanPlain(at, false);
        if (result != Scan::Complete)
            return result;
    }
    return Scan::Complete;
}

void CsvReader::deliver(CsvRecord &record, CsvRecord::Trouble trouble)
{
    record.line = m_line;
    record.offset = m_offset;
    record.raw = {m_buffer.data() + m_begin, m_rawEnd - m_begin};
    record.trouble = trouble;
    record.troubleAt = 0;
    record.fields.clear();
    record.fields.reserve(m_spans.size());
    for (const Span &span : m_spans)
        record.fields.emplace_back((span.inArena ? m_arena.data() : m_buffer.data()) + span.at, span.size);
    if (trouble == CsvRecord::Trouble::None) {
        const std::size_t bad = m_replacedIsTrouble ? record.raw.find(replacement) : firstBadUtf8(record.raw);
        if (bad != std::string_view::npos) {
            record.trouble = CsvRecord::Trouble::Encoding;
            record.troubleAt = m_offset + qint64(bad);
        }
    }
    if (m_severalLines)
        m_line += lineEndsIn(record.raw);
    if (m_next > m_rawEnd)
        ++m_line;
    m_offset += qint64(m_next - m_begin);
    m_begin = m_next;
}

Result<bool> CsvReader::next(CsvRecord &record)
{
    while (true) {
        if (m_begin == m_end && m_atEnd)
            return false;
        switch (m_begin == m_end ? Scan::NeedMore : scan(true)) {
        case Scan::Complete:
            deliver(record, CsvRecord::Trouble::None);
            return true;
        case Scan::OpenQuote:
            // A stray quote must not swallow the rest of the file: its line alone is in trouble.
            if (const Scan line = scan(false); line == Scan::Complete) {
                deliver(record, CsvRecord::Trouble::OpenQuote);
                return true;
            } else if (line == Scan::TooManyColumns) {
                return failure("too-many-columns");
            }
            return failure("nul-byte");
        case Scan::TooManyColumns:
            return failure("too-many-columns");
        case Scan::Nul:
            return failure("nul-byte");
        case Scan::NeedMore:
            if (const auto more = fill(); !more)
                return more.failure();
            break;
        }
    }
}

} // namespace rollcall
