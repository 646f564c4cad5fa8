// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxrelations.h"

#include <algorithm>
#include <utility>

namespace rollcall {
namespace {

constexpr std::int64_t dayMs = 24LL * 3600 * 1000;
constexpr std::int64_t contactDelayMs = 30'000; // vendor page D: "~30 seconds"
constexpr std::size_t strangers = 12; // people in the phone who wrote and whom nobody saved

} // namespace

void SandboxRelations::begin(const SandboxWorld &world, std::size_t contactRows, std::int64_t startMs)
{
    const std::scoped_lock lock(m_lock);
    m_world = &world;
    m_startMs = startMs;
    m_blocked.clear();
    m_isBlocked.clear();
    m_listVersion = 0;
    m_inbound.clear();
    m_sent.clear();
    m_contacts.clear();
    m_lids.clear();
    std::unordered_set<std::string> there;
    const auto add = [this, &there](const std::string &digits, const std::string &name) {
        const std::string id = SandboxWorld::waId(digits);
        if (!there.insert(id).second)
            return false;
        m_contacts.push_back({id, name, 0});
        if (const auto lid = m_world->lid(id))
            m_lids[*lid] = id;
        return true;
    };
    for (std::size_t row = 0; row < contactRows; ++row) {
        if (const auto digits = world.personDigits(row))
            add(*digits, world.person(row).name);
    }
    std::size_t found = 0;
    for (std::int64_t number = 447'400'500'000; found < strangers && contactRows > 0; ++number) {
        const std::string digits = std::to_string(number);
        const auto before = world.wroteBefore(digits);
        if (before && *before < dayMs && add(digits, {}))
            ++found;
    }
}

void SandboxRelations::block(const std::string &waId)
{
    const std::scoped_lock lock(m_lock);
    if (!m_isBlocked.insert(waId).second)
        return;
    m_blocked.push_back(waId);
    ++m_listVersion;
}

void SandboxRelations::unblock(const std::string &waId)
{
    const std::scoped_lock lock(m_lock);
    if (m_isBlocked.erase(waId) == 0)
        return;
    std::erase(m_blocked, waId);
    ++m_listVersion;
}

bool SandboxRelations::isBlocked(const std::string &waId) const
{
    const std::scoped_lock lock(m_lock);
    return m_isBlocked.contains(waId);
}

std::size_t SandboxRelations::blockedCount() const
{
    const std::scoped_lock lock(m_lock);
    return m_blocked.size();
}

std::vector<std::string> SandboxRelations::blocked(std::size_t offset, std::size_t count) const
{
    const std::scoped_lock lock(m_lock);
    const std::size_t first = std::min(offset, m_blocked.size());
    const std::size_t end = first + std::min(count, m_blocked.size() - first);
    return {m_blocked.begin() + std::ptrdiff_t(first), m_blocked.begin() + std::ptrdiff_t(end)};
}

std::int64_t SandboxRelations::listVersion() const
{
    const std::scoped_lock lock(m_lock);
    return m_listVersion;
}

void SandboxRelations::fillBlockList(std::size_t size)
{
    const std::scoped_lock lock(m_lock);
    for (std::int64_t number = 99'900'000'001; m_blocked.size() < size; ++number) {
        std::string id = std::to_string(number); // 999 is no country
        if (m_isBlocked.insert(id).second)
            m_blocked.push_back(std::move(id));
    }
    ++m_listVersion;
}

void SandboxRelations::inbound(const std::string &waId, std::int64_t atMs)
{
    const std::scoped_lock lock(m_lock);
    m_inbound[waId] = atMs;
}

std::optional<std::int64_t> SandboxRelations::lastInbound(const std::string &waId) const
{
    const std::scoped_lock lock(m_lock);
    if (const auto found = m_inbound.find(waId); found != m_inbound.end())
        return found->second;
    const auto before = m_world->wroteBefore(waId);
    return before ? std::optional(m_startMs - *before) : std::nullopt;
}

bool SandboxRelations::wroteLately(const std::string &waId, std::int64_t nowMs) const
{
    const auto at = lastInbound(waId);
    return at && *at <= nowMs && nowMs - *at < dayMs;
}

std::string SandboxRelations::send(SandboxSent message)
{
    const std::scoped_lock lock(m_lock);
    const std::string number = std::to_string(m_sent.size() + 1);
    message.id += "SANDBOX" + std::string(number.size() < 8 ? 8 - number.size() : 0, '0') + number;
    std::string id = message.id;
    m_sent.push_back(std::move(message));
    return id;
}

std::vector<SandboxSent> SandboxRelations::messages() const
{
    const std::scoped_lock lock(m_lock);
    return m_sent;
}

std::vector<SandboxContact> SandboxRelations::contacts(std::int64_t nowMs) const
{
    const std::scoped_lock lock(m_lock);
    std::vector<SandboxContact> shown;
    std::copy_if(m_contacts.begin(), m_contacts.end(), std::back_inserter(shown),
        [nowMs](const SandboxContact &contact) { return contact.shownFromMs <= nowMs; });
    return shown;
}

void SandboxRelations::saveContact(const std::string &waId, const std::string &name, std::int64_t nowMs)
{
    const std::scoped_lock lock(m_lock);
    const auto found = std::find_if(
        m_contacts.begin(), m_contacts.end(), [&waId](const SandboxContact &one) { return one.waId == waId; });
    if (found != m_contacts.end())
        found->savedName = name;
    else
        m_contacts.push_back({waId, name, nowMs + contactDelayMs});
}

std::optional<SandboxContact> SandboxRelations::contact(const std::string &waId) const
{
    const std::scoped_lock lock(m_lock);
    const auto found = std::find_if(
        m_contacts.begin(), m_contacts.end(), [&waId](const SandboxContact &one) { return one.waId == waId; });
    return found == m_contacts.end() ? std::nullopt : std::optional(*found);
}

void SandboxRelations::tellLid(const std::string &lid, const std::string &waId)
{
    const std::scoped_lock lock(m_lock);
    m_lids[lid] = waId;
}

std::string SandboxRelations::lidOwner(const std::string &lid) const
{
    const std::scoped_lock lock(m_lock);
    const auto found = m_lids.find(lid);
    return found == m_lids.end() ? std::string() : found->second;
}

std::vector<std::pair<std::string, std::string>> SandboxRelations::lids() const
{
    const std::scoped_lock lock(m_lock);
    return {m_lids.begin(), m_lids.end()};
}

} // namespace rollcall
