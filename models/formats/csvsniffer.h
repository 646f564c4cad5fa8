// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/progress.h"
#include "models/base/result.h"
#include "models/formats/csvformat.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <vector>

namespace rollcall {

/// What a file seems to be. A guess: shown as one, with the alternatives.
struct CsvGuess {
    CsvFormat format = {};
    std::vector<char> delimiters = {}; ///< likely ones first, the guess included
    QList<QByteArray> encodings = {}; ///< likely ones first, the guess included
    bool bom = false; ///< the encoding is no guess
    qint64 brokenBytes = 0; ///< places that are no text in that encoding (UTF-8 only), whole file
    qint64 bytes = 0;
};

/// Reads the whole file once for the encoding (BOM, then strict UTF-8, then statistics) and its beginning for
/// delimiter, preamble and header. Memory bounded; 1 GB takes about 2 s. Failures: as TextSource::open(); BadInput with
/// detail "empty", "binary", "workbook" (a zip: .xlsx, .ods); Cancelled.
[[nodiscard]] Result<CsvGuess> guessCsv(const QString &path, const JobControl &control = {});

/// Where the table begins and whether its first record names the columns, for an encoding and delimiter that are known.
/// Failures: as TextSource::open() and CsvReader::next().
[[nodiscard]] Result<CsvFormat> guessTable(const QString &path, const QByteArray &encoding, char delimiter);

/// One record of a preview, as text.
struct CsvRow {
    qint64 line = 0;
    QStringList fields = {};
};
struct CsvSample {
    QStringList header = {}; ///< empty without a header row
    std::vector<CsvRow> rows = {}; ///< blank ones left out
    qsizetype columns = 0; ///< as many as the header has; without one, as the widest of the rows
};
/// The first `limit` rows of the table. Broken bytes show as U+FFFD. Failures: as TextSource::open() and
/// CsvReader::next() as far as they lie within these rows.
[[nodiscard]] Result<CsvSample> readSample(const QString &path, const CsvFormat &format, qsizetype limit);

} // namespace rollcall
