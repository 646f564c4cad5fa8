// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall {

/// A person of the sample list.
struct SandboxPerson final {
    std::string name = {}; ///< UTF-8, several scripts
    std::string phone = {}; ///< as somebody typed it: several spellings
    std::string country = {}; ///< ISO 3166 code
    std::string email = {};
    std::string organisation = {};
    std::string tags = {}; ///< separated by ';'
    std::string optInDate = {}; ///< YYYY-MM-DD or empty
};

/// Who is on WhatsApp: a pure function of seed and number, about 70 of 100. Immutable, any thread.
class SandboxWorld final {
public:
    explicit SandboxWorld(std::uint64_t seed);

    /// What the node reads from a typed number: digits with country code, without '+'. With '+' the rest is taken as
    /// international; without, `countryCode` is put in front of whatever is there (vendor page A, "Phone Number
    /// Formats"). Nothing when it is no number: other characters, more than 15 digits, fewer
    /// than the country has (vendor page A calls "+163155588" failed; what is too long it calls invalid).
    [[nodiscard]] static std::optional<std::string> dialled(std::string_view typed, std::string_view countryCode);

    /// The id WhatsApp uses for these digits (gateways.md 6.2): Brazil may lose its ninth digit, Mexico gains a 1,
    /// Argentina a 9. Several spellings of one person give one id.
    [[nodiscard]] static std::string waId(std::string_view digits);

    /// Is there a subscriber under these digits (country code, no '+')? Never where the numbering plan has no room.
    [[nodiscard]] bool isSubscriber(std::string_view digits) const;

    /// Is this number one of the `percent` that take the node a while?
    [[nodiscard]] bool isSlow(std::string_view digits, unsigned percent) const;

    /// Row `index` of the sample list. Fictional: the numbers parse as valid but belong to nobody we know.
    [[nodiscard]] SandboxPerson person(std::size_t index) const;

    /// The sample list: header and `rows` rows, comma, CRLF, UTF-8 (RFC 4180). One in forty has a number that is none.
    [[nodiscard]] std::string sampleCsv(std::size_t rows) const;

    [[nodiscard]] std::uint64_t seed() const { return m_seed; }

private:
    std::uint64_t m_seed;
};

} // namespace rollcall
