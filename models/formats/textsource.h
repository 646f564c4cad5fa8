// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QFile>
#include <QString>
#include <memory>
#include <vector>

struct UConverter;

namespace rollcall {

/// A text file read once from front to back as UTF-8, in bounded memory, whatever its encoding. Reads, never maps: a
/// file that is cut short meanwhile ends in a Failure, not in a SIGBUS. Any one thread.
class TextSource final {
public:
    /// `encoding`: "UTF-8" (bytes pass as they are, a BOM is left out), "UTF-16LE", "UTF-16BE" or any name ICU knows.
    /// Failures: NotFound, ReadOnly (may not be read), BadInput (no plain file: folder, FIFO, device; unknown
    /// encoding).
    static Result<std::unique_ptr<TextSource>> open(const QString &path, const QByteArray &encoding);
    ~TextSource();
    TextSource(const TextSource &) = delete;
    TextSource &operator=(const TextSource &) = delete;

    /// Up to `size` bytes of UTF-8; 0 = end. Bytes that mean nothing in the file's encoding come as U+FFFD, except from
    /// UTF-8, whose bytes are not touched. At the end a file that grew, shrank or was written meanwhile is a BadInput.
    Result<qint64> read(char *to, qint64 size);

    [[nodiscard]] bool isUtf8() const { return !m_converter; }
    [[nodiscard]] qint64 bytes() const { return m_size; } ///< of the file when it was opened
    [[nodiscard]] qint64 bytesRead() const { return m_read; } ///< of the file, so far
    [[nodiscard]] int bomBytes() const { return m_bom; }
    [[nodiscard]] QByteArray sha256() const; ///< of the file's bytes read so far

private:
    struct Closer {
        void operator()(UConverter *converter) const;
    };
    using Converter = std::unique_ptr<UConverter, Closer>;

    TextSource() = default;
    Result<qint64> readRaw(char *to, qint64 size);
    Result<qint64> readConverted(char *to, qint64 size);
    [[nodiscard]] bool changedMeanwhile() const;

    QFile m_file;
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    Converter m_converter;
    Converter m_utf8;
    std::vector<char> m_raw; ///< bytes of the file not yet converted lie in [m_rawAt, m_rawEnd)
    std::vector<char16_t> m_pivot;
    char16_t *m_pivotSource = nullptr;
    char16_t *m_pivotTarget = nullptr;
    qint64 m_rawAt = 0;
    qint64 m_rawEnd = 0;
    qint64 m_size = 0;
    qint64 m_changedMs = 0;
    qint64 m_read = 0;
    int m_bom = 0;
    bool m_atEnd = false;
    bool m_drained = false; ///< the converter has given its last byte
};

} // namespace rollcall
