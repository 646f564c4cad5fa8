// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/sandboxfault.h"
#include "app/sandbox/sandboxledger.h"
#include "app/sandbox/sandboxoptions.h"
#include "app/sandbox/sandboxrelations.h"
#include "app/sandbox/sandboxworld.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rollcall {

/// The faults that hit one request.
class SandboxHits final {
public:
    explicit SandboxHits(std::vector<SandboxFault> faults = {});
    [[nodiscard]] bool has(std::string_view name) const;
    [[nodiscard]] std::int64_t value(std::string_view name) const; ///< 0 when it does not hit
    [[nodiscard]] std::string names() const; ///< joined with ',' for the ledger

private:
    std::vector<SandboxFault> m_faults;
};

/// What the node's database knows of one number.
struct SandboxLookUp final {
    std::int64_t readyAtMs = 0; ///< sandbox clock; before it: "processing"
};

/// Everything a sandbox remembers, behind one lock. Any thread.
class SandboxState final {
public:
    explicit SandboxState(SandboxOptions given);

    const SandboxOptions options;
    const SandboxWorld world;
    SandboxRelations relations; ///< has a lock of its own

    [[nodiscard]] std::int64_t nowMs() const;
    void setClock(std::int64_t utcMs);
    void advanceClock(std::int64_t ms);
    void realClock();

    void addFault(SandboxFault fault);
    void clearFaults();
    [[nodiscard]] std::vector<SandboxFault> faults() const;
    /// Counts down and gives those that hit a request to this path.
    [[nodiscard]] SandboxHits takeFaults(std::string_view path);

    void record(SandboxLedgerEntry entry); ///< number and time are set here
    [[nodiscard]] std::vector<SandboxLedgerEntry> ledger(std::int64_t after = 0) const;
    void clearLedger();

    [[nodiscard]] bool isPassword(std::string_view user, std::string_view password) const;
    [[nodiscard]] bool passwordMustChange() const;
    void changePassword(std::string password);
    [[nodiscard]] std::string password() const;
    [[nodiscard]] std::string newToken(); ///< lives options.tokenLifeMs
    [[nodiscard]] bool isToken(const std::string &token); ///< an expired one is forgotten
    void revokeToken(const std::string &token);
    void revokeTokens();

    enum class Known { Cached, LookedUp, Started, UnderWay };
    /// One check of a number: answered from the 7-day cache, looked up now, or (delayMs > 0) a look-up that takes so
    /// long was started now or before. `force` goes past the cache but not past a look-up that is under way; with
    /// delayMs 0 such a one is waited for.
    [[nodiscard]] Known lookUp(const std::string &digits, bool force, std::int64_t delayMs);

    /// Is there room for one more request under `key` within the last `windowMs` of the sandbox clock? Counts it when
    /// there is.
    struct Room {
        bool granted = false;
        std::int64_t left = 0; ///< requests still to be had in this window
        std::int64_t freeInMs = 0; ///< until the oldest one leaves the window
    };
    [[nodiscard]] Room takeRoom(const std::string &key, std::int64_t most, std::int64_t windowMs);

    /// Sleeps in real time; false when the server stops meanwhile.
    bool pause(std::int64_t ms);
    void stop(); ///< ends every pause()
    void reset();

private:
    mutable std::mutex m_lock;
    std::condition_variable m_stopped;
    bool m_stopping = false;
    std::int64_t m_offsetMs = 0;
    std::vector<SandboxFault> m_faults;
    std::vector<SandboxLedgerEntry> m_ledger;
    std::int64_t m_lastNumber = 0;
    std::string m_password;
    bool m_passwordMustChange = false;
    std::map<std::string, std::int64_t> m_tokens; ///< to expiry, sandbox clock
    std::unordered_map<std::string, SandboxLookUp> m_lookUps; ///< by WhatsApp id
    std::map<std::string, std::deque<std::int64_t>> m_windows; ///< times of the requests of each key
};

} // namespace rollcall
