// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/gateways/dialects/dialect.h"

namespace rollcall {

/// sendapi.co (vendor page B; gateways.md section 2). The account's address ends in /v1; its sender is the session id.
class SendApiDialect final : public Dialect {
public:
    [[nodiscard]] Failure readFailure(const HttpReply &reply) const override;
};

} // namespace rollcall
