// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxfault.h"

#include <algorithm>
#include <charconv>

namespace rollcall {
namespace {

enum class Hits { Calls, Everything, Health, Login, Photos };

struct Known {
    std::string_view name;
    Hits hits;
    std::int64_t value;
    std::string_view meaning; ///< as in the header's table
};

constexpr std::string_view health = "/v1/health";
constexpr std::string_view login = "/v1/users/login";

constexpr Known known[]{
    {"slow", Hits::Calls, 2000, "the answer comes after <value> real ms, otherwise untouched"},
    {"429", Hits::Calls, 2, "429 with Retry-After: <value> seconds, nothing is done"},
    {"429-bare", Hits::Calls, 0, "429 without Retry-After"},
    {"401", Hits::Calls, 0, "on-premises: every token dies; all: 401"},
    {"5xx", Hits::Calls, 500, "status <value> (any from 400 on) with the vendor's error envelope, nothing done"},
    {"cut", Hits::Calls, 0, "the right answer, connection closed in the middle of its body"},
    {"html", Hits::Calls, 200, "status <value> with a page of HTML, as a proxy in between would send"},
    {"no-body", Hits::Calls, 0, "not on-premises: an answer of 400 and above loses its body"},
    {"duplicate-keys", Hits::Calls, 0, "each check row says its answer twice: first the \"no\", then the truth"},
    {"missing-rows", Hits::Calls, 0,
        "on-premises: every second row is left out; else: the check answer lacks its field"},
    {"unknown-word", Hits::Calls, 0,
        "on-premises: each status is \"unchecked\"; else: the text \"yes\" instead of a bool"},
    {"always-valid", Hits::Everything, 0, "every number is valid (on-premises: as version v2.45.1)"},
    {"health-disconnected", Hits::Health, 0, "GET /v1/health says disconnected"},
    {"health-cluster", Hits::Health, 0, "GET /v1/health in the form of a cluster: one connected, one not"},
    {"login-past-expiry", Hits::Login, 0, "a login whose expires_after lies a day back; the token works all the same"},
    {"login-refused", Hits::Login, 0, "the login answers 401 though name and password are right"},
    {"throttle-400", Hits::Calls, 0, "360dialog: its own throttle, HTTP 400 with a meta envelope"},
    {"graph-error", Hits::Calls, 139103,
        "360dialog, Cloud API: error code <value> instead of an answer, nothing is done"},
    {"mixed-200", Hits::Calls, 0, "360dialog, Cloud API: a mixed block result comes with status 200"},
    {"old-rows", Hits::Calls, 0, "360dialog, Cloud API: list rows as {\"block_users\":[{\"input\",\"wa_id\"}]}"},
    {"old-unblock", Hits::Calls, 0, "360dialog, Cloud API: unblocked people under added_users"},
    {"loose-rows", Hits::Calls, 0,
        "360dialog, Cloud API: failed_users [] on success; failed rows without wa_id and with error codes as strings, "
        "every second one without errors"},
    {"list-changed", Hits::Calls, 0, "360dialog, Cloud API: 139102 on a page that has a cursor"},
    {"no-paging", Hits::Calls, 0, "360dialog, Cloud API: the last page of the list has no paging member"},
    {"api-error", Hits::Calls, 4013, "sendapi: error <value> of its table: 4010 … 4013, 402, 4021, 4030, 404, 4029 …"},
    {"wrapped", Hits::Calls, 0, "sendapi: the check answer inside data"},
    {"bare", Hits::Calls, 0, "sendapi: lists without data around them (and so without meta)"},
    {"engine-no-block", Hits::Calls, 0,
        "Wawp: block, unblock and about are 422, \"not implemented by the engine\"; rows have no isBlocked"},
    {"scan-qr", Hits::Calls, 0, "Wawp: the session waits for its QR code: 422; session/info says SCAN_QR_CODE"},
    {"invalid-session", Hits::Calls, 0, "Wawp: 404 invalid_session"},
    {"empty-picture", Hits::Calls, 0, "Wawp: a hidden picture is an empty url, not a 404"},
    {"waha-picture", Hits::Calls, 0, "Wawp: {\"profilePictureURL\"} instead of {\"id\",\"url\"}, null when hidden"},
    {"object-ids", Hits::Calls, 0, "Wawp: id of a contact as object {server,user,_serialized}"},
    {"lid-chat", Hits::Calls, 0, "Wawp: check-exists answers with a LID as chatId"},
    {"big-photo", Hits::Photos, 16, "pictures: <value> MiB of zeros behind the picture"},
    {"error-200", Hits::Calls, 0, "Wawp: status 200 with an error object"},
};

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

std::string SandboxFault::meaning(std::string_view name)
{
    const Known *found = find(name);
    if (!found)
        return {};
    const std::string value = found->value == 0 ? std::string() : " (" + std::to_string(found->value) + ")";
    return std::string(found->meaning) + value;
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
    case Hits::Photos:
        return requestPath.starts_with("/_sandbox-photo/");
    case Hits::Everything:
        break;
    }
    return true;
}

} // namespace rollcall
