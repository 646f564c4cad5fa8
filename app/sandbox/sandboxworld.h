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

    /// Is there a subscriber under these digits (country code, no '+')? Never where the numbering plan has no room, and
    /// never in the ranges kept for fiction that the sample list does not use: +44 7700 900xxx and, outside area 202,
    /// +1 xxx 555-01xx. Who asks for one of these and hears "valid" has a gateway that cannot tell.
    [[nodiscard]] bool isSubscriber(std::string_view digits) const;

    /// Is this number one of the `percent` that take the node a while?
    [[nodiscard]] bool isSlow(std::string_view digits, unsigned percent) const;

    /// What subscribers tell of themselves; nothing (false) for nobody and for those who hide it.
    [[nodiscard]] std::optional<std::string> profileName(std::string_view digits) const; ///< chosen by themselves
    [[nodiscard]] std::optional<std::string> about(std::string_view digits) const;
    [[nodiscard]] bool showsPhoto(std::string_view digits) const;
    [[nodiscard]] std::optional<std::string> lid(std::string_view digits) const; ///< 15 digits, without "@lid"
    /// How long before the sandbox began (or was reset) they last wrote to the business, ms; nothing = never. About one
    /// subscriber in five did within the last 20 hours, three in ten between 2 and 83 days ago.
    [[nodiscard]] std::optional<std::int64_t> wroteBefore(std::string_view digits) const;

    /// Row `index` of the sample list. Fictional: the numbers parse as valid but belong to nobody we know.
    [[nodiscard]] SandboxPerson person(std::size_t index) const;

    /// The number of that row, digits with country code; nothing when its cell holds no number.
    [[nodiscard]] std::optional<std::string> personDigits(std::size_t index) const;

    /// The sample list: header and `rows` rows, comma, CRLF, UTF-8 (RFC 4180). One in forty has a number that is none.
    [[nodiscard]] std::string sampleCsv(std::size_t rows) const;

    [[nodiscard]] std::uint64_t seed() const { return m_seed; }

private:
    /// A number that depends on seed, id of the digits and `what` only.
    [[nodiscard]] std::uint64_t draw(std::uint64_t what, std::string_view digits) const;

    std::uint64_t m_seed;
};

} // namespace rollcall
