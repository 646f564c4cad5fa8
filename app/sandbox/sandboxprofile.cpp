// SPDX-License-Identifier: GPL-3.0-or-later
// What the people of the world say of themselves, and when they wrote: pure functions of seed and number.
#include "app/sandbox/sandboxworld.h"

#include <array>

namespace rollcall {
namespace {

constexpr std::int64_t hourMs = 3600LL * 1000;

// A person names herself as she likes: other than the business saved her, with pictures, right-to-left, or hardly.
constexpr std::array<std::string_view, 16> profileNames{"Zoë 🌸", "~ J ~", "Mum of 3", "أبو علي", "Dmitry", "さくら",
    "Big Al's Plumbing", "Ana Clara ✨", "R.", "محمد", "🐝", "Käthe M.", "Vikram (work)", "Chidi", "the real George",
    "Ελένη"};

constexpr std::array<std::string_view, 8> abouts{"Hey there! I am using WhatsApp.", "Available", "At work",
    "Só mensagens, sem chamadas 🙏", "Battery about to die", "في العمل", "Urgent calls only", "Schlafe 😴"};

} // namespace

std::optional<std::string> SandboxWorld::profileName(std::string_view digits) const
{
    const std::uint64_t draw = this->draw(3, digits);
    if (!isSubscriber(digits) || draw % 10 == 0)
        return std::nullopt;
    return std::string(profileNames.at(draw / 10 % profileNames.size()));
}

std::optional<std::string> SandboxWorld::about(std::string_view digits) const
{
    const std::uint64_t draw = this->draw(4, digits);
    if (!isSubscriber(digits) || draw % 4 == 0)
        return std::nullopt;
    return std::string(abouts.at(draw / 4 % abouts.size()));
}

bool SandboxWorld::showsPhoto(std::string_view digits) const
{
    return isSubscriber(digits) && draw(5, digits) % 3 != 0;
}

std::optional<std::string> SandboxWorld::lid(std::string_view digits) const
{
    const std::uint64_t draw = this->draw(6, digits);
    if (!isSubscriber(digits) || draw % 8 == 0)
        return std::nullopt;
    return std::to_string(100'000'000'000'000ULL + draw % 800'000'000'000'000ULL);
}

std::optional<std::int64_t> SandboxWorld::wroteBefore(std::string_view digits) const
{
    const std::uint64_t draw = this->draw(2, digits);
    if (!isSubscriber(digits) || draw % 100 >= 50)
        return std::nullopt;
    const auto more = static_cast<std::int64_t>(draw / 100 % 1'000'000);
    return draw % 100 < 20 ? 60'000 + more * 70 : 48 * hourMs + more * 7'000; // up to 19.5 hours; 2 to 83 days
}

} // namespace rollcall
