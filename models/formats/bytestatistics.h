// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <array>
#include <memory>

struct uchardet;

namespace rollcall {

/// What the bytes of a file tell about its encoding, fed piece by piece. Pure.
class ByteStatistics final {
public:
    ByteStatistics();
    ~ByteStatistics();
    ByteStatistics(const ByteStatistics &) = delete;
    ByteStatistics &operator=(const ByteStatistics &) = delete;

    void add(QByteArrayView bytes);
    void finish();

    /// Likely encodings, best first; never empty. UTF-16 by BOM or by where its zero bytes lie.
    [[nodiscard]] QList<QByteArray> encodings() const;
    [[nodiscard]] bool hasBom() const { return !m_bom.isEmpty(); }
    /// Zero bytes that no UTF-16 explains, or too many control bytes: no text.
    [[nodiscard]] bool isBinary() const;
    [[nodiscard]] qint64 brokenUtf8() const { return m_broken; }

private:
    struct Closer {
        void operator()(uchardet *detector) const;
    };
    void countUtf8(QByteArrayView bytes, bool last);
    [[nodiscard]] QByteArray byZeros() const;

    std::unique_ptr<uchardet, Closer> m_detector;
    QByteArray m_bom; ///< the encoding a BOM names
    QByteArray m_carry; ///< a sequence cut off by the end of the last piece
    qint64 m_bytes = 0;
    qint64 m_controls = 0;
    std::array<qint64, 2> m_zeros{}; ///< at even and odd offsets
    qint64 m_multibyte = 0; ///< well-formed UTF-8 sequences beyond ASCII
    qint64 m_broken = 0;
    qint64 m_fed = 0; ///< bytes given to the detector
};

} // namespace rollcall
