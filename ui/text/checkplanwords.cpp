// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/checkplanwords.h"

namespace rollcall {

QString CheckPlanWords::whyNotAsked(const CheckPlan &plan)
{
    if (plan.clockMoved)
        return tr("This computer's clock is behind a time that Rollcall has already seen, so nothing was asked. Set "
                  "the clock, or confirm the time when you validate.");
    if (plan.doNotContact > 0)
        return tr("This number is marked do-not-contact, so no check was spent on it.");
    if (plan.cached > 0)
        return tr("A fresh verdict was here, so nothing was asked. Force check asks again.");
    if (plan.coolingDown > 0)
        return tr("This number was asked a moment ago, so it was not asked again.");
    if (plan.ask.empty())
        return tr("There is nothing in this text that could be asked.");
    if (plan.overBudgetNow > 0 || plan.estimatedMs < 0)
        return tr("The budget of this account is used up for now, so nothing was asked. Try again later, or change the "
                  "budget on the Accounts page.");
    return {};
}

} // namespace rollcall
