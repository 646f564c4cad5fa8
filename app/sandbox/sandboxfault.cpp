// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxfault.h"

#include <algorithm>
#include <charconv>

namespace rollcall {
namespace {

struct Known {
    std::string_view name;
    std::string_view path; ///< empty = every path under /v1
    std::int64_t value;
};

constexpr std::string_view contacts = "/v1/contacts";
constexpr std::string_view health = "/v1/health";
constexpr std::string_view login = "/v1/users/login";

constexpr Known known[]{{"slow", contacts, 2000}, {"429", contacts, 2}, {"429-bare", contacts, 0}, {"401", contacts, 0},
    {"5xx", contacts, 500}, {"cut", contacts, 0}, {"html", contacts, 200}, {"duplicate-keys", contacts, 0},
    {"missing-rows", contacts, 0}, {"unknown-word", contacts, 0}, {"always-valid", {}, 0},
    {"health-disconnected", health, 0}, {"health-cluster", health, 0}, {"login-past-expiry", login, 0},
    {"login-refused", login, 0}};

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
    fault.path = found->path;
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
    return path.empty() ? requestPath.starts_with("/v1/") : requestPath == path;
}

} // namespace rollcall
