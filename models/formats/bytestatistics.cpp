// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/formats/bytestatistics.h"

#include "models/formats/utf8check.h"

#include <uchardet/uchardet.h>

namespace rollcall {

namespace {

// The detector is slow (10 MB/s); this much text with letters beyond ASCII is plenty for it.
constexpr qint64 detectorBytes = 1024 * 1024;

std::string_view view(QByteArrayView bytes)
{
    return {bytes.data(), std::size_t(bytes.size())};
}

QByteArray bomEncoding(QByteArrayView start)
{
    if (start.startsWith("\xEF\xBB\xBF"))
        return "UTF-8";
    if (start.startsWith("\xFF\xFE"))
        return "UTF-16LE";
    if (start.startsWith("\xFE\xFF"))
        return "UTF-16BE";
    return {};
}

/// Bytes below a blank that no list of people holds.
bool isOddControl(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f' && byte != '\v' && byte != 0x1A
        && byte != 0;
}

} // namespace

void ByteStatistics::Closer::operator()(uchardet *detector) const
{
    uchardet_delete(detector);
}

ByteStatistics::ByteStatistics()
    : m_detector(uchardet_new())
{
}

ByteStatistics::~ByteStatistics() = default;

void ByteStatistics::countUtf8(QByteArrayView bytes, bool last)
{
    std::string_view rest = view(bytes);
    while (!rest.empty()) {
        bool cut = false;
        const std::size_t length = utf8Length(rest, &cut);
        if (cut && !last) {
            m_carry = QByteArray(rest.data(), qsizetype(rest.size()));
            return;
        }
        if (length == 0)
            ++m_broken;
        else if (length > 1)
            ++m_multibyte;
        rest.remove_prefix(std::max<std::size_t>(length, 1));
    }
}

void ByteStatistics::add(QByteArrayView bytes)
{
    if (m_bytes == 0)
        m_bom = bomEncoding(bytes);
    bool beyondAscii = false;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        if (c == '\0')
            ++m_zeros[std::size_t((m_bytes + i) & 1)];
        else if (isOddControl(c))
            ++m_controls;
        beyondAscii = beyondAscii || (c & '\x80') != 0;
    }
    m_bytes += bytes.size();
    if (beyondAscii && m_fed < detectorBytes) {
        const qsizetype part = std::min<qsizetype>(bytes.size(), detectorBytes - m_fed);
        uchardet_handle_data(m_detector.get(), bytes.data(), std::size_t(part));
        m_fed += part;
    }
    if (!beyondAscii && m_carry.isEmpty())
        return;
    if (m_carry.isEmpty()) {
        countUtf8(bytes, false);
    } else {
        const QByteArray joined = std::exchange(m_carry, {}) + bytes;
        countUtf8(joined, false);
    }
}

void ByteStatistics::finish()
{
    countUtf8(std::exchange(m_carry, {}), true);
    uchardet_data_end(m_detector.get());
}

QByteArray ByteStatistics::byZeros() const
{
    // Text of the Latin script in UTF-16 is zeros by half: at odd offsets in little endian, at even ones in big endian.
    const qint64 half = m_bytes / 2;
    if (half < 2)
        return {};
    if (m_zeros[1] * 10 >= half * 3 && m_zeros[0] * 50 <= half)
        return "UTF-16LE";
    if (m_zeros[0] * 10 >= half * 3 && m_zeros[1] * 50 <= half)
        return "UTF-16BE";
    return {};
}

QList<QByteArray> ByteStatistics::encodings() const
{
    QList<QByteArray> list;
    const auto add = [&list](const QByteArray &name) {
        if (!name.isEmpty() && !list.contains(name))
            list.append(name);
    };
    add(m_bom);
    add(byZeros());
    QByteArray detected = uchardet_get_charset(m_detector.get());
    if (detected == "ASCII" || detected == "UTF-16" || detected == "UTF-32")
        detected.clear();
    // A stray broken byte among much good UTF-8 is damage, not another encoding.
    if (m_broken == 0 || m_multibyte > m_broken * 10)
        add("UTF-8");
    // ISO-8859-1 as people use the word is Windows-1252, which only adds to it.
    add(detected == "ISO-8859-1"                       ? QByteArray("windows-1252")
            : detected == "UTF-8"                      ? QByteArray()
            : detected.toLower().startsWith("windows") ? detected.toLower()
                                                       : detected);
    add("UTF-8");
    add("windows-1252");
    add("ISO-8859-15");
    add("UTF-16LE");
    return list;
}

bool ByteStatistics::isBinary() const
{
    const bool wide = m_bom.startsWith("UTF-16") || !byZeros().isEmpty();
    return (!wide && m_zeros[0] + m_zeros[1] > 0) || m_controls * 50 > m_bytes;
}

} // namespace rollcall
