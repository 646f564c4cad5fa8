// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/capabilitywords.h"

#include "ui/text/age.h"
#include "ui/text/words.h"

#include <algorithm>

namespace rollcall {

const std::vector<Capability> &CapabilityWords::all()
{
    static const std::vector<Capability> shown{Capability::CheckOne, Capability::CheckMany, Capability::ListContacts,
        Capability::Details, Capability::About, Capability::Photo, Capability::Lid, Capability::Block,
        Capability::ListBlocked, Capability::TellBlocked, Capability::Report, Capability::SendCards};
    return shown;
}

QString CapabilityWords::name(Capability what)
{
    switch (what) {
    case Capability::CheckOne:
        return tr("Check numbers");
    case Capability::CheckMany:
        return tr("Check many numbers in one request");
    case Capability::ListContacts:
        return tr("List the phone's contacts");
    case Capability::Details:
        return tr("Tell profile names");
    case Capability::About:
        return tr("Tell what people write about themselves");
    case Capability::Photo:
        return tr("Show profile photos");
    case Capability::Lid:
        return tr("Resolve LIDs");
    case Capability::Block:
        return tr("Block and unblock");
    case Capability::ListBlocked:
        return tr("Read the block list");
    case Capability::TellBlocked:
        return tr("Tell whether one person is blocked");
    case Capability::Report:
        return tr("Report to WhatsApp");
    case Capability::SendCards:
        return tr("Send contact cards");
    }
    return {};
}

namespace {

/// What the kind lacks, where there is more to say than that (gateways.md, capability matrix).
QString whatTheKindLacks(const Account &account, Capability what)
{
    using Kind = GatewayKind;
    const bool meta = account.kind == Kind::Dialog360 || account.kind == Kind::CloudApi;
    const QString kind = Words::gatewayKind(account.kind);
    switch (what) {
    case Capability::CheckOne:
        if (meta)
            return CapabilityWords::tr("%1 has no call that tells whether a number is on WhatsApp.").arg(kind);
        break;
    case Capability::CheckMany:
        if (!meta)
            return CapabilityWords::tr("%1 checks one number a request.").arg(kind);
        return CapabilityWords::tr("%1 checks no numbers.").arg(kind);
    case Capability::ListBlocked:
        if (account.kind == Kind::Wawp)
            return CapabilityWords::tr("%1 has no list of the blocked, but tells of one person at a time.").arg(kind);
        if (account.kind == Kind::OnPrem)
            return CapabilityWords::tr("%1 lets nobody read its block list; what was blocked here is kept here.")
                .arg(kind);
        break;
    case Capability::TellBlocked:
        if (meta)
            return CapabilityWords::tr("%1 tells it by its whole block list.").arg(kind);
        break;
    case Capability::SendCards:
        if (account.kind == Kind::SendApi)
            return CapabilityWords::tr("%1 does not publish how a contact card has to look.").arg(kind);
        break;
    case Capability::Block:
        return CapabilityWords::tr("%1 offers no call to block; a do-not-contact here works all the same.").arg(kind);
    case Capability::Photo:
    case Capability::About:
    case Capability::Details:
        if (account.kind == Kind::OnPrem)
            return CapabilityWords::tr("%1 shows only the business's own profile.").arg(kind);
        break;
    default:
        break;
    }
    return CapabilityWords::tr("%1 offers no call for this.").arg(kind);
}

} // namespace

QString CapabilityWords::whyNot(const Account &account, Capability what)
{
    if (account.capabilities().has(what))
        return {};
    if (!capabilitiesOf(account.kind).has(what))
        return whatTheKindLacks(account, what);
    const auto refusal = std::find_if(account.refusals.begin(), account.refusals.end(),
        [what](const LearnedRefusal &one) { return one.what == what; });
    if (refusal == account.refusals.end())
        return tr("This account cannot do it.");
    return tr("The engine of this account refused it on %1 with code %2.")
        .arg(moment(refusal->atMs), QString::number(refusal->code));
}

QString CapabilityWords::whyNoCheck(const Account &account)
{
    const QString why = whyNot(account, Capability::CheckOne);
    return why.isEmpty() ? QString() : tr("%1 Choose another account to check with.").arg(why);
}

QString CapabilityWords::whyNoWait(const Account &account)
{
    if (const QString why = whyNoCheck(account); !why.isEmpty())
        return why;
    if (account.capabilities().checkMany)
        return {};
    return tr("%1 answers each number at once, so there is nothing to wait for.").arg(Words::gatewayKind(account.kind));
}

QString CapabilityWords::doubt(const Account &account)
{
    if (account.cannotTell == QLatin1String("probe"))
        return account.probe.atMs == 0
            ? Words::reason(account.cannotTell)
            : tr("The truth probe of %1 was told “valid” about numbers that nobody can have, so “valid” of this "
                 "account is shown as unverified.")
                  .arg(moment(account.probe.atMs));
    return account.cannotTell.isEmpty() ? QString() : Words::reason(account.cannotTell);
}

QString CapabilityWords::probe(const Account &account)
{
    if (!capabilitiesOf(account.kind).checkOne)
        return {};
    switch (account.probe.outcome) {
    case TruthProbe::Outcome::None:
        return tr("No truth probe was made yet, so it is not known whether its “valid” means anything.");
    case TruthProbe::Outcome::CanTell:
        return tr("The truth probe of %1 found that it can tell: it called no number valid that nobody can have.")
            .arg(moment(account.probe.atMs));
    case TruthProbe::Outcome::CannotTell:
        break;
    }
    return tr("The truth probe of %1 found that it cannot tell: it called a number valid that nobody can have.")
        .arg(moment(account.probe.atMs));
}

} // namespace rollcall
