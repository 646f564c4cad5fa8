// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/formats/imageformat.h"

#include <optional>

namespace rollcall {
namespace {

using Size = std::pair<qint64, qint64>;

/// Bytes that may not be there: reads past the end give nothing.
class Bytes {
public:
    explicit Bytes(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }
    [[nodiscard]] bool holds(qsizetype at, QByteArrayView what) const
    {
        return at + what.size() <= m_bytes.size() && m_bytes.sliced(at, what.size()) == what;
    }
    [[nodiscard]] std::optional<qint64> big(qsizetype at, int count) const { return number(at, count, true); }
    [[nodiscard]] std::optional<qint64> little(qsizetype at, int count) const { return number(at, count, false); }

private:
    [[nodiscard]] std::optional<qint64> number(qsizetype at, int count, bool bigEndian) const
    {
        if (at < 0 || at + count > m_bytes.size())
            return std::nullopt;
        qint64 value = 0;
        for (int i = 0; i < count; ++i)
            value = value * 256 + static_cast<unsigned char>(m_bytes[at + (bigEndian ? i : count - 1 - i)]);
        return value;
    }
    QByteArrayView m_bytes;
};

std::optional<Size> sizeOf(std::optional<qint64> width, std::optional<qint64> height)
{
    return width && height ? std::optional(Size(*width, *height)) : std::nullopt;
}

std::optional<Size> pngSize(const Bytes &bytes)
{
    return bytes.holds(12, "IHDR") ? sizeOf(bytes.big(16, 4), bytes.big(20, 4)) : std::nullopt;
}

/// Walks the segments to the frame header; one that comes after the picture's data, or tells no height, is none.
std::optional<Size> jpegSize(const Bytes &bytes)
{
    qsizetype at = 2;
    while (bytes.big(at, 1) == 0xff) {
        while (bytes.big(at, 1) == 0xff)
            ++at; // fill bytes
        const qint64 marker = bytes.big(at++, 1).value_or(0xd9);
        if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7))
            continue; // without a segment
        if (marker == 0x00 || marker >= 0xf0 || marker == 0xd8 || marker == 0xd9 || marker == 0xda)
            return std::nullopt;
        const bool isFrame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
        if (isFrame)
            return sizeOf(bytes.big(at + 5, 2), bytes.big(at + 3, 2));
        const std::optional<qint64> length = bytes.big(at, 2);
        if (!length || *length < 2)
            return std::nullopt;
        at += *length;
    }
    return std::nullopt;
}

std::optional<Size> webpSize(const Bytes &bytes)
{
    constexpr qint64 fourteenBits = 0x3fff;
    if (bytes.holds(12, "VP8 ")) {
        const auto width = bytes.little(26, 2);
        const auto height = bytes.little(28, 2);
        if (!width || !height || !bytes.holds(23, "\x9d\x01\x2a"))
            return std::nullopt;
        return Size(*width & fourteenBits, *height & fourteenBits);
    }
    if (bytes.holds(12, "VP8L")) {
        const auto bits = bytes.little(21, 4);
        if (!bits || bytes.little(20, 1) != 0x2f)
            return std::nullopt;
        return Size((*bits & fourteenBits) + 1, ((*bits >> 14) & fourteenBits) + 1);
    }
    if (bytes.holds(12, "VP8X")) {
        const auto width = bytes.little(24, 3);
        const auto height = bytes.little(27, 3);
        return width && height ? std::optional(Size(*width + 1, *height + 1)) : std::nullopt;
    }
    return std::nullopt;
}

Failure unreadable(const char *why)
{
    return {Failure::Kind::BadInput, QString::fromLatin1(why)};
}

} // namespace

Result<ImageHeader> readImageHeader(QByteArrayView view)
{
    const Bytes bytes(view);
    ImageHeader header;
    std::optional<Size> size;
    if (bytes.holds(0, "\x89PNG\r\n\x1a\n")) {
        header.format = ImageFormat::Png;
        size = pngSize(bytes);
    } else if (bytes.holds(0, "\xff\xd8\xff")) {
        header.format = ImageFormat::Jpeg;
        size = jpegSize(bytes);
    } else if (bytes.holds(0, "RIFF") && bytes.holds(8, "WEBP")) {
        header.format = ImageFormat::Webp;
        size = webpSize(bytes);
    } else {
        return unreadable("neither JPEG, PNG nor WebP");
    }
    if (!size || size->first <= 0 || size->second <= 0)
        return unreadable("a picture whose header tells no size");
    if (size->first > mostPixels / size->second)
        return Failure{Failure::Kind::TooLarge, QStringLiteral("%1 x %2 pixels").arg(size->first).arg(size->second)};
    header.width = int(size->first);
    header.height = int(size->second);
    return header;
}

const char *decoderOf(ImageFormat format)
{
    switch (format) {
    case ImageFormat::Jpeg:
        return "jpeg";
    case ImageFormat::Png:
        return "png";
    case ImageFormat::Webp:
        break;
    }
    return "webp";
}

} // namespace rollcall
