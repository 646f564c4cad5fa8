// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rollcall {

/// One number of a check as the sandbox understood and answered it.
struct SandboxAsked final {
    std::string input = {}; ///< as in the request
    std::string status = {}; ///< the word in the answer; empty = the row was left out
    bool live = false; ///< false: answered from the cache or still being decided, not a new look-up
};

/// One person of a block, unblock, report or send as the sandbox understood and answered it.
struct SandboxActed final {
    std::string input = {}; ///< as in the request
    std::string waId = {}; ///< empty = nobody's number
    std::string outcome = {}; ///< "blocked", "unblocked", "reported", "sent", or the error code as text
};

/// One request as the sandbox saw it. Holds no token and no password.
struct SandboxLedgerEntry final {
    std::int64_t number = 0; ///< 1, 2, 3 …
    std::int64_t atMs = 0; ///< sandbox clock, UTC ms
    std::string method = {};
    std::string path = {};
    int status = 0; ///< as answered
    std::string fault = {}; ///< the fault that hit it, empty = none
    bool wait = false;
    bool forceCheck = false;
    std::vector<SandboxAsked> asked = {};
    std::vector<SandboxActed> acted = {};
    std::string body = {}; ///< of a contacts message, byte for byte; empty where it would hold a token (Wawp)
};

} // namespace rollcall
