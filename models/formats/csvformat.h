// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <cstddef>

namespace rollcall {

/// How a file of separated values is to be read. Quotes are always '"', doubled inside (RFC 4180).
struct CsvFormat {
    QByteArray encoding = "UTF-8"; ///< as TextSource::open() takes it
    char delimiter = ','; ///< , ; tab or |
    bool header = true; ///< the first record of the table names the columns
    qint64 firstLine = 1; ///< line of the file in which the table begins; what stands before is preamble
    bool cards
        = false; ///< no table but a file of vCards (models/exchange/vcardrows.h): all of the above is of no meaning
    friend bool operator==(const CsvFormat &, const CsvFormat &) = default;
};

inline constexpr char csvDelimiters[] = {',', ';', '\t', '|'};

/// What a record may hold. Real lists are far below; beyond it the file is not what it claims to be.
struct CsvLimits {
    std::size_t recordBytes = 4 * 1024 * 1024;
    std::size_t columns = 16'384; ///< as many as a spreadsheet has
};

} // namespace rollcall
