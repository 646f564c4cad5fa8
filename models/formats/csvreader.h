// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"
#include "models/formats/csvformat.h"

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall {

/// One record. The views are valid until the next call of CsvReader::next().
struct CsvRecord {
    enum class Trouble {
        None,
        Encoding, ///< bytes that are no text in the file's encoding; troubleAt says where
        OpenQuote, ///< a quote that is never closed: only this line is taken, as it stands
        OpenCard, ///< never of CsvReader: a vCard without an end, or too long to be one (models/exchange/vcardrows.h)
    };
    qint64 line = 0; ///< of its first byte, counted from 1; lines inside quotes count
    qint64 offset = 0; ///< of its first byte in the text read (after a BOM)
    std::vector<std::string_view> fields = {}; ///< UTF-8, quotes removed
    std::string_view raw = {}; ///< as it stands in the file, without the line end
    Trouble trouble = Trouble::None;
    qint64 troubleAt = 0; ///< byte offset as `offset` counts

    [[nodiscard]] bool blank() const; ///< every field empty or white space
};

/// Splits UTF-8 text into records, in bounded memory: RFC 4180 with the leniency of everyday files (as Python's csv
/// module has it): CR, LF and CRLF end a record, mixed too; a quote inside an unquoted field is itself; text behind a
/// closing quote is kept.
class CsvReader final {
public:
    /// Gives up to `size` bytes; 0 = end.
    using Source = std::function<Result<qint64>(char *to, qint64 size)>;

    /// `replacedIsTrouble`: the source writes U+FFFD for broken bytes, so a record with one is in Trouble::Encoding.
    CsvReader(Source source, char delimiter, bool replacedIsTrouble = false, CsvLimits limits = {});

    /// The next record, blank ones included; false at the end. Failures: what the source gave; BadInput with detail
    /// "line-too-long", "quote-not-closed", "too-many-columns" or "nul-byte", the line in `code`.
    Result<bool> next(CsvRecord &record);

private:
    enum class Scan { Complete, NeedMore, OpenQuote, TooManyColumns, Nul };
    struct Span {
        bool inArena = false;
        std::size_t at = 0;
        std::size_t size = 0;
    };

    Result<bool> fill(); ///< false at the end of the source
    Scan scan(bool quotesCount);
    Scan scanQuoted(std::size_t &at);
    Scan scanPlain(std::size_t &at, bool afterQuotes);
    Scan endField(std::size_t &at);
    void deliver(CsvRecord &record, CsvRecord::Trouble trouble);
    [[nodiscard]] Failure failure(const char *detail) const;

    Source m_source;
    char m_delimiter;
    bool m_replacedIsTrouble;
    CsvLimits m_limits;
    std::vector<char> m_buffer;
    std::size_t m_begin = 0; ///< first byte of the record being read
    std::size_t m_end = 0; ///< end of what was read
    std::size_t m_next = 0; ///< behind the record and its line end
    std::size_t m_rawEnd = 0; ///< behind the record
    qint64 m_line = 1;
    qint64 m_offset = 0; ///< of m_begin
    bool m_atEnd = false;
    bool m_recordEnds = false; ///< set by endField()
    bool m_severalLines = false; ///< a line end stands inside quotes
    std::array<bool, 256> m_stops{}; ///< bytes that end an unquoted field
    std::string m_arena; ///< fields whose doubled quotes were undone
    std::vector<Span> m_spans;
};

} // namespace rollcall
