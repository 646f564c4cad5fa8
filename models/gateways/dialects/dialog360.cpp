// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/dialects/dialog360.h"

namespace rollcall {

Failure Dialog360Dialect::readFailure(const HttpReply &) const
{
    return {Failure::Kind::Unsupported, QStringLiteral("this gateway cannot do that")};
}

} // namespace rollcall
