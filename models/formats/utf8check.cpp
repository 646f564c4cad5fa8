// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/formats/utf8check.h"

#include <cstdint>
#include <cstring>

namespace rollcall {

namespace {

struct Lead {
    std::size_t length = 0;
    unsigned char low = 0x80; ///< range of the second byte
    unsigned char high = 0xBF;
};

Lead leadOf(unsigned char byte)
{
    if (byte < 0x80)
        return {1, 0, 0};
    if (byte >= 0xC2 && byte <= 0xDF)
        return {2, 0x80, 0xBF};
    if (byte >= 0xE0 && byte <= 0xEF)
        return {3, static_cast<unsigned char>(byte == 0xE0 ? 0xA0 : 0x80),
            static_cast<unsigned char>(byte == 0xED ? 0x9F : 0xBF)};
    if (byte >= 0xF0 && byte <= 0xF4)
        return {4, static_cast<unsigned char>(byte == 0xF0 ? 0x90 : 0x80),
            static_cast<unsigned char>(byte == 0xF4 ? 0x8F : 0xBF)};
    return {};
}

} // namespace

std::size_t utf8Length(std::string_view text, bool *cut)
{
    if (cut)
        *cut = false;
    if (text.empty())
        return 0;
    const Lead lead = leadOf(static_cast<unsigned char>(text[0]));
    for (std::size_t i = 1; i < lead.length; ++i) {
        if (i == text.size()) {
            if (cut)
                *cut = true;
            return 0;
        }
        const auto byte = static_cast<unsigned char>(text[i]);
        const unsigned char low = i == 1 ? lead.low : 0x80;
        const unsigned char high = i == 1 ? lead.high : 0xBF;
        if (byte < low || byte > high)
            return 0;
    }
    return lead.length;
}

std::size_t firstBadUtf8(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size()) {
        std::uint64_t eight = 0;
        while (at + sizeof eight <= text.size()) {
            std::memcpy(&eight, text.data() + at, sizeof eight);
            if ((eight & 0x8080808080808080ULL) != 0)
                break;
            at += sizeof eight;
        }
        if (at >= text.size())
            break;
        const std::size_t length = utf8Length(text.substr(at));
        if (length == 0)
            return at;
        at += length;
    }
    return std::string_view::npos;
}

} // namespace rollcall
