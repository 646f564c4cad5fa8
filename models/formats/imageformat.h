// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/result.h"

#include <QByteArrayView>

namespace rollcall {

enum class ImageFormat { Jpeg, Png, Webp };

struct ImageHeader {
    ImageFormat format = ImageFormat::Jpeg;
    int width = 0; ///< pixels, 1 or more
    int height = 0;
    friend bool operator==(const ImageHeader &, const ImageHeader &) = default;
};

/// More is refused before any decoder sees it: 40 megapixels unpack to 160 MB.
inline constexpr qint64 mostPixels = 40'000'000;

/// Format and size from the first bytes (magic numbers and header; not the file's name, nor what a server calls it), so
/// that one decoder can be chosen and nothing hostile be unpacked (measured fact M15). Failures: BadInput (none of the
/// three, or its header tells no size), TooLarge (more than `mostPixels`). Pure; any thread.
/// PNG 5.2 and 11.2.2; JPEG: ITU-T T.81 B.1 and B.2.2; WebP: RFC 9649 2.4 to 2.7.
[[nodiscard]] Result<ImageHeader> readImageHeader(QByteArrayView view);

/// What QImageReader calls the format: "jpeg", "png", "webp".
[[nodiscard]] const char *decoderOf(ImageFormat format);

} // namespace rollcall
