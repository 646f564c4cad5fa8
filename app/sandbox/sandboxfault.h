// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall {

/// One misbehaviour on demand. By default it hits POST /v1/contacts, those about login and health hit these.
///
/// | name                | what happens                                                                    | value   |
/// |---------------------|---------------------------------------------------------------------------------|---------|
/// | slow                | the answer comes after `value` real ms, otherwise untouched                     | 2000    |
/// | 429                 | 429 with Retry-After: `value` seconds, nothing is checked                       | 2       |
/// | 429-bare            | 429 without Retry-After                                                         |         |
/// | 401                 | every token dies, 401                                                           |         |
/// | 5xx                 | status `value` with an errors envelope                                          | 500     |
/// | cut                 | the right answer, connection closed in the middle of its body                   |         |
/// | html                | status `value` with a page of HTML, as a proxy in between would send            | 200     |
/// | duplicate-keys      | each row says its status twice: first "invalid", then the truth                 |         |
/// | missing-rows        | every second row is left out                                                    |         |
/// | unknown-word        | each status is "unchecked" (a word one reseller uses)                           |         |
/// | always-valid        | version v2.45.1, where every number is valid                                    |         |
/// | health-disconnected | GET /v1/health says disconnected                                                |         |
/// | health-cluster      | GET /v1/health in the form of a cluster: one connected, one not                 |         |
/// | login-past-expiry   | a login whose expires_after lies a day back; the token works all the same       |         |
/// | login-refused       | the login answers 401 though name and password are right                        |         |
struct SandboxFault final {
    std::string name = {};
    std::int64_t value = 0; ///< 0 = the default of the table
    int count = -1; ///< requests left to hit; -1 = until cleared
    int skip = 0; ///< requests to let pass first
    std::string path = {}; ///< hits only this path; empty = the default of the name

    /// "name[=value][:count][@skip]", e.g. "slow=1500:3", "401:1@4". Nothing when it is not one of the table.
    [[nodiscard]] static std::optional<SandboxFault> parse(std::string_view spec);
    [[nodiscard]] static const std::vector<std::string> &names();
    [[nodiscard]] bool hits(std::string_view requestPath) const;
};

} // namespace rollcall
