// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxworld.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace rollcall {
namespace {

struct Plan {
    std::string_view code;
    std::size_t least;
    std::size_t most;
};

// Digits after the country code as WhatsApp ids have them (so Mexico and Argentina count their extra digit).
constexpr std::array plans{Plan{"1", 10, 10}, Plan{"7", 10, 10}, Plan{"20", 10, 10}, Plan{"27", 9, 9},
    Plan{"30", 10, 10}, Plan{"31", 9, 9}, Plan{"32", 8, 9}, Plan{"33", 9, 9}, Plan{"34", 9, 9}, Plan{"36", 8, 9},
    Plan{"39", 8, 11}, Plan{"40", 9, 9}, Plan{"41", 9, 9}, Plan{"43", 7, 13}, Plan{"44", 10, 10}, Plan{"45", 8, 8},
    Plan{"46", 7, 9}, Plan{"47", 8, 8}, Plan{"48", 9, 9}, Plan{"49", 7, 11}, Plan{"51", 9, 9}, Plan{"52", 11, 11},
    Plan{"54", 11, 11}, Plan{"55", 10, 11}, Plan{"56", 9, 9}, Plan{"57", 10, 10}, Plan{"58", 10, 10}, Plan{"60", 9, 10},
    Plan{"61", 9, 9}, Plan{"62", 8, 12}, Plan{"63", 10, 10}, Plan{"64", 8, 10}, Plan{"65", 8, 8}, Plan{"66", 8, 9},
    Plan{"81", 9, 10}, Plan{"82", 8, 10}, Plan{"84", 9, 10}, Plan{"86", 10, 11}, Plan{"90", 10, 10}, Plan{"91", 10, 10},
    Plan{"92", 9, 10}, Plan{"94", 9, 9}, Plan{"98", 10, 10}, Plan{"212", 9, 9}, Plan{"216", 8, 8}, Plan{"225", 10, 10},
    Plan{"233", 9, 9}, Plan{"234", 8, 10}, Plan{"254", 9, 9}, Plan{"351", 9, 9}, Plan{"353", 7, 9}, Plan{"358", 6, 10},
    Plan{"380", 9, 9}, Plan{"852", 8, 8}, Plan{"880", 10, 10}, Plan{"886", 8, 9}, Plan{"966", 9, 9}, Plan{"971", 8, 9},
    Plan{"972", 8, 9}};

const Plan *planOf(std::string_view digits)
{
    // Country codes are prefix-free: at most one fits.
    const auto found = std::find_if(
        plans.begin(), plans.end(), [digits](const Plan &plan) { return digits.starts_with(plan.code); });
    return found == plans.end() ? nullptr : &*found;
}

bool isTooShort(std::string_view id)
{
    const Plan *plan = planOf(id);
    return plan && id.size() < plan->code.size() + plan->least;
}

bool hasRoom(std::string_view id)
{
    if (id.empty() || id.front() == '0')
        return false;
    const Plan *plan = planOf(id);
    if (!plan)
        return id.size() >= 8 && id.size() <= 15;
    const std::string_view national = id.substr(plan->code.size());
    // No country keeps its trunk zero behind the country code, but Italy.
    if (national.empty() || (national.front() == '0' && plan->code != "39"))
        return false;
    return national.size() >= plan->least && national.size() <= plan->most;
}

/// Kept for fiction by Ofcom and the North American plan, without what the sample list uses.
bool isNobodys(std::string_view id)
{
    return id.starts_with("447700900")
        || (id.size() == 11 && id.front() == '1' && id.substr(4, 5) == "55501" && id.substr(1, 3) != "202");
}

std::uint64_t mix(std::uint64_t value) // splitmix64
{
    value += 0x9E3779B97F4A7C15ULL;
    value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31U);
}

std::uint64_t hash(std::uint64_t seed, std::string_view text)
{
    std::uint64_t value = 0xCBF29CE484222325ULL; // FNV-1a
    for (const char c : text)
        value = (value ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    return mix(value ^ mix(seed));
}

std::string brazilianId(std::string_view national, std::string_view digits)
{
    const bool newForm = national.size() == 11 && national[2] == '9';
    const bool oldForm = national.size() == 10 && national[2] >= '6';
    if (!newForm && !oldForm)
        return std::string(digits);
    // Third-party lists: these areas keep the ninth digit, all others lost it (gateways.md 6.2).
    static constexpr std::array<std::string_view, 5> keepers{"21", "22", "24", "27", "28"};
    const std::string_view area = national.substr(0, 2);
    const bool keeps = (area.front() == '1' && area.back() != '0')
        || std::find(keepers.begin(), keepers.end(), area) != keepers.end();
    return "55" + std::string(area) + (keeps ? "9" : "") + std::string(national.substr(newForm ? 3 : 2));
}

std::string argentineId(std::string_view national, std::string_view digits)
{
    std::string plain(national);
    if (plain.size() > 10 && plain.front() == '9')
        plain.erase(0, 1);
    if (plain.size() == 12) { // the domestic mobile mark 15 behind an area code of two to four digits
        for (const std::size_t at : {2U, 3U, 4U}) {
            if (plain.compare(at, 2, "15") == 0) {
                plain.erase(at, 2);
                break;
            }
        }
    }
    return plain.size() == 10 ? "549" + plain : std::string(digits);
}

} // namespace

SandboxWorld::SandboxWorld(std::uint64_t seed)
    : m_seed(seed)
{
}

std::optional<std::string> SandboxWorld::dialled(std::string_view typed, std::string_view countryCode)
{
    const auto begin = typed.find_first_not_of(' ');
    if (begin == std::string_view::npos)
        return std::nullopt;
    typed.remove_prefix(begin);
    const bool international = typed.front() == '+';
    if (international)
        typed.remove_prefix(1);
    std::string digits(international ? std::string_view() : countryCode);
    for (const char c : typed) {
        if (c >= '0' && c <= '9')
            digits.push_back(c);
        else if (std::string_view(" -.()/").find(c) == std::string_view::npos)
            return std::nullopt;
    }
    if (digits.size() < 7 || digits.size() > 15 || isTooShort(waId(digits)))
        return std::nullopt;
    return digits;
}

std::string SandboxWorld::waId(std::string_view digits)
{
    const std::string_view national = digits.size() > 2 ? digits.substr(2) : std::string_view();
    if (digits.starts_with("55"))
        return brazilianId(national, digits);
    if (digits.starts_with("52") && national.size() == 10)
        return "521" + std::string(national);
    if (digits.starts_with("54"))
        return argentineId(national, digits);
    return std::string(digits);
}

bool SandboxWorld::isSubscriber(std::string_view digits) const
{
    const std::string id = waId(digits);
    return hasRoom(id) && !isNobodys(id) && hash(m_seed, id) % 100 < 70;
}

std::uint64_t SandboxWorld::draw(std::uint64_t what, std::string_view digits) const
{
    return hash(m_seed + what, waId(digits));
}

bool SandboxWorld::isSlow(std::string_view digits, unsigned percent) const
{
    return draw(1, digits) % 100 < percent;
}

} // namespace rollcall
