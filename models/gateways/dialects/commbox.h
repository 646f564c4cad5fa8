// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/gateways/dialects/dialect.h"

namespace rollcall {

/// CommBox (vendor page C; gateways.md section 3). The account's address is the host alone; its sender is the stream
/// id.
class CommBoxDialect final : public Dialect {
public:
    [[nodiscard]] Failure readFailure(const HttpReply &reply) const override;
};

} // namespace rollcall
