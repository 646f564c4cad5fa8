// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/gateways/dialects/dialect.h"

namespace rollcall {

/// 360dialog (vendor page E; gateways.md section 5), and its parent, Meta's Cloud API: the same language behind another
/// address (https://graph.facebook.com/v{n}/{phone number id}) and a Bearer header instead of D360-API-KEY.
class Dialog360Dialect final : public Dialect {
public:
    enum class Flavour { Dialog360, CloudApi };
    explicit Dialog360Dialect(Flavour flavour)
        : m_flavour(flavour)
    {
    }
    [[nodiscard]] Failure readFailure(const HttpReply &reply) const override;

private:
    Flavour m_flavour;
};

} // namespace rollcall
