// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/sandboxfault.h"
#include "app/sandbox/sandboxledger.h"
#include "app/sandbox/sandboxoptions.h"
#include "app/sandbox/sandboxrelations.h"
#include "app/sandbox/sandboxworld.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall {

/// The built-in gateway: an HTTP server on 127.0.0.1 with a seeded world of subscribers, for the first run, training
/// and tests. It speaks like the vendors' nodes (gateways.md) and includes nothing of the client, so that the two
/// cannot share a misunderstanding. Everything happens on threads of its own; every method may be called from any
/// thread.
class SandboxServer final {
public:
    explicit SandboxServer(SandboxOptions options = {});
    SandboxServer(const SandboxServer &) = delete;
    SandboxServer &operator=(const SandboxServer &) = delete;
    ~SandboxServer(); ///< as stop(), and waits for the threads: some 10 ms, at most 1 s

    /// Binds and listens; answers requests from the moment it returns true. False when the port is taken.
    bool start();
    /// Cuts every connection and returns at once; the threads end by themselves (some 10 ms), waited for by nobody.
    void stop();
    /// As stop(), and waits until the threads are gone: in a program without a window, or in a test.
    void stopAndWait();

    [[nodiscard]] bool running() const;
    [[nodiscard]] std::uint16_t port() const; ///< 0 before start()
    [[nodiscard]] std::string origin() const; ///< "http://127.0.0.1:41234"
    [[nodiscard]] std::string onPremAddress() const; ///< origin() + "/v1": the address of an on-premises account
    /// Addresses of accounts at the other gateways; keys and ids are in options().
    [[nodiscard]] std::string dialog360Address() const; ///< origin() + "/d360": …/block_users, …/messages
    [[nodiscard]] std::string cloudApiAddress() const; ///< origin() + "/graph/v21.0/<phone number id>": the same edges
    [[nodiscard]] std::string wawpAddress() const; ///< origin() + "/wawp": …/v2/contacts/all
    [[nodiscard]] std::string sendApiAddress() const; ///< origin() + "/sendapi/v1": …/whatsapp/contacts
    [[nodiscard]] std::string
    commBoxAddress() const; ///< origin() + "/commbox": …/whatsapp/validatecontact/<stream>/<n>
    [[nodiscard]] std::string user() const;
    [[nodiscard]] std::string password() const; ///< the present one (a login may have changed it)
    [[nodiscard]] const SandboxOptions &options() const;
    [[nodiscard]] const SandboxWorld &world() const;

    /// Faults are asked in the order they were added; see SandboxFault for names and what each one hits.
    void addFault(SandboxFault fault);
    bool addFault(std::string_view spec); ///< "name[=value][:count][@skip]", false when it is not one
    void clearFaults();
    [[nodiscard]] std::vector<SandboxFault> faults() const; ///< those that still have something left

    [[nodiscard]] std::vector<SandboxLedgerEntry> ledger() const;
    void clearLedger();
    /// How often this spelling was asked in an answered POST /v1/contacts.
    [[nodiscard]] int timesAsked(std::string_view input) const;

    /// The sandbox's own clock, UTC ms. Runs with the machine's; set and advance shift it.
    [[nodiscard]] std::int64_t nowMs() const;
    void setClock(std::int64_t utcMs);
    void advanceClock(std::int64_t ms);

    /// Between the business and a person, named by a number with country code ("+447400123456") or a WhatsApp id.
    /// False and nothing for what is no number.
    [[nodiscard]] bool isBlocked(std::string_view phone) const;
    [[nodiscard]] std::size_t blockedCount() const;
    void setBlocked(std::string_view phone, bool blocked); ///< behind the console's back, without any rule
    void fillBlockList(std::size_t size); ///< with ids of nobody, up to so many rows
    [[nodiscard]] bool wroteLately(std::string_view phone) const; ///< within 24 hours: may be blocked and written to
    void writeInbound(std::string_view phone, std::int64_t agoMs = 0); ///< they write now, or so long ago
    void addContact(std::string_view phone, const std::string &name); ///< saved now, listed 30 s later
    [[nodiscard]] std::vector<SandboxSent> messages() const; ///< contacts messages taken, oldest first

    void revokeTokens(); ///< every session token is dead from now on
    /// Back to the state after the constructor: faults of the options, empty cache and ledger, real clock, no tokens.
    void reset();

private:
    struct Running;
    std::shared_ptr<Running> m_running;
};

} // namespace rollcall
