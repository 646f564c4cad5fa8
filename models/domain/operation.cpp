// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/domain/operation.h"

namespace rollcall {

namespace {

BlockLight settledLight(const BlockEntry &entry)
{
    if (entry.standing == BlockStanding::NotBlocked)
        return entry.there == ServerWord::Present ? BlockLight::OnlyThere : BlockLight::None;
    if (entry.there == ServerWord::Absent)
        return BlockLight::BlockedNotThere;
    return entry.there == ServerWord::Present && entry.confirmedMs > 0 ? BlockLight::BlockedConfirmed
                                                                       : BlockLight::Blocked;
}

} // namespace

BlockLight lightOf(const BlockEntry &entry)
{
    if (entry.wish == OperationKind::None)
        return settledLight(entry);
    switch (entry.state) {
    case OperationState::Planned:
    case OperationState::Deferred:
        return BlockLight::Planned;
    case OperationState::Sending:
        return BlockLight::Sending;
    case OperationState::Unknown:
        return BlockLight::Unknown;
    case OperationState::Armed:
        return BlockLight::Armed;
    case OperationState::Refused:
        // A refused unblock leaves the block standing; that is what the light has to say.
        return entry.standing == BlockStanding::NotBlocked && entry.there != ServerWord::Present ? BlockLight::Refused
                                                                                                 : settledLight(entry);
    case OperationState::Done:
    case OperationState::NotSent:
        break;
    }
    return settledLight(entry);
}

} // namespace rollcall
