// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/people/retention.h"

#include "models/base/clock.h"
#include "models/base/log.h"
#include "models/settings/settings.h"
#include "models/store/store.h"

namespace rollcall {

namespace {

constexpr qint64 dayMs = 86'400'000;

struct Line {
    const Setting<int> &key;
    int RetentionRules::*field;
};
const Line lines[] = {{Keys::undoDays, &RetentionRules::undoDays},
    {Keys::verdictMonths, &RetentionRules::verdictMonths}, {Keys::runMonths, &RetentionRules::runMonths},
    {Keys::toldMonths, &RetentionRules::toldMonths}, {Keys::messageMonths, &RetentionRules::messageMonths},
    {Keys::leadMonths, &RetentionRules::leadMonths}, {Keys::journalMonths, &RetentionRules::journalMonths}};

} // namespace

RetentionRules retentionRules(const Settings &settings)
{
    RetentionRules rules;
    for (const Line &line : lines)
        rules.*line.field = settings.value(line.key);
    return rules;
}

void setRetentionRules(Settings &settings, const RetentionRules &rules)
{
    for (const Line &line : lines)
        settings.setValue(line.key, rules.*line.field);
}

DailyRetention::DailyRetention(Store &store, const Settings &settings, Clock &clock)
    : m_store(store)
    , m_settings(settings)
    , m_clock(clock)
{
}

void DailyRetention::start()
{
    act();
    m_timer = m_clock.after(dayMs, [this] { start(); });
}

void DailyRetention::act()
{
    if (!m_settings.value(Keys::retentionDaily) || m_store.time().clockMoved())
        return;
    m_removing
        = m_store.erasures().apply(retentionRules(m_settings), true, [this](const Result<RetentionCounts> &removed) {
              m_problem = removed ? std::nullopt : std::optional(removed.failure());
              if (m_problem)
                  log::warning("retention", QStringLiteral("nothing was removed: ") + m_problem->detail);
          });
}

} // namespace rollcall
