// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/reachviews.h"

namespace rollcall {

void ReachViews::tested(AccountId account, const AccountReach &found)
{
    using State = AccountReach::State;
    using Reach = StatusLine::Reach;
    switch (found.state) {
    case State::Testing:
        break; // what was known before stands until the outcome
    case State::NotTested:
        m_views.remove(account.value());
        break;
    case State::Failed:
        told(account, {Reach::Trouble, found.why, found.brief});
        break;
    case State::Doubtful:
        told(account, {found.brief.isEmpty() ? Reach::Online : Reach::Trouble, found.why, found.brief});
        break;
    case State::Reached:
        told(account, {Reach::Online, {}, {}});
        break;
    }
}

} // namespace rollcall
