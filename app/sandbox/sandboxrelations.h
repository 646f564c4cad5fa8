// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/sandboxworld.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace rollcall {

/// A contacts message the sandbox took.
struct SandboxSent final {
    std::int64_t atMs = 0; ///< sandbox clock, UTC ms
    std::string gateway = {}; ///< "onprem", "d360", "graph", "wawp"
    std::string to = {}; ///< WhatsApp id
    std::string id = {}; ///< as answered
    std::vector<std::string> cards = {}; ///< the formatted name of each
    std::string body = {}; ///< the request's as it came, byte for byte; Wawp's token and instance id as "…"
};

/// A row of the contact list of the phone behind sendapi and Wawp.
struct SandboxContact final {
    std::string waId = {};
    std::string savedName = {}; ///< empty: they wrote, nobody saved them
    std::int64_t shownFromMs = 0; ///< sandbox clock; a contact added now is listed some 30 s later
};

/// What lies between the business and the people of the world: who is blocked, who wrote when, what was sent, who is
/// in the phone. One for all dialects, so that a block made through one is seen through every other. People are named
/// by WhatsApp id. Any thread.
class SandboxRelations final {
public:
    /// Before any other use and to forget everything. Seeded inbound times count back from `startMs`.
    void begin(const SandboxWorld &world, std::size_t contactRows, std::int64_t startMs);

    void block(const std::string &waId); ///< nothing new when it is blocked already
    void unblock(const std::string &waId);
    [[nodiscard]] bool isBlocked(const std::string &waId) const;
    [[nodiscard]] std::size_t blockedCount() const;
    /// `count` rows from `offset` in the order in which they were blocked, and what changes with the list.
    [[nodiscard]] std::vector<std::string> blocked(std::size_t offset, std::size_t count) const;
    [[nodiscard]] std::int64_t listVersion() const;
    void fillBlockList(std::size_t size); ///< with ids of nobody ("99900000001" …) up to so many rows

    void inbound(const std::string &waId, std::int64_t atMs); ///< they write at this time
    /// When they last wrote, UTC ms; of the seed, or told through inbound(). Nothing = never.
    [[nodiscard]] std::optional<std::int64_t> lastInbound(const std::string &waId) const;
    /// Within the 24 hours before `nowMs`, which lets a business block and write to them.
    [[nodiscard]] bool wroteLately(const std::string &waId, std::int64_t nowMs) const;

    /// Keeps it; its id becomes what is there as a beginning ("wamid.") and a running number. Gives the id.
    std::string send(SandboxSent message);
    [[nodiscard]] std::vector<SandboxSent> messages() const;

    /// Saved contacts in the order of the sample list, then people who only wrote, then what was added.
    [[nodiscard]] std::vector<SandboxContact> contacts(std::int64_t nowMs) const;
    /// Saved or renamed on the phone; a new one is listed 30 s later (vendor page D).
    void saveContact(const std::string &waId, const std::string &name, std::int64_t nowMs);
    [[nodiscard]] std::optional<SandboxContact> contact(const std::string &waId) const;

    /// Remembers whose this LID is (SandboxWorld::lid() cannot be turned round); "" when it was never told.
    void tellLid(const std::string &lid, const std::string &waId);
    [[nodiscard]] std::string lidOwner(const std::string &lid) const;
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> lids() const; ///< LID and WhatsApp id, all known

private:
    mutable std::mutex m_lock;
    const SandboxWorld *m_world = nullptr;
    std::int64_t m_startMs = 0;
    std::vector<std::string> m_blocked;
    std::unordered_set<std::string> m_isBlocked;
    std::int64_t m_listVersion = 0;
    std::unordered_map<std::string, std::int64_t> m_inbound;
    std::vector<SandboxSent> m_sent;
    std::vector<SandboxContact> m_contacts;
    std::map<std::string, std::string> m_lids;
};

} // namespace rollcall
