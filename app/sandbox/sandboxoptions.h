// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/sandboxfault.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace rollcall {

/// How a sandbox is set up. The default answers like a node of 2022 that is registered with a British number.
struct SandboxOptions final {
    std::uint16_t port = 0; ///< 0 = a free one
    std::uint64_t seed = 1; ///< the world: who is on WhatsApp
    std::string countryCode = "44"; ///< of the registered business number; put in front of numbers without '+'
    std::string apiVersion = "v2.41.2"; ///< meta.version of every answer; from v2.43 on every number is "valid"
    std::string user = "admin";
    std::string password = "Sandbox-2026";
    std::string apiKey = "sandbox-health-key"; ///< "Authorization: Apikey …" for GET /v1/health only
    bool passwordMustChange = false; ///< the first login is refused with 1024 until it brings a new_password
    std::int64_t decideAfterMs = 2000; ///< how long a slow number stays "processing" under no_wait, sandbox clock
    unsigned slowPercent = 25; ///< share of the numbers that are not answered at once under no_wait, 0 … 100
    std::size_t maxBatch = 1000; ///< numbers per request; more is refused with 1009 (the vendor tells no limit)
    std::int64_t tokenLifeMs = 7LL * 24 * 3600 * 1000;
    std::vector<SandboxFault> faults = {};
};

} // namespace rollcall
