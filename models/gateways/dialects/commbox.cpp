// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/dialects/commbox.h"

namespace rollcall {

Failure CommBoxDialect::readFailure(const HttpReply &) const
{
    return {Failure::Kind::Unsupported, QStringLiteral("this gateway cannot do that")};
}

} // namespace rollcall
