// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/accounts/sandboxdoor.h"

namespace rollcall {
namespace {

/// Names, not translated: what is saved is data. Each says that it is the sandbox.
QString nameOf(GatewayKind kind)
{
    switch (kind) {
    case GatewayKind::OnPrem:
        return QStringLiteral("Sandbox");
    case GatewayKind::SendApi:
        return QStringLiteral("Sandbox sendapi");
    case GatewayKind::CommBox:
        return QStringLiteral("Sandbox CommBox");
    case GatewayKind::Wawp:
        return QStringLiteral("Sandbox Wawp");
    case GatewayKind::Dialog360:
        return QStringLiteral("Sandbox 360dialog");
    case GatewayKind::CloudApi:
        return QStringLiteral("Sandbox Cloud API");
    }
    return {};
}

} // namespace

Account sandboxAccount(const SandboxDoor &door, const Account *known)
{
    Account account;
    if (known) {
        account = *known;
    } else {
        // Registered with a British number (app/sandbox/sandboxoptions.h). Its checks cost nothing, so the budget is
        // wide enough for a training list; the cool-down is as everywhere.
        account.name = nameOf(door.kind);
        account.kind = door.kind;
        account.region = QStringLiteral("GB");
        account.registeredCountryCode = door.kind == GatewayKind::OnPrem ? 44 : 0;
        account.budget = {5'000, 50'000, 60};
        account.sandbox = true;
    }
    account.address = door.address; // another port at each start
    account.user = door.user;
    account.sender = door.sender;
    return account;
}

} // namespace rollcall
