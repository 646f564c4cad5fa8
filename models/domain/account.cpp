// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/account.h"

namespace rollcall {

Capabilities capabilitiesOf(GatewayKind kind)
{
    Capabilities can;
    switch (kind) {
    case GatewayKind::OnPrem:
        can.checkOne = can.checkMany = can.block = can.sendCards = true;
        // The per-call maximum is not documented (gateways.md 1.2): a size that a node answers within seconds.
        can.checkBatch = 50;
        can.requestsPerMinute = 60;
        break;
    case GatewayKind::SendApi:
        can.checkOne = can.listContacts = can.photo = true;
        break;
    case GatewayKind::CommBox:
        can.checkOne = true;
        break;
    case GatewayKind::Wawp:
        can.checkOne = can.listContacts = can.details = can.photo = can.lid = can.block = can.sendCards = true;
        break;
    case GatewayKind::Dialog360:
        can.block = can.listBlocked = can.sendCards = true;
        break;
    }
    return can;
}

QString Account::secretKey() const
{
    return QStringLiteral("account-%1").arg(id.value());
}

} // namespace rollcall
