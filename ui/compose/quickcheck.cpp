// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/quickcheck.h"

#include "models/checks/checkdesk.h"
#include "models/runs/runner.h"
#include "models/store/runbook.h"
#include "models/store/store.h"
#include "ui/text/capabilitywords.h"
#include "ui/text/checkplanwords.h"
#include "ui/text/failuretext.h"
#include "ui/text/words.h"

namespace rollcall {

QuickCheck::QuickCheck(const ComposeNeeds &needs, QObject *parent)
    : QObject(parent)
    , m_needs(needs)
{
    connect(&needs.checkRunner, &Runner::finished, this, [this](const RunProgress &progress) {
        if (m_run.isNull() || progress.summary.id != m_run)
            return;
        if (progress.halted)
            return finish(failureSentence(*progress.halted));
        m_call = m_needs.store.runs().items(m_run, [this](Result<std::vector<RunItem>> items) {
            if (!items || items->empty() || items->front().state == RunItemState::Answered)
                return finish({});
            const RunItem &item = items->front();
            finish(item.reason.isEmpty() ? Words::runItemState(item.state) : Words::reason(item.reason));
        });
    });
}

void QuickCheck::ask(const PhoneNumber &number, AccountId account)
{
    const Account *at = m_needs.accountOf(account);
    if (!at || isBusy())
        return;
    if (const QString why = CapabilityWords::whyNoCheck(*at); !why.isEmpty())
        return finish(why);
    m_call = m_needs.checks.planNumber(number, *at, {}, [this, at = *at](Result<CheckPlan> plan) {
        if (!plan)
            return finish(failureSentence(plan.failure()));
        if (const QString why = CheckPlanWords::whyNotAsked(*plan); !why.isEmpty())
            return finish(why);
        // As for every check (product.md, consent): there the two ways on are offered.
        if (!plan->withoutOptIn.empty() || plan->strangers > 0)
            return finish(tr("No opt-in is on record for this number, so it was not asked. Check a number… offers the "
                             "two ways on."));
        emit told(tr("Asking the gateway…"));
        m_call = m_needs.checks.start(*plan, at, {}, [this](Result<RunId> run) {
            if (!run)
                return finish(failureSentence(run.failure()));
            m_run = *run;
        });
    });
}

void QuickCheck::finish(const QString &sentence)
{
    m_run = RunId();
    emit told(sentence);
    emit ended();
}

} // namespace rollcall
