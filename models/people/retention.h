// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/store/erasures.h"

namespace rollcall {

class Clock;
class Settings;
class Store;

/// The rules as the settings hold them; each is off until the operator gives it a time.
[[nodiscard]] RetentionRules retentionRules(const Settings &settings);
void setRetentionRules(Settings &settings, const RetentionRules &rules);

/// The rule "remove what is due every day": off by default (product.md, rule 3 in spirit: nothing goes without a
/// command or a rule that was switched on), named in the journal when it acts. GUI thread.
class DailyRetention final {
public:
    DailyRetention(Store &store, const Settings &settings, Clock &clock);
    /// Acts now, if it is switched on, and from then on once in 24 hours. The setting is read each time. Nothing is
    /// removed while the clock stands behind the time this profile has seen.
    void start();
    /// Why the last removal failed; nothing when it did not.
    [[nodiscard]] const std::optional<Failure> &problem() const { return m_problem; }

private:
    void act();

    Store &m_store;
    const Settings &m_settings;
    Clock &m_clock;
    std::optional<Failure> m_problem;
    Call m_removing;
    Call m_timer;
};

} // namespace rollcall
