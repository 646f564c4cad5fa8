// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/gateways/dialects/dialect.h"

namespace rollcall {

/// Wawp, a hosted WAHA (vendor page D; gateways.md section 4). The account's address is the host alone; its sender is
/// the instance id.
class WawpDialect final : public Dialect {
public:
    [[nodiscard]] Failure readFailure(const HttpReply &reply) const override;
};

} // namespace rollcall
