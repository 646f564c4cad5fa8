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

    // The other four gateways. One world: a number that is on WhatsApp at one is at all, a block made at one is seen
    // at every one that can list or tell.
    std::string ownNumber = "447700900999"; ///< of the business itself, digits; cannot be blocked (131021)
    std::string dialog360Key = "sandbox-d360-key"; ///< 360dialog: header D360-API-KEY
    std::string cloudToken = "sandbox-cloud-token"; ///< Meta's Cloud API: Authorization: Bearer …
    std::string phoneNumberId = "106540352242922"; ///< Meta's Cloud API: part of the address
    std::size_t maxBlockBatch = 1000; ///< users per block_users call; more is 130429 (gateways.md 5.2)
    std::size_t blockListCap = 64'000; ///< people on the block list; more is 139101
    std::string wawpInstance = "SBX4WAWP2026"; ///< Wawp: instance_id
    std::string wawpToken = "sandbox-wawp-token"; ///< Wawp: access_token
    std::int64_t wawpCheckGapMs
        = 1000; ///< least time between two check-exists, sandbox clock; less is 429; 0 = no limit
    std::string sendApiKey = "sk_live_sandbox"; ///< sendapi: Authorization: Bearer …
    std::string sendApiSession = "sess_01SANDBOXZ2T"; ///< sendapi: session_id of the connected session
    std::int64_t sendApiPerMinute = 60; ///< sendapi: requests in any 60 s of the sandbox clock; 0 = no limit
    std::string commBoxKey = "sandbox-commbox-key"; ///< CommBox: Authorization: Bearer …
    std::string commBoxStream = "hNyRN_fLUy7rrOrN9jLpipA%3d%3d"; ///< CommBox: stream id, percent-encoded as shown there
    std::size_t contactRows
        = 128; ///< the first rows of the sample list are saved in the phone that sendapi and Wawp list

    std::vector<SandboxFault> faults = {};
};

} // namespace rollcall
