// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/gateways/dialects/dialect.h"

namespace rollcall {

/// The WhatsApp Business API on-premises node (vendor page A; gateways.md section 1). The account's address ends in
/// /v1.
class OnPremDialect final : public Dialect {
public:
    [[nodiscard]] bool hasLogin() const override { return true; }
    [[nodiscard]] HttpRequest loginRequest(const Credentials &credentials) const override;
    [[nodiscard]] Result<Session> readLogin(const HttpReply &reply) const override;
    [[nodiscard]] HttpRequest checkRequest(
        const Credentials &credentials, std::span<const QString> inputs, const CheckOptions &options) const override;
    [[nodiscard]] Result<CheckReply> readCheck(const HttpReply &reply, std::span<const QString> inputs) const override;
    [[nodiscard]] HttpRequest healthRequest(const Credentials &credentials) const override;
    [[nodiscard]] Result<Health> readHealth(const HttpReply &reply, const Credentials &credentials) const override;
    [[nodiscard]] QString cannotTell(const QString &version) const override;
    [[nodiscard]] Failure readFailure(const HttpReply &reply) const override;
};

} // namespace rollcall
