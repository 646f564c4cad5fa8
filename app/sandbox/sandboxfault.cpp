// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxfault.h"

#include <algorithm>
#include <charconv>

namespace rollcall {
namespace {

enum class Hits { Calls, Everything, Health, Login };

struct Known {
    std::string_view name;
    Hits hits;
    std::int64_t value;
};

constexpr std::string_view health = "/v1/health";
constexpr std::string_view login = "/v1/users/login";

constexpr Known known[]{{"slow", Hits::Calls, 2000}, {"429", Hits::Calls, 2}, {"429-bare", Hits::Calls, 0},
    {"401", Hits::Calls, 0}, {"5xx", Hits::Calls, 500}, {"cut", Hits::Calls, 0}, {"html", Hits::Calls, 200},
    {"no-body", Hits::Calls, 0}, {"duplicate-keys", Hits::Calls, 0}, {"missing-rows", Hits::Calls, 0},
    {"unknown-word", Hits::Calls, 0}, {"always-valid", Hits::Everything, 0}, {"health-disconnected", Hits::Health, 0},
    {"health-cluster", Hits::Health, 0}, {"login-past-expiry", Hits::Login, 0}, {"login-refused", Hits::Login, 0},
    // Meta's Cloud API and 360dialog
    {"throttle-400", Hits::Calls, 0}, {"graph-error", Hits::Calls, 139103}, {"mixed-200", Hits::Calls, 0},
    {"old-rows", Hits::Calls, 0}, {"old-unblock", Hits::Calls, 0}, {"loose-rows", Hits::Calls, 0},
    {"list-changed", Hits::Calls, 0}, {"no-paging", Hits::Calls, 0},
    // sendapi
    {"api-error", Hits::Calls, 4013}, {"wrapped", Hits::Calls, 0}, {"bare", Hits::Calls, 0},
    // Wawp
    {"engine-no-block", Hits::Calls, 0}, {"scan-qr", Hits::Calls, 0}, {"invalid-session", Hits::Calls, 0},
    {"empty-picture", Hits::Calls, 0}, {"waha-picture", Hits::Calls, 0}, {"object-ids", Hits::Calls, 0},
    {"lid-chat", Hits::Calls, 0}, {"error-200", Hits::Calls, 0}};

const Known *find(std::string_view name)
{
    const auto *found
        = std::find_if(std::begin(known), std::end(known), [name](const Known &k) { return k.name == name; });
    return found == std::end(known) ? nullptr : found;
}

/// Cuts "<mark><number>" off the end of `spec`; false when what stands behind the mark is no number of 0 … 1e9.
template <class Number> bool cutNumber(std::string_view &spec, char mark, Number &number)
{
    const auto at = spec.rfind(mark);
    if (at == std::string_view::npos)
        return true;
    const std::string_view digits = spec.substr(at + 1);
    Number value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || value < 0 || value > 1'000'000'000)
        return false;
    number = value;
    spec = spec.substr(0, at);
    return true;
}

} // namespace

std::optional<SandboxFault> SandboxFault::parse(std::string_view spec)
{
    SandboxFault fault;
    if (!cutNumber(spec, '@', fault.skip) || !cutNumber(spec, ':', fault.count) || !cutNumber(spec, '=', fault.value))
        return std::nullopt;
    const Known *found = find(spec);
    if (!found)
        return std::nullopt;
    fault.name = found->name;
    if (fault.value == 0)
        fault.value = found->value;
    return fault;
}

const std::vector<std::string> &SandboxFault::names()
{
    static const std::vector<std::string> all = [] {
        std::vector<std::string> names;
        for (const Known &k : known)
            names.emplace_back(k.name);
        return names;
    }();
    return all;
}

bool SandboxFault::hits(std::string_view requestPath) const
{
    if (!path.empty())
        return path.back() == '/' ? requestPath.starts_with(path) : requestPath == path;
    const Known *found = find(name);
    switch (found ? found->hits : Hits::Everything) {
    case Hits::Calls:
        return requestPath != health && !requestPath.starts_with("/v1/users/");
    case Hits::Health:
        return requestPath == health;
    case Hits::Login:
        return requestPath == login;
    case Hits::Everything:
        break;
    }
    return true;
}

} // namespace rollcall
