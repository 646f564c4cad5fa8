// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/account.h"

#include <algorithm>

namespace rollcall {

namespace {

bool Capabilities::*flagOf(Capability what)
{
    switch (what) {
    case Capability::CheckOne:
        return &Capabilities::checkOne;
    case Capability::CheckMany:
        return &Capabilities::checkMany;
    case Capability::ListContacts:
        return &Capabilities::listContacts;
    case Capability::Details:
        return &Capabilities::details;
    case Capability::Photo:
        return &Capabilities::photo;
    case Capability::Lid:
        return &Capabilities::lid;
    case Capability::Block:
        return &Capabilities::block;
    case Capability::ListBlocked:
        return &Capabilities::listBlocked;
    case Capability::SendCards:
        return &Capabilities::sendCards;
    case Capability::Report:
        return &Capabilities::report;
    case Capability::TellBlocked:
        return &Capabilities::tellBlocked;
    case Capability::About:
        return &Capabilities::about;
    }
    return nullptr;
}

} // namespace

bool Capabilities::has(Capability what) const
{
    const auto flag = flagOf(what);
    return flag && this->*flag;
}

void Capabilities::remove(Capability what)
{
    if (const auto flag = flagOf(what))
        this->*flag = false;
}

Capabilities capabilitiesOf(GatewayKind kind)
{
    Capabilities can;
    switch (kind) {
    case GatewayKind::OnPrem:
        can.checkOne = can.checkMany = can.block = can.sendCards = can.report = true;
        // The per-call maximum is not documented (gateways.md 1.2): a size that a node answers within seconds.
        can.checkBatch = 50;
        can.requestsPerMinute = 60;
        break;
    case GatewayKind::SendApi:
        // A contacts message's payload is not documented (gateways.md 2.1): not offered.
        // A photo's link stands in the contact list only: there is no call for one person's photo.
        can.checkOne = can.listContacts = true;
        can.pageSize = 100;
        can.requestsPerMinute = 60; // the smallest plan; the answers' headers say which it is
        break;
    case GatewayKind::CommBox:
        can.checkOne = true;
        can.requestsPerMinute = 60; // not documented: one a second (gateways.md 6.4)
        can.leastGapMs = 1000;
        break;
    case GatewayKind::Wawp:
        can.checkOne = can.listContacts = can.details = can.photo = can.lid = can.block = can.sendCards = true;
        can.tellBlocked = can.about = true;
        can.pageSize = 100;
        can.requestsPerMinute = 60; // vendor page D: one check a second
        can.leastGapMs = 1000;
        can.writeDeadlineMs = 90'000; // a session that is not working makes it wait (design.md, transport)
        break;
    case GatewayKind::Dialog360:
    case GatewayKind::CloudApi:
        can.block = can.listBlocked = can.sendCards = true;
        can.blockBatch = 1000;
        can.blockListMost = 64'000;
        can.pageSize = 100;
        can.requestsPerMinute = 60; // "1 request every * seconds" is 360dialog's own throttle (gateways.md 5.4)
        break;
    }
    return can;
}

Capabilities Account::capabilities() const
{
    Capabilities can = capabilitiesOf(kind);
    for (const LearnedRefusal &refusal : refusals)
        can.remove(refusal.what);
    return can;
}

bool Account::learn(const LearnedRefusal &refusal)
{
    const bool known = std::any_of(
        refusals.begin(), refusals.end(), [&refusal](const LearnedRefusal &old) { return old.what == refusal.what; });
    if (!known)
        refusals.push_back(refusal);
    return !known;
}

void Account::setProbe(const TruthProbe &outcome)
{
    probe = outcome;
    if (probe.outcome == TruthProbe::Outcome::CannotTell && cannotTell.isEmpty())
        cannotTell = QLatin1String(probeReason);
    else if (probe.outcome != TruthProbe::Outcome::CannotTell && cannotTell == QLatin1String(probeReason))
        cannotTell.clear();
}

void Account::takeLearned(const Account &before)
{
    const bool sameAddress = address == before.address || (sandbox && before.sandbox); // another port at each start
    const bool same = kind == before.kind && sameAddress && sender == before.sender;
    refusals = same ? before.refusals : std::vector<LearnedRefusal>();
    setProbe(same ? before.probe : TruthProbe());
}

bool Account::reachesPeople() const
{
    return !sandbox && address.scheme() != u"http";
}

QString Account::secretKey() const
{
    return QStringLiteral("account-%1").arg(id.value());
}

} // namespace rollcall
