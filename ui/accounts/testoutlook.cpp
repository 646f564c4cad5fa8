// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/testoutlook.h"

#include "ui/accounts/accountswords.h"
#include "ui/text/failuretext.h"

namespace rollcall {

void TestOutlook::take(const TestStep &step)
{
    if (step.id == u"address")
        m_sent = step.state != TestStep::State::Skipped;
    if (step.state != TestStep::State::Warning)
        return;
    if (m_warning.isEmpty())
        m_warning = AccountsText::stepFinding(step);
    if (m_brief.isEmpty())
        m_brief = AccountsText::briefly(step);
}

AccountReach TestOutlook::reach(const Done &done, GatewayKind kind) const
{
    using State = AccountReach::State;
    if (!done)
        return {State::Failed, failureSentence(done.failure(), kind), briefly(done.failure())};
    if (!m_sent)
        return {State::Unproved, AccountsText::nothingSent(), {}};
    if (!m_warning.isEmpty())
        return {State::Doubtful, m_warning, m_brief};
    return {State::Reached, {}, {}};
}

AccountReach TestOutlook::of(const AccountTest &test, GatewayKind kind)
{
    TestOutlook outlook;
    Done done = Nothing{};
    for (const TestStep &step : test.steps) {
        outlook.take(step);
        if (done && step.state == TestStep::State::Failed && !step.outcome)
            done = step.outcome.failure();
    }
    AccountReach found = test.atMs > 0 ? outlook.reach(done, kind) : AccountReach();
    found.atMs = test.atMs;
    return found;
}

} // namespace rollcall
