// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/internal/reachviews.h"

#include "ui/text/failuretext.h"

#include <QCoreApplication>
#include <utility>

namespace rollcall {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ReachNews)
};

} // namespace

void ReachViews::tested(AccountId account, const AccountReach &found)
{
    using State = AccountReach::State;
    using Reach = StatusLine::Reach;
    switch (found.state) {
    case State::Testing:
        break; // what was known before stands until the outcome
    case State::NotTested:
    case State::Unproved:
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

std::optional<StatusLine::ReachView> ReachNews::of(
    RunId run, bool paused, qint64 answered, const std::optional<Failure> &trouble, std::optional<GatewayKind> kind)
{
    using Reach = StatusLine::Reach;
    using Kind = Failure::Kind;
    if (paused && !m_answered.contains(run.value())) {
        m_answered.insert(run.value(), answered);
        m_earlier.insert(run.value());
    }
    if (paused && m_earlier.contains(run.value()))
        return std::nullopt;
    m_earlier.remove(run.value());
    // A short run may be over when it is seen first: everything it was told was told in this session.
    const bool isNew = std::exchange(m_answered[run.value()], answered) < answered;
    if (!trouble)
        return isNew
            ? std::optional(StatusLine::ReachView{Reach::Online, Text::tr("It answered the last request."), {}})
            : std::nullopt;
    switch (trouble->kind) {
    case Kind::Offline:
    case Kind::Timeout:
    case Kind::Tls:
        return StatusLine::ReachView{Reach::Offline, failureSentence(*trouble, kind), briefly(*trouble)};
    case Kind::Redirected:
    case Kind::TooLarge:
    case Kind::BadReply:
    case Kind::Unauthorised:
    case Kind::Refused:
    case Kind::GatewayError:
    case Kind::Unsupported:
    case Kind::NoKeychain:
    case Kind::KeychainLocked:
        return StatusLine::ReachView{Reach::Trouble, failureSentence(*trouble, kind), briefly(*trouble)};
    default:
        return std::nullopt;
    }
}

} // namespace rollcall
