// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxjson.h"

#include <set>
#include <vector>

namespace rollcall {

std::optional<SandboxJson> readSandboxObject(std::string_view body)
{
    std::vector<std::set<std::string>> open;
    bool twice = false;
    const auto watch = [&open, &twice](int, SandboxJson::parse_event_t event, SandboxJson &parsed) {
        if (event == SandboxJson::parse_event_t::object_start)
            open.emplace_back();
        else if (event == SandboxJson::parse_event_t::object_end)
            open.pop_back();
        else if (event == SandboxJson::parse_event_t::key)
            twice = !open.back().insert(parsed.get<std::string>()).second || twice;
        return true;
    };
    SandboxJson value = SandboxJson::parse(body, watch, false);
    if (twice || !value.is_object())
        return std::nullopt;
    return value;
}

std::string writeSandboxJson(const SandboxJson &value)
{
    return value.dump(-1, ' ', false, SandboxJson::error_handler_t::replace);
}

} // namespace rollcall
