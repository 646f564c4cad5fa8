// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gateways/dialects/sendapi.h"

namespace rollcall {

Failure SendApiDialect::readFailure(const HttpReply &) const
{
    return {Failure::Kind::Unsupported, QStringLiteral("this gateway cannot do that")};
}

} // namespace rollcall
