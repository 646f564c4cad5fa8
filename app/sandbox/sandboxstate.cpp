// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxstate.h"

#include <algorithm>
#include <chrono>
#include <random>
#include <utility>

namespace rollcall {
namespace {

constexpr std::int64_t cacheMs = 7LL * 24 * 3600 * 1000; // vendor page A: "cached … for 7 days"

std::int64_t machineMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

} // namespace

SandboxHits::SandboxHits(std::vector<SandboxFault> faults)
    : m_faults(std::move(faults))
{
}

bool SandboxHits::has(std::string_view name) const
{
    return std::any_of(m_faults.begin(), m_faults.end(), [name](const SandboxFault &f) { return f.name == name; });
}

std::int64_t SandboxHits::value(std::string_view name) const
{
    const auto found
        = std::find_if(m_faults.begin(), m_faults.end(), [name](const SandboxFault &f) { return f.name == name; });
    return found == m_faults.end() ? 0 : found->value;
}

std::string SandboxHits::names() const
{
    std::string joined;
    for (const SandboxFault &fault : m_faults)
        joined += (joined.empty() ? "" : ",") + fault.name;
    return joined;
}

SandboxState::SandboxState(SandboxOptions given)
    : options(std::move(given))
    , world(options.seed)
{
    reset();
}

std::int64_t SandboxState::nowMs() const
{
    const std::scoped_lock lock(m_lock);
    return machineMs() + m_offsetMs;
}

void SandboxState::setClock(std::int64_t utcMs)
{
    const std::scoped_lock lock(m_lock);
    m_offsetMs = utcMs - machineMs();
}

void SandboxState::advanceClock(std::int64_t ms)
{
    const std::scoped_lock lock(m_lock);
    m_offsetMs += ms;
}

void SandboxState::realClock()
{
    const std::scoped_lock lock(m_lock);
    m_offsetMs = 0;
}

void SandboxState::addFault(SandboxFault fault)
{
    const std::scoped_lock lock(m_lock);
    m_faults.push_back(std::move(fault));
}

void SandboxState::clearFaults()
{
    const std::scoped_lock lock(m_lock);
    m_faults.clear();
}

std::vector<SandboxFault> SandboxState::faults() const
{
    const std::scoped_lock lock(m_lock);
    return m_faults;
}

SandboxHits SandboxState::takeFaults(std::string_view path)
{
    const std::scoped_lock lock(m_lock);
    std::vector<SandboxFault> hitting;
    for (SandboxFault &fault : m_faults) {
        if (!fault.hits(path))
            continue;
        if (fault.skip > 0) {
            --fault.skip;
            continue;
        }
        hitting.push_back(fault);
        if (fault.count > 0)
            --fault.count;
    }
    std::erase_if(m_faults, [](const SandboxFault &fault) { return fault.count == 0; });
    std::erase_if(hitting, [](const SandboxFault &fault) { return fault.count == 0; });
    return SandboxHits(std::move(hitting));
}

void SandboxState::record(SandboxLedgerEntry entry)
{
    const std::scoped_lock lock(m_lock);
    entry.number = ++m_lastNumber;
    entry.atMs = machineMs() + m_offsetMs;
    m_ledger.push_back(std::move(entry));
}

std::vector<SandboxLedgerEntry> SandboxState::ledger(std::int64_t after) const
{
    const std::scoped_lock lock(m_lock);
    const auto first = std::find_if(
        m_ledger.begin(), m_ledger.end(), [after](const SandboxLedgerEntry &entry) { return entry.number > after; });
    return {first, m_ledger.end()};
}

void SandboxState::clearLedger()
{
    const std::scoped_lock lock(m_lock);
    m_ledger.clear();
}

bool SandboxState::isPassword(std::string_view user, std::string_view password) const
{
    const std::scoped_lock lock(m_lock);
    return user == options.user && password == m_password;
}

bool SandboxState::passwordMustChange() const
{
    const std::scoped_lock lock(m_lock);
    return m_passwordMustChange;
}

void SandboxState::changePassword(std::string password)
{
    const std::scoped_lock lock(m_lock);
    m_password = std::move(password);
    m_passwordMustChange = false;
}

std::string SandboxState::password() const
{
    const std::scoped_lock lock(m_lock);
    return m_password;
}

std::string SandboxState::newToken()
{
    std::random_device random;
    std::string token = "sbx";
    static constexpr std::string_view hex = "0123456789abcdef";
    for (int n = 0; n < 40; ++n)
        token.push_back(hex[random() % hex.size()]);
    const std::scoped_lock lock(m_lock);
    m_tokens[token] = machineMs() + m_offsetMs + options.tokenLifeMs;
    return token;
}

bool SandboxState::isToken(const std::string &token)
{
    const std::scoped_lock lock(m_lock);
    const auto found = m_tokens.find(token);
    if (found == m_tokens.end())
        return false;
    if (found->second > machineMs() + m_offsetMs)
        return true;
    m_tokens.erase(found);
    return false;
}

void SandboxState::revokeToken(const std::string &token)
{
    const std::scoped_lock lock(m_lock);
    m_tokens.erase(token);
}

void SandboxState::revokeTokens()
{
    const std::scoped_lock lock(m_lock);
    m_tokens.clear();
}

SandboxState::Known SandboxState::lookUp(const std::string &digits, bool force, std::int64_t delayMs)
{
    const std::scoped_lock lock(m_lock);
    const std::int64_t now = machineMs() + m_offsetMs;
    const auto [place, fresh] = m_lookUps.try_emplace(SandboxWorld::waId(digits));
    SandboxLookUp &known = place->second;
    const std::int64_t left = fresh ? 0 : known.readyAtMs - now;
    // The sandbox clock can be set back: a look-up further in the future than one can last was decided long ago.
    const bool underWay = left > 0 && left <= std::max(delayMs, options.decideAfterMs);
    if (underWay && delayMs > 0)
        return Known::UnderWay;
    if (underWay) {
        known.readyAtMs = now;
        return Known::Cached;
    }
    if (!fresh && !force && now - known.readyAtMs < cacheMs)
        return Known::Cached;
    known.readyAtMs = now + delayMs;
    return delayMs > 0 ? Known::Started : Known::LookedUp;
}

SandboxState::Room SandboxState::takeRoom(const std::string &key, std::int64_t most, std::int64_t windowMs)
{
    const std::scoped_lock lock(m_lock);
    const std::int64_t now = machineMs() + m_offsetMs;
    std::deque<std::int64_t> &times = m_windows[key];
    // The clock can be set back: what lies in the future does not count either.
    std::erase_if(times, [now, windowMs](std::int64_t at) { return at > now || now - at >= windowMs; });
    Room room;
    room.granted = std::int64_t(times.size()) < most;
    if (room.granted)
        times.push_back(now);
    room.left = std::max<std::int64_t>(0, most - std::int64_t(times.size()));
    room.freeInMs = times.empty() ? 0 : times.front() + windowMs - now;
    return room;
}

bool SandboxState::pause(std::int64_t ms)
{
    std::unique_lock lock(m_lock);
    return !m_stopped.wait_for(lock, std::chrono::milliseconds(ms), [this] { return m_stopping; });
}

void SandboxState::stop()
{
    const std::scoped_lock lock(m_lock);
    m_stopping = true;
    m_stopped.notify_all();
}

void SandboxState::reset()
{
    const std::scoped_lock lock(m_lock);
    m_offsetMs = 0;
    m_faults = options.faults;
    m_ledger.clear();
    m_password = options.password;
    m_passwordMustChange = options.passwordMustChange;
    m_tokens.clear();
    m_lookUps.clear();
    m_windows.clear();
    relations.begin(world, options.contactRows, machineMs());
}

} // namespace rollcall
